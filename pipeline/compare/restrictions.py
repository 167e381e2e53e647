"""The words by which a passage means only some of what it names: "frågor som kräver utredning", "akuta frågor"."""

from __future__ import annotations

from functools import lru_cache

from pipeline.codebooks.cues import split_words
from pipeline.compare.words import says
from pipeline.swedish.normative import lexicon

STEM = 5
"""Letters by which a word is known in all its forms."""


@lru_cache(maxsize=4096)
def restriction(quote: str) -> frozenset[str]:
    """Beginnings of the words that restrict what a passage is about; none where it means all of its kind."""
    found: set[str] = set()
    restricting = False
    for word in split_words(quote):
        if word in lexicon().modals:
            restricting = False
        elif says("restricting", word):
            restricting = True
        elif says("narrowing", word) or (restricting and not says("no_restriction", word)):
            found.add(word[:STEM])
    return frozenset(found)
