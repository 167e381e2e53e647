"""Clauses that contradict an act, and their neighbours that do not."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import DocumentFindings, extract_requirements, outline_document, read_document, repair_document
from pipeline.compare.legal_conflicts import find_legal_conflicts, legal_conflicts
from pipeline.swedish.legal_duties import legal_duties

CASES = yaml.safe_load(Path(__file__).with_name("legal_conflicts.yaml").read_text("utf-8"))
ON = datetime.date(2026, 2, 1)


def read(text: str, folder: Path) -> DocumentFindings:
    """A guideline of one rule, read by the pipeline itself."""
    file = folder / "riktlinje.txt"
    file.write_text(f"Riktlinje för sociala medier\n\nRegler\n\n{text}\n", "utf-8")
    reading = read_document(file)
    repaired = repair_document(reading)
    outline = outline_document(repaired)
    extraction = extract_requirements(outline, repairs=repaired.repairs)
    return DocumentFindings(reading.source, repaired.damage_score, outline, extraction)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_what_breaks_the_law_and_what_does_not(case: dict[str, str], tmp_path: Path) -> None:
    rules = {rule.sv: rule.id for rule in legal_conflicts().rules}
    found = list(find_legal_conflicts(read(case["text"], tmp_path), on=ON))
    broken = [next(name for words, name in rules.items() if f.message_sv.startswith(words)) for f in found]
    assert broken == ([case["rule"]] if case["rule"] else [])


def test_every_rule_has_a_case_that_breaks_it_and_one_that_does_not() -> None:
    assert {rule.id for rule in legal_conflicts().rules} == {case["rule"] for case in CASES} - {""}


def test_both_quotes_stand_in_the_finding(tmp_path: Path) -> None:
    document = read("Den som begär ut en allmän handling ska uppge namn.", tmp_path)
    (found,) = find_legal_conflicts(document, on=ON)
    assert document.outline is not None
    assert found.quote in document.outline.text
    assert found.other_quote.startswith("Tryckfrihetsförordningen 2 kap. 18 §")
    assert "efterforska vem denne är" in found.other_quote
    assert found.requirement_id


def test_a_duty_that_nobody_has_read_in_its_act_says_so(tmp_path: Path) -> None:
    (found,) = find_legal_conflicts(read("Kommentarer tas bort utan att dokumenteras.", tmp_path), on=ON)
    assert found.other_quote.endswith(". (Kontrollera lydelsen mot författningen.)")
    assert "kontrollera lydelsen" in found.message_sv


def test_no_conflict_with_what_was_not_in_force_yet(tmp_path: Path) -> None:
    document = read("Den som begär ut en allmän handling ska uppge namn.", tmp_path)
    assert not list(find_legal_conflicts(document, on=datetime.date(2015, 1, 1)))


def test_proposals_break_nothing(build: Any) -> None:
    clause = {"text": "Kritiska kommentarer ska tas bort", "topics": ["removal"]}
    assert list(find_legal_conflicts(build("d", {"clauses": [clause]}), on=ON))
    assert not list(find_legal_conflicts(build("d", {"clauses": [clause], "completeness": "proposal"}), on=ON))
    assert not list(find_legal_conflicts(build("d", {"clauses": [{**clause, "status": "proposed"}]}), on=ON))


def test_quoted_words_belong_to_duties_that_somebody_has_read() -> None:
    checked = {duty.duty_id: duty.checked for duty in legal_duties()}
    assert {checked[name] for name in legal_conflicts().words} == {"text"}
