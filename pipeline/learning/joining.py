"""Fits the weights by which a duty is cut at a joint, from where people say that another duty begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.evaluation.gold import GoldDocument
from pipeline.extract.cutting import joints_of
from pipeline.extract.duties import find_duties
from pipeline.extract.joints import LIKELY, Joint
from pipeline.learning.examples import Annotated
from pipeline.learning.facts import fit_facts, with_unseen_weights
from pipeline.linear import BIAS

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
    weights = fit_facts([e.joint.facts for e in examples], [e.begins for e in examples], strength=STRENGTH)
    return {fact: weight for fact, weight in weights.items() if weight or fact == BIAS}


def describe_joints(examples: Sequence[JointExample], split: str) -> str:
    """How many joints are cut and rightly so in one split, by weights made without the example's family."""
    unseen = with_unseen_weights(examples, fit_joints, split)
    judged = [(e.joint.likelihood(weights) >= LIKELY, e.begins) for e, weights in unseen]
    cut, begins = [right for is_cut, right in judged if is_cut], sum(right for _, right in judged)
    precision, recall = sum(cut) / max(1, len(cut)), sum(cut) / max(1, begins)
    return f"{len(judged)} joints in unread documents, {begins} begin a duty: P {precision:.3f} R {recall:.3f}"
