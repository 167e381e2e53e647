"""What is on a page image and is no writing: specks of dirt, and the ruled lines of forms and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.ingest.dots import papered, pieces

SPECK = 10
"""Pixels, at 300 dots an inch, of the largest speck; the dot of an i in nine points has sixteen."""

MANY_SPECKS = 0.4
"""Specks for each larger blot of ink from which on a page is dirty; clean pages have next to none."""

USUAL_SPECK = 75
"""Percent of a page's specks that are no larger than what is taken off the strokes of letters."""

MANY_BURRS = 3
"""Times as much as specks alone would make jut out of letters."""

MAX_INK = 0.25
"""Share of a page that ink covers at most; text covers a tenth, dirt a hundredth."""

RULE = 0.6
"""Inches that a ruled line is long at least; no letter or dash is."""

THICKEST = 0.05
"""Inches that a ruled line is thick at most; a thicker one is a bar or a picture."""


def without_specks(grey: Any, ink: Any, *, resolution: int) -> Any | None:
    """The page without specks, None where it has few; `ink` is the page's."""
    import cv2

    if cv2.countNonZero(ink) > MAX_INK * ink.size:
        # A page with next to nothing on it: what was told apart is the grain of its paper, in millions of specks.
        return None
    labels, stats = pieces(ink)
    areas = stats[:, cv2.CC_STAT_AREA]
    largest = max(1, round(SPECK * (resolution / 300) ** 2))
    speck = areas <= largest
    speck[0] = False
    blots = len(areas) - 1 - int(speck.sum())
    if int(speck.sum()) < max(100, MANY_SPECKS * blots):
        return None
    specks: Any = speck[labels].astype(np.uint8)
    usual = int(np.percentile(areas[1:][speck[1:]], USUAL_SPECK))
    specks |= _burrs(ink - specks, largest=min(usual, largest), specks=int(speck.sum()))
    # The grey fringe around a speck goes with it, but nothing of a letter that it touches.
    letters: Any = cv2.dilate(ink - specks, np.ones((3, 3), np.uint8))
    fringe: Any = cv2.dilate(specks, np.ones((3, 3), np.uint8))
    return papered(grey, specks | (fringe & (1 - letters)))


def _burrs(ink: Any, *, largest: int, specks: int) -> Any:
    """Specks that touch a letter: what juts out of its strokes, finer than they are and no larger than most specks.

    What holds two strokes of a letter together stays. Specks fall on letters as often as beside them: where so much
    more juts out it is the letters' own shape or the grain of a photograph, and all of it stays.
    """
    import cv2

    core: Any = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    jutting: Any = ink & (1 - core)
    labels, stats = pieces(jutting)
    inked = cv2.countNonZero(ink)
    beside = cv2.countNonZero(cv2.dilate(ink, np.ones((5, 5), np.uint8))) - inked
    expected = specks * beside / max(ink.size - inked, 1)
    fine = stats[:, cv2.CC_STAT_AREA] <= largest
    fine[0] = False
    # A piece holds two strokes together where the strokes that it touches are not one without it.
    _, strokes = cv2.connectedComponents(core, connectivity=8)
    high: Any = cv2.dilate(strokes.astype(np.float32), np.ones((3, 3), np.uint8))
    low: Any = cv2.erode(np.where(strokes > 0, strokes, np.inf).astype(np.float32), np.ones((3, 3), np.uint8))
    joints = labels[(jutting > 0) & (high > 0) & (low < high)]
    fine[joints] = False
    if int(fine.sum()) > MANY_BURRS * expected:
        return np.zeros_like(ink)
    return fine[labels].astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line that stands upright, in pixels: what is left and right of it lies in different cells."""

    x: int
    top: int
    bottom: int


def without_rules(grey: Any, ink: Any, *, resolution: int) -> tuple[Any, tuple[Rule, ...]] | None:
    """The page without ruled lines, the strokes that cross them kept whole, and the upright ones; None without any."""
    import cv2

    length, thick = max(8, round(RULE * resolution)), max(2, round(THICKEST * resolution))
    ruled: list[tuple[Any, Any]] = []
    upright: tuple[Rule, ...] = ()
    for along, across in (((length, 1), (1, thick)), ((1, length), (thick, 1))):
        if not _has_run(ink, along):
            continue
        lines: Any = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along))
        bars: Any = cv2.morphologyEx(lines, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, across))
        lines &= 1 - bars
        if not lines.any():
            continue
        if along[1] > 1:
            upright = _upright(lines)
        over = cv2.getStructuringElement(cv2.MORPH_RECT, (1, thick) if along[0] > 1 else (thick, 1))
        ruled.append((cv2.dilate(lines, np.ones((3, 3), np.uint8)), over))
    # A stroke that crosses a line has ink on both sides of it: close it again over the line's place. Where two lines
    # cross there is none, else the corners of a table's cells stay and are read as strokes.
    found: Any = np.zeros_like(ink)
    rest: Any = ink.copy()
    for around, _ in ruled:
        rest &= 1 - around
    for around, over in ruled:
        crossing: Any = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, over) & around
        found |= around & (1 - crossing)
    if int(found.sum()) < 2 * length:
        return None
    return papered(grey, found), upright


def _upright(lines: Any) -> tuple[Rule, ...]:
    """The upright lines of a page from what is left of its ink when only they are."""
    _, stats = pieces(lines)
    return tuple(
        sorted(
            (Rule(int(left + wide / 2), int(top), int(top + high)) for left, top, wide, high, _ in stats[1:].tolist()),
            key=lambda rule: (rule.x, rule.top),
        )
    )


def _has_run(ink: Any, along: tuple[int, int]) -> bool:
    """Whether ink fills a window of that width and height anywhere; beyond the edge counts as ink, as in morphology.

    Most pages have no ruled line: where no stretch of half that length is all ink, none of the whole can be. Sliding
    sums tell of the rest, in a tenth of the time that opening the page takes.
    """
    import cv2

    width, height = along
    wide, high = width // 2, height // 2
    edged = cv2.copyMakeBorder(ink, high, high, wide, wide, cv2.BORDER_CONSTANT, value=1)
    if not _has_full_stretch(edged if width > height else edged.T, max(wide, high)):
        return False
    sums: Any = cv2.boxFilter(edged, cv2.CV_32S, along, normalize=False, borderType=cv2.BORDER_REPLICATE)
    inner = sums[high : high + ink.shape[0], wide : wide + ink.shape[1]]
    return bool(inner.max() >= width * height)


def _has_full_stretch(edged: Any, length: int) -> bool:
    """Whether one of the stretches of that length into which the rows fall is all ink, and not all beyond the edge.

    Each row begins and ends with one stretch beyond the edge.
    """
    rows, columns = edged.shape
    count, last = columns // length, (columns - length - 1) // length
    full = edged[:, : count * length].reshape(rows, count, length).min(axis=2)
    return bool(full[:, 1 : last + 1].any())
