"""Whether confidence means what it says: findings by confidence beside the share of them that is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.evaluation.counts import Judged

BINS = 10


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The findings whose confidence lies from `low` to `high` (exclusive, but for 1)."""

    target: str
    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins of one kind of finding, and how far confidence and truth lie apart in the mean.

    `error` is the expected calibration error (Naeini et al. 2015) over the bins, `brier` the mean squared difference
    between confidence and outcome (Brier 1950); 0 is best for both.
    """

    target: str
    count: int
    error: float
    brier: float
    bins: tuple[CalibrationBin, ...]


def calibrate(judged: Iterable[Judged]) -> tuple[Calibration, ...]:
    """The calibration of each kind of finding, by name."""
    by_target: dict[str, list[Judged]] = {}
    for finding in judged:
        by_target.setdefault(finding.target, []).append(finding)
    return tuple(_calibrate(target, findings) for target, findings in sorted(by_target.items()))


def _calibrate(target: str, findings: list[Judged]) -> Calibration:
    groups: dict[int, list[Judged]] = {}
    for finding in findings:
        groups.setdefault(min(BINS - 1, max(0, int(finding.confidence * BINS))), []).append(finding)
    bins = tuple(_bin(target, number, group) for number, group in sorted(groups.items()))
    error = sum(b.count * abs(b.confidence - b.right) for b in bins) / len(findings)
    brier = sum((f.confidence - f.right) ** 2 for f in findings) / len(findings)
    return Calibration(target, len(findings), error, brier, bins)


def _bin(target: str, number: int, group: list[Judged]) -> CalibrationBin:
    confidence = sum(f.confidence for f in group) / len(group)
    right = sum(f.right for f in group) / len(group)
    return CalibrationBin(target, number / BINS, (number + 1) / BINS, len(group), confidence, right)
