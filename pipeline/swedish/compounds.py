"""Words of a text by their last part: the compounds that end in one of many heads, found without a search for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]\w*(?:[-\u2011]\w+)*")


class HeadedWord(NamedTuple):
    """A word that ends in a head: its span, where the head begins, and the head's form in small letters."""

    start: int
    end: int
    head_start: int
    form: str


class HeadFinder:
    """Finds the words that end in one of a set of forms, the longest form of each word first."""

    __slots__ = ("_ends", "_forms", "_lengths")

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = frozenset(forms)
        # Most words end like no head at all: three letters decide that before any longer comparison.
        self._ends = frozenset(form[-3:] for form in self._forms)
        self._lengths = tuple(sorted({len(form) for form in self._forms}, reverse=True))

    def find(self, text: str) -> Iterator[HeadedWord]:
        """The words of the text that end in a head, in order; a word counts with its hyphens (IT-avdelningen)."""
        for match in _WORD.finditer(text):
            word = match[0].lower()
            if word[-3:] not in self._ends or len(word) != match.end() - match.start():
                continue
            for length in self._lengths:
                if word[-length:] in self._forms and length <= len(word):
                    yield HeadedWord(match.start(), match.end(), match.end() - length, word[-length:])
                    break
