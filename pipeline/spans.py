"""Spans of a text: how much two share, and offset maps, composed and inverted: raw text ↔ reading text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

Span = tuple[int, int]
"""Start and end (exclusive) of a stretch of a text."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters start to end (exclusive) of the old text, and what stands there in the new one."""

    start: int
    end: int
    after: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with non-overlapping edits made.

    Raises:
        ValueError: When two edits overlap or one lies outside the text.
    """
    pieces: list[str] = []
    at = 0
    for edit in ordered(edits, length=len(text)):
        pieces += (text[at : edit.start], edit.after)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


def ordered(edits: Iterable[Edit], *, length: int) -> list[Edit]:
    """The edits in the order of the text.

    Raises:
        ValueError: When two edits overlap or one lies outside the text.
    """
    result = sorted(edits, key=lambda e: (e.start, e.end))
    for edit in result:
        if not 0 <= edit.start <= edit.end <= length:
            raise ValueError(f"an edit of characters {edit.start} to {edit.end} lies outside a text of {length}")
    for one, two in pairwise(result):
        if two.start < one.end or (one.start == two.start and one.end == two.end):
            raise ValueError(f"edits at {one.start}-{one.end} and {two.start}-{two.end} overlap")
    return result


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text with every run of white space as one blank, and for each character its offset in the original."""

    text: str
    offsets: tuple[int, ...]


def fold(text: str) -> FoldedText:
    """The text with white space folded, for looking up quotes whatever its line breaks; leading white space goes."""
    characters: list[str] = []
    offsets: list[int] = []
    gap = True
    for offset, character in enumerate(text):
        space = character.isspace()
        if not (space and gap):
            characters.append(" " if space else character)
            offsets.append(offset)
        gap = space
    return FoldedText("".join(characters), tuple(offsets))


def cover(one: Span, two: Span) -> float:
    """The share of the shorter span that both have, 0 to 1."""
    return _shared(one, two) / max(1, min(one[1] - one[0], two[1] - two[0]))


def iou(one: Span, two: Span) -> float:
    """Intersection over union of two spans, 0 to 1; 0 where both are empty."""
    shared = _shared(one, two)
    return shared / (max(one[1], two[1]) - min(one[0], two[0])) if shared else 0.0


def _shared(one: Span, two: Span) -> int:
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


class Changed(NamedTuple):
    """One edited stretch: old[old_start:old_end] became new[new_start:new_end]."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each offset of an old text lies in a new one, and back.

    Outside the changed stretches every offset has one counterpart. Inside one there is none: a span that touches the
    inside of a stretch takes in all of it, so that a span never loses what it covered. What is inserted at a span's
    very edge stays outside of it.
    """

    length: int
    new_length: int
    changed: tuple[Changed, ...] = ()

    @classmethod
    def from_edits(cls, length: int, edits: Iterable[Edit]) -> OffsetMap:
        """The map that leads from a text of `length` code points to the text after the edits.

        Raises:
            ValueError: When two edits overlap or one lies outside the text.
        """
        changed: list[Changed] = []
        shift = 0
        for edit in ordered(edits, length=length):
            start = edit.start + shift
            changed.append(Changed(edit.start, edit.end, start, start + len(edit.after)))
            shift += len(edit.after) - (edit.end - edit.start)
        return cls(length, length + shift, tuple(changed))

    def inverse(self) -> OffsetMap:
        """The map back."""
        back = tuple(Changed(c.new_start, c.new_end, c.old_start, c.old_end) for c in self.changed)
        return OffsetMap(self.new_length, self.length, back)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The new span of an old one; it covers at least what the old span became."""
        first = self._start(start)
        return first, max(first, self._end(end))

    def then(self, following: OffsetMap) -> OffsetMap:
        """The map that does this one and then another; stretches that meet become one."""
        mine = [(c.new_start, c.new_end, c.old_end - c.old_start - (c.new_end - c.new_start), 0) for c in self.changed]
        theirs = [
            (c.old_start, c.old_end, 0, c.new_end - c.new_start - (c.old_end - c.old_start)) for c in following.changed
        ]
        # Groups of stretches that meet in the middle text: the span there, and how much longer it is before and after.
        groups: list[tuple[int, int, int, int]] = []
        for start, end, before, after in sorted(mine + theirs):
            if groups and start <= groups[-1][1]:
                first, last, b, a = groups[-1]
                groups[-1] = (first, max(last, end), b + before, a + after)
            else:
                groups.append((start, end, before, after))
        changed: list[Changed] = []
        to_old = to_new = 0
        for start, end, before, after in groups:
            changed.append(Changed(start + to_old, end + to_old + before, start + to_new, end + to_new + after))
            to_old += before
            to_new += after
        return OffsetMap(self.length, following.new_length, tuple(changed))

    def _start(self, offset: int) -> int:
        """Where a span that begins at `offset` begins now."""
        i = bisect_right(self.changed, offset, key=lambda c: c.old_end)
        if i < len(self.changed) and self.changed[i].old_start <= offset:
            return self.changed[i].new_start
        return offset + (self.changed[i - 1].new_end - self.changed[i - 1].old_end if i else 0)

    def _end(self, offset: int) -> int:
        """Where a span that ends before `offset` ends now."""
        i = bisect_left(self.changed, offset, key=lambda c: c.old_start)
        if i and offset <= self.changed[i - 1].old_end:
            return self.changed[i - 1].new_end
        return offset + (self.changed[i - 1].new_end - self.changed[i - 1].old_end if i else 0)
