"""What became of cells since the last run."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from pipeline.compare import compare_requirements, find_changes
from pipeline.compare.precedence import judge_standings
from pipeline.params import CompareSettings
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
    told = {row.document_id: row.message for row in compare_requirements(build_all([old, new])).documents}
    assert ("ersatts" in told["d0"], told["d1"]) == (True, "")


OLD = {"municipality": "Ekby", "title": "Riktlinjer för sociala medier i Ekby kommun", "document_type": "riktlinje",
       "adopted_date": "2010-09-15"}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "supersedes", "replaced"),
    [
        ("Riktlinjer för sociala medier", "Riktlinjer för sociala medier i Ekby kommun från 2010", True),
        ("Riktlinjer för dialog i sociala kanaler, Ekby kommun", "tidigare riktlinjer från 2010", True),
        ("Riktlinjer för dialog i sociala kanaler, Ekby kommun", "tidigare riktlinjer från 2004", False),
        ("Riktlinjer för användning av sociala medier", "", True),
        ("Riktlinjer för kommunens e-post", "", False),
        ("Riktlinjer för dialog i sociala kanaler", "Regler för e-post", False),
    ],
)
def test_which_document_replaces_another(title: str, supersedes: str, replaced: bool, build_all: Any) -> None:
    said = {"title": title, "supersedes": supersedes, "adopted_date": "2023-06-20"}
    found = judge_standings(build_all([OLD, {**OLD, **said}]), on=datetime.date(2026, 1, 1))
    assert [found["d0"], found["d1"]] == ["superseded" if replaced else "in_force", "in_force"]


def test_an_attachment_that_is_pointed_to_and_not_there_is_told_once(build_all: Any) -> None:
    text = {"text": "Svarstider framgår av bilaga 1.", "topics": []}
    about = {"municipality": "Ekby", "title": "Riktlinje för sociala medier", "document_type": "riktlinje"}
    comparison = compare_requirements(build_all([{**about, "clauses": [text]}]))
    cell = next(c for c in comparison.cells if c.requirement == "response_time")
    told = [f.quote for f in comparison.findings if f.kind == "missing_attachment"]
    assert (cell.answer, cell.value, told) == ("delegated", "bilaga 1", ["bilaga 1"])


@pytest.mark.parametrize(
    ("until", "said"), [("2022-12-31", "Giltighetstiden gick ut 2022-12-31"), ("2031-12-31", ""), ("tills vidare", "")]
)
def test_a_term_that_has_ended_is_told_where_nothing_replaces_the_document(
    until: str, said: str, build_all: Any
) -> None:
    given = {**OLD, "valid_until": until, "clauses": [{"text": "Svar ges inom en dag", "topics": ["response_time"]}]}
    comparison = compare_requirements(build_all([given]), settings=CompareSettings(date=datetime.date(2026, 1, 1)))
    assert comparison.documents[0].message.startswith(said)
    assert bool(comparison.documents[0].message) == bool(said)
    assert next(c.answer for c in comparison.cells if c.requirement == "response_time") == "stated"


def test_what_only_a_document_with_an_ended_term_says_counts_where_nothing_came_in_its_place(build_all: Any) -> None:
    answered = {"text": "Frågor ska besvaras inom 24 timmar", "topics": ["response_time"]}
    kept = {"text": "Ersättare ska finnas", "topics": ["deputies"]}
    ended = {**OLD, "valid_until": "2022-12-31", "clauses": [answered, kept]}
    page = {"municipality": "Ekby", "title": "Så kommenterar du hos oss", "adopted_date": "2024-01-01"}
    page["clauses"] = [{"text": "Vi svarar dig vardagar", "topics": ["response_time"]}]
    settings = CompareSettings(date=datetime.date(2026, 1, 1))
    cells = {c.requirement: c for c in compare_requirements(build_all([ended, page]), settings=settings).cells}
    said = [(cells[name].answer, cells[name].document_id) for name in ("response_time", "deputies", "tone")]
    assert said == [("stated", "d1"), ("stated", "d0"), ("silent", "")]
    replacing = {**page, "supersedes": OLD["title"], "title": OLD["title"]}
    cells = {c.requirement: c for c in compare_requirements(build_all([ended, replacing]), settings=settings).cells}
    assert [cells[name].answer for name in ("response_time", "deputies")] == ["stated", "silent"]
