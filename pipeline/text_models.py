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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from pipeline.packed import read_packed, write_packed

Numbers = NDArray[np.int64]
Weights = NDArray[np.float32]

BITS = 18
"""Checksums are cut to this many bits: a quarter of a million places, of which a model uses those it has seen."""

SHORT = 30.0
"""Length of a vector of letters, in weighed counts, below which a text says too little to be told by: a heading of one
word has about 20, a sentence 100. One word alone would otherwise weigh as much as a whole sentence."""

_WORD = re.compile(r"\w+(?:[-.]\w+)*")
_ROOM = 1 << 16
_TEXTS = 1 << 10
_MODELS = 16
_SCORED = 1 << 14
"""Texts whose scores are kept: documents share clauses, and a clause is weighed with and without a rule's finding."""


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

    def count(self, text: str) -> tuple[Numbers, Weights]:
        """The numbers of the features that occur, in ascending order, and how often each does, damped."""
        return _count(self.name, self.shortest, self.longest, self.pairs, text)


@lru_cache(maxsize=_TEXTS)
def _count(field: str, shortest: int, longest: int, pairs: bool, text: str) -> tuple[Numbers, Weights]:
    """As `Field.count`: shared by models that count a field alike, kept for lead-ins and headings, which come back."""
    if longest:
        words = _WORD.findall(text.casefold())
        parts = [_letters(field, word, shortest, longest) for word in words]
        beside = [_number(field, f"{a} {b}") for a, b in pairwise(words)] if pairs else []
    else:
        parts, beside = [], [_number(field, token) for token in text.split()]
    found = np.concatenate([*parts, np.array(beside, dtype=np.int64)])
    numbers, times = np.unique(found, return_counts=True)
    return numbers, np.log(times.astype(np.float32)) + 1


@lru_cache(maxsize=_ROOM)
def _letters(field: str, word: str, shortest: int, longest: int) -> Numbers:
    """The numbers of a word and of the letter sequences in it."""
    edged, begun = f"<{word}>", zlib.crc32(f"{field}|~".encode())
    sizes = range(shortest, longest + 1)
    parts = (edged[at : at + size].encode() for size in sizes for at in range(len(edged) - size + 1))
    sums = [zlib.crc32(f"{field}|{word}".encode()), *(zlib.crc32(part, begun) for part in parts)]
    return np.array(sums, dtype=np.int64) & ((1 << BITS) - 1)


@lru_cache(maxsize=_ROOM)
def _number(field: str, said: str) -> int:
    return zlib.crc32(f"{field}|{said}".encode()) & ((1 << BITS) - 1)


def vectorise(fields: Sequence[Field], texts: Mapping[str, str], rarity: Weights) -> tuple[Numbers, Weights]:
    """A text's features and their values; features without rarity are left out.

    Args:
        fields: How each field is counted.
        texts: The text of each field by its name; a missing one is empty.
        rarity: Weight of each feature by its number, 0 where the model does not know it.
    """
    numbers: list[Numbers] = []
    values: list[Weights] = []
    for field in fields:
        found, damped = field.count(texts.get(field.name, ""))
        value = damped * rarity[found]
        floor = SHORT if field.longest else 0.0
        length = float(np.sqrt(value @ value + floor * floor))
        if length > 0:
            known = value != 0
            numbers.append(found[known])
            values.append(value[known] * np.float32(field.weight / length))
    if not numbers:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    return np.concatenate(numbers), np.concatenate(values)


@dataclass(frozen=True, slots=True, eq=False)
class TextModel:
    """Weights of features for labels, and what makes a probability of a score: linear, and quadratic in few directions.

    Attributes:
        labels: What is scored, in the order of the scores.
        fields: How texts are counted.
        rarity: Weight of each feature, by its number.
        rows: Row of `weights` for each feature, by its number; the last row is all 0.
        weights: One row a feature, one column a label, in steps of `scale`.
        scale: Size of a step, by label.
        directions: One row a feature, one column a direction, in steps of `direction_scale`.
        direction_scale: Size of a step, by direction.
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
    weights: NDArray[np.int8]
    scale: Weights
    directions: NDArray[np.int8]
    direction_scale: Weights
    bends: Weights
    offset: Weights
    slope: float
    intercept: float
    agreement: float = 0.0
    before: float = 0.0
    behind: float = 0.0

    def score(self, texts: Mapping[str, str]) -> Weights:
        """The score of each label for a text, in the order of `labels`; about 0 for no, 1 for yes."""
        return _score(self, tuple(texts.get(field.name, "") for field in self.fields)).copy()

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
        odds = self.slope * self.score(texts).astype(np.float64) + self.intercept
        odds += self.agreement * np.array([said.get(label, 0.0) for label in self.labels])
        for weight, other in ((self.before, before), (self.behind, behind)):
            if weight and other is not None:
                odds += weight * self.score(other)
        likely = 1 / (1 + np.exp(-odds))
        return {label: round(value, 4) for label, value in zip(self.labels, likely.tolist(), strict=True)}

    def save(self, path: Path) -> None:
        """Write the model as one NumPy archive, packed."""
        known = np.flatnonzero(self.rarity)
        rows = np.append(self.rows[known], -1)
        held = io.BytesIO()
        np.savez(
            held,
            labels=np.array(self.labels),
            fields=np.array([f"{f.name} {f.weight} {f.shortest} {f.longest} {int(f.pairs)}" for f in self.fields]),
            known=known.astype(np.int32),
            rarity=self.rarity[known].astype(np.float16),
            weights=self.weights[rows],
            scale=self.scale,
            directions=self.directions[rows],
            direction_scale=self.direction_scale,
            bends=self.bends,
            offset=self.offset,
            curve=np.array([self.slope, self.intercept, self.agreement, self.before, self.behind], dtype=np.float64),
        )
        write_packed(path, held.getvalue())


@lru_cache(maxsize=_SCORED)
def _score(model: TextModel, texts: tuple[str, ...]) -> Weights:
    """The scores for the texts of a model's fields, in their order; not to be changed."""
    named = {field.name: text for field, text in zip(model.fields, texts, strict=True)}
    numbers, values = vectorise(model.fields, named, model.rarity)
    rows = model.rows[numbers]
    summed: Weights = values @ model.weights[rows].astype(np.float32)
    along: Weights = (values @ model.directions[rows].astype(np.float32)) * model.direction_scale
    bent: Weights = np.square(along) @ model.bends
    return summed * model.scale + bent + model.offset


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
                held["weights"],
                held["scale"],
                held["directions"],
                held["direction_scale"],
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
