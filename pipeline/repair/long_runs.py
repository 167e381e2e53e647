"""Runs of signs without a blank that are too long for any word: left as they are, so that no rule loses itself there.

Many rules look from each letter of a word to its end, which is nothing in a word and minutes in 400,000 letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pipeline.repair.edits import TextEdit

# The longest Swedish words have some sixty letters, addresses of the net seldom more than this.
_LONGEST = 200
_RUN = re.compile(rf"(?<!\S)\S{{{_LONGEST},}}")
_LETTERS = re.compile(rf"[^\W\d_]{{{_LONGEST}}}")
# What stands for a run while the rest is repaired: a character for private use, which no rule knows.
_STAND_IN = "\ue000"
_DOUBT = 0.5


class LongRuns:
    """The long runs of a text, and the text with one sign in place of each.

    Attributes:
        spans: Where the runs stand in the text.
        short: The text without them.
    """

    __slots__ = ("_raw", "_stand_ins", "short", "spans")

    def __init__(self, raw: str) -> None:
        """Find the runs.

        Args:
            raw: The raw text.
        """
        self._raw = raw
        self.spans = [match.span() for match in _RUN.finditer(raw)]
        between = pairwise([0, *(place for span in self.spans for place in span), len(raw)])
        pieces = [raw[start:end] for number, (start, end) in enumerate(between) if number % 2 == 0]
        self.short = _STAND_IN.join(pieces)
        self._stand_ins: list[int] = []
        at = -1
        for piece in pieces[:-1]:
            at += len(piece) + 1
            self._stand_ins.append(at)

    def to_short(self, place: int) -> int:
        """Where a place of the raw text is in the short one; places inside a run are where it stands."""
        run = bisect_right(self.spans, place, key=lambda span: span[0]) - 1
        if run < 0:
            return place
        end, stand_in = self.spans[run][1], self._stand_ins[run]
        return stand_in + max(0, 1 + place - end)

    def to_raw(self, place: int) -> int:
        """Where a place of the short text is in the raw one."""
        run = bisect_left(self._stand_ins, place) - 1
        return place if run < 0 else self.spans[run][1] + place - self._stand_ins[run] - 1

    def put_back(self, edits: Sequence[TextEdit]) -> list[TextEdit]:
        """The edits of the short text as edits of the raw one, with suggestions on runs that are all letters.

        What would have joined something with a run is left out; furniture is cut out whatever it holds.
        """
        moved = []
        for edit in edits:
            start, end = self.to_raw(edit.raw_start), self.to_raw(edit.raw_end)
            before = self._raw[start:end]
            if before == edit.before or "furniture" in edit.rule.split("+"):
                moved.append(TextEdit(start, end, before, edit.after, edit.rule, edit.confidence, edit.status))
        cut = {start for start, _ in self.spans} & {
            place for edit in moved if edit.status == "applied" for place in range(edit.raw_start, edit.raw_end)
        }
        for start, end in self.spans:
            letters = _LETTERS.search(self._raw, start, end)
            if letters is not None and start not in cut:
                said = letters.group()
                moved.append(TextEdit(*letters.span(), said, said, "unread_word", _DOUBT, "suggested"))
        return sorted(moved, key=lambda edit: (edit.raw_start, edit.raw_end, edit.status, edit.rule))
