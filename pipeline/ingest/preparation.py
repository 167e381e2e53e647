"""A page image made ready for Tesseract: grey, evenly lit, upright, large enough; and the way back to the page."""

from __future__ import annotations

from dataclasses import dataclass, field
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

MIN_CONTRAST, FAINT = 8, 120
"""Grey levels between paper and ink between which the contrast is stretched; with less there is nothing on it."""

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
    from PIL import Image

    seen = grey_of(page)
    sheet = _Sheet(seen, resolution)
    _enlarge(sheet)
    _even_light(sheet, thorough=thorough)
    _straighten(sheet)
    _take_off_lines(sheet)
    _make_bold(sheet, thorough=thorough, thicker=thicker)
    rows = tuple((float(r[0]), float(r[1]), float(r[2])) for r in sheet.to_page[:2])
    image = page if sheet.grey is seen and page.mode == "L" else Image.fromarray(sheet.grey)
    return Prepared(image, sheet.resolution, (rows[0], rows[1]), tuple(sheet.steps), sheet.rules), sheet.ink()


@dataclass(slots=True)
class _Sheet:
    """A page while it is made ready: its dots, the way back from them to the page, and what was done."""

    grey: Any
    resolution: int
    to_page: Any = field(default_factory=lambda: np.eye(3))
    steps: list[str] = field(default_factory=list)
    rules: tuple[Rule, ...] = ()
    _inked: Any = None
    _ink: Any = None

    def change(self, grey: Any, step: str) -> None:
        """Take other dots for the page's, and note how they were made."""
        self.grey = grey
        self.steps.append(step)

    def ink(self) -> Any:
        """The ink of the dots as they are; found once for all who ask before they change."""
        if self._inked is not self.grey:
            self._inked, self._ink = self.grey, ink_of(self.grey)
        return self._ink


def _enlarge(sheet: _Sheet) -> None:
    import cv2

    if sheet.resolution < MIN_RESOLUTION:
        scale = AIM / sheet.resolution
        larger = cv2.resize(sheet.grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        sheet.change(larger, f"enlarged {scale:.2f} times")
        sheet.to_page, sheet.resolution = np.diag([1 / scale, 1 / scale, 1.0]), AIM


def _even_light(sheet: _Sheet, *, thorough: bool) -> None:
    """Shadows off the paper, and faint ink made black."""
    import cv2

    paper = background(sheet.grey)
    low, high = grey_levels(paper, 2, 98)
    if high - low > UNEVEN or thorough:
        whole = cv2.resize(paper, sheet.grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
        sheet.change(cv2.divide(sheet.grey, whole, scale=255), "light evened")
    black, white = grey_levels(sheet.grey, 0.5, 90)
    if MIN_CONTRAST < white - black < FAINT:
        stretched = (sheet.grey.astype(np.float32) - black) * (255 / (white - black))
        sheet.change(np.clip(stretched, 0, 255).astype(np.uint8), "contrast stretched")


def _straighten(sheet: _Sheet) -> None:
    """Lines level, which is told better without specks."""
    if (cleaned := without_specks(sheet.grey, sheet.ink(), resolution=sheet.resolution)) is not None:
        sheet.change(cleaned, "specks removed")
    angle = skew_of(sheet.grey)
    if MIN_SKEW <= abs(angle) <= MAX_SKEW:
        grey, turn = _turned(sheet.grey, angle)
        sheet.change(grey, f"turned {angle:.1f} degrees")
        sheet.to_page = sheet.to_page @ turn


def _take_off_lines(sheet: _Sheet) -> None:
    """Ruled lines and dot leaders off, both told by the ink as it stands with them."""
    ink = sheet.ink()
    if (unruled := without_rules(sheet.grey, ink, resolution=sheet.resolution)) is not None:
        grey, sheet.rules = unruled
        sheet.change(grey, "rules removed")
    if (cleaned := without_leaders(sheet.grey, ink, resolution=sheet.resolution)) is not None:
        sheet.change(cleaned, "leaders removed")


def _make_bold(sheet: _Sheet, *, thorough: bool, thicker: bool) -> None:
    import cv2

    if thorough:
        _, hard = cv2.threshold(cv2.medianBlur(sheet.grey, 3), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        sheet.change(hard, "made black and white")
    if thicker:
        sheet.change(cv2.erode(sheet.grey, np.ones((3, 3), np.uint8)), "strokes thickened")


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
