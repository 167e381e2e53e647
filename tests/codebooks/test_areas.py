"""Which codebook a document belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codebooks import policy_area

FILLER = "Kommunen ansvarar för skola, omsorg, vägar och vatten i hela området. " * 60


@pytest.mark.parametrize(
    ("title", "text", "area"),
    [
        ("Riktlinjer för sociala medier", FILLER, "social_media"),
        ("", "Inlägg på Facebook och Instagram bevakas. " * 5 + FILLER, "social_media"),
        ("Kommentarsregler", "Håll dig till ämnet.", "social_media"),
        ("Riktlinje för användning av generativ AI", FILLER, "ai_use"),
        ("Anvisning om sociala medier och AI-bilder", "AI och språkmodeller. " * 9 + FILLER, "social_media"),
        ("Anvisning om AI i sociala medier", "Inlägg på Facebook. " * 9 + FILLER, "ai_use"),
        ("", "Medarbetare får använda ChatGPT och Copilot. AI-tjänster ska vara godkända. " * 4, "ai_use"),
    ],
)
def test_area_is_told_from_title_or_text(title: str, text: str, area: str) -> None:
    found, score = policy_area(title, text)
    assert found == area
    assert score >= 0.5


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Renhållningsordning", FILLER),
        ("Kommunikationspolicy", FILLER + "Kommunen finns i sociala medier. " + FILLER),
        ("Riktlinjer för upphandling", FILLER + "AI kan användas. "),
    ],
)
def test_what_only_names_the_area_stays_below_the_threshold(title: str, text: str) -> None:
    assert policy_area(title, text)[1] < 0.2


def test_nothing_speaks_for_any_area() -> None:
    assert policy_area("Skolskjuts", "Bussen går klockan åtta.") == ("", 0.0)
    assert policy_area("", "") == ("", 0.0)


@given(st.text(max_size=80), st.text(max_size=300))
def test_score_is_a_share_whatever_the_text(title: str, text: str) -> None:
    area, score = policy_area(title, text)
    assert 0 <= score <= 1
    assert bool(area) == (score > 0)
