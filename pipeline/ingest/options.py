"""Rows with check boxes as one line for each option, the box first: so that a reader sees which one is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.assembly import DraftLine, DraftWord

TICKED, UNTICKED = "☒", "☐"
BOXES = TICKED + UNTICKED + "☑"


def option_lines(lines: Sequence[DraftLine]) -> list[DraftLine]:
    """The lines with each row of options taken apart; table rows stay as they are."""
    return [part for line in lines for part in _options(line)]


def _options(line: DraftLine) -> list[DraftLine]:
    """A line's options, each with its box first and the style `check_box`; a lead-in before them is its own line.

    Where the row begins with a label and ends with a box, each box stands behind its label.
    """
    at = [n for n, word in enumerate(line.words) if word.text in BOXES]
    if not at or line.style != "plain":
        return [line]
    words = list(line.words)
    if at[-1] == len(words) - 1 and at[0] > 0:
        starts = [0, *(n + 1 for n in at[:-1])]
        groups = [[words[n], *words[start:n]] for start, n in zip(starts, at, strict=True)]
    else:
        groups = [words[: at[0]]] if at[0] else []
        groups += [words[n:end] for n, end in zip(at, [*at[1:], len(words)], strict=True)]
    return [_line_of(line, group, first=n == 0) for n, group in enumerate(groups)]


def _line_of(line: DraftLine, words: Sequence[DraftWord], *, first: bool) -> DraftLine:
    return replace(
        line, text=" ".join(w.text for w in words), words=tuple(words), gap=line.gap and first,
        style="check_box" if words[0].text in BOXES else line.style, x0=min(w.x0 for w in words),
        x1=max(w.x1 for w in words), top=min(w.top for w in words), bottom=max(w.bottom for w in words),
    )  # fmt: skip
