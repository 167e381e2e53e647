"""Words on a page to lines in reading order: rows, columns, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median, quantiles

from pipeline.ingest.assembly import DraftLine, DraftWord

CELL_GAP = 1.8
"""White space, in font sizes, from which on two words of a row are cells and not neighbours; justified text stays under
one and a half."""

EVEN = 0.3
"""Font sizes by which the gaps of a justified line differ at most."""
MIN_JUSTIFIED = 0.3
"""Share of a column's lines that fill it where its text is justified; the others end paragraphs."""

COLUMN_GAP = 0.9
"""White space, in font sizes, that a gutter between two columns of text has at least."""

MIN_COLUMN_ROWS = 4
"""Rows on either side of a gutter from which on it parts columns; fewer are names side by side, or a form."""

MIN_FILL = 0.55
"""Share of its column that a column's typical row fills; the cells of a table fill less."""

MIN_COLUMN_LETTERS = 18
"""Characters of a column's typical row; shorter ones are a table or a list of addresses."""

PARAGRAPH_PITCH = 1.28
"""A line pitch so many times that of the text around it is a new paragraph."""


@dataclass(frozen=True, slots=True)
class LaidWord:
    """A word with what its line will need: baseline and font."""

    word: DraftWord
    baseline: float
    size: float
    bold: bool = False


Row = list[LaidWord]


def lay_out(words: Sequence[LaidWord], *, origin: str) -> list[DraftLine]:
    """The lines of a page in reading order, a paragraph's first line marked by `gap`."""
    rows = rows_of(words)
    lines: list[DraftLine] = []
    for block in _blocks(rows):
        lines += mark_paragraphs(
            [line_of(row, origin=origin, spread=_is_spread(block, n)) for n, row in enumerate(block)]
        )
    return [replace(lines[0], gap=True), *lines[1:]] if lines else []


def rows_of(words: Sequence[LaidWord]) -> list[Row]:
    """Words that stand on one baseline, from left to right; rows from top to bottom."""
    rows: list[Row] = []
    levels: list[float] = []
    for word in sorted(words, key=lambda w: (w.baseline, w.word.x0)):
        # A raised footnote mark stands within half a font size of its line, the next line farther off.
        if rows and word.baseline - levels[-1] <= 0.45 * max(word.size, rows[-1][0].size):
            rows[-1].append(word)
            if word.size >= rows[-1][0].size:
                levels[-1] = max(levels[-1], min(word.baseline, levels[-1] + 0.1 * word.size))
        else:
            rows.append([word])
            levels.append(word.baseline)
    return [sorted(row, key=lambda w: (w.word.x0, w.word.x1)) for row in rows]


def line_of(row: Row, *, origin: str, spread: bool = False) -> DraftLine:
    """A row as a line: words joined by a space, cells by a tab; of one that is `spread` no gap parts cells."""
    text = row[0].word.text
    for one, two in pairwise(row):
        text += ("\t" if not spread and _parts(one, two) else " ") + two.word.text
    letters = sum(len(w.word.text) for w in row)
    return DraftLine(
        text=text, words=tuple(w.word for w in row), x0=min(w.word.x0 for w in row), top=min(w.word.top for w in row),
        x1=max(w.word.x1 for w in row), bottom=max(w.word.bottom for w in row),
        baseline=median(w.baseline for w in row), size=_weighted_median([(w.size, len(w.word.text)) for w in row]),
        bold=2 * sum(len(w.word.text) for w in row if w.bold) > letters, origin=origin,
    )  # fmt: skip


def _parts(one: LaidWord, two: LaidWord) -> bool:
    """Whether the white space between two words of a row makes cells of them."""
    return two.word.x0 - one.word.x1 > CELL_GAP * max(one.size, two.size)


def _is_spread(block: Sequence[Row], n: int) -> bool:
    """Whether a row is a line of justified text with so few words that they stand as far apart as cells.

    It fills its column with gaps of one width, as other lines of the column do, and no wide gap of the lines above and
    below lies where one of its own does.
    """
    row = block[n]
    gaps = [two.word.x0 - one.word.x1 for one, two in pairwise(row)]
    if len(gaps) < 2 or not any(_parts(one, two) for one, two in pairwise(row)):
        return False
    left, right = min(w.word.x0 for r in block for w in r), max(w.word.x1 for r in block for w in r)
    size = max(w.size for w in row)

    def fills(other: Row) -> bool:
        return other[0].word.x0 - left < size and right - other[-1].word.x1 < size

    beside = [block[i] for i in (n - 1, n + 1) if 0 <= i < len(block)]
    wide = [(one.word.x1, two.word.x0) for r in beside for one, two in pairwise(r) if _parts(one, two)]
    shared = any(one.word.x1 < b and a < two.word.x0 for one, two in pairwise(row) for a, b in wide)
    justified = sum(map(fills, block)) >= MIN_JUSTIFIED * len(block)
    return justified and fills(row) and max(gaps) - min(gaps) < EVEN * size and len(block) > 2 and not shared


def mark_paragraphs(lines: Sequence[DraftLine]) -> list[DraftLine]:
    """Lines of one column with `gap` set where a paragraph begins: more white space above, or another font size."""
    if not lines:
        return []
    usual = usual_pitch(lines)
    result = [replace(lines[0], gap=True)]
    for before, line in pairwise(lines):
        result.append(replace(line, gap=_begins_paragraph(before, line, usual=usual)))
    return result


