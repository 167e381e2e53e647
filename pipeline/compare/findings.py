"""What an analyst should look at: conflicts, duties that nobody owns, texts that break off, and the rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from pipeline.codebooks import Codebook
from pipeline.compare.cells import BodyDocuments
from pipeline.compare.documents import body_of
from pipeline.compare.gaps import find_gaps, find_missing_attachments, find_missing_steps
from pipeline.compare.notices import notice
from pipeline.compare.staleness import find_copy_residue, find_stale_laws, find_stale_names
from pipeline.failures import Message
from pipeline.records.comparison import Cell, CellEvidence, Comparison, DocumentFindings, Finding
from pipeline.records.requirement import Requirement

ORPHAN_WEIGHT = {"must": 0.5, "should": 0.3}
"""A prohibition binds all and a permission nobody: neither needs an owner."""

_OPPOSED = ({"must", "must_not"}, {"should", "should_not"}, {"must", "should_not"}, {"should", "must_not"})


def find_findings(
    findings: Sequence[DocumentFindings],
    comparison: Comparison,
    grouped: Sequence[tuple[Codebook, Sequence[BodyDocuments]]],
    *,
    on: datetime.date,
) -> tuple[Finding, ...]:
    """All findings of a run, the weightiest first within a kind.

    Args:
        findings: Every document.
        comparison: What has been compared so far: the cells with their evidence, and the citations of acts.
        grouped: The codebooks with the municipalities whose documents belong to them.
        on: The run's date.
    """
    found: list[Finding] = []
    for codebook, bodies in grouped:
        cells = [cell for cell in comparison.cells if cell.codebook == codebook.id]
        evidence = [row for row in comparison.evidence if row.codebook == codebook.id]
        found += find_cell_conflicts(bodies, cells, evidence)
        # A municipality with nothing in force here has no gaps: what it says is not in the folder.
        ruled = {body.municipality for body in bodies if body.in_force}
        in_force = [cell for cell in cells if cell.municipality in ruled]
        found += find_gaps(codebook, in_force, on=on)
        found += find_missing_steps(codebook, in_force)
        found += find_missing_attachments(bodies, cells)
    for item in findings:
        if item.outline is not None and not item.source.duplicate_of:
            found += find_orphans(item)
            found += find_opposed_duties(item)
            found += find_truncation(item)
            found += find_stale_names(item, on=on)
            found += find_copy_residue(item)
    found += find_stale_laws(comparison.legal_references)
    unique = {tuple(getattr(row, name) for name in Finding.KEY): row for row in found}
    return tuple(sorted(unique.values(), key=lambda r: (r.kind, -r.weight, r.municipality, r.document_id, r.quote)))


def find_cell_conflicts(
    bodies: Sequence[BodyDocuments], cells: Sequence[Cell], evidence: Sequence[CellEvidence]
) -> Iterator[Finding]:
    """Cells whose documents answer in ways that exclude each other, with both quotes."""
    texts = {d.item.source.document_id: d.passages.outline.text for b in bodies for d in b.in_force}
    for cell in (c for c in cells if c.answer == "conflicting"):
        own = [e for e in evidence if (e.requirement, e.municipality) == (cell.requirement, cell.municipality)]
        leading = next((e for e in own if e.relation == "supports" and e.start == cell.start), None)
        other = next((e for e in own if e.relation == "dissents"), None)
        if leading is None or other is None:
            continue
        quote = texts.get(other.document_id, "")[other.start : other.end]
        yield notice(
            "conflict",
            cell.municipality,
            document_id=cell.document_id,
            requirement=cell.requirement,
            requirement_id=leading.requirement_id,
            other_requirement_id=other.requirement_id,
            quote=cell.quote,
            other_quote=quote,
            said=Message(
                f"{cell.label_sv}: texten ger två svar som utesluter varandra ({cell.value_text}).",
                f"{cell.label_en}: the text gives two answers that exclude each other ({cell.value}).",
            ),
            weight=0.9,
        )


def find_opposed_duties(item: DocumentFindings) -> Iterator[Finding]:
    """Duties of one document that demand and forbid the same action of the same actor under the same condition."""
    if item.extraction is None:
        return
    by_action: dict[tuple[str, str, str], list[Requirement]] = {}
    for requirement in item.extraction.requirements:
        if requirement.action and not requirement.exception and requirement.status == "in_force":
            key = tuple(t.casefold() for t in (requirement.action, requirement.actor, requirement.condition))
            by_action.setdefault((key[0], key[1], key[2]), []).append(requirement)
    for same in by_action.values():
        first = same[0]
        for other in same[1:]:
            if {first.modality, other.modality} in _OPPOSED:
                yield _opposed(item, first, other)


def find_orphans(item: DocumentFindings) -> Iterator[Finding]:
    """Duties in force that name nobody who is to fulfil them."""
    for requirement in item.extraction.requirements if item.extraction else ():
        weight = ORPHAN_WEIGHT.get(requirement.force, 0.0)
        if requirement.actor or requirement.actor_group == "public" or requirement.status != "in_force" or not weight:
            continue
        yield notice(
            "orphan_duty",
            body_of(item),
            document_id=requirement.document_id,
            requirement=requirement.topics.split("|")[0],
            requirement_id=requirement.requirement_id,
            quote=requirement.quote,
            said=Message(
                "Kravet säger inte vem som ska göra det. Ange en ansvarig.",
                "The duty does not say who is to fulfil it. Name somebody.",
            ),
            weight=weight,
        )


def find_truncation(item: DocumentFindings) -> Iterator[Finding]:
    """The document that breaks off, with the titles of what lacks."""
    outline = item.outline
    if outline is None or outline.document.completeness != "truncated":
        return
    missing = outline.document.missing.replace("|", ", ")
    start = outline.document.missing_start
    said_sv, said_en = (f": {missing} saknas", f": {missing} lacks") if missing else ("", "")
    yield notice(
        "truncation",
        body_of(item),
        document_id=item.source.document_id,
        quote=outline.text[start:].strip()[:200] if start >= 0 else "",
        said=Message(
            f"Dokumentet bryts av{said_sv}. Det som inte sägs kan stå i den del som saknas; skaffa hela texten.",
            f"The document breaks off{said_en}. What it does not say may stand in the lost part; get the whole text.",
        ),
        weight=0.9,
    )


def _opposed(item: DocumentFindings, first: Requirement, other: Requirement) -> Finding:
    shared = sorted(set(first.topics.split("|")) & set(other.topics.split("|")))
    return notice(
        "conflict",
        body_of(item),
        document_id=item.source.document_id,
        requirement=shared[0] if shared else "",
        requirement_id=first.requirement_id,
        other_requirement_id=other.requirement_id,
        quote=first.quote,
        other_quote=other.quote,
        said=Message(
            "Samma sak krävs på ett ställe och avråds eller förbjuds på ett annat, under samma villkor.",
            "The same is demanded in one place and advised against or forbidden in another, on the same terms.",
        ),
        weight=0.8,
    )
