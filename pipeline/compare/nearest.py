"""The passages that come nearest to a requirement that a municipality's documents do not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.codebooks import Codebook, measure_nearness
from pipeline.compare.support import DocumentSupport

LONGEST = 600
"""A passage longer than this many characters is no passage but an unbroken page."""


@dataclass(frozen=True, slots=True)
class NearPassage:
    """A sentence that was looked at, and how near it comes (0 to 0.6)."""

    score: float
    document_id: str
    start: int
    end: int


def find_nearest(
    documents: Sequence[DocumentSupport], codebook: Codebook, *, count: int
) -> dict[str, list[NearPassage]]:
    """For each harmonised requirement the nearest passages, best first, ties in the order of the text."""
    found: dict[str, list[tuple[float, str, int, int]]] = {}
    for document in documents:
        passages, key = document.passages, document.item.source.document_id
        for unit in passages.rule_units:
            if unit.end - unit.start > LONGEST:
                continue
            for name, score in measure_nearness(codebook, passages.read(unit)).items():
                found.setdefault(name, []).append((-score, key, unit.start, unit.end))
    return {name: first_passages(near, count) for name, near in found.items()}


def first_passages(near: Sequence[tuple[float, str, int, int]], count: int) -> list[NearPassage]:
    """The nearest of some passages given as score (negative), document, start and end."""
    return [NearPassage(-score, document, start, end) for score, document, start, end in sorted(near)[:count]]
