"""Cells whose passages answer in ways that exclude each other: inside a document, or between two of a municipality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.codebooks import Codebook, HarmonisedRequirement
from pipeline.compare.cells import BodyDocuments
from pipeline.compare.notices import notice
from pipeline.compare.support import DocumentSupport
from pipeline.failures import Message
from pipeline.records.comparison import Cell, CellEvidence, Finding
from pipeline.wording import DUTY, say_answer


def find_cell_conflicts(
    codebook: Codebook, bodies: Sequence[BodyDocuments], cells: Sequence[Cell], evidence: Sequence[CellEvidence]
) -> Iterator[Finding]:
    """Conflicting cells with both quotes; where two documents disagree it is said which, and what each says."""
    documents = {d.item.source.document_id: d for b in bodies for d in b.holding}
    by_cell: dict[tuple[str, str], list[CellEvidence]] = {}
    for row in evidence:
        by_cell.setdefault((row.requirement, row.municipality), []).append(row)
    for cell in (c for c in cells if c.answer == "conflicting"):
        own = by_cell.get((cell.requirement, cell.municipality), [])
        place = (cell.document_id, cell.start)
        leading = next((e for e in own if e.relation == "supports" and (e.document_id, e.start) == place), None)
        other = next((e for e in own if e.relation == "dissents"), None)
        if leading is None or other is None or not {leading.document_id, other.document_id} <= documents.keys():
            continue
        entry = codebook.find(cell.requirement)
        sides = {row.document_id: (documents[row.document_id], row) for row in (leading, other)}
        yield notice(
            "conflict",
            cell.municipality,
            document_id=cell.document_id,
            requirement=cell.requirement,
            requirement_id=leading.requirement_id,
            other_requirement_id=other.requirement_id,
            quote=cell.quote,
            other_quote=documents[other.document_id].passages.outline.text[other.start : other.end],
            said=_between(cell, entry, list(sides.values())) if entry and len(sides) > 1 else _inside(cell),
            weight=0.9,
        )


def _inside(cell: Cell) -> Message:
    return Message(
        f"{cell.label_sv}: texten ger två svar som utesluter varandra ({cell.value_text}).",
        f"{cell.label_en}: the text gives two answers that exclude each other.",
    )


def _between(
    cell: Cell, entry: HarmonisedRequirement, sides: Sequence[tuple[DocumentSupport, CellEvidence]]
) -> Message:
    names = [_name(document) for document, _ in sides]
    said = [f"{name}: {_said(entry, *side)}" for name, side in zip(names, sides, strict=True)]
    return Message(
        f"{cell.label_sv}: två dokument ger olika svar. {'; '.join(said)}.",
        f"{cell.label_en}: two documents give different answers, {' and '.join(names)}.",
    )


def _name(document: DocumentSupport) -> str:
    """A document by its title, and by its file: two of one municipality may bear the same title."""
    title, file = document.passages.outline.value_of("title"), document.item.source.file_name
    return f"”{title}” ({file})" if title else file


def _said(entry: HarmonisedRequirement, document: DocumentSupport, row: CellEvidence) -> str:
    """What the passage answers in Swedish words; its own words where it is not among those that were gathered."""
    passages = document.by_requirement.get(entry.id, ())
    found = next((s for s in passages if (s.start, s.end) == (row.start, row.end)), None)
    quote = document.passages.outline.text[row.start : row.end]
    if found is None:
        return f"”{quote}”"
    answer = "stated_negatively" if found.exempt else "stated"
    return say_answer(entry, answer, found.tokens.said or {DUTY}, found.force, quote=quote)
