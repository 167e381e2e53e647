"""Fits the weights by which an actor is chosen among those who could be meant (conditional logit, McFadden 1974)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from pipeline.evaluation.gold import GoldDocument
from pipeline.evaluation.values import same_name
from pipeline.extract.duties import find_duties
from pipeline.extract.offering import NOBODY, Choice, choices
from pipeline.learning.examples import SAME, Annotated
from pipeline.learning.facts import PLACES, number_facts, with_unseen_weights
from pipeline.spans import cover

Vector = NDArray[np.float64]

SPREAD = 1 / 12
"""Variance that weights are expected to have: the smaller, the nearer they stay to nothing."""

PASSAGE = 0.3
"""How much a duty of a passage counts beside one of a whole document: what surrounds it is about something else."""

NAMED = 3.0
"""How much more it counts to find somebody than to see that there is nobody: readers look for owners first."""


@dataclass(frozen=True, slots=True)
class ActorExample:
    """A duty with those who could be bound by it, and which of them people say it is."""

    choice: Choice
    right: frozenset[str]
    ruled: str
    named: bool
    """Whether people name somebody."""
    gold: GoldDocument


def actor_examples(document: Annotated) -> list[ActorExample]:
    """The duties that people know too, with their actors; borderline ones are left out."""
    duties = find_duties(document.outline, document.parsed, weighed=False)
    examples = []
    for duty, choice in zip(duties, choices(document.outline, document.parsed, duties), strict=True):
        span = (duty.start, duty.end)
        met = [gold for gold, place in document.placed if cover(span, place) >= SAME]
        if len(met) == 1 and not met[0].borderline:
            said = met[0].actor or NOBODY
            right = {w for w in choice.facts if (same_name(said, w) if said and w else said == w)}
            ruled = duty.actor.word.lower() if duty.actor is not None else NOBODY
            examples.append(ActorExample(choice, frozenset(right), ruled, bool(said), document.gold))
    return examples


def fit_weights(examples: Sequence[ActorExample]) -> Mapping[str, float]:
    """The weight of each fact that makes people's choices likeliest; examples without a right candidate are no use."""
    told = [e for e in examples if e.right]
    place = number_facts(fact for e in told for facts in e.choice.facts.values() for fact in facts)
    rows, columns, starts, right = [], [], [], []
    row = 0
    for example in told:
        starts.append(row)
        for word, facts in example.choice.facts.items():
            known = sorted(place[f] for f in facts if f in place)
            rows += [row] * len(known)
            columns += known
            right.append(word in example.right)
            row += 1
    held = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(row, len(place)))
    worth = np.array([_worth(e) for e in told])
    weights = _likeliest(held, np.array(starts), np.array(right), worth)
    return {fact: round(float(weights[i]), PLACES) for fact, i in place.items() if round(weights[i], PLACES)}


def _worth(example: ActorExample) -> float:
    """How much an example counts; passages are told by having no cells."""
    return (NAMED if example.named else 1.0) * (1.0 if example.gold.cells else PASSAGE)


def _likeliest(held: csr_matrix, starts: NDArray[np.int64], right: NDArray[np.bool_], worth: Vector) -> Vector:
    lengths = np.diff([*starts, held.shape[0]])
    group = np.repeat(np.arange(len(starts)), lengths)

    def loss(weights: Vector) -> tuple[float, Vector]:
        """How unlikely the weights make the right choices, large weights held back, and its slope."""
        score = held @ weights
        power = np.exp(score - np.maximum.reduceat(score, starts)[group])
        total, hit = np.add.reduceat(power, starts), np.add.reduceat(power * right, starts)
        pull = (power * right / hit[group] - power / total[group]) * worth[group]
        penalty = float(weights @ weights) / (2 * SPREAD)
        return penalty - float(worth @ np.log(hit / total)), weights / SPREAD - held.T @ pull

    return np.asarray(minimize(loss, np.zeros(held.shape[1]), jac=True, method="L-BFGS-B").x)


def describe_choices(examples: Sequence[ActorExample], split: str) -> str:
    """Shares of actors right by weights made without the example's family, and by the rules alone, in one split."""
    told: dict[str, list[tuple[bool, bool]]] = {"chosen": [], "rules alone": []}
    for example, weights in with_unseen_weights(examples, fit_weights, split):
        told["chosen"].append((example.named, example.choice.likeliest(weights) in example.right))
        told["rules alone"].append((example.named, example.ruled in example.right))
    said = []
    for name, judged in told.items():
        named = [right for wanted, right in judged if wanted]
        both = [right for _, right in judged]
        said.append(f"{name} {np.mean(named):.3f} of {len(named)} named, {np.mean(both):.3f} with nobody counted")
    best = np.mean([bool(e.right) for e in examples if e.gold.split == split and e.named])
    return "; ".join([*said, f"among the candidates {best:.3f}"])
