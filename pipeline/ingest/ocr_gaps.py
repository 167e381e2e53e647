"""Rows of letters that Tesseract passed over: its idea of a page's layout drops half a line now and then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.ingest.dots import pieces
from pipeline.ingest.tesseract import SeenWord

if TYPE_CHECKING:
    from PIL import Image

MIN_LETTERS = 6
"""Blots of letters' size in a row that nobody has read: fewer may be a signature or a logo."""

LOWEST = 0.4
"""Height of such a blot, in those of the page's words."""

MOST_ROWS = 6
"""Rows of a page that are read again; where more are left the page is a picture, and no words were dropped."""

SURE = 0.7
"""Confidence of the middle letter from which on what is read of a row is taken for words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of unread letters, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def unread_rows(page_ink: Any, words: Sequence[SeenWord]) -> list[Row]:
    """The rows of a prepared page that look like print and lie in no word's box, from the top."""
    import cv2

    heights = [w.height for w in words if len(w.text) > 2]
    if not heights:
        return []
    height = int(median(heights))
    ink = page_ink.copy()
    around = max(1, height // 6)
    for word in words:
        ink[
            max(0, word.top - around) : word.top + word.height + around,
            max(0, word.left - around) : word.left + word.width + around,
        ] = 0
    if cv2.countNonZero(ink) < MIN_LETTERS * LOWEST * height:
        return []  # too little for so many letters, though each were a single stroke
    _, stats = pieces(ink)
    tall, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    letters = (tall >= LOWEST * height) & (tall <= 1.6 * height) & (wide >= 0.1 * height) & (wide <= 2.5 * height)
    letters[0] = False
    if int(letters.sum()) < MIN_LETTERS:
        return []
    # Letters of one row, no further apart than words are, become one blot.
    joined = np.zeros_like(ink)
    for n in np.flatnonzero(letters):
        left, top, width, high = (int(v) for v in stats[n, :4])
        joined[top : top + high, left : left + width + height] = 1
    rows: list[Row] = []
    _, found = pieces(joined)
    for left, top, width, high, _ in found[1:].tolist():
        inside = letters & (stats[:, 0] >= left) & (stats[:, 0] < left + width)
        inside &= (stats[:, 1] >= top) & (stats[:, 1] < top + high)
        if int(inside.sum()) >= MIN_LETTERS and high <= 2.2 * height:
            rows.append(Row(left, top, left + width, top + high))
    rows = _joined(sorted(rows, key=lambda r: r.left), apart=2 * height)
    return sorted(rows, key=lambda r: (r.top, r.left)) if len(rows) <= MOST_ROWS else []


def _joined(rows: Sequence[Row], *, apart: int) -> list[Row]:
    """Rows beside each other, as across a full stop, made one; they come from the left."""
    result: list[Row] = []
    for row in rows:
        for n, other in enumerate(result):
            level = min(row.bottom, other.bottom) - max(row.top, other.top) > 0.5 * (row.bottom - row.top)
            if level and row.left - other.right < apart:
                result[n] = Row(
                    other.left, min(row.top, other.top), max(row.right, other.right), max(row.bottom, other.bottom)
                )
                break
        else:
            result.append(row)
    return result


def fill_gaps(
    image: Image.Image, ink: Any, words: Sequence[SeenWord], read: Callable[[Image.Image], Sequence[SeenWord]]
) -> tuple[SeenWord, ...]:
    """The words with those of rows that were passed over, each at its place in the line it belongs to.

    Args:
        image: The prepared page.
        ink: Its ink.
        words: What was read of it, in reading order.
        read: Reads a piece of the page.
    """
    result = list(words)
    for row in unread_rows(ink, words):
        # As much paper around it as Tesseract wants.
        edge = row.bottom - row.top
        x, y = max(0, row.left - edge), max(0, row.top - edge // 4)
        piece = image.crop((x, y, min(image.width, row.right + edge), min(image.height, row.bottom + edge // 4)))
        piece.paste(255, (0, 0, row.left - x - edge // 4, piece.height))
        piece.paste(255, (row.right - x, 0, piece.width, piece.height))
        found = [replace(w, left=w.left + x, top=w.top + y) for w in read(piece) if any(c.isalnum() for c in w.text)]
        letters = [w.confidence for w in found for _ in w.text]
        if len(letters) >= MIN_LETTERS and median(letters) >= SURE:
            result = _put(result, sorted(found, key=lambda w: w.left), row)
    return tuple(result)


def _put(words: list[SeenWord], found: Sequence[SeenWord], row: Row) -> list[SeenWord]:
    """The words with the found ones in the line beside them, or as a line of their own above what is below."""
    middle, reach = (row.top + row.bottom) / 2, 2 * (row.bottom - row.top)
    for n, word in enumerate(words):
        beside = word.left - row.right < reach and row.left - (word.left + word.width) < reach
        if beside and word.top <= middle <= word.top + word.height:
            line = [replace(w, block=word.block, paragraph=word.paragraph, line=word.line) for w in found]
            return [*words[:n], *line, *words[n:]]
    own = max((w.block for w in words), default=0) + 1
    line = [replace(w, block=own, paragraph=1, line=1) for w in found]
    below = (
        n for n, w in enumerate(words)
        if w.top >= middle and w.left < row.right and w.left + w.width > row.left
    )  # fmt: skip
    at = next(below, len(words))
    while at and at < len(words) and words[at].place == words[at - 1].place:
        at -= 1
    return [*words[:at], *line, *words[at:]]
