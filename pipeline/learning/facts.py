"""What fits of facts and of features share: folds by family, and which facts have a weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.evaluation.gold import GoldDocument
from pipeline.learning.examples import family_of

FOLDS = 7

PLACES = 2
"""Decimals of a fact's weight in the file; more would hang on how many cores did the sums."""

RARE = 3
"""How often a fact must be told to have a weight."""


def fold_of_family(golds: Iterable[GoldDocument]) -> Mapping[str, int]:
    """The fold of each family: families in order of name, dealt out in turn."""
    return {family: place % FOLDS for place, family in enumerate(sorted({family_of(gold) for gold in golds}))}


def number_facts(told: Iterable[str]) -> Mapping[str, int]:
    """A number for each fact that is told often enough, in order of name."""
    counted = Counter(told)
    return {fact: i for i, fact in enumerate(sorted(f for f, n in counted.items() if n >= RARE))}
