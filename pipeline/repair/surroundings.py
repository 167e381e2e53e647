"""What stands beside a word and tells more than the models of words around know: years, figures, names, "vi"."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.repair.lattice import Choice
from pipeline.repair.tokens import Token

# The n-gram model takes all figures for one: but "1941" says when, and "100" how many.
_YEAR_OF = re.compile(r"(?:1[5-9]|20)\d\d")
_YEAR = "år"
# Who writes "vi" speaks of "vår kommun", too; by so many letters around.
_OURSELVES = frozenset(("vi", "oss", "vår", "vårt", "våra"))
_OURS = frozenset(("vår", "vårt", "våra"))
_REACH = 400
# "dr Sten Cronqvist": printed so, an engine without "ä" may mean "är".
_TITLE = "dr"


@dataclass(slots=True)
class Ourselves:
    """Where in a document its writers speak of themselves.

    Attributes:
        known: Whether the document has been read, so that there is something to count.
    """

    known: bool = False
    _starts: list[int] = field(default_factory=list)

    def add(self, token: Token, word: str) -> None:
        """Count a word (in lower case) that was read for sure; words come in the order of the text."""
        self.known = True
        if word in _OURSELVES:
            self._starts.append(token.start)

    def count(self, token: Token) -> int:
        """How often they do near by, at other places than this."""
        starts = self._starts
        near = bisect_right(starts, token.start + _REACH) - bisect_left(starts, token.start - _REACH)
        own = bisect_left(starts, token.start)
        return near - (own < len(starts) and starts[own] == token.start)


def tell_surroundings(
    token: Token, before: Token | None, behind: Token | None, choices: Sequence[Choice], ourselves: Ourselves
) -> list[dict[str, float]]:
    """For each choice the facts that its surroundings tell.

    Args:
        token: The printed word.
        before: The word before it, None where a mark stands between.
        behind: The word behind it, likewise.
        choices: The ways to read it.
        ourselves: Where the writers speak of themselves.
    """
    told: list[dict[str, float]] = []
    dated = behind is not None and _YEAR_OF.fullmatch(behind.text) is not None
    counted = before is not None and before.text.isdigit() and not _YEAR_OF.fullmatch(before.text)
    named = token.text == _TITLE and behind is not None and behind.text.istitle()
    for choice in choices:
        facts: dict[str, float] = {}
        word = choice.text.lower()
        if word == _YEAR and dated:
            facts["year_behind"] = 1.0
        if word == _YEAR and counted:
            facts["figure_before"] = 1.0
        if word in _OURS and ourselves.known:
            count = ourselves.count(token)
            facts["ourselves"], facts["ourselves_none"] = math.log(1 + count), float(count == 0)
        if named and choice.text == _TITLE:
            facts["title"] = 1.0
        told.append(facts)
    return told
