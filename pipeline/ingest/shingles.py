"""Documents that say nearly the same: the scan and the Word file of one document, two versions of one guideline.

Shingles of words, hashed to a fixed number of smallest values (Broder 1997), and bands of them as buckets: only
documents that share a bucket are compared, so the work grows with the number of documents and not with its square.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from itertools import combinations, groupby, pairwise
from operator import itemgetter
from types import MappingProxyType
from typing import Any

import numpy as np

from pipeline.records.reading import NearDuplicate

LETTERS = 9
"""Letters of a shingle: letters and not words, for OCR breaks one word in twenty and hardly one shingle in ten."""

HASHES, BANDS = 128, 32
"""Smallest values kept of a document, and the buckets they make: pairs alike by 0.5 meet with 87 percent certainty,
by 0.6 with 99."""

MIN_LETTERS = 200
"""Shorter texts are alike by chance: a form's heads, an empty letter."""

MAX_BUCKET = 24
"""Documents of one bucket that are compared with each other; a larger bucket holds one letter sent many times, of which
each is compared with the next."""

ALIKE = 0.5
"""Share of shingles that two texts have in common from which on they are said to be alike. A clean scan and its Word
file have 0.9 and more, two years' versions of one guideline about 0.6, two municipalities' own guidelines under 0.2."""

AT_ONCE = 500_000
"""Letters of a text that are taken at a time: what is reckoned with them takes ten times the memory of the shingles."""

MAX_KEPT = 64_000_000
"""Shingles that are kept for the pairs: half a gigabyte, those of ten thousand documents of two pages."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without pattern: the polynomial of a shingle's letters at it is the shingle's hash."""


def compare_texts(
    texts: Mapping[str, str],
    *,
    signatures: Mapping[str, bytes] = MappingProxyType({}),
    known: Mapping[tuple[str, str], float] = MappingProxyType({}),
    least: float = ALIKE,
) -> list[NearDuplicate]:
    """The pairs of documents that share a bucket, sorted by their ids, with their Jaccard similarity, 0 to 1.

    Args:
        texts: Text by document_id; upper case, white space, punctuation and digits count for nothing.
        signatures: What `sign` gave for those texts that have been signed.
        known: The similarity of pairs that were compared before, by their ids in order.
        least: Similarity that interests: pairs that by their lengths can't reach it are given 0.
    """
    kept = _Kept(texts)
    # Of each text its signature is kept, and no more shingles than there is room for: those of many take more than the
    # texts.
    signed = {key: signatures[key] if key in signatures else _signature(kept.shingles(key)) for key in sorted(texts)}
    pairs = _meeting({key: signature for key, signature in signed.items() if signature})
    result = []
    for one, others in groupby(sorted(pairs), key=itemgetter(0)):
        members: _Members | None = None
        for pair in others:
            similarity = known.get(pair)
            if similarity is None:
                members = members or _Members(kept.shingles(one))
                similarity = members.alike(kept.shingles(pair[1]), least)
            result.append(NearDuplicate(*pair, similarity))
    return result


def sign(text: str) -> bytes:
    """The smallest values of a text's shingles, by which it is found again; nothing where the text is too short."""
    return _signature(shingles_of(text))


class _Kept:
    """The shingles of texts, the latest of them kept until they are asked for again."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._count = 0

    def shingles(self, key: str) -> Any:
        """The shingles of a text by its id."""
        if key not in self._kept:
            self._kept[key] = shingles_of(self._texts[key])
            self._count += self._kept[key].size
            while self._count > MAX_KEPT and len(self._kept) > 1:
                self._count -= self._kept.popitem(last=False)[1].size
        self._kept.move_to_end(key)
        return self._kept[key]


class _Members:
    """A set of hashes in which those of many others are counted: a table by lowest bits, so that each is one look."""

    _BITS = 17

    def __init__(self, hashes: Any) -> None:
        self.size = hashes.size
        self._lowest = np.uint64((1 << self._BITS) - 1)
        # An empty place holds a hash that belongs in another: it equals nothing that is looked up there.
        self._table = np.full(1 << self._BITS, 1, dtype=np.uint64)
        self._table[1] = 0
        self._table[hashes & self._lowest] = hashes
        self._crowded = hashes[self._table[hashes & self._lowest] != hashes]

    def alike(self, hashes: Any, least: float) -> float:
        """Share of all hashes that both have, 0 where by their numbers alone it stays below what interests."""
        sizes = self.size, hashes.size
        if min(sizes) < least * max(sizes):
            return 0.0
        shared = self._count(hashes)
        return round(float(shared / (sum(sizes) - shared)), 4)

    def _count(self, hashes: Any) -> int:
        """How many of the hashes, sorted and each there once, are in the set."""
        held = int((self._table[hashes & self._lowest] == hashes).sum())
        places = np.minimum(np.searchsorted(hashes, self._crowded), hashes.size - 1)
        return held + int((hashes[places] == self._crowded).sum())


def shingles_of(text: str) -> Any:
    """The hashes of a text's shingles, each once, sorted: unsigned 64-bit integers."""
    letters = "".join(
        re.sub(r"[\W\d_]+", "", text[at : at + AT_ONCE].casefold()) for at in range(0, len(text), AT_ONCE)
    )
    starts = range(0, len(letters) - LETTERS + 1, AT_ONCE)
    pieces = [_hash_all(letters[at : at + AT_ONCE + LETTERS - 1]) for at in starts]
    if len(pieces) > 1:
        return np.unique(np.concatenate(pieces))
    return pieces[0] if pieces else np.zeros(0, dtype=np.uint64)


def _hash_all(letters: str) -> Any:
    """The hashes of the shingles in a piece of text, each once."""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    found = np.zeros(len(codes) - LETTERS + 1, dtype=np.uint64)
    for place in range(LETTERS):
        found = found * _FACTOR + codes[place : place + len(found)]
    # Mixed, for the last letters would else stand in the lowest bits as they are (the finalizer of SplitMix64).
    found = (found ^ (found >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    found = (found ^ (found >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.unique(found ^ (found >> np.uint64(31)))


def _signature(shingles: Any) -> bytes:
    """The smallest value of each of a family of hash functions over a text's shingles, four bytes each.

    The functions multiply by an odd number and keep the upper half (Dietzfelbinger et al. 1997). A text of too few
    shingles has none.
    """
    if len(shingles) < MIN_LETTERS:
        return b""
    chance = np.random.default_rng(1)
    factors = chance.integers(0, 1 << 63, HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    least = [(shingles * factor).min() >> np.uint64(32) for factor in factors]
    return np.array(least, dtype="<u4").tobytes()


def _meeting(signatures: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """The pairs that share a bucket."""
    size = 4 * HASHES // BANDS
    buckets: dict[tuple[int, bytes], list[str]] = {}
    for key, signature in signatures.items():
        for at in range(0, len(signature), size):
            buckets.setdefault((at, signature[at : at + size]), []).append(key)
    pairs: set[tuple[str, str]] = set()
    for keys in buckets.values():
        pairs.update(combinations(keys, 2) if len(keys) <= MAX_BUCKET else pairwise(keys))
    return pairs
