"""From an outlined document to its requirements and values, each with its exact span."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.codebooks import (
    FIT,
    ClauseText,
    Codebook,
    TopicMatch,
    load_codebook,
    match_cues,
    match_topics,
    score_together,
)
from pipeline.extract.beside import owner_in_row, values_beside
from pipeline.extract.duties import find_duties
from pipeline.extract.found import Duty, Found
from pipeline.extract.parsed import parse_units
from pipeline.extract.values import find_values
from pipeline.params import ExtractSettings
from pipeline.records.outline import Outline, Section
from pipeline.records.repair import Repair
from pipeline.records.requirement import Extraction, Requirement, Value
from pipeline.spans import Edit, OffsetMap
from pipeline.swedish.normative import lexicon

__all__ = ["extract_requirements"]

WEAKER = {"must": "should", "must_not": "should_not"}


def extract_requirements(
    outline: Outline, *, codebook: Codebook | None = None, settings: ExtractSettings | None = None,
    repairs: Sequence[Repair] = (),
) -> Extraction:  # fmt: skip
    """The requirements and values of one document, in text order.

    Args:
        outline: The document's structure; all offsets refer to its text.
        codebook: The harmonised requirements that topics are taken from; the settings' one when left out.
        settings: The stage's settings, defaults when left out.
        repairs: The document's repairs: ids are made of raw offsets, and duties that rest on a guarded repair say so.
    """
    settings = settings or ExtractSettings()
    codebook = codebook or load_codebook(settings.codebook)
    to_raw = _to_raw(outline.text, repairs)
    written_on = outline.written_on()
    parsed = parse_units(outline, model=settings.model)
    duties = [
        d for d in find_duties(outline, parsed, trained=settings.trained) if d.confidence >= settings.min_confidence
    ]
    found = find_values(outline, duties, parsed.candidates, written_on=written_on, trained=settings.trained)
    guarded = [(r.start, r.end) for r in repairs if r.status != "rejected" and "guarded" in r.rule]
    beside = values_beside(outline, duties, found)
    clauses = [_as_clause(outline, d, found, beside) for d in duties]
    topics = _tell_topics(codebook, clauses, trained=settings.trained)
    requirements = _requirements(outline, duties, topics, to_raw=to_raw, guarded=guarded)
    asked = {entry.id: entry.kinds for entry in codebook.requirements}
    return Extraction(tuple(requirements), tuple(_values(outline, found, requirements, to_raw, asked)))


def _tell_topics(codebook: Codebook, clauses: Sequence[ClauseText], *, trained: bool) -> list[tuple[TopicMatch, ...]]:
    """The harmonised requirements that each clause is about, by cues and model or by cues alone."""
    if not trained:
        return [match_cues(codebook, clause) for clause in clauses]
    score_together(codebook, clauses)
    return [match_topics(codebook, clause) for clause in clauses]


def _as_clause(
    outline: Outline, duty: Duty, found: Sequence[Found], beside: Mapping[int, Sequence[Found]]
) -> ClauseText:  # fmt: skip
    """A duty as the codebook sees it: with its heading, its values, and what it hangs on.

    The times in other cells of its row are its own: "Svara på frågor | Inom 24 timmar".
    """
    quote, unit = outline.text[duty.start : duty.end], outline.units[duty.unit.unit]  # of a cell's sentence the row
    unit_text = outline.text[unit.start : unit.end]
    own = [*(f for f in found if duty.start <= f.start and f.end <= duty.end), *beside.get(unit.unit, ())]
    return ClauseText(
        clause=quote,
        heading=duty.section.title,
        lead_in=duty.lead_words or (unit_text if unit_text != quote else ""),
        actor=duty.actor.word if duty.actor else "",
        modality=duty.modality,
        kinds=frozenset(f.kind for f in own),
        actor_group=duty.actor.group if duty.actor else "",
        condition=duty.condition,
        before=outline.words_before(unit),
    )


def _requirements(
    outline: Outline, duties: Sequence[Duty], told: Sequence[Sequence[TopicMatch]], *,
    to_raw: OffsetMap, guarded: Sequence[tuple[int, int]],
) -> list[Requirement]:  # fmt: skip
    document = outline.document
    seen: Counter[tuple[object, ...]] = Counter()
    rows = []
    for duty, topics in zip(duties, told, strict=True):
        quote = outline.text[duty.start : duty.end]
        rows.append(
            Requirement(
                requirement_id=_id("r", document.document_id, to_raw.span(duty.start, duty.end), duty.modality, seen),
                document_id=document.document_id,
                municipality=document.municipality,
                page=outline.page_of(duty.start),
                start=duty.start,
                end=duty.end,
                quote=quote,
                section=_path(outline.sections, duty.section),
                modality=duty.modality,
                force=WEAKER.get(duty.modality, duty.modality) if document.recommends else duty.modality,
                actor=duty.actor.word if duty.actor else "",
                actor_explicit=duty.actor_explicit,
                actor_group=duty.actor.group if duty.actor else "",
                action=duty.action,
                condition=duty.condition,
                exception=duty.exception,
                procedure=duty.procedure,
                step=duty.step,
                topics="|".join(sorted(m.requirement for m in topics if m.score >= FIT)),
                status="proposed"
                if document.completeness == "proposal" or _is_put_forward(outline, duty)
                else "in_force",
                rule=duty.rule,
                repair_dependent=any(a < duty.end and b > duty.start for a, b in guarded),
                confidence=duty.confidence,
            )
        )
    return rows


def _is_put_forward(outline: Outline, duty: Duty) -> bool:
    """Whether a duty stands under or behind words that only propose it: a heading, its sentence, its list's lead-in."""
    unit = duty.unit
    if outline.sections[unit.section].kind == "proposal":
        return True
    return lexicon().proposes(f"{outline.lead_in_of(unit)} {outline.text[unit.start : duty.end]}")


