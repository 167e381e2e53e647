"""What an analyst should look at: conflicts, duties that nobody owns, texts that break off, and the rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from pipeline.codebooks import Codebook
from pipeline.compare.cells import BodyDocuments
from pipeline.compare.gaps import find_gaps, find_missing_attachments
from pipeline.compare.notices import notice
from pipeline.compare.opposed import find_opposed_duties
from pipeline.compare.procedures import find_missing_steps
from pipeline.compare.staleness import find_stale_laws
from pipeline.failures import Message
from pipeline.records.comparison import Cell, CellEvidence, Comparison, Finding


def find_findings(
    findings: Iterable[Finding],
    comparison: Comparison,
    grouped: Sequence[tuple[Codebook, Sequence[BodyDocuments]]],
    *,
    on: datetime.date,
) -> tuple[Finding, ...]:
    """All findings of a run, the weightiest first within a kind.

    Args:
        findings: What was found in each document by itself.
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
        steps = list(find_missing_steps(codebook, in_force))
        found += steps
        found += _unless_told(codebook, find_gaps(codebook, in_force, on=on), steps, on=on)
        found += find_missing_attachments(bodies, cells)
        for body in bodies:
            found += find_opposed_duties([d.item for d in body.in_force], across=True)
    gone = _gone(grouped)
    found += (row for row in findings if row.document_id not in gone)
    found += find_stale_laws(row for row in comparison.legal_references if row.document_id not in gone)
    unique = {tuple(getattr(row, name) for name in Finding.KEY): row for row in found}
    return tuple(sorted(unique.values(), key=lambda r: (r.kind, -r.weight, r.municipality, r.document_id, r.quote)))


def _unless_told(
    codebook: Codebook, gaps: Iterable[Finding], steps: Iterable[Finding], *, on: datetime.date
) -> Iterator[Finding]:
    """The gaps that no missing step of the same cell tells as well; what an act asks for stays."""
    from pipeline.swedish.legal_duties import duties_for

    told = {(row.requirement, row.municipality) for row in steps}
    return (
        row
        for row in gaps
        if (row.requirement, row.municipality) not in told or duties_for(codebook.id, row.requirement, on=on)
    )


def _gone(grouped: Sequence[tuple[Codebook, Sequence[BodyDocuments]]]) -> set[str]:
    """The documents that are no longer in force: nobody has to mend them."""
    return {key for _, bodies in grouped for body in bodies for key in body.gone}


def find_cell_conflicts(
    bodies: Sequence[BodyDocuments], cells: Sequence[Cell], evidence: Sequence[CellEvidence]
) -> Iterator[Finding]:
    """Cells whose documents answer in ways that exclude each other, with both quotes."""
    texts = {d.item.source.document_id: d.passages.outline.text for b in bodies for d in b.answering}
    by_cell: dict[tuple[str, str], list[CellEvidence]] = {}
    for row in evidence:
        by_cell.setdefault((row.requirement, row.municipality), []).append(row)
    for cell in (c for c in cells if c.answer == "conflicting"):
        own = by_cell.get((cell.requirement, cell.municipality), [])
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
