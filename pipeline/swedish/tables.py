"""A row of a table as text: its cells, and what the words over its columns ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.swedish.normative import lexicon

HEADS = ("doer_heads", "table_heads", "thing_heads", "time_heads", "forbidding_heads", "permitting_heads")
"""The groups of words that stand over columns."""
CELL_MARK = re.compile(r"\t|\|")
"""What parts the cells of a row beside wide gaps."""
_PARTING = re.compile(r"\t(?: *\|(?: *\t)?)?|\|(?: *\t)?")
"""One mark between two cells; a bar beside a tab is the ruled line of a scan, and with it one."""
_WIDE_GAP = re.compile(r" {3,}")
_SIGNS = "•▪●◦■□◆➢►✓"
_ITEM = re.compile(
    rf"\s*[{_SIGNS}]\s+| {{2,}}(?:[-–—*»]\s+|\d{{1,2}}[.)]\s+|[a-h]\)\s+|(?=[A-ZÅÄÖ]))"
    r"|\A\s*(?:[-–—*»]\s+|\d{1,2}[.)]\s+|[a-h]\)\s+)"
)
"""Where an item of a cell begins: at a bullet, or behind two blanks, which stand where the cell has a new line."""


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of a row: where it stands in the row, and its words without the blanks around them."""

    start: int
    end: int
    words: str


def cells_of(row: str, columns: int = 0) -> list[RowCell]:
    """The cells of a row, in the columns of its table; offsets are those within the row.

    Args:
        row: The row's line.
        columns: How many columns the table's first row names. Where a row that tabs or bars part has no more cells
            than that, its empty ones are among them; those of other rows are left out: there tabs only set words in.
    """
    cells = _with_empty(row)
    filled = [cell for cell in cells if cell.words]
    return cells if 0 < len(filled) < len(cells) <= columns else filled


def items_of(cell: str) -> list[tuple[int, int]]:
    """The items of a cell's words as spans of it, without their bullets; the cell itself where it is no list."""
    marks = list(_ITEM.finditer(cell))
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(cell)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if cell[a:b].strip()]


def heads_of(row: str) -> list[str]:
    """The cells of a table's first row as `normative.yaml` has the words over columns (`doer_heads` and the like).

    An empty cell in front counts, as in a table whose first column has no word over it.
    """
    cells = _with_empty(row)
    first = next((n for n, cell in enumerate(cells) if cell.words), 0)
    if any(not cell.words for cell in cells[first:]):
        cells = [cell for cell in cells if cell.words]
    return [cell.words.strip(" .:").lower() for cell in cells]


def _with_empty(row: str) -> list[RowCell]:
    """All cells of a row, what is empty between two marks among them; the marks around a piped row have none."""
    low, high = 0, len(row.rstrip())
    if "|" in row:
        low = len(row) - len(row.lstrip(" \t|"))
        high = len(row.rstrip(" \t|"))
    found: list[RowCell] = []
    for start, end in _between(_PARTING, row, low, high):
        parts = list(_between(_WIDE_GAP, row, start, end))
        filled = [(a, b) for a, b in parts if row[a:b].strip()]
        found += [RowCell(a, b, row[a:b].strip()) for a, b in filled or parts[:1]]
    return found


def _between(mark: re.Pattern[str], row: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between the marks of a stretch."""
    at = start
    for found in mark.finditer(row, start, end):
        yield at, found.start()
        at = found.end()
    yield at, end


def stands_over(words: str, groups: Iterable[str]) -> bool:
    """Whether words belong to one of some groups of `normative.yaml` that stand over columns."""
    return any(lexicon().has(group, words) for group in groups)


def names_columns(cells: Iterable[str]) -> bool:
    """Whether the words of a row's cells stand over columns: one of them asks who or what, or says when."""
    return any(stands_over(cell.strip(" .:").lower(), (*HEADS, "task_heads")) for cell in cells)


def columns_of(line: str) -> list[int]:
    """Where the cells of a whole line begin, in characters from its beginning."""
    return [line.index(cell.words, cell.start) for cell in cells_of(line)]


def column_at(columns: Sequence[int], indent: int) -> int:
    """The column that begins where a line does that is so far set in, -1 where none does."""
    return next((i for i, start in enumerate(columns) if abs(start - indent) <= BESIDE), -1)


BESIDE = 2
"""Characters by which the lines of a column may begin apart."""
