"""From a repaired text to its structure: sections, units with lead-ins, metadata, completeness, policy area."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.codebooks import policy_area
from pipeline.outline.agenda import as_decisions, find_other_items, without
from pipeline.outline.blocks import build_blocks
from pipeline.outline.completeness import is_left_to_others, is_letter, judge_completeness
from pipeline.outline.lines import classify_lines
from pipeline.outline.metadata import find_metadata
from pipeline.outline.page_heads import page_heads
from pipeline.outline.structure import build_structure
from pipeline.outline.vocabulary import vocabulary
from pipeline.params import OutlineSettings
from pipeline.records.outline import DocumentOutline, Metadatum, Outline, Section
from pipeline.records.repair import Repaired
from pipeline.swedish.municipalities import by_name
from pipeline.swedish.plausibility import unread_share

__all__ = ["outline_document", "with_metadata"]

_ADOPTION = ("adopted_by", "adopted_date")
"""What minutes do not say that leave the decision to others."""
_PAGE_NUMBERED = re.compile(r"(?:\.{3,}|…|(?:\. ){3,})\s*\d{1,3}\s*$")
"""How a line of a list of contents ends that nothing else ends like; blanks alone part the cells of other rows too."""


def outline_document(repaired: Repaired, *, settings: OutlineSettings | None = None) -> Outline:
    """The outline of one document; it never changes the text.

    Args:
        repaired: The document as repair gives it.
        settings: The stage's settings, defaults when left out.

    Returns:
        Sections, units and metadata with offsets into the reading text, and what the document is as a whole.
    """
    settings = settings or OutlineSettings()
    text, document_id = repaired.text, repaired.source.document_id
    page_starts = tuple(p.start for p in repaired.pages) or (0,)
    lines = classify_lines(repaired)
    sections, units = build_structure(document_id, text, build_blocks(lines, text))
    heads = page_heads(repaired.furniture)
    others = find_other_items(text, heads)
    sections = as_decisions(sections, others)
    own = without(text, others)
    outline = Outline(_unknown(document_id), text, tuple(sections), tuple(units), (), page_starts)
    # A line of a list of contents only tells where more stands; an information box may follow such a list.
    telling = [
        u for u in units
        if sections[u.section].kind != "contents" or not _PAGE_NUMBERED.search(text[u.start : u.end])
    ]  # fmt: skip
    left_to_others = is_left_to_others(text, sections, units)
    proposal = left_to_others or is_letter(text, sections, units)
    metadata = find_metadata(
        document_id, own, units=telling, proposal=proposal, page_of=outline.page_of,
        heads=heads, file_name=repaired.source.file_name,
    )  # fmt: skip
    if left_to_others:
        metadata = tuple(m for m in metadata if m.field not in _ADOPTION)
    said = {m.field: m.value for m in metadata}
    whole = judge_completeness(text, lines, sections, units, proposal=proposal, adopted="adopted_date" in said)
    area, score = policy_area(said.get("title", ""), text)
    known = by_name(said.get("municipality", ""))
    document = DocumentOutline(
        document_id=document_id,
        municipality=said.get("municipality", ""),
        municipality_code=known.code if known else "",
        policy_area=area if score >= settings.min_policy_area_score else "",
        policy_area_score=score,
        completeness=whole.verdict,
        completeness_reason=whole.reason,
        missing="|".join(title.replace("|", "/") for title in whole.missing),
        missing_start=whole.missing_start,
        recommends=recommends(text, sections, said.get("document_type", "")),
        unread_share=round(unread_share(text), 4),
    )
    return Outline(document, text, tuple(sections), tuple(units), metadata, page_starts)


def with_metadata(outline: Outline, metadata: Sequence[Metadatum]) -> Outline:
    """The outline with other metadata, and the municipality that they name."""
    name = next((m.value for m in metadata if m.field == "municipality"), "")
    known = by_name(name)
    document = replace(outline.document, municipality=name, municipality_code=known.code if known else "")
    return replace(outline, document=document, metadata=tuple(metadata))


def recommends(text: str, sections: Sequence[Section], kind: str) -> bool:
    """Whether the document's own words call it advice rather than rules.

    Of paragraphs on what kinds of documents there are, only those on this document's own kind speak of it.
    """
    for section in sections:
        said = re.sub(r"[^\S\n]+", " ", text[section.start : section.end].lower())
        if section.kind in ("boilerplate", "cover"):
            own = [p for p in said.split("\n") if kind and p.lstrip().startswith(kind)]
            said = "\n".join(own)
        if any(p.search(said.replace("\n", " ")) for p in vocabulary().recommends):
            return True
    return False


def _unknown(document_id: str) -> DocumentOutline:
    return DocumentOutline(document_id, "", "", "", 0.0, "complete", "", "", -1, False, 0.0)
