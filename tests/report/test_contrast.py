"""Every colour of words can be read on every ground it stands on, in light and in dark (WCAG 2.2, 4.5 to 1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.report.workbook_sheet import ANSWER_COLOURS

CSS = Path(__file__).parents[2] / "pipeline" / "report" / "assets" / "css" / "base.css"
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS.read_text("utf-8")
    )
}
GROUNDS = ("paper", "surface", "raised", "sunken")
PAIRS = [
    *[(ink, ground) for ink in ("ink", "soft", "faint", "accent", "conflicting", "good") for ground in GROUNDS],
    *[(ink, f"{ink}-bg") for ink in ("stated", "negative", "delegated", "conflicting")],
    ("silent", "surface"), ("unreadable", "surface"), ("ink", "stated-bg"), ("ink", "unreadable-bg"), ("ink",
                                                                                                       "negative-bg"),
    ("ink", "delegated-bg"), ("ink", "conflicting-bg"), ("hit-ink", "hit"), ("accent", "accent-soft"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_the_published_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_can_be_read(ink: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[ink][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("answer", sorted(ANSWER_COLOURS))
def test_words_of_the_workbook_can_be_read(answer: str) -> None:
    assert contrast(*ANSWER_COLOURS[answer]) >= 4.5
