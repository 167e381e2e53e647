"""Measure time and memory of compare for growing corpora: python -m benchmarks.compare [SIZE ...]."""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)


def measure(size: int) -> dict[str, float]:
    """One size in this process: seconds, peak memory, and the share of known answers that came out."""
    from benchmarks.compare.corpus import make_corpus
    from pipeline.codebooks import load_codebook
    from pipeline.compare import compare_requirements

    documents, known = make_corpus(size)
    before, used = time.perf_counter(), time.process_time()
    comparison = compare_requirements(documents, codebooks=[load_codebook("social_media")])
    seconds, processor = time.perf_counter() - before, time.process_time() - used
    given = {c.municipality: c.value for c in comparison.cells if c.requirement == "response_time"}
    right = sum(given.get(name) == f"PT{hours}H" for name, hours in known.hours.items()) / len(known.hours)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "requirements": size, "seconds": round(seconds, 2), "processor": round(processor, 2),
        "megabytes": round(megabytes), "right": round(right, 4),
    }  # fmt: skip


def main(arguments: list[str]) -> None:
    """Each size in a process of its own, then the exponent of growth between the smallest and the largest."""
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(int(arguments[1]))))
        return
    rows = []
    for size in [int(a) for a in arguments] or SIZES:
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.compare", "--one", str(size)], capture_output=True, text=True, check=True
        )
        rows.append(json.loads(run.stdout))
        print(rows[-1], flush=True)
    if len(rows) > 1:
        first, last = rows[0], rows[-1]
        # Seconds of processor: they are the same on a machine that has other things to do.
        times = math.log(last["requirements"] / first["requirements"])
        growth = math.log(last["processor"] / first["processor"]) / times
        print(f"exponent {growth:.2f}")


main(sys.argv[1:])
