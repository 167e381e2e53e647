"""Tables in plain text, whose cells nothing but wide gaps or single bars part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.swedish.tables import column_at, columns_of, heads_of, stands_over

if TYPE_CHECKING:
    from pipeline.outline.lines import TextLine

_GAP = re.compile(r"(?<=\S)(?: {3,}| +\| +)(?=\S)")
"""What parts cells where a text has no tabs: blanks, or a bar."""


def as_grids(lines: Sequence[TextLine], text: str) -> list[TextLine]:
    """The lines, those of a table that has nothing but wide gaps or single bars between its cells as its rows.

    Such a table is told by its first row, which asks who does something or by when ("Vem", "Svar senast"), and by the
    same number of cells in the rows below. Blank lines may part the rows; a line that begins where one of the further
    columns does goes on with the row above.
    """
    found = list(lines)
    at = 0
    while at < len(lines):
        rows = _rows(lines, at, text) if _gaps(lines[at], text) and _heads_columns(lines[at].words(text)) else []
        if any(_gaps(lines[i], text) for i in rows[1:]):
            for i in rows:
                found[i] = replace(lines[i], kind="table_row")
        at = rows[-1] + 1 if rows else at + 1
    return found


def _rows(lines: Sequence[TextLine], head: int, text: str) -> list[int]:
    """The lines of the table whose first row stands at `head`."""
    wanted, columns = _gaps(lines[head], text), columns_of(text[lines[head].line_start : lines[head].line_end])
    rows, at = [head], head + 1
    while at < len(lines):
        line = lines[at]
        if line.kind == "blank":
            at += 1
            continue
        goes_on = at == rows[-1] + 1 and line.kind in ("text", "heading") and column_at(columns, line.indent) > 0
        if _gaps(line, text) != wanted and not goes_on:
            break
        rows.append(at)
        at += 1
    return rows


def _gaps(line: TextLine, text: str) -> int:
    """The gaps between cells that a line of text has; none where its format says what it is."""
    return len(_GAP.findall(line.words(text))) if line.kind in ("text", "heading") else 0


def _heads_columns(words: str) -> bool:
    """Whether a row stands over columns: one of them says who, or all of them are words that stand over columns."""
    heads = heads_of(words)
    return any(stands_over(head, ("doer_heads",)) for head in heads) or all(stands_over(h, _HEADS) for h in heads)


_HEADS = ("table_heads", "thing_heads", "time_heads", "task_heads")
