"""Fits the weights by which a duty is cut at a joint, from where people say that another duty begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline.evaluation.gold import GoldDocument
from pipeline.extract.cutting import joints_of
from pipeline.extract.duties import find_duties
from pipeline.extract.joints import BIAS, LIKELY, Joint
from pipeline.learning.examples import Annotated, family_of
from pipeline.learning.facts import FOLDS, PLACES, fold_of_family, number_facts

STRENGTH = 0.2
"""Inverse of how much weights are held back (scikit-learn's C)."""

NEAR = 12
"""Characters within which the words behind a joint and a duty that people see begin together."""


@dataclass(frozen=True, slots=True)
class JointExample:
    """A joint inside a duty, and whether people say that another duty begins there."""

    joint: Joint
    begins: bool
    gold: GoldDocument


def joint_examples(document: Annotated) -> Iterator[JointExample]:
    """The joints of duties that people see too; where they are in doubt the joint is left out."""
    for duty in find_duties(document.outline, document.parsed, weighed=False, cut=False):
        met = [(gold, span) for gold, span in document.placed if span[0] < duty.end and duty.start < span[1]]
        if not met:
            continue
        for joint, start in joints_of(document.parsed.parses, duty):
            begun = [gold for gold, span in met if abs(span[0] - start) <= NEAR and span[0] > duty.start + NEAR]
            if not any(gold.borderline for gold in begun):
                yield JointExample(joint, bool(begun), document.gold)


def fit_joints(examples: Sequence[JointExample]) -> Mapping[str, float]:
    """The weight of each fact that is told often enough."""
    place = number_facts(fact for e in examples for fact in e.joint.facts)
    rows = [(n, place[f]) for n, e in enumerate(examples) for f in sorted(e.joint.facts) if f in place]
    held = csr_matrix((np.ones(len(rows)), tuple(zip(*rows, strict=True))), shape=(len(examples), len(place)))
    fitted = LogisticRegression(C=STRENGTH, max_iter=3000).fit(held, [e.begins for e in examples])
    weights = {fact: round(float(fitted.coef_[0][i]), PLACES) for fact, i in place.items()}
    return {BIAS: round(float(fitted.intercept_[0]), PLACES)} | {f: w for f, w in weights.items() if w}


def describe_joints(examples: Sequence[JointExample], split: str) -> str:
    """How many joints are cut and rightly so in one split, by weights made without the example's family."""
    fold = fold_of_family(e.gold for e in examples)
    judged: list[tuple[bool, bool]] = []
    for number in range(FOLDS):
        held = [e for e in examples if fold[family_of(e.gold)] == number and e.gold.split == split]
        weights = fit_joints([e for e in examples if fold[family_of(e.gold)] != number]) if held else {}
        judged += [(e.joint.likelihood(weights) >= LIKELY, e.begins) for e in held]
    cut, begins = [right for is_cut, right in judged if is_cut], sum(right for _, right in judged)
    precision, recall = sum(cut) / max(1, len(cut)), sum(cut) / max(1, begins)
    return f"{len(judged)} joints in unread documents, {begins} begin a duty: P {precision:.3f} R {recall:.3f}"
