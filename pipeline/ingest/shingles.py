"""Documents that say nearly the same: the scan and the Word file of one document, two versions of one guideline.

Shingles of words, hashed to a fixed number of smallest values (Broder 1997), and bands of them as buckets: only
documents that share a bucket are compared, so the work grows with the number of documents and not with its square.
"""

from __future__ import annotations

import re
import zlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
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

MAX_BUCKET = 200
"""Documents of one bucket that are compared with each other; a larger bucket holds one letter sent many times, of which
each is compared with the next."""

AT_ONCE = 500_000
"""Letters and shingles of a text that are taken at a time: as strings and numbers of Python they take ten times the
memory that they take packed."""

MAX_KEPT = 25_000_000
"""Shingles that are kept for the next pairs: 200 MB."""

_PRIME = np.uint64((1 << 31) - 1)


def near_duplicates(texts: Mapping[str, str], *, min_similarity: float = 0.5) -> list[NearDuplicate]:
    """The pairs of documents that are alike, by their ids; a document is never its own pair.

    Args:
        texts: Text by document_id; upper case, white space, punctuation and digits count for nothing.
        min_similarity: Jaccard similarity of shingles from which on a pair is given, 0 to 1. A clean scan and its
            Word file have 0.9 and more, two years' versions of one guideline about 0.6, two municipalities' own
            guidelines under 0.2.
    """
    found = ((key, shingles_of(texts[key])) for key in sorted(texts))
    # Of each text only its signature is kept: the shingles of many take more memory than the texts.
    pairs = _meeting({key: _signature(shingles) for key, shingles in found if len(shingles) >= MIN_LETTERS})
    kept = _Kept(texts)
    result = []
    for one, other in sorted(pairs):
        first, second = kept.shingles(one), kept.shingles(other)
        sizes = first.size, second.size
        if min(sizes) < min_similarity * max(sizes):
            continue  # were all of the smaller in the larger, they would not be alike enough
        shared = np.intersect1d(first, second, assume_unique=True).size
        similarity = shared / (sum(sizes) - shared)
        if similarity >= min_similarity:
            result.append(NearDuplicate(one, other, round(similarity, 4)))
    return result


class _Kept:
    """The shingles of texts that are compared, the latest of them kept for the next pair."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._count = 0

    def shingles(self, key: str) -> Any:
        """The shingles of a text by its id."""
        if key not in self._kept:
            self._kept[key] = shingles_of(self._texts[key])
            self._count += self._kept[key].size
            while self._count > MAX_KEPT and len(self._kept) > 2:
                self._count -= self._kept.popitem(last=False)[1].size
        self._kept.move_to_end(key)
        return self._kept[key]


def shingles_of(text: str) -> Any:
    """The hashes of a text's shingles, each once, sorted."""
    letters = "".join(
        re.sub(r"[\W\d_]+", "", text[at : at + AT_ONCE].casefold()) for at in range(0, len(text), AT_ONCE)
    )
    last = max(0, len(letters) - LETTERS + 1)
    pieces = [
        np.array(sorted({zlib.crc32(letters[n : n + LETTERS].encode()) for n in piece}), dtype=np.uint64)
        for piece in (range(at, min(at + AT_ONCE, last)) for at in range(0, last, AT_ONCE))
    ]
    return np.unique(np.concatenate(pieces)) if pieces else np.array([], dtype=np.uint64)


def _signature(shingles: Any) -> tuple[int, ...]:
    """The smallest value of each of a family of hash functions over a text's shingles."""
    chance = np.random.default_rng(1)
    factors = chance.integers(1, int(_PRIME), HASHES, dtype=np.uint64)
    offsets = chance.integers(0, int(_PRIME), HASHES, dtype=np.uint64)
    small = shingles % _PRIME
    return tuple(int(((small * f + o) % _PRIME).min()) for f, o in zip(factors, offsets, strict=True))


def _meeting(signatures: Mapping[str, Sequence[int]]) -> set[tuple[str, str]]:
    """The pairs that share a bucket."""
    rows = HASHES // BANDS
    buckets: dict[tuple[int, ...], list[str]] = {}
    for key, signature in signatures.items():
        for band in range(BANDS):
            buckets.setdefault((band, *signature[band * rows : (band + 1) * rows]), []).append(key)
    pairs: set[tuple[str, str]] = set()
    for keys in buckets.values():
        pairs.update(combinations(keys, 2) if len(keys) <= MAX_BUCKET else pairwise(keys))
    return pairs
