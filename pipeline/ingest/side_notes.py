"""Notes in the margin beside the text of a page: small print wholly outside the column that the text fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.ingest.assembly import DraftLine
from pipeline.ingest.layout import CELL_GAP, PARAGRAPH_PITCH, LaidWord, Row, lay_out, rows_of

SMALLER = 0.93
"""Size of a side note's print beside the text's at most."""

LARGER = 1.1
"""Size of the largest print in a note beside the text's: a note may have a heading."""

MIN_ROWS = 6
"""Rows of text beside which notes are looked for."""

MIN_FILL = 0.7
"""Share of the column that its typical row fills: the cells of a table fill less."""

MIN_LETTERS = 30
"""Characters of a row of the column at least: narrower columns are those of a table or of a page in columns."""

MOST_ROWS = 0.6
"""Rows of notes for each row of text at most: a label for each line makes a table."""

GUTTER = 0.5
"""White space between the column and its notes, in font sizes, at least."""

APART = 2.0
"""Baselines of one paragraph of a note are no farther apart than so many font sizes."""

FAR_APART = 3.2
"""Baselines of one note with several paragraphs are no farther apart than so many font sizes."""


def lay_out_with_notes(words: Sequence[LaidWord], *, origin: str) -> list[DraftLine]:
    """The lines of a page in reading order, each side note whole before the paragraph beside which it begins."""
    notes, text = take_notes(words)
    lines = lay_out(text, origin=origin)
    for note in notes:
        first = min(w.baseline for w in note)
        # Of notes beside one paragraph each goes before it, so behind the notes that are there.
        above = [n for n, line in enumerate(lines) if line.gap and line.baseline <= first + 0.5 * line.size]
        at = max(above, default=0)
        lines[at : at + 1] = [*lay_out(note, origin=origin), replace(lines[at], gap=True)]
    return lines


def take_notes(words: Sequence[LaidWord]) -> tuple[list[list[LaidWord]], list[LaidWord]]:
    """The side notes of a page from top to bottom, and the other words."""
    column = _column(words)
    if column is None:
        return [], list(words)
    left, right, top, bottom, size, count = column
    starts = _starts([w for w in words if left - size < w.word.x0 and w.word.x1 < right + size])
    near = [w for w in words if top <= w.baseline <= bottom and w.size <= LARGER * size]
    before = [w for w in near if w.word.x1 <= left - GUTTER * size]
    behind = [w for w in near if w.word.x0 >= right + GUTTER * size]
    parted = [note for side in (before, behind) for note in _parted(rows_of(side), starts)]
    notes = [note for note in parted if _size(note) <= SMALLER * size]
    beside = [w for note in notes for w in note]
    if not notes or len(rows_of(beside)) > MOST_ROWS * count:
        return [], list(words)
    inside = {id(w) for w in beside}
    return sorted(notes, key=lambda n: min(w.baseline for w in n)), [w for w in words if id(w) not in inside]


def _column(words: Sequence[LaidWord]) -> tuple[float, float, float, float, float, int] | None:
    """The column of running text: left, right, first and last baseline, font size, rows; None where there is none."""
    if len({round(w.size, 1) for w in words}) < 2:
        return None
    size = _size(words)
    rows = [
        part for row in rows_of([w for w in words if abs(w.size - size) <= 0.04 * size])
        for part in _cells(row) if sum(len(w.word.text) + 1 for w in part) >= MIN_LETTERS
    ]  # fmt: skip
    if len(rows) < MIN_ROWS:
        return None
    left, right = min(row[0].word.x0 for row in rows), max(row[-1].word.x1 for row in rows)
    if median(_width(row) for row in rows) < MIN_FILL * (right - left):
        return None
    return left, right, rows[0][0].baseline - size, rows[-1][0].baseline + size, size, len(rows)


def _size(words: Sequence[LaidWord]) -> float:
    """The font size of most letters."""
    return median(w.size for w in words for _ in w.word.text)


def _cells(row: Row) -> list[Row]:
    """A row cut where it has the white space between two cells."""
    parts = [[row[0]]]
    for one, two in pairwise(row):
        if two.word.x0 - one.word.x1 > CELL_GAP * max(one.size, two.size):
            parts.append([])
        parts[-1].append(two)
    return parts


def _width(row: Row) -> float:
    return row[-1].word.x1 - row[0].word.x0


def _starts(words: Sequence[LaidWord]) -> list[float]:
    """The baselines on which a column's paragraphs begin."""
    rows = [row[0].baseline for row in rows_of(words)]
    pitch = median([two - one for one, two in pairwise(rows)] or [0.0])
    return rows[:1] + [two for one, two in pairwise(rows) if two - one > PARAGRAPH_PITCH * pitch]


def _parted(rows: Sequence[Row], starts: Sequence[float]) -> list[list[LaidWord]]:
    """Rows on one side of the column as notes: white space parts them.

    A little of it parts only notes that stand each beside a paragraph of the text, else the paragraphs of one box.
    """
    notes: list[list[LaidWord]] = []
    last = float("-inf")
    for row in rows:
        gap, size = row[0].baseline - last, row[0].size
        beside = any(abs(row[0].baseline - start) <= 0.5 * size for start in starts)
        if gap > (APART if beside else FAR_APART) * size:
            notes.append([])
        notes[-1] += row
        last = row[0].baseline
    return notes
