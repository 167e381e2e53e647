"""Peak memory and pages a second of one long scan: this process and every Tesseract that it starts.

    .venv/bin/python -m benchmarks.ingest.long_scan [--pages 1000] [--lines 4] [--at-once 2] [--paper A4]
        [--stand-in]

`--stand-in` puts a program in Tesseract's place that gives every page the same 300 words at once: minutes instead of
an hour for what this process itself takes; each Tesseract of a page in work takes another 265 MB.

The scan is a PDF of A4 pages at 300 dots an inch, each another picture with so many lines of text. Few lines make
a run of minutes of what is hours otherwise; `--lines 26` is a full page, and `--paper A6`
a quarter of the dots: what is kept of a page has nothing to do with its size. The slope is the straight line through
what is in use after each page from the hundredth on, by least squares.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytesseract
from PIL import Image

from benchmarks.ingest.degrade import scanned
from benchmarks.ingest.ladder import pages
from pipeline.ingest import read_document
from pipeline.params import IngestSettings, LimitSettings

SEEN_EVERY = 0.1
"""Seconds between two looks at the memory."""


def make_scan(path: Path, *, count: int, lines: int, paper: str) -> None:
    """Write a PDF of scanned pages, no two alike."""
    from reportlab.lib.pagesizes import A4, A6
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    drawn = [page for page, _ in pages(4)]
    size, dots = (A6, (1240, 1754)) if paper == "A6" else (A4, (2480, 3508))
    canvas = Canvas(str(path), pagesize=size)
    with tempfile.TemporaryDirectory() as folder:
        noisy = []
        for number in range(min(count, 8)):
            page = Image.new("L", dots, 255)
            page.paste(drawn[number % 4].crop((200, 300, 2480, 320 + 70 * lines)), (100, 300))
            image, _ = scanned(page, np.random.default_rng(number))
            noisy.append(np.asarray(image))
        for number in range(count):
            # No two alike: what is the same twice is written, and kept, once.
            image = Image.fromarray(np.roll(noisy[number % 8], number % 600, axis=0))
            image.save(Path(folder) / f"{number}.jpg", quality=30)
            canvas.drawImage(ImageReader(str(Path(folder) / f"{number}.jpg")), 0, 0, *size)
            canvas.showPage()
        canvas.save()


def stand_in(folder: Path) -> Path:
    """A program in Tesseract's place: the same full page of words for every picture."""
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    rows = (
        f"5\t1\t1\t1\t{n // 10}\t{n % 10}\t{200 + 200 * (n % 10)}\t{300 + 90 * (n // 10)}\t150\t40\t96\tkommunen\n"
        for n in range(300)
    )
    (folder / "table").write_text(head + "".join(rows), "utf-8")
    program = folder / "tesseract"
    listed = 'if [ "$1" = --list-langs ]; then printf "List:\\nswe\\nLatin\\n"; exit 0; fi'
    program.write_text(f'#!/bin/sh\n{listed}\ncat {folder}/table > "$2.tsv"\n', "utf-8")
    program.chmod(0o755)
    return program


def megabytes() -> float:
    """Memory of this process and its Tesseracts; a child that has just been forked is its parent a second time."""
    used = psutil.Process().memory_info().rss / 1e6
    for process in psutil.Process().children(recursive=True):
        try:
            used += process.memory_info().rss / 1e6 if process.name() == "tesseract" else 0.0
        except psutil.Error:
            continue
    return used


def main() -> None:
    """Read the scan and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--lines", type=int, default=4)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--paper", choices=("A4", "A6"), default="A4")
    parser.add_argument("--stand-in", action="store_true")
    said = parser.parse_args()
    peak = 0.0
    over = threading.Event()

    after: list[float] = []

    def tell(page: int, _: int) -> None:
        after.append(psutil.Process().memory_info().rss / 1e6)
        if page % 100 == 0:
            print(f"{page} pages, {after[-1]:.0f} MB, peak so far {peak:.0f} MB", file=sys.stderr, flush=True)

    def watch() -> None:
        nonlocal peak
        while not over.wait(SEEN_EVERY):
            peak = max(peak, megabytes())

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        if said.stand_in:
            pytesseract.pytesseract.tesseract_cmd = str(stand_in(Path(folder)))
        # In a process of its own, for what it takes to make the scan is no part of reading it.
        maker = multiprocessing.get_context("spawn").Process(
            target=make_scan, args=(path,), kwargs={"count": said.pages, "lines": said.lines, "paper": said.paper}
        )
        maker.start()
        maker.join()
        eye = threading.Thread(target=watch)
        eye.start()
        begun = time.perf_counter()
        settings = IngestSettings(limits=LimitSettings(bytes=10**10))
        reading = read_document(path, settings=settings, pages_at_once=said.at_once, page_done=tell)
        seconds = time.perf_counter() - begun
        over.set()
        eye.join()
    print(f"{len(reading.pages)} pages, {len(reading.words)} words, {seconds:.0f} s, peak {peak:.0f} MB")
    if len(after) > 200:
        slope = np.polyfit(np.arange(100, len(after)), after[100:], 1)[0]
        print(f"{1000 * slope:.0f} kB a page from the hundredth on")


if __name__ == "__main__":
    main()
