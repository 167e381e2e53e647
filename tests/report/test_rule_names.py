"""Every rule that finds or mends something has a name that an analyst reads, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.swedish.texts import LANGUAGES, load_texts

PIPELINE = Path(__file__).parents[2] / "pipeline"


def rules_in(room: str, pattern: str) -> set[str]:
    """The names that a room's code gives to rules."""
    return {name for file in (PIPELINE / room).glob("*.py") for name in re.findall(pattern, file.read_text("utf-8"))}


def test_rules_are_found_in_the_code() -> None:
    assert {"present_passive", "phrase", "cleft"} <= rules_in("extract", r', "([a-z_]+)", 0\.\d')
    assert {"page_break", "glued_words"} <= rules_in("repair", r'"([a-z_]+)", 0\.\d')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_name(language: str) -> None:
    texts = load_texts(language)
    found = rules_in("extract", r', "([a-z_]+)", 0\.\d') | rules_in("extract", r'\brule="([a-z_]+)"')
    found |= rules_in("extract", r'"(lead_(?!in\b)[a-z]+)"')
    mended = rules_in("repair", r', "([a-z]+_[a-z_]+|bullet|furniture|punctuation|abbreviation)", [_0]')
    assert not {rule for rule in found if texts.rule(rule) == rule}
    assert not {rule for rule in mended if texts.rule(rule) == rule}


def test_rules_are_named_one_by_one() -> None:
    texts = load_texts("sv")
    assert texts.rule("modal_ska") == "Verbet ”ska”"
    assert texts.rule("hyphenation+diacritics") == "Avstavning, Ringar och prickar"
    assert texts.rule("of_tomorrow") == "of_tomorrow"
