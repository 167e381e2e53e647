"""The n-gram model over Swedish words: how likely a word is after the two before it."""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline.swedish.lexicon import MODELS, load_lexicon, read_blocks

# Tokens that are no words stand in the lexicon under these names.
BOUNDARY, NUMBER, COMMA, SECTION = "<s>", "<n>", ",", "§"
SPECIAL = (BOUNDARY, NUMBER, COMMA, SECTION)

_ID_BITS = 21
# How many words and pairs are kept with their places, for a text has the same ones again and again.
_MOST_KEPT = 100_000
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
    _spans: dict[int, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)
    _contexts: dict[int, tuple[int, int, int]] = field(default_factory=dict, compare=False, repr=False)

    def log_probability(self, before: int, previous: int, word: int, alone: float) -> float:
        """The natural logarithm of a word's probability after two others.

        Args:
            before: Id of the word two places back, -1 where unknown.
            previous: Id of the word one place back, -1 where unknown.
            word: Id of the word, -1 where it is not in the lexicon (a compound, a name).
            alone: The logarithm of its probability without context.
        """
        words = [(word, math.exp(alone))]
        shares = self.after_one(previous, words)
        return math.log(self.after_two(before, previous, words, shares)[0])

    def after_one(self, previous: int, words: Sequence[tuple[int, float]]) -> list[float]:
        """The probability of each of some words after another one.

        Args:
            previous: Id of the word one place back, -1 where unknown.
            words: For each word its id, -1 where it has none, and its probability without context.
        """
        if previous < 0:
            return [alone for _, alone in words]
        span = self._spans.get(previous)
        if span is None:
            span = self._find_span(previous)
        lesser = [alone * _SHARES[self.rests[previous]] for _, alone in words]
        return _with_seen(words, lesser, self.pairs, self.pair_shares, previous << _ID_BITS, span)

    def after_two(
        self, before: int, previous: int, words: Sequence[tuple[int, float]], shares: list[float]
    ) -> list[float]:
        """The probability of each of some words after two others; the same list where these were not seen together.

        Args:
            before: Id of the word two places back, -1 where unknown.
            previous: Id of the word one place back, -1 where unknown.
            words: As for `after_one`.
            shares: What that gave.
        """
        if before < 0 or previous < 0:
            return shares
        key = (before << _ID_BITS) | previous
        found = self._contexts.get(key)
        if found is None:
            found = self._find_context(key)
        context, low, high = found
        if context < 0:
            return shares
        rest = _SHARES[self.pair_rests[context]]
        lesser = [share * rest for share in shares]
        return _with_seen(words, lesser, self.triples, self.triple_shares, context << _ID_BITS, (low, high))

    def _find_span(self, previous: int) -> tuple[int, int]:
        """Where the pairs that begin with a word begin and end."""
        low = bisect_left(self.pairs, previous << _ID_BITS)
        span = low, bisect_left(self.pairs, (previous + 1) << _ID_BITS, low)
        if len(self._spans) < _MOST_KEPT:
            self._spans[previous] = span
        return span

    def _find_context(self, key: int) -> tuple[int, int, int]:
        """The place of a pair, -1 for none, and where the triples that begin with it begin and end."""
        context = bisect_left(self.pairs, key)
        if context == len(self.pairs) or self.pairs[context] != key:
            found = -1, 0, 0
        else:
            low = bisect_left(self.triples, context << _ID_BITS)
            found = context, low, bisect_left(self.triples, (context + 1) << _ID_BITS, low)
        if len(self._contexts) < _MOST_KEPT:
            self._contexts[key] = found
        return found


def _with_seen(
    words: Sequence[tuple[int, float]], lesser: list[float], keys: array[int], shares: bytes, first: int,
    span: tuple[int, int],
) -> list[float]:  # fmt: skip
    """The probabilities of words with what was seen of each behind a context; `lesser`, which is used up, is the rest.

    Args:
        words: For each word its id, -1 where it has none, and its probability without context.
        lesser: What is left for each by the shorter context.
        keys: The contexts with the words behind them, in order.
        shares: The share of each of them.
        first: The key of the context with the word whose id is 0.
        span: Where the context's begin and end.
    """
    low, high = span
    for number, (word, _) in enumerate(words):
        if word >= 0:
            place = bisect_left(keys, first | word, low, high)
            if place < high and keys[place] == first | word:
                lesser[number] += _SHARES[shares[place]]
    return lesser


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
