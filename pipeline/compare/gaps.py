"""What lacks: requirements that others or the law ask for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pipeline.codebooks import Codebook
from pipeline.compare.audience import Peers
from pipeline.compare.certainty import surely_says
from pipeline.compare.examples import Examples
from pipeline.compare.notices import notice
from pipeline.failures import Message
from pipeline.records.comparison import Cell, Finding
from pipeline.wording import AMONG, MOST_OF_CUSTOM

COMMON = 0.5
"""Share of the other municipalities that state a requirement from which on its lack is a gap."""

ENOUGH = 2
"""Others from which on their share weighs in full: that the only other one says something is no custom."""

LAW_WEIGHT = 0.2
"""Part of a gap's weight that it has from an act that bears on what lacks; the rest is the share of the others."""


def find_gaps(codebook: Codebook, peers: Peers, *, on: datetime.date, examples: Examples) -> Iterator[Finding]:
    """Silent cells where most others say something, or where an act asks for it; weight by how many and by law.

    Args:
        codebook: The questions.
        peers: The cells of municipalities whose documents speak to the same.
        on: The run's date.
        examples: Shows what others say.
    """
    from pipeline.swedish.legal_duties import duties_for

    by_requirement: dict[str, list[Cell]] = {}
    for cell in peers.cells:
        by_requirement.setdefault(cell.requirement, []).append(cell)
    for entry in codebook.requirements:
        own = by_requirement.get(entry.id, [])
        lacking = [c for c in own if c.answer == "silent"]
        saying = [c for c in own if surely_says(c)]
        # A doubtful answer is counted neither among those that take it up nor among those that do not.
        others = len(saying) + len(lacking) - 1
        share = len(saying) / others if others > 0 else 0.0
        custom = share * min(1.0, others / ENOUGH)
        bound = bool(duties_for(codebook.id, entry.id, on=on))
        if not lacking or (share < COMMON and not bound):
            continue
        among, law = _among(len(saying), others, AMONG[peers.audience]), name_law(codebook, entry.id, on=on)
        example, whose = examples.most_telling(saying)
        for cell in lacking:
            yield notice(
                "gap",
                cell.municipality,
                requirement=entry.id,
                other_quote=example,
                said=Message(
                    f"{entry.label_sv} regleras inte; {among.sv} tar upp det.{law.sv}{whose.sv}",
                    f"Nothing is said of: {entry.label_en}. It is taken up by {among.en}.{law.en}{whose.en}",
                ),
                weight=MOST_OF_CUSTOM * (custom * (1 - LAW_WEIGHT) + LAW_WEIGHT * bound) * cell.confidence,
            )


def name_law(codebook: Codebook, requirement: str, *, on: datetime.date) -> Message:
    """What an act in force asks on a question, to stand behind a sentence; empty where none does."""
    from pipeline.swedish.legal_duties import duties_for

    duty = next(iter(duties_for(codebook.id, requirement, on=on)), None)
    if duty is None:
        return Message("", "")
    return Message(
        f" {duty.source}: {duty.told_sv}",
        f" {duty.source}: {duty.told_en}",
    )


def _among(count: int, others: int, like: Message) -> Message:
    """So many of the others, in words where it is none."""
    if count:
        return Message(f"{count} av {others} andra{like.sv}", f"{count} of {others} others{like.en}")
    if others < 2:
        return Message(f"ingen annan{like.sv}", f"no others{like.en}")
    return Message(f"ingen av de {others} andra{like.sv}", f"none of the {others} others{like.en}")
