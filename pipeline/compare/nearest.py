"""The passages that come nearest to a requirement that a municipality's documents do not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.codebooks import Codebook, measure_nearness
from pipeline.codebooks.trained import load_topics_model
from pipeline.compare.support import DocumentSupport

UNHEARD_SHARE = 1 / 12
"""What shared words count where a model knows better: all of them together no more than what it passes on at least."""

LONGEST = 600
"""A passage longer than this many characters is no passage but an unbroken page."""


@dataclass(frozen=True, slots=True)
class NearPassage:
    """A passage that was looked at, and how near it comes, 0 to 1.

    From 0.05 on it is how likely the passage answers; below it says how many of the requirement's words stand there.
    Where no model knows the codebook it is the latter alone, 0 to 0.6.
    """

    score: float
    document_id: str
    start: int
    end: int


TOLD_BY = 2
"""Passages by which it is told how sure silence is, however many are shown (`compare.certainty`)."""


def passages_kept(shown: int) -> int:
    """How many passages are kept where so many are shown."""
    return max(shown, TOLD_BY)


def find_nearest(
    documents: Sequence[DocumentSupport], codebook: Codebook, *, count: int
) -> dict[str, list[NearPassage]]:
    """For each harmonised requirement the nearest passages, best first, ties in the order of the text."""
    found: dict[str, list[tuple[float, str, int, int]]] = {}
    share = UNHEARD_SHARE if load_topics_model(codebook) is not None else 1.0
    for document in documents:
        passages, key = document.passages, document.item.source.document_id
        heard = document.heard if share < 1 else {}
        for name, spans in heard.items():
            found.setdefault(name, []).extend((-score, key, *span) for span, score in spans.items())
        for unit in passages.rule_units:
            if unit.end - unit.start > LONGEST:
                continue
            for name, score in measure_nearness(codebook, passages.read(unit)).items():
                if not any(start < unit.end and unit.start < end for start, end in heard.get(name, ())):
                    found.setdefault(name, []).append((-round(score * share, 4), key, unit.start, unit.end))
        # All of it was looked at: where nothing shares a word with a requirement its rules are the nearest there are.
        first = [(-0.0, key, unit.start, unit.end) for unit in passages.rule_units[:count]]
        for entry in codebook.requirements:
            found[entry.id] = found.get(entry.id) or list(first)
    return {name: first_passages(near, count) for name, near in found.items()}


def first_passages(near: Sequence[tuple[float, str, int, int]], count: int) -> list[NearPassage]:
    """The nearest of some passages given as score (negative), document, start and end."""
    return [NearPassage(-score, document, start, end) for score, document, start, end in sorted(near)[:count]]
