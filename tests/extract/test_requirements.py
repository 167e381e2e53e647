"""What is said of a requirement beside its words: actor, condition, procedure, status, id, place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codebooks import list_codebooks, load_codebook
from pipeline.extract import extract_requirements
from pipeline.ingest import read_document
from pipeline.outline import outline_document
from pipeline.params import ExtractSettings
from pipeline.records.repair import Repair
from pipeline.records.requirement import ACTOR_GROUPS, MODALITIES, VALUE_KINDS, Extraction, Requirement, Value
from pipeline.repair import repair_document
from tests.texts import outline_of


def extracted(text: str, *, document_id: str = "d1") -> Extraction:
    return extract_requirements(outline_of(text, document_id=document_id))


def found(text: str) -> list[Requirement]:
    return list(extracted(text + "\n").requirements)


def the(text: str, words: str) -> Requirement:
    """The requirement whose quote begins with the words."""
    return next(r for r in found(text) if " ".join(r.quote.split()).startswith(words))


# Whose duty it is


@pytest.mark.parametrize(
    ("text", "words", "actor", "explicit"),
    [
        ("Kontoansvarig ska bevaka kontot.", "Kontoansvarig", "kontoansvarig", True),
        ("Kontot ska bevakas.", "Kontot", "", False),
        ("Kontot ska bevakas av kontoansvarig.", "Kontot", "kontoansvarig", True),
        # A later conjunct takes over the subject of the first.
        ("Kontoansvarig ska bevaka kontot och svara på frågor.", "svara", "kontoansvarig", False),
        # List items take over the lead-in's actor and modality.
        ("Kontoansvarig ska\n\n- bevaka kontot\n- svara på frågor", "svara", "kontoansvarig", False),
        # The sentence before names who "hen" and the unnamed is.
        ("Redaktören bevakar kontot. Hen ska också svara på frågor.", "Hen", "redaktören", False),
        # The heading is about one role.
        ("## Kontoansvarig\n\n- bevakar kontot dagligen\n- svarar på frågor", "svarar", "kontoansvarig", False),
        ("## Förvaltningschefens ansvar\n\n- Besluta om nya konton.", "Besluta", "förvaltningschefen", False),
        # A heading of something else gives nobody.
        ("## Gallring\n\nInlägg ska gallras.", "Inlägg", "", False),
    ],
)
def test_the_actor(text: str, words: str, actor: str, explicit: bool) -> None:
    requirement = the(text, words)
    assert (requirement.actor.lower(), requirement.actor_explicit) == (actor, explicit)


@pytest.mark.parametrize(
    ("text", "words", "group"),
    [
        ("Kontoansvarig ska bevaka kontot.", "Kontoansvarig", "role"),
        ("Kommunstyrelsen ska besluta om nya konton.", "Kommunstyrelsen", "unit"),
        ("Medarbetare ska följa riktlinjerna.", "Medarbetare", "staff"),
        ("Kommunen ska svara på frågor.", "Kommunen", "organisation"),
        ("Kontot ska bevakas.", "Kontot", ""),
        ("Den som skriver för kommunens räkning ska hålla god ton.", "Den som", "staff"),
        ("Den som skriver en kommentar ska hålla god ton.", "Den som", "public"),
        # "du" is who the document speaks to.
        ("Du som arbetar i kommunen får inte publicera sekretessbelagda uppgifter i tjänsten.", "Du", "staff"),
        (
            "# Kommentarsregler\n\nVälkommen att kommentera på vår sida! Du ansvarar själv för dina kommentarer. "
            "Du får inte skriva hot i din kommentar.",
            "Du får", "public",
        ),
    ],
)  # fmt: skip
def test_who_the_actor_is(text: str, words: str, group: str) -> None:
    assert the(text, words).actor_group == group


@pytest.mark.parametrize(
    "said",
    [
        "Använd ett enkelt språk när du skriver.",
        "Läs igenom dina inlägg en gång extra innan du publicerar dem.",
        "Om du deltar i en diskussion på någon annans sida berättar du att du arbetar i kommunen.",
        "Skriv under dina kommentarer med namn och enhet.",
    ],
)
def test_what_staff_write_makes_no_public_of_them(said: str) -> None:
    text = f"Du som sköter en sida svarar på frågor inom ett dygn. Du byter lösenord när någon slutar. {said}"
    assert {r.actor_group for r in found(text)} <= {"staff", ""}


def test_a_heading_says_whom_a_section_speaks_to() -> None:
    text = """# Regler för kommunens sociala medier

