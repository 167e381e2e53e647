"""One measured run, in a process of its own: python -m benchmarks.scale.one SOURCES OUT PARTS [ENGINE].

Does what `jamka run --workers 2` does and prints, as JSON, the seconds of each stage that had something to do.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from pipeline.executor import open_executor
from pipeline.params import Params, RunSettings
from pipeline.stages import Work, run_stages

WORKERS = 2


def main(sources: str, out: str, parts: str, engine: str = "local") -> None:
    """Run all stages and print how long each took, and how many documents each worked on."""
    seconds: dict[str, float] = {}
    before = time.perf_counter()

    def ended(stage: str) -> None:
        nonlocal before
        seconds[stage] = round(time.perf_counter() - before, 3)
        before = time.perf_counter()
        print(f"  {stage}: {seconds[stage]:.1f} s", file=sys.stderr, flush=True)

    with open_executor(engine, workers=WORKERS) as executor:
        stamp, params = Path(parts) / "run.json", Params(run=RunSettings(workers=WORKERS))
        work = Work((Path(sources),), Path(out), Path(parts), params, executor, ended=ended, stamp=stamp)
        run_stages(work)
    print(json.dumps({"seconds": seconds, "fresh": work.fresh}))


if __name__ == "__main__":
    main(*sys.argv[1:])
