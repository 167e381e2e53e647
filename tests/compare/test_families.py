"""Documents that share much of their text, and what changed from one to the next."""

from __future__ import annotations

from typing import Any

from pipeline.codebooks import load_codebook
from pipeline.compare import compare_requirements

EDITORS = "Varje förvaltning utser två redaktörer som turas om att läsa och besvara kommentarer på sidan under veckan."
PROFILE = (
    "Av sidans presentation ska det framgå vem som är avsändare och hur den som vill kan nå förvaltningen i övrigt."
)


def rule(text: str, requirement: str, **value: str) -> dict[str, Any]:
    return {"text": text, "topics": [requirement], "values": [value] if value else []}


def answer(time: str, value: str) -> dict[str, Any]:
    return rule(
        f"Frågor som ställs på sidan besvaras {time}", "response_time", kind="response_time", quote=time, value=value
    )


KEPT = rule(
    "Inlägg gallras efter två år", "retention", kind="retention", quote="gallras", value="gallras", period="P2Y"
)
EKBY = {"municipality": "Ekby", "adopted_date": "2012-01-01",
        "clauses": [EDITORS, PROFILE, answer("inom 24 timmar", "PT24H"), KEPT]}  # fmt: skip
LINDBY = {"municipality": "Lindby", "adopted_date": "2019-01-01",
          "clauses": [EDITORS, PROFILE, answer("inom 48 timmar", "PT48H")]}  # fmt: skip
ASBY = {
    "municipality": "Åsby",
    "adopted_date": "2015-01-01",
    "clauses": [EDITORS, *["Annat står här i stället." * 6] * 4],
}


def changes(build_all: Any, *documents: dict[str, Any]) -> list[tuple[str, ...]]:
    found = compare_requirements(build_all(documents), codebooks=(load_codebook("social_media"),))
    return [
        (row.municipality, row.other_municipality, row.requirement, row.change, row.before_text, row.after_text)
        for row in found.families
    ]


def test_what_changed_from_the_likely_source_is_told(build_all: Any) -> None:
    assert changes(build_all, LINDBY, EKBY, ASBY) == [
        ("Lindby", "Ekby", "response_time", "altered", "inom 24 timmar", "inom 48 timmar"),
        ("Lindby", "Ekby", "retention", "lost", "gallras efter 2 år", ""),
    ]


def test_the_order_of_files_tells_nothing(build_all: Any) -> None:
    assert changes(build_all, EKBY, LINDBY) == changes(build_all, LINDBY, EKBY)


def test_one_sentence_in_common_makes_no_family(build_all: Any) -> None:
    assert changes(build_all, EKBY, ASBY) == []


def test_the_same_words_are_no_change_however_they_were_understood(build_all: Any) -> None:
    understood = {**EKBY, "clauses": [EDITORS, rule(PROFILE, "application_before_start"), *EKBY["clauses"][2:]]}
    assert changes(build_all, understood, {**LINDBY, "clauses": [*LINDBY["clauses"], KEPT]}) == [
        ("Lindby", "Ekby", "response_time", "altered", "inom 24 timmar", "inom 48 timmar"),
    ]
