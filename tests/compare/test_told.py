"""What findings say, word by word, in Swedish and English; the cases stand in told.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.compare import compare_requirements

TOLD = yaml.safe_load((Path(__file__).parent / "told.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case["en"][:50])
def test_a_finding_says(build_all: Any, case: dict[str, Any]) -> None:
    compared = compare_requirements(build_all([{"municipality": "Ekby", **case["document"]}]))
    told = [(f.message_sv, f.message_en) for f in compared.findings if f.kind == case["kind"]]
    assert told == [(case["sv"], case["en"])]


def test_what_nobody_has_read_in_the_act_is_asked_to_be_checked_in_a_sentence_of_its_own(build_all: Any) -> None:
    one = {"municipality": "Ekby", "clauses": [{"text": "Frågor ska besvaras.", "topics": ["response_scope"]}]}
    other = {"municipality": "Alby", "clauses": [{"text": "Lösenord ska bytas.", "topics": ["credentials"]}]}
    found = compare_requirements(build_all([one, other])).findings
    (gap,) = [f for f in found if (f.kind, f.municipality, f.requirement) == ("gap", "Ekby", "credentials")]
    assert "åtgärder. (Kontrollera lydelsen mot författningen.) Exemplet" in gap.message_sv
    assert "measures. (Check the wording against the act.) The example" in gap.message_en
