"""An answer that several documents give together says which of them says what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.report.details import municipality_part
from pipeline.report.sources import cell_sources, say_sources
from pipeline.report.summary import summary_part
from pipeline.swedish.texts import load_texts
from tests.report.sample import drafts


def joined(contents: Any) -> Any:
    """The sample, with Ålbyn's document as a local rule of Ekvik: two reply times in one cell."""
    other = drafts()[1]
    cells = tuple(
        replace(c, value="PT24H weekdays|PT48H") if (c.requirement, c.municipality) == ("response_time", "Ekvik") else c
        for c in contents.comparison.cells
    )
    row = next(e for e in contents.comparison.evidence if e.requirement == "response_time" and e.relation == "supports")
    start, end = other.span("Frågor ska besvaras inom 48 timmar")
    added = replace(
        row, municipality="Ekvik", document_id=other.id, start=start, end=end, requirement_id="", value_id=""
    )
    evidence = (*contents.comparison.evidence, added)
    return replace(contents, comparison=replace(contents.comparison, cells=cells, evidence=evidence))


def test_each_value_stands_with_its_document(contents: Any) -> None:
    both = joined(contents)
    (book, requirement) = next(r for r in both.requirements if r[1].id == "response_time")
    cell = both.cells[book.id, "response_time", "Ekvik"]
    assert [(s.title, s.values) for s in cell_sources(both, cell, requirement)] == [
        ("Riktlinjer för sociala medier i Ekviks kommun", ("PT24H weekdays",)),
        ("Policy för sociala medier", ("PT48H",)),
    ]
    said = say_sources(both, cell, requirement, load_texts("sv")).split("\n")
    assert said[0].startswith("inom 24 timmar (vardagar): Riktlinjer") and said[0].endswith("(••••• •••••)")
    assert said[1] == "inom 48 timmar: Policy för sociala medier"
    shown = municipality_part(both, "Ekvik")["cells"]["response_time"]["sources"]
    assert [s["en"] for s in shown] == ["within 24 hours (weekdays)", "within 48 hours"]
    row = next(r for r in summary_part(both)["requirements"] if r["id"] == "response_time")
    assert row["documents"] == [2, 0, 0]


def test_one_document_needs_no_list(contents: Any) -> None:
    book, _ = contents.requirements[0]
    assert all(
        not cell_sources(contents, contents.cells[book.id, r.id, m], r)
        for _, r in contents.requirements
        for m in contents.municipalities
    )
