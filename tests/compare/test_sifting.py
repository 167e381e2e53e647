"""Which roles and names of a passage are kept as its answer."""

from __future__ import annotations

import pytest

from pipeline.codebooks import load_codebook
from pipeline.compare.sifting import LIKELY, describe, load_sieve, sift, sort_of
from pipeline.linear import likelihood_of

QUOTE = "Rektor anmäler kontot till kommunikatören"


def entry_of(name: str):  # type: ignore[no-untyped-def]
    entry = load_codebook("social_media").find(name)
    assert entry is not None
    return entry


def test_without_weights_everything_stays() -> None:
    assert sift(entry_of("report_account"), {"rektor", "kommunikatör"}, None, QUOTE, {}) == {"rektor", "kommunikatör"}


def test_the_one_who_is_told_answers_who_is_told() -> None:
    kept = sift(entry_of("report_account"), {"rektor", "kommunikatör"}, None, QUOTE, load_sieve("social_media"))
    assert kept == {"kommunikatör"}


def test_times_acts_and_members_of_sets_are_never_left_out() -> None:
    weights = {"bias": -99.0}
    assert sift(entry_of("tone"), {"simple"}, None, "Enkelt", weights) == {"simple"}
    assert sift(entry_of("response_time"), {"PT24H weekdays", "skyndsamt"}, None, "", weights) == {
        "PT24H weekdays", "skyndsamt",
    }  # fmt: skip
    assert sift(entry_of("legal_compliance"), {"2009:400"}, None, "", weights) == {"2009:400"}
    assert sift(entry_of("referral"), {"rektor"}, None, "Hänvisa till rektor", weights) == frozenset()


def test_a_question_for_a_role_keeps_one() -> None:
    assert sift(entry_of("criticism"), {"rektor", "chef"}, None, "Rektor svarar", {"bias": -99.0}) == {"rektor"}


def test_a_codebook_that_nothing_was_learned_for_is_not_sifted() -> None:
    assert load_sieve("ai_use") == {}


@pytest.mark.parametrize(
    ("name", "token", "sort"),
    [
        ("tone", "simple", "member"),
        ("prohibited_content", "threats", "content"),
        ("response_time", "snarast", "vague"),
        ("response_time", "PT24H weekdays", "time"),
        ("retention", "gallras P2Y", "kept"),
        ("secrecy", "2009:400", "act"),
        ("criticism", "närmaste chef", "role"),
        ("related_documents", "kommunikationspolicy", "name"),
    ],
)
def test_every_value_has_a_sort(name: str, token: str, sort: str) -> None:
    assert sort_of(entry_of(name), token) == sort


def test_the_weights_name_facts_that_are_told() -> None:
    weights = load_sieve("social_media")
    facts = describe(entry_of("report_account"), "kommunikatör", ["kommunikatör"], None, QUOTE)
    assert facts & weights.keys()
    assert 0 <= likelihood_of(weights, facts) <= 1
    assert LIKELY < 0.5
