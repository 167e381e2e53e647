"""A document's text by place: the sentence at an offset, its heading, the list under it, its paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from pipeline.records.outline import Outline, Section, Unit
from pipeline.swedish.normative import lexicon

NEAR = 2
"""Units to either side that a step of a procedure is read with."""

RULE_SECTIONS = ("body", "law", "purpose")
"""Sections whose sentences may answer a requirement though they bind nobody."""


HEAD_UNITS = 15
"""Units at the beginning among which a document's head ends."""


class Passages:
    """Looks up the surroundings of a span of one document's reading text."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._units = sorted(outline.units, key=lambda unit: (unit.start, unit.end))
        self._starts = [unit.start for unit in self._units]
        self._sections = {section.section: section for section in outline.sections}
        self._items: dict[int, list[Unit]] = {}
        for unit in self._units:
            if unit.lead_in >= 0:
                self._items.setdefault(unit.lead_in, []).append(unit)

    @cached_property
    def rule_units(self) -> tuple[Unit, ...]:
        """Sentences and list items of the document's own body, but for those that only propose something."""
        kinds = {s.section for s in self.outline.sections if s.kind in RULE_SECTIONS}
        own = (u for u in self._units if u.section in kinds and u.kind != "heading")
        return tuple(u for u in own if not lexicon().proposes(f"{self.lead_in_of(u)} {self.read(u)}"))

    @cached_property
    def head_lines(self) -> frozenset[int]:
        """The units of the document's head, its title and what stands around it, by number: they state nothing."""
        head = self._units[:HEAD_UNITS]
        title = next((m.end for m in self.outline.metadata if m.field == "title" and m.end > m.start), 0)
        body = (u.start for u in head if self.read(u).rstrip().endswith((".", ":", ";", "!", "?")))
        first = max(title, next((start for start in body if start >= title), title))
        return frozenset(u.unit for u in head if u.start < first)

    def read(self, unit: Unit) -> str:
        """The unit's words."""
        return self.outline.text[unit.start : unit.end]

    def unit_at(self, offset: int) -> Unit | None:
        """The unit that an offset lies in, None between units."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or offset >= self._units[at].end:
            return None
        return self._units[at]

    def beside(self, unit: Unit, step: int) -> Unit | None:
        """The unit so many places behind another (before it, where negative), None beyond either end."""
        at = bisect_left(self._starts, unit.start) + step
        return self._units[at] if 0 <= at < len(self._units) else None

    def section_of(self, unit: Unit) -> Section | None:
        """The section a unit lies in."""
        return self._sections.get(unit.section)

    def heading_of(self, unit: Unit | None) -> str:
        """The nearest heading above a unit, empty where there is none."""
        section = self._sections.get(unit.section) if unit else None
        return section.title if section else ""

    def lead_in_of(self, unit: Unit | None) -> str:
        """The words of the list's lead-in, empty outside lists."""
        return self.outline.lead_in_of(unit) if unit else ""

    def items_under(self, unit: Unit | None) -> tuple[Unit, ...]:
        """The list items that a unit leads into."""
        return tuple(self._items.get(unit.unit, ())) if unit else ()

    def near(self, unit: Unit | None) -> str:
        """The words of a unit with those of its heading, its lead-in and the units beside it in its section."""
        if unit is None:
            return ""
        at = bisect_right(self._starts, unit.start) - 1
        beside = self._units[max(0, at - NEAR) : at + NEAR + 1]
        said = [self.read(u) for u in beside if u.section == unit.section]
        return " . ".join([self.heading_of(unit), self.lead_in_of(unit), *said])

    def paragraph_of(self, unit: Unit | None) -> str:
        """The words of the unit's paragraph under its heading."""
        if unit is None:
            return ""
        same = [self.read(u) for u in self._units if u.section == unit.section and u.paragraph == unit.paragraph]
        return " ".join([self.heading_of(unit), *same])
