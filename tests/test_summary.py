"""The account after a run says what changed since the last one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.records.comparison import Change
from pipeline.summary import areas_said, changes_said


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["gained"], "Senaste ändringen av svaren rör 1 ruta: 1 har fått svar (changes.csv)."),
        (
            ["altered", "lost", "altered", "gone", "added"],
            "Senaste ändringen av svaren rör 5 rutor: 1 har mist sitt svar, 2 har ett annat svar, 1 har kommit till, "
            "1 har försvunnit (changes.csv).",
        ),
    ],
)
def test_changes_are_counted_by_what_happened(kinds: list[str], said: str) -> None:
    assert changes_said([Change("social_media", "tone", str(i), kind, "", "") for i, kind in enumerate(kinds)]) == said


def test_documents_of_another_area_are_pointed_to(tmp_path: Path) -> None:
    (tmp_path / "areas" / "ai_use").mkdir(parents=True)
    assert areas_said(tmp_path, [], compared=False) == [
        "Inget dokument handlar om det som körningen jämför, så jämförelsen är tom.",
        "0 dokument hör till området ai_use: tabellerna ligger i areas/ai_use, "
        "rapport och arbetsbok ger jamka run ... --codebook ai_use.",
    ]
    assert areas_said(tmp_path / "none", [], compared=True) == []
