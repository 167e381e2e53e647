"""The scorecard as people read it, as files for plots, and what changed since the last one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluation.counts import Item
from pipeline.evaluation.figures import Figure
from pipeline.evaluation.repairs import RepairScore
from pipeline.evaluation.scorecard import Scorecard
from pipeline.failures import RunFailure
from pipeline.tables import write_whole


@dataclass(frozen=True, slots=True)
class Changes:
    """What is right now and was not, and what is wrong now and was not; compared item by item."""

    gains: tuple[Item, ...]
    losses: tuple[Item, ...]
    figures: tuple[tuple[str, float, float], ...]


def format_scorecard(card: Scorecard, changes: Changes | None = None) -> str:
    """The scorecard as a plain table in English, final newline included.

    Precision, recall and F1 with the 95 % interval of F1, the number of errors, and the keyword baseline's F1; measures
    that are a share of one kind of answer have only the share.
    """
    baseline = {f.measure: f for f in card.baseline}
    lines = [f"Scorecard over {card.documents} documents", "", _HEAD, "-" * len(_HEAD)]
    lines += [_figure_line(figure, baseline.get(figure.measure)) for figure in card.figures]
    silent = card.figure("cell silent")
    if silent is not None and silent.gold:
        lines += ["", f"Silent error rate: {silent.errors} of {silent.gold} cells called silent are not silent"]
    for name, figures in card.splits.items():
        lines += ["", f"Split {name}", _HEAD, "-" * len(_HEAD)]
        lines += [_figure_line(f, None) for f in figures if not f.measure.startswith("metadata") or "all" in f.measure]
    lines += _calibration_lines(card)
    if card.repair is not None and card.repair.texts:
        lines += _repair_lines(card.repair)
    if changes is not None:
        lines += format_changes(changes)
    lines += [f"Note: {note}" for note in card.notes]
    return "\n".join(lines) + "\n"


_HEAD = f"{'measure':28}  P      R      F1     {'95 % of F1':13}  {'hits/found, gold':18} errors  keywords F1"


def _figure_line(figure: Figure, baseline: Figure | None) -> str:
    if not figure.gold and not figure.found:
        return f"{figure.measure:28}  {'–':7}{'–':7}{'–':5}  nothing to be found, nothing found"
    numbers = f"{'':7}{'':7}{figure.f1:.3f}" if figure.share else (
        f"{figure.precision:.3f}  {figure.recall:.3f}  {figure.f1:.3f}"
    )  # fmt: skip
    counts = f"{figure.hits}/{figure.found}, {figure.gold}"
    beside = f"{baseline.f1:.3f}" if baseline is not None else ""
    line = (
        f"{figure.measure:28}  {numbers}  {figure.low:.3f}-{figure.high:.3f}    {counts:18} {figure.errors:6}  {beside}"
    )
    return line.rstrip()


def _calibration_lines(card: Scorecard) -> list[str]:
    lines: list[str] = []
    for calibration in card.calibration:
        lines += [
            "",
            f"Calibration of {calibration.target} confidence: {calibration.count} findings, "
            f"expected error {calibration.error:.3f}, Brier {calibration.brier:.3f}",
        ]
        lines += [
            f"  {b.low:.1f}-{b.high:.1f}  {b.count:6} findings  confidence {b.confidence:.3f}  right {b.right:.3f}"
            for b in calibration.bins
        ]
    return lines


def _repair_lines(repair: RepairScore) -> list[str]:
    lines = ["", "Repair"]
    for text in repair.texts:
        e = text.edits
        lines.append(
            f"{text.name:22} CER {text.damaged.cer:.4f} WER {text.damaged.wer:.4f} -> "
            f"CER {text.repaired.cer:.4f} WER {text.repaired.wer:.4f}  "
            f"edits {e.made} right {e.right} broken {e.broken} guard {e.guarded}"
        )
    e = repair.edits
    lines.append(f"ALL damaged CER {repair.damaged.cer:.4f} WER {repair.damaged.wer:.4f}")
    lines.append(
        f"ALL repaired CER {repair.repaired.cer:.4f} WER {repair.repaired.wer:.4f}; "
        f"WER reduction {repair.wer_reduction:.3f}; CER reduction {repair.cer_reduction:.3f}; "
        f"edits {e.made} precision {e.precision:.4f} broken {e.broken} guard {e.guarded}"
    )
    return lines


def read_scorecard(path: Path) -> Mapping[str, Any]:
    """An earlier scorecard as `list_changes` takes it.

    Raises:
        RunFailure: When there is no such file, or it is no scorecard.
    """
    try:
        held = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RunFailure(f"{path} kan inte läsas som ett resultatkort.", f"{path} is no scorecard.") from error
    if not isinstance(held, dict) or not {"slugs", "items", "figures"} <= held.keys():
        raise RunFailure(f"{path} är inget resultatkort.", f"{path} is no scorecard.")
    return held


def list_changes(card: Scorecard, previous: Mapping[str, Any]) -> Changes:
    """What the scorecard gained and lost against an earlier one's `as_dict()`.

    A gain is an error of the earlier scorecard that is gone, a loss one that is new. Items of documents that only one
    of the two has are left to the figures.
    """
    both = set(card.slugs) & set(previous.get("slugs", ()))
    earlier = {item.key: item for item in (Item(**row) for row in previous.get("items", ())) if item.slug in both}
    now = {item.key: item for item in card.items if item.slug in both}
    before = {f["measure"]: float(f["f1"]) for f in previous.get("figures", ())}
    moved = tuple(
        (f.measure, before[f.measure], f.f1)
        for f in card.figures
        if f.measure in before and abs(before[f.measure] - f.f1) >= 0.0005
    )
    return Changes(
        gains=tuple(earlier[key] for key in sorted(earlier.keys() - now.keys())),
        losses=tuple(now[key] for key in sorted(now.keys() - earlier.keys())),
        figures=moved,
    )


def format_changes(changes: Changes) -> list[str]:
    """The changes as lines: figures that moved, then every item gained and lost."""
    lines = ["", f"Against the last scorecard: {len(changes.gains)} gains, {len(changes.losses)} losses"]
    lines += [f"  {name:28} {old:.3f} -> {new:.3f}" for name, old, new in changes.figures]
    for title, items in (("gained", changes.gains), ("lost", changes.losses)):
        lines += [_item_line(title, item) for item in items]
    return lines


def _item_line(title: str, item: Item) -> str:
    detail = f" [{item.detail}]" if item.detail else ""
    return f"  {title:6} {item.measure} {item.error} {item.slug} {item.start}-{item.end} | {item.text}{detail}"


def write_scorecard(card: Scorecard, folder: Path) -> None:
    """Write folder/scorecard.json (all), metrics.json (figures), scorecard.csv and calibration.csv (for plots)."""
    write_whole(folder / "scorecard.json", _json(card.as_dict()))
    write_whole(folder / "metrics.json", _json(card.as_metrics()))
    write_whole(folder / "scorecard.csv", _csv(_SCORECARD_COLUMNS, _scorecard_rows(card)))
    write_whole(folder / "calibration.csv", _csv(_CALIBRATION_COLUMNS, _calibration_rows(card)))


_SCORECARD_COLUMNS = (
    "measure", "precision", "recall", "f1", "low", "high", "hits", "found", "gold", "errors", "baseline_f1",
)  # fmt: skip
_CALIBRATION_COLUMNS = ("target", "low", "high", "count", "confidence", "right")


def _scorecard_rows(card: Scorecard) -> list[list[object]]:
    baseline = {f.measure: f"{f.f1:.4f}" for f in card.baseline}
    return [
        [
            f.measure, f"{f.precision:.4f}", f"{f.recall:.4f}", f"{f.f1:.4f}", f"{f.low:.4f}", f"{f.high:.4f}", f.hits,
            f.found, f.gold, f.errors, baseline.get(f.measure, ""),
        ]
        for f in card.figures
    ]  # fmt: skip


def _calibration_rows(card: Scorecard) -> list[list[object]]:
    return [
        [b.target, b.low, b.high, b.count, f"{b.confidence:.4f}", f"{b.right:.4f}"]
        for calibration in card.calibration
        for b in calibration.bins
    ]


def _csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
