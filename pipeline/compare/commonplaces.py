"""How much two passages tell by what they share: a commonplace is no sign that one was taken from the other.

Pairs of neighbouring words are weighed by how many municipal documents have them (common_pairs.csv, counted by
benchmarks/common_pairs.py), as words are by their inverse document frequency (Spärck Jones 1972).
"""

from __future__ import annotations

import csv
import math
import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

PATH = Path(__file__).with_name("common_pairs.csv")

STEM, LEAST_LETTERS = 6, 4

LEAST_DOCUMENTS = 5
"""Documents from which on a pair is in the table: all that fewer have are about as rare."""

LEAST_BITS = 24.0
"""What two documents must share to be told of descent: four pairs that hardly anybody else writes, or more of what some
do. "Inlägg och kommentarer på kommunens konton är allmänna handlingar" comes to 5, a whole sentence of one's own to 30
and more."""

_WORD = re.compile(r"\w+")
_FOLD = str.maketrans("åäöéèüæø0158", "aaoeeuaoolsb")


def fold(text: str) -> str:
    """The text in small letters, Swedish letters and figures that OCR takes for letters made plain."""
    return text.casefold().translate(_FOLD)


def folded_words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=1 << 15)  # a sentence is held against many
def pairs_of(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of neighbouring longer words of a sentence, each word by its first letters."""
    return frozenset(pairwise(word[:STEM] for word in folded_words(text) if len(word) >= LEAST_LETTERS))


def bits_shared(one: str, other: str) -> float:
    """How surprising it is that two passages share what they do, in bits."""
    number, common = _table()
    shared = pairs_of(one) & pairs_of(other)
    return sum(math.log2((number + 1) / (common.get(pair, LEAST_DOCUMENTS - 1) + 1)) for pair in sorted(shared))


@cache
def _table() -> tuple[int, dict[tuple[str, str], int]]:
    """How many documents were counted, and how many have each pair."""
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = {(row["first"], row["second"]): int(row["documents"]) for row in csv.DictReader(file)}
    return rows.pop(("", "")), rows
