"""Telling words apart that differ only in å, ä and ö ("var" and "vår"), by the words around them.

The words around are taken without their diacritics too, so that the model works on text that has lost them.
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

from pipeline.swedish.lexicon import MODELS, read_blocks

_FOLD = str.maketrans("åäöéèáàü", "aaoeeaau")
# Weights are kept as bytes, in steps of this.
WEIGHT_STEP = 1 / 16
# A document's places are looked at twice: so many answers are kept.
_MOST_WEIGHED = 10_000
# How many words to each side tell what a sentence is about, and from how many letters on.
_NEAR, _SHORTEST_NEAR = 8, 4


@lru_cache(maxsize=50_000)
def fold_letters(word: str) -> str:
    """The word in small letters without diacritics: what two confusable words have in common."""
    return word.lower().translate(_FOLD)


def context_features(words: Sequence[str], place: int, classes: Mapping[str, int]) -> Iterator[int]:
    """The features of a place, as 32-bit hashes.

    Args:
        words: The folded words (and marks of the n-gram model) of a sentence, with two marks before and after it.
        place: The place among them.
        classes: The class of each common folded word.
    """
    before, previous, following, after = words[place - 2], words[place - 1], words[place + 1], words[place + 2]
    class_before, class_previous, class_following, class_after = (
        classes.get(word, -1) for word in (before, previous, following, after)
    )
    for name, value in (
        ("bias", ""),
        ("-1", previous),
        ("-2", before),
        ("+1", following),
        ("+2", after),
        ("-1+1", f"{previous}|{following}"),
        ("-2-1", f"{before}|{previous}"),
        ("+1+2", f"{following}|{after}"),
        ("-1s3", previous[-3:]),
        ("-1s2", previous[-2:]),
        ("+1s3", following[-3:]),
        ("+1s2", following[-2:]),
        ("+2s2", after[-2:]),
        ("-2s2", before[-2:]),
        ("-1s2+1s2", f"{previous[-2:]}|{following[-2:]}"),
        ("+1s2+2s2", f"{following[-2:]}|{after[-2:]}"),
        ("-1c", class_previous),
        ("+1c", class_following),
        ("-2c", class_before),
        ("+2c", class_after),
        ("-1c+1c", f"{class_previous}|{class_following}"),
        ("-2c-1c", f"{class_before}|{class_previous}"),
        ("+1c+2c", f"{class_following}|{class_after}"),
        ("-1+1c", f"{previous}|{class_following}"),
        ("-1c+1", f"{class_previous}|{following}"),
    ):
        yield zlib.crc32(f"{name}={value}".encode())
    near = {*words[max(0, place - _NEAR) : place], *words[place + 1 : place + 1 + _NEAR]}
    for word in sorted(near):
        if len(word) >= _SHORTEST_NEAR:
            yield zlib.crc32(f"near={word}".encode())


@dataclass(frozen=True, slots=True)
class ContextModel:
    """One log-linear model for each group of confusable words.

    Attributes:
        members: For each folded form, its words in order.
        places: For each folded form, where its features begin and end among all.
        features: Hashes of features, group after group.
        weights: For each feature, a weight for each member of its group, group after group.
        starts: For each folded form, where its weights begin.
        classes: The class of each common folded word: words that stand in the same surroundings share one.
    """

    members: dict[str, tuple[str, ...]]
    places: dict[str, tuple[int, int]]
    features: array[int]
    weights: array[int]
    starts: dict[str, int]
    classes: Mapping[str, int]
    _weighed: dict[tuple[str, ...], dict[str, float]] = field(default_factory=dict, compare=False, repr=False)
    _tables: dict[str, dict[int, int]] = field(default_factory=dict, compare=False, repr=False)

    def weigh(self, folded: str, words: Sequence[str], place: int) -> dict[str, float]:
        """The probability of each member of a group at a place, not to be changed; empty where there is no such group.

        Args:
            folded: The folded form.
            words: As for `context_features`.
            place: The place among them.
        """
        members = self.members.get(folded)
        if members is None:
            return {}
        asked = folded, *words[max(0, place - _NEAR) : place], "", *words[place + 1 : place + 1 + _NEAR]
        weighed = self._weighed.get(asked)
        if weighed is not None:
            return weighed
        table = self._table(folded)
        scores = [0.0] * len(members)
        start, size = self.starts[folded], len(members)
        for feature in context_features(words, place, self.classes):
            row = table.get(feature)
            if row is not None:
                at = start + row * size
                for number in range(size):
                    scores[number] += self.weights[at + number] * WEIGHT_STEP
        top = max(scores)
        shares = [math.exp(score - top) for score in scores]
        total = sum(shares)
        if len(self._weighed) >= _MOST_WEIGHED:
            self._weighed.clear()
        self._weighed[asked] = weighed = {member: share / total for member, share in zip(members, shares, strict=True)}
        return weighed

    def _table(self, folded: str) -> dict[int, int]:
        table = self._tables.get(folded)
        if table is None:
            first, last = self.places[folded]
            table = {feature: row for row, feature in enumerate(self.features[first:last])}
            self._tables[folded] = table
        return table


@lru_cache(maxsize=1)
def load_contexts() -> ContextModel:
    """The model that ships with the package; read once per process."""
    return read_contexts(MODELS / "contexts.zst")


def read_contexts(path: Path) -> ContextModel:
    """Read a model written by the builder."""
    blocks = read_blocks(path)
    groups = json.loads(blocks["groups"].tobytes().decode("utf-8"))
    members: dict[str, tuple[str, ...]] = {}
    places: dict[str, tuple[int, int]] = {}
    starts: dict[str, int] = {}
    at = start = 0
    for folded, words, size in groups:
        members[folded], places[folded], starts[folded] = tuple(words), (at, at + size), start
        at += size
        start += size * len(words)
    words = blocks["class_words"].tobytes().decode("utf-8").split("\n")
    classes = dict(zip(words, blocks["classes"], strict=True))
    return ContextModel(members, places, blocks["features"], blocks["weights"], starts, classes)
