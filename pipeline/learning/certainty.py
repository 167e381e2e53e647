"""Fits how sure cells are, on unread documents as models read them that were made without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.codebooks import Codebook
from pipeline.compare.answers import decide_answer
from pipeline.compare.certainty import ANSWERED, SILENT, answer_facts, likelihood, silence_facts
from pipeline.compare.nearest import find_nearest
from pipeline.evaluation.gold import GoldDocument
from pipeline.learning.examples import Annotated
from pipeline.learning.facts import PLACES, with_unseen_weights
from pipeline.learning.fitting import UNREAD
from pipeline.learning.sieve import gather_annotated
from pipeline.params import CompareSettings

SURE = 0.95
"""Confidence from which on silence is told as sure in what is printed."""


@dataclass(frozen=True, slots=True)
class CellExample:
    """A cell with what its confidence hangs on, and whether the gold has an answer there."""

    curve: str
    facts: Mapping[str, float]
    answered: bool
    gold: GoldDocument


def cell_examples(document: Annotated, codebook: Codebook) -> Iterator[CellExample]:
    """Every cell of a document that is read as silent or answered, and was read by people too."""
    wanted = {c.requirement: c.answer for c in document.gold.cells if c.answer != "unreadable"}
    gathered = gather_annotated(document, codebook)
    near = find_nearest([gathered], codebook, count=CompareSettings().nearest)
    for entry in codebook.requirements:
        if entry.id not in wanted:
            continue
        answer = decide_answer(entry, gathered.by_requirement.get(entry.id, []), readable=True)
        silent = answer.kind == "silent"
        facts = silence_facts(near.get(entry.id, [])) if silent else answer_facts(entry, answer.supports)
        yield CellExample(SILENT if silent else ANSWERED, facts, wanted[entry.id] != "silent", document.gold)


def fit_certainty(examples: Sequence[CellExample]) -> Mapping[str, float]:
    """Both curves: the weight of each fact, and under the curve's name what all have."""
    weights: dict[str, float] = {}
    for curve in (SILENT, ANSWERED):
        own = [e for e in examples if e.curve == curve]
        names = sorted(own[0].facts)
        held = np.array([[e.facts[name] for name in names] for e in own])
        fitted = LogisticRegression(C=1.0, max_iter=2000).fit(held, [e.answered for e in own])
        weights[curve] = round(float(fitted.intercept_[0]), PLACES)
        weights |= {name: round(float(w), PLACES) for name, w in zip(names, fitted.coef_[0], strict=True)}
    return weights


def describe_certainty(examples: Sequence[CellExample]) -> str:
    """How well confidence fits by curves made without the example's family, and how often sure silence is wrong."""
    unseen = with_unseen_weights(examples, fit_certainty, UNREAD)
    judged = [(e.curve, likelihood(curves, e.curve, e.facts), e.answered) for e, curves in unseen]
    told = []
    for curve in (SILENT, ANSWERED):
        own = sorted((p, yes) for name, p, yes in judged if name == curve)
        bins = np.array_split(np.array(own, dtype=np.float64), 10)
        error = sum(abs(float(b[:, 0].mean() - b[:, 1].mean())) * len(b) for b in bins) / len(own)
        told.append(f"{curve} {len(own)} cells, calibration error {error:.3f}")
    sure = [yes for name, p, yes in judged if name == SILENT and 1 - p >= SURE]
    wrong = sum(sure)
    return f"{'; '.join(told)}; silent with confidence {SURE} or more: {len(sure)}, of which {wrong} have an answer"
