"""Municipalities by every way a text names them: all 290, the forty with ambiguous names, and what is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.swedish.datafiles import read_rows
from pipeline.swedish.municipalities import by_name, find_municipalities, genitive

AMBIGUOUS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("municipalities_ambiguous.yaml").read_text(encoding="utf-8")
)


def sure_codes(text: str) -> list[str]:
    return [one.code for one in find_municipalities(text) if one.confidence > 0.7]


@pytest.mark.parametrize("name", AMBIGUOUS["names"])
def test_a_name_that_is_a_word_is_a_municipality_beside_kommun_or_a_body(name: str) -> None:
    known = by_name(name)
    assert known is not None
    for sentence in AMBIGUOUS["meant"]:
        text = sentence.replace("N", name, 1) if sentence.startswith("N ") else sentence
        text = text.replace("G ", f"{genitive(name)} ").replace(" N ", f" {name} ")
        assert sure_codes(text) == [known.code], text


@pytest.mark.parametrize("text", AMBIGUOUS["not_meant"])
def test_words_and_people_are_no_municipalities(text: str) -> None:
    assert sure_codes(text) == []


@pytest.mark.parametrize("row", read_rows("municipalities.csv"), ids=lambda row: row["name"])
def test_every_municipality_is_found_in_every_form(row: dict[str, str]) -> None:
    name = row["name"]
    own = row["own_name"] or f"{genitive(name)} kommun"
    for text in (
        f"Riktlinjer antagna av {own} 2020.",
        f"{own.upper()}",
        f"Kommunstyrelsen i {name} beslutade.",
        f"{genitive(name)} kommuns webbplats",
        f"{genitive(name)} kommunfullmäktige har beslutat.",
        f"Läs mer på www.{row['domain']} om reglerna.",
        f"Skriv till info@{row['domain']}.",
    ):
        assert sure_codes(text) == [row["code"]], text


def test_a_name_in_small_letters_counts_beside_kommun_only() -> None:
    assert sure_codes("ängelholms kommun och karlskrona kommun i en slarvig text") == ["1292", "1080"]
    assert sure_codes("det är viktigt att vara kommun och att mark kommunen äger vårdas") == []
