"""Who is bound, chosen among all who could be meant: the sections in actors.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.extract import extract_requirements
from pipeline.extract.actors import GROUPS, load_weights
from pipeline.extract.duties import find_duties
from pipeline.extract.offering import choices
from pipeline.extract.parsed import parse_units
from pipeline.records.outline import Outline
from tests.cases import read_cases
from tests.texts import outline_of

FILE = Path(__file__).with_name("actors.yaml")
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))


def outlined(case: dict[str, Any]) -> Outline:
    text = f"# Riktlinje för sociala medier\n\n## {case['heading']}\n\n{case['text']}\n"
    return outline_of(text)


@pytest.mark.parametrize("case", read_cases(FILE, lambda case: case["text"][:50]))
def test_who_is_bound(case: dict[str, Any]) -> None:
    found = extract_requirements(outlined(case)).requirements
    for wanted in case["duties"]:
        duty = next(r for r in found if r.quote.startswith(wanted["begins"]))
        assert (duty.actor, duty.actor_group) == (wanted["actor"], wanted["group"])


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_nobody_can_always_be_chosen_and_the_rules_word_too(case: dict[str, Any]) -> None:
    outline = outlined(case)
    parsed = parse_units(outline)
    duties = find_duties(outline, parsed, weighed=False)
    for duty, choice in zip(duties, choices(outline, parsed, duties), strict=True):
        assert choice.actors[""] is None
        assert duty.actor is None or duty.actor.word.lower() in choice.actors
        assert choice.likeliest({}) in choice.actors
        assert choice.named <= choice.actors.keys()
    assert all(r.actor_group in (*GROUPS, "") for r in extract_requirements(outline).requirements)


def test_the_weights_can_be_read() -> None:
    weights = load_weights()
    assert weights["none"] != 0
    assert all(isinstance(weight, float) for weight in weights.values())
