"""Dot leaders on a page go with the page number behind them; dots of letters and sentences stay."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from pipeline.ingest.cleaning import without_rules
from pipeline.ingest.dots import ink_of
from pipeline.ingest.leaders import without_leaders

PAPER, INK = 250, 10


def sheet() -> Any:
    return np.full((400, 1200), PAPER, np.uint8)


def dots(page: Any, x: int, y: int, count: int, *, pitch: int = 12, fall: float = 0.0) -> None:
    for n in range(count):
        cv2.circle(page, (x + n * pitch, round(y + fall * n)), 2, INK, -1)


def box(page: Any, x: int, y: int, wide: int, high: int) -> None:
    cv2.rectangle(page, (x, y - high), (x + wide, y), INK, -1)


def inked(page: Any) -> int:
    return int((page < PAPER // 2).sum())


@pytest.mark.parametrize("fall", [0.0, 0.06])
def test_leaders_go_with_the_number_behind_them(fall: float) -> None:
    page = sheet()
    box(page, 40, 100, 200, 30)
    text = inked(page)
    dots(page, 260, 98, 60, fall=fall)
    box(page, 985, 102, 14, 28)
    box(page, 1005, 102, 14, 28)
    cleaned = without_leaders(page, ink_of(page), resolution=300)
    assert cleaned is not None
    assert inked(cleaned) == text


def test_what_stands_behind_a_row_of_dots_stays_where_it_is_no_number() -> None:
    page = sheet()
    box(page, 400, 102, 200, 28)
    text = inked(page)
    dots(page, 40, 98, 28)
    cleaned = without_leaders(page, ink_of(page), resolution=300)
    assert cleaned is not None
    assert inked(cleaned) == text


@pytest.mark.parametrize(("count", "pitch"), [(3, 12), (8, 12), (30, 60)])
def test_dots_of_a_text_stay(count: int, pitch: int) -> None:
    page = sheet()
    dots(page, 40, 98, min(count, 19), pitch=pitch)
    assert without_leaders(page, ink_of(page), resolution=300) is None


def test_where_ruled_lines_cross_nothing_stays() -> None:
    page = sheet()
    for y in (60, 200, 340):
        cv2.line(page, (100, y), (1000, y), INK, 3)
    for x in (100, 500, 1000):
        cv2.line(page, (x, 60), (x, 340), INK, 3)
    box(page, 300, 220, 12, 40)  # a letter that stands over a line
    cleaned = without_rules(page, ink_of(page), resolution=300)
    assert cleaned is not None
    assert inked(cleaned[0]) == 13 * 41
    assert [rule.x for rule in cleaned[1]] == [100, 500, 1000]