## Det här gäller dig som kommenterar

Du ansvarar själv för dina kommentarer. När du kommenterar ska du hålla dig till ämnet. Vi tar bort hot.

## Det här gäller dig som arbetar i kommunen

Du ska kontrollera kontot varje dag.
"""
    assert the(text, "När du kommenterar").actor_group == "public"
    assert the(text, "Du ska kontrollera").actor_group == "staff"


def test_actors_do_not_cross_paragraphs() -> None:
    text = "Kontoansvarig ska bevaka kontot.\n\nInlägg ska gallras."
    assert the(text, "Inlägg").actor == ""


# When it applies


@pytest.mark.parametrize(
    ("text", "condition", "exception"),
    [
        ("Om en kommentar innehåller hot ska den tas bort.", "Om en kommentar innehåller hot", ""),
        ("Vid semester ska en ersättare utses.", "Vid semester", ""),
        ("Frågor ska besvaras om de rör kommunen.", "om de rör kommunen", ""),
        ("Inlägg ska diarieföras, utom när de är av ringa betydelse.", "", "utom när de är av ringa betydelse"),
        ("Inlägg ska diarieföras, om de inte är av ringa betydelse.", "om de inte är av ringa betydelse", ""),
        pytest.param(
            "Bilder får inte publiceras utan samtycke.", "", "utan samtycke",
            marks=pytest.mark.xfail(strict=True, reason="\"utan\" with a thing is not known as an exception"),
        ),
        ("Kontot ska bevakas.", "", ""),
    ],
)  # fmt: skip
def test_condition_and_exception(text: str, condition: str, exception: str) -> None:
    (requirement,) = found(text)
    assert (requirement.condition, requirement.exception) == (condition, exception)


# Steps


@pytest.mark.parametrize(
    ("text", "action"),
    [
        (
            "Ironi undviks, eftersom den sällan går fram i skrift.",
            "undvika ironi, eftersom den sällan går fram i skrift",
        ),
        ("Svar ska ske inom en arbetsdag.", "se till att svar sker inom en arbetsdag"),
        ("Språket ska vara vårdat och enkelt.", "se till att språket är vårdat och enkelt"),
        ("Kontot ska inte vara privat.", "låta kontot vara privat"),
        ("Ersättare ska finnas vid frånvaro.", "ha ersättare vid frånvaro"),
        ("Frågor ska besvaras inom en dag.", "besvara frågor inom en dag"),
        ("Du ska vara saklig.", "vara saklig"),
        ("Den som bryter mot reglerna kan stängas av från sidan.", "stänga av den som bryter mot reglerna från sidan"),
        ("Svar ska som huvudregel lämnas under samma dag.", "lämna svar under samma dag"),
        ("Beslutet fattas av nämnden.", "fatta beslutet"),
        ("Diskutera aldrig enskilda ärenden.", "diskutera enskilda ärenden"),
        ("Kontoansvarig bifogar en plan för bemanningen.", "bifoga en plan för bemanningen"),
        ("Det är inte tillåtet att skriva upp lösenord.", "skriva upp lösenord"),
        ("Alla nya konton ska godkännas av kommunikationschefen.", "godkänna alla nya konton"),
        ("Frågor besvarar redaktören inom en dag.", "besvara frågor inom en dag"),
        ("Varje vecka ska redaktören gå igenom kommentarerna.", "gå igenom kommentarerna"),
        ("Inget konto får publicera egna uppgifter.", "publicera egna uppgifter"),
        ("Minst två personer ska kunna administrera kontot.", "kunna administrera kontot"),
    ],
)
def test_what_is_to_be_done_is_told_as_a_deed(text: str, action: str) -> None:
    assert [r.action for r in found(text)] == [action]


def test_three_steps_in_a_row_are_a_procedure() -> None:
    text = "Ta en skärmdump, polisanmäl inlägget och ta bort det. Kontot ska bevakas.\n"
    requirements = found(text)
    assert [r.step for r in requirements] == [1, 2, 3, None]
    assert len({r.procedure for r in requirements[:3]}) == 1
    assert requirements[0].procedure != ""
    assert requirements[3].procedure == ""


def test_a_numbered_list_is_a_procedure() -> None:
    text = "Gör så här:\n\n1. Ta en skärmdump av inlägget.\n2. Dölj inlägget.\n3. Kontakta din chef.\n"
    assert [(r.step, bool(r.procedure)) for r in found(text)] == [(1, True), (2, True), (3, True)]


def test_two_procedures_are_two() -> None:
    one = "Ta en skärmdump, polisanmäl inlägget och ta bort det."
    requirements = found(f"{one}\n\n{one}\n")
    assert [r.step for r in requirements] == [1, 2, 3, 1, 2, 3]
    assert len({r.procedure for r in requirements}) == 2


def test_two_steps_are_none() -> None:
    assert {r.step for r in found("Ta en skärmdump och ta bort inlägget.")} == {None}


# What it is worth


LETTER = """Tjänsteskrivelse

