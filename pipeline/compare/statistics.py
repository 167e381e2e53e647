"""Shares over the municipalities with their uncertainty."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from pipeline.codebooks import Codebook
from pipeline.records.comparison import Cell, Statistic

Z = 1.959964
"""The normal quantile of a 95 % interval."""

FEW = 20
"""Below so many municipalities the interval is so wide that the share says little of others."""

MEASURES = {
    "stated": ("stated", "conflicting"),
    "stated_negatively": ("stated_negatively",),
    "delegated": ("delegated",),
    "silent": ("silent",),
}


def count_answers(codebook: Codebook, cells: Sequence[Cell]) -> list[Statistic]:
    """For each requirement and for the whole: how many municipalities state, delegate or are silent.

    The denominator is the municipalities whose documents could be read so far that silence means something; a
    conflicting answer is counted as stated.
    """
    rows = [
        row
        for entry in codebook.requirements
        for row in _count(codebook, entry.id, [c for c in cells if c.requirement == entry.id])
    ]
    return [*rows, *_count(codebook, "", cells)]


def interval(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score method (1927); (0, 1) where nothing was counted."""
    if not total:
        return 0.0, 1.0
    share, z2 = count / total, Z * Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    # At 0 and at all the interval ends there exactly; rounding would leave a rest.
    return (0.0 if count == 0 else max(0.0, middle - half)), (1.0 if count == total else min(1.0, middle + half))


def _count(codebook: Codebook, requirement: str, cells: Sequence[Cell]) -> Iterator[Statistic]:
    total = sum(cell.answer != "unreadable" for cell in cells)
    for measure, answers in MEASURES.items():
        count = sum(cell.answer in answers for cell in cells)
        low, high = interval(count, total)
        yield Statistic(
            codebook=codebook.id,
            requirement=requirement,
            measure=measure,
            count=count,
            total=total,
            share=round(count / total, 4) if total else 0.0,
            low=round(low, 4),
            high=round(high, 4),
            note_sv=_note(count, total, len(cells) - total, whole=not requirement),
        )


def _note(count: int, total: int, unreadable: int, *, whole: bool) -> str:
    unit = "celler" if whole else "kommuner"
    said = f"{count} av {total} {unit}"
    if unreadable:
        said += f"; {unreadable} kunde inte bedömas"
    if not whole and total < FEW:
        said += ". Så få kommuner säger mycket lite om andra; intervallet räknar inte med läsfel"
    elif whole:
        said += ". Celler i samma kommun hänger ihop, så intervallet är för smalt"
    return said + "."
