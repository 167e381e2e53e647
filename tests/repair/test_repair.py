"""Damaged words are restored, clean ones left alone, and the edits lead from the raw text to the reading text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.params import RepairSettings
from pipeline.repair import RepairedText, build_run_lexicon, repair_text, score_damage

HERE = Path(__file__).parent
DAMAGED = yaml.safe_load((HERE / "damaged_cases.yaml").read_text("utf-8"))
CLEAN = yaml.safe_load((HERE / "clean_cases.yaml").read_text("utf-8"))
SETTINGS = RepairSettings()


def replay(raw: str, repaired: RepairedText) -> str:
    """What the applied edits make of the raw text, done by hand."""
    pieces, at = [], 0
    for edit in repaired.edits:
        assert raw[edit.raw_start : edit.raw_end] == edit.before
        if edit.status == "applied":
            assert edit.raw_start >= at
            pieces += [raw[at : edit.raw_start], edit.after]
            at = edit.raw_end
    return "".join([*pieces, raw[at:]])


@pytest.mark.parametrize("case", DAMAGED, ids=[case["read"][:40] for case in DAMAGED])
def test_damaged_sentences(case: dict[str, str]) -> None:
    # Alone a sentence is short: with the others it is a damaged document.
    rest = "\n\n".join(other["read"] for other in DAMAGED if other is not case)
    repaired = repair_text(case["read"] + "\n\n" + rest, settings=SETTINGS)
    assert repaired.text.split("\n\n")[0] == case["said"]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_left_alone(text: str) -> None:
    assert repair_text(text, settings=SETTINGS).text == text


def test_clean_text_is_left_alone_as_a_document() -> None:
    text = "\n\n".join(CLEAN)
    repaired = repair_text(text, settings=SETTINGS)
    assert (repaired.text, repaired.damage_score) == (text, 0.0)


def test_names_and_addresses_in_damaged_text_stay() -> None:
    text = (
        "Fragor besvaras av Maria Rabin, Bo Barman och Lars Hansson pa telefon 0322-61 61 27. "
        "Det gar ocksa bra att skriva till for.alla@kommunen.se eller pa www.kommunen.se/sa-har. "
        "Vi svarar sa fort vi kan. "
        "Anstallda maste alltid folja lagen nar de anvander sociala medier for kommunens rakning."
    )
    after = repair_text(text, settings=SETTINGS).text
    for kept in (
        "Maria Rabin",
        "Bo Barman",
        "Lars Hansson",
        "0322-61 61 27",
        "for.alla@kommunen.se",
        "www.kommunen.se/sa-har",
    ):
        assert kept in after
    assert "måste alltid följa lagen när de använder" in after


def test_names_of_the_run_are_known() -> None:
    damaged = "\n".join(case["read"] for case in DAMAGED) + "\nChef ar Goran Ahlqvrist i Ostra Kvarnasen."
    run = build_run_lexicon(["Enheten i Östra Kvarnåsen leds av en chef. Kvarnåsen är stort."])
    assert "Kvarnåsen" not in repair_text(damaged, settings=SETTINGS).text
    assert "Östra Kvarnåsen" in repair_text(damaged, settings=SETTINGS, lexicon=run).text


def test_the_run_lexicon_is_a_sorted_table_with_a_hash() -> None:
    one, two = build_run_lexicon(["b a b", "a"]), build_run_lexicon(["a", "b a b"])
    assert [(word.word, word.count, word.documents) for word in one.words] == [("a", 2, 2), ("b", 2, 1)]
    assert one.sha256 == two.sha256 != build_run_lexicon(["a"]).sha256


def test_guarded_words_need_more_evidence() -> None:
    text = "\n".join(case["read"] for case in DAMAGED)
    careful = RepairSettings(apply_guarded_above=1.0, apply_above=0.9)
    edits = repair_text(text, settings=careful).edits
    modals = [edit for edit in edits if edit.rule == "guarded_modal" and edit.confidence < 1.0]
    assert modals and all(edit.status == "suggested" for edit in modals)


def test_nothing_is_tried_below_the_threshold() -> None:
    text = "\n".join(case["read"] for case in DAMAGED)
    assert score_damage(text) > 0.2
    assert repair_text(text, settings=RepairSettings(damage_threshold=1.0)).text == text


def test_a_clean_page_of_a_damaged_document_is_left_alone() -> None:
    clean = " ".join(f"{text} Det är så vi gör här." for text in CLEAN)
    damaged = "\n".join(case["read"] for case in DAMAGED)
    repaired = repair_text(f"{damaged}\n\n{clean}", settings=SETTINGS, page_starts=(0, len(damaged) + 2))
    assert repaired.text.endswith(clean)
    assert repaired.text.startswith("Vi ska svara på alla frågor")


def test_section_signs_are_only_suggested() -> None:
    text = "Enligt 2 kap. 3 8 tryckfrihetsforordningen far handlingar inte gallras. De sparas i 5 8 ar."
    repaired = repair_text(text, settings=SETTINGS)
    signs = [(edit.before, edit.after, edit.status) for edit in repaired.edits if edit.rule == "guarded_number"]
    assert signs == [("8", "§", "suggested")]
    assert "3 8 tryck" in repaired.text


PIECES = [
    *(case["read"] for case in DAMAGED),
    *CLEAN,
    "kommu-\nnikation ",
    "\n\n\n",
    "• a • b ",
    "fÃ¶r ",
    "ofﬁciell",
    "\ufeff",
    "\f",
    "å\u00ad\n",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=8), st.data())
def test_edits_lead_from_raw_to_text(pieces: list[str], data: st.DataObject) -> None:
    raw = "".join(pieces)
    places = st.integers(0, len(raw))
    furniture = data.draw(st.lists(st.tuples(places, places).map(lambda pair: (min(pair), max(pair))), max_size=3))
    starts = data.draw(st.lists(places, max_size=3))
    repaired = repair_text(raw, settings=SETTINGS, furniture=furniture, page_starts=starts)
    assert replay(raw, repaired) == repaired.text
    assert [edit.raw_start for edit in repaired.edits] == sorted(edit.raw_start for edit in repaired.edits)
    assert repaired == repair_text(raw, settings=SETTINGS, furniture=furniture, page_starts=starts)