Ärendebeskrivning

Riktlinjerna har arbetats om.

Förslag till beslut

Kontoansvarig ska bevaka kontot.
"""


def test_words_put_sentences_in_order() -> None:
    text = "# Rutin\n\nFörst sparas inlägget som skärmdump. Därefter tas det bort. Slutligen meddelas registratorn."
    steps = [(r.procedure != "", r.step) for r in found(text)]
    assert steps == [(True, 1), (True, 2), (True, 3)]
    assert len({r.procedure for r in found(text)}) == 1


def test_a_year_behind_the_word_is_no_next_step() -> None:
    assert {r.procedure for r in found("# Rutin\n\nInlägget ska döljas. Sedan 2018 ska samtycke inhämtas.")} == {""}


@pytest.mark.parametrize(
    "text",
    [
        "Det föreslås att konton ska avslutas efter sex månader.",
        "Kommunstyrelsen föreslås besluta att konton ska avslutas efter sex månader.",
        "Förvaltningen föreslår att konton ska avslutas efter sex månader.",
        "## Förslag till beslut\n\nKonton ska avslutas efter sex månader.",
    ],
)
def test_what_a_sentence_only_puts_forward_is_not_in_force(text: str) -> None:
    said = found(f"# Riktlinjer för sociala medier\n\nFrågor ska besvaras inom två dagar.\n\n{text}")
    assert [r.status for r in said if "besvaras" in r.quote] == ["in_force"]
    assert {r.status for r in said if "avslutas" in r.quote} <= {"proposed"}


def test_what_a_letter_proposes_is_not_in_force() -> None:
    assert {r.status for r in found(LETTER)} <= {"proposed"}
    assert {r.status for r in found("Kontoansvarig ska bevaka kontot.")} == {"in_force"}


def test_advice_is_weaker_than_it_reads() -> None:
    text = "Dokumentet ska ses som ett stöd.\n\nKontoansvarig ska bevaka kontot. Hot får inte publiceras.\n"
    advice = text.replace("ses som ett stöd", "ses som råd")
    assert {(r.modality, r.force) for r in found(advice) if "ses som" not in r.quote} == {
        ("must", "should"), ("must_not", "should_not"),
    }  # fmt: skip
    kind = "En riktlinje i Ale kommun är rekommenderande.\n\nKontoansvarig ska bevaka kontot.\n"
    assert [(r.modality, r.force) for r in found(kind)] == [("must", "should")]
    plain = "Kontoansvarig ska bevaka kontot. Hot får inte publiceras.\n"
    assert {(r.modality, r.force) for r in found(plain)} == {("must", "must"), ("must_not", "must_not")}


def test_the_section_names_all_headings_above() -> None:
    text = "# Riktlinjer\n\n## Ansvar\n\n### Chef\n\nChefen ska besluta.\n\n## Gallring\n\nInlägg ska gallras.\n"
    assert the(text, "Chefen").section == "Riktlinjer > Ansvar > Chef"
    assert the(text, "Inlägg").section == "Riktlinjer > Gallring"


def test_pages() -> None:
    text = "Kontot ska bevakas.\n\fInlägg ska gallras.\n"
    rows = extract_requirements(outline_of(text, page_starts=(0, text.index("\f") + 1))).requirements
    assert [(r.page, r.quote) for r in rows] == [(1, "Kontot ska bevakas"), (2, "Inlägg ska gallras")]


def test_what_is_too_unsure_is_left_out() -> None:
    text = outline_of("Kontoansvarig ska bevaka kontot. Inlägg gallras efter ett år.\n")
    every = extract_requirements(text, settings=ExtractSettings(min_confidence=0.0)).requirements
    line = max(r.confidence for r in every)
    sure = extract_requirements(text, settings=ExtractSettings(min_confidence=line)).requirements
    assert [r.requirement_id for r in sure] == [r.requirement_id for r in every if r.confidence >= line]
    assert len(sure) < len(every)


# Ids


TEXT = "Inledning som är skadad.\n\nKontoansvarig ska svara inom 24 timmar. Hot ska tas bort.\n\nHot ska tas bort.\n"


def ids(extraction: Extraction) -> list[str]:
    return [r.requirement_id for r in extraction.requirements] + [v.value_id for v in extraction.values]


def test_ids_are_unique_and_the_same_every_time() -> None:
    one, two = extracted(TEXT), extracted(TEXT)
    assert one == two
    assert len(set(ids(one))) == len(ids(one)) > 4
    assert {r.requirement_id[0] for r in one.requirements} == {"r"}
    assert not set(ids(one)) & set(ids(extracted(TEXT, document_id="d2")))


@pytest.mark.parametrize(
    "better", ["Inledning som var skadad.", "Inledning.", "En mycket längre inledning som lagats."]
)
def test_a_repair_elsewhere_changes_no_id(better: str) -> None:
    was = "Inledning som är skadad."
    text = TEXT.replace(was, better)
    repair = Repair("d1", 1, 0, len(better), 0, len(was), was, better, "word", 0.95, "applied")
    before = extracted(TEXT)
    after = extract_requirements(outline_of(text), repairs=[repair])
    assert ids(after) == ids(before)
    assert [r.quote for r in after.requirements] == [r.quote for r in before.requirements]
    assert [r.start for r in after.requirements] != [r.start for r in before.requirements] or len(was) == len(better)
    # What is only suggested or was rejected stands nowhere in the text.
    for status in ("suggested", "rejected"):
        assert extract_requirements(outline_of(TEXT), repairs=[replace(repair, status=status)]) == before


def test_a_duty_that_rests_on_a_guarded_repair_says_so() -> None:
    at = TEXT.index("24")
    repair = Repair("d1", 1, at, at + 2, at, at + 2, "2A", "24", "guarded:number", 0.99, "applied")
    rows = extract_requirements(outline_of(TEXT), repairs=[repair]).requirements
    assert [r.repair_dependent for r in rows] == [True, False, False]
    rows = extract_requirements(
        outline_of(TEXT), repairs=[replace(repair, rule="hyphenation+guarded_unit")]
    ).requirements
    assert [r.repair_dependent for r in rows] == [True, False, False]
    for other in (replace(repair, rule="word"), replace(repair, status="rejected")):
        rows = extract_requirements(outline_of(TEXT), repairs=[other]).requirements
        assert not any(r.repair_dependent for r in rows)


def test_a_duty_whose_guarded_word_is_only_suggested_says_so_and_keeps_its_id() -> None:
    at = TEXT.index("24")
    repair = Repair("d1", 1, at, at + 2, at, at + 2, "24", "34", "guarded_number", 0.6, "suggested")
    before, after = extracted(TEXT), extract_requirements(outline_of(TEXT), repairs=[repair])
    assert [r.repair_dependent for r in after.requirements] == [True, False, False]
    assert ids(after) == ids(before)


# Any encoding, any text


BODY = """Riktlinjer för sociala medier i Älvsbyns kommun

