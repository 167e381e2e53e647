"""Which values stand in a sentence, with what they are of: the pairs in values.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.records.requirement import PROHIBITED_CONTENT, RETENTION, VALUE_KINDS
from tests.cases import read_cases
from tests.texts import extraction_of

SAID_OF = ("identifier", "calendar", "of", "period", "trigger", "refers_to", "negated")


CASES = read_cases(Path(__file__).with_name("values.yaml"), lambda case: " ".join(case["text"].split())[:60])


@pytest.mark.parametrize("case", CASES)
def test_values(case: dict[str, Any]) -> None:
    wanted = case.get("expect", [])
    kinds = {w["kind"] for w in wanted} | set(case.get("none", ()))
    assert kinds <= set(VALUE_KINDS)
    said = [name for name in SAID_OF if name not in case.get("also", ())]
    found = [v for v in extraction_of(case["text"] + "\n").values if v.kind in kinds]
    plain = [
        {"kind": v.kind, "quote": " ".join(v.quote.split()), "value": v.value}
        | {name: getattr(v, name) for name in said if getattr(v, name)}
        for v in found
    ]
    assert plain == wanted
    for value in found:
        assert 0 < value.confidence <= 1
        if value.kind == "retention":
            assert value.value in RETENTION
        if value.kind == "prohibited_content":
            assert value.value in PROHIBITED_CONTENT
