"""Which sentences bind, whom, and how strongly: the pairs in norms.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from tests.cases import read_cases
from tests.texts import extraction_of

CASES = read_cases(Path(__file__).with_name("norms.yaml"), lambda case: case["text"][:60])


@pytest.mark.parametrize("case", CASES)
def test_sentence(case: dict[str, Any]) -> None:
    found = extraction_of(case["text"] + "\n").requirements
    wanted = case.get("duties", [])
    assert [(r.modality, " ".join(r.quote.split())) for r in found] == [(d["modality"], d["quote"]) for d in wanted]
    for requirement, duty in zip(found, wanted, strict=True):
        if "actor" in duty:
            same = fuzz.token_set_ratio(requirement.actor.lower(), duty["actor"].lower()) >= 80
            assert same if duty["actor"] else not requirement.actor, (requirement.actor, duty["actor"])
        assert requirement.condition == duty.get("condition", requirement.condition)
        assert requirement.exception == duty.get("exception", requirement.exception)
