"""Values in English words, from their normal forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.report.wording import strength, value_in_words
from pipeline.swedish.texts import load_texts

CASES = [
    ("response_time", "PT24H weekdays", "within 24 hours (weekdays)"),
    ("response_time", "P1D working_hours", "within 1 day (working hours)"),
    ("response_time", "skyndsamt", "promptly"),
    ("posting_frequency", "P1M", "every 1 month"),
    ("monitoring", "duty", "should"),
    ("prohibited_content", "hate_speech|threats", "hate speech, threats"),
    ("legal_compliance", "1998:112|2016/679", "1998:112, 2016/679"),
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
    ("requirement", "modality", "value_text", "shown", "english"),
    [
        ("monitoring", "must_not", "ska", "must", "must"),
        ("secrecy", "must_not", "får inte", "must_not", "must not"),
        ("secrecy", "may", "får tas bort", "may_remove", "may be removed"),
        ("secrecy", "may", "får", "may", "may"),
    ],
)
def test_strength_and_value_say_the_same(
    requirement: str, modality: str, value_text: str, shown: str, english: str, sample: Any
) -> None:
    cell = next(c for c in sample.comparison.cells if c.requirement == requirement)
    told = replace(cell, value="duty", modality=modality, value_text=value_text)
    found = sample.codebooks[0].find(requirement)
    assert strength(told, found) == shown
    assert value_in_words(told, found, load_texts("en")) == english
