"""A document before and after repair, line beside line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.records.repair import Repair
from pipeline.report.masking import Mask
from pipeline.spans import Edit, OffsetMap

Piece = tuple[str, int]
"""A stretch of text, and the place of the edit that changed it in the list of edits; -1 where nothing did."""

Line = tuple[list[Piece], list[Piece]]
"""One line before and after repair."""


def side_by_side(raw: Mask, reading: Mask, repairs: Sequence[Repair]) -> list[Line]:
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
    lines = _Lines()
    at_raw = at_new = 0
    for (place, _), change in zip(applied, forth.changed, strict=True):
        lines.add_unchanged(raw.text[at_raw : change.old_start], reading.text[at_new : change.new_start])
        lines.add_edit(
            raw.text[change.old_start : change.old_end], reading.text[change.new_start : change.new_end], place
        )
        at_raw, at_new = change.old_end, change.new_end
    lines.add_unchanged(raw.text[at_raw:], reading.text[at_new:])
    lines.end()
    return lines.done


@dataclass
class _Lines:
    """Lines finished, and the one that is being filled."""

    done: list[Line] = field(default_factory=list)
    before: list[Piece] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)

    def add_edit(self, before: str, after: str, place: int) -> None:
        """A stretch that an edit changed, with the edit's place in the list; a break at its end ends the line."""
        if before:
            self.before.append((before, place))
        if after:
            self.after.append((after, place))
        if after.endswith("\n"):
            self.end()

    def add_unchanged(self, before: str, after: str) -> None:
        """A stretch that no edit touched: the same on both sides but for what is masked; each break ends a line."""
        for i, (one, other) in enumerate(zip(before.split("\n"), after.split("\n"), strict=True)):
            if i:
                self.end()
            if one:
                self.before.append((one, -1))
            if other:
                self.after.append((other, -1))

    def end(self) -> None:
        """Finish the line that is being filled; an empty one is none."""
        if self.before or self.after:
            self.done.append((self.before, self.after))
            self.before, self.after = [], []
