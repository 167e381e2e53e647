"""What compare makes of one document by itself: it can be made beside other documents, and kept for the next run."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.codebooks import Codebook
from pipeline.compare.audience import audience_of
from pipeline.compare.gathering import belongs, gather_support
from pipeline.compare.law import state_references
from pipeline.compare.nearest import NearPassage, find_nearest, first_passages, passages_kept
from pipeline.compare.orphans import owned_topics
from pipeline.compare.own_findings import NO_OWNER, find_own_findings
from pipeline.compare.precedence import part_of
from pipeline.compare.sentences import pack_sentences
from pipeline.compare.stale_laws import find_stale_laws
from pipeline.compare.support import DocumentSupport, Support, open_document
from pipeline.compare.values import Tokens
from pipeline.params import CompareSettings
from pipeline.records.comparison import DocumentFindings, Finding, LegalReference
from pipeline.records.stage import NearRow, SupportRow


@dataclass(frozen=True, slots=True)
class WeighedDocument:
    """What one document says to a codebook, comes near to, cites, and shows that an analyst should look at.

    Attributes:
        belongs: Whether it is about the codebook's area; supports and nearest are empty where it is not.
        audience: Whom it speaks to; empty where it is not about the area.
        sentences: Its sentences as lineage looks for them in other documents (`compare.sentences`).
        supports: What it says to each harmonised requirement, in the order of the text.
        nearest: For each harmonised requirement its passages that come nearest, best first.
        references: Its citations of acts.
        findings: What can be found in it without looking at others.
    """

    belongs: bool
    audience: str = ""
    sentences: bytes = b""
    supports: tuple[SupportRow, ...] = ()
    nearest: tuple[NearRow, ...] = ()
    references: tuple[LegalReference, ...] = ()
    findings: tuple[Finding, ...] = ()


def weigh_document(item: DocumentFindings, codebook: Codebook, settings: CompareSettings) -> WeighedDocument:
    """What one document comes to by itself; nothing of another document, and no decision on cells, changes it."""
    references = state_references([item], on=settings.date)
    stale = find_stale_laws(item, references, on=settings.date)
    findings = (*find_own_findings(item, on=settings.date), *stale)
    sentences = pack_sentences(item.outline, settings.min_shared_words) if item.outline is not None else b""
    if not belongs(item, codebook):
        return WeighedDocument(False, sentences=sentences, references=references, findings=findings)
    gathered = gather_support(item, codebook, min_topic_score=settings.min_topic_score)
    near = find_nearest([gathered], codebook, count=passages_kept(settings.nearest))
    passages = [(name, passage) for name, found in near.items() for passage in found]
    supports = [(name, support) for name, found in gathered.by_requirement.items() for support in found]
    owned = owned_topics(item, codebook, supports, least=settings.min_topic_score)
    return WeighedDocument(
        True,
        audience_of(gathered),
        sentences,
        tuple(_row(place, name, support) for place, (name, support) in enumerate(supports)),
        tuple(NearRow(p.document_id, n, name, p.score, p.start, p.end) for n, (name, p) in enumerate(passages)),
        references,
        tuple(_without_owned(_by_best_topic(findings, supports), owned)),
    )


def _by_best_topic(findings: Sequence[Finding], supports: Sequence[tuple[str, Support]]) -> tuple[Finding, ...]:
    """The findings; one on a duty of several topics is filed under the one that the duty fits best."""
    fits: dict[str, list[tuple[float, str]]] = {}
    for name, support in supports:
        if support.requirement is not None:
            fits.setdefault(support.requirement.requirement_id, []).append((-support.score, name))
    best = {requirement_id: min(found)[1] for requirement_id, found in fits.items()}
    return tuple(
        replace(f, requirement=best[f.requirement_id]) if f.kind == "orphan_duty" and f.requirement_id in best else f
        for f in findings
    )


def _without_owned(findings: Iterable[Finding], owned: Container[str]) -> Iterator[Finding]:
    """The findings but for duties without owner on questions of which the document says elsewhere whose task they are.

    A duty laid on a function that is gone has an owner, and lacks one all the same.
    """
    for row in findings:
        if row.kind != "orphan_duty" or row.message_sv != NO_OWNER.sv or row.requirement not in owned:
            yield row


def restore_support(item: DocumentFindings, weighed: WeighedDocument) -> DocumentSupport:
    """What a document says to the codebook as gather_support gave it, from what was kept of it.

    Raises:
        ValueError: When the document was never read.
    """
    if item.outline is None or item.extraction is None:
        raise ValueError(f"{item.source.file_name} has not been read")
    gathered, part = open_document(item, item.outline), part_of(item.outline)
    gathered.audience = weighed.audience
    requirements = {r.requirement_id: r for r in item.extraction.requirements}
    values = {v.value_id: v for v in item.extraction.values}
    for row in weighed.supports:
        gathered.by_requirement.setdefault(row.requirement, []).append(
            Support(
                row.document_id, row.page, row.start, row.end, row.quote, row.score, row.confidence,
                Tokens(frozenset(row.said.split("\n")) if row.said else frozenset(), row.refers_to),
                requirements.get(row.requirement_id), values.get(row.value_id), row.force, row.exempt, row.delegates,
                part,
            )
        )  # fmt: skip
    return gathered


def restore_nearest(weighed: Iterable[WeighedDocument], count: int) -> dict[str, list[NearPassage]]:
    """For each harmonised requirement the nearest passages of some documents together, as find_nearest gives them."""
    found: dict[str, list[tuple[float, str, int, int]]] = {}
    for one in weighed:
        for row in one.nearest:
            found.setdefault(row.requirement, []).append((-row.score, row.document_id, row.start, row.end))
    return {name: first_passages(near, count) for name, near in found.items()}


def weigh_all(
    findings: Sequence[DocumentFindings], codebook: Codebook, settings: CompareSettings
) -> dict[str, WeighedDocument]:
    """Every document weighed here and now, by document_id."""
    return {item.source.document_id: weigh_document(item, codebook, settings) for item in findings}


def _row(place: int, name: str, support: Support) -> SupportRow:
    return SupportRow(
        support.document_id, place, name, support.page, support.start, support.end, support.quote, support.score,
        support.confidence, "\n".join(sorted(support.tokens.said)), support.tokens.refers_to,
        support.requirement.requirement_id if support.requirement else "",
        support.value.value_id if support.value else "", support.force, support.exempt, support.delegates,
    )  # fmt: skip
