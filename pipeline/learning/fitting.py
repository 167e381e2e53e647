"""Fits text models: ridge regression on the similarities of examples, probabilities from unseen families.

With fewer examples than features the weights are found from how alike the examples are (the dual form), for all labels
at once. Squared similarities count too (a polynomial kernel of the second degree): so words count that say something
only together. Of the quadratic form that this comes to, a model keeps the directions of the largest eigenvalues. Where
it is unknown whether an example has a label, it is given what a model made without its family says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import block_diag
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import LinearOperator, eigsh
from sklearn.linear_model import LogisticRegression

from pipeline.learning.examples import Example, family_of
from pipeline.learning.facts import FOLDS, fold_of_family
from pipeline.learning.solving import Factored, LeftOut
from pipeline.text_models import BITS, NUMBERS, Field, TextModel, vectorise

Matrix = NDArray[np.float64]

ROUNDS = 2
"""How often unknown labels are filled in and the rest fitted anew."""

RIDGE = 0.8
"""What is added to each example's likeness with itself: the more, the smoother."""

RARE = 2
"""Examples that a feature must occur in to count."""

SQUARED = 0.6
"""What the square of a similarity counts beside the similarity."""

DIRECTIONS = 64
"""Directions of a model's quadratic part, shared out among its labels."""

FEWEST = 4
"""Directions of a label at least."""

SMALL = 1_000
"""Features up to which all eigenvalues are found at once."""

STEPS = 127

TOGETHER = 1024
"""Examples whose likenesses with all before them are found at a time: sparse products take several times their room."""

UNREAD = "tune"
"""The split whose documents rule writers have not read: only there do rules show how far they carry."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model with the scores that models made without each example's family give it."""

    model: TextModel
    blind: TextModel
    """The same made without the unread documents, to be tried on them."""
    scores: Matrix
    truth: Matrix
    """1 for yes, 0 for no, NaN for unknown; one row an example, one column a label."""
    said: Matrix
    beside: tuple[Matrix, ...]
    """The scores of the examples before and behind, where they count."""
    unread: NDArray[np.bool_]
    """Which examples stand in documents that nobody who writes rules has read."""

    def likely(self) -> Matrix:
        """How likely each label is by the curve, from scores of models made without the example's family."""
        odds = self.model.slope * self.scores + self.model.intercept + self.model.agreement * self.said
        for weight, others in zip((self.model.before, self.model.behind), self.beside, strict=False):
            odds = odds + weight * others
        return np.asarray(1 / (1 + np.exp(-odds)))


def fit(
    examples: Sequence[Example], labels: Sequence[str], fields: tuple[Field, ...], *, in_order: bool = False,
    slack: float = 0.0, without_unread: bool = False,
) -> Fitted:  # fmt: skip
    """A model of the labels, with scores from cross-validation by family.

    Args:
        examples: What to learn from.
        labels: What to tell, in the order of the model's scores.
        fields: How the texts are counted.
        in_order: Whether the examples are those of whole documents in their order, so that the scores of the one before
            and the one behind count too: a duty seldom comes alone.
        slack: Share of F1 that may be given up so that more is found, as `weigh` takes it.
        without_unread: Whether the weights are made without the unread documents, to be measured on them; the curve
            is theirs in any case.
    """
    rarity = _rarity(examples, fields)
    features = _matrix(examples, fields, rarity)
    truth = np.array([[_truth(e, label) for label in labels] for e in examples], dtype=np.float64)
    system = Factored(_likenesses(features))
    folds = _folds(examples)
    left_out = [LeftOut(system, held) for fold in range(FOLDS) if len(held := np.flatnonzero(folds == fold))]
    filled = np.where(np.isnan(truth), 0.0, truth)
    scores = _cross_validate(system, left_out, filled)
    for _ in range(ROUNDS if np.isnan(truth).any() else 0):
        filled = np.where(np.isnan(truth), np.clip(scores, 0.0, 1.0), truth)
        scores = _cross_validate(system, left_out, filled)
    said = np.array([[e.said.get(label, 0.0) for label in labels] for e in examples])
    unread = np.array([e.gold.split == UNREAD for e in examples])
    beside = _beside(scores, examples) if in_order else ()
    curve = weigh(scores[unread], said[unread], truth[unread], beside=[b[unread] for b in beside], slack=slack)

    def made_without(held: NDArray[np.bool_]) -> TextModel:
        """The model that the other examples give, with the curve of all."""
        offset = filled[~held].mean(axis=0)
        wanted = filled - offset
        dual = (LeftOut(system, np.flatnonzero(held)) if held.any() else system).solve(wanted)
        return _pack(features, dual, tuple(labels), fields, rarity, offset, curve)

    blind = made_without(unread)
    model = blind if without_unread else made_without(np.zeros_like(unread))
    return Fitted(model, blind, scores, truth, said, beside, unread)