def _values(
    outline: Outline, found: Sequence[Found], requirements: Sequence[Requirement], to_raw: OffsetMap,
    asked: Mapping[str, Sequence[str]],
) -> list[Value]:  # fmt: skip
    document_id = outline.document.document_id
    seen: Counter[tuple[object, ...]] = Counter()
    rows = []
    table_rows = [u for u in outline.units if u.kind == "table_row"]
    for item in found:
        owner = _owner(item, requirements) or owner_in_row(item, requirements, table_rows, asked)
        rows.append(
            Value(
                value_id=_id("v", document_id, to_raw.span(item.start, item.end), f"{item.kind}|{item.value}", seen),
                requirement_id=owner.requirement_id if owner else "",
                document_id=document_id,
                kind=item.kind,
                page=outline.page_of(item.start),
                start=item.start,
                end=item.end,
                quote=outline.text[item.start : item.end],
                value=item.value,
                identifier=item.identifier,
                calendar=item.calendar,
                of=item.of,
                period=item.period,
                trigger=item.trigger,
                refers_to=item.refers_to,
                negated=item.negated,
                confidence=item.confidence,
            )
        )
    return rows


def _owner(item: Found, requirements: Sequence[Requirement]) -> Requirement | None:
    """The requirement a value stands in: the shortest that holds it."""
    holding = [r for r in requirements if r.start <= item.start and item.end <= r.end]
    return min(holding, key=lambda r: (r.end - r.start, r.start), default=None)


def _to_raw(text: str, repairs: Sequence[Repair]) -> OffsetMap:
    """The map from the reading text back to the raw text, rebuilt from the applied repairs."""
    edits = [Edit(r.raw_start, r.raw_end, r.after) for r in repairs if r.status == "applied"]
    raw_length = len(text) - sum(len(e.after) - (e.end - e.start) for e in edits)
    return OffsetMap.from_edits(raw_length, edits).inverse()


def _id(
    letter: str, document_id: str, raw: tuple[int, int], content: str, seen: Counter[tuple[object, ...]]
) -> str:  # fmt: skip
    """An id made of content: document, raw span, what it is, and an ordinal among equals."""
    key = (document_id, raw, content)
    seen[key] += 1
    said = f"{document_id}|{raw[0]}|{raw[1]}|{content}|{seen[key]}"
    return letter + hashlib.sha256(said.encode("utf-8")).hexdigest()[:16]


def _path(sections: Sequence[Section], section: Section) -> str:
    """Titles of the headings above a section and its own, outermost first."""
    titles: list[str] = []
    at = section.section
    while at >= 0:
        if sections[at].title:
            titles.append(sections[at].title)
        at = sections[at].parent
    return " > ".join(reversed(titles))
