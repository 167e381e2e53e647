"""A row of a table as text: its cells, and what the words over its columns ask for."""

from __future__ import annotations

import re

_CELL = re.compile(r"(?:(?! {3})[^\t|])+")
"""A cell: tabs, bars and wide gaps part it from the next."""


def cells_of(row: str) -> list[re.Match[str]]:
    """The cells of a row that hold anything; offsets are those within the row."""
    return [cell for cell in _CELL.finditer(row) if cell[0].strip()]


def heads_of(row: str) -> list[str]:
    """The cells of a table's first row as `normative.yaml` has the words over columns (`doer_heads` and the like)."""
    return [cell[0].strip(" .:").lower() for cell in cells_of(row)]
