"""How words look on a page image: font size, baseline, bold, and the bullets that Tesseract takes for letters."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np

from pipeline.ingest.assembly import DraftLine
from pipeline.ingest.cleaning import Rule
from pipeline.ingest.layout import CELL_GAP
from pipeline.ingest.tesseract import SeenWord

BULLET = "•"

MAX_BULLET = 0.42
"""Height of a bullet in font sizes: even the smallest letter, an e, is half a font size high."""

BOLD = 1.14
"""A line with strokes so many times those of the page's typical line is bold; others lie within six percent of it."""

MOST_READ = 2
"""Characters that Tesseract makes of one bullet at most ("èe")."""

TINY = 0.15
"""Size of what ruled lines leave, in font sizes, at most; a dash is longer and a bullet larger."""

CAPITAL = (0.5, 0.95)
"""Height of a capital letter in font sizes, as the boxes of words have it."""

_LIKE_BULLETS = set("eèéoOaec©®¢«»°*·●■▪¤+>¥$s§@&8•°º")
"""What Tesseract makes of a dot or a small square before a list item."""

_STROKES = set("|¦`´'‘’\"“”")
"""What it makes of a speck or of the rest of a ruled line; alone between blanks they say nothing."""

_DASHES = set("-–—=_~")

_WITH_ASCENDER = set("bdfhijkltåäöéüß0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ§%&@?!()[]/|\"'”’")
_WITH_RING = set("ÅÄÖÉÜ")
_WITH_DESCENDER = set("gjpqyçQ,;()[]§|/")


def edge_of(ink: Any) -> Any:
    """The ink that has paper beside it."""
    import cv2

    return ink - cv2.erode(ink, np.ones((3, 3), np.uint8))


def stroke_width(ink: Any, edges: Any, words: Sequence[SeenWord]) -> float:
    """The width of the strokes of a line in pixels: its ink is as long as half of its edge."""
    area = sum(_inside(ink, word) for word in words)
    edge = sum(_inside(edges, word) for word in words)
    return 2 * area / edge if edge else 0.0


def bold_lines(strokes: Sequence[float], lengths: Sequence[int]) -> list[bool]:
    """Which lines are bold: by their strokes, in font sizes, against the middle of the page's letters."""
    if len(strokes) < 3:
        return [False] * len(strokes)
    half, total = sum(lengths) / 2, 0
    usual = 0.0
    for stroke, length in sorted(zip(strokes, lengths, strict=True)):
        total += length
        usual = stroke
        if total >= half:
            break
    return [usual > 0 and stroke > BOLD * usual for stroke in strokes]


def without_strokes(words: Sequence[SeenWord], *, size: float) -> list[SeenWord]:
    """The words of a line without what dirt and the rest of a ruled line are read as: "|", "`", a dash that stands up.

    A line keeps what it has when it has nothing else.
    """
    kept = [w for w in words if not _is_stroke(w, size)]
    if not kept:
        return list(words)
    result = kept[:1]
    for before, word in pairwise(kept):
        cell = word.left - before.left - before.width > 0.5 * CELL_GAP * size
        glued = word.text[0] in _STROKES and any(c.isalnum() for c in word.text)
        closed = any(c in _STROKES for w in kept if w.left >= word.left for c in w.text[w is word :])
        result.append(replace(word, text=word.text[1:]) if cell and glued and not closed else word)
    return result


def _is_stroke(word: SeenWord, size: float) -> bool:
    """Whether a word is no more than a stroke; a dash lies, the rest of a ruled line stands or is a dot.

    A bar as high as a capital is one: "| dag" stands for "I dag".
    """
    if word.text == "|" and CAPITAL[0] * size < word.height < CAPITAL[1] * size:
        return False
    if set(word.text) <= _STROKES:
        return True
    dashes = set(word.text) <= _DASHES
    tiny = max(word.width, word.height) < TINY * size
    return dashes and (tiny or (word.height > 0.6 * size and word.height > 2 * word.width))


def cell_starts(words: Sequence[SeenWord], rules: Sequence[Rule]) -> set[int]:
    """Which words of a line stand right of a ruled line that parts them from the word before."""
    found = set()
    for n, (before, word) in enumerate(pairwise(words), start=1):
        left, right = before.left + before.width, word.left
        middle = (max(before.top, word.top) + min(before.top + before.height, word.top + word.height)) / 2
        if any(left - 2 <= rule.x <= right + 2 and rule.top <= middle <= rule.bottom for rule in rules):
            found.add(n)
    return found


def with_cells(line: DraftLine, starts: set[int]) -> DraftLine:
    """A line with a tab before each of the words with which a cell begins."""
    text, at = "", 0
    for n, word in enumerate(line.words):
        start = line.text.index(word.text, at)
        text += ("\t" if n in starts else line.text[at:start]) + word.text
        at = start + len(word.text)
    return replace(line, text=text + line.text[at:]) if starts else line


def with_bullets(
    words: Sequence[SeenWord], *, size: float, baseline: float, cells: Container[int] = ()
) -> list[SeenWord]:
    """The words of a line; one at its beginning, or at that of a cell, is a bullet where it looks like one."""
    result = list(words)
    for n, word in enumerate(words[:-1]):
        begins = n == 0 or n in cells or word.left - words[n - 1].left - words[n - 1].width > CELL_GAP * size
        if begins and _is_bullet(word, words[n + 1], size=size, baseline=baseline):
            result[n] = replace(word, text=BULLET)
    return result


def _is_bullet(word: SeenWord, following: SeenWord, *, size: float, baseline: float) -> bool:
    """Whether a word is too small for its letters and hangs in the air, apart from the next one."""
    floats = baseline - (word.top + word.height) > 0.06 * size
    apart = following.left - (word.left + word.width) > 0.25 * size
    like = len(word.text) <= MOST_READ and set(word.text) <= _LIKE_BULLETS
    return like and word.height < MAX_BULLET * size and word.width < MAX_BULLET * size and floats and apart


def font_size(words: Sequence[SeenWord]) -> float:
    """The font size in pixels, from the heights that words of such letters have (x-height half an em, and so on)."""
    return median(w.height / _height_in_sizes(w.text) for w in words)


def _height_in_sizes(text: str) -> float:
    up = 0.9 if _WITH_RING & set(text) else 0.72 if _WITH_ASCENDER & set(text) else 0.52
    return up + (0.21 if _WITH_DESCENDER & set(text) else 0.0)


def baselines(words: Sequence[SeenWord]) -> list[float]:
    """Where the words stand, in pixels: their lower edge, less what hangs below."""
    result = []
    for word in words:
        below = 0.21 / _height_in_sizes(word.text) * word.height if _WITH_DESCENDER & set(word.text) else 0.0
        result.append(word.top + word.height - below)
    return result


def _inside(dots: Any, word: SeenWord) -> int:
    """How many of the dots lie in a word's box."""
    import cv2

    box = dots[max(word.top, 0) : word.top + word.height, max(word.left, 0) : word.left + word.width]
    return int(cv2.countNonZero(box)) if box.size else 0
