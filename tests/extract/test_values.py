"""Which values stand in a sentence, with what they are of: the pairs in values.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.extract import extract_requirements
from pipeline.outline import outline_document
from pipeline.params import ExtractSettings
from pipeline.records.reading import SourceFile
from pipeline.records.repair import ReadingPage, Repaired
from pipeline.records.requirement import PROHIBITED_CONTENT, RETENTION, VALUE_KINDS, Extraction

SAID_OF = ("identifier", "calendar", "of", "period", "trigger", "refers_to", "negated")


def cases() -> list[Any]:
    """The cases of the file; those with a `known_gap` must fail until somebody closes it."""
    found: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "values.yaml").read_text("utf-8"))
    gap = [[pytest.mark.xfail(strict=True, reason=c["known_gap"])] if "known_gap" in c else [] for c in found]
    return [pytest.param(c, id=" ".join(c["text"].split())[:60], marks=m) for c, m in zip(found, gap, strict=True)]


def extraction_of(text: str) -> Extraction:
    """What the rules find in a text; the models beside them are measured on documents."""
    source = SourceFile("d1", "a.txt", "", "", "text/plain", 1, "text", "ok", "", "")
    repaired = Repaired(source, text, (ReadingPage("d1", 1, 0, len(text), 0.0),), (), (), (), (), 0.0)
    return extract_requirements(outline_document(repaired), settings=ExtractSettings(trained=False))


@pytest.mark.parametrize("case", cases())
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
