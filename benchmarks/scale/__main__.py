"""Measure how all grows with the number of documents: python -m benchmarks.scale [SIZE ...] (or make bench).

Writes docs/benchmarks.md with its plots, and prints what it measures as it goes: each stage when it has ended, each
size after its first run, its unchanged run, and the run with one document more. `--work DIR` keeps the corpora;
`--kept FILE` keeps the figures of each size as soon as they are there, and takes from it those that it has; `--growth`
stops after the sizes and leaves the page alone. So a size that takes hours can be measured by itself, and be stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.ingest.ladder import pages
from benchmarks.scale.cluster import local_cluster
from benchmarks.scale.corpus import write_corpus
from benchmarks.scale.known import check
from benchmarks.scale.measuring import Measure, measure
from benchmarks.scale.one import WORKERS
from benchmarks.scale.writing import write_page
from pipeline.repair import score_damage

SIZES = (10, 100, 1_000, 10_000)
SCANS = 8
"""Clean pages that we and Tesseract alone read."""
SOUND = 0.02
"""Share of damaged words below which a text is sound."""
CLUSTER_SIZE = 60
"""Documents of the run that is done here and on a cluster."""
RIVAL_TEXTS = 100
RIVAL_PDFS = 20
"""Of them as PDFs; those that imitate bad OCR are left out: we read such a text layer anew, pdfplumber does not."""


def main() -> None:
    """Measure all and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--work", type=Path, help="default: a temporary folder")
    parser.add_argument("--page", type=Path, default=Path("docs/benchmarks.md"))
    parser.add_argument("--kept", type=Path, help="figures by size, as JSON")
    parser.add_argument("--growth", action="store_true", help="measure the sizes only; write no page")
    said = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory(prefix="jamka-bench-") as scratch:
        work = said.work or Path(scratch)
        kept = json.loads(said.kept.read_text("utf-8")) if said.kept and said.kept.exists() else {}
        rows = []
        for size in said.sizes:
            row = kept.get(str(size), {})
            if "added" not in row:
                for row in grow(work, size):
                    kept[str(size)] = row
                    if said.kept:
                        said.kept.write_text(json.dumps(kept, indent=1), "utf-8")
                    print(json.dumps(row), flush=True)
            rows.append(row)
        if said.growth:
            return
        sections = [*five(work), *rivals(work), *cluster(work), *conditions()]
    write_page(said.page, rows, sections)


def grow(work: Path, size: int) -> Iterator[dict[str, Any]]:
    """One size: the first run and what came of what is known, a run with nothing new, a run with one document more.

    Gives what is known so far after each of the three.
    """
    texts, out, parts = (work / f"{name}{size}" for name in ("texts", "out", "parts"))
    for folder in (texts, out, parts):
        shutil.rmtree(folder, ignore_errors=True)
    known = write_corpus(texts, size)
    first = _run(texts, out, parts)
    row = {
        "documents": size, **first.answer["seconds"], "whole": first.seconds, "cores": first.cores,
        "processor": round(first.cores * first.seconds, 1), "megabytes": first.megabytes, **check(known, out),
    }  # fmt: skip
    yield row
    row = {**row, "unchanged": _run(texts, out, parts).seconds}
    yield row
    write_corpus(texts, 1, first=size)
    yield {**row, "added": _run(texts, out, parts).seconds}


def _run(texts: Path, out: Path, parts: Path, engine: str = "local") -> Measure:
    return measure("benchmarks.scale.one", texts, out, parts, engine)


def five(work: Path) -> list[str]:
    """The five documents of data/raw with empty caches: seconds of the whole command."""
    runs = []
    for _ in range(3):
        for name in ("five-out", "five-cache"):
            shutil.rmtree(work / name, ignore_errors=True)
        options = ("--out", work / "five-out", "--cache", work / "five-cache", "--workers", WORKERS)
        runs.append(measure("pipeline", "run", "data/raw", *options))
    best = min(runs, key=lambda run: run.seconds)
    said = f"`jamka run data/raw` with an empty cache, best of three: {best.seconds:.1f} s, {best.megabytes} MB."
    return ["## Five documents", "", said, ""]


