"""`python -m pipeline.dictionary` prints the data dictionary, made from the table schemas."""

from __future__ import annotations

import sys

from pipeline.outputs import TABLES
from pipeline.tables import dictionary


def main() -> None:
    """Print the dictionary of every table of an output folder as Markdown."""
    sys.stdout.write(dictionary(TABLES))


if __name__ == "__main__":
    main()
