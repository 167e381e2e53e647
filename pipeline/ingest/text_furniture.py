"""Page labels and running heads in plain text, where no page says what stands at its edge.

A text copied out of a paged file keeps what stood on every page: "Sida 2 av 5", "RIKTLINJE   3 (7)", the municipality's
name above it. A label is known by its number, which grows from one to the next; a head by coming back beside labels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

REACH = 5
"""Lines above and below a label that may be the rest of the same head or foot."""

LONGEST = 110
"""Letters of a line that may be a running head; a paragraph that comes back is no head."""

WORDS_OF_LABEL = 4
"""Words that a line with nothing but a label has at most: "Sida 2 av 5"."""

_TOTAL = r"\d{1,4}\s*(?:\(\s*\d{1,4}\s*\)|/\s*\d{1,4}|\s+av\s+\d{1,4})"
_NAMED = r"(?:sida|sid|sidan|blad|page)\.?\s*:?\s*\d{1,4}(?:\s*(?:\(\s*\d{1,4}\s*\)|(?:/|av|of)\s*\d{1,4}))?"
_LABEL = re.compile(rf"(?:^|.*(?:\s{{2,}}|\t|\|\s?))[\s\-–—|]*(?P<label>{_NAMED}|{_TOTAL})[\s\-–—|]*$", re.IGNORECASE)
_BARE = re.compile(r"\s*[-–—]?\s*(?P<label>\d{1,3})\s*[-–—]?\s*")
_NUMBER = re.compile(r"\d+")


def find_text_furniture(lines: Sequence[str]) -> Mapping[int, str]:
    """The roles of lines that are furniture, by index: `page_number` for labels, `header` for what comes with them.

    Args:
        lines: The text's lines in order, blank ones included.
    """
    labels = _counting(_labels(lines, _LABEL), least=1) or _counting(_labels(lines, _BARE), least=3)
    heads = dict.fromkeys(_coming_back(lines, labels), "header")
    # The first page's head stays: it says whose document this is, of what kind and from when.
    bare = [i for i in labels[:1] if _LABEL.fullmatch(lines[i].strip()) and len(lines[i].split()) <= WORDS_OF_LABEL]
    return {**heads, **dict.fromkeys([*bare, *labels[1:]], "page_number")}


def _labels(lines: Sequence[str], pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Index and number of each line that reads as a page label."""
    found = []
    for i, line in enumerate(lines):
        match = pattern.fullmatch(line) if len(line) <= LONGEST else None
        number = _NUMBER.search(match["label"]) if match else None
        if number:
            found.append((i, int(number[0])))
    return found


def _counting(labels: Sequence[tuple[int, int]], *, least: int) -> list[int]:
    """The labels' lines, where each label counts on from the one before; nothing where they do not, or are too few."""
    steps = [after - before for (_, before), (_, after) in pairwise(labels)]
    counts = len(labels) > least and all(step == 1 for step in steps)
    return [i for i, _ in labels] if counts else []


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
