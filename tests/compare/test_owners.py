"""Duties without an owner: what around a clause names one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.compare import compare_requirements

PASSIVE = {"text": "Frågor ska besvaras samma dag.", "duty": True}
LAID = {"text": "Redaktören ska läsa kommentarerna.", "duty": True, "actor": "Redaktören", "actor_group": "role"}
NAMED = "Redaktören är viktig."


def orphans(build: Any, *clauses: Any, paragraphs: tuple[int, ...] = (), kind: str = "", **about: Any) -> list[str]:
    document = build("d0", {"municipality": "Ekby", "clauses": clauses, **about})
    outline = document.outline
    units = outline.units
    if paragraphs:
        units = tuple(replace(u, paragraph=p) for u, p in zip(units, paragraphs, strict=True))
    if kind:
        units = tuple(replace(u, kind=kind) for u in units)
    document = replace(document, outline=replace(outline, units=units))
    return [f.quote for f in compare_requirements([document]).findings if f.kind == "orphan_duty"]


@pytest.mark.parametrize(
    ("text", "orphan"),
    [
        ("Frågor ska besvaras samma dag.", True),
        ("Frågor ska besvaras av ansvarig redaktör.", False),
        ("Arbetet leds av kommunens krisledningsorganisation.", False),
        ("Vid kris måste ni ha beredskap.", False),
        ("En skärmdump tas av varje konto.", True),
        ("I anvisningen används ordet konto även för grupper.", False),
        ("Frågor lämnas till redaktören samma dag.", True),
    ],
)
def test_the_sentence_may_name_the_owner(text: str, orphan: bool, build: Any) -> None:
    assert orphans(build, {"text": text, "duty": True}) == ([text] if orphan else [])


@pytest.mark.parametrize(
    ("before", "paragraphs", "orphan"),
    [
        ([LAID], (0, 0), False),
        ([LAID, "Lösenord är viktiga."], (0, 0, 0), False),
        ([LAID], (0, 1), True),
        ([NAMED], (0, 0), True),
        ([{**LAID, "actor_group": "public"}], (0, 0), True),
    ],
    ids=["the sentence before", "one further up", "another paragraph", "named without a duty", "the public"],
)
def test_who_must_act_by_the_sentence_before_goes_on(
    before: list[Any], paragraphs: tuple[int, ...], orphan: bool, build: Any
) -> None:
    assert orphans(build, *before, PASSIVE, paragraphs=paragraphs) == ([PASSIVE["text"]] if orphan else [])


def test_a_heading_may_name_the_owner(build: Any) -> None:
    assert orphans(build, PASSIVE, heading="Rutin för redaktörer") == []
    assert orphans(build, PASSIVE, heading="Svarstider") == [PASSIVE["text"]]


def test_definitions_and_tables_have_no_owner(build: Any) -> None:
    assert orphans(build, PASSIVE, section_kind="definitions") == []
    assert orphans(build, PASSIVE, kind="table_row") == []
    cell = {"text": "Gallras efter 2 år", "duty": True}
    assert orphans(build, "Inlägg av kommunen", cell, "Skärmdumpar") == []
    assert orphans(build, "Vi finns på Facebook.", cell, "Vi svarar.") == [cell["text"]]


@pytest.mark.parametrize(
    ("behind", "orphan"),
    [
        ("Beslutet fattas av kommunchefen.", False),
        ("Det gör redaktören varje morgon.", False),
        ("Om du är osäker kan du ringa.", False),
        ("Svaren är korta och vänliga.", True),
        ("Det är viktigt för invånarna.", True),
    ],
)
def test_the_sentence_behind_may_say_who(behind: str, orphan: bool, build: Any) -> None:
    assert orphans(build, PASSIVE, behind, paragraphs=(0, 0)) == ([PASSIVE["text"]] if orphan else [])
    assert orphans(build, PASSIVE, behind, paragraphs=(0, 1)) == [PASSIVE["text"]]


@pytest.mark.parametrize(
    ("beside", "orphan"),
    [
        ({"text": "Redaktören tar bort olämpliga inlägg", "topics": ["removal"], "actor": "redaktören",
          "actor_group": "role"}, False),
        ("Kontoansvarig – borttagning av olämpliga inlägg", False),
        ("Kontoansvarig: tar bort olämpliga inlägg och kommentarer", False),
        ("Kontoansvarig – besvarar frågor från allmänheten", True),
        ({"text": "Medarbetare tar bort olämpliga inlägg", "topics": ["removal"], "actor": "medarbetare",
          "actor_group": "staff"}, True),
    ],
)  # fmt: skip
def test_a_task_that_is_given_to_somebody_elsewhere_has_an_owner(beside: Any, orphan: bool, build: Any) -> None:
    removal = {"text": "Olämpliga inlägg ska tas bort.", "topics": ["removal"]}
    told = orphans(build, removal, beside, paragraphs=(0, 9))
    assert (removal["text"] in told) is orphan


def test_duties_of_one_question_are_one_finding_that_weighs_by_the_others(build: Any) -> None:
    def of(name: str, *clauses: Any) -> Any:
        return build(name, {"municipality": name, "clauses": clauses})

    first = {"text": "Olämpliga inlägg ska tas bort.", "topics": ["removal"]}
    second = {"text": "Kränkande inlägg ska tas bort genast.", "topics": ["removal"]}
    owned = {**first, "actor": "redaktören", "actor_group": "role", "text": "Redaktören ska ta bort inlägg."}
    (alone,) = [f for f in compare_requirements([of("Ekby", first)]).findings if f.kind == "orphan_duty"]
    weights = []
    for other in (owned, first):
        documents = [of("Ekby", first, second), of("Lindby", other)]
        (told,) = [
            f for f in compare_requirements(documents).findings
            if f.kind == "orphan_duty" and f.municipality == "Ekby"
        ]  # fmt: skip
        assert told.message_sv.endswith("Det gäller 1 ställe till i dokumentet.")
        assert told.message_en.endswith("The same holds in 1 more place.")
        weights.append(told.weight)
    assert weights[0] == alone.weight
    assert weights[1] < weights[0] / 2
