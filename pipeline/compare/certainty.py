"""How sure a cell's answer is: curves over what speaks for it, from documents that the other models had not seen.

Of a silent cell the curve says how likely an answer stands in the text all the same, from how near its nearest
passages come; of an answer, that it is one, from the fit and confidence of its passages and what they hold (Platt
1999). A codebook that nothing was learned for has plain rules instead.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.codebooks import HarmonisedRequirement
from pipeline.codebooks.trained import MODELS
from pipeline.compare.nearest import NearPassage
from pipeline.compare.support import Support
from pipeline.compare.values import has_content
from pipeline.linear import load_facts
from pipeline.records.comparison import SAYING, Cell

SILENT, ANSWERED = "silent", "answered"
"""The two curves; what each hangs on stands behind its name."""

LOWEST = 0.001
"""What a score counts as at least, and one less than at most."""

MOST = 0.99
"""Confidence that no cell exceeds: nobody reads without fault."""

SILENCE = 0.95
"""How sure silence is where no curve is known and nothing comes near; what comes nearest takes from it."""


SURE = 0.6
"""Confidence from which on an answer is taken as it stands; one below it is no evidence for what others do."""


def surely_says(cell: Cell | None) -> bool:
    """Whether a cell says something, and either surely enough or because a person has looked at it."""
    if cell is None or cell.answer not in SAYING:
        return False
    return cell.confidence >= SURE or cell.review != "unreviewed"


@lru_cache(maxsize=8)
def load_certainty(codebook: str) -> Mapping[str, float]:
    """The curves learned for a codebook, empty where there are none; looked for once a process, not for each cell."""
    file = MODELS / f"{codebook}_cells.json"
    return load_facts(file) if file.is_file() else {}


def silence_facts(near: Sequence[NearPassage]) -> Mapping[str, float]:
    """What the curve of silence hangs on: how near the nearest passages come, as log odds."""
    scores = sorted((passage.score for passage in near), reverse=True)
    return {f"{SILENT}:nearest": _log_odds(scores[:1]), f"{SILENT}:second": _log_odds(scores[1:2])}


def answer_facts(entry: HarmonisedRequirement, supports: Sequence[Support]) -> Mapping[str, float]:
    """What the curve of answers hangs on: fit and confidence of its passages, their kind, whether they hold a value."""
    fits = sorted((s.score for s in supports), reverse=True)
    sure = sorted((s.score * s.confidence for s in supports), reverse=True)
    return {
        f"{ANSWERED}:fit": _log_odds(fits[:1]),
        f"{ANSWERED}:sure": _log_odds(sure[:1]),
        f"{ANSWERED}:second": _log_odds(sure[1:2]),
        f"{ANSWERED}:duty": float(any(s.requirement is not None for s in supports)),
        f"{ANSWERED}:value": float(any(s.value is not None for s in supports)),
        f"{ANSWERED}:content": float(any(has_content(entry, s.tokens.said) for s in supports)),
    }


def likelihood(curve: Mapping[str, float], name: str, facts: Mapping[str, float]) -> float:
    """How likely it is that the cell has an answer, 0 to 1, by the curve of that name."""
    odds = sum((curve.get(fact, 0.0) * value for fact, value in sorted(facts.items())), curve[name])
    return 1 / (1 + math.exp(-odds))


def confidence_of_silence(codebook: str, near: Sequence[NearPassage]) -> float:
    """How sure it is that the text says nothing, 0 to 0.99."""
    curve = load_certainty(codebook)
    if not curve:
        return round(SILENCE - max((p.score for p in near), default=0.0) / 2, 4)
    return round(min(1 - likelihood(curve, SILENT, silence_facts(near)), MOST), 4)


def confidence_of_answer(codebook: str, entry: HarmonisedRequirement, supports: Sequence[Support]) -> float:
    """How sure it is that the passages answer, 0 to 0.99; without a curve, that one does if they err independently."""
    curve = load_certainty(codebook)
    if curve:
        return round(min(likelihood(curve, ANSWERED, answer_facts(entry, supports)), MOST), 4)
    return round(min(1 - math.prod(1 - s.confidence * s.score for s in supports), MOST), 4)


def _log_odds(scores: Sequence[float]) -> float:
    score = min(max([LOWEST, *scores]), 1 - LOWEST)
    return math.log(score / (1 - score))