def rivals(work: Path) -> list[str]:
    """Alternatives over the same material in this run, and what we take beyond them."""
    texts, scans, papers = work / "rival-texts", work / "rival-scans", work / "rival-pdfs"
    for folder in (texts, scans, papers):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    write_corpus(texts, RIVAL_TEXTS)
    for number, (image, _) in enumerate(pages(SCANS)):
        image.save(scans / f"{number}.png", dpi=(300, 300))
    _as_pdfs(texts, papers)
    told = {
        "spacy": {"spacy": "spaCy with our model, texts"},
        "texts": {"our_reading": "our ingest, texts"},
        "papers": {
            "pdfplumber": "pdfplumber, words of the same texts as PDF",
            "our_reading": "our ingest, the same PDFs",
        },
        "scans": {"tesseract": "Tesseract, clean scans at 300 dpi", "our_reading": "our ingest, the same scans"},
    }
    lines = ["## Beside alternatives", "", "| what | documents | s | ms a document |", "| --- | --- | --- | --- |"]
    best: dict[tuple[str, str], float] = {}
    for kind, folder in (("spacy", texts), ("texts", texts), ("papers", papers), ("scans", scans)):
        count = len(list(folder.iterdir()))
        answers = [measure("benchmarks.scale.rivals", ",".join(told[kind]), folder).answer for _ in range(2)]
        for name, said in told[kind].items():
            best[kind, name] = min(answer[name]["seconds"] for answer in answers)
            lines.append(f"| {said} | {count} | {best[kind, name]:.1f} | {1000 * best[kind, name] / count:.0f} |")
            print(lines[-1], flush=True)
    over = best["scans", "our_reading"] / best["scans", "tesseract"] - 1
    said = f"Over bare Tesseract on clean scans, page by page in turns, ingest takes {100 * over:+.1f} %."
    return [*lines, "", said, ""]


def _as_pdfs(texts: Path, folder: Path) -> None:
    """The texts as PDFs of two pages with a text layer."""
    from reportlab.pdfgen.canvas import Canvas

    sound = (p for p in sorted(texts.glob("*.txt")) if score_damage(p.read_text("utf-8")) < SOUND)
    for path in islice(sound, RIVAL_PDFS):
        paper = Canvas(str(folder / f"{path.stem}.pdf"), pagesize=(595, 842), invariant=True)
        for page in path.read_text("utf-8").split("\f"):
            for number, line in enumerate(_wrapped(page)):
                paper.setFont("Helvetica", 9)
                paper.drawString(50, 800 - 10 * number, line)
            paper.showPage()
        paper.save()


def _wrapped(page: str) -> list[str]:
    from textwrap import wrap

    return [part for line in page.splitlines() for part in wrap(line, 105) or [""]]


def cluster(work: Path) -> list[str]:
    """The same run here and on two Dask workers."""
    texts = work / "cluster-texts"
    write_corpus(texts, CLUSTER_SIZE)
    took: dict[str, list[float]] = {"local": [], "dask": []}
    with local_cluster(work) as address:
        for _ in range(2):
            for name, engine in (("local", "local"), ("dask", address)):
                for folder in ("cluster-out", "cluster-parts"):
                    shutil.rmtree(work / folder, ignore_errors=True)
                run = _run(texts, work / "cluster-out", work / "cluster-parts", engine)
                took[name].append(_spread(run.answer["seconds"]))
    here, there = min(took["local"]), min(took["dask"])
    said = (
        f"{CLUSTER_SIZE} documents, the stages that are spread: {here:.1f} s with two local workers, {there:.1f} s "
        f"with two Dask workers on the same machine ({100 * (there / here - 1):+.1f} %), best of two."
    )
    print(said, flush=True)
    return ["## Cluster", "", said, ""]


def _spread(seconds: Mapping[str, float]) -> float:
    return sum(seconds[stage] for stage in ("ingest", "repair", "outline", "extract", "compare"))


def conditions() -> list[str]:
    """What was measured on, and how busy it was."""
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    said = (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, {WORKERS} workers. "
        f"Load at the end (1, 5, 15 minutes): {load}."
    )
    return ["## Conditions", "", said]


if __name__ == "__main__":
    main()
