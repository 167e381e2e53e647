"""Make the clean text that repair must leave alone: python -m benchmarks.repair.clean SOURCES [--out FILE].

SOURCES is the folder that pipeline.swedish.building reads; only its test part is taken, from which no model was built.
"""

from __future__ import annotations

import argparse
import lzma
from collections import defaultdict
from pathlib import Path

from pipeline.swedish.building.sources import read_sources

CLEAN = Path(__file__).parent / "data" / "clean.txt.xz"
# Statutes are plenty: as many words of them as make up the rest; of the others all there is.
_MOST_WORDS = {"statute": 85_000}
_BETWEEN = "\n\f\n"


def main() -> None:
    """Write the clean documents, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path)
    parser.add_argument("--out", type=Path, default=CLEAN)
    arguments = parser.parse_args()
    documents: dict[str, list[str]] = defaultdict(list)
    words: dict[str, int] = defaultdict(int)
    for paragraph in read_sources(arguments.sources):
        full = words[paragraph.genre] >= _MOST_WORDS.get(paragraph.genre, 10**9)
        if paragraph.split == "test" and (not full or paragraph.document in documents):
            documents[paragraph.document].append(paragraph.text)
            words[paragraph.genre] += len(paragraph.text.split())
    with lzma.open(arguments.out, "wt", encoding="utf-8", preset=9) as stream:
        stream.write(_BETWEEN.join("\n\n".join(texts) for texts in documents.values()))


def read_clean(path: Path = CLEAN) -> list[str]:
    """The clean documents."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        return stream.read().split(_BETWEEN)


if __name__ == "__main__":
    main()