## Ansvar

Förvaltningschefen ska utse en kontoansvarig för varje konto. Frågor ska besvaras inom två dagar på vardagar.
Inlägg får inte innehålla hot, förtal eller känsliga uppgifter. Åsikter är välkomna.
"""


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "cp850"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_encoding_of_a_file_does_not_show(tmp_path: Path, encoding: str, newline: str) -> None:
    def read(content: bytes) -> Extraction:
        path = tmp_path / "a.txt"
        path.write_bytes(content)
        repaired = repair_document(read_document(path, document_id="d1"))
        return extract_requirements(outline_document(repaired))

    plain = read(BODY.encode("utf-8"))
    assert len(plain.requirements) == 3
    assert {r.municipality for r in plain.requirements} == {"Älvsbyn"}
    other = read(BODY.replace("\n", newline).encode(encoding))
    assert [(r.start, r.quote, r.modality, r.actor, r.topics) for r in other.requirements] == [
        (r.start, r.quote, r.modality, r.actor, r.topics) for r in plain.requirements
    ]
    assert [(v.start, v.quote, v.kind, v.value) for v in other.values] == [
        (v.start, v.quote, v.kind, v.value) for v in plain.values
    ]


WORDS = (
    "kontoansvarig chefen nämnden du ni vi den som ska skall måste bör får inte aldrig kan behöver svara "
    "svaras besvaras bevaka tas bort publicera diarieföras gallras sparas ansvarar för att och eller samt om när innan "
    "utan inom 24 timmar två arbetsdagar dagligen hot reklam personuppgifter kommentarer inlägg kontot frågor enligt "
    "2 kap. 3 § OSL (2009:400) GDPR lagen Facebook , . : ; ! ? ( ) - – "
    "\n \n\n \n- \n1. \n## \n\t| \t ” … å 😀 \u00ad \u200b \u0301"
)
swedish = st.lists(st.sampled_from(WORDS.split(" ")), max_size=60).map(" ".join)


@settings(max_examples=100)
@given(swedish | st.text(max_size=120))
def test_any_text_is_read_without_harm_and_every_quote_stands_where_it_says(text: str) -> None:
    found = extracted(text)
    topics = {r.id for r in load_codebook("social_media").requirements}
    rows: list[Requirement | Value] = [*found.requirements, *found.values]
    for row in rows:
        assert row.quote == text[row.start : row.end]
        assert row.start < row.end
        assert row.quote.strip()
        assert row.page == 1
        assert 0 < row.confidence <= 1
    assert len(set(ids(found))) == len(ids(found))
    for requirement in found.requirements:
        assert requirement.modality in MODALITIES
        assert requirement.force in MODALITIES
        assert requirement.actor_group in ACTOR_GROUPS
        assert {t for t in requirement.topics.split("|") if t} <= topics
        assert bool(requirement.procedure) == (requirement.step is not None)
    owners = {r.requirement_id: r for r in found.requirements}
    for value in found.values:
        assert value.kind in VALUE_KINDS
        if value.requirement_id:
            owner = owners[value.requirement_id]
            assert owner.start <= value.start < value.end <= owner.end
    starts = [(r.start, r.end) for r in found.requirements]
    assert starts == sorted(starts)


@settings(max_examples=25)
@given(swedish)
def test_the_same_text_gives_the_same_findings(text: str) -> None:
    assert extracted(text) == extracted(text)


def test_every_codebook_can_be_used() -> None:
    for name in list_codebooks():
        rows = extract_requirements(outline_of(BODY), settings=ExtractSettings(codebook=name)).requirements
        known = {r.id for r in load_codebook(name).requirements}
        assert {t for r in rows for t in r.topics.split("|") if t} <= known


def test_an_act_with_two_numbers_is_the_one_of_the_last_revision() -> None:
    text = (
        "Riktlinjer för sociala medier\n\nAntagna av kommunstyrelsen 2010-03-01. Reviderade 2024-05-13.\n\n"
        "# Köp\n\nAnnonser upphandlas enligt LOU.\n"
    )
    (law,) = (v for v in extracted(text).values if v.kind == "legal_reference")
    assert law.identifier == "2016:1145"
