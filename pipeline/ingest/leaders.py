"""Dot leaders on a page image: the rows of dots between a title and its page number, which OCR reads as rubbish.

The number behind them goes too: what is left of a column of single figures is read as a line on its side.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from pipeline.ingest.dots import papered, pieces

FEWEST = 9
"""Dots in a row that make a leader; three or four may end a sentence."""

LARGEST = 0.03
"""Inches that a leader's dot is wide at most."""

WIDEST_PITCH = 0.15
"""Inches from one dot to the next at most."""

LEVEL = 0.012
"""Inches by which a dot may stand higher or lower than the one before it."""

EVEN = 0.3
"""Share by which a distance may differ from the one before it, beside a pixel and a half."""

BEHIND = 0.4
"""Inches behind a leader within which its page number begins."""

FIGURE = (0.12, 0.22)
"""Inches that a figure of a page number is wide and high at most."""

MOST_FIGURES = 4
"""Figures of a page number; more is text behind a row of dots."""

MOST_DOTS = 20_000
"""More small pieces than this on a page are dirt."""


def without_leaders(grey: Any, ink: Any, *, resolution: int) -> Any | None:
    """The page without dot leaders, None where there are none; `ink` is the page's."""
    import cv2

    if not _has_even_row(ink, resolution):
        return None
    labels, stats = pieces(ink)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    largest = max(3, round(LARGEST * resolution))
    small = (np.maximum(wide, high) <= largest) & (np.maximum(wide, high) <= 2 * np.minimum(wide, high) + 1)
    small[0] = False
    dots = np.flatnonzero(small)
    if not FEWEST <= len(dots) <= MOST_DOTS:
        return None
    x = stats[dots, cv2.CC_STAT_LEFT] + wide[dots] / 2
    y = stats[dots, cv2.CC_STAT_TOP] + high[dots] / 2
    found = _in_even_rows(x, y, resolution)
    if not found:
        return None
    gone = np.zeros(len(stats), np.uint8)
    for row in found:
        gone[dots[row]] = 1
        last = dots[row[-1]]
        gone[_number_behind(stats, last, resolution)] = 1
    return papered(grey, cv2.dilate(gone[labels], np.ones((3, 3), np.uint8)))


def _has_even_row(ink: Any, resolution: int) -> bool:
    """Whether any second row of the page crosses so many small dots at even distances, paper above and below them.

    Most pages have none: telling takes a tenth of the time that it takes to find the page's pieces. The strokes of a
    word such as "minimum" are as even, and higher than dots.
    """
    edged = np.pad(ink[::2], ((0, 0), (1, 1)))
    edges = np.flatnonzero((edged[:, 1:] != edged[:, :-1]).ravel())
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    if len(starts) < FEWEST:
        return False
    pitch = np.diff(starts)
    small = lengths <= max(3, round(LARGEST * resolution))
    near = (pitch <= WIDEST_PITCH * resolution) & small[1:] & small[:-1]
    even = near[1:] & near[:-1] & (np.abs(np.diff(pitch)) <= EVEN * pitch[:-1] + 1.5)
    counted = np.concatenate(([0], np.cumsum(even)))
    run = FEWEST - 2
    if len(counted) <= run:
        return False
    wide, dot = edged.shape[1] - 1, max(3, round(LARGEST * resolution)) + 2
    for first in np.flatnonzero(counted[run:] - counted[:-run] == run).tolist():
        y, left = 2 * (starts[first] // wide), starts[first] % wide
        right = left + starts[first + FEWEST - 1] - starts[first]
        above, below = ink[max(0, y - 2 * dot) : max(0, y - dot), left:right], ink[y + dot : y + 2 * dot, left:right]
        if not above.any() and not below.any():
            return True
    return False


def _number_behind(stats: Any, last: int, resolution: int) -> list[int]:
    """The pieces of the page number behind a leader's last dot; none where something else stands there."""
    left, top, wide, high = (stats[:, n] for n in range(4))
    foot = top[last] + high[last]
    level = (top <= foot) & (top + high >= foot - LARGEST * resolution) & (left > left[last] + wide[last])
    level[[0, last]] = False
    right, found = left[last] + wide[last], list[int]()
    reach = BEHIND * resolution
    for piece in sorted(np.flatnonzero(level).tolist(), key=lambda n: (int(left[n]), n)):
        if left[piece] - right > reach:
            break
        if wide[piece] > FIGURE[0] * resolution or high[piece] > FIGURE[1] * resolution:
            return []
        found.append(piece)
        right, reach = left[piece] + wide[piece], FIGURE[0] * resolution
    return found if len(found) <= MOST_FIGURES else []


def _in_even_rows(x: Any, y: Any, resolution: int) -> list[list[int]]:
    """The dots that stand in rows of at least `FEWEST` at even distances, a list a row."""
    order = np.argsort(x, kind="stable")
    xs, ys = x[order].tolist(), y[order].tolist()
    reach, level = WIDEST_PITCH * resolution, max(1.5, LEVEL * resolution)
    found: list[list[int]] = []
    taken: set[int] = set()
    for first in range(len(xs)):
        if first in taken:
            continue
        row = [first]
        while (following := _next(xs, ys, row[-1], reach, level)) is not None:
            row.append(following)
        taken.update(row)
        found += [[int(order[n]) for n in run] for run in _even_runs(row, xs) if len(run) >= FEWEST]
    return found


def _next(xs: list[float], ys: list[float], at: int, reach: float, level: float) -> int | None:
    """The nearest dot to the right on the same level."""
    for n in range(at + 1, len(xs)):
        if xs[n] - xs[at] > reach:
            return None
        if abs(ys[n] - ys[at]) <= level and xs[n] - xs[at] > 1:
            return n
    return None


def _even_runs(row: list[int], xs: list[float]) -> list[list[int]]:
    """A row of dots cut where the distance between them changes."""
    runs = [row[:1]]
    last = 0.0
    for one, two in pairwise(row):
        pitch = xs[two] - xs[one]
        if last and abs(pitch - last) > EVEN * last + 1.5:
            runs.append([one])
        runs[-1].append(two)
        last = pitch
    return runs
