"""What lacks: each hole once, measured against documents of the same kind, shown by a passage that tells."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from pipeline.codebooks import list_codebooks, load_codebook
from pipeline.compare import compare_requirements
from pipeline.compare.examples import is_whole
from pipeline.records.comparison import Finding
from pipeline.trees import parse_tree
from pipeline.wording import PRINCIPLES, PUBLIC, asked_of, asked_of_part
from pipeline.wording.audiences import PATH

REMOVAL = {"text": "Kommunikatören tar bort otillåtna inlägg", "topics": ["removal"], "actor": "kommunikatören",
           "actor_group": "role"}  # fmt: skip
LOG_IN = {"text": "Medarbetare loggar in med två faktorer", "topics": ["credentials"], "actor": "medarbetare",
          "actor_group": "staff"}  # fmt: skip
POLITE = {"text": "Visa respekt när du kommenterar", "topics": ["tone"], "actor_group": "public"}
SAVED = {"text": "Vi sparar det som tas bort i sex månader", "topics": ["saving_before_removal"]}

ALBY = {"municipality": "Alby", "heading": "Principer"}


def findings(build_all: Any, *documents: dict[str, Any]) -> tuple[Finding, ...]:
    return compare_requirements(build_all(documents)).findings


def lacking(found: tuple[Finding, ...], municipality: str) -> set[str]:
    return {f.requirement for f in found if f.kind in ("gap", "missing_step") and f.municipality == municipality}


def test_one_hole_is_one_finding_that_names_the_act_and_weighs_what_the_heavier_would(build_all: Any) -> None:
    rules = [{"municipality": name, "clauses": [REMOVAL, SAVED]} for name in ("Ekby", "Lindby")]
    found = findings(build_all, *rules, {"municipality": "Alby", "clauses": [REMOVAL]})
    holes = Counter((f.requirement, f.municipality) for f in found if f.kind in ("gap", "missing_step"))
    assert set(holes.values()) == {1}
    (step,) = [f for f in found if (f.requirement, f.municipality) == ("saving_before_removal", "Alby")]
    assert step.kind == "missing_step"
    assert step.weight == 0.75, "what the act asks for weighs more than what the others have"


def test_that_the_only_other_one_says_something_is_no_custom(build_all: Any) -> None:
    posts = {"text": "Varje konto uppdateras varje vecka", "topics": ["posting_frequency"]}
    others = [{"municipality": name, "clauses": [posts]} for name in ("Ekby", "Lindby")]
    alone, among = (
        next(f.weight for f in findings(build_all, *some, ALBY) if f.requirement == "posting_frequency")
        for some in (others[:1], others)
    )
    assert alone < among * 0.6


def test_a_step_that_others_have_names_the_act_that_asks_for_it(build_all: Any) -> None:
    steps = ["monitoring", "response_time", "registration"]
    clauses = [{"text": f"Krav {step}", "topics": [step]} for step in steps]
    whole = [{"municipality": name, "clauses": clauses} for name in ("Ekby", "Lindby", "Alby")]
    found = findings(build_all, *whole, {"municipality": "Falby", "clauses": clauses[:2]})
    (step,) = [f for f in found if (f.requirement, f.municipality) == ("registration", "Falby")]
    assert "Offentlighets- och sekretesslag (2009:400) 5 kap. 1 §" in step.message_sv


def test_rules_for_the_public_lack_nothing_that_only_staff_need(build_all: Any) -> None:
    staff = [{"municipality": name, "clauses": [REMOVAL, LOG_IN]} for name in ("Ekby", "Lindby")]
    public = {"municipality": "Alby", "title": "Kommunen i sociala medier", "clauses": [POLITE]}
    found = findings(build_all, *staff, public)
    assert "credentials" not in lacking(found, "Alby")
    assert "removal" in lacking(found, "Alby"), "an act asks for it of rules for the public too"
    (told,) = [f for f in found if f.kind == "missing_attachment"]
    assert (told.municipality, told.document_id) == ("Alby", "d2")
    assert told.message_sv.startswith("Mappen har bara kommunens regler för allmänheten.")


def test_rules_for_the_public_count_in_no_gap_of_guidelines(build_all: Any) -> None:
    public = [{"municipality": name, "clauses": [POLITE, SAVED]} for name in ("Ekby", "Lindby")]
    staff = [{"municipality": "Alby", "clauses": [LOG_IN]}, {"municipality": "Falby", "clauses": [LOG_IN]}]
    found = findings(build_all, *public, *staff)
    (gap,) = [f for f in found if (f.requirement, f.municipality) == ("saving_before_removal", "Alby")]
    assert "ingen annan tar upp det" in gap.message_sv


def test_one_document_for_the_staff_makes_the_municipality_comparable(build_all: Any) -> None:
    others = [{"municipality": name, "clauses": [LOG_IN]} for name in ("Ekby", "Lindby")]
    public = {"municipality": "Alby", "title": "Kommentarsregler", "clauses": [POLITE]}
    staff = {"municipality": "Alby", "title": "Rutin för redaktörer", "clauses": [REMOVAL]}
    found = findings(build_all, *others, public, staff)
    assert "credentials" in lacking(found, "Alby")
    assert not [f for f in found if f.kind == "missing_attachment"]


@pytest.mark.parametrize(
    ("title", "sentence", "alone"),
    [
        ("Policy för sociala medier", "Policyn kompletteras med riktlinjer.", True),
        ("Policy för sociala medier", "Handlingar gallras. Riktlinjerna beskriver hur det går till.", True),
        ("Policy och riktlinjer för sociala medier", "Policyn kompletteras med rutiner.", False),
        ("Policy för sociala medier", "Kommunen finns på Facebook.", False),
    ],
)
def test_a_policy_that_leaves_its_rules_to_guidelines_lacks_these_alone(
    title: str, sentence: str, alone: bool, build_all: Any
) -> None:
    staff = [{"municipality": name, "clauses": [LOG_IN]} for name in ("Ekby", "Lindby")]
    found = findings(build_all, *staff, {**ALBY, "title": title, "clauses": [sentence]})
    told = [f.other_quote for f in found if f.kind == "missing_attachment"]
    assert told == ([sentence] if alone else [])
    assert ("credentials" in lacking(found, "Alby")) is not alone


READ_TO = [
    "Hör av dig till oss om du undrar något.", "Din kommentar kan läsas av många.", "Du når oss på vardagar.",
]  # fmt: skip
OF_STAFF = ["Redaktören läser kommentarerna.", "Chefen utser redaktörer.", "Medarbetare loggar in.", "Enheten svarar."]


@pytest.mark.parametrize(
    ("clauses", "public"),
    [
        (READ_TO, True),
        ([*READ_TO, OF_STAFF[0]], True),
        ([*READ_TO, *OF_STAFF], False),
        (OF_STAFF, False),
        ([*READ_TO, *OF_STAFF[:2], *["Kommunen finns på Facebook."] * 40], False),
        (["Du loggar in med ditt kort.", "Du tar en skärmdump.", "Prata med din chef."], False),
    ],
    ids=[
        "to the public alone",
        "staff is named",
        "mostly of staff",
        "of staff alone",
        "a few words in a long text",
        "du",
    ],
)
def test_a_page_for_visitors_is_known_by_its_sentences(clauses: list[str], public: bool, build_all: Any) -> None:
    found = findings(build_all, {"municipality": "Ekby", "title": "Sociala medier", "clauses": clauses})
    assert any("regler för allmänheten" in f.message_sv for f in found if f.kind == "missing_attachment") is public


def test_a_policy_with_a_chapter_of_rules_is_compared_as_guidelines(build_all: Any) -> None:
    policy = {**ALBY, "title": "Policy", "clauses": ["Policyn kompletteras med riktlinjer."]}
    assert [f.quote for f in findings(build_all, policy) if f.kind == "missing_attachment"] == ["riktlinjer"]
    whole = findings(build_all, {**policy, "heading": "Del B. Anvisningar"})
    assert not [f for f in whole if f.kind == "missing_attachment"]


def test_questions_of_an_audience_are_harmonised_requirements() -> None:
    content = parse_tree(PATH.read_text("utf-8"))
    for audience in (PUBLIC, PRINCIPLES):
        for name, questions in content[audience].items():
            assert name in list_codebooks()
            assert set(questions) <= {entry.id for entry in load_codebook(name).requirements}


@pytest.mark.parametrize(
    ("quote", "whole"),
    [
        ("Redaktören hänvisar den som har ett ärende till kundtjänst", True),
        ("Den ansvariga chefen beslutar om konton i sociala medier", True),
        ("som har rätt att stänga konton", False),
        ("De får inte använda kommunens vapen", False),
        ("registreras", False),
        ("I texten ska det framgå att kommunen inte tillåter inlägg som", False),
    ],
)
def test_a_passage_that_can_be_read_alone(quote: str, whole: bool) -> None:
    assert is_whole(quote) is whole


def test_the_example_is_a_whole_clause_with_a_value(build_all: Any) -> None:
    def answer(text: str, value: str = "") -> dict[str, Any]:
        values = [{"kind": "response_time", "quote": "inom", "value": value}] if value else []
        return {"municipality": text[:3], "clauses": [{"text": text, "topics": ["response_time"], "values": values}]}

    telling = "Frågor ska besvaras av redaktören inom två dagar"
    documents = [answer("som besvarar frågor inom två dagar", "P2D"), answer("Alla frågor ska besvaras av redaktören")]
    found = findings(build_all, *documents, answer(telling, "P2D"), {"municipality": "Cby", "clauses": ["Text."]})
    (gap,) = [f for f in found if (f.kind, f.requirement) == ("gap", "response_time")]
    assert (gap.other_quote, gap.message_sv[-21:]) == (telling, "Exemplet är från Frå.")
    nameless = {**answer(telling, "P2D"), "municipality": ""}
    found = findings(build_all, *documents, nameless, {"municipality": "Cby", "clauses": ["Text."]})
    (gap,) = [f for f in found if (f.kind, f.requirement, f.municipality) == ("gap", "response_time", "Cby")]
    assert gap.message_sv.endswith(" Exemplet är från d2.txt, vars kommun är okänd.")


def test_examples_come_from_different_municipalities(build_all: Any) -> None:
    clauses = [
        {"text": "Det ska finnas en ersättare för varje redaktör", "topics": ["deputies"]},
        {"text": "Kontot ska följa kommunens grafiska profil", "topics": ["graphic_profile"]},
    ]
    rules = [{"municipality": name, "clauses": clauses} for name in ("Ekby", "Lindby")]
    found = findings(build_all, *rules, {"municipality": "Alby", "clauses": ["Text."]})
    asked = ("deputies", "graphic_profile")
    shown = [f for f in found if (f.kind, f.municipality) == ("gap", "Alby") and f.requirement in asked]
    assert sorted(f.message_sv.rsplit(" ", 1)[1] for f in shown) == ["Ekby.", "Lindby."]


def test_where_nobody_states_it_a_reference_to_another_document_is_shown(build_all: Any) -> None:
    kept = [{"kind": "retention", "quote": "gallras", "value": "gallras", "refers_to": "dokumenthanteringsplan"}]
    clause = {"text": "Inlägg gallras enligt dokumenthanteringsplanen", "topics": ["retention"], "values": kept}
    ekby, alby = {"municipality": "Ekby", "clauses": [clause]}, {"municipality": "Alby", "clauses": ["Text."]}
    found = findings(build_all, ekby, alby)
    (gap,) = [f for f in found if (f.kind, f.requirement) == ("gap", "retention")]
    assert gap.other_quote == clause["text"]


OUTDATED = {
    "text": "Personuppgifter ska behandlas enligt personuppgiftslagen (1998:204)", "topics": ["personal_data"],
    "values": [{"kind": "legal_reference", "quote": "personuppgiftslagen (1998:204)", "value": "PUL",
                "identifier": "1998:204"}],
}  # fmt: skip
HOLDING = {
    "text": "Personuppgifter får inte publiceras utan stöd i dataskyddsförordningen",
    "topics": ["personal_data"],
}


@pytest.mark.parametrize(("others", "shown"), [([OUTDATED, HOLDING], HOLDING["text"]), ([OUTDATED, OUTDATED], "")])
def test_no_example_rests_on_a_repealed_act(others: list[Any], shown: str, build_all: Any) -> None:
    rules = [{"municipality": f"{name}by", "clauses": [clause]} for name, clause in zip("EL", others, strict=True)]
    found = findings(build_all, *rules, {"municipality": "Alby", "clauses": ["Text."]})
    (gap,) = [f for f in found if (f.requirement, f.municipality) == ("personal_data", "Alby")]
    assert gap.other_quote == shown
    assert ("Exemplet är från" in gap.message_sv) is bool(shown)


@pytest.mark.parametrize(
    ("text", "shown"), [("Lösenord ska bytas när någon slutar", True), ("Krav credentials", False)]
)
def test_no_example_is_a_doubtful_answer(text: str, shown: bool, build_all: Any) -> None:
    rules = [{"municipality": m, "clauses": [{"text": text, "topics": ["credentials"]}]} for m in ("Ekby", "Lindby")]
    found = findings(build_all, *rules, {"municipality": "Alby", "clauses": ["Text."]})
    (gap,) = [f for f in found if (f.requirement, f.municipality) == ("credentials", "Alby")]
    assert bool(gap.other_quote) is shown


def test_what_only_custom_asks_for_weighs_less_than_what_is_wrong(build_all: Any) -> None:
    rules = [{"municipality": name, "clauses": [OUTDATED, REMOVAL, LOG_IN]} for name in ("Ekby", "Lindby", "Norby")]
    found = findings(build_all, *rules, {"municipality": "Alby", "valid_until": "2024-03-31", "clauses": ["Text."]})
    holes = [f.weight for f in found if f.kind in ("gap", "missing_step")]
    assert holes
    assert max(holes) < min(f.weight for f in found if f.kind in ("stale_law", "stale_name"))


@pytest.mark.parametrize(
    ("title", "sentence", "part"),
    [
        ("Anvisning för hantering av allmänna handlingar i sociala medier", "Kommunen finns på Facebook.", True),
        ("Gallring av inlägg i sociala medier", "Kommunen finns på Facebook.", True),
        ("Anvisning om sociala medier", "Anvisningen handlar bara om handlingarna.", True),
        ("Rutin för konton", "Rutinen kompletterar stadens riktlinjer för sociala medier.", True),
        ("Rutin för redaktörer", "Den ersätter inte riktlinjerna utan är ett stöd i vardagen.", True),
        ("Rutin för konton", "Rutinen kompletterar Riktlinjer för kommunikation.", False),
        ("Riktlinjer för sociala medier", "Riktlinjerna förtydligar reglerna för sociala medier.", False),
        ("Riktlinjer för användning och arkivering av sociala medier", "Kommunen finns på Facebook.", False),
        ("Rutin för konton", "Sociala medier ersätter inte kommunens webbplats.", False),
    ],
)
def test_a_document_on_some_of_the_questions_lacks_nothing_of_the_others(
    title: str, sentence: str, part: bool, build_all: Any
) -> None:
    staff = [{"municipality": name, "clauses": [LOG_IN]} for name in ("Ekby", "Lindby")]
    found = findings(build_all, *staff, {**ALBY, "title": title, "clauses": [sentence, REMOVAL]})
    assert ("credentials" in lacking(found, "Alby")) is not part
    assert any(f.message_sv.startswith("Mappen har av kommunen bara ett dokument om en del") for f in found) is part


def test_a_document_on_some_of_the_questions_is_asked_what_it_takes_up() -> None:
    book = load_codebook("social_media")
    moderation = {entry.id for entry in book.requirements if entry.group == "moderation"}
    assert asked_of_part(book, moderation - {"blocking_users"}) == moderation
    assert asked_of_part(book, {"removal", "public_records"}) == frozenset()


def test_a_page_for_the_public_is_itself_what_the_public_is_told() -> None:
    assert "information_text" not in asked_of(PUBLIC, load_codebook("social_media"))


def test_questions_that_another_document_is_said_to_treat_are_left_to_it(build_all: Any) -> None:
    text = (
        "Anvisningen kompletterar Riktlinjer för sociala medier (KF 2015-11-30, § 152) i vilka övriga frågor "
        "behandlas, såsom svarstider och lösenord."
    )
    compared = compare_requirements(build_all([{**ALBY, "clauses": [text, REMOVAL]}]))
    left = {c.requirement: c.value for c in compared.cells if c.answer == "delegated"}
    assert left["response_time"] == "Riktlinjer för sociala medier"
    assert "removal" not in left
