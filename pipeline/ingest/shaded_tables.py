"""Tables whose rows are told by shading alone: every other row is a band of boxes, and those between have none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Box: TypeAlias = tuple[float, ...]
"""Left, top, right and bottom."""
Cells: TypeAlias = Sequence[Box | None]
"""A row's cells; none stands where a cell of another row or column goes on."""

TALLEST = 60.0
"""Points that a row between two bands has at most."""
BESIDE = 2.0
"""Points by which the edges of a column may lie apart from band to band."""


def with_unshaded(tables: Sequence[Sequence[Cells]]) -> list[list[Cells]]:
    """The tables found on a page, bands of the same columns put together with the rows between them."""
    whole: list[list[Cells]] = []
    for table in sorted(tables, key=lambda rows: _span(rows)[0]):
        if whole and _is_next_band(whole[-1], table):
            top, bottom = _span(whole[-1])[1], _span(table)[0]
            between = [(left, top, right, bottom) for left, right in _columns(table)]
            whole[-1] += [between, *table]
        else:
            whole.append(list(table))
    return whole


def _is_next_band(above: Sequence[Cells], below: Sequence[Cells]) -> bool:
    """Whether two tables have the same columns and room for one row between them."""
    ones, twos = _columns(above), _columns(below)
    room = _span(below)[0] - _span(above)[1]
    return (
        1 < len(ones) == len(twos)
        and 0 < room <= TALLEST
        and all(abs(a - b) < BESIDE for one, two in zip(ones, twos, strict=True) for a, b in zip(one, two, strict=True))
    )


def _columns(table: Sequence[Cells]) -> list[tuple[float, float]]:
    """The left and right edges of a table's columns, by its row of most cells."""
    rows = ([box for box in cells if box is not None] for cells in table)
    return [(box[0], box[2]) for box in max(rows, key=len)]


def _span(table: Sequence[Cells]) -> tuple[float, float]:
    """The top and bottom of a table."""
    boxes = [box for cells in table for box in cells if box is not None]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)
