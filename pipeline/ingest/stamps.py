"""Registry stamps on a page image: told from the print by their ink, lifted off the page, read by themselves.

A stamp is pressed on a page that is printed already. So its ink is another than the print's, paler or coloured, and it
lies aslant or over the letters; a coloured heading or a grey box of the print's own does neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.ingest.dots import grey_levels, pieces, smaller
from pipeline.ingest.preparation import skew_of

if TYPE_CHECKING:
    from PIL import Image

PALER = 50
"""Grey levels by which a stamp's ink is paler than the print's, and darker than the paper."""

SATURATED = 70
"""Saturation, of 255, from which on a dot is coloured; yellowed paper and a scanner's fringes stay below."""

MIN_WIDTH, MIN_HEIGHT, MAX_WIDTH, MAX_HEIGHT = 0.8, 0.3, 5.0, 3.0
"""Inches that a stamp is wide and high."""

MIN_RESOLUTION, LOOK_AT = 150, 150
"""Dots an inch below which the inks run together, and at how many they are told apart."""

TOGETHER = 0.12
"""Inches between the letters of one stamp."""

STROKE = 0.06
"""Inches that a stroke of a stamp is thick at most; what is thicker is a picture, a bar or a shadow."""

MIN_LETTERS = 8
"""Pieces of a stamp's ink, the size of letters."""

MIN_TILT = 0.8
"""Degrees by which a stamp lies aslant of the lines on its page."""

COLLISION = 0.03
"""Share of a stamp's ink that touches print, from which on it lies over it."""

PATCHY = 0.25
"""Share of level ink that touches print from which on it is the print's own, pale in patches: a stamp touches less."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp lifted off a page: its own picture, level, and its box in pixels of the page."""

    image: Image.Image
    box: tuple[int, int, int, int]


def lift_stamps(page: Image.Image, *, resolution: float) -> tuple[Image.Image, list[Stamp]]:
    """The page without its stamps, and the stamps from top to bottom; the page itself where it has none.

    Args:
        page: The page as it is seen.
        resolution: Its dots an inch.
    """
    import cv2
    from PIL import Image

    if resolution < MIN_RESOLUTION:
        return page, []
    seen: Any = np.asarray(page if page.mode in {"L", "RGB"} else page.convert("RGB"))
    masks = _found(smaller(seen, LOOK_AT / resolution), resolution=min(resolution, LOOK_AT))
    if not masks:
        return page, []
    lifted: Any = np.array(page.convert("L"))
    ink, paper = (float(level) for level in grey_levels(lifted, 0.3, 80))
    stamps: list[Stamp] = []
    for mask, tilt in masks:
        whole = cv2.resize(mask, (lifted.shape[1], lifted.shape[0]), interpolation=cv2.INTER_NEAREST)
        hull, (x0, y0, x1, y1) = _hull(whole)
        inside, core = np.s_[y0:y1, x0:x1], whole[y0:y1, x0:x1].astype(bool)
        grey = lifted[inside].copy()
        brightest = (seen[inside].max(axis=2) if seen.ndim == 3 else seen[inside]).astype(np.float32)
        level = float(np.percentile(brightest[core], 20))
        # What is as pale as the stamp becomes paper, what is as black as the print stays: letters under it come out.
        clear = np.clip(ink + (brightest - ink) * ((paper - ink) / max(level - ink, 1.0)), 0, paper).astype(np.uint8)
        lifted[inside] = np.where(hull, clear, grey)
        own = hull & (grey < (paper + np.percentile(grey[core], 50)) / 2)
        print_ = (brightest < (ink + level) / 2).astype(np.uint8)
        stamps.append(Stamp(Image.fromarray(_alone(own, print_, tilt)), (x0, y0, x1, y1)))
    stamps.sort(key=lambda s: (s.box[1], s.box[0]))
    return Image.fromarray(lifted), stamps


def _hull(mask: Any) -> tuple[Any, tuple[int, int, int, int]]:
    """Whether each pixel of a stamp's box lies inside the stamp, and the box."""
    import cv2

    ys, xs = np.nonzero(mask)
    height, width = mask.shape
    x0, y0 = max(int(xs.min()) - 4, 0), max(int(ys.min()) - 4, 0)
    x1, y1 = min(int(xs.max()) + 5, width), min(int(ys.max()) + 5, height)
    points = cv2.convexHull(np.column_stack([xs - x0, ys - y0]).astype(np.int32))
    filled: Any = np.zeros((y1 - y0, x1 - x0), np.uint8)
    cv2.fillConvexPoly(filled, points, 1)
    return cv2.dilate(filled, np.ones((7, 7), np.uint8)).astype(bool), (x0, y0, x1, y1)


