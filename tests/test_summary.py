"""The account after a run says what changed since the last one."""

from __future__ import annotations

import pytest

from pipeline.records.comparison import Change
from pipeline.summary import changes_said


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["gained"], "1 ruta har ändrats sedan förra körningen: 1 har fått svar (changes.csv)."),
        (
            ["altered", "lost", "altered", "gone", "added"],
            "5 rutor har ändrats sedan förra körningen: 1 har mist sitt svar, 2 har ett annat svar, 1 har kommit till, "
            "1 har försvunnit (changes.csv).",
        ),
    ],
)
def test_changes_are_counted_by_what_happened(kinds: list[str], said: str) -> None:
    assert changes_said([Change("social_media", "tone", str(i), kind, "", "") for i, kind in enumerate(kinds)]) == said
