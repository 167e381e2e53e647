"""What Tesseract saw at each step along a word, before it settled on letters: a lattice, and its likeliest strings.

Tesseract's network gives, step by step along a line, the shares of the letters it sees there and of none
(connectionist temporal classification: Graves et al. 2006). Its own search keeps one string; what stood second is lost.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

FLOOR = 0.004
"""Share of a letter that a step does not name: Tesseract names those from one in a hundred on."""

WIDTH = 12
"""Strings that are followed at a time (Graves and Jaitly's prefix search, with a beam)."""

_NEVER = -1e10
Step = Mapping[str, float]
"""The shares of letters at one step; the empty string is none."""


def is_plain(steps: Sequence[Step], *, share: float = 0.03) -> bool:
    """Whether no step names a second letter with at least that share: there is one string only."""
    return all(sum(bool(letter) and s >= share for letter, s in step.items()) < 2 for step in steps)


def strings_of(steps: Sequence[Step]) -> dict[str, float]:
    """The likeliest strings of a lattice with the logarithms of their shares."""
    beams: dict[str, tuple[float, float]] = {"": (0.0, _NEVER)}
    for step in steps:
        none = _log(step, "")
        letters = [(letter, _log(step, letter)) for letter in step if letter]
        ahead: dict[str, tuple[float, float]] = {}
        for prefix, (after_none, after_letter) in beams.items():
            both = _plus(after_none, after_letter)
            _add(ahead, prefix, both + none, _NEVER)
            if prefix:
                _add(ahead, prefix, _NEVER, after_letter + _log(step, prefix[-1]))
            for letter, share in letters:
                # The letter again is the same letter going on, unless there was none between.
                begun = after_none if prefix.endswith(letter) else both
                _add(ahead, prefix + letter, _NEVER, begun + share)
        kept = sorted(ahead.items(), key=lambda item: (-_plus(*item[1]), item[0]))
        beams = dict(kept[:WIDTH])
    return {prefix: _plus(*shares) for prefix, shares in beams.items() if prefix}


def log_share(text: str, steps: Sequence[Step]) -> float:
    """The logarithm of a string's share in a lattice, over all ways of laying it along the steps."""
    places = ["", *(c for letter in text for c in (letter, ""))]
    now = [0.0] + [_NEVER] * (len(places) - 1)
    for number, step in enumerate(steps):
        shares = [_log(step, letter) for letter in places]
        before = now
        if number == 0:
            now = [shares[0], *shares[1:2], *([_NEVER] * (len(places) - 2))]
            continue
        now = []
        for at, letter in enumerate(places):
            total = before[at]
            if at:
                total = _plus(total, before[at - 1])
            if at > 1 and letter and letter != places[at - 2]:
                total = _plus(total, before[at - 2])
            now.append(max(total + shares[at], _NEVER))
    return _plus(now[-1], now[-2]) if len(now) > 1 else now[-1]


def _log(step: Step, letter: str) -> float:
    return math.log(max(step.get(letter, 0.0), FLOOR))


def _add(beams: dict[str, tuple[float, float]], prefix: str, after_none: float, after_letter: float) -> None:
    there = beams.get(prefix, (_NEVER, _NEVER))
    beams[prefix] = _plus(there[0], after_none), _plus(there[1], after_letter)


def _plus(one: float, other: float) -> float:
    """The logarithm of the sum of two shares given as logarithms."""
    high, low = max(one, other), min(one, other)
    return high if low <= _NEVER else high + math.log1p(math.exp(low - high))
