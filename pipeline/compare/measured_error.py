"""How often the program tells a cell's answer wrongly, as it was measured against gold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.trees import parse_tree

PATH = Path(__file__).with_name("measured_error.yaml")


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How a measure ("the cell is stated") was told, counted in cells of the gold.

    Attributes:
        with_it: Cells of which it holds by the gold.
        found: Of these, those of which the program says so.
        without: Cells of which it does not hold.
        spared: Of these, those of which the program does not say so.
    """

    with_it: int
    found: int
    without: int
    spared: int


@cache
def measured_cells() -> Mapping[str, Mapping[str, int]]:
    """Cells by the gold's answer and, within, by the program's."""
    content: dict[str, dict[str, dict[str, int]]] = parse_tree(PATH.read_text("utf-8"))
    return content["cells"]


def accuracy_of(answers: Collection[str], cells: Mapping[str, Mapping[str, int]]) -> Accuracy:
    """How well the program tells that a cell has one of some answers; cells it calls unreadable are left out.

    Args:
        answers: The answers that make up the measure.
        cells: Counts by the gold's answer and the program's.
    """
    counts = {True: [0, 0], False: [0, 0]}
    for should, row in cells.items():
        for says, number in row.items():
            if "unreadable" not in (should, says):
                counts[should in answers][says in answers] += number
    return Accuracy(sum(counts[True]), counts[True][True], sum(counts[False]), counts[False][False])


def misreadings(measures: Sequence[Collection[str]], cells: Mapping[str, Mapping[str, int]]) -> list[list[float]]:
    """For each of some measures by the gold, how often the program gives each of them; each row sums to 1.

    Cells that one of the two gives another answer are left out.

    Args:
        measures: The answers that make up each measure; the program finds each at least once.
        cells: Counts by the gold's answer and the program's.
    """
    rows = [
        [sum(cells.get(should, {}).get(says, 0) for should in one for says in other) for other in measures]
        for one in measures
    ]
    return [[number / sum(row) for number in row] for row in rows]
