"""Counts which pairs of words stand in how many municipal documents: what is common there is no sign of descent.

python -m benchmarks.common_pairs data/gold/training data/gold/clauses

writes pipeline/compare/common_pairs.csv, by which `pipeline/compare/commonplaces.py` weighs shared passages.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.compare.commonplaces import LEAST_DOCUMENTS, PATH, pairs_of

SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n\s*\n")


def count_pairs(texts: Iterable[str]) -> tuple[int, Counter[tuple[str, str]]]:
    """How many texts there are, and in how many of them each pair of neighbouring longer words stands."""
    number, found = 0, Counter[tuple[str, str]]()
    for text in texts:
        number += 1
        found.update({pair for sentence in SENTENCE.split(text) for pair in pairs_of(sentence)})
    return number, found


def main() -> None:
    """Write the table from the texts of some folders."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    paths = sorted(path for folder in parser.parse_args().folders for path in folder.glob("*.txt"))
    number, found = count_pairs(path.read_text("utf-8") for path in paths)
    with PATH.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("first", "second", "documents"))
        writer.writerow(("", "", number))
        writer.writerows((*pair, n) for pair, n in sorted(found.items()) if n >= LEAST_DOCUMENTS)


if __name__ == "__main__":
    main()
