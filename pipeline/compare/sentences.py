"""The sentences of one document as lineage looks for them in others: made once of each document, and kept.

A sentence is reduced to the beginnings of its longer words with Swedish letters folded, so that OCR damage and repairs
leave most pairs of neighbours as they were; each pair is a number of 64 bits, the same in every document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.compare.commonplaces import LEAST_LETTERS, STEM, folded_words
from pipeline.compare.passages import Passages
from pipeline.records.outline import Outline
from pipeline.swedish.documents import find_document_references
from pipeline.swedish.laws import find_references

Numbers = NDArray[np.int64]

SHARED_PAIRS = 3
"""Neighbouring pairs of longer words that two sentences share before they are worth comparing."""

SECTION_KINDS = ("body", "purpose", "law")

_TRAIL = re.compile(r"(?:[^/>»›|]{1,40}\s[/>»›|]\s){2,}[^/>»›|]{1,60}")
"""The way to a page, which stands above it on every site: "Start / Kommun och politik / Sociala medier"."""

_HEAD = 4
"""Numbers before the pairs of a packed sentence: start, end, whether it names an act or document, how many pairs."""


def pack_sentences(outline: Outline, least: int) -> bytes:
    """The sentences of a document that could be shared, in the order of its units.

    They are those long enough, in the parts where the document speaks for itself.

    Args:
        outline: The document.
        least: Words that a sentence has at least.
    """
    passages, own = Passages(outline), _own_names(outline)
    numbers: list[int] = []
    for unit in outline.units:
        section = passages.section_of(unit)
        if unit.kind in ("heading", "site") or (section is not None and section.kind not in SECTION_KINDS):
            continue
        text = passages.read(unit)
        if _TRAIL.fullmatch(text.strip()):
            continue
        folded, length = read_words(text)
        if length < least:
            continue
        stems = [w[:STEM] for w in folded.split(" ") if len(w) >= LEAST_LETTERS and w[:STEM] not in own]
        pairs = [_number(*pair) for pair in dict.fromkeys(pairwise(stems))]
        if len(pairs) >= SHARED_PAIRS:
            numbers += [unit.start, unit.end, own_words(text) != (folded, length), len(pairs), *pairs]
    return np.array(numbers, dtype="<i8").tobytes()


def unpack_sentences(packed: bytes) -> Iterator[tuple[int, int, bool, Numbers]]:
    """Each packed sentence's start and end in the reading text, whether it names an act or document, and its pairs."""
    numbers = np.frombuffer(packed, dtype="<i8").astype(np.int64, copy=False)
    at = 0
    while at < len(numbers):
        start, end, names, count = numbers[at : at + _HEAD].tolist()
        yield start, end, bool(names), numbers[at + _HEAD : at + _HEAD + count]
        at += _HEAD + count


def _number(first: str, second: str) -> int:
    """A pair of stems as a number that does not change from run to run."""
    said = blake2b(f"{first} {second}".encode(), digest_size=8).digest()
    return int.from_bytes(said, "little", signed=True)


def _own_names(outline: Outline) -> frozenset[str]:
    """Stems of the document's own municipality, which copies exchange for theirs."""
    return frozenset(word[:STEM] for word in folded_words(outline.document.municipality))


@lru_cache(maxsize=1 << 16)
def read_words(text: str) -> tuple[str, int]:
    """The folded words of a text and their number."""
    words = folded_words(text)
    return " ".join(words), len(words)


@lru_cache(maxsize=1 << 14)
def own_words(text: str) -> tuple[str, int]:
    """The folded words of a passage without the acts and documents that it names, and their number."""
    named = [(m.start, m.end) for m in find_references(text)]
    named += [(m.start, m.end) for m in find_document_references(text)]
    if not named:
        return read_words(text)
    return read_words("".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in named)))
