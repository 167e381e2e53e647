"""A document before and after repair, line beside line."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records.repair import Repair
from pipeline.report.masking import Mask
from pipeline.spans import Edit, OffsetMap

Piece = tuple[str, int]
"""A stretch of text, and the place of the edit that changed it in the list of edits; -1 where nothing did."""


def side_by_side(raw: Mask, reading: Mask, repairs: Sequence[Repair]) -> list[tuple[list[Piece], list[Piece]]]:
    """The lines of the reading text beside what stood there before, in pieces; empty where the log doesn't join them.

    The edits are counted among all of `repairs`, in the order given.
    """
    applied = [(i, r) for i, r in enumerate(repairs) if r.status == "applied"]
    try:
        forth = OffsetMap.from_edits(len(raw.text), [Edit(r.raw_start, r.raw_end, r.after) for _, r in applied])
    except ValueError:
        return []
    if forth.new_length != len(reading.text):
        return []
    applied.sort(key=lambda pair: (pair[1].raw_start, pair[1].raw_end))
    rows: list[tuple[list[Piece], list[Piece]]] = []
    old: list[Piece] = []
    new: list[Piece] = []
    at_raw = at_new = 0
    for (place, repair), change in zip(applied, forth.changed, strict=True):
        _unchanged(rows, old, new, raw.text[at_raw : change.old_start], reading.text[at_new : change.new_start])
        before, after = raw.text[change.old_start : change.old_end], reading.text[change.new_start : change.new_end]
        if before:
            old.append((before, place))
        if after:
            new.append((after, place))
        if after.endswith("\n"):
            _end_row(rows, old, new)
        at_raw, at_new = change.old_end, change.new_end
        del repair
    _unchanged(rows, old, new, raw.text[at_raw:], reading.text[at_new:])
    _end_row(rows, old, new)
    return rows


def _unchanged(
    rows: list[tuple[list[Piece], list[Piece]]], old: list[Piece], new: list[Piece], before: str, after: str
) -> None:
    """A stretch that no edit touched: a row ends at each of its line breaks."""
    before_lines, after_lines = before.split("\n"), after.split("\n")
    for i, (one, other) in enumerate(zip(before_lines, after_lines, strict=True)):
        if i:
            _end_row(rows, old, new)
        if one:
            old.append((one, -1))
        if other:
            new.append((other, -1))


def _end_row(rows: list[tuple[list[Piece], list[Piece]]], old: list[Piece], new: list[Piece]) -> None:
    if old or new:
        rows.append((list(old), list(new)))
        old.clear()
        new.clear()
