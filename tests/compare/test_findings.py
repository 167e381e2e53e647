"""What analysts are pointed to."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from pipeline.codebooks import list_codebooks, load_codebook
from pipeline.compare import compare_requirements
from pipeline.compare.audience import STAFF, Peers
from pipeline.compare.examples import Examples
from pipeline.compare.gaps import find_gaps
from pipeline.compare.procedures import procedures
from pipeline.compare.states import deed_of
from pipeline.records.comparison import Cell, Finding

DAY = datetime.date(2026, 2, 1)

REMOVAL = {"text": "Vi tar bort otillåtna inlägg", "topics": ["removal"], "actor": "vi"}


def findings(build_all: Any, kind: str, *documents: dict[str, Any]) -> list[Finding]:
    return [f for f in compare_requirements(build_all(documents)).findings if f.kind == kind]


def test_repealed_act_with_what_to_write_instead(build_all: Any) -> None:
    act = {"kind": "legal_reference", "quote": "Personuppgiftslagen", "value": "PUL", "identifier": "1998:204"}
    clause = {"text": "Personuppgiftslagen gäller", "values": [act]}
    (old,) = findings(
        build_all, "stale_law", {"municipality": "Ekby", "adopted_date": "2012-05-01", "clauses": [clause]}
    )
    assert "Skriv i stället dataskyddsförordningen (EU) 2016/679" in old.message_sv
    assert "Write dataskyddsförordningen (EU) 2016/679 instead" in old.message_en
    (late,) = findings(
        build_all, "stale_law", {"municipality": "Ekby", "adopted_date": "2020-05-01", "clauses": [clause]}
    )
    assert "redan när dokumentet antogs" in late.message_sv
    assert late.weight > old.weight


def test_acts_in_force_are_not_stale(build_all: Any) -> None:
    act = {"kind": "legal_reference", "quote": "Arkivlagen", "value": "arkivlagen", "identifier": "1990:782"}
    assert not findings(
        build_all, "stale_law", {"municipality": "Ekby", "clauses": [{"text": "Arkivlagen", "values": [act]}]}
    )


def test_old_names_once_a_document(build_all: Any) -> None:
    found = findings(
        build_all, "stale_name", {"municipality": "Ekby", "clauses": ["Vi finns på Twitter.", "På Twitter svarar vi."]}
    )
    assert [(f.quote, f.municipality) for f in found] == [("Twitter", "Ekby")]


def test_another_municipality_left_in_a_copied_text(build_all: Any) -> None:
    text = "Inlägg ska skrivas så att Falkenbergs kommun syns som avsändare."
    meant = "Rutinen är framtagen tillsammans med Falkenbergs kommun."
    document = {"municipality": "Varberg", "code": "1383", "clauses": [text]}
    assert [f.quote for f in findings(build_all, "copy_residue", document)] == ["Falkenbergs kommun"]
    assert not findings(build_all, "copy_residue", {**document, "clauses": [meant]})
    assert not findings(build_all, "copy_residue", {**document, "code": "1382", "municipality": "Falkenberg"})


def test_duty_without_owner(build_all: Any) -> None:
    owned = {"text": "Kommunikatören ska svara på frågor", "topics": ["response_scope"], "actor": "Kommunikatören"}
    ownerless = {"text": "Frågor ska besvaras", "topics": ["response_scope"]}
    forbidden = {"text": "Hot får inte förekomma", "modality": "must_not", "topics": ["prohibited_content"]}
    public = {"text": "Håll god ton", "topics": ["tone"], "actor_group": "public"}
    found = findings(
        build_all, "orphan_duty", {"municipality": "Ekby", "clauses": [owned, ownerless, forbidden, public]}
    )
    assert [f.quote for f in found] == ["Frågor ska besvaras"]


def test_removal_without_saving_lacks_a_step(build_all: Any) -> None:
    saving = {"text": "Innan inlägg tas bort ska de sparas", "topics": ["saving_before_removal"]}
    lacking = findings(build_all, "missing_step", {"municipality": "Ekby", "clauses": [REMOVAL]})
    assert [f.requirement for f in lacking] == ["saving_before_removal"]
    assert not findings(build_all, "missing_step", {"municipality": "Ekby", "clauses": [REMOVAL, saving]})
    truncated = {"municipality": "Ekby", "clauses": [REMOVAL], "completeness": "truncated"}
    assert not findings(build_all, "missing_step", truncated)


def test_gap_where_others_state_it(build_all: Any) -> None:
    documents = [{"municipality": name, "clauses": [REMOVAL]} for name in ("Ekby", "Lindby")]
    found = findings(build_all, "gap", *documents, {"municipality": "Alby", "clauses": ["Text."]})
    gap = next(f for f in found if (f.municipality, f.requirement) == ("Alby", "removal"))
    assert "2 av 2 andra" in gap.message_sv
    assert gap.other_quote == REMOVAL["text"]
    assert not [f for f in found if f.requirement == "removal" and f.municipality != "Alby"]


def test_a_gap_that_only_a_law_makes_says_that_nobody_else_has_it(build_all: Any) -> None:
    documents = [{"municipality": name, "clauses": ["Text."]} for name in ("Ekby", "Lindby", "Alby")]
    found = findings(build_all, "gap", *documents)
    assert found
    assert all("; ingen av de 2 andra tar upp det." in f.message_sv for f in found)


def test_quotes_around_an_old_name_are_whole_words(build_all: Any) -> None:
    words = "kommunikationsavdelningens gemensamma kanaler i sociala medier"
    text = f"Här skriver vi om {words} som Twitter och om {words}."
    (name,) = findings(build_all, "stale_name", {"municipality": "Ekby", "clauses": [text]})
    assert "Twitter" in name.other_quote
    assert set(name.other_quote.split()) <= set(text.split())


def test_a_letter_alone_has_no_gaps(build_all: Any) -> None:
    letter = {
        "municipality": "Alby",
        "completeness": "proposal",
        "title": "Riktlinje",
        "clauses": ["Riktlinjen antas."],
    }
    found = findings(build_all, "gap", {"municipality": "Ekby", "clauses": [REMOVAL]}, letter)
    assert "Alby" not in {f.municipality for f in found}


def test_document_that_an_answer_is_left_to(build_all: Any) -> None:
    clause = {
        "text": "Inlägg gallras enligt dokumenthanteringsplanen",
        "topics": ["retention"],
        "values": [
            {"kind": "retention", "quote": "gallras", "value": "gallras", "refers_to": "dokumenthanteringsplan"}
        ],
    }
    rules = {"municipality": "Ekby", "title": "Regler", "clauses": [clause]}
    (found,) = findings(build_all, "missing_attachment", rules)
    assert (found.requirement, found.quote) == ("retention", "dokumenthanteringsplan")
    plan = {"municipality": "Ekby", "title": "Dokumenthanteringsplan för kommunstyrelsen", "clauses": ["Text."]}
    assert not findings(build_all, "missing_attachment", rules, plan)


def left_to(title: str, *topics: str) -> list[Any]:
    """Clauses that leave answers to a document, one of each topic."""
    reference = {"kind": "document_reference", "quote": title, "value": title}
    said = {"response_time": "Svarstider", "removal": "Regler för borttagning", "retention": "Tid för gallring"}
    return [{"text": f"{said[t]} framgår av {title}", "topics": [t], "values": [reference]} for t in topics]


def test_a_document_that_is_missing_is_told_once_with_all_places_that_need_it(build_all: Any) -> None:
    clauses = left_to("dokumenthanteringsplan", "response_time", "removal", "retention")
    (found,) = findings(
        build_all, "missing_attachment", {"municipality": "Ekby", "title": "Regler", "clauses": clauses}
    )
    assert found.message_sv.startswith("3 svar står i ett dokument som saknas i mappen: dokumenthanteringsplan.")
    assert found.message_sv.endswith(
        "Det gäller Svarstid (sida 1), Borttagning av inlägg (sida 1) och Gallring och bevarande (sida 1)."
    )
    assert found.message_en.startswith("3 answers stand in a document that the folder lacks")
    assert (found.requirement, found.other_quote) == ("response_time", clauses[0]["text"])


def test_a_missing_document_is_the_same_under_its_short_and_its_full_name(build_all: Any) -> None:
    clauses = [
        *left_to("dokumenthanteringsplan", "response_time"),
        *left_to("nämndens dokumenthanteringsplan", "removal"),
    ]
    rules = [{"municipality": name, "title": "Regler", "clauses": clauses} for name in ("Ekby", "Lindby")]
    told = [(f.municipality, f.quote) for f in findings(build_all, "missing_attachment", *rules)]
    assert told == [(name, "nämndens dokumenthanteringsplan") for name in ("Ekby", "Lindby")]


def test_a_missing_document_that_two_of_a_municipality_follow_is_told_once_with_their_names(build_all: Any) -> None:
    named = {"kind": "document_reference", "quote": "kommunikationspolicy", "value": "kommunikationspolicy"}
    follows = {"text": "All kommunikation ska följa kommunens kommunikationspolicy", "duty": True, "values": [named]}
    both = [{"municipality": "Ekby", "title": title, "clauses": [follows]} for title in ("Regler för webb", "Rutin")]
    (found,) = findings(build_all, "missing_attachment", *both)
    assert found.message_sv.endswith("Hänvisningarna står i d0.txt och d1.txt.")


def test_a_gap_reads_well_in_english_whatever_the_number_of_its_label(build_all: Any) -> None:
    clause = {"text": "Lösenord lämnas in", "topics": ["credentials"]}
    silent = {"municipality": "Alby", "clauses": ["Text."]}
    found = findings(build_all, "gap", {"municipality": "Ekby", "clauses": [clause]}, silent)
    gap = next(f for f in found if f.requirement == "credentials")
    assert gap.message_en.startswith("Nothing is said of: Log-in details. It is taken up by 1 of 1 others.")
    alone = findings(build_all, "gap", silent)
    assert all(" It is taken up by no others." in f.message_en for f in alone)


def test_truncated_text_is_said_with_what_it_lacks(build_all: Any) -> None:
    document = {"municipality": "Ekby", "completeness": "truncated", "missing": "Svarstider", "clauses": ["Text."]}
    (found,) = findings(build_all, "truncation", document)
    assert found.message_sv.startswith("Dokumentet bryts av. Det här saknas: ”Svarstider”. Det som inte sägs")


def test_both_quotes_of_a_conflict(build_all: Any) -> None:
    def rule(title: str, value: str) -> dict[str, Any]:
        values = [{"kind": "response_time", "quote": "inom", "value": value}]
        clause = {"text": f"Svar ges inom {value}", "topics": ["response_time"], "values": values}
        return {"municipality": "Ekby", "title": title, "clauses": [clause]}

    (found,) = findings(build_all, "conflict", rule("Regler för Facebook", "P1W"), rule("Rutin för kundcenter", "P1D"))
    assert {found.quote, found.other_quote} == {"Svar ges inom P1W", "Svar ges inom P1D"}
    assert found.message_sv == (
        "Svarstid: två dokument ger olika svar. "
        "”Rutin för kundcenter” (d1.txt): inom 1 dag; ”Regler för Facebook” (d0.txt): inom 1 vecka."
    )
    assert found.message_en == (
        "Reply time: two documents give different answers, "
        "”Rutin för kundcenter” (d1.txt) and ”Regler för Facebook” (d0.txt)."
    )


def test_a_conflict_inside_a_document_is_said_of_its_text(build_all: Any) -> None:
    clauses = [
        {"text": f"Svar ges inom {value}", "topics": ["response_time"],
         "values": [{"kind": "response_time", "quote": "inom", "value": value}]}
        for value in ("P1W", "P1D")
    ]  # fmt: skip
    (found,) = findings(build_all, "conflict", {"municipality": "Ekby", "clauses": clauses})
    assert "texten ger två svar som utesluter varandra" in found.message_sv
    assert "P1" not in found.message_en, "no codes in words"


def test_demanding_and_forbidding_the_same_is_a_conflict_only_on_the_same_terms(build_all: Any) -> None:
    def pair(condition: str) -> dict[str, Any]:
        do = {"text": "Chefen ska publicera bilder", "duty": True, "action": "publicera bilder", "actor": "chefen"}
        dont = {**do, "text": "Chefen får inte publicera bilder", "modality": "must_not", "condition": condition}
        return {"municipality": "Ekby", "clauses": [do, dont]}

    assert len(findings(build_all, "conflict", pair(""))) == 1
    assert not findings(build_all, "conflict", pair("utan samtycke"))


def test_documents_of_one_municipality_that_demand_and_forbid_the_same(build_all: Any) -> None:
    do = {"text": "Chefen ska publicera bilder", "duty": True, "action": "publicera bilder", "actor": "chefen"}
    dont = {**do, "text": "Chefen får inte publicera bilder", "modality": "must_not"}
    rules = {"municipality": "Ekby", "title": "Regler för Facebook", "clauses": [do]}
    routine = {"municipality": "Ekby", "title": "Rutin för skolan", "clauses": [dont]}
    (found,) = findings(build_all, "conflict", rules, routine)
    assert {found.quote, found.other_quote} == {do["text"], dont["text"]}
    assert "Ett av kommunens dokument" in found.message_sv
    assert not findings(build_all, "conflict", rules, {**routine, "municipality": "Lindby"})
    # Inside one document and between it and another: two findings, whichever comes first.
    both = {**rules, "clauses": [dont, do]}
    assert len(findings(build_all, "conflict", both, routine)) == 2
    assert len(findings(build_all, "conflict", routine, both)) == 2
    late = {**routine, "clauses": [{**dont, "condition": "efter kontorstid"}]}
    assert not findings(build_all, "conflict", rules, late)
    again = {"municipality": "Ekby", "title": "Regler för Facebook", "adopted_date": "2025-01-01", "clauses": [dont]}
    assert not findings(build_all, "conflict", {**rules, "adopted_date": "2015-01-01"}, again)


def test_conflicts_of_a_superseded_document_are_history(build_all: Any) -> None:
    broken = {"text": "Kritiska kommentarer ska tas bort", "topics": ["removal"]}
    old = {"municipality": "Ekby", "title": "Regler", "adopted_date": "2015-01-01", "clauses": [broken]}
    new = {"municipality": "Ekby", "title": "Regler", "adopted_date": "2025-01-01", "clauses": [REMOVAL]}
    assert findings(build_all, "conflict", old)
    assert not findings(build_all, "conflict", old, new)


def test_a_step_that_the_law_asks_for_stands_beside_its_words(build_all: Any) -> None:
    (found,) = findings(build_all, "missing_step", {"municipality": "Ekby", "clauses": [REMOVAL]})
    assert found.other_quote.startswith("Arkivlag (1990:782) 10 §")


STEPS = {
    "decision_to_start": "Förvaltningschefen beslutar om ett nytt konto ska startas",
    "responsible_person": "Varje konto ska ha en ansvarig person",
    "deputies": "Det ska finnas en ersättare för varje redaktör",
    "credentials": "Lösenord ska bytas när någon slutar",
}


def steps(*names: str) -> list[Any]:
    return [{"text": STEPS[name], "topics": [name], "actor": "Chefen"} for name in names]


def test_a_step_that_most_others_with_the_procedure_have(build_all: Any) -> None:
    whole = [{"municipality": name, "clauses": steps(*STEPS)} for name in ("Ekby", "Lindby", "Alby")]
    first_three = {"municipality": "Falby", "clauses": steps(*list(STEPS)[:3])}
    one = {"municipality": "Norby", "clauses": steps("decision_to_start")}
    found = findings(build_all, "missing_step", *whole, first_three, one)
    (step,) = [f for f in found if f.requirement == "credentials"]
    assert step.municipality == "Falby"
    assert "3 av 3 andra" in step.message_sv
    assert (step.quote, step.other_quote) == (STEPS["decision_to_start"], STEPS["credentials"])
    few = findings(build_all, "missing_step", whole[0], first_three)
    assert not [f for f in few if f.requirement == "credentials"]
    broken = {**first_three, "completeness": "truncated"}
    told = findings(build_all, "missing_step", *whole, broken)
    assert not [f for f in told if f.requirement == "credentials"]


def test_steps_that_serve_other_ends_make_no_procedure(build_all: Any) -> None:
    whole = [{"municipality": name, "clauses": steps(*STEPS)} for name in ("Ekby", "Lindby", "Alby")]
    other = {"municipality": "Falby", "clauses": steps("deputies", "credentials")}
    told = findings(build_all, "missing_step", *whole, other)
    assert not [f for f in told if f.municipality == "Falby" and "rutinen" in f.message_sv]


def test_doubtful_answers_are_no_evidence_of_what_others_do(build_all: Any) -> None:
    doubtful = [{"text": "Krav credentials", "topics": ["credentials"]}]
    sure = [{"municipality": name, "clauses": steps("credentials")} for name in ("Ekby", "Lindby")]
    rules = [*sure, {"municipality": "Norby", "clauses": doubtful}, {"municipality": "Falby", "clauses": ["Text."]}]
    (gap,) = [f for f in findings(build_all, "gap", *rules) if f.requirement == "credentials"]
    assert "2 av 2 andra" in gap.message_sv


def test_what_defines_a_procedure_is_a_step_of_it() -> None:
    assert all(set(one.defining) <= set(one.steps) for one in procedures().procedures)


def test_duty_laid_on_a_role_that_is_gone(build_all: Any) -> None:
    gone = {
        "text": "Personuppgiftsombudet ska granska sidan",
        "topics": ["follow_up"],
        "actor": "Personuppgiftsombudet",
    }
    style = {"text": "Informatören ska granska sidan", "topics": ["follow_up"], "actor": "Informatören"}
    (found,) = findings(build_all, "orphan_duty", {"municipality": "Ekby", "clauses": [gone, style]})
    assert found.quote == gone["text"]
    assert "ersattes av dataskyddsombud 2018-05-25" in found.message_sv


def test_steps_are_harmonised_requirements() -> None:
    known = {entry.id for name in list_codebooks() for entry in load_codebook(name).requirements}
    named = {step for pair in procedures().pairs for step in (pair.first, pair.second)}
    assert named | {step for one in procedures().procedures for step in one.steps} <= known


@pytest.mark.parametrize(
    ("codebook", "requirement", "act"),
    [
        ("social_media", "secrecy", "vare sig i ett inlägg"),
        ("ai_use", "secrecy", "skrivs in i en tjänst"),
        ("social_media", "follow_up", "Kommunallag"),
        ("ai_use", "training", "Förordning (EU) 2024/1689 artikel 4"),
        ("social_media", "service_account", "artikel 32"),
    ],
)
def test_a_gap_names_the_law_of_its_own_codebook(codebook: str, requirement: str, act: str) -> None:
    book = load_codebook(codebook)
    silent = Cell(
        codebook=codebook, requirement=requirement, label_sv="", label_en="", municipality="Ekby", answer="silent",
        modality="", value="", value_text="", relation_to_strictest="none", document_id="", page=None, start=None,
        end=None, quote="", confidence=1.0, review="unreviewed",
    )  # fmt: skip
    (found,) = find_gaps(book, Peers(STAFF, (silent,)), on=DAY, examples=Examples([], on=DAY))
    assert act in found.message_sv


def test_a_steering_document_that_rules_follow_and_the_folder_lacks(build_all: Any) -> None:
    named = {"kind": "document_reference", "quote": "kommunikationspolicy", "value": "kommunikationspolicy"}
    follows = {"text": "All kommunikation ska följa kommunens kommunikationspolicy", "duty": True, "values": [named]}
    rules = {"municipality": "Ekby", "title": "Riktlinje för sociala medier", "clauses": [follows]}
    (lacking,) = findings(build_all, "missing_attachment", rules)
    assert (lacking.quote, lacking.other_quote) == ("kommunikationspolicy", follows["text"])
    policy = {"municipality": "Ekby", "title": "Kommunikationspolicy", "clauses": ["Sociala medier är en kanal."]}
    assert not findings(build_all, "missing_attachment", rules, policy)


def test_others_documents_and_those_only_mentioned_lack_in_no_folder(build_all: Any) -> None:
    theirs = {
        "kind": "document_reference",
        "quote": "E-delegationens riktlinjer",
        "value": "E-delegationens riktlinjer",
    }
    own = {"kind": "document_reference", "quote": "kommunikationspolicy", "value": "kommunikationspolicy"}
    clauses = [
        {"text": "Konton ska skötas enligt E-delegationens riktlinjer", "duty": True, "values": [theirs]},
        {"text": "Chefen läser kommunens kommunikationspolicy", "duty": True, "values": [own]},
    ]
    assert not findings(build_all, "missing_attachment", {"municipality": "Ekby", "clauses": clauses})


def test_what_is_old_in_a_replaced_document_is_not_told_and_makes_none_stale(build_all: Any) -> None:
    act = {"kind": "legal_reference", "quote": "Personuppgiftslagen", "value": "PUL", "identifier": "1998:204"}
    clause = {"text": "Personuppgiftslagen gäller", "values": [act]}
    about = {"municipality": "Ekby", "title": "Riktlinje för sociala medier", "document_type": "riktlinje"}
    old = {**about, "adopted_date": "2012-01-01", "clauses": [clause]}
    new = {**about, "adopted_date": "2021-01-01", "clauses": ["Inlägg är allmänna handlingar."]}
    alone = compare_requirements(build_all([old]))
    assert alone.measure_staleness() == {"d0": pytest.approx(0.8)}
    both = compare_requirements(build_all([old, new]))
    assert not [f for f in both.findings if f.kind == "stale_law"]
    assert both.measure_staleness() == {}


def test_imperatives_and_doubtful_duties_ask_for_no_owner(build_all: Any) -> None:
    sure = {"text": "Frågor ska besvaras", "duty": True, "confidence": 0.95}
    spoken = {"text": "Svara på frågor", "duty": True, "confidence": 0.95, "rule": "imperative"}
    doubtful = {"text": "Språket är klart", "duty": True, "confidence": 0.6}
    told = findings(build_all, "orphan_duty", {"municipality": "Ekby", "clauses": [sure, spoken, doubtful]})
    assert [f.quote for f in told] == [sure["text"]]


def test_a_duty_without_owner_is_filed_where_it_fits_best(build_all: Any) -> None:
    asked = {
        "text": "Frågor till kommunen ska besvaras skyndsamt", "topics": ["accessibility", "response_time"],
        "values": [{"kind": "response_time", "quote": "skyndsamt", "value": "skyndsamt", "of": "answer"}],
    }  # fmt: skip
    (told,) = findings(build_all, "orphan_duty", {"municipality": "Ekby", "clauses": [asked]})
    assert told.requirement == "response_time"


def test_allowing_and_forbidding_the_same_is_a_conflict_but_freeing_of_it_is_none(build_all: Any) -> None:
    def pair(permission: str, rule: str) -> dict[str, Any]:
        common = {"action": "blockera användare", "actor": "administratören", "duty": True}
        allowed = {"text": permission, "modality": "may", "rule": rule, **common}
        forbidden = {"text": "Administratören får inte blockera användare", "modality": "must_not", **common}
        return {"municipality": "Ekby", "clauses": [allowed, forbidden]}

    assert len(findings(build_all, "conflict", pair("Administratören får blockera användare", "modal_får"))) == 1
    assert not findings(build_all, "conflict", pair("Administratören slipper blockera användare", "exemption"))


@pytest.mark.parametrize(
    ("action", "deed"),
    [
        ("se till att kontot är privat", "vara kontot privat"),
        ("låta kontot vara privat", "vara kontot privat"),
        ("se till att frågor besvaras", "se till att frågor besvaras"),
        ("besvara frågor", "besvara frågor"),
    ],
)
def test_what_is_to_be_the_case_compares_alike_asked_for_or_forbidden(action: str, deed: str) -> None:
    assert deed_of(action) == deed


@pytest.mark.parametrize(
    ("about", "sentence", "told"),
    [
        ({"valid_until": "2024-03-31"}, "Text.", "giltighetstid gick ut 2024-03-31"),
        ({"valid_until": "2027-03-31"}, "Text.", ""),
        ({"valid_until": "Tills vidare"}, "Text.", ""),
        ({"valid_until": "2024-03-31", "completeness": "proposal"}, "Text.", ""),
        ({}, "Riktlinjerna ska revideras senast 2024.", "reviderats senast 2024"),
        ({}, "Policyn ska ses över före den 1 juni 2025.", "reviderats senast 2025-06-01"),
        ({}, "Nästa revidering: 2023-12", "reviderats senast 2023-12"),
        ({}, "Riktlinjerna ska revideras senast 2026.", ""),  # the year has not ended
        ({"revised_date": "2025-03-01"}, "Riktlinjerna ska revideras senast 2024.", ""),
        ({}, "Policyn ska ses över varje mandatperiod.", ""),
        ({}, "Kontots presentation ska uppdateras under 2024.", ""),
    ],
)
def test_a_document_past_its_own_term_is_stale(about: dict[str, Any], sentence: str, told: str, build_all: Any) -> None:
    found = findings(build_all, "stale_name", {"municipality": "Ekby", "clauses": [sentence], **about})
    assert len(found) == bool(told)
    assert all(told in f.message_sv for f in found)


def test_an_ended_term_makes_a_document_stale_and_is_told_once(build_all: Any) -> None:
    clauses = ["Riktlinjerna ska revideras senast 2024."]
    compared = compare_requirements(
        build_all([{"municipality": "Ekby", "valid_until": "2024-03-31", "clauses": clauses}])
    )
    assert compared.measure_staleness() == {"d0": pytest.approx(0.8)}


def test_a_term_of_state_authorities_is_no_error_in_a_municipality(build_all: Any) -> None:
    text = "Inlägg är handlingar av tillfällig eller ringa betydelse."
    own = {"municipality": "Ekby", "code": "0114", "clauses": [text]}
    (found,) = findings(build_all, "stale_name", own)
    assert "som bara gäller statliga myndigheter" in found.message_sv
    (theirs,) = findings(build_all, "stale_name", {**own, "code": ""})
    assert "har ersatts av uppenbart ringa betydelse" in theirs.message_sv
    assert found.weight < theirs.weight / 2


def test_an_older_style_is_not_called_a_new_name(build_all: Any) -> None:
    (found,) = findings(build_all, "stale_name", {"municipality": "Ekby", "clauses": ["Frågor skall besvaras."]})
    assert found.message_sv == "”skall” skrivs numera oftast ska (sedan 2007-03)."


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Nya riktlinjer för sociala medier", "Riktlinjer för sociala medier"),
        ("Remiss av förslag till reviderade riktlinjer för webb", "Riktlinjer för webb"),
        ("Nyköpings riktlinjer", "Nyköpings riktlinjer"),
    ],
)
def test_what_a_letter_proposes_is_named_after_the_document(title: str, named: str, build_all: Any) -> None:
    text = "Efter remissen har avsnittet om svarstider utökats medan rutinen för lösenord står kvar oförändrad."
    letter = {"municipality": "Alby", "completeness": "proposal", "title": title, "clauses": [text]}
    cells = compare_requirements(build_all([letter])).cells
    left = {c.requirement: c.value for c in cells if c.answer == "delegated"}
    assert left == {"response_time": named}, "what stays as it was is no news"
