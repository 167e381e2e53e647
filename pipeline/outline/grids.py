"""Tables in plain text, whose cells nothing but wide gaps or single bars part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.swedish.normative import lexicon
from pipeline.swedish.tables import heads_of

if TYPE_CHECKING:
    from pipeline.outline.lines import TextLine

_GAP = re.compile(r"(?<=\S)(?: {3,}| +\| +)(?=\S)")
"""What parts cells where a text has no tabs: blanks, or a bar."""


def as_grids(lines: Sequence[TextLine], text: str) -> list[TextLine]:
    """The lines, those of a table that has nothing but wide gaps or single bars between its cells as its rows.

    Such a table is told by its first row, which asks who does something ("Vem", "Ansvarig"), and by the same number of
    cells in the rows right below.
    """
    found = list(lines)
    cells = [_gaps(line, text) for line in lines]
    at = 0
    while at < len(lines):
        end = at + 1
        if cells[at] and _heads_columns(lines[at].words(text)):
            while end < len(lines) and cells[end] == cells[at]:
                end += 1
            if end > at + 1:
                found[at:end] = [replace(line, kind="table_row") for line in lines[at:end]]
        at = end
    return found


def _gaps(line: TextLine, text: str) -> int:
    """The gaps between cells that a line of text has; none where its format says what it is."""
    return len(_GAP.findall(line.words(text))) if line.kind in ("text", "heading") else 0


def _heads_columns(words: str) -> bool:
    return any(lexicon().has("doer_heads", head) for head in heads_of(words))
