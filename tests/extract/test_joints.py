"""Duties inside duties: the sentences in joints.yaml, and what a cut may do."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.cutting import joints_of
from pipeline.extract.duties import find_duties
from pipeline.extract.parsed import parse_units
from pipeline.records.outline import Outline
from tests.texts import outline_of

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("joints.yaml").read_text("utf-8"))
PARTS = [
    "Redaktören ska läsa kommentarerna", "ta bort hot", "som diarieför dem", "svarar på frågor",
    "helst samma dag", "kontot avslutas", "varvid innehållet sparas", "bilder och filmer",
]  # fmt: skip


def outlined(text: str) -> Outline:
    return outline_of(f"# Riktlinje för sociala medier\n\n## Skötsel\n\n{text}\n")


@pytest.mark.parametrize("case", CASES, ids=[c["text"] for c in CASES])
def test_where_a_duty_is_cut(case: dict[str, Any]) -> None:
    outline = outlined(case["text"])
    duties = find_duties(outline, parse_units(outline))
    assert [" ".join(outline.text[d.start : d.end].split()) for d in duties] == case["duties"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5), st.sampled_from([", ", " och ", ", som ", "; "]))
def test_cut_duties_stand_apart_and_inside_the_uncut_ones(parts: list[str], joint: str) -> None:
    outline = outlined(joint.join(parts).capitalize() + ".")
    parsed = parse_units(outline)
    whole = find_duties(outline, parsed, weighed=False, cut=False)
    cut = find_duties(outline, parsed, weighed=False)
    assert len(cut) >= len(whole)
    assert all(a.end <= b.start for a, b in pairwise(cut) if a.unit == b.unit) or len(cut) == len(whole)
    assert all(any(w.start <= d.start and d.end <= w.end for w in whole) for d in cut)


def test_joints_lie_inside_the_duty_they_are_told_of() -> None:
    outline = outlined(
        "Redaktören ska ta bort hot och hat, spara dem och skicka dem till registrator, som diarieför dem."
    )
    parsed = parse_units(outline)
    for duty in find_duties(outline, parsed, weighed=False, cut=False):
        for joint, start in joints_of(parsed.parses, duty):
            assert duty.start < start < duty.end
            assert joint.before <= joint.start


def test_a_shortened_duty_keeps_of_its_words_what_is_its_own() -> None:
    outline = outlined("Klagomål lämnas till registrator, som skickar dem till rätt nämnd om de är kompletta.")
    first, second = find_duties(outline, parse_units(outline))
    assert "nämnd" not in first.action
    assert "lämna" in first.action
    assert (first.condition, second.condition) == ("", "om de är kompletta")
    assert "rätt nämnd" in second.action
