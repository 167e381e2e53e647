"""Character error rate of each example's reading against the text it was rendered from, in percent.

    .venv/bin/python -m benchmarks.examples.score [FOLDER]

White space, kinds of quotation mark and kinds of bullet do not count; furniture is left out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.examples.blocks import ROOT, load_blocks, plain
from benchmarks.examples.render import TRUE_READING
from pipeline.ingest import read_document
from pipeline.records.reading import FURNITURE, Reading

EXAMPLES = {
    "alingsas.tiff": "alingsas",
    "forshaga.html": "forshaga",
    "karlsborg.pdf": "karlsborg",
    "kristianstad.pdf": "kristianstad",
    "kungsbacka.docx": "kungsbacka",
}


def text_of(reading: Reading) -> str:
    """The reading's text without furniture."""
    return "\n".join(reading.text[line.start : line.end] for line in reading.lines if line.role not in FURNITURE)


def fold(text: str) -> str:
    """White space, quotation marks and bullets made alike."""
    text = re.sub("[“”„»«](?=\\S)|(?<=\\S)[“”„»«]", '"', text)
    text = re.sub(r"(?m)^\s*[•»\-*·]\s+", "• ", text)
    return re.sub(r"\s+", " ", text).strip()


def error_rate(reading: Reading, name: str) -> float:
    """Edits needed to turn the reading into the text, as a share of the text's characters."""
    source = TRUE_READING if name == "karlsborg" else None
    wanted = fold(plain(load_blocks(name, source=source)))
    return Levenshtein.distance(fold(text_of(reading)), wanted) / len(wanted)


def score(folder: Path) -> dict[str, float]:
    """The error rate of each example in a folder."""
    return {file: error_rate(read_document(folder / file), name) for file, name in sorted(EXAMPLES.items())}


if __name__ == "__main__":
    for file, rate in score(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data/examples").items():
        print(f"{file:20} {100 * rate:6.3f} %")
