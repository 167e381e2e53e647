"""How sure cells are, and which passages come nearest to a silent one."""

from __future__ import annotations

import pytest

from pipeline.codebooks import load_codebook
from pipeline.compare.certainty import confidence_of_answer, confidence_of_silence, load_certainty
from pipeline.compare.nearest import NearPassage
from pipeline.compare.support import Support
from pipeline.compare.values import Tokens

CODEBOOK = load_codebook("social_media")
ENTRY = CODEBOOK.requirements[0]


def near(*scores: float) -> list[NearPassage]:
    return [NearPassage(score, "d1", n, n + 1) for n, score in enumerate(scores)]


def support(score: float, confidence: float) -> Support:
    return Support("d1", 1, 0, 5, "Ord.", score, confidence, Tokens())


def test_silence_is_surest_where_nothing_comes_near() -> None:
    told = [
        confidence_of_silence("social_media", near(*scores)) for scores in ((), (0.02,), (0.2,), (0.45,), (0.45, 0.4))
    ]
    assert told == sorted(told, reverse=True)
    assert told[0] > 0.95
    assert told[-1] < 0.8


def test_an_answer_is_surer_with_more_and_better_passages() -> None:
    doubtful, sure = support(0.5, 0.6), support(0.97, 0.97)
    told = [confidence_of_answer("social_media", ENTRY, s) for s in ([doubtful], [sure], [sure, sure])]
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 0.99


def test_a_codebook_without_curves_has_plain_rules() -> None:
    assert load_certainty("ai_use") == {}
    assert confidence_of_silence("ai_use", near(0.3)) == pytest.approx(0.8)
    assert confidence_of_answer("ai_use", ENTRY, [support(0.5, 0.5), support(0.5, 0.5)]) == pytest.approx(0.4375)
