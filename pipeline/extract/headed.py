"""Whom lines, labels and headings name for what stands below or behind them: "Moderator: läser ...", "Ansvar: ..."."""

from __future__ import annotations

import re

from pipeline.extract.subjects import Actor, sounds_like_an_agent, uncapitalised
from pipeline.records.outline import Outline, Section, Unit
from pipeline.swedish.roles import find_roles
from pipeline.swedish.tables import CELL_MARK

_CHARGED = re.compile(
    r"(?im)^[^\S\n]*(?:[-•*]\s*)?(?:ansvar|ansvarig[a]?|ansvarig roll|utförs av|vem)\s*:\s*([^\n]{3,80})$"
)
"""A line that says who answers for a section: "Ansvar: kontoansvarig"."""
_LABEL = re.compile(r"\W*([A-ZÅÄÖ][\wåäöÅÄÖ-]+(?: [\wåäö-]+){0,3})(?:\s*\([^)]{1,40}\))?(?::| –| -)\s")
"""Words before a colon at the beginning of a paragraph: "Moderator: läser det som kommer in."."""
_ALONE = re.compile(r"\W*([A-ZÅÄÖ][\wåäöÅÄÖ-]+(?: [\wåäö-]+){0,3})(?:\s*\([^)]{1,40}\))?:?")
"""A line that may be nothing but the name of a role."""
_TITLE = re.compile(
    r"(?i)(?:\d+(?:\.\d+)*\.?\s+)?([\wåäö-]+?(?: [\wåäö-]+?)??)"
    r"(?:\s*\(.*\)?|s\s+(?:ansvar|uppgift|uppgifter|arbetsuppgifter|uppdrag|åligganden|roll))?\W*"
)
"""A heading that is one name, perhaps with what it tells of: "Kontohållarens åligganden", "Bevakare"."""
_LINES_UP = 12
"""Units above among which the line is looked for that names who does what stands below."""
_NAME = 3
"""Words of a line that is a name."""
_SENTENCE = 4
"""Words from which on a line with a full stop is a sentence: no name above it speaks for what is below."""


class Headed:
    """A document read for who is named above and before its paragraphs; each place is read once."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._charged: dict[int, Actor | None] = {}
        self._labels: dict[int, Actor | None] = {}

    def label(self, unit: Unit) -> Actor | None:
        """Whose entry a paragraph is: "Moderator: läser det som kommer in.", or the role on the line above it."""
        at = self.outline.units[unit.lead_in] if unit.lead_in >= 0 else unit
        if at.paragraph not in self._labels:
            text, units, first = self.outline.text, self.outline.units, at.unit
            while first and units[first - 1].paragraph == at.paragraph:
                first -= 1
            found = _LABEL.match(text, units[first].start, units[first].end)
            if found is None and first:
                found = _ALONE.fullmatch(text, units[first - 1].start, units[first - 1].end)
            # "Förvaltningschefens ansvar" is about somebody too, but that is the heading's to say.
            roles = [r for r in find_roles(found[1]) if r.end == len(found[1])] if found else []
            self._labels[at.paragraph] = Actor(uncapitalised(roles[0].quote), "role") if roles else None
        return self._labels[at.paragraph]

    def charged(self, section: Section) -> Actor | None:
        """Whom a line of the section names as its owner ("Ansvar: kontoansvarig")."""
        if section.section not in self._charged:
            line = _CHARGED.search(self.outline.text, section.start, section.end)
            role = next(iter(find_roles(line[1])), None) if line else None
            self._charged[section.section] = Actor(uncapitalised(role.quote), "role") if role is not None else None
        return self._charged[section.section]

    def line_above(self, unit: Unit) -> Actor | None:
        """The name alone on a line above, over lines that say what its bearer does: tables that lost their columns."""
        above = self.outline.units[max(0, unit.unit - _LINES_UP) : unit.unit]
        for line in reversed(above):
            said = self.outline.text[line.start : line.end].strip(" :\n")
            if line.section != unit.section:
                return None
            if line.kind == "list_item":
                continue
            if line.kind == "table_row" and CELL_MARK.search(said):
                return None  # the words over a table's columns name nobody
            words = len(said.split())
            if words <= _NAME and _is_name(said):
                return Actor(uncapitalised(said), "role")
            if words > _SENTENCE and said.endswith(".") and line.paragraph != unit.paragraph:
                return None
        return None


def _is_name(said: str) -> bool:
    """Whether a line is nothing but the name of a role, known or not."""
    known = any(r.start == 0 and r.end == len(said) for r in find_roles(said))
    return known or (said[:1].isupper() and sounds_like_an_agent(said.lower()))


def agent_in_heading(title: str) -> Actor | None:
    """Whom a heading names that no vocabulary knows: "Bevakare", "Kontohållarens åligganden"."""
    found = _TITLE.fullmatch(title.strip())
    return Actor(uncapitalised(found[1]), "role") if found and sounds_like_an_agent(found[1].lower()) else None
