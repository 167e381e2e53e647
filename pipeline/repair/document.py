"""One document repaired: its reading text, and lines, words and pages where they stand in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.records.reading import FURNITURE, Furniture, Line, Reading, Word
from pipeline.records.repair import ReadingPage, Repair, Repaired
from pipeline.repair.damage import score_damage
from pipeline.repair.edits import TextEdit, as_spans
from pipeline.spans import OffsetMap, Span

Place = TypeVar("Place", Line, Word)


def place_repairs(reading: Reading, text: str, edits: Sequence[TextEdit], damage_score: float) -> Repaired:
    """The repaired document from its reading and the edits that were made of its raw text.

    Lines and words that were cut out as furniture are left out; the others are moved to the reading text.
    """
    document_id = reading.source.document_id
    to_text = OffsetMap.from_edits(len(reading.text), as_spans(edits))
    became = {(c.old_start, c.old_end): (c.new_start, c.new_end) for c in to_text.changed}
    repairs = [_repair(document_id, edit, to_text, reading, became) for edit in edits]
    furniture = [
        Furniture(document_id, x.page, x.role, x.start, x.end, reading.text[x.start : x.end])
        for x in reading.lines
        if x.role in FURNITURE
    ]
    cut = [(x.raw_start, x.raw_end) for x in furniture]
    return Repaired(
        source=reading.source,
        text=text,
        pages=tuple(_pages(reading, to_text)),
        lines=tuple(_moved(line, to_text) for line in reading.lines if line.role not in FURNITURE),
        words=tuple(_moved(word, to_text) for word in reading.words if not _inside(word, cut)),
        repairs=tuple(repairs),
        furniture=tuple(furniture),
        damage_score=damage_score,
    )


def furniture_spans(reading: Reading) -> list[tuple[int, int]]:
    """The raw spans of running heads, page numbers, stamps and menus."""
    return [(line.start, line.end) for line in reading.lines if line.role in FURNITURE]


def _repair(
    document_id: str, edit: TextEdit, to_text: OffsetMap, reading: Reading, became: Mapping[Span, Span]
) -> Repair:
    """The row of an edit; an applied one's place is what it put in, also where nothing stood before."""
    place = (edit.raw_start, edit.raw_end)
    start, end = became[place] if edit.status == "applied" else to_text.span(*place)
    return Repair(
        document_id, _page_of(reading, edit.raw_start), start, end, edit.raw_start, edit.raw_end, edit.before,
        edit.after, edit.rule, round(edit.confidence, 4), edit.status,
    )  # fmt: skip


def _page_of(reading: Reading, raw: int) -> int:
    return next((p.page for p in reversed(reading.pages) if p.start <= raw), 1)


def _pages(reading: Reading, to_text: OffsetMap) -> list[ReadingPage]:
    pages = []
    for page in reading.pages:
        start, end = to_text.span(page.start, page.end)
        score = round(score_damage(reading.text[page.start : page.end]), 4)
        pages.append(ReadingPage(page.document_id, page.page, start, end, score))
    return pages


def _moved(place: Place, to_text: OffsetMap) -> Place:
    start, end = to_text.span(place.start, place.end)
    return replace(place, start=start, end=end)


def _inside(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start and word.end <= end for start, end in spans)
