"""Whether two wordings of a rule can be told apart by a word that turns it around."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.trees import parse_tree

GUARDS = Path(__file__).with_name("guards.yaml")

MISREAD = 50.0
"""Likeness (0 to 100) from which on a word may be the misread form of a guarded one ("bér" for "bör")."""


@lru_cache(maxsize=1)
def _guarded() -> Mapping[str, str]:

    groups = parse_tree(GUARDS.read_text("utf-8"))["same"]
    return {form: forms[0] for forms in groups for form in forms}


def turns_around(one: str, two: str) -> bool:
    """Whether a modal, a negation or a number stands in one wording and not at its place in the other.

    A guarded word that is only misread (a better reading makes "bér" to "bör") is the same word; a number that is
    read differently is another number.
    """
    words, others = _words(one), _words(two)
    for op in Levenshtein.opcodes(words, others):
        if op.tag == "equal":
            continue
        gone, come = words[op.src_start : op.src_end], others[op.dest_start : op.dest_end]
        if not _misread(gone, come) or not _misread(come, gone):
            return True
    return False


def _words(text: str) -> list[str]:
    return [_guarded().get(w, w) for w in re.findall(r"\w+", text.lower())]


def _misread(words: list[str], others: list[str]) -> bool:
    """Whether every guarded word has a like one on the other side that is not itself guarded."""
    plain = [w for w in others if not _is_guarded(w)]
    return all(any(_alike(w, other) for other in plain) for w in words if _is_guarded(w))


def _alike(word: str, other: str) -> bool:
    # A lone figure for a lone letter is a misreading ("1 sin kommunikation"), not a number.
    lone = len(word) == len(other) == 1 and word.isdigit()
    return lone or fuzz.ratio(word, other) >= MISREAD


def _is_guarded(word: str) -> bool:
    return word in _guarded().values() or any(c.isdigit() for c in word)
