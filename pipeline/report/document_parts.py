"""The report's detail of one document: its text, everything found in it, and what was repaired."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.records.comparison import DocumentFindings
from pipeline.records.repair import Repair
from pipeline.report.contents import Contents
from pipeline.report.details import requirement_shown
from pipeline.report.lists import laws_shown
from pipeline.report.masking import mask_document, mask_spans
from pipeline.report.sides import side_by_side


def document_part(contents: Contents, found: DocumentFindings, *, images: Sequence[int]) -> dict[str, Any]:
    """One document for its page in the report; offsets are code points of the text shown.

    Args:
        contents: The comparison.
        found: What was found in the document; its outline must be there.
        images: Numbers of the pages that have an image.
    """
    document = found.source.document_id
    outline = found.outline
    if outline is None:
        raise ValueError(f"{document} has no text to show")
    mask = contents.mask(document)
    requirements = found.extraction.requirements if found.extraction else ()
    values = found.extraction.values if found.extraction else ()
    repairs = contents.repairs.get(document, ())
    shown_repairs = [repair_shown(contents, document, repair) for repair in repairs]
    spans = {(r.start, r.end) for r in requirements} | {(m.start, m.end) for m in outline.metadata}
    spans |= {
        (c.start, c.end)
        for c in contents.comparison.cells
        if c.document_id == document and c.start is not None and c.end is not None
    }
    return {
        "id": document,
        "text": mask.text,
        "pages": [(p.page, p.start, p.end, round(p.damage_score, 4)) for p in _pages(contents, document)],
        "sections": [(s.start, s.end, s.level, s.kind) for s in outline.sections],
        "headings": [(u.start, u.end) for u in outline.units if u.kind == "heading"],
        "completeness": {
            "reason": outline.document.completeness_reason,
            "missing": [mask.words(m) for m in outline.document.missing.split("|") if m],
            "from": outline.document.missing_start,
            "recommends": outline.document.recommends,
        },
        "metadata": [
            {"field": m.field, "value": mask.words(m.value), "page": m.page, "start": m.start, "end": m.end,
             "quote": mask.quote(m.start, m.end), "confidence": round(m.confidence, 3)}
            for m in outline.metadata
        ],
        "requirements": [
            {**requirement_shown(contents, r), "page": r.page, "start": r.start, "end": r.end} for r in requirements
        ],
        "values": [
            {"kind": v.kind, "value": mask.words(v.value), "identifier": v.identifier, "calendar": v.calendar,
             "of": v.of, "period": v.period, "negated": v.negated, "page": v.page, "start": v.start, "end": v.end}
            for v in values
        ],
        "laws": list(laws_shown(contents, contents.laws.get(document, ()))),
        "repairs": shown_repairs,
        "sides": _sides(contents, document, repairs),
        "images": list(images),
        "boxes": _boxes(contents, document, spans) if images else {},
    }  # fmt: skip


def _pages(contents: Contents, document: str) -> list[Any]:
    return sorted((p for p in contents.pages.get(document, ())), key=lambda p: p.page)


def repair_shown(contents: Contents, document: str, repair: Repair) -> dict[str, Any]:
    """One edit as it may be shown: what is hidden in the texts is hidden in it."""
    mask, raw = contents.mask(document), contents.raw_mask(document)
    before = raw.quote(repair.raw_start, repair.raw_end) if raw else mask.words(repair.before)
    after = (
        mask.quote(repair.start, repair.end) if repair.status == "applied" else _suggestion(contents, repair, before)
    )
    return {
        "page": repair.page, "start": repair.start, "end": repair.end, "before": before, "after": after,
        "rule": repair.rule, "confidence": round(repair.confidence, 3), "status": repair.status,
    }  # fmt: skip


def _suggestion(contents: Contents, repair: Repair, before_shown: str) -> str:
    """What was suggested; hidden where what it would replace is hidden."""
    if before_shown != repair.before:
        return mask_spans(repair.after, [(0, len(repair.after))])
    return mask_document(repair.after, people=contents.settings.mask_people).text


def _sides(contents: Contents, document: str, repairs: Sequence[Repair]) -> list[Any]:
    """Before and after, only where something other than layout was repaired."""
    raw = contents.raw_mask(document)
    if raw is None or not any(r.status == "applied" and r.before.strip() != r.after.strip() for r in repairs):
        return []
    return side_by_side(raw, contents.mask(document), repairs)


def _boxes(contents: Contents, document: str, spans: set[tuple[int, int]]) -> dict[str, Any]:
    placed = contents.boxes.get(document)
    if placed is None:
        return {}
    found = {f"{start}-{end}": placed.of_span(start, end) for start, end in sorted(spans)}
    return {span: boxes for span, boxes in found.items() if boxes}
