"""What kind of word a place in a sentence wants, by the words around it: for words too rare for a model of their own.

"stärka" and "starka" are both rare, but after "för att" stands a verb in the infinitive. A log-linear model gives the
kinds of word (part of speech with inflection) that a place may hold, and a table the kinds that a word may be.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.swedish.lexicon import MODELS, read_blocks
from pipeline.swedish.ngrams import SPECIAL

# Weights are kept as bytes, in steps of this.
WEIGHT_STEP = 1 / 24
LONGEST_ENDING = 5
# How many observations the kinds of words with the same ending are worth.
_ENDING_TRUST = 1.0
# A document's places are looked at twice: so many answers are kept.
_MOST_WEIGHED = 20_000
# No word is wholly without a kind.
_FLOOR = 0.002


def slot_features(words: Sequence[str], kinds: Sequence[str]) -> Iterator[int]:
    """The features of a place, as 32-bit hashes.

    Args:
        words: Two words before and two after, in lower case, or marks of the n-gram model.
        kinds: The likeliest kind of each.
    """
    before, previous, following, after = words
    kind_before, kind_previous, kind_following, kind_after = kinds
    for name, value in (
        ("bias", ""),
        ("w-1", previous),
        ("w+1", following),
        ("w-2", before),
        ("w+2", after),
        ("k-1", kind_previous),
        ("k+1", kind_following),
        ("k-2", kind_before),
        ("k+2", kind_after),
        ("k-2k-1", f"{kind_before}|{kind_previous}"),
        ("k+1k+2", f"{kind_following}|{kind_after}"),
        ("k-1k+1", f"{kind_previous}|{kind_following}"),
        ("w-1k+1", f"{previous}|{kind_following}"),
        ("k-1w+1", f"{kind_previous}|{following}"),
        ("w-1w+1", f"{previous}|{following}"),
        ("k-2w-1", f"{kind_before}|{previous}"),
        ("w-2w-1", f"{before}|{previous}"),
    ):
        yield zlib.crc32(f"{name}={value}".encode())


Kinds = tuple[tuple[int, float], ...]
"""Numbers of kinds, each with its share."""


@dataclass(frozen=True, slots=True)
class KindTable:
    """What kinds keys (words or endings) may be, unpacked when asked for: most of 50,000 never are.

    Attributes:
        places: Where a key's row begins.
        packed: Rows of a count, how many kinds, and for each its number and share in 255ths.
    """

    places: Mapping[str, int]
    packed: array[int]

    def get(self, key: str) -> tuple[float, Kinds] | None:
        """A key's count and kinds; None for one that is not known."""
        at = self.places.get(key)
        if at is None:
            return None
        first, size = at + 2, self.packed[at + 1]
        row = self.packed[first : first + 2 * size]
        return float(self.packed[at]), tuple((n, share / 255) for n, share in zip(row[::2], row[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class SlotModel:
    """Kinds of words and the places that want them.

    Attributes:
        kinds: The names of the kinds.
        shares: How common each kind is in running text.
        features: Hashes of features, sorted.
        weights: A row for each feature, a column for each kind (a numpy array).
        words: For each known word, its count and the shares of its kinds.
        endings: The same for endings of up to five letters, with the types that have them.
    """

    kinds: tuple[str, ...]
    shares: Any
    features: Mapping[int, int]
    weights: Any
    words: KindTable
    endings: KindTable
    _known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    _weighed: dict[tuple[str, ...], list[float]] = field(default_factory=dict, compare=False, repr=False)

    def kinds_of(self, word: str) -> Any:
        """The shares of the kinds that a word (in lower case) may be, as a numpy array in the order of `kinds`."""
        known = self._known.get(word)
        if known is None:
            known = self._kinds_of(word)
            if len(self._known) < 100_000:
                self._known[word] = known
        return known

    def likeliest_kind(self, word: str) -> str:
        """The name of the likeliest kind; marks of the n-gram model are kinds of their own."""
        return word if word in SPECIAL else self.kinds[int(self.kinds_of(word).argmax())]

    def weigh(self, candidates: Sequence[str], around: Sequence[str]) -> list[float]:
        """For each candidate, how much likelier its kinds are at this place than anywhere.

        Args:
            candidates: Words in lower case.
            around: Two words before the place and two after, in lower case.
        """
        import numpy

        asked = (*candidates, "", *around)
        lifts = self._weighed.get(asked)
        if lifts is not None:
            return lifts
        scores = numpy.zeros(len(self.kinds), dtype=numpy.float32)
        for feature in slot_features(around, [self.likeliest_kind(word) for word in around]):
            row = self.features.get(feature)
            if row is not None:
                scores += self.weights[row]
        scores *= WEIGHT_STEP
        wanted = numpy.exp(scores - scores.max())
        wanted /= wanted.sum()
        lift = wanted / self.shares
        lifts = [float((self.kinds_of(word) * lift).sum()) for word in candidates]
        if len(self._weighed) >= _MOST_WEIGHED:
            self._weighed.clear()
        self._weighed[asked] = lifts
        return lifts

    def _kinds_of(self, word: str) -> Any:
        import numpy

        shares = numpy.full(len(self.kinds), _FLOOR / len(self.kinds))
        count, own = self.words.get(word) or (0.0, ())
        for number, share in own:
            shares[number] += share * count / (count + _ENDING_TRUST)
        rest = _ENDING_TRUST / (count + _ENDING_TRUST)
        for length in range(min(LONGEST_ENDING, len(word)), -1, -1):
            ending = self.endings.get(word[len(word) - length :] if length else "")
            if ending is not None:
                for number, share in ending[1]:
                    shares[number] += rest * share
                break
        return shares / shares.sum()


@lru_cache(maxsize=1)
def load_slots() -> SlotModel:
    """The model that ships with the package; read once per process."""
    return read_slots(MODELS / "slots.zst")


def read_slots(path: Path) -> SlotModel:
    """Read a model written by the builder."""
    import numpy

    blocks = read_blocks(path)
    about = json.loads(blocks["about"].tobytes().decode("utf-8"))
    kinds = tuple(about["kinds"])
    weights = numpy.frombuffer(blocks["weights"], dtype=numpy.int8).reshape(-1, len(kinds))
    rows = {feature: row for row, feature in enumerate(blocks["features"])}
    words = _read_table(about["words"].split("\n"), blocks["word_kinds"])
    endings = _read_table(about["endings"].split("\n"), blocks["ending_kinds"])
    shares = numpy.array([math.exp(value) for value in about["shares"]])
    return SlotModel(kinds, shares, rows, weights, words, endings)


def _read_table(keys: Sequence[str], packed: array[int]) -> KindTable:
    """The rows of keys, which lie behind each other in the order of the keys."""
    places: dict[str, int] = {}
    at = 0
    for key in keys:
        places[key] = at
        at += 2 + 2 * packed[at + 1]
    return KindTable(places, packed)
