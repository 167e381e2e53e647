"""Values in English words, from their normal forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.report.wording import value_in_words
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
