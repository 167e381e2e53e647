"""Which sentences bind, whom, and how strongly: the pairs in norms.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from rapidfuzz import fuzz

from pipeline.extract import extract_requirements
from pipeline.outline import outline_document
from pipeline.params import ExtractSettings
from pipeline.records.reading import SourceFile
from pipeline.records.repair import ReadingPage, Repaired
from pipeline.records.requirement import Extraction


def cases() -> list[Any]:
    """The cases of the file; those with a `known_gap` must fail until somebody closes it."""
    found: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "norms.yaml").read_text("utf-8"))
    gap = [[pytest.mark.xfail(strict=True, reason=c["known_gap"])] if "known_gap" in c else [] for c in found]
    return [pytest.param(c, id=c["text"][:60], marks=m) for c, m in zip(found, gap, strict=True)]


def extraction_of(text: str) -> Extraction:
    """What the rules find in a text; the models beside them are measured on documents."""
    source = SourceFile("d1", "a.txt", "", "", "text/plain", 1, "text", "ok", "", "")
    repaired = Repaired(source, text, (ReadingPage("d1", 1, 0, len(text), 0.0),), (), (), (), (), 0.0)
    return extract_requirements(outline_document(repaired), settings=ExtractSettings(trained=False))


@pytest.mark.parametrize("case", cases())
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
