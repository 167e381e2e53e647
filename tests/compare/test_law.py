"""Citations of acts in time."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from pipeline.compare.law import state_references
from pipeline.report.law_words import note_of


@pytest.mark.parametrize(
    ("adopted", "on", "then", "now"),
    [
        ("2012-05-01", "2026-02-01", "in_force", "repealed"),
        ("2012-05-01", "2015-01-01", "in_force", "in_force"),
        ("2019-05-01", "2026-02-01", "repealed", "repealed"),
        ("", "2026-02-01", "unknown", "repealed"),
    ],
)
def test_status_when_adopted_and_on_the_date(adopted: str, on: str, then: str, now: str, build_all: Any) -> None:
    act = {"kind": "legal_reference", "quote": "personuppgiftslagen", "value": "PUL", "identifier": "1998:204"}
    documents = build_all(
        [
            {
                "municipality": "Ekby",
                "adopted_date": adopted,
                "clauses": [{"text": "Följ personuppgiftslagen", "values": [act]}],
            }
        ]
    )
    (row,) = state_references(documents, on=datetime.date.fromisoformat(on))
    assert (row.status_when_adopted, row.status_on_date, row.municipality) == (then, now, "Ekby")
    assert (row.use_instead == "2016/679") == (now == "repealed")


def test_section_is_read_from_the_quote(build_all: Any) -> None:
    act = {"kind": "legal_reference", "quote": "16 kap. 8 § brottsbalken", "value": "BrB", "identifier": "1962:700"}
    documents = build_all(
        [{"municipality": "Ekby", "clauses": [{"text": "Enligt 16 kap. 8 § brottsbalken", "values": [act]}]}]
    )
    (row,) = state_references(documents, on=datetime.date(2026, 2, 1))
    assert row.section == "K16P8"


def test_unresolved_name_has_no_status(build_all: Any) -> None:
    act = {"kind": "legal_reference", "quote": "förvaltningslagen", "value": "FL"}
    documents = build_all([{"municipality": "Ekby", "clauses": [{"text": "Följ förvaltningslagen", "values": [act]}]}])
    (row,) = state_references(documents, on=datetime.date(2026, 2, 1))
    assert (row.identifier, row.status_on_date, row.use_instead) == ("", "unknown", "")


def test_the_note_on_a_section_stands_before_the_note_on_its_act(build_all: Any) -> None:
    cited = "4 § lagen (1998:112) om ansvar för elektroniska anslagstavlor"
    act = {"kind": "legal_reference", "quote": cited, "value": "BBS-lagen", "identifier": "1998:112"}
    documents = build_all([{"municipality": "Ekby", "clauses": [{"text": f"Enligt {cited}", "values": [act]}]}])
    (row,) = state_references(documents, on=datetime.date(2026, 2, 1))
    assert row.note.startswith("Uppsiktsplikten gäller inte längre förmedlingstjänster")
    assert "Lagen gäller, men" in row.note
    assert note_of(row, "en").startswith("The duty of supervision no longer applies")
    (before,) = state_references(documents, on=datetime.date(2024, 11, 30))
    assert before.note.startswith("Lagen gäller, men")
