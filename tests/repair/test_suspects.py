"""Misread modals and negations get their row in texts that look sound, and sound words get none."""

from __future__ import annotations

import pytest

from pipeline.params import RepairSettings
from pipeline.repair import repair_text

SETTINGS = RepairSettings()
SOUND = "Frågor från allmänheten besvaras så snart det går, och chefen följer upp svaren varje månad."


@pytest.mark.parametrize(
    ("read", "word", "rule"),
    [
        ("Det är lnte tillåtet att radera.", "inte", "guarded_negation"),
        ("Det får iute ske.", "inte", "guarded_negation"),
        ("Det är inle meningen.", "inte", "guarded_negation"),
        ("Det ska aldrlg ske.", "aldrig", "guarded_negation"),
        ("Det ska aldng ske.", "aldrig", "guarded_negation"),
        ("Det ska cj ske.", "ej", "guarded_negation"),
        ("Kontot fdr användas.", "får", "guarded_modal"),
        ("Kontot skail stängas.", "skall", "guarded_modal"),
        ("Chefen mdste svara.", "måste", "guarded_modal"),
        ("Chefen maste svara.", "måste", "guarded_modal"),
        ("Chefen b6r svara.", "bör", "guarded_modal"),
        ("Vi behover svara.", "behöver", "guarded_modal"),
        ("Inläggen lcan döljas.", "kan", "guarded_modal"),
        ("Måsle någon svara?", "Måste", "guarded_modal"),
    ],
)
def test_a_misread_guarded_word_is_suggested(read: str, word: str, rule: str) -> None:
    repaired = repair_text(f"{SOUND} {read}", settings=SETTINGS)
    assert repaired.text == f"{SOUND} {read}"
    assert [(edit.after, edit.rule, edit.status) for edit in repaired.edits] == [(word, rule, "suggested")]


@pytest.mark.parametrize(
    "text",
    [
        "Skulden går till Skau Moste och Kari Bor i Maste.",
        "Skriv till lnte@kommunen.se eller läs på www.iute.se/cj/maste.",
        "Barnet har ett skal, en hund som kan skalla, och boken är far sin lik. Oj!",
        "Filen heter cj.pdf och märkt A/cj-2.",
    ],
)
def test_sound_words_names_and_addresses_are_not_doubted(text: str) -> None:
    assert repair_text(f"{SOUND} {text}", settings=SETTINGS).edits == ()


def test_in_a_damaged_text_a_suggestion_for_such_a_word_is_guarded_whatever_it_says() -> None:
    raw = (
        "Fragor fran allmanheten besvaras sa snart det gar, och chefen foljer upp svaren varje manad. "
        "Kontot fdr inte anvandas for det andamalet. Den som ar utsedd till redaktor mfste alltid svara."
    )
    rows = {edit.before: edit for edit in repair_text(raw, settings=SETTINGS).edits}
    for word in ("fdr", "mfste"):
        assert rows[word].status == "applied" or rows[word].rule.startswith("guarded")
