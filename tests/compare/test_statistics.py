"""Shares with their intervals."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare import compare_requirements
from pipeline.compare.statistics import interval


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_interval_agrees_with_published_examples(count: int, total: int, low: float, high: float) -> None:
    found = interval(count, total)
    assert [round(end, 4) for end in found] == [low, high]


@given(st.integers(0, 300), st.integers(1, 300))
def test_interval_holds_the_share(count: int, total: int) -> None:
    count = min(count, total)
    low, high = interval(count, total)
    assert 0 <= low <= count / total <= high <= 1
    mirrored = interval(total - count, total)
    assert math.isclose(low, 1 - mirrored[1], abs_tol=1e-9)


def test_unreadable_municipalities_are_not_in_the_denominator(build_all: Any) -> None:
    rule = {"text": "Ersättare ska finnas vid frånvaro", "topics": ["deputies"]}
    comparison = compare_requirements(
        build_all(
            [
                {"municipality": "Ekby", "clauses": [rule]},
                {"municipality": "Lindby", "clauses": ["Kommunen ligger vid kusten."]},
                {"municipality": "Alby", "clauses": ["Kommunen ligger vid kusten."], "completeness": "truncated"},
            ]
        )
    )
    rows = {s.measure: s for s in comparison.statistics if s.requirement == "deputies"}
    assert (rows["stated"].count, rows["stated"].total, rows["stated"].share) == (1, 2, 0.5)
    assert (rows["silent"].count, rows["silent"].total) == (1, 2)
    assert "1 kunde inte bedömas" in rows["stated"].note_sv
    whole = next(s for s in comparison.statistics if not s.requirement and s.measure == "stated")
    assert (whole.codebook, whole.count, whole.total) == ("social_media", 1, 90)
