"""Where a found quote stands in the gold's text, and which finding answers to which gold item."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

from pipeline.spans import FoldedText, Span, iou

LOCATED = 75.0
"""Similarity (0 to 100) from which on a quote counts as found again in a text that was read or repaired differently."""


def locate(quote: str, text: FoldedText, *, near: int | None = None) -> Span | None:
    """The quote's span in the original of a folded text, None where nothing is like it.

    The exact words nearest to `near` are taken (the first where nothing is near), else the best fuzzy alignment, so
    that a repaired or re-flowed text still counts.
    """
    wanted = re.sub(r"\s+", " ", quote).strip()
    if not wanted:
        return None
    places = [m.start() for m in re.finditer(re.escape(wanted), text.text)]
    if places:
        start = places[0] if near is None else min(places, key=lambda p: abs(text.offsets[p] - float(near)))
        end = start + len(wanted)
    else:
        alignment = fuzz.partial_ratio_alignment(wanted, text.text, score_cutoff=LOCATED)
        if alignment is None:
            return None
        start, end = alignment.dest_start, alignment.dest_end
    if end <= start:
        return None
    return text.offsets[start], text.offsets[min(end, len(text.offsets)) - 1] + 1


def pair(gold: Sequence[Span], found: Sequence[Span], fits: Callable[[int, int], bool]) -> list[tuple[int, int]]:
    """Gold and found indices one to one, best intersection over union first.

    Ties go to the later items: the order in which the measure used from outside takes them.
    """
    candidates = sorted(
        ((iou(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if fits(i, j)), reverse=True
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, i, j in candidates:
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return pairs
