"""A row of a table as text: its cells, and what the words over its columns ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.swedish.normative import lexicon

CELL_MARK = re.compile(r"\t|\|")
"""What parts the cells of a row beside wide gaps."""
_CELL = re.compile(r"(?:(?! {3})[^\t|])+")
"""A cell: tabs, bars and wide gaps part it from the next."""


def cells_of(row: str) -> list[re.Match[str]]:
    """The cells of a row that hold anything; offsets are those within the row."""
    return [cell for cell in _CELL.finditer(row) if cell[0].strip()]


def heads_of(row: str) -> list[str]:
    """The cells of a table's first row as `normative.yaml` has the words over columns (`doer_heads` and the like)."""
    return [cell[0].strip(" .:").lower() for cell in cells_of(row)]


def stands_over(words: str, groups: Iterable[str]) -> bool:
    """Whether words belong to one of some groups of `normative.yaml` that stand over columns."""
    return any(lexicon().has(group, words) for group in groups)


def columns_of(line: str) -> list[int]:
    """Where the cells of a whole line begin, in characters from its beginning."""
    return [cell.start() + len(cell[0]) - len(cell[0].lstrip()) for cell in cells_of(line)]


def column_at(columns: Sequence[int], indent: int) -> int:
    """The column that begins where a line does that is so far set in, -1 where none does."""
    return next((i for i, start in enumerate(columns) if abs(start - indent) <= BESIDE), -1)


BESIDE = 2
"""Characters by which the lines of a column may begin apart."""
