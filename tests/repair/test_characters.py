"""Bytes read by the wrong table are decoded back, lost letters restored or said to be in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.params import RepairSettings
from pipeline.repair import repair_text

HERE = Path(__file__).parent
TABLES = yaml.safe_load((HERE / "code_page_cases.yaml").read_text("utf-8"))
SETTINGS = RepairSettings()
TEXT = (
    "Förvaltningen svarar på frågor från allmänheten så snart det går. Åtgärder bestäms av nämnden, och ärenden\n"
    "som rör många förs vidare. Är frågan bråttom gäller andra regler. Därefter följer chefen upp svaren varje månad."
)


def rules(raw: str) -> set[tuple[str, str]]:
    return {(edit.rule, edit.status) for edit in repair_text(raw, settings=SETTINGS).edits}


@pytest.mark.parametrize(("true", "read"), TABLES, ids=[f"{true} as {read}" for true, read in TABLES])
def test_bytes_read_by_the_wrong_table_are_read_again(true: str, read: str) -> None:
    raw = TEXT.encode(true).decode(read, "surrogateescape")
    # CP1252 leaves five bytes undefined; readers pass them through as control characters.
    raw = "".join(chr(ord(letter) - 0xDC00) if "\udc80" <= letter <= "\udcff" else letter for letter in raw)
    assert raw != TEXT
    repaired = repair_text(raw, settings=SETTINGS)
    assert repaired.text == TEXT
    assert {edit.rule for edit in repaired.edits} == {"code_page"}
    assert repair_text(TEXT, settings=SETTINGS).edits == ()


@pytest.mark.parametrize(
    "text",
    [
        "Han sade „ja” och ”nej”, och priset är 5 € enligt Škoda, Dvořák och Šimić.",
        "Œuvre, Ørsted, naïve, Curaçao och señor är lånord; ÷ och ß är tecken.",
        "Vi svarade… Sedan kom frågan† igen™.",
    ],
)
def test_names_and_signs_of_sound_text_are_no_wrong_table(text: str) -> None:
    assert repair_text(f"{text} {TEXT}", settings=SETTINGS).edits == ()


@pytest.mark.parametrize(
    ("read", "said"), [("5 â‚¬", "5 €"), ("â€“ alltid", "– alltid"), ("Microsoftâ„¢", "Microsoft™")]
)
def test_remnants_of_utf_8_are_decoded(read: str, said: str) -> None:
    assert repair_text(f"Det kostar {read}", settings=SETTINGS).text == f"Det kostar {said}"


@pytest.mark.parametrize("mark", ["\ufffd", "?", "\ufffd\ufffd"])
def test_lost_letters_come_back(mark: str) -> None:
    raw = "".join(mark if letter in "åäöÅÄÖ" else letter for letter in TEXT)
    repaired = repair_text(raw, settings=SETTINGS)
    assert repaired.text == TEXT
    assert all(edit.rule == "lost_letter" or edit.rule.startswith("guarded") for edit in repaired.edits)
    assert repair_text(repaired.text, settings=SETTINGS).edits == ()


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("Svara på fr?gor från alla.", "Svara på frågor från alla."),
        ("Svara på fr\ufffdgor från alla.", "Svara på frågor från alla."),
        ("Ansvarig är Anna \ufffdkesson.", "Ansvarig är Anna Åkesson."),
        ("KOMMUNFULLM\ufffdKTIGE", "KOMMUNFULLMÄKTIGE"),
    ],
)
def test_a_single_lost_letter_comes_back_where_one_word_fits(read: str, said: str) -> None:
    assert repair_text(read, settings=SETTINGS).text == said


def test_a_lost_letter_that_may_be_of_a_modal_is_guarded() -> None:
    for edit in repair_text("Ordet f\ufffdr står ensamt.", settings=SETTINGS).edits:
        assert (edit.rule, edit.status) == ("guarded_modal", "suggested")


@pytest.mark.parametrize("word", ["Kv\ufffdrnholtzgatan", "\ufffd", "x\ufffd\ufffd\ufffdz"])
def test_what_no_word_fits_is_said_to_be_in_doubt(word: str) -> None:
    raw = f"Det står {word} här."
    assert repair_text(raw, settings=SETTINGS).text == raw
    assert rules(raw) == {("unread_word", "suggested")}


@pytest.mark.parametrize(
    "text",
    [
        "Vad?och när? Det vet ingen?så är det.",
        "Läs på www.kommunen.se/sida?fr?gor=1 eller /sok.aspx?id=3.",
        "Vem svarar? alla? Hur går det för dig? är du nöjd?",
        "Fr?gor?",
    ],
)
def test_questions_of_sound_text_stay(text: str) -> None:
    assert "unread_word" not in {rule for rule, _ in rules(text)}
    if text != "Fr?gor?":
        assert repair_text(text, settings=SETTINGS).text == text
