"""Check boxes on a page image: hollow squares with their four corners, marked or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.ingest.dots import pieces
from pipeline.ingest.options import TICKED, UNTICKED
from pipeline.ingest.tesseract import SeenWord

if TYPE_CHECKING:
    from PIL import Image

SMALLEST, LARGEST = 0.09, 0.3
"""Inches of a box's side."""

SQUARE = 1.3
"""Times that the longer side is as long as the shorter one at most."""

COVERED = 0.9
"""Share of each side that is drawn at least."""

MARKED = 0.06
"""Share of the box's inside under ink from which on it is marked."""

CONFIDENCE = 0.9
"""Of a box as a word: nothing else of that shape stands on such pages, but dirt may lie in a box."""


@dataclass(frozen=True, slots=True)
class Box:
    """A check box, in pixels."""

    left: int
    top: int
    right: int
    bottom: int
    marked: bool


def find_boxes(ink: Any, *, resolution: int) -> list[Box]:
    """The check boxes of a page by its ink, from the top."""
    import cv2

    smallest, largest = max(6, round(SMALLEST * resolution)), round(LARGEST * resolution)
    reach = max(5, round(0.8 * smallest))
    level: Any = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8))
    upright: Any = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((reach, 1), np.uint8))
    frames: Any = level | upright
    # A side that is a little aslant or broken is still one.
    frames = cv2.dilate(frames, np.ones((3, 3), np.uint8))
    _, stats = pieces(frames)
    result = []
    for left, top, width, height, _ in stats[1:].tolist():
        sides = min(width, height), max(width, height)
        if sides[0] < smallest or sides[1] > largest or sides[1] > SQUARE * sides[0]:
            continue
        # The frame was widened by a dot on each side.
        inner = ink[top + 1 : top + height - 1, left + 1 : left + width - 1]
        if _is_frame(inner):
            result.append(Box(left, top, left + width, top + height, _is_marked(inner)))
    return sorted(result, key=lambda b: (b.top, b.left))


def _is_frame(piece: Any) -> bool:
    """Whether all four sides are drawn straight from corner to corner: those of an O or D bend away."""
    deep = max(2, min(piece.shape) // 12)
    sides = (
        piece[:deep].any(axis=0), piece[-deep:].any(axis=0), piece[:, :deep].any(axis=1), piece[:, -deep:].any(axis=1)
    )  # fmt: skip
    return all(side.mean() >= COVERED for side in sides)


def _is_marked(piece: Any) -> bool:
    """Whether something is drawn inside, well off the sides."""
    y, x = (max(3, side // 4) for side in piece.shape)
    return float(piece[y:-y, x:-x].mean()) > MARKED


def without_boxes(image: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """The page image with paper in the boxes' places: Tesseract takes them for letters of the word beside them."""
    if not boxes:
        return image
    cleared = image.copy()
    for box in boxes:
        edge = max(2, (box.right - box.left) // 8)
        # A tick is longer than its box is high.
        above = 3 * edge if box.marked else edge
        cleared.paste(255, (box.left - edge, max(0, box.top - above), box.right + edge, box.bottom + edge))
    return cleared


def with_boxes(words: Sequence[SeenWord], boxes: Sequence[Box]) -> list[SeenWord]:
    """The words with the boxes that have one beside them, each in its line; a box alone is a picture."""
    result = list(words)
    for box in boxes:
        middle, reach = (box.top + box.bottom) / 2, 6 * (box.right - box.left)
        beside = [
            w for w in words
            if w.top <= middle <= w.top + w.height
            and w.left - box.right < reach and box.left - (w.left + w.width) < reach
        ]  # fmt: skip
        if not beside:
            continue
        near = min(beside, key=lambda w: max(w.left - box.right, box.left - (w.left + w.width)))
        text = TICKED if box.marked else UNTICKED
        word = SeenWord(
            near.block, near.paragraph, near.line, box.left, box.top, box.right - box.left, box.bottom - box.top,
            CONFIDENCE, text,
        )  # fmt: skip
        result.insert(result.index(near), word)
    return result
