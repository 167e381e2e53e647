"""What lacks: requirements that others or the law ask for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from pipeline.codebooks import Codebook
from pipeline.compare.notices import notice
from pipeline.failures import Message
from pipeline.records.comparison import SAYING, Cell, Finding

COMMON = 0.5
"""Share of the other municipalities that state a requirement from which on its lack is a gap."""

LAW_WEIGHT = 0.2
"""How much it adds to a gap's weight that an act bears on what lacks; the rest is the share of the others."""


def find_gaps(codebook: Codebook, cells: Sequence[Cell], *, on: datetime.date) -> Iterator[Finding]:
    """Silent cells where most others say something, or where an act asks for it; weight by how many and by law."""
    from pipeline.swedish.legal_duties import duties_for

    by_requirement: dict[str, list[Cell]] = {}
    for cell in cells:
        by_requirement.setdefault(cell.requirement, []).append(cell)
    for entry in codebook.requirements:
        own = by_requirement.get(entry.id, [])
        readable = sum(c.answer != "unreadable" for c in own)
        saying = [c for c in own if c.answer in SAYING]
        example = next((c.quote for c in saying if c.answer == "stated"), "")
        duties = duties_for(codebook.id, entry.id, on=on)
        others = readable - 1
        share = len(saying) / others if others > 0 else 0.0
        if share < COMMON and not duties:
            continue
        for cell in (c for c in own if c.answer == "silent"):
            among = _among(len(saying), others)
            law_sv = f" {duties[0].source}: {duties[0].text_sv}{duties[0].doubt_sv}" if duties else ""
            law_en = f" {duties[0].source}: {duties[0].text_en}{duties[0].doubt_en}" if duties else ""
            yield notice(
                "gap",
                cell.municipality,
                requirement=entry.id,
                other_quote=example,
                said=Message(
                    f"{entry.label_sv} regleras inte; {among.sv} tar upp det.{law_sv}",
                    f"Nothing is said of: {entry.label_en}. It is taken up by {among.en}.{law_en}",
                ),
                weight=(share * (1 - LAW_WEIGHT) + LAW_WEIGHT * bool(duties)) * cell.confidence,
            )


def _among(count: int, others: int) -> Message:
    """So many of the others, in words where it is none."""
    if count:
        return Message(f"{count} av {others} andra", f"{count} of {others} others")
    if others < 2:
        return Message("ingen annan", "no others")
    return Message(f"ingen av de {others} andra", f"none of the {others} others")
