"""The repair room: the reading text of a document, every edit logged, from the raw reading of its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.params import RepairSettings
from pipeline.records.reading import Reading
from pipeline.records.repair import Repair, Repaired
from pipeline.repair.accents import compose_letters
from pipeline.repair.characters import Place, read_places, repair_words
from pipeline.repair.code_pages import decode_pages
from pipeline.repair.damage import find_damaged_passages, score_damage
from pipeline.repair.document import furniture_spans, place_repairs
from pipeline.repair.edits import TextEdit, as_spans, compose_edits, make_edits
from pipeline.repair.furniture import cut_furniture
from pipeline.repair.glyphs import repair_glyphs
from pipeline.repair.layout import repair_layout
from pipeline.repair.long_runs import LongRuns
from pipeline.repair.lost_letters import restore_lost_letters
from pipeline.repair.lost_stops import restore_stops
from pipeline.repair.numbers import flag_numbers
from pipeline.repair.punctuation import repair_punctuation
from pipeline.repair.run_lexicon import RunLexicon, build_run_lexicon
from pipeline.repair.sections import repair_section_signs
from pipeline.repair.suspects import flag_guarded, guard_suggestions
from pipeline.repair.unread import flag_words
from pipeline.spans import OffsetMap

__all__ = [
    "RepairedText",
    "RunLexicon",
    "TextEdit",
    "build_run_lexicon",
    "read_damaged_places",
    "repair_document",
    "repair_text",
    "rewrite",
    "score_damage",
]


@dataclass(frozen=True, slots=True)
class RepairedText:
    """What repair gives for one text.

    Attributes:
        text: The reading text.
        edits: Every edit of the raw text in order, the suggested ones too; the applied ones turn raw into text.
        damage_score: The estimated share of damaged words before anything was touched, 0 to 1.
    """

    text: str
    edits: tuple[TextEdit, ...]
    damage_score: float


def repair_text(
    raw: str,
    *,
    lexicon: RunLexicon | None = None,
    settings: RepairSettings,
    furniture: Sequence[tuple[int, int]] = (),
    page_starts: Sequence[int] = (0,),
    flowing: bool = True,
) -> RepairedText:
    """The reading text of a raw text, with the edits that lead there.

    Args:
        raw: The raw text; all offsets are its code points.
        lexicon: Words of the undamaged documents of the run.
        settings: Thresholds.
        furniture: Spans of raw text to leave out: page heads, page numbers, stamps.
        page_starts: Where the pages begin in raw text.
        flowing: Whether the text runs over lines and pages; False for tables and forms, whose breaks mean something.
    """
    runs = LongRuns(raw)
    if runs.spans:
        short = repair_text(
            runs.short,
            lexicon=lexicon,
            settings=settings,
            furniture=[(runs.to_short(start), runs.to_short(end)) for start, end in furniture],
            page_starts=[runs.to_short(start) for start in page_starts],
            flowing=flowing,
        )
        edits = runs.put_back(short.edits)
        return RepairedText(make_edits(raw, edits), tuple(edits), short.damage_score)
    score = score_damage(raw)
    edits = _lay_out(raw, settings, furniture, page_starts, flowing=flowing)
    middle = make_edits(raw, edits)
    damaged = find_damaged_passages(middle, _move(raw, edits, page_starts), threshold=settings.damage_threshold)
    spans = damaged
    if damaged:
        words = repair_words(middle, damaged, run=lexicon, settings=settings)
        edits = compose_edits(raw, edits, words)
        ahead = OffsetMap.from_edits(len(middle), as_spans(words))
        spans = [ahead.span(start, end) for start, end in damaged]
        # Marks are changed one for one, so that the passages stay where they are; lost ones are put back first.
        text = make_edits(raw, edits)
        stops = restore_stops(text, spans)
        edits = compose_edits(raw, edits, stops)
        ahead = OffsetMap.from_edits(len(text), as_spans(stops))
        spans = [ahead.span(start, end) for start, end in spans]
        edits = _then(raw, edits, lambda text: repair_punctuation(text, spans))
    edits = _then(raw, edits, lambda text: repair_section_signs(text, spans))
    edits = _then(raw, edits, lambda text: flag_numbers(text, spans, raw=raw))
    edits = guard_suggestions(_then(raw, edits, lambda text: flag_guarded(text, _ahead(raw, edits))))
    if damaged:
        edits = _then(raw, edits, lambda text: flag_words(text, spans, _ahead(raw, edits)))
    return RepairedText(make_edits(raw, edits), tuple(edits), score)


def read_damaged_places(raw: str, *, lexicon: RunLexicon | None = None) -> tuple[str, list[Place]]:
    """A raw text after layout repair, and its damaged words with all that speaks for each reading of them.

    Args:
        raw: The raw text, of one page.
        lexicon: Words of the undamaged documents of the run.
    """
    settings = RepairSettings()
    middle = make_edits(raw, _lay_out(raw, settings, (), (0,), flowing=True))
    damaged = find_damaged_passages(middle, [0], threshold=settings.damage_threshold)
    return middle, read_places(middle, damaged, run=lexicon)


def repair_document(
    reading: Reading, *, lexicon: RunLexicon | None = None, settings: RepairSettings | None = None
) -> Repaired:  # fmt: skip
    """The repaired document: its reading text, with lines, words and pages where they stand in it.

    Args:
        reading: The document as ingest read it.
        lexicon: Words of the undamaged documents of the run.
        settings: Thresholds, defaults when left out.
    """
    repaired = repair_text(
        reading.text,
        lexicon=lexicon,
        settings=settings or RepairSettings(),
        furniture=furniture_spans(reading),
        page_starts=[page.start for page in reading.pages] or [0],
    )
    return place_repairs(reading, repaired.text, repaired.edits, repaired.damage_score)


def rewrite(reading: Reading, repairs: Sequence[Repair], damage_score: float) -> Repaired:
    """The repaired document made anew of repairs that a person has decided on: those applied make the text.

    Args:
        reading: The document as ingest read it.
        repairs: Its repairs with their status after the decisions.
        damage_score: As estimated before.
    """
    edits = [
        TextEdit(r.raw_start, r.raw_end, r.before, r.after, r.rule, r.confidence, r.status)
        for r in sorted(repairs, key=lambda r: (r.raw_start, r.raw_end))
    ]
    return place_repairs(reading, make_edits(reading.text, edits), edits, damage_score)


def _lay_out(
    raw: str,
    settings: RepairSettings,
    furniture: Sequence[tuple[int, int]],
    page_starts: Sequence[int],
    *,
    flowing: bool,
) -> list[TextEdit]:
    edits = _then(raw, cut_furniture(raw, furniture), compose_letters)
    edits = _then(raw, edits, decode_pages)
    edits = _then(raw, edits, repair_glyphs)
    edits = _then(raw, edits, lambda text: restore_lost_letters(text, settings))
    if flowing:
        edits = _then(raw, edits, lambda text: repair_layout(text, page_starts=_move(raw, edits, page_starts)))
    return edits


def _then(raw: str, edits: list[TextEdit], rule: Callable[[str], list[TextEdit]]) -> list[TextEdit]:
    found = rule(make_edits(raw, edits))
    return compose_edits(raw, edits, found) if found else edits


def _ahead(raw: str, edits: Sequence[TextEdit]) -> list[TextEdit]:
    """The edits with their places in the text that the applied ones make."""
    ahead = OffsetMap.from_edits(len(raw), as_spans(edits))
    placed = ((edit, ahead.span(edit.raw_start, edit.raw_end)) for edit in edits)
    return [replace(edit, raw_start=start, raw_end=end) for edit, (start, end) in placed]


def _move(raw: str, edits: Sequence[TextEdit], starts: Sequence[int]) -> list[int]:
    ahead = OffsetMap.from_edits(len(raw), as_spans(edits))
    return sorted({ahead.span(start, start)[0] for start in starts})
