"""Attachments that stand in the document itself, and those that it only names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.compare.attachments import announced_in
from pipeline.compare.passages import Passages
from pipeline.records.outline import Section, Unit

NAMED = "Bilaga. Föreskrifter"


@pytest.mark.parametrize(
    ("chapters", "lacking"),
    [
        ([], [NAMED]),
        ([("Tillämpning", "Föreskrifterna gäller alla konton.")], []),
        ([("Tillämpning", ""), ("Gallring", "")], [NAMED]),
        ([("", "Sida 4 av 4")], [NAMED]),
        ([("Sida 4 av 4", "")], [NAMED]),
    ],
)
def test_an_attachment_with_chapters_of_its_own_is_there(
    build_all: Any, chapters: list[tuple[str, str]], lacking: list[str]
) -> None:
    """Under the heading of an attachment stand chapters, each with its text."""
    (document,) = build_all([{"municipality": "Ekby", "clauses": ["Chefen beslutar om nya konton."]}])
    outline = document.outline
    text, units, sections = outline.text, list(outline.units), list(outline.sections)
    for number, (title, said) in enumerate([(NAMED, ""), *chapters], start=1):
        kind, parent = ("attachments", -1) if number == 1 or title in ("", "Sida 4 av 4") else ("body", 1)
        start = len(text)
        for words, unit in ((title, "heading"), (said, "sentence")):
            if words:
                place = (len(text), len(text) + len(words))
                units.append(Unit("d0", len(units), number, unit, len(units), 0, "", -1, *place))
                text += words + "\n"
        sections.append(Section("d0", number, parent, 1 if number == 1 else 2, title, start, len(text), kind))
    made = replace(outline, text=text, units=tuple(units), sections=tuple(sections))
    assert announced_in(Passages(made)) == lacking
