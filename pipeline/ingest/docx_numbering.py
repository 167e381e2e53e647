"""The bullets and numbers Word draws before list items and numbered headings, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.ingest.docx_package import W
from pipeline.ingest.numerals import BULLET, integer, numeral

_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    kind: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """Lists of a document by their ids, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def level_of(self, list_id: str, style_id: str) -> int | None:
        """The level that is tied to a paragraph style, None where none is."""
        levels = self.levels.get(list_id, {})
        return next((n for n, level in levels.items() if style_id and level.style == style_id), None)

    def next_marker(self, list_id: str, level: int) -> str:
        """The bullet or number of the next item, counted on; empty where the level draws none."""
        levels = self.levels.get(list_id)
        if levels is None or list_id == "0":
            return ""
        item = levels.get(level, _Level("bullet"))
        # Lists over the same abstract definition go on counting where the other stopped.
        counts = self._counts.setdefault(self.abstract.get(list_id, list_id), [])
        while len(counts) <= level:
            counts.append(levels.get(len(counts), _Level()).start - 1)
        counts[level] += 1
        del counts[level + 1 :]
        if item.kind == "bullet":
            return BULLET
        if item.kind == "none" or not item.text:
            return ""
        return _PLACE.sub(lambda m: self._numeral(levels, counts, int(m[1]) - 1, item.legal), item.text).strip()

    @staticmethod
    def _numeral(levels: dict[int, _Level], counts: list[int], level: int, legal: bool) -> str:
        """A place's number; `legal` numbering has decimals on every level, whatever the outer levels have."""
        if level >= len(counts):
            return ""
        item = levels.get(level, _Level())
        return numeral(max(counts[level], item.start), "decimal" if legal else item.kind)


def read_numbering(root: Any | None) -> Numbering:
    """The lists that a numbering part defines."""
    numbering = Numbering()
    if root is None:
        return numbering
    defined = {a.get(W + "abstractNumId", ""): a for a in root.iter(W + "abstractNum")}
    styled = {said: base for base, a in defined.items() if (said := _said(a, "styleLink"))}
    abstract = {base: _levels(a) for base, a in defined.items()}
    for num in root.iter(W + "num"):
        list_id = num.get(W + "numId", "")
        reference = num.find(W + "abstractNumId")
        base = reference.get(W + "val", "") if reference is not None else ""
        if base in defined:
            # A list that is set in a list style has its levels where the style is defined.
            base = styled.get(_said(defined[base], "numStyleLink"), base)
        levels = dict(abstract.get(base, {}))
        overridden = num.findall(W + "lvlOverride")
        for override in overridden:
            number = integer(override.get(W + "ilvl"), 0)
            start = override.find(W + "startOverride")
            old = levels.get(number, _Level())
            first = integer(start.get(W + "val"), old.start) if start is not None else old.start
            levels[number] = _levels(override).get(number, _Level(old.kind, old.text, first))
        numbering.levels[list_id] = levels
        # A list with its own start counts by itself.
        numbering.abstract[list_id] = f"num {list_id}" if overridden else f"abstract {base}"
    return numbering


def _said(item: Any, name: str) -> str:
    """The value of an element's child, empty where it has none."""
    child = item.find(W + name)
    return child.get(W + "val", "") if child is not None else ""


def _levels(parent: Any) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for item in parent.findall(W + "lvl"):
        level = _Level()
        for child in item:
            value = child.get(W + "val", "")
            if child.tag == W + "numFmt":
                level.kind = value
            elif child.tag == W + "lvlText":
                level.text = value
            elif child.tag == W + "start":
                level.start = integer(value, 1)
            elif child.tag == W + "pStyle":
                level.style = value
            elif child.tag == W + "isLgl":
                level.legal = value not in {"0", "false", "off"}
        levels[integer(item.get(W + "ilvl"), 0)] = level
    return levels
