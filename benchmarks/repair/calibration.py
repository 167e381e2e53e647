"""Whether the confidence of an edit is the share of edits like it that are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.repair import TextEdit

_BINS = 15


@dataclass(frozen=True, slots=True)
class Judged:
    """An edit's confidence and whether it is right."""

    confidence: float
    right: bool


def judge_edits(gold: str, read: str, edits: Iterable[TextEdit]) -> list[Judged]:
    """Each edit of a read page held against the gold's word at its place; layout edits are left out."""
    places = map_places(read, gold)
    judged: list[Judged] = []
    for edit in edits:
        if not any(letter.isalnum() for letter in edit.before):
            continue
        word = widen_to_words(gold, places[edit.raw_start], places[edit.raw_end - 1])
        judged.append(Judged(edit.confidence, word == edit.after))
    return judged


def widen_to_words(gold: str, start: int, end: int) -> str:
    """What stands in the gold from the first of two places to the last, out to the edges of its words."""
    while start > 0 and gold[start - 1].isalnum():
        start -= 1
    while end < len(gold) and gold[end].isalnum():
        end += 1
    return gold[start:end]


def expected_error(judged: Sequence[Judged]) -> float:
    """The expected calibration error over bins of equal mass."""
    return sum(abs(right - confidence) * size for confidence, right, size in fill_bins(judged)) / max(1, len(judged))


def fill_bins(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and size of each bin, in order of confidence."""
    ordered = sorted(judged, key=lambda one: one.confidence)
    size = max(1, len(ordered) // _BINS)
    bins = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    return [
        (sum(one.confidence for one in part) / len(part), sum(one.right for one in part) / len(part), len(part))
        for part in bins
    ]


def draw_calibration(judged: Sequence[Judged], path: Path) -> None:
    """Draw the share of right edits over the confidence; the same edits give the same bytes."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "jamka"
    from matplotlib import pyplot

    bins = fill_bins(judged)
    figure, axes = pyplot.subplots(figsize=(4.5, 4))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.plot([confidence for confidence, _, _ in bins], [right for _, right, _ in bins], marker="o", color="#1f4e79")
    axes.set_xlabel("confidence")
    axes.set_ylabel("share of edits that are right")
    axes.set_title(f"Calibration of {len(judged)} edits")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


def map_places(read: str, gold: str) -> list[int]:
    """For each place of what was read the place of the gold that it stands at."""
    places = [0] * len(read)
    for op in Levenshtein.opcodes(read, gold):
        room = op.dest_end - op.dest_start
        for step in range(op.src_end - op.src_start):
            places[op.src_start + step] = op.dest_start + min(step, max(0, room - 1))
    return places
