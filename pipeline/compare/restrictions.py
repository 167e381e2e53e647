"""The words by which a passage means only some of what it names: "frågor som kräver utredning", "akuta frågor"."""

from __future__ import annotations

from functools import lru_cache

from pipeline.codebooks.cues import split_words
from pipeline.compare.words import says
from pipeline.swedish.normative import lexicon

_WITHIN = frozenset({"i", "inom", "på", "för", "hos", "vid"})
"""What stands before a branch that a passage is about: "konton i skolan"."""
STEM = 5
"""Letters by which a word is known in all its forms."""


@lru_cache(maxsize=4096)
def restriction(quote: str) -> frozenset[str]:
    """Beginnings of the words that restrict what a passage is about; none where it means all of its kind."""
    found: set[str] = set()
    restricting = False
    spoken = split_words(quote)
    for before, word in zip(["", *spoken], spoken, strict=False):
        if before in _WITHIN and says("branches", word):
            found.add(word[:STEM])
        if word in lexicon().modals:
            restricting = False
        elif says("restricting", word):
            restricting = True
        elif says("narrowing", word) or (restricting and not says("no_restriction", word)):
            found.add(word[:STEM])
    return frozenset(found)