def weigh(
    scores: Matrix, said: Matrix, truth: Matrix, *, beside: Sequence[Matrix] = (), slack: float = 0.0
) -> tuple[float, ...]:  # fmt: skip
    """The curve from scores and rules to a probability (Platt 1999), balanced: slope, intercept, agreement.

    Where scores of neighbours are given, what each of them counts follows.

    Balanced: the intercept is moved so that one half is where precision and recall together (F1) are best, which for
    rare labels lies below an even chance. Where they are nearly as good over a wide range, as they are for topics,
    `slack` says what share of F1 may be given up to find more: one half is then the lowest such place. Examples of
    which nothing is known are left out.
    """
    known = ~np.isnan(truth)
    features = np.column_stack([part[known] for part in (scores, said, *beside)])
    yes = truth[known] > 0
    curve = LogisticRegression(C=1e3).fit(features, yes)
    slope, *others = (round(float(v), 6) for v in curve.coef_[0])
    odds = features @ curve.coef_[0]
    order = np.argsort(-odds, kind="stable")
    hits = np.cumsum(yes[order])
    both = 2 * hits / (np.arange(1, len(order) + 1) + yes.sum())
    cut = int(np.flatnonzero(both >= (1 - slack) * both.max())[-1]) if slack else int(np.argmax(both))
    # Rounded, for the last digits hang on how many cores did the sums.
    return slope, round(float(-odds[order][cut]), 6), *others


def _beside(scores: Matrix, examples: Sequence[Example]) -> tuple[Matrix, Matrix]:
    """The scores of the example before and of the one behind in the same document, 0 where there is none."""
    before, behind = np.zeros_like(scores), np.zeros_like(scores)
    same = np.array([one.gold.slug == next_.gold.slug for one, next_ in pairwise(examples)])[:, None]
    before[1:], behind[:-1] = scores[:-1] * same, scores[1:] * same
    return before, behind


def _truth(example: Example, label: str) -> float:
    if label in example.labels:
        return 1.0
    return float("nan") if label in example.unknown else 0.0


def _rarity(examples: Sequence[Example], fields: tuple[Field, ...]) -> NDArray[np.float32]:
    """The smoothed inverse document frequency of each feature, 0 for those that are too rare to count."""
    found = [field.count([e.texts.get(field.name, "") for e in examples])[:2] for field in fields]
    # Fields share a number now and then; in an example it counts once.
    once = np.unique(np.concatenate([places << BITS | numbers for places, numbers in found]))
    seen = np.bincount(once & NUMBERS, minlength=1 << BITS)
    weights = np.log((1 + len(examples)) / (1 + seen)) + 1
    # What is written to the file has sixteen bits: the fit sees the same numbers.
    return np.where(seen >= RARE, weights, 0.0).astype(np.float16).astype(np.float32)


