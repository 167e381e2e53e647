"""What fits share: folds by family, which facts have a weight, curves over facts, and judging without one's family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline.evaluation.gold import GoldDocument
from pipeline.learning.examples import family_of
from pipeline.linear import BIAS

FOLDS = 7

PLACES = 2
"""Decimals of a fact's weight in the file; more would hang on how many cores did the sums."""

RARE = 3
"""How often a fact must be told to have a weight."""


STEPS = 3000
"""Steps within which a curve is found."""


class _Example(Protocol):
    @property
    def gold(self) -> GoldDocument:
        """The document it stands in."""


Example = TypeVar("Example", bound=_Example)


def fit_facts(told: Sequence[Collection[str]], right: Sequence[bool], *, strength: float) -> Mapping[str, float]:
    """A logistic curve over facts: the weight of each that is told often enough, and of the one that all have.

    Args:
        told: The facts of each example.
        right: Whether it is so.
        strength: Inverse of how much weights are held back (scikit-learn's C).
    """
    place = number_facts(fact for facts in told for fact in facts)
    rows = [(n, place[f]) for n, facts in enumerate(told) for f in sorted(facts) if f in place]
    held = csr_matrix((np.ones(len(rows)), tuple(zip(*rows, strict=True))), shape=(len(told), len(place)))
    fitted = LogisticRegression(C=strength, max_iter=STEPS).fit(held, right)
    weights = {fact: round(float(fitted.coef_[0][i]), PLACES) for fact, i in place.items()}
    return {BIAS: round(float(fitted.intercept_[0]), PLACES)} | weights


def with_unseen_weights(
    examples: Sequence[Example], fit: Callable[[list[Example]], Mapping[str, float]], split: str
) -> Iterator[tuple[Example, Mapping[str, float]]]:
    """Each example of one split with weights that were made without its family."""
    fold = fold_of_family(e.gold for e in examples)
    for number in range(FOLDS):
        held = [e for e in examples if fold[family_of(e.gold)] == number and e.gold.split == split]
        weights = fit([e for e in examples if fold[family_of(e.gold)] != number]) if held else {}
        yield from ((example, weights) for example in held)


def fold_of_family(golds: Iterable[GoldDocument]) -> Mapping[str, int]:
    """The fold of each family: families in order of name, dealt out in turn."""
    return {family: place % FOLDS for place, family in enumerate(sorted({family_of(gold) for gold in golds}))}


def number_facts(told: Iterable[str]) -> Mapping[str, int]:
    """A number for each fact that is told often enough, in order of name."""
    counted = Counter(told)
    return {fact: i for i, fact in enumerate(sorted(f for f, n in counted.items() if n >= RARE))}
