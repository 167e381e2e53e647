"""Full stops that a scan lost come back where a page lost several, and where menus are named none are made up."""

from __future__ import annotations

import re

import pytest

from pipeline.repair.lost_stops import restore_stops

LOST = (
    "Kommunen svarar samma dag Det är viktigt att alla får svar. Kontot besöks varje dag Att det sker följs upp av "
    "nämnden. Frågor besvaras inom två arbetsdagar Den som svarar skriver sitt namn. Kollegor hjälper vid behov Vid "
    "frågor vänder sig alla till kommunen."
)


def restored(text: str) -> str:
    """The text with lost stops put back."""
    for edit in reversed(restore_stops(text, [(0, len(text))])):
        text = text[: edit.raw_start] + edit.after + text[edit.raw_end :]
    return text


def test_stops_that_a_page_lost_again_and_again_are_put_back() -> None:
    assert restored(LOST) == re.sub(" (Det|Att|Den|Vid)(?= )", r". \1", LOST)


@pytest.mark.parametrize(
    "text",
    [
        # Once or twice may be the author's own.
        LOST.partition("Frågor")[0],
        # Names and menus have capitals inside sentences.
        "Vi i Alingsås kommun skriver till Sveriges kommuner och till Region Skåne varje år.",
        "Klicka på Infoga för att välja Lägg till. Klicka på ikonen Spara när du använder Ta bort i menyn Redigera.",
    ],
)
def test_capitals_inside_sentences_are_no_reason_by_themselves(text: str) -> None:
    assert restored(text) == text


def test_only_damaged_passages_are_looked_at() -> None:
    assert restore_stops(LOST, []) == []
