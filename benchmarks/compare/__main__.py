"""Measure time and memory of compare for growing corpora: python -m benchmarks.compare [--workers N] [SIZE ...].

As in a run the documents are weighed by worker processes, two unless told otherwise, and compared in the main process;
with one worker all is done in the main process.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from pipeline.garbage import collected_seldom

if TYPE_CHECKING:
    from pipeline.compare import WeighedDocument
    from pipeline.records.comparison import DocumentFindings

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
AT_ONCE = 50
"""Documents handed to a worker at a time."""


def weigh(item: DocumentFindings) -> WeighedDocument:
    """One document weighed, as a worker of a run does it."""
    from pipeline.codebooks import load_codebook
    from pipeline.compare import weigh_document
    from pipeline.params import CompareSettings

    return weigh_document(item, load_codebook("social_media"), CompareSettings())


def weigh_all(documents: Sequence[DocumentFindings], workers: int) -> dict[str, WeighedDocument]:
    """All documents weighed, by document_id."""
    names = [item.source.document_id for item in documents]
    if workers == 1:
        return dict(zip(names, map(weigh, documents), strict=True))
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(names, pool.map(weigh, documents, chunksize=AT_ONCE), strict=True))


def processor_seconds() -> float:
    """Seconds of processor of this process and of the workers that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def measure(size: int, workers: int) -> dict[str, float]:
    """One size in this process: seconds, peak memory, and the share of known answers that came out."""
    from benchmarks.compare.corpus import make_corpus
    from pipeline.codebooks import load_codebook
    from pipeline.compare import compare_requirements

    documents, known = make_corpus(size)
    before, used = time.perf_counter(), processor_seconds()
    weighed = weigh_all(documents, workers)
    weighing = time.perf_counter() - before
    comparison = compare_requirements(
        documents, codebooks=[load_codebook("social_media")], weighed={"social_media": weighed}
    )
    seconds, processor = time.perf_counter() - before, processor_seconds() - used
    given = {c.municipality: c.value for c in comparison.cells if c.requirement == "response_time"}
    right = sum(given.get(name) == f"PT{hours}H" for name, hours in known.hours.items()) / len(known.hours)
    # The largest worker counts as often as there are workers: no more than that was in use at once.
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    megabytes = peaks[0] + (peaks[1] * workers if workers > 1 else 0)
    return {
        "requirements": size, "seconds": round(seconds, 2), "weighing": round(weighing, 2),
        "processor": round(processor, 2), "megabytes": round(megabytes), "right": round(right, 4),
    }  # fmt: skip


def main(arguments: list[str]) -> None:
    """Each size in a process of its own, then the exponent of growth between the smallest and the largest."""
    workers = 2
    if arguments[:1] == ["--workers"]:
        workers, arguments = int(arguments[1]), arguments[2:]
    if arguments[:1] == ["--one"]:
        with collected_seldom():  # as a run has it, in its workers too
            print(json.dumps(measure(int(arguments[1]), workers)))
        return
    rows = []
    for size in [int(a) for a in arguments] or SIZES:
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.compare", "--workers", str(workers), "--one", str(size)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        rows.append(json.loads(run.stdout))
        print(rows[-1], flush=True)
    if len(rows) > 1:
        first, last = rows[0], rows[-1]
        # Seconds of processor: they are the same on a machine that has other things to do.
        times = math.log(last["requirements"] / first["requirements"])
        growth = math.log(last["processor"] / first["processor"]) / times
        print(f"exponent {growth:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
