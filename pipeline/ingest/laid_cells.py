"""Cells of a table as their words lie on a page, and rows of them as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.ingest.assembly import DraftLine
from pipeline.ingest.cells import cell_text
from pipeline.ingest.layout import Row, line_of
from pipeline.swedish.lexicon import load_lexicon

BLANK = 0.25
"""The width of a blank in font sizes."""
LETTER = 0.6
"""The width of a letter in font sizes."""


@dataclass(frozen=True, slots=True)
class LaidCell:
    """The lines of words in a cell, and for each but the last how much room there was behind it, in points."""

    rows: tuple[Row, ...] = ()
    room: tuple[float, ...] = ()

    def part(self, first: int, last: int | None) -> LaidCell:
        """Some of its lines."""
        return LaidCell(self.rows[first:last], self.room[first:last])

    @property
    def whole(self) -> list[bool]:
        """For each line but the last whether the next word would have stood in it: then it ended there by itself."""
        return [
            BLANK * one[-1].size + two[0].word.x1 - two[0].word.x0 < room
            for (one, two), room in zip(pairwise(self.rows), self.room, strict=False)
        ]

    @property
    def text(self) -> str:
        """Its words: two blanks before each item, none in a word that a narrow cell cut in two."""
        lines: list[str] = []
        whole: list[bool] = []
        for n, row in enumerate(self.rows):
            said = " ".join(w.word.text for w in row)
            if n and len(row) == len(self.rows[n - 1]) == 1 and self._is_cut(n, lines[-1], said):
                lines[-1] += said
                continue
            lines.append(said)
            whole += self.whole[n - 1 : n] if n else []
        return cell_text(lines, whole=whole)

    def _is_cut(self, n: int, before: str, rest: str) -> bool:
        """Whether a line goes on with the word before it, which had no room for a letter more: "enhet / en"."""
        full = self.room[n - 1] < LETTER * self.rows[n][0].size
        return full and rest[:1].islower() and before[-1:].isalpha() and load_lexicon().is_word(before + rest)


def row_line(cells: Sequence[LaidCell], *, origin: str) -> DraftLine:
    """A row of cells as one line: the words of each cell line by line, cells joined by tabs."""
    whole = line_of([word for cell in cells for row in cell.rows for word in row], origin=origin)
    return replace(whole, text="\t".join(cell.text for cell in cells).rstrip("\t"), style="table_row")
