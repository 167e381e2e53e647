"""Models over the words and letters of short texts: small, quick, and the same on every machine.

A text has fields (a clause, its heading, what it hangs on). Each field is counted in words, pairs of words and the
letter sequences within words, so that inflected forms and compounds share what they have in common; counts are
damped, weighed by rarity and brought to one length per field. A label's score is a weighted sum of these, and of the
squares of some sums of them, by which words count that say something only together. What is counted is known by a
checksum of it alone (feature hashing: Weinberger et al. 2009), so no list of words has to be shipped.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from pipeline.kept import Kept
from pipeline.packed import read_packed, write_packed

Numbers = NDArray[np.int64]
Weights = NDArray[np.float32]

BITS = 18
"""Checksums are cut to this many bits: a quarter of a million places, of which a model uses those it has seen."""

SHORT = 30.0
"""Length of a vector of letters, in weighed counts, below which a text says too little to be told by: a heading of one
word has about 20, a sentence 100. One word alone would otherwise weigh as much as a whole sentence."""

_WORD = re.compile(r"\w+(?:[-.]\w+)*")
NUMBERS = (1 << BITS) - 1
"""The bits that a feature's number has."""
_NONE: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
_ROOM = 1 << 16
_COUNTED = 1 << 13
"""Texts whose features are kept: models share fields, and the clauses under a heading share it."""
_MODELS = 16
_SCORED = 1 << 14
"""Texts whose scores are kept: documents share clauses, and a clause is weighed with and without a rule's finding."""
_PARTS = 1 << 14
"""Fields of texts whose part of the sums is kept: clauses share headings, and stand before one another."""
_TOGETHER = 500
"""Texts that are counted together at most, so that a long document takes no more memory than a short one."""


@dataclass(frozen=True, slots=True)
class Field:
    """How one field of a text is counted.

    Attributes:
        name: Keeps its features apart from those of other fields.
        weight: Length of its part of the vector.
        shortest: Letters of the shortest sequence within a word that is counted, word edges included.
        longest: Letters of the longest; 0 counts whole tokens between blanks only.
        pairs: Whether neighbouring words count as pairs too.
    """

    name: str
    weight: float
    shortest: int = 0
    longest: int = 0
    pairs: bool = False

    def count(self, texts: Sequence[str]) -> tuple[Numbers, Numbers, Weights]:
        """What occurs in each of some texts, in order of texts and then of numbers.

        Returns:
            For each feature that a text has: the text's place, the feature's number, and how often it occurs, damped.
        """
        shape = (self.name, self.shortest, self.longest, self.pairs)
        counted = [_features(*shape, text) for text in texts]
        places = np.repeat(np.arange(len(texts)), [len(one) for one in counted])
        # Sorted as one: all texts are counted in one go, for each of them is short.
        numbers = np.concatenate([_NONE, *counted], dtype=np.int64)
        found, times = np.unique(numbers | places << BITS, return_counts=True)
        return found >> BITS, found & NUMBERS, np.log(times.astype(np.float32)) + 1


@lru_cache(maxsize=_COUNTED)
def _features(field: str, shortest: int, longest: int, pairs: bool, text: str) -> NDArray[np.int32]:
    """The number of each feature of a field's text, as often as it occurs, in no order."""
    begun = zlib.crc32(f"{field}|".encode())
    if not longest:
        return _numbers(begun, text.split())
    words = _WORD.findall(text.casefold())
    beside = _numbers(begun, [f"{a} {b}" for a, b in pairwise(words)]) if pairs else _NONE
    return np.concatenate([*(_letters(field, word, shortest, longest) for word in words), beside])


@lru_cache(maxsize=_ROOM)
def _letters(field: str, word: str, shortest: int, longest: int) -> NDArray[np.int32]:
    """The numbers of a word and of the letter sequences in it."""
    edged, sizes = f"<{word}>", range(shortest, longest + 1)
    parts = [edged[at : at + size] for size in sizes for at in range(len(edged) - size + 1)]
    whole = _numbers(zlib.crc32(f"{field}|".encode()), [word])
    return np.concatenate([whole, _numbers(zlib.crc32(f"{field}|~".encode()), parts)])


