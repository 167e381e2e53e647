"""The styles of an OpenDocument text: titles, what is never shown, what is drawn before list items and headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.ingest.numerals import BULLET, LIST_TYPES, integer, numeral

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

MOST_LEVELS = 10
"""Levels of headings, by the format."""


@dataclass(slots=True)
class OdtStyles:
    """What the styles of a document say.

    Attributes:
        lists: What is drawn before list items, by list style and level.
        titles: The styles that are the title's or build on it.
        hidden: The styles of what is never shown.
        unnumbered: The styles of headings that have no number, whatever their level.
        outline: What is drawn before headings, by level.
    """

    lists: dict[str, dict[int, Any]] = field(default_factory=dict)
    titles: set[str] = field(default_factory=lambda: {"Title"})
    hidden: set[str] = field(default_factory=set)
    unnumbered: set[str] = field(default_factory=set)
    outline: dict[int, Any] = field(default_factory=dict)


def read_styles(*roots: Any) -> OdtStyles:
    """The styles of a document's parts; what builds on a style has what it does not say otherwise itself."""
    found = OdtStyles()
    parents: dict[str, str] = {}
    display: dict[str, str] = {}
    lists: dict[str, str] = {}
    for root in roots:
        for style in root.iter(STYLE + "style"):
            name = style.get(STYLE + "name", "")
            parents[name] = style.get(STYLE + "parent-style-name", "")
            for told in style.iter(STYLE + "text-properties", STYLE + "section-properties"):
                if (shown := told.get(TEXT + "display")) is not None:
                    display[name] = shown
            if (listed := style.get(STYLE + "list-style-name")) is not None:
                lists[name] = listed
        for style in root.iter(TEXT + "list-style"):
            found.lists.setdefault(style.get(STYLE + "name", ""), _levels(style))
        for style in root.iter(TEXT + "outline-style"):
            found.outline = found.outline or _levels(style)
    for name, parent in parents.items():
        line = _line_of(name, parents)
        if next((display[one] for one in line if one in display), "") == "none":
            found.hidden.add(name)
        if next((lists[one] for one in line if one in lists), None) == "":
            found.unnumbered.add(name)
        if parent == "Title":
            found.titles.add(name)
    return found


def _levels(style: Any) -> dict[int, Any]:
    return {integer(e.get(TEXT + "level"), 1): e for e in style}


def _line_of(name: str, parents: dict[str, str]) -> list[str]:
    """A style and those that it builds on, nearest first."""
    line: list[str] = []
    while name and name not in line:
        line.append(name)
        name = parents.get(name, "")
    return line


def is_shown(item: Any, styles: OdtStyles) -> bool:
    """Whether an element is shown: not by its style, nor because it is called hidden text."""
    if item.get(TEXT + "style-name", "") in styles.hidden:
        return False
    if item.tag in {TEXT + "hidden-text", TEXT + "hidden-paragraph"}:
        return bool(item.get(TEXT + "is-hidden") == "false")
    if item.tag == TEXT + "section":
        return bool(item.get(TEXT + "display", "true") == "true" or item.get(TEXT + "is-hidden") == "false")
    # A paragraph that holds the mark of a hidden one is not shown.
    return not any(mark.get(TEXT + "is-hidden", "true") == "true" for mark in item.findall(TEXT + "hidden-paragraph"))


@dataclass(slots=True)
class HeadingNumbers:
    """The numbers of headings as the document counts them."""

    styles: OdtStyles
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, heading: Any, level: int, drawn: Any | None = None) -> str:
        """The number of the next heading, empty where it has none; `drawn` is what the list around it draws."""
        drawn = drawn if drawn is not None else self.styles.outline.get(level)
        bare = heading.get(TEXT + "is-list-header") == "true"
        if bare or heading.get(TEXT + "style-name", "") in self.styles.unnumbered or not numbers(drawn):
            return ""
        start = integer(drawn.get(TEXT + "start-value"), 1) if drawn is not None else 1
        self.counts[level] = self.counts.get(level, start - 1) + 1
        for deeper in range(level + 1, MOST_LEVELS + 1):
            self.counts.pop(deeper, None)
        shown = min(max(integer(drawn.get(TEXT + "display-levels"), 1) if drawn is not None else 1, 1), level)
        parts = [
            _numeral(self.counts.get(n, 1), self.styles.outline.get(n, drawn) if n < level else drawn)
            for n in range(level - shown + 1, level + 1)
        ]
        return around(".".join(part for part in parts if part), drawn)


def numbers(drawn: Any | None) -> bool:
    """Whether what is drawn is a number."""
    return drawn is not None and bool(drawn.get(STYLE + "num-format"))


def _numeral(number: int, drawn: Any | None) -> str:
    kind = drawn.get(STYLE + "num-format", "1") if drawn is not None else "1"
    return numeral(number, LIST_TYPES.get(kind, "decimal")) if kind else ""


def around(sign: str, drawn: Any | None) -> str:
    """A number with what stands before and behind it."""
    if drawn is None or not sign:
        return sign
    return f"{drawn.get(STYLE + 'num-prefix', '')}{sign}{drawn.get(STYLE + 'num-suffix', '')}".strip()


def marker(drawn: Any | None, number: int) -> str:
    """The bullet or number of a list's item."""
    if drawn is None or drawn.tag != TEXT + "list-level-style-number":
        return BULLET
    if not drawn.get(STYLE + "num-format", "1"):
        return ""
    return around(_numeral(number, drawn), drawn)