def _matrix(
    examples: Sequence[Example], fields: tuple[Field, ...], rarity: NDArray[np.float32]
) -> csr_matrix:  # fmt: skip
    numbers, values, starts = vectorise(fields, [e.texts for e in examples], rarity)
    return csr_matrix((values.astype(np.float64), numbers, starts), shape=(len(examples), 1 << BITS))


def _folds(examples: Sequence[Example]) -> NDArray[np.int64]:
    """The fold of each example: families in order of name, dealt out in turn."""
    of = fold_of_family(e.gold for e in examples)
    return np.array([of[family_of(e.gold)] for e in examples], dtype=np.int64)


def _likenesses(features: csr_matrix) -> Matrix:
    """How alike examples are, with what is added to each one's likeness with itself; the lower triangle alone."""
    size = features.shape[0]
    alike = np.empty((size, size))
    for start in range(0, size, TOGETHER):
        stop = min(start + TOGETHER, size)
        part = (features[start:stop] @ features[:stop].T).toarray()
        alike[start:stop, :stop] = part + SQUARED * part * part
    alike[np.diag_indices_from(alike)] += RIDGE
    return alike


def _cross_validate(system: Factored, left_out: Sequence[LeftOut], truth: Matrix) -> Matrix:
    """The scores of each fold by a model of all others."""
    scores = np.zeros_like(truth)
    solved, of_one = system.solve(truth), system.solve(np.ones((len(truth), 1)))
    for fold in left_out:
        others = np.ones(len(truth), dtype=np.bool_)
        others[fold.rows] = False
        offset = truth[others].mean(axis=0)
        scores[fold.rows] = truth[fold.rows] - fold.amiss(solved - of_one * offset)
    return scores


def _pack(
    features: csr_matrix, dual: Matrix, labels: tuple[str, ...], fields: tuple[Field, ...],
    rarity: NDArray[np.float32], offset: Matrix, curve: tuple[float, ...],
) -> TextModel:  # fmt: skip
    """The model in whole steps, with rows for the features that are known."""
    known = np.flatnonzero(rarity)
    rows = np.full(1 << BITS, len(known), dtype=np.int64)
    rows[known] = np.arange(len(known))
    features = features[:, known]
    weights, scale = _in_steps(np.asarray(features.T @ dual))
    parts = [_bent(features, dual[:, n], max(FEWEST, DIRECTIONS // len(labels))) for n in range(len(labels))]
    directions, direction_scale = _in_steps(np.concatenate([along for along, _ in parts], axis=1))
    bends = block_diag(*(sizes[:, None] for _, sizes in parts)).astype(np.float32)
    return TextModel(
        labels, fields, rarity, rows, np.concatenate([weights, directions], axis=1),
        np.concatenate([scale, direction_scale]), bends, offset.astype(np.float32), *curve,
    )  # fmt: skip


def _in_steps(weights: Matrix) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The weights in whole steps, with a last row of none, and the size of a step by column."""
    scale = np.abs(weights).max(axis=0) / STEPS
    scale[scale == 0] = 1.0
    steps = np.concatenate([np.rint(weights / scale), np.zeros((1, weights.shape[1]))]).astype(np.int8)
    return steps, scale.astype(np.float32)


def _bent(features: csr_matrix, dual: Matrix, count: int) -> tuple[Matrix, Matrix]:
    """The leading directions of a label's quadratic form, one a column, and what the square along each counts."""
    size = features.shape[1]
    if size <= SMALL:
        values, vectors = np.linalg.eigh((features.T @ features.multiply(dual[:, None])).toarray())
    else:
        form = LinearOperator((size, size), matvec=lambda v: features.T @ (dual * (features @ v)), dtype=np.float64)
        # From a fixed start, for the same examples are to give the same model.
        values, vectors = eigsh(form, k=count, which="LM", v0=np.ones(size))
    order = np.argsort(-np.abs(values), kind="stable")[:count]
    return vectors[:, order], SQUARED * values[order]