def _numbers(begun: int, said: Sequence[str]) -> NDArray[np.int32]:
    """Checksums that go on from the one of a field, cut to the bits that a number has."""
    crc32 = zlib.crc32
    return np.array([crc32(one.encode(), begun) & NUMBERS for one in said], dtype=np.int32)


def vectorise(
    fields: Sequence[Field], texts: Sequence[Mapping[str, str]], rarity: Weights
) -> tuple[Numbers, Weights, Numbers]:  # fmt: skip
    """The features of texts and their values; features without rarity are left out.

    Args:
        fields: How each field is counted.
        texts: For each text its fields by name; a missing one is empty.
        rarity: Weight of each feature by its number, 0 where the model does not know it.

    Returns:
        Numbers and values of all texts one after the other, and where each text begins, with an end more: what a
        text gets hangs on no other.
    """
    parts = [_vectorise_field(field, [text.get(field.name, "") for text in texts], rarity) for field in fields]
    places, numbers, values = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    by_text = np.argsort(places, kind="stable")
    starts = np.searchsorted(places[by_text], np.arange(len(texts) + 1))
    return numbers[by_text], values[by_text], starts


def _vectorise_field(field: Field, texts: Sequence[str], rarity: Weights) -> tuple[Numbers, Numbers, Weights]:
    """Place, number and value of each feature of one field: a text's values are at most as long as the field weighs."""
    places, numbers, damped = field.count(texts)
    value = damped * rarity[numbers]
    known = np.flatnonzero(value)
    places, numbers, value = places[known], numbers[known], value[known]
    squares = np.bincount(places, weights=np.square(value), minlength=len(texts))
    lengths = np.sqrt(squares + (SHORT * SHORT if field.longest else 0.0))[places]
    return places, numbers, (value * (field.weight / lengths)).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class TextModel:
    """Weights of features for labels, and what makes a probability of a score: linear, and quadratic in few directions.

    Attributes:
        labels: What is scored, in the order of the scores.
        fields: How texts are counted.
        rarity: Weight of each feature, by its number.
        rows: Row of `steps` for each feature, by its number; the last row is all 0.
        steps: One row a feature, one column a label and then one a direction, in steps of `sizes`.
        sizes: Size of a step, by column.
        bends: What the square of a text's length along each direction adds to each label's score.
        offset: What a text without any feature scores, by label.
        slope, intercept: Of the logistic curve from scores to probabilities (Platt 1999).
        agreement: What it adds to the log odds when a rule says the same with full confidence.
        before, behind: What the scores of the text before and of the one behind count in the log odds.
    """

    labels: tuple[str, ...]
    fields: tuple[Field, ...]
    rarity: Weights
    rows: Numbers
    steps: NDArray[np.int8]
    sizes: Weights
    bends: Weights
    offset: Weights
    slope: float
    intercept: float
    agreement: float = 0.0
    before: float = 0.0
    behind: float = 0.0
    kept: Kept[tuple[str, ...], Weights] = field(default_factory=lambda: Kept(_SCORED), init=False, repr=False)
    parts: Kept[tuple[int, str], Weights] = field(default_factory=lambda: Kept(_PARTS), init=False, repr=False)

    def score(self, texts: Sequence[Mapping[str, str]]) -> list[Weights]:
        """For each text the score of each label, in the order of `labels`; about 0 for no, 1 for yes.

        Scores are kept: who is going to weigh many texts one by one has them scored together first, which is cheaper.
        """
        return self.kept.answers([self._said(text) for text in texts], self._score)

    def _said(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """A text's fields in the order of `fields`."""
        return tuple(texts.get(field.name, "") for field in self.fields)

    def _score(self, asked: Sequence[tuple[str, ...]]) -> Iterator[Weights]:
        labels = len(self.labels)
        for at in range(0, len(asked), _TOGETHER):
            texts = asked[at : at + _TOGETHER]
            parts = self.parts.answers([part for text in texts for part in enumerate(text)], self._sum_fields)
            for n in range(0, len(parts), len(self.fields)):
                columns = np.sum(parts[n : n + len(self.fields)], axis=0, dtype=np.float32) * self.sizes
                bent: Weights = np.square(columns[labels:]) @ self.bends
                yield columns[:labels] + bent + self.offset

    def _sum_fields(self, asked: Sequence[tuple[int, str]]) -> Iterator[Weights]:
        """What single fields of texts add to each column, in steps: nothing of it hangs on the text's other fields."""
        counted: dict[tuple[int, str], tuple[Numbers, Weights]] = {}
        for n, one in enumerate(self.fields):
            texts = [text for number, text in asked if number == n]
            if not texts:
                continue
            numbers, values, starts = vectorise((one,), [{one.name: text} for text in texts], self.rarity)
            for text, start, end in zip(texts, starts.tolist(), starts[1:].tolist(), strict=False):
                counted[n, text] = self.rows[numbers[start:end]], values[start:end]
        # One by one, for the last digits of larger products hang on what stands together.
        for part in asked:
            rows, values = counted[part]
            yield values @ self.steps.take(rows, axis=0).astype(np.float32)

    def weigh(
        self, texts: Mapping[str, str], said: Mapping[str, float],
        *, before: Mapping[str, str] | None = None, behind: Mapping[str, str] | None = None,
    ) -> dict[str, float]:  # fmt: skip
        """How likely each label is for a text, 0 to 1.

        Args:
            texts: The text's fields.
            said: What rules say of labels, 0 to 1; a label they say nothing of may be missing.
            before: The fields of the text before it in the document, None where there is none.
            behind: Those of the text behind it.
        """
        odds = self.slope * self.score([texts])[0].astype(np.float64) + self.intercept
        if said:
            odds += self.agreement * np.array([said.get(label, 0.0) for label in self.labels])
        for weight, other in ((self.before, before), (self.behind, behind)):
            if weight and other is not None:
                odds += weight * self.score([other])[0]
        likely = np.round(1 / (1 + np.exp(-odds)), 4)
        return dict(zip(self.labels, likely.tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Write the model as one NumPy archive, packed."""
        known = np.flatnonzero(self.rarity)
        steps, labels = self.steps[np.append(self.rows[known], -1)], len(self.labels)
        held = io.BytesIO()
        np.savez(
            held,
            labels=np.array(self.labels),
            fields=np.array([f"{f.name} {f.weight} {f.shortest} {f.longest} {int(f.pairs)}" for f in self.fields]),
            known=known.astype(np.int32),
            rarity=self.rarity[known].astype(np.float16),
            weights=steps[:, :labels],
            scale=self.sizes[:labels],
            directions=steps[:, labels:],
            direction_scale=self.sizes[labels:],
            bends=self.bends,
            offset=self.offset,
            curve=np.array([self.slope, self.intercept, self.agreement, self.before, self.behind], dtype=np.float64),
        )
        write_packed(path, held.getvalue())


@lru_cache(maxsize=_MODELS)
def load_text_model(path: Path) -> TextModel:
    """A model from its file, loaded once a process.

    Raises:
        FileNotFoundError: When there is no such file.
        ValueError: When the file is no such model; nothing in it is ever run.
    """
    try:
        with np.load(io.BytesIO(read_packed(path)), allow_pickle=False) as held:
            known = held["known"].astype(np.int64)
            rarity = np.zeros(1 << BITS, dtype=np.float32)
            rarity[known] = held["rarity"].astype(np.float32)
            # Both end with a row of none, for all features that are not known.
            rows = np.full(1 << BITS, len(known), dtype=np.int64)
            rows[known] = np.arange(len(known))
            return TextModel(
                tuple(str(v) for v in held["labels"]),
                tuple(_read_field(str(v)) for v in held["fields"]),
                rarity,
                rows,
                np.concatenate([held["weights"], held["directions"]], axis=1),
                np.concatenate([held["scale"], held["direction_scale"]]),
                held["bends"],
                held["offset"],
                *(float(v) for v in held["curve"]),
            )
    except FileNotFoundError:
        raise
    except (KeyError, IndexError, ValueError, OSError, EOFError, BadZipFile) as error:
        raise ValueError(f"{path.name} is no text model") from error


def _read_field(said: str) -> Field:
    name, weight, shortest, longest, pairs = said.split()
    return Field(name, float(weight), int(shortest), int(longest), pairs == "1")
