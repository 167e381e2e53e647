"""Sums over documents as figures, each with an interval from drawing the documents anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.counts import DocumentScore, Tally
from pipeline.records.requirement import MODALITIES

DRAWS = 1000
SEED = 20261120
"""Fixed, so that the same gold and the same output give the same intervals."""

MEASURES = (
    "obligation overlap", "obligation IoU>.5", "obligation exact", "modality (of matched)", "actor (of matched)",
    "actor or none (matched)", "topics (of matched)", "response_time", "response_time calendar", "retention",
    "retention negated", "prohibited_content", "legal_reference", "role", "cell answer", "cell stated", "cell silent",
    "cell value", "cell value exact", "metadata all",
)  # fmt: skip
"""The order in which measures are told; single metadata fields come last, by name."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over all documents; `low` and `high` bound 95 % of the F1 of redrawn sets of documents."""

    measure: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    hits: int
    found: int
    gold: int
    errors: int
    share: bool


def make_figures(scores: Sequence[DocumentScore]) -> tuple[Figure, ...]:
    """A figure for each measure that the documents have, in the order of `MEASURES`.

    Intervals are percentile bootstrap intervals over documents (Efron 1979): documents, not findings, are drawn with
    replacement, because findings of one document fail together. Draws that have nothing to measure are left out. With
    one document they say nothing and are the figure.
    """
    present = {name for score in scores for name in score.tallies}
    names = [name for name in MEASURES if name in present] + sorted(present - set(MEASURES))
    result: list[Figure] = []
    shares = frozenset().union(*(score.shares for score in scores))
    for name in names:
        tallies = [score.tallies.get(name, Tally()) for score in scores]
        result.append(_figure(name, tallies, share=name in shares))
        if name.startswith("modality"):
            result.append(_macro(scores))
    return tuple(result)


def _figure(name: str, tallies: Sequence[Tally], *, share: bool) -> Figure:
    import numpy as np

    total = sum(tallies, Tally())
    counts = np.array([[t.hits, t.found + t.gold] for t in tallies], dtype=float)
    drawn = _draws(len(tallies)) @ counts
    # F1 = 2 hits / (found + gold): the harmonic mean of precision and recall, written without them.
    f1 = np.divide(2 * drawn[:, 0], drawn[:, 1], out=np.full(len(drawn), np.nan), where=drawn[:, 1] > 0)
    low, high = _interval(f1)
    errors = total.gold - total.hits if share else total.errors
    return Figure(
        name, total.precision, total.recall, total.f1, low, high, total.hits, total.found, total.gold, errors, share
    )


def _macro(scores: Sequence[DocumentScore]) -> Figure:
    """Modality's F1 averaged over the modalities that occur, so that the rare ones count as much as `must`."""
    import numpy as np

    # For each document and modality: right, found so, gold so.
    counts = np.zeros((len(scores), len(MODALITIES), 3))
    for d, score in enumerate(scores):
        for gold, found in score.modalities:
            for m, modality in enumerate(MODALITIES):
                counts[d, m] += (gold == found == modality, found == modality, gold == modality)
    low, high = _interval(_macro_f1(np.einsum("rd,dmk->rmk", _draws(len(scores)), counts)))
    total = counts.sum(axis=0)
    value = float(np.nan_to_num(_macro_f1(total[None])[0]))
    precision, recall = (_mean_share(total[:, 0], total[:, k], total) for k in (1, 2))
    hits, all_found, all_gold = (int(total[:, k].sum()) for k in range(3))
    return Figure(
        "modality macro", precision, recall, value, low, high, hits, all_found, all_gold, all_gold - hits, share=False
    )


def _macro_f1(counts: Any) -> Any:
    """Macro F1 of arrays (draws, modalities, [right, found, gold]); modalities that do not occur are left out."""
    import numpy as np

    both = counts[..., 1] + counts[..., 2]
    f1 = np.divide(2 * counts[..., 0], both, out=np.zeros_like(both), where=both > 0)
    present = (both > 0).sum(axis=-1)
    return np.divide(f1.sum(axis=-1), present, out=np.full(len(f1), np.nan), where=present > 0)


def _mean_share(right: Any, of: Any, counts: Any) -> float:
    shares = [
        r / o if o else 0.0 for r, o, c in zip(right, of, counts, strict=True) if c[1] + c[2] > 0
    ]  # fmt: skip
    return float(sum(shares) / len(shares)) if shares else 0.0


def _draws(documents: int) -> Any:
    """How often each document is drawn, by draw: an array (DRAWS, documents)."""
    import numpy as np

    random = np.random.default_rng(SEED)
    return random.multinomial(documents, [1 / documents] * documents, size=DRAWS).astype(float)


def _interval(values: Any) -> tuple[float, float]:
    import numpy as np

    measured = values[~np.isnan(values)]
    if not len(measured):
        return 0.0, 0.0
    low, high = np.quantile(measured, [0.025, 0.975])
    return float(low), float(high)
