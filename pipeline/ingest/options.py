"""Rows with check boxes as one line for each option, the box first: so that a reader sees which one is marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.ingest.assembly import DraftLine, DraftWord

TICKED, UNTICKED = "☒", "☐"
BOXES = TICKED + UNTICKED + "☑"

T = TypeVar("T")

_BOX = re.compile(f"([{BOXES}])")


def option_lines(lines: Sequence[DraftLine]) -> list[DraftLine]:
    """The lines with each row of options taken apart; table rows stay as they are."""
    return [part for line in lines for part in _options(line)]


def _options(line: DraftLine) -> list[DraftLine]:
    """A line's options, each with its box first and the style `check_box`; a lead-in before them is its own line.

    Where the row begins with a label and ends with a box, each box stands behind its label.
    """
    words = list(line.words)
    if line.style != "plain" or not any(word.text in BOXES for word in words):
        return [line]
    return [
        _line_of(line, group, first=n == 0) for n, group in enumerate(_groups(words, [w.text in BOXES for w in words]))
    ]


def _groups(parts: Sequence[T], is_box: Sequence[bool]) -> list[list[T]]:
    """The parts of a row that has boxes: the lead-in, then each option, its box first."""
    parts = list(parts)
    at = [n for n, box in enumerate(is_box) if box]
    if at[-1] == len(parts) - 1 and at[0] > 0:
        starts = [0, *(n + 1 for n in at[:-1])]
        return [[parts[n], *parts[start:n]] for start, n in zip(starts, at, strict=True)]
    groups = [parts[: at[0]]] if at[0] else []
    return groups + [parts[n:end] for n, end in zip(at, [*at[1:], len(parts)], strict=True)]


def options_in(text: str) -> list[str]:
    """A text without places on a page taken apart in the same way: a lead-in, then each option with its box first."""
    parts = [part for part in _BOX.split(text) if part.strip()]
    is_box = [part in BOXES for part in parts]
    if not any(is_box):
        return [text]
    return [" ".join(part.strip() for part in group) for group in _groups(parts, is_box)]


def _line_of(line: DraftLine, words: Sequence[DraftWord], *, first: bool) -> DraftLine:
    return replace(
        line, text=" ".join(w.text for w in words), words=tuple(words), gap=line.gap and first,
        style="check_box" if words[0].text in BOXES else line.style, x0=min(w.x0 for w in words),
        x1=max(w.x1 for w in words), top=min(w.top for w in words), bottom=max(w.bottom for w in words),
    )  # fmt: skip
