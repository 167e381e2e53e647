"""People's decisions on cells, and what follows from them."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.compare import compare_requirements
from pipeline.records.decision import AnchoredDecision, Decision


def decision(field: str, verdict: str, new_value: str = "", date: str = "2026-01-01") -> AnchoredDecision:
    row = Decision(f"{field}-{date}", "cell", field, "", "", "", "", None, verdict, new_value, "AB", date, "")
    return AnchoredDecision(row, "", 0, 0)


def documents(build_all: Any) -> Any:
    def rule(municipality: str, value: str) -> dict[str, Any]:
        values = [{"kind": "response_time", "quote": "inom", "value": value}]
        return {
            "municipality": municipality,
            "clauses": [{"text": f"Svar ges inom {value}", "topics": ["response_time"], "values": values}],
        }

    return build_all([rule("Ekby", "P1D"), rule("Lindby", "P2D")])


@pytest.mark.parametrize(
    ("verdict", "new_value", "answer", "value", "review"),
    [
        ("accept", "", "stated", "P1D", "accepted"),
        ("change", "PT2H weekdays", "stated", "PT2H weekdays", "changed"),
        ("change", "silent", "silent", "", "changed"),
        ("change", "delegated: rutin för kundcenter", "delegated", "rutin för kundcenter", "changed"),
        ("reject", "", "silent", "", "rejected"),
    ],
)
def test_decision_changes_the_cell(
    verdict: str, new_value: str, answer: str, value: str, review: str, build_all: Any
) -> None:
    made = [decision("response_time|Ekby", verdict, new_value)]
    cells = compare_requirements(documents(build_all), decisions=made).cells
    cell = next(c for c in cells if (c.requirement, c.municipality) == ("response_time", "Ekby"))
    assert (cell.answer, cell.value, cell.review, cell.confidence) == (answer, value, review, 1.0)


@pytest.mark.parametrize(
    ("new_value", "modality", "value", "text"),
    [
        ("may", "may", "P1D", "inom 1 dag"),
        ("should: PT24H weekdays", "should", "PT24H weekdays", "inom 24 timmar på vardagar"),
        ("delegated: rutin", "must", "rutin", "enligt rutin"),
        ("stated_negatively", "must", "", "krävs inte"),
    ],
)
def test_a_decided_cell_is_said_as_a_found_one(
    new_value: str, modality: str, value: str, text: str, build_all: Any
) -> None:
    made = [decision("response_time|Ekby", "change", new_value)]
    cells = compare_requirements(documents(build_all), decisions=made).cells
    cell = next(c for c in cells if (c.requirement, c.municipality) == ("response_time", "Ekby"))
    assert (cell.modality, cell.value, cell.value_text) == (modality, value, text)


def test_relations_statistics_and_gaps_follow_the_decision(build_all: Any) -> None:
    before = compare_requirements(documents(build_all))
    after = compare_requirements(documents(build_all), decisions=[decision("response_time|Ekby", "change", "P1W")])

    def relation(comparison: Any) -> list[str]:
        return [
            r.relation for r in comparison.relations if (r.municipality, r.requirement) == ("Ekby", "response_time")
        ]

    assert (relation(before), relation(after)) == (["stricter"], ["laxer"])
    rejected = compare_requirements(documents(build_all), decisions=[decision("response_time|Ekby", "reject")])
    counts = {s.measure: s.count for s in rejected.statistics if s.requirement == "response_time"}
    assert (counts["stated"], counts["silent"]) == (1, 1)
    assert [f.municipality for f in rejected.findings if (f.kind, f.requirement) == ("gap", "response_time")] == [
        "Ekby"
    ]


def test_the_later_decision_holds(build_all: Any) -> None:
    made = [
        decision("response_time|Ekby", "change", "P3D", "2026-03-01"),
        decision("response_time|Ekby", "change", "P2D", "2026-02-01"),
    ]
    cells = compare_requirements(documents(build_all), decisions=made).cells
    assert next(c.value for c in cells if (c.requirement, c.municipality) == ("response_time", "Ekby")) == "P3D"


def test_what_stands_behind_the_rule_stays_behind_it(build_all: Any) -> None:
    def clause(text: str, value: str) -> dict[str, Any]:
        values = [{"kind": "response_time", "quote": "inom", "value": value, "of": "answer"}]
        return {"text": text, "topics": ["response_time"], "values": values}

    own = [clause("Svar ges inom en dag", "P1D"), clause("I kris ges svar inom en timme", "PT1H")]
    given = build_all([{"municipality": "Ekby", "clauses": own}])
    for new_value, said in (
        ("PT1H|PT24H", "inom 24 timmar (i kris inom 1 timme)"),
        ("PT1H", "inom 1 timme"),
        ("P2D", "inom 2 dagar"),
    ):
        cells = compare_requirements(given, decisions=[decision("response_time|Ekby", "change", new_value)]).cells
        assert next(c for c in cells if c.requirement == "response_time").value_text == said
