"""One measured run: python -m benchmarks.scale.one SOURCES OUT PARTS [ENGINE [WORKERS]]; seconds of each stage as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from pipeline.executor import open_executor
from pipeline.params import Params
from pipeline.stages import STAGES, Work, run_stage


def main(sources: str, out: str, parts: str, engine: str = "local", workers: str = "2") -> None:
    """Run the stages one after the other, as `jamka run` does, and print how long each took."""
    seconds, fresh = {}, {}
    with open_executor(engine, workers=int(workers)) as executor:
        work = Work((Path(sources),), Path(out), Path(parts), Params(), executor)
        for stage in STAGES:
            before = time.perf_counter()
            run_stage(work, stage)
            seconds[stage] = round(time.perf_counter() - before, 3)
            print(f"  {stage}: {seconds[stage]:.1f} s", file=sys.stderr, flush=True)
        fresh = work.fresh
    print(json.dumps({"seconds": seconds, "fresh": fresh}))


if __name__ == "__main__":
    main(*sys.argv[1:])
