"""What became of cells since the last run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.compare import compare_requirements, find_changes
from pipeline.records.comparison import Cell


def cell(requirement: str, answer: str = "stated", value: str = "duty", municipality: str = "Ekby") -> Cell:
    return Cell(
        "social_media", requirement, "", "", municipality, answer, "must", value, "", "none", "", None, None, None, "",
        0.9, "unreviewed",
    )  # fmt: skip


def test_each_kind_of_change() -> None:
    before = [cell("tone"), cell("crisis", "silent", ""), cell("removal", value="P1D"), cell("secrecy"), cell("old")]
    after = [cell("tone", "silent", ""), cell("crisis"), cell("removal", value="P2D"), cell("secrecy"), cell("new")]
    changes = {c.requirement: (c.change, c.before, c.after) for c in find_changes(before, after)}
    assert changes == {
        "tone": ("lost", "stated: duty", "silent"),
        "crisis": ("gained", "silent", "stated: duty"),
        "removal": ("altered", "stated: P1D", "stated: P2D"),
        "old": ("gone", "stated: duty", ""),
        "new": ("added", "", "stated: duty"),
    }


def test_what_is_only_worded_otherwise_is_no_change() -> None:
    before = cell("tone")
    assert find_changes([before], [replace(before, quote="Annat", confidence=0.5, start=7)]) == ()


def test_what_the_document_in_force_says_otherwise_than_the_one_it_replaced(build_all: Any) -> None:
    answered = {"text": "Frågor ska besvaras inom 24 timmar", "topics": ["response_time"]}
    answered["values"] = [{"kind": "response_time", "quote": "inom 24 timmar", "value": "PT24H"}]
    later = {"text": "Frågor ska besvaras inom 48 timmar", "topics": ["response_time"]}
    later["values"] = [{"kind": "response_time", "quote": "inom 48 timmar", "value": "PT48H"}]
    about = {"municipality": "Ekby", "title": "Riktlinje för sociala medier", "document_type": "riktlinje"}
    kept = {"text": "Ersättare ska finnas", "topics": ["deputies"]}
    old = {**about, "adopted_date": "2015-01-01", "clauses": [answered, kept]}
    new = {**about, "adopted_date": "2021-01-01", "clauses": [later]}
    found = {row.requirement: row for row in compare_requirements(build_all([old, new])).versions}
    assert {name: (row.change, row.document_id, row.other_document_id) for name, row in found.items()} == {
        "response_time": ("altered", "d1", "d0"),
        "deputies": ("lost", "", "d0"),
    }
    assert ("PT24H" in found["response_time"].before, "PT48H" in found["response_time"].after) == (True, True)
    assert not compare_requirements(build_all([new])).versions
