"""Passages that documents share."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.compare import lineage
from pipeline.compare.commonplaces import bits_shared
from pipeline.compare.lineage import trace_lineage
from pipeline.params import CompareSettings
from pipeline.records.holders import count_holders

EDITORS = "Varje förvaltning utser två redaktörer som turas om att läsa och besvara kommentarer på sidan under veckan."


TAKEN = [
    EDITORS,
    "Den som ansvarar för kontot sparar hotfulla inlägg med skärmbild innan de tas bort från sidan.",
    "Nya konton anmäls till kommunikationsavdelningen som för en förteckning över samtliga konton.",
]


def shared(build_all: Any, *documents: dict[str, Any]) -> list[tuple[str, str]]:
    found = trace_lineage(build_all(documents), CompareSettings()).rows
    return [(row.quote, row.other_quote) for row in found]


@pytest.mark.parametrize(
    "other",
    [
        EDITORS,
        "Varje enhet utser två redaktörer som turas om att läsa och bemöta kommentarer på sidan under hela veckan.",
        "Varje férvaltning utser tva redaktérer som turas om att lasa och besvara kommcntarer pa sidan under veckan.",
        "Varje förvaltning utser två\nredaktörer som turas om att läsa och besvara\nkommentarer på sidan under veckan.",
    ],
    ids=["the same", "reworded", "damaged", "other lines"],
)
def test_the_same_passage_is_found(other: str, build_all: Any) -> None:
    documents = [
        {"municipality": "Ekby", "clauses": ["Vi finns på Facebook.", EDITORS]},
        {"municipality": "Lindby", "clauses": [other, "Annat."]},
    ]
    assert shared(build_all, *documents) == [(EDITORS, other)]


def test_a_passage_inside_a_longer_sentence_is_cut_out(build_all: Any) -> None:
    longer = (
        "Efter samråd med den centrala ledningsgruppen och facken gäller följande ordning i hela koncernen. " + EDITORS
    )
    documents = [{"municipality": "Ekby", "clauses": [EDITORS]}, {"municipality": "Lindby", "clauses": [longer]}]
    ((one, other),) = shared(build_all, *documents)
    assert one == EDITORS
    assert len(other) < len(longer)
    assert other.startswith(("Varje förvaltning", ". Varje", "koncernen. Varje"))


@pytest.mark.parametrize(
    "other",
    [
        "Varje nämnd för en förteckning över sina konton och lämnar den till registrator varje år i januari.",
        "Sociala medier är en del av kommunens kommunikation.",
    ],
)
def test_other_sentences_are_not(other: str, build_all: Any) -> None:
    documents = [{"municipality": "Ekby", "clauses": [EDITORS]}, {"municipality": "Lindby", "clauses": [other]}]
    assert shared(build_all, *documents) == []


def test_repetition_inside_a_document_is_no_lineage(build_all: Any) -> None:
    assert shared(build_all, {"municipality": "Ekby", "clauses": [EDITORS, EDITORS]}) == []


def test_byte_copies_are_left_to_duplicate_of(build_all: Any) -> None:
    documents = [{"municipality": "Ekby", "clauses": [EDITORS]}, {"clauses": [EDITORS], "duplicate_of": "d0"}]
    assert shared(build_all, *documents) == []


@pytest.mark.parametrize(
    ("dates", "earlier"),
    [(("2010-01-01", "2020-01-01"), "d0"), (("2020-01-01", "2010-01-01"), "d1"), (("", "2010-01-01"), "")],
)
def test_who_was_first_is_told_by_the_dates(dates: tuple[str, str], earlier: str, build_all: Any) -> None:
    documents = [
        {"municipality": name, "adopted_date": day, "clauses": TAKEN} for name, day in zip("AB", dates, strict=True)
    ]
    rows = trace_lineage(build_all(documents), CompareSettings()).rows
    assert [row.earlier for row in rows] == [earlier] * len(TAKEN)


@pytest.mark.parametrize(("more", "earlier"), [("Annat.", ""), ("Texten bygger på den som Ekby har.", "d0")])
def test_of_one_sentence_the_date_alone_does_not_tell_who_was_first(more: str, earlier: str, build_all: Any) -> None:
    documents = [
        {"municipality": "Ekby", "adopted_date": "2010-01-01", "clauses": [EDITORS]},
        {"municipality": "Lindby", "adopted_date": "2020-01-01", "clauses": [EDITORS, more]},
    ]
    (row,) = trace_lineage(build_all(documents), CompareSettings()).rows
    assert row.earlier == earlier


def test_a_commonplace_is_no_lineage_but_several_passages_are(build_all: Any) -> None:
    common = "Inlägg och kommentarer på kommunens konton är allmänna handlingar."
    longer = "Kommunens inlägg och de kommentarer som lämnas på kommunens konton är i regel allmänna handlingar."
    ekby, lindby = {"municipality": "Ekby", "clauses": [common]}, {"municipality": "Lindby", "clauses": [longer]}
    assert shared(build_all, ekby, lindby) == []
    assert shared(build_all, ekby, {**ekby, "municipality": "Lindby"}) == [], "not even word for word"
    both = [{**document, "clauses": [*document["clauses"], EDITORS]} for document in (ekby, lindby)]
    assert len(shared(build_all, *both)) == 2, "beside a passage of their own it belongs to what was taken over"


def test_one_sentence_that_few_would_write_is_enough(build_all: Any) -> None:
    karlsborg = (
        "Det är alltid den ansvariga chefen som beslutar om verksamheten ska använda sig av sociala medier i sin "
        "kommunikation och på vilket sätt det ska ske."
    )
    kungsbacka = karlsborg.replace("alltid ", "").replace("beslutar om", "bedömer om")
    documents = [{"municipality": name, "clauses": [text]} for name, text in (("A", karlsborg), ("B", kungsbacka))]
    assert len(shared(build_all, *documents)) == 1


def test_what_is_rare_and_what_is_long_is_shared_in_more_bits() -> None:
    handlingar, redaktor = "kommentarer är allmänna handlingar", "kommentarer är svåra gåtor"
    assert bits_shared(handlingar, handlingar) < bits_shared(redaktor, redaktor)
    assert bits_shared(EDITORS, EDITORS) > bits_shared(EDITORS, EDITORS[:60])
    assert bits_shared(EDITORS, "Något helt annat.") == 0


def test_a_sentence_that_all_have_ties_them_in_a_chain(build_all: Any) -> None:
    documents = [{"municipality": f"M{n}", "clauses": [EDITORS]} for n in range(60)]
    assert len(trace_lineage(build_all(documents), CompareSettings()).rows) == 59


def test_offsets_are_those_of_the_texts(build_all: Any) -> None:
    documents = build_all(
        [
            {"municipality": "Ekby", "clauses": ["Först något annat.", EDITORS]},
            {"municipality": "Lindby", "clauses": [EDITORS]},
        ]
    )
    (row,) = trace_lineage(documents, CompareSettings()).rows
    texts = [d.outline.text for d in documents]
    assert texts[0][row.start : row.end] == row.quote
    assert texts[1][row.other_start : row.other_end] == row.other_quote


def test_of_too_many_each_document_keeps_its_strongest(build_all: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = build_all([{"municipality": f"M{n}", "clauses": TAKEN} for n in range(9)])
    every = trace_lineage(documents, CompareSettings())
    monkeypatch.setattr(lineage, "MANY", 3 * 36 - 1)
    monkeypatch.setattr(lineage, "STRONGEST", 3)
    bounded = trace_lineage(documents, CompareSettings())
    assert len(every.rows) == 3 * 36 and every.left_out == 0
    assert set(bounded.rows) < set(every.rows)
    assert len(bounded.rows) + bounded.left_out == len(every.rows)
    assert len(bounded.rows) <= 3 * 9
    for document in documents:
        name = document.source.document_id
        own = [row for row in bounded.rows if name in (row.document_id, row.other_document_id)]
        # First the best of each sentence, so that no long one crowds out the others.
        assert {row.quote for row in own} == set(TAKEN)


def test_the_bound_counts_what_it_leaves_out_only(build_all: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = build_all([{"municipality": f"M{n}", "clauses": TAKEN} for n in range(4)])
    every = trace_lineage(documents, CompareSettings())
    monkeypatch.setattr(lineage, "MANY", 0)
    assert trace_lineage(documents, CompareSettings()) == every


BY_LAW = {
    "the words of 6 § of the administrative procedure act": (
        "Av 6 § förvaltningslagen följer att kommunen ska lämna den enskilde sådan hjälp att han eller hon kan ta till "
        "vara sina intressen.",
        "Förvaltningslagen (2017:900) anger bland annat att en myndighet ska lämna den enskilde sådan hjälp att han "
        "eller hon kan ta till vara sina intressen.",
    ),
    "the crimes of 5 § of the act on bulletin boards": (
        "Vi tar bort meddelanden vars innehåll uppenbart är uppvigling, hets mot folkgrupp, barnpornografibrott eller "
        "olaga våldsskildring.",
        "Meddelanden vars innehåll uppenbart är olaga hot, uppvigling, hets mot folkgrupp, barnpornografibrott eller "
        "olaga våldsskildring ska avlägsnas.",
    ),
    "an act's title": (
        "Kraven följer av lagen (2018:1937) om tillgänglighet till digital offentlig service.",
        "Det följer av lagen (2018:1937) om tillgänglighet till digital offentlig service.",
    ),
    "the way to a page": (
        "Start / Kommun och politik / Press och kommunikation / Sociala medier / Regler för kommentarer",
        "Start / Kommun och politik / Press och kommunikation / Sociala medier / Regler för den som kommenterar",
    ),
}


@pytest.mark.parametrize("texts", BY_LAW.values(), ids=BY_LAW)
def test_what_everybody_has_from_the_same_place_is_no_reuse(texts: tuple[str, str], build_all: Any) -> None:
    """Not even beside a passage that was taken over."""
    documents = [{"municipality": name, "clauses": [text, EDITORS]} for name, text in zip("AB", texts, strict=True)]
    assert shared(build_all, *documents) == [(EDITORS, EDITORS)]


def test_what_several_hold_is_dated_by_nobody(build_all: Any) -> None:
    """All three may have it from a fourth: how many hold it is told instead."""
    documents = [
        {"municipality": name, "adopted_date": day, "clauses": TAKEN}
        for name, day in (("A", "2010-01-01"), ("B", "2015-01-01"), ("C", "2020-01-01"))
    ]
    rows = trace_lineage(build_all(documents), CompareSettings()).rows
    assert {row.earlier for row in rows} == {""}
    assert set(count_holders(rows)) == {3}
    documents[2]["clauses"] = [*TAKEN, "Texten bygger på den som Ekby har."]
    documents[0]["municipality"] = "Ekby"
    named = trace_lineage(build_all(documents), CompareSettings()).rows
    assert {row.earlier for row in named if {row.document_id, row.other_document_id} == {"d0", "d2"}} == {"d0"}
