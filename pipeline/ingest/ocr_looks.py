"""How words look on a page image: font size, baseline, bold, and the bullets that Tesseract takes for letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import numpy as np

from pipeline.ingest.tesseract import SeenWord

BULLET = "•"

MAX_BULLET = 0.42
"""Height of a bullet in font sizes: even the smallest letter, an e, is half a font size high."""

BOLD = 1.14
"""A line with strokes so many times those of the page's typical line is bold; others lie within six percent of it."""

_LIKE_BULLETS = set("eoOaec©®¢«»°*·●■▪¤+>¥$s§@&8•°º")
"""What Tesseract makes of a dot or a small square before a list item."""

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


def with_bullet(words: Sequence[SeenWord], *, size: float, baseline: float) -> list[SeenWord]:
    """The words of a line; a first one that is too small for its letter and hangs in the air is a bullet."""
    first = words[0]
    if len(words) > 1 and len(first.text) == 1 and first.text in _LIKE_BULLETS:
        floats = baseline - (first.top + first.height) > 0.06 * size
        apart = words[1].left - (first.left + first.width) > 0.25 * size
        if first.height < MAX_BULLET * size and floats and apart:
            return [replace(first, text=BULLET), *words[1:]]
    return list(words)


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
