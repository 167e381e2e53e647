"""The measurements as a page with a table and plots: docs/benchmarks.md, the same bytes for the same measurements."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.stages import STAGES

MARK = "<!-- measured: what stands below is written by `make bench` -->"


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The exponent of growth: slope of the least-squares line through logarithm over logarithm."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread if spread else math.nan


def growth(rows: Sequence[Mapping[str, Any]], name: str) -> str:
    """The exponent of one column over the sizes, from 100 documents on, where starting up weighs little."""
    points = [(r["documents"], r[name]) for r in rows if r["documents"] >= 100 and r.get(name)]
    return f"{exponent(points):.2f}" if len(points) > 1 else ""


def table(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], *, with_growth: bool = True) -> list[str]:
    """Sizes down, measurements across; the last line is the exponent of growth."""
    lines = [f"| {' | '.join(names.values())} |", f"|{' --- |' * len(names)}"]
    lines += [f"| {' | '.join(_shown(row.get(name)) for name in names)} |" for row in rows]
    if with_growth:
        timed = {*STAGES, "whole", "processor"}
        cells = ["exponent", *(growth(rows, name) if name in timed else "" for name in list(names)[1:])]
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def write_page(page: Path, rows: Sequence[Mapping[str, Any]], sections: Sequence[str]) -> None:
    """Put the measurements below the mark in the page; what a person wrote above it stays."""
    before = page.read_text("utf-8").split(MARK)[0].rstrip() if page.exists() else "# Benchmarks"
    whole = {"documents": "documents", **{s: f"{s}, s" for s in STAGES}, "whole": "whole, s", "cores": "cores used"}
    whole["processor"] = "processor, s"
    more = {
        "documents": "documents", "megabytes": "peak memory, MB", "unchanged": "unchanged run, s",
        "added": "one document more, s", "times": "known times found", "obligations": "known duties found",
        "municipalities": "known municipalities found",
    }  # fmt: skip
    parts = [before, "", MARK, "", "## Growth", "", *table(rows, whole), *table(rows, more, with_growth=False)]
    parts += ["![Seconds over documents](benchmarks_growth.svg)", "", "![Seconds of each stage](benchmarks_stages.svg)"]
    page.write_text("\n".join([*parts, "", *sections]).rstrip() + "\n", "utf-8")
    draw(page, rows)


def draw(page: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Draw the seconds of whole runs, and of each stage a document; the same rows give the same bytes."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "jamka"
    from matplotlib import pyplot

    sizes = [row["documents"] for row in rows]
    figure, axes = pyplot.subplots(figsize=(5.5, 4))
    for name, label in (("whole", "whole run"), ("added", "one document more"), ("unchanged", "unchanged run")):
        axes.plot(sizes, [row.get(name) or math.nan for row in rows], marker="o", label=label)
    axes.set(xscale="log", yscale="log", xlabel="documents", ylabel="seconds")
    axes.legend()
    figure.tight_layout()
    figure.savefig(page.with_name("benchmarks_growth.svg"), metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    figure, axes = pyplot.subplots(figsize=(5.5, 4))
    for stage in STAGES:
        axes.plot(sizes, [1000 * row[stage] / row["documents"] for row in rows], marker="o", label=stage)
    axes.set(xscale="log", yscale="log", xlabel="documents", ylabel="milliseconds a document")
    axes.legend()
    figure.tight_layout()
    figure.savefig(page.with_name("benchmarks_stages.svg"), metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
