"""Cells of the harmonised table from clauses and values, case by case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.codebooks import load_codebook
from pipeline.compare import compare_requirements
from pipeline.params import CompareSettings

CASES = yaml.safe_load(Path(__file__).with_name("cells.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_clauses_give_the_cell(case: dict[str, Any], build_all: Any) -> None:
    comparison = compare_requirements(
        build_all(case["documents"]), codebooks=[load_codebook("social_media")], settings=CompareSettings()
    )
    cells = {(c.requirement, c.municipality): c for c in comparison.cells}
    for want in case["expect"]:
        cell = cells.get((want["requirement"], want["municipality"]))
        if want["answer"] == "absent":
            assert cell is None
            continue
        got = {key: getattr(cell, key) for key in want}
        assert got == want


def test_every_municipality_has_every_requirement(build_all: Any) -> None:
    documents = build_all([{"municipality": name, "clauses": ["Text."]} for name in ("Ekby", "Lindby", "Alby")])
    codebook = load_codebook("social_media")
    cells = compare_requirements(documents, codebooks=[codebook], settings=CompareSettings()).cells
    assert {(c.municipality, c.requirement) for c in cells} == {
        (name, r.id) for name in ("Ekby", "Lindby", "Alby") for r in codebook.requirements
    }


def test_silent_cell_shows_what_was_looked_at(build_all: Any) -> None:
    near = "Frågor om svarstider och bemanning diskuteras varje höst."
    far = "Kommunen har tre bibliotek."
    documents = build_all([{"municipality": "Ekby", "clauses": [far, near]}])
    comparison = compare_requirements(documents, codebooks=[load_codebook("social_media")], settings=CompareSettings())
    text = documents[0].outline.text
    rows = [e for e in comparison.evidence if e.requirement == "resources" and e.relation == "nearest"]
    ranked = sorted(rows, key=lambda r: -r.score)
    assert [text[r.start : r.end] for r in ranked] == [near, far]
    assert 0 < ranked[1].score < ranked[0].score < 0.6


def test_quotes_are_the_text(build_all: Any) -> None:
    documents = build_all([d for case in CASES for d in case["documents"]])
    texts = {d.source.document_id: d.outline.text for d in documents}
    comparison = compare_requirements(documents, codebooks=[load_codebook("social_media")], settings=CompareSettings())
    quoted = [c for c in comparison.cells if c.quote]
    assert quoted
    for cell in quoted:
        assert texts[cell.document_id][cell.start : cell.end] == cell.quote


def test_order_of_documents_does_not_matter(build_all: Any) -> None:
    documents = build_all([d for case in CASES for d in case["documents"]])
    codebooks, settings = [load_codebook("social_media"), load_codebook("ai_use")], CompareSettings()
    first = compare_requirements(documents, codebooks=codebooks, settings=settings)
    assert compare_requirements(documents[::-1], codebooks=codebooks, settings=settings) == first
