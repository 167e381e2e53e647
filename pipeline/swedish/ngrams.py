"""The n-gram model over Swedish words: how likely a word is after the two before it."""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.swedish.lexicon import MODELS, load_lexicon, read_blocks

# Tokens that are no words stand in the lexicon under these names.
BOUNDARY, NUMBER, COMMA, SECTION = "<s>", "<n>", ",", "§"
SPECIAL = (BOUNDARY, NUMBER, COMMA, SECTION)

_ID_BITS = 21
_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,:]*|[.,;:?!•]|§+")
_SHARES = (*(2 ** (-byte / 8) for byte in range(255)), 0.0)


def tokenize_words(text: str) -> Iterator[str]:
    """The words of a text in lower case, with marks for figures, commas, section signs and clause ends."""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0].isdigit():
            yield NUMBER
        elif token.startswith(","):
            yield COMMA
        elif token[0].isalpha():
            yield token.lower()
        elif token.startswith(SECTION):
            yield SECTION
        else:
            yield BOUNDARY


@dataclass(frozen=True, slots=True)
class NgramModel:
    """Interpolated absolute discounting over word pairs and triples (Ney, Essen and Kneser 1994), pruned.

    Word ids are indices of the lexicon. A pair's key is first * 2**21 + second; a triple's is the place of its first
    pair * 2**21 + third.

    Attributes:
        pairs: Sorted keys of pairs.
        pair_shares: For each pair, the discounted share of the second after the first, as a byte of eighths of a bit.
        pair_rests: For each pair as a context, the share left to the shorter context.
        triples: Sorted keys of triples.
        triple_shares: For each triple, the discounted share of the third.
        rests: For each word as a context, the share left to single words.
    """

    pairs: array[int]
    pair_shares: bytes
    pair_rests: bytes
    triples: array[int]
    triple_shares: bytes
    rests: bytes

    def log_probability(self, before: int, previous: int, word: int, alone: float) -> float:
        """The natural logarithm of a word's probability after two others.

        Args:
            before: Id of the word two places back, -1 where unknown.
            previous: Id of the word one place back, -1 where unknown.
            word: Id of the word, -1 where it is not in the lexicon (a compound, a name).
            alone: The logarithm of its probability without context.
        """
        share = self._after_one(previous, word, math.exp(alone))
        if before >= 0 and previous >= 0:
            context = self._place(self.pairs, (before << _ID_BITS) | previous)
            if context >= 0:
                share *= _SHARES[self.pair_rests[context]]
                if word >= 0:
                    place = self._place(self.triples, (context << _ID_BITS) | word)
                    if place >= 0:
                        share += _SHARES[self.triple_shares[place]]
        return math.log(share)

    def _after_one(self, previous: int, word: int, alone: float) -> float:
        if previous < 0:
            return alone
        share = alone * _SHARES[self.rests[previous]]
        if word >= 0:
            place = self._place(self.pairs, (previous << _ID_BITS) | word)
            if place >= 0:
                share += _SHARES[self.pair_shares[place]]
        return share

    @staticmethod
    def _place(keys: array[int], key: int) -> int:
        place = bisect_left(keys, key)
        return place if place < len(keys) and keys[place] == key else -1


@lru_cache(maxsize=1)
def load_ngrams() -> NgramModel:
    """The model that ships with the package; read once per process.

    Raises:
        ValueError: The model was built with another lexicon.
    """
    model = read_ngrams(MODELS / "ngrams.zst")
    if len(model.rests) != len(load_lexicon().flags):
        raise ValueError(f"{MODELS / 'ngrams.xz'} does not belong to lexicon.zst beside it: build both again")
    return model


def read_ngrams(path: Path) -> NgramModel:
    """Read a model written by the builder; keys are kept as differences, which pack better."""
    blocks = read_blocks(path)
    return NgramModel(
        _add_up(blocks["pairs"]),
        blocks["pair_shares"].tobytes(),
        blocks["pair_rests"].tobytes(),
        _add_up(blocks["triples"]),
        blocks["triple_shares"].tobytes(),
        blocks["rests"].tobytes(),
    )


def _add_up(differences: array[int]) -> array[int]:
    import numpy

    keys = array("Q")
    keys.frombytes(numpy.cumsum(numpy.frombuffer(differences, dtype=numpy.uint64), dtype=numpy.uint64).tobytes())
    return keys