def _inks(seen: Any, grey: Any, resolution: float) -> tuple[Any, Any]:
    """The print's ink, and strokes of another ink; None for the other where there is none to speak of.

    Args:
        seen: The page in colour, or the same as `grey`.
        grey: The page in grey.
        resolution: Its dots an inch.
    """
    import cv2

    ink, paper = (float(level) for level in grey_levels(grey, 0.3, 80))
    soft = cv2.GaussianBlur(grey, (0, 0), resolution / 250)
    edge = min(ink + PALER, paper - 2 * PALER)
    dark: Any = (grey < edge).astype(np.uint8)
    coloured: Any = np.zeros_like(dark)
    if seen.ndim == 3:
        saturation = cv2.cvtColor(cv2.GaussianBlur(seen, (0, 0), resolution / 250), cv2.COLOR_RGB2HSV)[:, :, 1]
        coloured = ((saturation > SATURATED) & (soft < paper - 20)).astype(np.uint8)
        dark &= 1 - coloured
    # The fringe of a black letter is as grey as a stamp: what is left of it beside the letter is thinner than a stroke.
    beside = cv2.dilate(dark, np.ones((3, 3), np.uint8), iterations=max(1, round(resolution / 150)))
    middling = ((soft > edge) & (soft < paper - PALER)).astype(np.uint8) & (1 - beside)
    thin = max(2, round(resolution / 100))
    middling = cv2.morphologyEx(middling, cv2.MORPH_OPEN, np.ones((thin, thin), np.uint8))
    other = middling | coloured
    thick = max(3, round(STROKE * resolution))
    solid = cv2.morphologyEx(other, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
    other &= 1 - cv2.dilate(solid, np.ones((thick, thick), np.uint8))
    enough = 0.01 * resolution * resolution
    if paper - ink < 3 * PALER or int(other.sum()) < enough or int(dark.sum()) < enough:
        return dark, None
    return dark, other


def _found(seen: Any, *, resolution: float) -> list[tuple[Any, float]]:
    """The ink of each stamp, and by how many degrees it falls to the right."""
    import cv2

    grey: Any = cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY) if seen.ndim == 3 else seen
    dark, other = _inks(seen, grey, resolution)
    if other is None:
        return []
    gap = max(3, round(TOGETHER * resolution))
    near = cv2.morphologyEx(other, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    labels, stats = pieces(near)
    found = []
    for parts in _together([tuple(int(v) for v in row[:4]) for row in stats[1:]], resolution):
        mask = other & np.isin(labels, [n + 1 for n in parts]).astype(np.uint8)
        if _letters(mask, resolution) < MIN_LETTERS:
            continue
        tilt = _tilt(mask)
        reach = np.ones((2 * round(resolution / 75) + 1,) * 2, np.uint8)
        touching = int((cv2.dilate(mask, reach) & dark).sum()) / max(int(mask.sum()), 1)
        if abs(tilt - skew_of(grey)) >= MIN_TILT or COLLISION <= touching < PATCHY:
            found.append((mask, tilt))
    return found


def _together(boxes: list[tuple[int, ...]], resolution: float) -> list[list[int]]:
    """The pieces of each stamp: one of a stamp's size, and those that print has cut off from it and its frame."""
    left = sorted(range(len(boxes)), key=lambda n: (-boxes[n][2] * boxes[n][3], n))
    found = []
    while left:
        x, y, width, height = boxes[left[0]]
        if not (MIN_WIDTH <= width / resolution <= MAX_WIDTH and MIN_HEIGHT <= height / resolution <= MAX_HEIGHT):
            left.pop(0)
            continue
        reach = 0.1 * resolution
        parts = [
            n
            for n in left
            if x - reach < boxes[n][0] + boxes[n][2] / 2 < x + width + reach
            and y - reach < boxes[n][1] + boxes[n][3] / 2 < y + height + reach
        ]
        found.append(parts)
        left = [n for n in left if n not in parts]
    return found


def _letters(mask: Any, resolution: float) -> int:
    _, stats = pieces(mask)
    high = stats[1:, 3] / resolution
    wide = stats[1:, 2] / resolution
    return int(((high > 0.04) & (high < 0.6) & (wide < 0.6)).sum())


def _tilt(mask: Any) -> float:
    """Degrees by which a stamp's lines fall to the right, up to 20 either way."""
    ys, xs = np.nonzero(mask)
    step = max(1, len(xs) // 40_000)
    across, down = xs[::step].astype(np.float64), ys[::step].astype(np.float64)

    def sharpness(angle: float) -> float:
        """How much more ink one row has than the next, with the stamp turned by so many degrees."""
        radians = np.deg2rad(angle)
        rows = down * np.cos(radians) - across * np.sin(radians)
        counts = np.bincount(((rows - rows.min()) / 2).astype(np.int64)).astype(np.float64)
        return float(np.sum(np.diff(counts) ** 2))

    best = max((float(a) for a in np.arange(-20, 20.1, 1.0)), key=sharpness)
    return max((float(best + a) for a in np.arange(-1, 1.05, 0.1)), key=sharpness)


def _alone(own: Any, dark: Any, tilt: float) -> Any:
    """The stamp's own ink in black on white, level."""
    import cv2

    beside: Any = cv2.dilate(dark, np.ones((5, 5), np.uint8))
    ink = cv2.morphologyEx(own.astype(np.uint8) & (1 - beside), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    # Where print runs over a stroke of the stamp, the stroke goes on beneath it.
    shape = cv2.inpaint(np.where(ink.astype(bool), 0, 255).astype(np.uint8), beside, 7, cv2.INPAINT_TELEA)
    margin = 40
    shape = cv2.copyMakeBorder(shape, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255)
    height, width = shape.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    level = cv2.warpAffine(shape, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return cv2.GaussianBlur(level, (0, 0), 1.0)
