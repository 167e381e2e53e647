"""Deciding among candidates by what stands around them: forward-backward sums over all paths through a sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.swedish.ngrams import NgramModel

# For each choice at the place before (one for none), the mass of each choice here: all paths that end in the two.
_State = list[list[float]]
# For each choice two places before and each at the place before, the weight of each choice here.
_Steps = list[list[list[float]]]


@dataclass(slots=True)
class Choice:
    """One way to read a word; not frozen, for so many are made that it would show.

    Attributes:
        text: The word as it would stand in the text.
        index: Id for the n-gram model, -1 where it has none.
        alone: Logarithm of its probability without context.
        channel: Probability that it is printed as what is there.
        confusions: The (true, read) segments that differ.
        wild: Whether one of them was never seen in learning.
    """

    text: str
    index: int
    alone: float
    channel: float
    confusions: tuple[tuple[str, str], ...] = ()
    wild: bool = False


def weigh_choices(places: Sequence[Sequence[Choice]], ngrams: NgramModel, *, trust: float) -> list[list[float]]:
    """For each place the probability of each of its choices, given all the others.

    Args:
        places: The choices for each word of a passage, in order.
        ngrams: The context model.
        trust: Exponent on the context model's probabilities; below 1 it is believed less than it believes itself.
    """
    if not places:
        return []
    steps: list[_Steps] = []
    forward = [_begin(places[0], trust)]
    _scale(forward[0])
    for place in range(1, len(places)):
        state, weights = _advance(places, place, forward[-1], ngrams, trust)
        forward.append(state)
        steps.append(weights)
    return _look_back(places, forward, steps)


def log_likelihood(places: Sequence[Sequence[Choice]], ngrams: NgramModel, *, trust: float) -> float:
    """The logarithm of the probability of a passage as printed, over all readings of it.

    Args:
        places: The choices for each word of a passage, in order.
        ngrams: The context model.
        trust: As for `weigh_choices`.
    """
    state = _begin(places[0], trust)
    total = _scale(state)
    for place in range(1, len(places)):
        state, _ = _advance(places, place, state, ngrams, trust, scale=False)
        total += _scale(state)
    return total


def _begin(choices: Sequence[Choice], trust: float) -> _State:
    return [[math.exp(trust * choice.alone) * choice.channel for choice in choices]]


def _advance(
    places: Sequence[Sequence[Choice]],
    place: int,
    state: _State,
    ngrams: NgramModel,
    trust: float,
    *,
    scale: bool = True,
) -> tuple[_State, _Steps]:
    here, before = places[place], places[place - 1]
    if scale and len(here) == len(before) == len(state) == 1:
        # One reading of all so far: whatever its weight, it is certain.
        return [[1.0]], [[[1.0]]]
    words = [(choice.index, math.exp(choice.alone)) for choice in here]
    channels = [choice.channel for choice in here]
    pairs = [ngrams.after_one(choice.index, words) for choice in before]
    short = [_weigh(shares, channels, trust) for shares in pairs]
    following: _State = []
    steps: _Steps = []
    for older, masses in enumerate(state):
        index = places[place - 2][older].index if place > 1 else -1
        row: list[list[float]] = []
        for old, mass in enumerate(masses):
            shares = ngrams.after_two(index, before[old].index, words, pairs[old])
            # Most words were never seen together: then it makes no difference which one was before them.
            weights = short[old] if shares is pairs[old] else _weigh(shares, channels, trust)
            row.append(weights)
            if older:
                following[old] = [sofar + mass * weight for sofar, weight in zip(following[old], weights, strict=True)]
            else:
                following.append([mass * weight for weight in weights])
        steps.append(row)
    if scale:
        _scale(following)
    return following, steps


def _weigh(shares: Sequence[float], channels: Sequence[float], trust: float) -> list[float]:
    return [
        math.exp(trust * math.log(share)) * channel for share, channel in zip(shares, channels, strict=True)
    ]  # fmt: skip


def _scale(state: _State) -> float:
    """Make the masses of a state sum to one; gives the logarithm of what they summed to."""
    total = sum(mass for masses in state for mass in masses)
    if total > 0:
        for row, masses in enumerate(state):
            state[row] = [mass / total for mass in masses]
        return math.log(total)
    size = sum(map(len, state))
    state[:] = [[1.0 / size] * len(masses) for masses in state]
    return -math.inf


def _look_back(
    places: Sequence[Sequence[Choice]], forward: Sequence[_State], steps: Sequence[_Steps]
) -> list[list[float]]:
    backward = [[1.0] * len(masses) for masses in forward[-1]]
    weights: list[list[float]] = [[] for _ in places]
    for place in range(len(places) - 1, -1, -1):
        shares = [0.0] * len(places[place])
        for masses, rests in zip(forward[place], backward, strict=True):
            shares = [share + mass * rest for share, mass, rest in zip(shares, masses, rests, strict=True)]
        total = sum(shares)
        weights[place] = [share / total if total > 0 else 1.0 / len(shares) for share in shares]
        if place:
            earlier = [
                [_add_up(going, rests) for going, rests in zip(row, backward, strict=True)] for row in steps[place - 1]
            ]
            _scale(earlier)
            backward = earlier
    return weights


def _add_up(weights: Sequence[float], rests: Sequence[float]) -> float:
    total = 0.0
    for weight, rest in zip(weights, rests, strict=True):
        total += weight * rest
    return total
