"""Values in English words, from their normal forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.codebooks import load_codebook
from pipeline.report.wording import strength, token_in_words, value_in_words
from pipeline.swedish.texts import load_texts
from pipeline.wording import name_own_force, put_in_words, say_force

CASES = [
    ("response_time", "PT24H weekdays", "within 24 hours (weekdays)"),
    ("response_time", "P1D working_hours", "within 1 day (working hours)"),
    ("response_time", "skyndsamt", "promptly"),
    ("posting_frequency", "P1M", "every month"),
    ("posting_frequency", "P2M", "every 2 months"),
    ("public_records", "duty", "should"),
    ("monitoring", "duty", "should"),
    ("prohibited_content", "hate_speech|threats", "hate speech, threats"),
    (
        "legal_compliance",
        "1998:112|2016/679",
        "lagen om ansvar för elektroniska anslagstavlor (1998:112), dataskyddsförordningen (EU) 2016/679",
    ),
    ("report_account", "närmaste chef", "närmaste chef"),
    ("retention", "", ""),
    ("retention", "gallras P2Y|sparas P6M", "saved for 6 months, disposed of after 2 years"),
    ("monitoring", "kontinuerligt any", "continuously (all days)"),
    ("retention", "P", "P"),
]


@pytest.mark.parametrize(("requirement", "value", "said"), CASES)
def test_values_are_said_in_words(requirement: str, value: str, said: str, sample: Any) -> None:
    cell = next(c for c in sample.comparison.cells if c.requirement == requirement)
    found = sample.codebooks[0].find(requirement)
    assert value_in_words(replace(cell, value=value, modality="should"), found, load_texts("en")) == said


@pytest.mark.parametrize(
    ("requirement", "modality", "quote", "swedish", "shown", "english"),
    [
        ("monitoring", "must_not", "Kontot får inte lämnas obevakat", "ska", "must", "must"),
        ("secrecy", "must_not", "Sekretess får inte brytas", "får inte", "must_not", "must not"),
        ("secrecy", "may", "Sådana inlägg får tas bort", "får tas bort", "may_remove", "may be removed"),
        ("secrecy", "may", "Sådant får publiceras", "får", "may", "may"),
        ("monitoring", "must_not", "Kanalen bevakas inte", "får inte", "must_not", "must not"),
        ("registration", "may", "Inlägg behöver inte diarieföras", "behöver inte", "need_not", "need not"),
        *(
            (requirement, "must_not", quote, "anges som förbud", "forbidden", "stated as a prohibition")
            for requirement, quote in (
                ("copyright", "Bilder får inte användas utan lov"),
                ("service_account", "Använd inte privata konton"),
                ("application_before_start", "inget konto får publicera något utan att det har stämts av"),
            )
        ),
        (
            "private_use",
            "should_not",
            "Medarbetare rekommenderas att inte använda jobbets adress",
            "anges som avrådan",
            "advised_against",
            "stated as advice against",
        ),
    ],
)
def test_strength_and_value_say_the_same(
    requirement: str, modality: str, quote: str, swedish: str, shown: str, english: str, sample: Any
) -> None:
    cell = next(c for c in sample.comparison.cells if c.requirement == requirement)
    told = replace(cell, value="duty", modality=modality, quote=quote)
    found = sample.codebooks[0].find(requirement)
    assert say_force(found, modality, quote) == swedish
    assert strength(told, found) == shown
    assert value_in_words(told, found, load_texts("en")) == english


def test_within_a_sentence_a_prohibition_is_a_noun() -> None:
    entry = load_codebook("social_media").find("private_use")
    assert put_in_words(entry, {"duty"}, "must_not") == "ett förbud"
    assert put_in_words(entry, {"duty"}, "should_not", "Du bör inte det") == "anges som avrådan"


def test_what_frees_from_a_duty_is_no_permission(sample: Any) -> None:
    freed, *others = sorted(
        (r for f in sample.material.findings for r in f.extraction.requirements),
        key=lambda r: "behöver inte" not in r.quote,
    )
    assert name_own_force(freed, freed.force) == "need_not"
    assert all(name_own_force(one, one.force) == one.force for one in others)
    slips = replace(freed, quote="Föreningar slipper diarieföra", rule="exemption")
    assert name_own_force(slips, slips.modality) == "need_not"
    assert name_own_force(replace(slips, rule="modal_får"), "may") == "may"
    cell = next(c for c in sample.comparison.cells if c.answer == "stated_negatively")
    assert strength(cell, sample.codebooks[0].find(cell.requirement)) == "need_not"


def test_several_times_are_told_from_the_shortest_on() -> None:
    questions = load_codebook("social_media")
    times = ["snarast", "P1D weekdays", "PT4H working_hours"]
    said = put_in_words(questions.find("response_time"), times, "must")
    assert said == "inom 4 timmar under kontorstid, inom en arbetsdag, snarast"
    kept = put_in_words(questions.find("retention"), ["gallras P2Y", "gallras P6M", "bevaras"], "must")
    assert kept == "bevaras, gallras efter 6 månader, gallras efter 2 år"


def test_what_binds_nobody_is_stated_in_words(sample: Any) -> None:
    cell = replace(sample.comparison.cells[0], value="duty", modality="")
    entry = load_codebook("social_media").find("public_records")
    assert entry is not None
    assert value_in_words(cell, entry, load_texts("en")) == "stated"


@pytest.mark.parametrize(
    ("item", "swedish", "english"),
    [("P2Y", "vartannat år", "every 2 years"), ("PT84H", "två gånger i veckan", "every 84 hours")],
)  # fmt: skip
def test_how_often_is_said_as_people_say_it(item: str, swedish: str, english: str) -> None:
    assert token_in_words(item, load_texts("sv"), every=True) == swedish
    assert token_in_words(item, load_texts("en"), every=True) == english
