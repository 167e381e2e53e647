"""How many documents hold a passage: what several have, two of them may both have from a third."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.records.comparison import Lineage

LONGEST = 2000
"""Letters of a passage, longer than which none is."""


def count_holders(rows: Sequence[Lineage]) -> list[int]:
    """For each row how many documents hold its passage, or one that overlaps it: its own two at least."""
    held: dict[str, list[tuple[int, int, str]]] = {}
    for row in rows:
        held.setdefault(row.document_id, []).append((row.start, row.end, row.other_document_id))
        held.setdefault(row.other_document_id, []).append((row.other_start, row.other_end, row.document_id))

    for own in held.values():
        own.sort()

    def beside(document: str, start: int, end: int) -> set[str]:
        # Only those that begin near by are looked at: in a large folder a form stands in thousands of documents.
        own = held[document]
        near = own[bisect_left(own, (start - LONGEST,)) : bisect_left(own, (end,))]
        return {other for _, high, other in near if start < high}

    counts = []
    for row in rows:
        known = beside(row.document_id, row.start, row.end)
        known |= beside(row.other_document_id, row.other_start, row.other_end)
        counts.append(len(known | {row.document_id, row.other_document_id}))
    return counts
