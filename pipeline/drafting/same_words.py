"""Whether two clauses are the same words, when one of them may have been read badly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.drafting.inflection import common_words
from pipeline.swedish.letters import without_marks

SAME_WORD = 75.0
"""Likeness (0 to 100) from which on two words are one word that was read or inflected differently."""

MISREAD, MISREAD_GUARD, JOINED = 34.0, 50.0, 85.0
"""The same where one of them is no Swedish word; for a modal or negation; for words that were split or run together."""

GUARDED = ("ska", "maste", "bor", "far", "kan", "behover", "inte", "aldrig", "endast", "utan")
"""Folded words that turn a rule around; from the modals of the annotation guidelines."""

_SAME_FORMS = {"skall": "ska", "ej": "inte", "icke": "inte"}


def fold_words(text: str) -> list[str]:
    """The words of a text for comparing: small letters without accents, older forms of modals made one."""
    return [_fold(word) for word in _split(text)]


def same_words(one: str, two: str) -> bool:
    """Whether two clauses have the same words, read or inflected a little differently at most.

    A number that differs is another number, and a modal or negation that is exchanged, comes or goes another rule.
    """
    words, others = _split(one), _split(two)
    blocks = Levenshtein.opcodes([_fold(w) for w in words], [_fold(w) for w in others]).as_matching_blocks()
    at, other_at = 0, 0
    for block in blocks:
        if not _same_stretch(words[at : block.a], others[other_at : block.b]):
            return False
        at, other_at = block.a + block.size, block.b + block.size
    return True


def find_changed(one: str, two: str) -> tuple[tuple[str, bool], ...]:
    """The second wording in pieces, each with whether it is not in the first: to show a reader what changed.

    Words are compared as in `same_words`, so what was only misread or inflected is not shown as a change.
    """
    before = _split(one)
    pieces = re.findall(r"\S+\s*", two)
    after = [" ".join(_split(piece)) for piece in pieces]
    told: list[tuple[str, bool]] = []
    blocks = {"equal": False, "delete": False, "insert": True, "replace": True}
    for code in Levenshtein.opcodes([_fold(w) for w in before], [_fold(w) for w in after]):
        for place in range(code.dest_start, code.dest_end):
            offset = code.src_start + place - code.dest_start
            same = code.tag == "replace" and offset < code.src_end and _same_word(before[offset], after[place])
            told.append((pieces[place], blocks[code.tag] and not same))
    return tuple((text.strip() if n == len(told) - 1 else text, new) for n, (text, new) in enumerate(told))


def _same_stretch(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether what stands between words that are the same is the same too: word by word, or split otherwise."""
    if len(words) == len(others):
        return all(_same_word(a, b) for a, b in zip(words, others, strict=True))
    return _same_joined(words, others)


def _split(text: str) -> list[str]:
    joined = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", text).lower()
    return re.findall(r"[^\W_]+|[§%]", joined)


def _fold(word: str) -> str:
    plain = without_marks(word)
    return _SAME_FORMS.get(plain, plain)


def _same_word(one: str, two: str) -> bool:
    first, second = _fold(one), _fold(two)
    if first.isdigit() and second.isdigit():
        return False
    if first.isdigit() or second.isdigit():
        # Engines read "i" and "l" as 1.
        return len(first) == len(second) == 1
    likeness = fuzz.ratio(first, second)
    misread = not (_is_word(one) and _is_word(two))
    if {first, second} & (set(GUARDED) | _numbers()):
        return misread and likeness >= MISREAD_GUARD
    if first == f"o{second}" or second == f"o{first}":
        # "tillåtet" and "otillåtet" are near in letters only.
        return False
    return likeness >= SAME_WORD or (misread and (likeness >= MISREAD or max(len(first), len(second)) <= 3))


def _same_joined(words: Sequence[str], others: Sequence[str]) -> bool:
    first, second = ([_fold(w) for w in side] for side in (words, others))
    if any(w in GUARDED or w.isdigit() for w in (*first, *second)) or not first or not second:
        return False
    if any(number not in "".join(side) for side in (first, second) for number in {*first, *second} & _numbers()):
        return False
    return fuzz.ratio("".join(first), "".join(second)) >= JOINED


@cache
def _numbers() -> frozenset[str]:
    """Folded numbers in words from two on, which are numbers however small they are printed."""
    return frozenset(_fold(word) for word in common_words()["numbers"][2:])


def _is_word(word: str) -> bool:
    from pipeline.swedish.lexicon import load_lexicon

    return load_lexicon().is_word(word)
