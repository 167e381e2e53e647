"""Words of a text layer that the page does not show: white on white, in a hidden layer, under a box, or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.ingest.layout import LaidWord

if TYPE_CHECKING:
    from PIL import Image

LEAST_SEEN = 10
"""Steps of 255 between the lightest and the darkest dot of a word's place from which on something is seen there."""

PRINT = 60
"""The same on a picture of paper, which is never even, for something to be printed there."""

MOST = 0.5
"""Share of a page's words that may be unseen, else the page's own way of drawing is doubted and not they."""


def contrasts(words: Sequence[LaidWord], image: Image.Image, *, width: float) -> list[int]:
    """For each word the steps of lightness inside its box on the page's picture; `width` is the page's, in points."""
    import numpy as np

    dots = np.asarray(image)
    scale = image.width / max(width, 1e-6)
    found = []
    for word in words:
        box = word.word
        # Between the line and the tops of small letters every word has ink; above and below may be another's.
        high = box.bottom - box.top
        top, bottom = max(int((box.top + 0.3 * high) * scale), 0), int((box.bottom - 0.2 * high) * scale + 1)
        x0, x1 = max(int(box.x0 * scale), 0), int(box.x1 * scale + 1)
        part = dots[top : max(bottom, 0), x0 : max(x1, 0)]
        found.append(int((part.max(axis=(0, 1)) - part.min(axis=(0, 1))).max()) if part.size else 0)
    return found


def unseen_words(words: Sequence[LaidWord], seen: Sequence[int]) -> list[LaidWord]:
    """The words of which nothing is seen; none where that is most of them."""
    unseen = [
        word for word, contrast in zip(words, seen, strict=True)
        if contrast < LEAST_SEEN and any(c.isalnum() for c in word.word.text)
    ]  # fmt: skip
    return unseen if len(unseen) <= MOST * len(words) else []


def lies_beside_the_print(seen: Sequence[int]) -> bool:
    """Whether most words of a scan's text layer stand where nothing is printed."""
    return bool(seen) and sum(contrast < PRINT for contrast in seen) > MOST * len(seen)
