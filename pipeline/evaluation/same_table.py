"""Whether two runs over the same documents in different clothes give the same harmonised table."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.records.comparison import Cell
from pipeline.tables import read_table

COMPARED = ("answer", "modality", "value", "relation_to_strictest")
"""What must be equal; place and wording of the quote depend on how the page was read."""


def list_differences(one: Path, other: Path) -> list[str]:
    """The cells in which two output folders differ, one line each, empty where the tables are the same."""
    left, right = (
        {
            (c.codebook, c.requirement, c.municipality): c
            for c in read_table(Cell, out / "harmonised_requirements.parquet")
        }
        for out in (one, other)
    )
    lines = [f"{' / '.join(key)}: only in one of them" for key in sorted(left.keys() ^ right.keys())]
    for key in sorted(left.keys() & right.keys()):
        for name in COMPARED:
            a, b = getattr(left[key], name), getattr(right[key], name)
            if a != b:
                lines.append(f"{' / '.join(key)}: {name} is {a!r} and {b!r}")
    return lines


def main() -> int:
    """Compare the output folders named on the command line; 0 where their tables are the same."""
    one, other = Path(sys.argv[1]), Path(sys.argv[2])
    differences = list_differences(one, other)
    cells = len(read_table(Cell, one / "harmonised_requirements.parquet"))
    said = f"Samma tabell: alla {cells} svar är lika." if not differences else "\n".join(differences)
    sys.stdout.write(said + "\n")
    return 1 if differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
