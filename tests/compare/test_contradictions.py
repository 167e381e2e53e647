"""What a document says that cannot all be kept or is no longer the law, and plans of its own that nobody followed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from pipeline.codebooks import load_codebook
from pipeline.compare import compare_requirements
from pipeline.compare.ended_duties import find_ended_duties
from pipeline.compare.reviews import find_overdue_reviews
from pipeline.params import CompareSettings
from pipeline.records.comparison import Finding

ON = datetime.date(2026, 2, 1)


def conflicts(documents: Any, requirement: str) -> list[Finding]:
    found = compare_requirements(documents, codebooks=[load_codebook("social_media")], settings=CompareSettings())
    return [f for f in found.findings if (f.kind, f.requirement) == ("conflict", requirement)]


def deciding(text: str, role: str, **more: Any) -> dict[str, Any]:
    value = {"kind": "role", "quote": text.split(maxsplit=1)[0], "value": role}
    return {"text": text, "topics": ["decision_to_start"], "actor": role, "actor_group": "role", "values": [value],
            **more}  # fmt: skip


HEAD = deciding("Avdelningschefen beslutar om kanalen ska finnas", "avdelningschef")
RIVALS = [
    ([HEAD, deciding("Kommunikationschefen godkänner eller avslår nya kanaler", "kommunikationschef")], True),
    ([HEAD, deciding("Kommunikationschefen godkänner nya kanaler efter samråd", "kommunikationschef")], False),
    ([HEAD, deciding("Kommunikationschefen beslutar om sina egna kanaler", "kommunikationschef")], False),
    ([HEAD, deciding("Kommunikationschefen ansvarar för kanalerna", "kommunikationschef")], False),
    ([HEAD, deciding("Avdelningschefen godkänner nya kanaler", "avdelningschef")], False),
    ([HEAD, deciding("Chefen godkänner nya kanaler", "chef")], False),
    ([HEAD, deciding("Rektorn beslutar om kanaler", "rektor", condition="om kanalen är en skolas")], False),
]


@pytest.mark.parametrize(("clauses", "told"), RIVALS, ids=[c[1]["text"] for c, _ in RIVALS])
def test_two_who_decide_the_same_are_told_where_no_order_is(clauses: Any, told: bool, build_all: Any) -> None:
    found = conflicts(build_all([{"municipality": "Ekby", "clauses": clauses}]), "decision_to_start")
    assert [(f.quote, f.other_quote) for f in found] == ([(clauses[0]["text"], clauses[1]["text"])] if told else [])


TIMES = [
    ("PT4H working_hours", "P1D weekdays", True),
    ("PT4H", "P1D", True),
    ("PT24H weekdays", "P1D weekdays", False),
    ("PT4H working_hours", "PT12H weekdays", False),
    ("PT24H", "P1W", True),
    ("P2D weekdays", "P1D weekdays", False),
    ("skyndsamt", "P1D weekdays", False),
    ("PT4H", "löpande", False),
    ("PT48H", "P1D weekdays", False),  # a weekend in between is arguable
]


@pytest.mark.parametrize(("soon", "often", "told"), TIMES)
def test_answers_are_not_due_before_the_account_is_read(soon: str, often: str, told: bool, build_all: Any) -> None:
    def clause(topic: str, kind: str, token: str) -> dict[str, Any]:
        value, _, calendar = token.partition(" ")
        of = "answer" if kind == "response_time" else "monitoring"
        told_as = {"kind": kind, "quote": token, "value": value, "calendar": calendar, "of": of}
        return {"text": f"Kontot sköts {token}", "topics": [topic], "values": [told_as]}

    clauses = [clause("response_time", "response_time", soon), clause("monitoring", "frequency", often)]
    found = conflicts(build_all([{"municipality": "Ekby", "clauses": clauses}]), "response_time")
    assert bool(found) == told


REVIEWS = [
    ("Reglerna träder i kraft 2013-03-01 och omprövas senast efter två år.", "2013-01-15", "2015-03-01"),
    ("Riktlinjerna ses över vartannat år.", "2021-05-18", "2023-05-18"),
    ("Rutinen ses över årligen av kommunikationsenheten.", "2025-06-01", ""),
    ("Policyn ska aktualitetsprövas en gång per mandatperiod.", "2017-04-03", "2022-10-14"),
    ("Policyn ska aktualitetsprövas en gång per mandatperiod.", "2019-04-03", ""),
    ("Ses över: Vartannat år", "2020-03-01", "2022-03-01"),
    ("Listan över konton ses över vartannat år.", "2015-03-01", ""),
    ("Riktlinjerna och behörigheterna till kontona ses över varje år.", "2015-03-01", ""),
    ("Riktlinjerna ses över vartannat år.", "", ""),
]


@pytest.mark.parametrize(("text", "adopted", "due"), REVIEWS)
def test_a_review_that_a_document_planned_and_nothing_shows(text: str, adopted: str, due: str, build_all: Any) -> None:
    about = {"adopted_date": adopted} if adopted else {}
    (document,) = build_all([{"municipality": "Ekby", "clauses": [text], **about}])
    found = list(find_overdue_reviews(document, on=ON))
    assert [due in f.message_sv for f in found] == ([True] if due else [])


@pytest.mark.parametrize(
    ("text", "on", "told"),
    [
        ("Enligt BBS-lagen är kommunen skyldig att ha uppsikt över sina sidor.", ON, True),
        ("Lagen (1998:112) om ansvar för elektroniska anslagstavlor kräver uppsikt.", ON, True),
        ("Enligt BBS-lagen är kommunen skyldig att ha uppsikt över sina sidor.", datetime.date(2024, 6, 1), False),
        ("Uppsikt krävs inte längre enligt BBS-lagen.", ON, False),
        ("Redaktören håller uppsikt över kommentarerna varje dag.", ON, False),
        ("Enligt BBS-lagen ska inlägg med hets mot folkgrupp tas bort.", ON, False),
    ],
)
def test_a_duty_that_has_ended_is_not_told_as_the_law(
    text: str, on: datetime.date, told: bool, build_all: Any
) -> None:  # fmt: skip
    (document,) = build_all([{"municipality": "Ekby", "clauses": [text]}])
    found = list(find_ended_duties(document, on=on))
    assert [(f.kind, f.quote) for f in found] == ([("stale_law", text)] if told else [])


FREED = [
    ("Allmänna handlingar ska alltid diarieföras", "Allmänna handlingar behöver inte diarieföras", True),
    ("Uppgifter under sekretess ska alltid diarieföras", "Allmänna handlingar behöver inte diarieföras", False),
    ("Uppgifter som omfattas av sekretess ska alltid diarieföras",
     "Allmänna handlingar behöver inte diarieföras", False),
    ("Uppgifter som omfattas av sekretess ska alltid diarieföras",
     "Allmänna handlingar av ringa betydelse behöver inte diarieföras", False),
    ("Uppgifter som omfattas av sekretess ska alltid diarieföras",
     "Övriga allmänna handlingar behöver inte diarieföras", False),
    ("Uppgifter som omfattas av sekretess ska alltid diarieföras",
     "Allmänna handlingar behöver inte diarieföras om de hålls ordnade", False),
    ("Klagomål ska diarieföras", "Allmänna handlingar behöver inte diarieföras", False),
    ("Klagomål ska alltid diarieföras", "Gilla-markeringar behöver inte diarieföras", False),
]  # fmt: skip


@pytest.mark.parametrize(("always", "free", "told"), FREED)
def test_a_text_that_frees_of_what_it_always_asks_contradicts_itself(
    always: str, free: str, told: bool, build_all: Any
) -> None:
    """What is of minor importance or kept in order is another matter, and an exception to an exemption no conflict."""
    clauses = [
        {"text": always, "topics": ["registration"]},
        {"text": free, "topics": ["registration"], "modality": "may"},
    ]
    found = conflicts(build_all([{"municipality": "Ekby", "clauses": clauses}]), "registration")
    own = [{f.quote, f.other_quote} for f in found if always in (f.quote, f.other_quote)]
    assert own == ([{always, free}] if told else [])
