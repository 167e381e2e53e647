"""Pages a second of a scan: ours beside OCRmyPDF with the same models and the same number of pages at a time.

    .venv/bin/python -m benchmarks.ingest.throughput --ocrmypdf OCRMYPDF [--pages 12] [--jobs 2] [--repeats 2]

The pages are those of the noise ladder, clean, as pictures in a PDF. Each reads the whole file so many times, in turn;
the fastest counts. What is written beside the text differs: ours draws page images for the report, OCRmyPDF a PDF with
a text layer. Seconds of processor time, those of all programs that are started too, tell more than the clock on a
machine that others use: OCRmyPDF gives way to them by itself (nice 5).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.ingest.ladder import errors, pages
from pipeline.ingest import read_document


def by_us(path: Path, jobs: int) -> str:
    """Our reading, so many pages at a time."""
    return read_document(path, pages_at_once=jobs).text


def by_ocrmypdf(program: str, path: Path, jobs: int) -> str:
    """OCRmyPDF's sidecar text."""
    sidecar = path.with_suffix(".txt")
    options = ["-l", "Latin+swe", "--jobs", str(jobs), "--output-type", "pdf", "-q", "--sidecar", str(sidecar)]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run([program, *options, str(path), f"{path}.pdf"], check=True, env=environment)
    return sidecar.read_text("utf-8")


def main() -> None:
    """Print a row for each reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ocrmypdf", required=True, help="The program")
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=2)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        drawn = list(pages(said.pages))
        first, *others = (page for page, _ in drawn)
        first.save(path, resolution=300, save_all=True, append_images=others)
        wanted = " ".join(text for _, text in drawn)
        readers: dict[str, Callable[[], str]] = {
            "ours": lambda: by_us(path, said.jobs),
            "ocrmypdf": lambda: by_ocrmypdf(said.ocrmypdf, path, said.jobs),
        }
        best = dict.fromkeys(readers, float("inf"))
        spent = dict.fromkeys(readers, float("inf"))
        wrong = dict.fromkeys(readers, 0.0)
        for _ in range(said.repeats):
            for name, read in readers.items():
                begun, before = time.perf_counter(), sum(os.times()[:4])
                text = read()
                best[name] = min(best[name], time.perf_counter() - begun)
                spent[name] = min(spent[name], sum(os.times()[:4]) - before)
                wrong[name] = 100 * errors(text, wanted)
    for name, seconds in best.items():
        each = f"{spent[name] / said.pages:.2f} s of processor time a page"
        print(f"{name:10} {said.pages / seconds:.3f} pages a second, {each}, {wrong[name]:.2f} % of characters wrong")
    print("load:", " ".join(f"{load:.1f}" for load in os.getloadavg()))


if __name__ == "__main__":
    main()
