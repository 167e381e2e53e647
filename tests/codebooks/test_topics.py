"""Which harmonised requirements clauses are about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.codebooks import (
    ClauseText,
    find_excluded,
    list_codebooks,
    load_codebook,
    match_cues,
    match_members,
    match_topics,
    measure_nearness,
    normalise_value,
)
from pipeline.codebooks.topics import OVERRULES

CASES = yaml.safe_load(Path(__file__).with_name("topics.yaml").read_text("utf-8"))
AI_CASES = yaml.safe_load(Path(__file__).with_name("topics_ai.yaml").read_text("utf-8"))
FIT = 0.5


def topics(codebook: str, case: dict[str, Any]) -> set[str]:
    clause = ClauseText(
        clause=case["text"],
        heading=case.get("heading", ""),
        lead_in=case.get("lead_in", ""),
        modality=case.get("modality", "must"),
        kinds=frozenset(case.get("kinds", ())),
        condition=case.get("condition", ""),
    )
    return {m.requirement for m in match_cues(load_codebook(codebook), clause) if m.score >= FIT}


def check(codebook: str, case: dict[str, Any]) -> None:
    found = topics(codebook, case)
    assert found >= set(case.get("topics", ())), found
    assert not found & set(case.get("not", ())), found
    if case.get("only"):
        assert found == set(case["topics"])


@pytest.mark.parametrize("case", CASES, ids=[c["text"] for c in CASES])
def test_social_media(case: dict[str, Any]) -> None:
    check("social_media", case)


@pytest.mark.parametrize("case", AI_CASES, ids=[c["text"] for c in AI_CASES])
def test_ai_use(case: dict[str, Any]) -> None:
    check("ai_use", case)


def test_every_requirement_has_a_case() -> None:
    for name, cases in (("social_media", CASES), ("ai_use", AI_CASES)):
        tried = {topic for case in cases for topic in case.get("topics", ())}
        assert tried == {r.id for r in load_codebook(name).requirements}


def test_each_member_is_found_by_its_own_words() -> None:
    for name in list_codebooks():
        for entry in load_codebook(name).requirements:
            for member in entry.members:
                wanted = [term for term in member.cues[0].all if not term.startswith("!")]
                text = " ".join(term.split("|")[0].replace("*", "") for term in wanted)
                assert member.id in match_members(entry, text), (entry.id, member.id, text)


def test_several_cues_make_surer() -> None:
    book = load_codebook("social_media")
    one = match_cues(book, ClauseText("Kommentarer besvaras inom två dagar"))
    both = match_cues(book, ClauseText("Kommentarer besvaras inom två dagar", kinds=frozenset({"response_time"})))
    score = {m.requirement: m.score for m in one}["response_time"]
    assert score < {m.requirement: m.score for m in both}["response_time"] < 1


def test_best_match_comes_first_and_ties_in_the_order_of_the_file() -> None:
    book = load_codebook("social_media")
    found = match_cues(book, ClauseText("Tonen ska vara vänlig och svar signeras med namn inom två dagar"))
    order = [r.id for r in book.requirements]
    assert list(found) == sorted(found, key=lambda m: (-m.score, order.index(m.requirement)))


def test_nearness_stays_below_a_fit_of_its_own_kind() -> None:
    book = load_codebook("social_media")
    near = measure_nearness(book, "Resurser diskuteras. Det finns tid och bemanning på biblioteket.")
    assert 0 < near["resources"] <= 0.6
    assert measure_nearness(book, "") == {}


def test_the_first_term_of_a_context_cue_stands_in_the_clause_itself() -> None:
    book = load_codebook("social_media")
    found = match_cues(book, ClauseText("skickas till registrator", lead_in="Kränkande inlägg tas bort"))
    assert "removal" not in {m.requirement for m in found}


def test_values_are_compared_however_they_are_written() -> None:
    book = load_codebook("social_media")
    assert normalise_value(book.find("tone"), "vårdad|Enkel") == {"careful", "simple"}
    assert normalise_value(book.find("tone"), "careful|simple") == {"careful", "simple"}
    assert normalise_value(book.find("removal"), "must|skyndsamt") == normalise_value(book.find("removal"), "skyndsamt")
    assert normalise_value(book.find("deputies"), "duty") == frozenset()
    assert normalise_value(book.find("response_time"), "PT24H  Weekdays") == {"pt24h weekdays"}


def test_what_stands_around_a_passage_may_tell_a_member() -> None:
    entry = load_codebook("social_media").find("screenshots")
    assert entry is not None
    text = "Ta en skärmdump där klockslaget syns"
    assert match_members(entry, text) == ()
    assert match_members(entry, text, f"{text} . Ta därefter bort inlägget") == ("before_removal",)
    assert match_members(entry, text, f"{text} . Svara sedan på frågan") == ()


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Den registrerade ska informeras om behandlingen", "registration"),
        ("Kommentarer ska läsas minst två gånger per dag", "number_of_administrators"),
        ("Statistik gallras efter två år", "follow_up"),
        ("Lösenordet lånas inte ut, inte ens till vikarien", "deputies"),
        ("IT-chefen får spärra åtkomsten till ett socialt medium", "blocking_users"),
        ("En kopia av beslutet sänds till registrator", "saving_before_removal"),
        ("En kopia ska lämnas till kommunikationsavdelningen innan kontot öppnas", "decision_to_start"),
        ("Avslag beslutas enligt nämndens delegationsordning", "decision_to_start"),
    ],
)
def test_words_of_the_clause_rule_a_requirement_out_that_the_model_is_not_sure_of(text: str, other: str) -> None:
    book = load_codebook("social_media")
    assert book.find(other).unless
    assert other not in {m.requirement for m in match_topics(book, ClauseText(text, modality="must"))}


def test_a_model_that_is_sure_overrules_a_word() -> None:
    book = load_codebook("social_media")
    clause = ClauseText("Sidor som inte sköts skall stängas av informatören", modality="must")
    assert "closing_account" in find_excluded(book, clause.clause), "a word speaks against it"
    assert "closing_account" in {m.requirement for m in match_topics(book, clause) if m.score >= OVERRULES}
    assert "closing_account" not in {m.requirement for m in match_cues(book, clause)}, "cues alone do as words say"
