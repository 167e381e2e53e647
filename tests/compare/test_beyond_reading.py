"""What a text that nobody can read does not say is not known: its cells are unreadable, never silent."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from pipeline.compare import compare_requirements
from pipeline.extract import extract_requirements
from pipeline.ingest import read_document
from pipeline.outline import outline_document
from pipeline.records.comparison import Comparison, DocumentFindings
from pipeline.repair import repair_document

RULES = """# Riktlinjer för sociala medier

Mora kommun

Antagna av kommunstyrelsen 2022-02-02.

Frågor från allmänheten ska besvaras inom två arbetsdagar. Kommunikationschefen beslutar om nya konton.

Inlägg som innehåller hot eller hets mot folkgrupp ska döljas. Det som tas bort ska först sparas som en skärmbild.

Varje verksamhet ansvarar för att dess konton bevakas alla vardagar och att uppgifter med sekretess aldrig publiceras.
"""


def _compare(text: str, folder: Path) -> Comparison:
    file = folder / "regler.txt"
    file.write_text(text, encoding="utf-8")
    reading = read_document(file)
    repaired = repair_document(reading)
    outline = outline_document(repaired)
    found = DocumentFindings(reading.source, repaired.damage_score, outline, extract_requirements(outline))
    return compare_requirements([found])


def _scramble(text: str, share: float) -> str:
    """A share of the small letters, each replaced by another one; the head stays as it is."""
    chance = random.Random(7)
    head, body = text.split("\n\n", 2)[:2], text.split("\n\n", 2)[2]
    letters = "abcdefghijklmnopqrstuvwxyzåäö"
    worn = "".join(chance.choice(letters) if c.islower() and chance.random() < share else c for c in body)
    return "\n\n".join([*head, worn])


@pytest.mark.parametrize("share", [0.15, 0.3])
def test_a_text_of_which_words_are_none_is_never_silent(share: float, tmp_path: Path) -> None:
    compared = _compare(_scramble(RULES, share), tmp_path)
    answers = Counter(cell.answer for cell in compared.cells)
    assert answers["silent"] == 0
    assert answers["unreadable"] > 30
    (document,) = compared.documents
    assert document.damage_score > 0.2
    assert "går inte att läsa" in document.message
    assert "can't be read" in document.message_en


def test_a_sound_text_may_be_silent(tmp_path: Path) -> None:
    compared = _compare(RULES, tmp_path)
    assert Counter(cell.answer for cell in compared.cells)["silent"] > 20
    assert compared.documents[0].damage_score == 0
    assert compared.documents[0].message == ""
