"""Count what the gold says of each cell beside what the program says: python -m benchmarks.cell_error GOLD [SPLIT].

Writes pipeline/compare/measured_error.yaml. Only documents that those who write rules have not read give honest
figures.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import yaml

from pipeline import stages
from pipeline.compare.measured_error import PATH
from pipeline.evaluation.cells import merge_gold_cells
from pipeline.evaluation.gold import read_gold
from pipeline.evaluation.scorecard import read_output
from pipeline.executor import open_executor
from pipeline.params import Params
from pipeline.records.comparison import ANSWERS
from pipeline.tables import write_whole

HEAD = """\
# What the gold says of a cell (row) and what the program says (column), counted in cells.
# Written by `python -m benchmarks.cell_error {command}`; docs/comparison.md says what it is used for.
"""


def count(gold: Path, split: str) -> tuple[int, dict[str, dict[str, int]]]:
    """How many documents were read, and cells by the gold's answer and the program's."""
    with tempfile.TemporaryDirectory(prefix="jamka-") as scratch:
        chosen = Path(scratch) / "gold"
        chosen.mkdir()
        for file in sorted(gold.glob("*.json")):
            if not split or json.loads(file.read_text("utf-8")).get("split") == split:
                shutil.copy(file, chosen)
                shutil.copy(file.with_suffix(".txt"), chosen)
        out, params = Path(scratch) / "out", Params()
        params = params.model_copy(update={"run": params.run.model_copy(update={"workers": 2})})
        with open_executor(workers=2) as executor:
            work = stages.Work(sources=(), out=out, parts=Path(scratch) / "parts", params=params, executor=executor)
            stages.run_evaluation(work, chosen)
        documents, output = read_gold(chosen), read_output(out)
    by_stem = {Path(d.file_name).stem: d for d in output.documents}
    wanted, _ = merge_gold_cells(documents, {d.slug: by_stem.get(d.slug) for d in documents})
    given = {(c.municipality, c.requirement): c.answer for c in output.cells}
    pairs = Counter((w.cell.answer, given.get((w.municipality, w.cell.requirement), "")) for w in wanted)
    return len(documents), {
        should: {says: pairs[should, says] for says in ANSWERS if pairs[should, says]}
        for should in ANSWERS
        if any(pairs[should, says] for says in ANSWERS)
    }


def main(arguments: list[str]) -> None:
    """Measure and write."""
    gold, split = Path(arguments[0]), "".join(arguments[1:2])
    documents, cells = count(gold, split)
    command = f"{gold.as_posix()} {split}".strip()
    content = {"gold": command, "documents": documents, "cells": cells}
    write_whole(PATH, HEAD.format(command=command) + yaml.safe_dump(content, sort_keys=False, allow_unicode=True))
    print(PATH.read_text("utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
