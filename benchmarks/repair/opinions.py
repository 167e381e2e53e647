"""Learn what each opinion on a reading is worth: python -m benchmarks.repair.opinions PAIRS...

PAIRS are folders that `python -m benchmarks.repair.render` made of texts that no model was counted on (the sets `tune`
and `tune_unseen`, `development` and `development_unseen`; never `test` or `unseen`). Every word of their pages that may
be read in several ways teaches, by what the page said there: a log-linear model fitted by its likelihood, its weights
drawn to 0 (or to a prior for the n-gram model, which is a probability already). What a first reading shows is among the
facts, so that the weights are learned in rounds, from plain ones on; the same pages give the same weights.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy
from scipy.optimize import minimize
from scipy.special import logsumexp

from benchmarks.repair.calibration import map_places, widen_to_words
from benchmarks.repair.measure import Pair, build_lexicons, read_pairs
from pipeline.repair import RunLexicon, read_damaged_places
from pipeline.repair.characters import Place
from pipeline.repair.opinions import WEIGHTS, Facts, load_opinions

# Weights that the fit starts from and is drawn to; all others are drawn to 0.
_PRIOR = {"ngrams": 1.0, "none": -4.0}
_STRENGTH = 0.5
_START = {"ngrams": 1.0, "ngrams_beside_context": -0.3, "context": 0.7, "kind": 0.6, "none": -30.0}
_ROUNDS = 3


def main() -> None:
    """Learn and write, round by round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path, nargs="+")
    arguments = parser.parse_args()
    weights = _START
    for _ in range(_ROUNDS):
        write_weights(weights, WEIGHTS)
        load_opinions.cache_clear()
        weights = fit_weights([lesson for folder in arguments.pairs for lesson in gather_lessons(folder)])
    write_weights(weights, WEIGHTS)


Lesson = tuple[list[Facts], int]
"""The facts of each reading, those of none of them last, and the number of the right one."""


def gather_lessons(folder: Path) -> list[Lesson]:
    """What the pages of a folder teach."""
    pairs = read_pairs(folder)
    lexicons = build_lexicons(pairs)
    return [lesson for pair in pairs for lesson in teach_page(pair, lexicons.get(pair.document))]


def teach_page(pair: Pair, lexicon: RunLexicon | None) -> Iterable[Lesson]:
    """What one page teaches."""
    text, places = read_damaged_places(pair.read, lexicon=lexicon)
    ahead = map_places(text, pair.gold)
    for place in places:
        if place.facts is not None and place.token.doubt == 1.0:
            facts, none = place.facts
            yield [*facts, none], _find_right(place, ahead, pair.gold)


def _find_right(place: Place, ahead: Sequence[int], gold: str) -> int:
    word = widen_to_words(gold, ahead[place.token.start], ahead[place.token.end - 1])
    return next((n for n, choice in enumerate(place.choices) if choice.text == word), len(place.choices))


def fit_weights(lessons: Sequence[Lesson], *, strength: float = _STRENGTH) -> dict[str, float]:
    """The likeliest weights; sorted by name."""
    names = sorted({name for facts, _ in lessons for one in facts for name in one})
    number = {name: column for column, name in enumerate(names)}
    most = max(len(facts) for facts, _ in lessons)
    table = numpy.zeros((len(lessons), most, len(names)))
    there = numpy.full((len(lessons), most), -numpy.inf)
    right = numpy.array([answer for _, answer in lessons])
    for row, (facts, _) in enumerate(lessons):
        there[row, : len(facts)] = 0.0
        for column, one in enumerate(facts):
            for name, value in one.items():
                table[row, column, number[name]] = value
    prior = numpy.array([_PRIOR.get(name, 0.0) for name in names])
    rows = numpy.arange(len(lessons))

    def lose(weights: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        scores = table @ weights + there
        log = scores - logsumexp(scores, axis=1, keepdims=True)
        shares = numpy.exp(log)
        away = weights - prior
        loss = -log[rows, right].sum() + strength * (away @ away)
        slope = numpy.einsum("rc,rcf->f", shares, table) - table[rows, right].sum(axis=0) + 2 * strength * away
        return loss, slope

    found = minimize(lose, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(weight), 3) for name, weight in zip(names, found.x, strict=True)}


def write_weights(weights: dict[str, float], path: Path) -> None:
    """Write the table that `read_opinions` reads."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["fact", "weight"])
        writer.writerows(sorted(weights.items()))


if __name__ == "__main__":
    main()
