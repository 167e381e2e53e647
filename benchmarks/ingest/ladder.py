"""The noise ladder: character error of our reading, of plain Tesseract and of OCRmyPDF on the same degraded pages.

    .venv/bin/python -m benchmarks.ingest.ladder [--pages N] [--rung NAME]... [--ocrmypdf PROGRAM] [--out FILE.csv]

Pages are set from the four undamaged texts of data/raw in four fonts. Plain Tesseract is
`tesseract PAGE - -l Latin+swe` and `-l swe` on the same file; OCRmyPDF is its sidecar text, pages turned and
straightened, left out where the program is not named. White space does not count. A stamp's own words are no part of
the text: they count as errors for all, and for ours those that are set apart as a stamp are left out.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
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


def by_us(path: Path) -> str:
    """Our reading of a page without furniture, empty where it failed."""
    try:
        reading = read_document(path)
    except DocumentFailure:
        return ""
    body = (reading.text[line.start : line.end] for line in reading.lines if line.role not in FURNITURE)
    return " ".join(body)


def by_tesseract(path: Path, models: str) -> str:
    """Plain Tesseract's text of a page."""
    command = ["tesseract", str(path), "-", "-l", models]
    return subprocess.run(command, capture_output=True, check=False, env={"OMP_THREAD_LIMIT": "1"}).stdout.decode()


def errors(text: str, wanted: str) -> float:
    """Edits as a share of the wanted text, white space folded."""
    return Levenshtein.distance(" ".join(text.split()), wanted) / len(wanted)


def by_ocrmypdf(program: str, path: Path, dots: int) -> str:
    """OCRmyPDF's sidecar text of a page."""
    sidecar = path.with_suffix(".txt")
    options = ["-l", "Latin+swe", "--jobs", "1", "--rotate-pages", "--deskew", "--output-type", "pdf", "-q"]
    command = [program, *options, "--image-dpi", str(dots), "--sidecar", str(sidecar), str(path), f"{path}.pdf"]
    subprocess.run(command, capture_output=True, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return sidecar.read_text("utf-8") if sidecar.exists() else ""


def measure(name: str, number: int, ocrmypdf: str = "") -> dict[str, tuple[float, float]]:
    """For each reader its error in percent and its seconds on one page of one rung."""
    page, wanted = next(islice(pages(number + 1), number, None))
    chance = np.random.default_rng([sorted(RUNGS).index(name), number])
    image, dots = RUNGS[name](page, chance)
    found: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        image.save(path, dpi=(dots, dots))
        readers: dict[str, Callable[[], str]] = {
            "ours": lambda: by_us(path),
            "Latin+swe": lambda: by_tesseract(path, "Latin+swe"),
            "swe": lambda: by_tesseract(path, "swe"),
        }
        if ocrmypdf:
            readers["ocrmypdf"] = lambda: by_ocrmypdf(ocrmypdf, path, dots)
        for reader, read in readers.items():
            begun = time.perf_counter()
            text = read()
            found[reader] = 100 * errors(text, wanted), time.perf_counter() - begun
    return found


def climb(count: int, names: list[str], *, jobs: int = 1, ocrmypdf: str = "") -> Iterator[dict[str, object]]:
    """A row for each rung: mean errors in percent and seconds a page."""
    with ProcessPoolExecutor(jobs) as pool:
        for name in names:
            found = list(pool.map(partial(measure, name, ocrmypdf=ocrmypdf), range(count)))
            row: dict[str, object] = {"rung": name, "pages": count}
            for reader in found[0]:
                row[reader] = f"{np.mean([f[reader][0] for f in found]):.3f}"
            for reader in found[0]:
                row[f"{reader}_seconds_a_page"] = f"{np.mean([f[reader][1] for f in found]):.2f}"
            said = "  ".join(f"{r} {row[r]}" for r in found[0])
            worst = max(range(count), key=lambda n: found[n]["ours"][0])
            print(f"{name}: {said}; worst page {worst}: {found[worst]['ours'][0]:.2f}", file=sys.stderr, flush=True)
            yield row


def main() -> None:
    """Run the ladder and print or write its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--rung", action="append", choices=sorted(RUNGS))
    parser.add_argument("--jobs", type=int, default=1, help="Pages read at the same time")
    parser.add_argument("--ocrmypdf", default="", help="The program, for its column in the table")
    parser.add_argument("--out", type=Path)
    said = parser.parse_args()
    rows = climb(said.pages, said.rung or list(RUNGS), jobs=said.jobs, ocrmypdf=said.ocrmypdf)
    with said.out.open("w", encoding="utf-8", newline="") if said.out else sys.stdout as out:
        writer: csv.DictWriter[str] | None = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(out, list(row))
                writer.writeheader()
            writer.writerow(row)
            out.flush()


if __name__ == "__main__":
    main()
