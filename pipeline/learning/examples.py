"""Examples to learn from: the clauses and sentences of annotated documents, with what people said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.codebooks import ClauseText, Codebook, match_cues
from pipeline.codebooks.trained import describe_clause
from pipeline.evaluation import gold_texts, read_gold
from pipeline.evaluation.gold import GoldDocument, Obligation, read_text
from pipeline.evaluation.matching import locate
from pipeline.extract.candidates import DUTY, FORBIDS
from pipeline.extract.duties import find_duties
from pipeline.extract.parsed import ParsedUnits, parse_units
from pipeline.extract.values import find_values
from pipeline.extract.weighing import labels_in
from pipeline.ingest import read_document
from pipeline.outline import outline_document
from pipeline.records.outline import Outline, Unit
from pipeline.repair import repair_document
from pipeline.spans import Span, cover, fold
from pipeline.swedish.roles import find_roles

SAME = 0.5
"""Share of the shorter span from which on two spans are about the same clause, as in the scores."""

VALUE_KINDS = {
    "response_times": ("response_time", "value"), "retention": ("retention", "kind"),
    "prohibited": ("prohibited_content", "category"), "legal_refs": ("legal_reference", "norm"),
    "roles": ("role", "role"),
}  # fmt: skip
"""The gold's lists of values: the kind each is of, and the field that holds what it says."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text to learn from.

    Attributes:
        texts: Its fields, as the model counts them.
        labels: The labels it has.
        unknown: Labels of which the annotation says nothing.
        said: What rules say of labels, 0 to 1.
        gold: The document it stands in, with the family it must stay with.
    """

    texts: Mapping[str, str]
    labels: frozenset[str]
    unknown: frozenset[str]
    said: Mapping[str, float]
    gold: GoldDocument


@dataclass(frozen=True, slots=True)
class Annotated:
    """A gold document as the pipeline reads it; gold spans are offsets into the reading text, None where lost."""

    gold: GoldDocument
    outline: Outline
    parsed: ParsedUnits
    placed: tuple[tuple[Obligation, Span], ...]
    values: tuple[tuple[str, str, Span], ...]
    """Kind, value and span of each annotated value."""
    statements: tuple[tuple[frozenset[str], Span], ...] | None
    """What clauses that bind nobody answer, None where nobody has looked for them."""


def read_annotated(folder: Path) -> Iterator[Annotated]:
    """The gold documents of a folder, each read as far as its outline."""
    for gold, file in zip(read_gold(folder), gold_texts(folder), strict=True):
        repaired = repair_document(read_document(file))
        outline = outline_document(repaired)
        original, folded = read_text(file), fold(outline.text)
        placed = []
        for duty in gold.obligations:
            span = locate(original[duty.start : duty.end], folded, near=duty.start)
            if span is not None:
                placed.append((duty, span))
        values = []
        for name, (kind, said) in VALUE_KINDS.items():
            for item in getattr(gold, name):
                span = locate(original[item.start : item.end], folded, near=item.start)
                if span is not None:
                    values.append((kind, str(getattr(item, said)), span))
        if not gold.roles:  # passages are annotated without: the register knows them
            values += [("role", role.canonical, (role.start, role.end)) for role in find_roles(outline.text)]
        statements = None
        if gold.statements is not None:
            spans = [(s, locate(original[s.start : s.end], folded, near=s.start)) for s in gold.statements]
            statements = tuple((frozenset(s.categories), span) for s, span in spans if span is not None)
        yield Annotated(gold, outline, parse_units(outline), tuple(placed), tuple(values), statements)


def duty_examples(document: Annotated) -> Iterator[Example]:
    """Every clause that could bind, labelled as a duty where people say it is one; borderline ones are left out."""
    ruled = [(d.start, d.end) for d in find_duties(document.outline, document.parsed, trained=False)]
    for candidate in document.parsed.candidates:
        span = (candidate.start, candidate.end)
        met = [duty for duty, place in document.placed if cover(span, place) >= SAME]
        if met and all(duty.borderline for duty in met):
            continue
        said = {DUTY: 1.0} if any(cover(span, place) >= SAME for place in ruled) else {}
        yield Example(candidate.texts, frozenset({DUTY} if met else ()), frozenset(), said, document.gold)


def value_examples(document: Annotated) -> Iterator[Example]:
    """Every clause, labelled with what is kept in it, and whether it forbids content."""
    parsed = document.parsed
    duties = find_duties(document.outline, parsed)
    ruled = find_values(document.outline, duties, parsed.candidates, written_on=None, trained=False)
    for candidate in parsed.candidates:
        span = (candidate.start, candidate.end)
        labels = set()
        for kind, said, place in document.values:
            if kind == "retention" and cover(span, place) >= SAME:
                labels.add(said)
            elif kind == "prohibited_content" and cover(span, place) >= SAME:
                labels.add(FORBIDS)
        yield Example(candidate.texts, frozenset(labels), frozenset(), labels_in(candidate, ruled), document.gold)


def topic_examples(document: Annotated, codebook: Codebook) -> Iterator[Example]:
    """Every annotated clause with its harmonised requirements, and every other sentence.

    Where nobody has said which sentences answer though they bind nobody, nothing is known of them for what their
    document answers; for what the document is silent of, they do not answer it either. A document whose duties nobody
    has sorted says nothing.
    """
    if any(duty.categories is None for duty, _ in document.placed):
        return
    known = {r.id for r in codebook.requirements}
    answered = {c.requirement for c in document.gold.cells if c.answer != "silent"} & known
    unknown = frozenset(answered if document.statements is None else ())
    outline = document.outline
    for duty, span in document.placed:
        unit = _unit_at(outline.units, span)
        labels = frozenset(duty.categories or ()) & known
        clause = _clause(outline, span, unit, duty.actor or "", duty.modality, _kinds(document, span))
        said = {m.requirement: m.score for m in match_cues(codebook, clause)}
        yield Example(describe_clause(clause), labels, frozenset(), said, document.gold)
    for unit in outline.units:
        span = (unit.start, unit.end)
        if unit.kind == "heading" or any(cover(span, place) > 0 for _, place in document.placed):
            continue
        told = [names for names, place in document.statements or () if cover(span, place) >= SAME]
        clause = _clause(outline, span, unit, "", "", frozenset())
        yield Example(describe_clause(clause), frozenset().union(*told) & known, unknown, {}, document.gold)


def family_of(gold: GoldDocument) -> str:
    """The family that a document's passages are shared in; a document without one is its own."""
    return gold.family or gold.slug


def _kinds(document: Annotated, span: Span) -> frozenset[str]:
    return frozenset(kind for kind, _, (start, end) in document.values if span[0] <= start and end <= span[1])


def _unit_at(units: Sequence[Unit], span: Span) -> Unit | None:
    return next((u for u in units if u.kind != "heading" and u.start <= span[0] < u.end), None)


def _clause(
    outline: Outline, span: Span, unit: Unit | None, actor: str, modality: str, kinds: frozenset[str]
) -> ClauseText:  # fmt: skip
    """A span as extract and compare show it to the topics."""
    quote = outline.text[span[0] : span[1]]
    if unit is None:
        return ClauseText(quote, actor=actor, modality=modality, kinds=kinds)
    lead = outline.units[unit.lead_in] if unit.lead_in >= 0 else None
    whole = outline.text[unit.start : unit.end]
    around = outline.text[lead.start : lead.end] if lead else (whole if whole != quote else "")
    title, before = outline.sections[unit.section].title, outline.words_before(unit)
    return ClauseText(quote, title, around, actor, modality, kinds, before=before)
