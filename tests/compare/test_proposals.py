"""Requirements that fit nowhere in the codebook."""

from __future__ import annotations

from typing import Any

from pipeline.compare import compare_requirements

LIVE = "Direktsändningar på Facebook ska godkännas av kommunikationschefen"


def duty(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "duty": True, **more}


def groups(build_all: Any, *documents: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in compare_requirements(build_all(documents)).proposed:
        found.setdefault(row.proposal, []).append(row.quote)
    return found


def test_like_requirements_make_one_group(build_all: Any) -> None:
    other = "Alla direktsändningar på Facebook ska i förväg godkännas av kommunikationschefen"
    found = groups(
        build_all,
        {"municipality": "Ekby", "clauses": [duty(LIVE), duty("Pensionärer ska erbjudas kurser i datorvana")]},
        {"municipality": "Lindby", "clauses": [duty(other)]},
    )
    assert sorted(sorted(quotes) for quotes in found.values()) == sorted(
        [sorted([LIVE, other]), ["Pensionärer ska erbjudas kurser i datorvana"]]
    )


def test_what_has_a_topic_or_is_only_proposed_or_for_the_public_is_left_out(build_all: Any) -> None:
    clauses = [
        duty(LIVE, topics=["crisis"]),
        duty(LIVE, status="proposed"),
        duty("Håll god ton mot andra besökare", actor_group="public"),
    ]
    assert groups(build_all, {"municipality": "Ekby", "clauses": clauses}) == {}


def test_groups_have_the_same_ids_whatever_the_order(build_all: Any) -> None:
    documents = build_all([{"municipality": name, "clauses": [duty(LIVE)]} for name in ("Ekby", "Lindby")])
    assert compare_requirements(documents).proposed == compare_requirements(documents[::-1]).proposed


def labels(build_all: Any, *documents: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(row.label for row in compare_requirements(build_all(documents)).proposed))


def test_labels_are_nouns_and_say_which_groups_are_of_one_municipality(build_all: Any) -> None:
    alone = "Pensionärer ska alltid erbjudas kurser enligt dessa planer"
    clauses = [duty(alone), duty(LIVE)]
    told = labels(
        build_all, {"municipality": "Ekby", "clauses": clauses}, {"municipality": "By", "clauses": [duty(LIVE)]}
    )
    assert told == ["direktsändningar, kommunikationschefen", "kurser, pensionärer, planer (endast Ekby)"]


def test_what_is_no_rule_or_has_no_subject_is_not_proposed(build_all: Any) -> None:
    clauses = [
        duty("I anvisningen används ordet konto även för grupper"),
        duty("I budgeten återfinns vår vision och styrmodellen"),
        duty("Den vänder sig till chefer som publicerar"),
        duty("förväntas agera därefter"),
        duty("De ska bytas två gånger om året"),
    ]
    assert groups(build_all, {"municipality": "Ekby", "clauses": clauses}) == {}
    defined = {"municipality": "Ekby", "clauses": [duty(LIVE)], "section_kind": "definitions"}
    assert groups(build_all, defined) == {}


def test_clauses_that_share_only_what_all_texts_are_full_of_are_not_alike(build_all: Any) -> None:
    one = "Pensionärer i kommunen ska erbjudas kurser i sociala medier"
    other = "Chefen i kommunen ska lämna underlag om sociala medier"
    found = groups(build_all, *({"municipality": t[:3], "clauses": [duty(t)]} for t in (one, other)))
    assert len(found) == 2
