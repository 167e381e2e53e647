"""Deciding among candidates by what stands around them: forward-backward sums over all paths through a sentence."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.swedish.ngrams import NgramModel


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read a word.

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
    steps: list[list[tuple[int, int, int, float]]] = []
    # A state is a pair (choice at the place before, choice here).
    forward: list[dict[tuple[int, int], float]] = [{(-1, number): 1.0 for number in range(len(places[0]))}]
    first = forward[0]
    for number, choice in enumerate(places[0]):
        first[-1, number] = math.exp(trust * choice.alone) * choice.channel
    _scale(first)
    for place in range(1, len(places)):
        state, moves = _advance(places, place, forward[-1], ngrams, trust)
        forward.append(state)
        steps.append(moves)
    return _look_back(places, forward, steps)


def log_likelihood(places: Sequence[Sequence[Choice]], ngrams: NgramModel, *, trust: float) -> float:
    """The logarithm of the probability of a passage as printed, over all readings of it.

    Args:
        places: The choices for each word of a passage, in order.
        ngrams: The context model.
        trust: As for `weigh_choices`.
    """
    state = {(-1, n): math.exp(trust * choice.alone) * choice.channel for n, choice in enumerate(places[0])}
    total = _scale(state)
    for place in range(1, len(places)):
        state, _ = _advance(places, place, state, ngrams, trust, scale=False)
        total += _scale(state)
    return total


def _advance(
    places: Sequence[Sequence[Choice]],
    place: int,
    state: dict[tuple[int, int], float],
    ngrams: NgramModel,
    trust: float,
    *,
    scale: bool = True,
) -> tuple[dict[tuple[int, int], float], list[tuple[int, int, int, float]]]:
    following: dict[tuple[int, int], float] = defaultdict(float)
    moves: list[tuple[int, int, int, float]] = []
    here, before = places[place], places[place - 1]
    for (older, old), mass in state.items():
        older_index = places[place - 2][older].index if older >= 0 else -1
        for new, choice in enumerate(here):
            log = ngrams.log_probability(older_index, before[old].index, choice.index, choice.alone)
            weight = math.exp(trust * log) * choice.channel
            moves.append((older, old, new, weight))
            following[old, new] += mass * weight
    if scale:
        _scale(following)
    return dict(following), moves


def _scale(state: dict[tuple[int, int], float]) -> float:
    """Make the masses of a state sum to one; gives the logarithm of what they summed to."""
    total = sum(state.values())
    for key, mass in state.items():
        state[key] = mass / total if total > 0 else 1.0 / len(state)
    return math.log(total) if total > 0 else -math.inf


def _look_back(
    places: Sequence[Sequence[Choice]],
    forward: list[dict[tuple[int, int], float]],
    steps: list[list[tuple[int, int, int, float]]],
) -> list[list[float]]:
    backward: dict[tuple[int, int], float] = dict.fromkeys(forward[-1], 1.0)
    weights: list[list[float]] = [[] for _ in places]
    for place in range(len(places) - 1, -1, -1):
        shares = [0.0] * len(places[place])
        for (old, new), mass in forward[place].items():
            shares[new] += mass * backward.get((old, new), 0.0)
        total = sum(shares)
        weights[place] = [share / total if total > 0 else 1.0 / len(shares) for share in shares]
        if place:
            earlier: dict[tuple[int, int], float] = defaultdict(float)
            for older, old, new, weight in steps[place - 1]:
                earlier[older, old] += weight * backward.get((old, new), 0.0)
            _scale(earlier)
            backward = dict(earlier)
    return weights