def usual_pitch(lines: Sequence[DraftLine]) -> float:
    """The distance of baselines inside paragraphs, in font sizes; 0 where a page has a single line.

    The lower quartile, for pages of one-line paragraphs have more gaps than lines that follow each other; at most 1.8,
    the pitch of text set one and a half lines apart.
    """
    pitches = [p for one, two in pairwise(lines) if 0 < (p := _pitch(one, two)) < 4]
    if len(pitches) < 2:
        return min([*pitches, 1.25])
    return min(quantiles(pitches, n=4, method="inclusive")[0], 1.8)


def _begins_paragraph(before: DraftLine, line: DraftLine, *, usual: float) -> bool:
    pitch = _pitch(before, line)
    if pitch <= 0 or pitch > 2.2 * usual:
        return True
    if max(before.size, line.size) > 1.12 * min(before.size, line.size) and pitch > 0.9 * usual:
        return min(len(before.text), len(line.text)) > 3
    if pitch > PARAGRAPH_PITCH * usual:
        # A line of a sentence that goes on needs more white space than that to be a paragraph of its own.
        goes_on = line.text[:1].islower() and before.text[-1:] not in ".:;!?"
        return not goes_on or pitch > 1.5 * usual
    return False


def _pitch(one: DraftLine, two: DraftLine) -> float:
    """The distance of two baselines in font sizes: of what hangs below the one and stands up in the other."""
    return (two.baseline - one.baseline) / max(0.21 * one.size + 0.79 * two.size, 1.0)


def _blocks(rows: list[Row]) -> list[list[Row]]:
    """The rows cut into blocks in reading order: full width, then each column from top to bottom."""
    found = _best_gutter(rows)
    if found is None:
        return [rows] if rows else []
    first, last, x = found
    inside = rows[first:last]
    left = [part for row in inside if (part := [w for w in row if w.word.x1 <= x])]
    right = [part for row in inside if (part := [w for w in row if w.word.x0 >= x])]
    return [*_blocks(rows[:first]), *_blocks(_again(left)), *_blocks(_again(right)), *_blocks(rows[last:])]


def _again(rows: list[Row]) -> list[Row]:
    return rows_of([word for row in rows for word in row])


def _best_gutter(rows: list[Row]) -> tuple[int, int, float] | None:
    """The stretch of rows with the longest gutter between two columns of running text, and where the gutter lies."""
    if len(rows) < MIN_COLUMN_ROWS:
        return None
    left, right = min(w.word.x0 for r in rows for w in r), max(w.word.x1 for r in rows for w in r)
    best: tuple[int, int, float] | None = None
    for x in _candidates(rows, left, right):
        for first, last in _clear_stretches(rows, x):
            if (best is None or last - first > best[1] - best[0]) and _are_columns(rows[first:last], x, left, right):
                best = first, last, x
    return best


def _candidates(rows: list[Row], left: float, right: float) -> list[float]:
    """Where a gutter may lie: just before places at which several rows or words after a gap begin."""
    starts: dict[int, int] = {}
    for row in rows:
        for i, word in enumerate(row):
            before = row[i - 1].word.x1 if i else left - 1.0
            if word.word.x0 - before > COLUMN_GAP * word.size and word.word.x0 > left + 0.15 * (right - left):
                starts[round(word.word.x0)] = starts.get(round(word.word.x0), 0) + 1
    often = [x for x, n in starts.items() if sum(starts.get(x + d, 0) for d in (-2, -1, 0, 1, 2)) >= MIN_COLUMN_ROWS]
    often.sort()
    return [x - 2.5 for i, x in enumerate(often) if i == 0 or x - often[i - 1] > 2]


def _clear_stretches(rows: list[Row], x: float) -> list[tuple[int, int]]:
    """Runs of rows in which no word lies over the gutter at x and both sides have text."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    for i, row in enumerate([*rows, None]):
        clear = row is not None and not any(w.word.x0 < x < w.word.x1 for w in row) and _gap_at(row, x)
        if clear and first is None:
            first = i
        elif not clear and first is not None:
            runs.append((first, i))
            first = None
    return [run for run in runs if run[1] - run[0] >= MIN_COLUMN_ROWS]


def _gap_at(row: Row, x: float) -> bool:
    """Whether a row that has words on both sides of x leaves a gutter's width there."""
    left, right = [w for w in row if w.word.x1 <= x], [w for w in row if w.word.x0 >= x]
    if not left or not right:
        return True
    return right[0].word.x0 - left[-1].word.x1 > COLUMN_GAP * min(left[-1].size, right[0].size)


def _are_columns(rows: list[Row], x: float, left: float, right: float) -> bool:
    """Whether both sides of a gutter are running text that fills its column, not the cells of a table."""
    for side, width in (
        ([[w for w in r if w.word.x1 <= x] for r in rows], x - left),
        ([[w for w in r if w.word.x0 >= x] for r in rows], right - x),
    ):
        filled = [part for part in side if part]
        if len(filled) < MIN_COLUMN_ROWS:
            return False
        if median(sum(len(w.word.text) + 1 for w in part) for part in filled) < MIN_COLUMN_LETTERS:
            return False
        if median(part[-1].word.x1 - part[0].word.x0 for part in filled) < MIN_FILL * width:
            return False
    return True


def _weighted_median(pairs: Sequence[tuple[float, int]]) -> float:
    """The value that lies in the middle when each counts as often as its weight."""
    half, total = sum(n for _, n in pairs) / 2, 0
    for value, weight in sorted(pairs):
        total += weight
        if total >= half:
            return value
    return 0.0
