"""Whom lines, labels and headings name for what stands below or behind them: "Moderator: läser ...", "Ansvar: ..."."""

from __future__ import annotations

import re

from pipeline.extract.subjects import Actor, group_of, sounds_like_an_agent, uncapitalised
from pipeline.records.outline import Outline, Section, Unit
from pipeline.swedish.normative import lexicon
from pipeline.swedish.roles import find_roles
from pipeline.swedish.tables import CELL_MARK

_CHARGED = re.compile(
    r"(?im)(?:^[^\S\n]*(?:[-•*]\s*)?|(?<=[.;]\s))(?:ansvar|ansvariga?|ansvarig roll|utförs av|vem)\s*:"
    r"\s*([^\n.;]{3,80})"
)
"""A line, or a sentence of its own, that says who answers for what stands around it: "Ansvar: kontoansvarig"."""
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
        self._charged: dict[int, list[tuple[int, Actor]]] = {}
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

    def charged(self, section: Section, at: int) -> Actor | None:
        """Whom a line of the section names as owner of what stands at an offset: the next one, else the last before."""
        if section.section not in self._charged:
            lines = _CHARGED.finditer(self.outline.text, section.start, section.end)
            named = [(line.start(), _owner_in(line[1])) for line in lines]
            self._charged[section.section] = [(start, actor) for start, actor in named if actor is not None]
        owners = self._charged[section.section]
        return next((actor for start, actor in owners if start >= at), owners[-1][1] if owners else None)

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

    def doer_above(self, unit: Unit) -> Actor | None:
        """The words of the line or heading right above the paragraph of a task without a subject, whoever they name.

        "Pedagog som tar bilden" over "Kontrollerar i registret före publicering": what a present without subject tells
        is told of them.
        """
        units, first = self.outline.units, unit.unit
        while first and units[first - 1].paragraph == unit.paragraph:
            first -= 1
        if not first or units[first - 1].kind not in ("heading", "sentence", "line", "lead_in"):
            return None
        said = self.outline.text[units[first - 1].start : units[first - 1].end].strip(" :\n")
        name = _NAMED.fullmatch(said)
        words = name[1].lower().split() if name else []
        task = bool(words) and (words[0].endswith(("ar", "er")) and lexicon().has("duty_verbs", f"{words[0][:-2]}a"))
        if name is None or task or not _may_be_somebody(name[1]):
            return None
        return Actor(uncapitalised(" ".join(name[1].split())), "role")


def _may_be_somebody(name: str) -> bool:
    """Whether words may name a person or a unit, by one of them or by telling which: "Pedagog som tar bilden"."""
    words = name.lower().split()
    known = any(group_of(word) in ("role", "unit", "staff") or sounds_like_an_agent(word) for word in words)
    return (known or "som" in words) and not any(lexicon().has("document_nouns", word) for word in words)


def _owner_in(words: str) -> Actor | None:
    """The role that words begin with or hold, else all of them where they sound like somebody."""
    role = next(iter(find_roles(words)), None)
    said = " ".join(words.split())
    agent = len(said.split()) <= _NAME and sounds_like_an_agent(said.lower())
    return Actor(uncapitalised(role.quote if role else said), "role") if role or agent else None


_NAMED = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(?!(?:Vid|Efter|Inom|Före|Innan|När|Om|Hur|Så|Vad|I|På|För|Av|Till|Från|Under)\b)([A-ZÅÄÖ][\w-]+(?:\s+[\w-]+){0,4})"
)
"""A line of a few words that may name who does what stands below."""


def _is_name(said: str) -> bool:
    """Whether a line is nothing but the name of a role, known or not."""
    known = any(r.start == 0 and r.end == len(said) for r in find_roles(said))
    return known or (said[:1].isupper() and sounds_like_an_agent(said.lower()))


def agent_in_heading(title: str) -> Actor | None:
    """Whom a heading names that no vocabulary knows: "Bevakare", "Kontohållarens åligganden"."""
    found = _TITLE.fullmatch(title.strip())
    return Actor(uncapitalised(found[1]), "role") if found and sounds_like_an_agent(found[1].lower()) else None
