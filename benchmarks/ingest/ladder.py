"""The noise ladder: character error rate of our reading and of plain Tesseract on the same degraded pages.

    .venv/bin/python -m benchmarks.ingest.ladder [--pages N] [--rung NAME]... [--out FILE.csv]

Pages are set from the four undamaged texts of data/raw in four fonts. Plain Tesseract is
`tesseract PAGE - -l Latin+swe` on the same file. White space does not count. A stamp's own words are no part of the
text: they count as errors for both, and for ours those that are set apart as a stamp are left out.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from benchmarks.examples.blocks import load_blocks, plain
from benchmarks.examples.fonts import BODY, FOLDER, SERIF
from benchmarks.ingest.degrade import RUNGS
from pipeline.failures import DocumentFailure
from pipeline.ingest import read_document
from pipeline.records.reading import FURNITURE

FONTS = (BODY, SERIF, FOLDER / "LiberationSansNarrow-Regular.ttf", FOLDER.parent / "dejavu/DejaVuSans.ttf")
SIZES = (44, 48, 50, 42)
TEXTS = ("alingsas", "forshaga", "kristianstad", "kungsbacka")
LINES = 26


def pages(count: int) -> Iterator[tuple[Image.Image, str]]:
    """Page images at 300 dots an inch with their text; page n is the same in every run."""
    words = " ".join(plain(load_blocks(name)) for name in TEXTS).split()
    at = 0
    for number in range(count):
        font = ImageFont.truetype(str(FONTS[number % len(FONTS)]), SIZES[number % len(SIZES)])
        page = Image.new("L", (2480, 3508), 255)
        draw = ImageDraw.Draw(page)
        lines: list[str] = []
        while len(lines) < LINES:
            line = ""
            while font.getlength(f"{line} {words[at % len(words)]}") < 1880:
                line = f"{line} {words[at % len(words)]}".strip()
                at += 1
            lines.append(line)
        for n, line in enumerate(lines):
            draw.text((300, 320 + n * 1.45 * SIZES[number % len(SIZES)] + 40 * (n // 7)), line, fill=0, font=font)
        yield page, " ".join(lines)


def by_us(path: Path) -> tuple[str, str]:
    """Our reading of a page without furniture, and which way it was read."""
    try:
        reading = read_document(path)
    except DocumentFailure as failure:
        return "", failure.code
    body = (reading.text[line.start : line.end] for line in reading.lines if line.role not in FURNITURE)
    return " ".join(body), reading.pages[0].choice


def by_tesseract(path: Path) -> str:
    """Plain Tesseract's text of a page."""
    command = ["tesseract", str(path), "-", "-l", "Latin+swe"]
    return subprocess.run(command, capture_output=True, check=False, env={"OMP_THREAD_LIMIT": "1"}).stdout.decode()


def errors(text: str, wanted: str) -> float:
    """Edits as a share of the wanted text, white space folded."""
    return Levenshtein.distance(" ".join(text.split()), wanted) / len(wanted)


def climb(count: int, names: list[str]) -> Iterator[dict[str, object]]:
    """A row for each rung: mean error rates in percent and seconds a page."""
    for name in names:
        ours, plain_rates, seconds = [], [], [0.0, 0.0]
        for number, (page, wanted) in enumerate(pages(count)):
            chance = np.random.default_rng([sorted(RUNGS).index(name), number])
            image, dots = RUNGS[name](page, chance)
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "page.png"
                image.save(path, dpi=(dots, dots))
                begun = time.perf_counter()
                text, how = by_us(path)
                between = time.perf_counter()
                other = by_tesseract(path)
                seconds[0] += between - begun
                seconds[1] += time.perf_counter() - between
            ours.append(100 * errors(text, wanted))
            plain_rates.append(100 * errors(other, wanted))
            print(f"  {name} {number}: {ours[-1]:.2f} against {plain_rates[-1]:.2f}  [{how}]", file=sys.stderr)
        yield {
            "rung": name,
            "pages": count,
            "ours": f"{np.mean(ours):.3f}",
            "tesseract": f"{np.mean(plain_rates):.3f}",
            "our_seconds_a_page": f"{seconds[0] / count:.2f}",
            "tesseract_seconds_a_page": f"{seconds[1] / count:.2f}",
        }


def main() -> None:
    """Run the ladder and print or write its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--rung", action="append", choices=sorted(RUNGS))
    parser.add_argument("--out", type=Path)
    said = parser.parse_args()
    rows = list(climb(said.pages, said.rung or list(RUNGS)))
    with said.out.open("w", encoding="utf-8", newline="") if said.out else sys.stdout as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
