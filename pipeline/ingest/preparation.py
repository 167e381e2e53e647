"""A page image made ready for Tesseract: grey, evenly lit, upright, large enough; and the way back to the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.ingest.cleaning import Rule, without_rules, without_specks
from pipeline.ingest.dots import grey_levels, grey_of, ink_of, smaller
from pipeline.ingest.leaders import without_leaders

if TYPE_CHECKING:
    from PIL import Image

MIN_SKEW, MAX_SKEW = 0.3, 12.0
"""Degrees: less does no harm, and turning blurs; more is no skew but a picture that lies aslant."""

UNEVEN = 45
"""Grey levels between the darkest and brightest paper from which on the light is evened out."""

FAINT = 120
"""Grey levels between paper and ink below which the contrast is stretched."""

MAX_GREY = 0.01
"""Share of grey dots on a page that counts as black and white."""

MIN_RESOLUTION, AIM = 200, 300
"""Dots an inch below which a page is enlarged, and to how many."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An image for Tesseract, and the affine map from its pixels to those of the page as it was."""

    image: Image.Image
    resolution: int
    to_page: tuple[tuple[float, float, float], tuple[float, float, float]]
    steps: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    """The upright ruled lines that were taken off it."""

    def on_page(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box in pixels of the prepared image as the box around it in pixels of the page."""
        (a, b, c), (d, e, f) = self.to_page
        xs = [a * x + b * y + c for x in (left, right) for y in (top, bottom)]
        ys = [d * x + e * y + f for x in (left, right) for y in (top, bottom)]
        return min(xs), min(ys), max(xs), max(ys)


def prepare(
    page: Image.Image, *, resolution: int, thorough: bool = False, thicker: bool = False
) -> tuple[Prepared, Any]:  # fmt: skip
    """The page as Tesseract reads it best, and its ink (dots.py); each step is done where a measure says that it helps.

    A page that nothing was done to is not copied.

    Args:
        page: The page as it is seen.
        resolution: Its dots an inch.
        thorough: For a page that was read badly: also remove specks and make it black and white.
        thicker: For a bad copy: strokes one dot wider to each side, so that broken ones close and dots are seen.
    """
    import cv2
    from PIL import Image

    seen = grey = grey_of(page)
    steps: list[str] = []
    matrix = np.eye(3)
    if resolution < MIN_RESOLUTION:
        scale = AIM / resolution
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        matrix = np.diag([1 / scale, 1 / scale, 1.0])
        resolution, steps = AIM, [f"enlarged {scale:.2f} times"]
    paper = background(grey)
    low, high = grey_levels(paper, 2, 98)
    if high - low > UNEVEN or thorough:
        grey = cv2.divide(grey, cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR), scale=255)
        steps.append("light evened")
    black, white = grey_levels(grey, 0.5, 90)
    if white - black < FAINT and white - black > 8:
        grey = np.clip((grey.astype(np.float32) - black) * (255 / (white - black)), 0, 255).astype(np.uint8)
        steps.append("contrast stretched")
    inked, ink = grey, ink_of(grey)
    if (cleaned := without_specks(grey, ink, resolution=resolution)) is not None:
        grey = cleaned
        steps.append("specks removed")
    angle = skew_of(grey)
    if MIN_SKEW <= abs(angle) <= MAX_SKEW:
        grey, turn = _turned(grey, angle)
        matrix = matrix @ turn
        steps.append(f"turned {angle:.1f} degrees")
    if grey is not inked:
        inked, ink = grey, ink_of(grey)
    rules: tuple[Rule, ...] = ()
    if (unruled := without_rules(grey, ink, resolution=resolution)) is not None:
        grey, rules = unruled
        steps.append("rules removed")
    if (cleaned := without_leaders(grey, ink, resolution=resolution)) is not None:
        grey = cleaned
        steps.append("leaders removed")
    if thorough:
        grey = cv2.medianBlur(grey, 3)
        _, grey = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        steps.append("made black and white")
    if thicker:
        grey = cv2.erode(grey, np.ones((3, 3), np.uint8))
        steps.append("strokes thickened")
    if grey is not inked:
        ink = ink_of(grey)
    rows = tuple((float(r[0]), float(r[1]), float(r[2])) for r in matrix[:2])
    image = page if grey is seen and page.mode == "L" else Image.fromarray(grey)
    return Prepared(image, resolution, (rows[0], rows[1]), tuple(steps), rules), ink


def is_black_and_white(page: Image.Image) -> bool:
    """Whether a page has no greys to speak of, as fax machines, copiers and many office scanners make them."""
    counts = page.convert("L").histogram()
    return sum(counts[32:224]) <= MAX_GREY * sum(counts)


def background(grey: Any) -> Any:
    """The paper on a small copy without what is written on it, by a closing wider than letters."""
    import cv2

    height, width = grey.shape
    small = smaller(grey, 400 / max(height, width))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8), borderType=cv2.BORDER_REPLICATE)
    return cv2.GaussianBlur(closed, (0, 0), 5)


def skew_of(grey: Any) -> float:
    """Degrees by which the lines of text fall to the right; 0 where there is too little ink to tell.

    The right angle is the one under which the ink gathers in the sharpest rows (Postl's projection profile).
    """
    found = _ink(grey)
    if found is None:
        return 0.0
    xs, ys = found
    best = 0.0
    for reach, fineness in ((MAX_SKEW, 0.5), (0.5, 0.1), (0.1, 0.05)):
        angles = best + np.arange(-reach, reach + fineness / 2, fineness)
        best = float(angles[int(np.argmax([_sharpness(xs, ys, a) for a in angles]))])
    return best if _sharpness(xs, ys, best) > 1.05 * _sharpness(xs, ys, 0.0) else 0.0


def _ink(grey: Any) -> tuple[Any, Any] | None:
    """Columns and rows of a sample of the ink on a small copy of the page; None where there is no telling it."""
    ink = ink_of(smaller(grey, 1200 / max(grey.shape)))
    ys, xs = np.nonzero(ink)
    if not 200 <= len(xs) <= 0.4 * ink.size:
        return None
    step = max(1, len(xs) // 60_000)
    return xs[::step].astype(np.float64), ys[::step].astype(np.float64)


def _sharpness(xs: Any, ys: Any, angle: float) -> float:
    radians = np.deg2rad(angle)
    rows = ys * np.cos(radians) - xs * np.sin(radians)
    counts = np.bincount((rows - rows.min()).astype(np.int64)).astype(np.float64)
    return float(np.sum(np.diff(counts) ** 2))


def _turned(grey: Any, angle: float) -> tuple[Any, Any]:
    """The image turned about its centre on a sheet that holds all of it, and the map back."""
    import cv2

    height, width = grey.shape
    forward = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cosine, sine = abs(forward[0, 0]), abs(forward[0, 1])
    size = round(height * sine + width * cosine), round(height * cosine + width * sine)
    forward[0, 2] += size[0] / 2 - width / 2
    forward[1, 2] += size[1] / 2 - height / 2
    paper = float(grey_levels(grey, 80)[0])
    turned = cv2.warpAffine(grey, forward, size, flags=cv2.INTER_CUBIC, borderValue=paper)
    return turned, np.linalg.inv(np.vstack([forward, [0, 0, 1]]))
