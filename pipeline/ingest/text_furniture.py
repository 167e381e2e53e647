"""Page labels and running heads in plain text, where no page says what stands at its edge.

A text copied out of a paged file keeps what stood on every page: "Sida 2 av 5", "RIKTLINJE   3 (7)", the municipality's
name above it. A label is known by its number, which grows from one to the next; a head by coming back beside labels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

REACH = 5
"""Lines above and below a label that may be the rest of the same head or foot."""

LONGEST = 110
"""Letters of a line that may be a running head; a paragraph that comes back is no head."""

_TOTAL = r"\d{1,4}\s*(?:\(\s*\d{1,4}\s*\)|/\s*\d{1,4}|\s+av\s+\d{1,4})"
_NAMED = r"(?:sida|sid|sidan|blad|page)\.?\s*:?\s*\d{1,4}(?:\s*(?:\(\s*\d{1,4}\s*\)|(?:/|av|of)\s*\d{1,4}))?"
_LABEL = re.compile(rf"(?:^|.*(?:\s{{2,}}|\t|\|\s?))[\s\-–—|]*(?P<label>{_NAMED}|{_TOTAL})[\s\-–—|]*$", re.IGNORECASE)
_ALONE = re.compile(rf"[\s\-–—|]*(?:{_NAMED}|{_TOTAL})[\s\-–—|]*", re.IGNORECASE)
_BARE = re.compile(r"\s*[-–—]?\s*(?P<label>\d{1,3})\s*[-–—]?\s*")
_NUMBER = re.compile(r"\d+")
_FRONT = re.compile(r"\s*$|[\w ./-]{1,40}:(?:\s|$)|\s+\S|-\s|#")
MOST_FRONT = 60
"""Lines within which front matter ends."""


def find_text_furniture(lines: Sequence[str]) -> Mapping[int, str]:
    """The roles of lines that are furniture, by index: `page_number` for labels, `header` for what comes with them.

    Args:
        lines: The text's lines in order, blank ones included.
    """
    front = dict.fromkeys(range(_front_matter(lines)), "header")
    labels = _counting(_labels(lines, _LABEL), least=1) or _counting(_labels(lines, _BARE), least=3)
    at = [label.line for label in labels]
    heads = dict.fromkeys(_coming_back(lines, at), "header")
    # The first page's head stays: it says whose document this is, of what kind and from when.
    gone = [
        one.line for one in labels[:1] if _ALONE.fullmatch(lines[one.line]) or (one.number > 1 and one.line > REACH)
    ]
    return {**front, **heads, **dict.fromkeys([*gone, *at[1:]], "page_number")}


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines at the beginning are a Markdown file's front matter: labels and values between two rules."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    end = next((n for n, line in enumerate(lines[1:MOST_FRONT], start=1) if line.rstrip() in {"---", "..."}), 0)
    return end + 1 if end > 1 and all(_FRONT.match(line) for line in lines[1:end]) else 0


class _Label(NamedTuple):
    """A line that reads as a page label: its index, the page's number and that of the last page, 0 where not told."""

    line: int
    number: int
    last: int


def _labels(lines: Sequence[str], pattern: re.Pattern[str]) -> list[_Label]:
    found = []
    for i, line in enumerate(lines):
        match = pattern.fullmatch(line) if len(line) <= LONGEST else None
        numbers = [int(n) for n in _NUMBER.findall(match["label"])] if match else []
        if numbers:
            found.append(_Label(i, numbers[0], numbers[1] if len(numbers) > 1 else 0))
    return found


def _counting(labels: Sequence[_Label], *, least: int) -> list[_Label]:
    """The labels, where each counts on from the one before; nothing where they do not, or are too few.

    Where all tell the same last page, some may have been lost on the way: "Sida 3 av 5" before "Sida 5 av 5".
    """
    steps = [after.number - before.number for before, after in pairwise(labels)]
    told = labels[0].last if labels and len({one.last for one in labels}) == 1 else 0
    counts = all(step == 1 for step in steps) or (
        told and all(step > 0 for step in steps) and labels[-1].number <= told
    )
    return list(labels) if counts and len(labels) > least else []


def _coming_back(lines: Sequence[str], labels: Sequence[int]) -> set[int]:
    """The lines beside labels that stand beside another label too, numbers aside."""
    beside = [[i for i in _around(lines, at) if i not in labels] for at in labels]
    counted = Counter(_fold(lines[i]) for i in {i for group in beside for i in group})
    return {i for group in beside[1:] for i in group if counted[_fold(lines[i])] > 1}


def _around(lines: Sequence[str], at: int) -> list[int]:
    """The short lines around a label, none behind a longer one."""
    found = []
    for step in (-1, 1):
        for i in range(at + step, at + step * (REACH + 1), step):
            if not 0 <= i < len(lines) or len(lines[i]) > LONGEST:
                break
            if lines[i].strip():
                found.append(i)
    return found


def _fold(line: str) -> str:
    return " ".join(_NUMBER.sub("#", line).casefold().split())
