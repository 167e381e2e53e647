"""Values in other cells of a duty's row: "Svara på frågor | Redaktör | Inom 24 timmar"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from pipeline.extract.found import Duty, Found
from pipeline.records.outline import Outline, Unit
from pipeline.records.requirement import Requirement

MEASURES = frozenset({"response_time", "removal_time", "frequency", "count"})
"""Kinds of values that tell how soon, how often, how many: in a table they have a cell of their own."""


def values_beside(outline: Outline, duties: Sequence[Duty], found: Sequence[Found]) -> dict[int, list[Found]]:
    """The measures of each row of a table, by its unit number, that stand in no duty of the row but beside them."""
    units = outline.units
    starts = [unit.start for unit in units]
    spans: dict[int, list[tuple[int, int]]] = {}
    for duty in duties:
        spans.setdefault(duty.unit.unit, []).append((duty.start, duty.end))
    beside: dict[int, list[Found]] = {}
    for item in found:
        at = bisect_right(starts, item.start) - 1
        told = spans.get(at, ())
        if item.kind not in MEASURES or not told or units[at].kind != "table_row":
            continue
        if not any(start <= item.start and item.end <= end for start, end in told):
            beside.setdefault(at, []).append(item)
    return beside


def owner_in_row(
    item: Found, requirements: Sequence[Requirement], rows: Sequence[Unit], asked: Mapping[str, Sequence[str]]
) -> Requirement | None:
    """The requirement whose time or number stands in another cell of its row: "Svara på frågor | Inom 24 timmar".

    Args:
        item: The value.
        requirements: All requirements of the document.
        rows: Its rows of tables.
        asked: The kinds of values that each harmonised requirement asks for; of several duties in a row the first
            that such a one is about owns the value.
    """
    if item.kind not in MEASURES:
        return None
    row = next((u for u in rows if u.start <= item.start and item.end <= u.end), None)
    if row is None:
        return None
    own = [r for r in requirements if row.start <= r.start and r.end <= row.end]
    if len(own) == 1:
        return own[0]
    return next((r for r in own if any(item.kind in asked.get(topic, ()) for topic in r.topics.split("|"))), None)
