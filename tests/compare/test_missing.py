"""Documents that the folder lacks: which attachment is meant, and what a text builds on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.compare import compare_requirements
from pipeline.records.comparison import Finding


def lacking(documents: list[Any]) -> list[Finding]:
    return [f for f in compare_requirements(documents).findings if f.kind == "missing_attachment"]


def refer(text: str, *names: str) -> dict[str, Any]:
    return {"text": text, "values": [{"kind": "document_reference", "quote": n, "value": n} for n in names]}


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        (
            "Ansökan|Gallringsbeslut för inlägg på sociala medier",
            [
                ("Ansökan", "Bilagan saknas i mappen"),
                ("Gallringsbeslut för inlägg på sociala medier", "Svaret står i en bilaga som saknas i mappen"),
            ],
        ),
        ("Ansökan", [("Ansökan", "Bilagan saknas"), ("bilaga", "Svaret står i en bilaga som texten inte namnger")]),
    ],
)
def test_an_unnamed_attachment_is_the_listed_one_that_shares_words_with_the_question(
    listed: str, told: list[tuple[str, str]], build_all: Any
) -> None:
    kept = [{"kind": "retention", "quote": "gallras", "value": "gallras", "refers_to": "bilaga"}]
    clause = {"text": "När inlägg på sociala medier gallras framgår av bilaga", "topics": ["retention"], "values": kept}
    others = [f"Inlägg på sociala medier är viktiga för kommunen, del {n}." for n in range(4)]
    rules = {"municipality": "Ekby", "missing": listed, "clauses": [clause, *others]}
    found = sorted(lacking(build_all([rules])), key=lambda f: f.quote)
    assert [f.quote for f in found] == [title for title, _ in told]
    assert all(f.message_sv.startswith(words) for f, (_, words) in zip(found, told, strict=True))
    (cell,) = (c for c in compare_requirements(build_all([rules])).cells if c.requirement == "retention")
    named = told[-1][0] if told[-1][0] == "bilaga" else f"bilagan {told[-1][0]}"
    assert cell.value_text == f"enligt {named} (saknas i mappen)"
    attached = {"municipality": "Ekby", "title": "Gallringsbeslut för inlägg på sociala medier", "clauses": ["Text."]}
    (cell,) = (c for c in compare_requirements(build_all([rules, attached])).cells if c.requirement == "retention")
    assert ("saknas" in cell.value_text) is (named == "bilaga")


def test_a_number_names_the_attachment(build_all: Any) -> None:
    published = {"text": "Vad som får publiceras framgår av bilaga 2", "topics": ["prohibited_content"]}
    clauses = ["Mallen för ansökan finns i bilaga 1.", published]
    cells = compare_requirements(build_all([{"municipality": "Ekby", "clauses": clauses}])).cells
    assert [c.value for c in cells if c.requirement == "prohibited_content"] == ["bilaga 2"]


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        (
            refer("Anvisningen förtydligar Riktlinjer för kommunikation.", "Riktlinjer för kommunikation"),
            ["Riktlinjer för kommunikation"],
        ),
        (
            refer("Utdrag ur Dokumenthanteringsplan för Ekby, bilaga 4.", "Dokumenthanteringsplan för Ekby"),
            ["Dokumenthanteringsplan för Ekby, bilaga 4"],
        ),
        (refer("Övriga inlägg får gallras med stöd av nämndens gallringsplan.", "gallringsplan"), ["gallringsplan"]),
        (
            refer("Som komplement finns rutiner och praktisk vägledning för sociala medier."),
            ["rutiner och praktisk vägledning för sociala medier"],
        ),
        (refer("Därutöver finns en handbok för sociala medier på intranätet."), ["handbok för sociala medier"]),
        (
            refer(
                "Reglerna hittar du i Policy för Ekby och i Riktlinjer för extern kommunikation.",
                "Policy för Ekby och i Riktlinjer för extern kommunikation",
            ),
            ["Policy för Ekby", "Riktlinjer för extern kommunikation"],
        ),
        (
            refer(
                "Reglerna bygger på Riktlinjer för kommunikation samt Riktlinjer för extern kommunikation.",
                "Riktlinjer för kommunikation",
                "Riktlinjer för extern kommunikation",
            ),
            ["Riktlinjer för extern kommunikation", "Riktlinjer för kommunikation"],
        ),
        (refer("Anvisningen bygger på riktlinjer för kommunikation från 2018."), ["riktlinjer för kommunikation"]),
        (
            refer("Rutinen kompletterar stadens riktlinjer för extern kommunikation, som gäller alla."),
            ["riktlinjer för extern kommunikation"],
        ),
        (refer("Anvisningen förtydligar riktlinjerna för kommunikation."), ["riktlinjer för kommunikation"]),
        (refer("Stoppa allt. Se handboken för kriskommunikation."), ["handbok för kriskommunikation"]),
        (
            refer("I övrigt följs nämndens informationshanteringsplan.", "informationshanteringsplan"),
            ["informationshanteringsplan"],
        ),
        (
            refer("Reglerna är ett tillägg till informationssäkerhetspolicyn.", "informationssäkerhetspolicy"),
            ["informationssäkerhetspolicy"],
        ),
        (refer("Anvisning till kommunens kommunikationspolicy.", "kommunikationspolicy"), ["kommunikationspolicy"]),
        (refer("Det som alltid gäller står i uppförandekoden.", "uppförandekod"), ["uppförandekod"]),
        (
            refer("Inlägg får gallras enligt styrelsens gallringsbeslut 2014-05-06, § 88.", "gallringsbeslut"),
            ["gallringsbeslut 2014-05-06, § 88"],
        ),
        (refer("Medarbetare följer kommunens riktlinjer och rutiner."), []),
        (refer("Allt framgår av dessa riktlinjer för sociala medier."), []),
        (refer("I rutinerna för konton framgår vem som ansvarar."), []),  # the document itself
        (refer("Kommunen tog 2010 fram en handbok för sociala medier."), []),
        (refer("Förvaltningen arbetar med kommunens översiktsplan.", "översiktsplan"), []),
    ],
)
def test_documents_that_a_text_builds_on(clause: dict[str, Any], told: list[str], build_all: Any) -> None:
    found = lacking(build_all([{"municipality": "Ekby", "title": "Rutin för konton", "clauses": [clause]}]))
    assert sorted(f.quote for f in found) == told
    assert all(f.other_quote == clause["text"] for f in found)


def test_the_full_title_takes_in_the_short_one_wherever_each_stands(build_all: Any) -> None:
    short = refer("All kommunikation ska följa kommunikationspolicyn.", "kommunikationspolicy")
    full = refer("Som komplement finns Kommunikationspolicy för Ekby.", "Kommunikationspolicy för Ekby")
    documents = build_all([{"municipality": "Ekby", "title": "Regler", "clauses": [short, full]}])
    values = tuple(replace(v, value=v.quote or "kommunikationspolicy") for v in documents[0].extraction.values)
    documents[0] = replace(documents[0], extraction=replace(documents[0].extraction, values=values))
    assert [f.quote for f in lacking(documents)] == ["Kommunikationspolicy för Ekby"]


def test_a_document_that_two_places_of_a_file_need_is_not_said_to_be_needed_in_two_files(build_all: Any) -> None:
    clauses = [
        refer("Språket ska följa kommunens kommunikationspolicy.", "kommunikationspolicy"),
        refer("Som komplement finns Kommunikationspolicy för Ekby.", "Kommunikationspolicy för Ekby"),
    ]
    (found,) = lacking(build_all([{"municipality": "Ekby", "title": "Regler", "clauses": clauses}]))
    assert "Hänvisningarna står" not in found.message_sv
