"""What a document says to each harmonised requirement: duties, values outside duties, statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.codebooks import (
    ClauseText,
    Codebook,
    HarmonisedRequirement,
    list_codebooks,
    match_statements,
    match_topics,
)
from pipeline.codebooks.areas import score_area
from pipeline.compare.documents import body_of
from pipeline.compare.passages import RULE_SECTIONS, Passages
from pipeline.compare.values import Tokens, is_delegating, is_exemption, read_tokens
from pipeline.compare.words import says
from pipeline.records.comparison import DocumentFindings
from pipeline.records.requirement import Requirement, Value

GIVEN_SCORE = 0.6
"""Fit of a topic that a requirement has and its cues alone do not show: another component or a person gave it."""

STATEMENT_CONFIDENCE = 0.7


@dataclass(frozen=True, slots=True)
class Support:
    """One passage that answers a harmonised requirement."""

    document_id: str
    page: int
    start: int
    end: int
    quote: str
    score: float
    confidence: float
    tokens: Tokens
    requirement: Requirement | None = None
    value: Value | None = None
    exempt: bool = False
    delegates: bool = False

    @property
    def force(self) -> str:
        """The effective modality, empty for a statement."""
        return self.requirement.force if self.requirement else ""


@dataclass(slots=True)
class DocumentSupport:
    """A document with all it says to a codebook."""

    item: DocumentFindings
    body: str
    passages: Passages
    by_requirement: dict[str, list[Support]] = field(default_factory=dict)


def belongs(item: DocumentFindings, codebook: Codebook) -> bool:
    """Whether a document is about the codebook's area; copies of a file of the run don't count twice."""
    if item.outline is None or item.extraction is None or item.source.duplicate_of:
        return False
    area = item.outline.document.policy_area
    if area == codebook.id or codebook.id in list_codebooks():
        return area == codebook.id
    return score_area(codebook, item.outline.value_of("title"), item.outline.text) >= 0.5


def gather_support(item: DocumentFindings, codebook: Codebook, *, min_topic_score: float) -> DocumentSupport:
    """All that a document says to a codebook's requirements, in the order of the text.

    Raises:
        ValueError: When the document was never read.
    """
    if item.outline is None or item.extraction is None:
        raise ValueError(f"{item.source.file_name} has not been read")
    gathered = DocumentSupport(item, body_of(item), Passages(item.outline))
    if item.outline.document.completeness == "proposal":
        for name, found in _from_proposal(gathered, codebook, min_topic_score):
            gathered.by_requirement.setdefault(name, []).append(found)
        return gathered
    values: dict[str, list[Value]] = {}
    for value in item.extraction.values:
        values.setdefault(value.requirement_id, []).append(value)
    for requirement in item.extraction.requirements:
        own = values.get(requirement.requirement_id, [])
        for name, found in _from_requirement(gathered, codebook, requirement, own, min_topic_score):
            gathered.by_requirement.setdefault(name, []).append(found)
    for name, found in _from_free_values(gathered, codebook):
        gathered.by_requirement.setdefault(name, []).append(found)
    for name, found in _from_statements(gathered, codebook, min_topic_score):
        gathered.by_requirement.setdefault(name, []).append(found)
    for found_list in gathered.by_requirement.values():
        found_list.sort(key=lambda s: (s.start, s.end))
    return gathered


def _from_requirement(
    gathered: DocumentSupport, codebook: Codebook, requirement: Requirement, values: Sequence[Value], least: float
) -> Iterator[tuple[str, Support]]:
    if requirement.status == "proposed":
        return
    unit = gathered.passages.unit_at(requirement.start)
    kinds = frozenset(v.kind for v in values)
    sentence = gathered.passages.read(unit) if unit else ""
    clause = ClauseText(
        requirement.quote,
        requirement.section.rsplit(" > ", 1)[-1],
        f"{gathered.passages.lead_in_of(unit)} {sentence}".strip(),
        requirement.actor,
        requirement.modality,
        kinds,
        requirement.actor_group,
    )
    given = {name for name in requirement.topics.split("|") if name}
    scores = {m.requirement: m.score for m in match_topics(codebook, clause)} if given else {}
    contents = {v.value for v in values if v.kind == "prohibited_content"}
    for entry in codebook.requirements:
        forbids = entry.prohibits and contents.intersection(entry.prohibits)
        if entry.id in given or forbids:
            score = scores.get(entry.id, GIVEN_SCORE)
            if score >= least or entry.id not in scores:
                yield entry.id, _support(gathered, entry, requirement, values, score)


def _support(
    gathered: DocumentSupport,
    entry: HarmonisedRequirement,
    requirement: Requirement,
    values: Sequence[Value],
    score: float,
) -> Support:
    passages = gathered.passages
    unit = passages.unit_at(requirement.start)
    below = [passages.read(u) for u in passages.items_under(unit)]
    tokens = read_tokens(
        entry, requirement, values, " . ".join([requirement.quote, *below]), passages.paragraph_of(unit)
    )
    return Support(
        requirement.document_id,
        requirement.page,
        requirement.start,
        requirement.end,
        requirement.quote,
        score,
        requirement.confidence,
        tokens,
        requirement=requirement,
        exempt=is_exemption(entry, requirement, values),
        delegates=is_delegating(entry, tokens, requirement.quote),
    )


def _from_free_values(gathered: DocumentSupport, codebook: Codebook) -> Iterator[tuple[str, Support]]:
    """Values that answer a requirement wherever they stand: an act that is named, a plan that rules disposal."""
    assert gathered.item.extraction is not None  # noqa: S101 - gather_support has seen to it
    title = gathered.passages.outline.value_of("title").casefold()
    for entry in codebook.requirements:
        if not entry.free_values:
            continue
        taken = [(s.start, s.end) for s in gathered.by_requirement.get(entry.id, ())]
        for value in gathered.item.extraction.values:
            if value.kind not in entry.kinds or not _in_rules(gathered.passages, value):
                continue
            if any(start <= value.start and value.end <= end for start, end in taken):
                continue
            tokens = read_tokens(entry, None, [value], "", "")
            if tokens.said and title not in {t.casefold() for t in tokens.said}:
                yield entry.id, _free(gathered, entry, value, tokens)


def _free(gathered: DocumentSupport, entry: HarmonisedRequirement, value: Value, tokens: Tokens) -> Support:
    unit = gathered.passages.unit_at(value.start)
    sentence = gathered.passages.read(unit) if unit else value.quote
    return Support(
        value.document_id,
        value.page,
        value.start,
        value.end,
        value.quote,
        GIVEN_SCORE,
        value.confidence,
        tokens,
        value=value,
        exempt=value.negated,
        delegates=is_delegating(entry, tokens, sentence),
    )


def _in_rules(passages: Passages, value: Value) -> bool:
    unit = passages.unit_at(value.start)
    section = passages.section_of(unit) if unit else None
    return section is None or section.kind in (*RULE_SECTIONS, "definitions", "attachments")


def _from_statements(gathered: DocumentSupport, codebook: Codebook, least: float) -> Iterator[tuple[str, Support]]:
    passages, document = gathered.passages, gathered.passages.outline.document
    if not any(entry.statements for entry in codebook.requirements):
        return
    for unit in passages.rule_units:
        text = passages.read(unit)
        for match in match_statements(codebook, text):
            entry = codebook.find(match.requirement)
            taken = [(s.start, s.end) for s in gathered.by_requirement.get(match.requirement, ())]
            within = any(unit.start < end and start < unit.end for start, end in taken)
            if entry is None or match.score < least or within:
                continue
            tokens = read_tokens(entry, None, [], text, passages.paragraph_of(unit))
            yield (
                entry.id,
                Support(
                    document.document_id,
                    passages.outline.page_of(unit.start),
                    unit.start,
                    unit.end,
                    text,
                    match.score,
                    STATEMENT_CONFIDENCE,
                    tokens,
                    delegates=is_delegating(entry, tokens, text),
                ),
            )


def _from_proposal(gathered: DocumentSupport, codebook: Codebook, least: float) -> Iterator[tuple[str, Support]]:
    """What a letter says that the document it proposes is about: the answer stands there, and not here."""
    passages, document = gathered.passages, gathered.passages.outline.document
    title = passages.outline.value_of("title") or gathered.item.source.file_name
    for unit in passages.outline.units:
        text = passages.read(unit)
        if unit.kind == "heading" or not says("covered_by_proposal", text):
            continue
        for match in match_topics(codebook, ClauseText(text, passages.heading_of(unit))):
            if match.score >= least:
                place = (document.document_id, passages.outline.page_of(unit.start), unit.start, unit.end, text)
                tokens = Tokens(refers_to=title)
                yield match.requirement, Support(*place, match.score, STATEMENT_CONFIDENCE, tokens, delegates=True)
