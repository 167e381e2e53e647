"""A letter with the draft that it proposes behind it: what the draft holds is left to it, and nothing is in force."""

from __future__ import annotations

from dataclasses import replace

from pipeline.compare import compare_requirements
from pipeline.extract import extract_requirements
from pipeline.records.comparison import Comparison, DocumentFindings
from tests.texts import outline_of, repaired_of

LETTER = """\
Ekby kommun

Tjänsteskrivelse
2024-02-05

Riktlinjer för sociala medier

Förslag till beslut

Kommunstyrelsen antar riktlinjer för sociala medier enligt bilaga 1.

Beskrivning av ärendet

Kommunen saknar i dag riktlinjer för sina konton. Förvaltningen har därför tagit fram ett förslag.

Beslutsunderlag

Tjänsteskrivelse 2024-02-05
Bilaga 1, Riktlinjer för sociala medier
"""
DRAFT = """
Bilaga 1

Riktlinjer för sociala medier

Svar

Frågor i sociala medier ska besvaras inom 24 timmar.

Borttagning

Hot och hets mot folkgrupp ska tas bort. Dessförinnan ska inlägget sparas med en skärmdump.

Allmänna handlingar

Inlägg och kommentarer på kommunens konton i sociala medier är allmänna handlingar.
"""


def compared(text: str) -> Comparison:
    outline = outline_of(text)
    assert outline.document.proposes_another
    source = replace(repaired_of(text).source, document_id=outline.document.document_id)
    return compare_requirements([DocumentFindings(source, 0.0, outline, extract_requirements(outline))])


def test_the_draft_behind_a_letter_holds_its_answers() -> None:
    comparison = compared(LETTER + DRAFT)
    cells = {c.requirement: c for c in comparison.cells}
    for name in ("response_time", "removal", "saving_before_removal", "prohibited_content", "public_records"):
        assert cells[name].answer == "delegated", name
        assert cells[name].value == "Riktlinjer för sociala medier"
        assert cells[name].start >= len(LETTER), "the words stand in the draft"
    assert cells["copyright"].answer == "silent"
    assert not {c.answer for c in cells.values()} & {"stated", "stated_negatively", "conflicting"}
    assert "missing_attachment" not in {f.kind for f in comparison.findings}, "the draft is here"


def test_a_letter_alone_holds_no_answers() -> None:
    comparison = compared(LETTER)
    assert {c.answer for c in comparison.cells} <= {"silent", "delegated"}
    assert {c.requirement for c in comparison.cells if c.answer == "delegated"}.isdisjoint(
        {"removal", "public_records"}
    )


def test_names_behind_the_list_of_attachments_are_no_draft() -> None:
    comparison = compared(LETTER + "\n\nBilagor\n\nRiktlinjer för sociala medier\n\nEva Ek\n\nKommundirektör\n")
    assert {c.answer for c in comparison.cells} == {"silent"}
