"""Values in English words, from their normal forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.codebooks import load_codebook
from pipeline.report.wording import strength, value_in_words
from pipeline.swedish.texts import load_texts
from pipeline.wording import put_in_words, say_force

CASES = [
    ("response_time", "PT24H weekdays", "within 24 hours (weekdays)"),
    ("response_time", "P1D working_hours", "within 1 day (working hours)"),
    ("response_time", "skyndsamt", "promptly"),
    ("posting_frequency", "P1M", "every month"),
    ("posting_frequency", "P2M", "every 2 months"),
    ("public_records", "duty", "should"),
    ("monitoring", "duty", "should"),
    ("prohibited_content", "hate_speech|threats", "hate speech, threats"),
    ("legal_compliance", "1998:112|2016/679", "BBS-lagen (1998:112), GDPR (2016/679)"),
    ("report_account", "närmaste chef", "närmaste chef"),
    ("retention", "", ""),
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
