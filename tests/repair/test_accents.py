"""Letters apart from their dots and rings are put together before anything is judged; then nothing is left to mend."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml

from pipeline.params import RepairSettings
from pipeline.repair import build_run_lexicon, repair_text, score_damage
from pipeline.repair.edits import as_spans
from pipeline.spans import OffsetMap
from pipeline.swedish.plausibility import plausibility

CLEAN = "\n\n".join(yaml.safe_load(Path(__file__).with_name("clean_cases.yaml").read_text("utf-8")))
SETTINGS = RepairSettings()
ACCENTS = {"å": "a˚", "ä": "a¨", "ö": "o¨", "Å": "A˚", "Ä": "A¨", "Ö": "O¨", "é": "e´"}
READINGS = {
    "decomposed": unicodedata.normalize("NFD", CLEAN),
    "accent behind": "".join(ACCENTS.get(letter, letter) for letter in CLEAN),
    "accent before": "".join(ACCENTS.get(letter, letter)[::-1] for letter in CLEAN),
}


@pytest.mark.parametrize("raw", READINGS.values(), ids=READINGS)
def test_sound_text_whose_marks_stand_apart_is_only_put_together(raw: str) -> None:
    repaired = repair_text(raw, settings=SETTINGS)
    assert repaired.text == CLEAN
    assert {edit.rule for edit in repaired.edits} <= {"combining_mark", "spacing_accent"}
    assert repaired.damage_score == score_damage(raw) == 0
    assert repair_text(repaired.text, settings=SETTINGS).edits == ()


def test_every_place_leads_to_the_whole_letters_and_back() -> None:
    raw = READINGS["decomposed"]
    repaired = repair_text(raw, settings=SETTINGS)
    ahead = OffsetMap.from_edits(len(raw), as_spans(repaired.edits))
    for word in ("för", "är"):
        apart = unicodedata.normalize("NFD", f" {word} ")
        start = raw.index(apart)
        span = ahead.span(start, start + len(apart))
        assert repaired.text[slice(*span)] == f" {word} "
        assert ahead.inverse().span(*span) == (start, start + len(apart))


def test_a_damaged_text_with_marks_apart_is_mended_all_the_same() -> None:
    raw = "Vi ska svara pa alla fragor som ror kommunen, chefen ansvarar for att alla vet vad som galler pa ide\u0301n"
    assert repair_text(raw, settings=SETTINGS).text.endswith("gäller på idén")


@pytest.mark.parametrize(
    "text",
    ["Temperaturen var 20 °C och vinkeln 45°.", "Talet x² och tecknet ½ samt 5 ° a", "Sagt med ´egna´ ord: bl´a."],
)
def test_signs_that_make_no_letter_stay(text: str) -> None:
    assert repair_text(text, settings=SETTINGS).edits == ()


def test_a_name_follows_the_custom_of_its_document() -> None:
    raw = "Fo¨r fra˚gor a¨r Lindstro¨mqvist va¨rd."
    assert repair_text(raw, settings=SETTINGS).text == "För frågor är Lindströmqvist värd."


def test_readings_are_compared_and_names_gathered_by_whole_letters() -> None:
    assert plausibility(READINGS["decomposed"]) == plausibility(CLEAN)
    apart = unicodedata.normalize("NFD", "Kvarnåsen")
    assert [word.word for word in build_run_lexicon([apart]).words] == ["Kvarnåsen"]
