"""Who is to fulfil a duty whose clause has no actor: told by the words around it, or nobody is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.compare.passages import Passages
from pipeline.records.comparison import DocumentFindings
from pipeline.records.outline import Unit
from pipeline.records.requirement import Requirement
from pipeline.swedish.roles import find_roles

_SPOKEN_TO = re.compile(
    r"(?i)\b(?:ska|skall|måste|bör|får|behöver|kan|\w{2,}r)\s+(?:(?:alltid|även|också|då|därför|inte)\s+)?(?:ni|du|vi|man)\b"
    r"|\b(?:ni|du|vi|man)\s+(?:(?:alltid|även|också)\s+)?(?:ska|skall|måste|bör|får|behöver)\b"
)
"""The doer in a pronoun before or behind the verb: "måste ni ha beredskap"."""

_DEFINES = re.compile(
    r"(?i)\b(?:används\s+(?:ordet|orden|begreppet|termen)|avses|menas|med\s+\w+\s+avser|definieras|står\s+för|innebär\s+att)\b"
)
"""What words mean is nobody's task: "I anvisningen används ordet konto även för grupper"."""

_BY = re.compile(r"(?i)\b(?:av|hos|via)\s+(?:\w+\s+){0,2}\Z")
"""What stands before the doer of a passive: "besvaras av ansvarig redaktör"."""

_BY_OWN = re.compile(
    r"(?i)\w{2,}s\b[^.;:]{0,60}?\bav\s+(?:kommunen|kommunens|respektive|ansvarig|förvaltningens|den\s+som)\b"
)
"""A doer that is no role by name: "leds av kommunens krisledningsorganisation"."""

START = 4
"""Characters at the beginning of a unit within which the role of a list of roles stands."""

_MODAL = re.compile(r"(?i)\b(?:ska|skall|bör|måste|får|behöver)\b")
_ENDS = (".", ":", ";", "!", "?", ",")

_TELLS_WHO = re.compile(
    r"(?i)^\W*(?:det|detta|beslut\w*|ansvar\w*|arbetet|uppgiften|den\s+som|den\s+uppgiften|ytterst)\b[^.:;]{0,60}"
)
"""How the sentence behind a duty begins that says who is meant: "Beslutet fattas av nämnden", "Det gör redaktören"."""

_GIVES_TASK = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:[–—:|\t]|-\s|(?:\b(?:ansvarar|svarar|sköter)\s+(?:för|även)))\s*")
"""What stands between a role and its task in a list of roles: "Kontoansvarig – borttagning av olämpliga inlägg"."""

CELLS = ("table_row", "site")
"""Units whose owner stands in another cell, in a heading of a column or nowhere."""


class Owners:
    """Looks for the doer of a document's duties around their clauses."""

    def __init__(self, item: DocumentFindings) -> None:
        self._passages = Passages(item.outline) if item.outline is not None else None
        self._with_actor: set[int] = set()
        self._first: dict[tuple[int, int], int] = {}
        for requirement in item.extraction.requirements if item.extraction is not None else ():
            unit = self._passages.unit_at(requirement.start) if self._passages is not None else None
            if unit is not None and requirement.actor and requirement.actor_group != "public":
                self._with_actor.add(unit.unit)
                paragraph = unit.section, unit.paragraph
                self._first[paragraph] = min(unit.unit, self._first.get(paragraph, unit.unit))

    def knows_owner_of(self, requirement: Requirement) -> bool:
        """Whether the words around a duty say who is to fulfil it, or what it says is nobody's to do.

        That is so where its sentence, lead-in or heading names a doer, where a sentence before it in the paragraph says
        what somebody is to do or the one behind it who it is, where one beside it speaks to its reader, and in table
        cells and definitions.
        """
        if self._passages is None or (unit := self._passages.unit_at(requirement.start)) is None:
            return False
        passages, words = self._passages, self._passages.read(unit)
        section = passages.section_of(unit)
        if (section is not None and section.kind == "definitions") or is_definition(words):
            return True
        said = (
            _names_doer(words) or _names_doer(passages.lead_in_of(unit)) or bool(find_roles(passages.heading_of(unit)))
        )
        return said or self._goes_on(unit) or self._is_told_beside(unit) or self._is_cell(unit)

    def _is_told_beside(self, unit: Unit) -> bool:
        """Whether the sentence behind a duty says who is meant, or one on either side speaks to its reader."""
        near = [one for step in (-1, 1) if (one := self._beside(unit, step)) is not None]
        same = [one for one in near if one.paragraph == unit.paragraph and one.kind != "heading"]
        if any(_SPOKEN_TO.search(self._read(one)) for one in same):
            return True
        behind = [self._read(one) for one in same if one.start > unit.start]
        return any(_TELLS_WHO.match(words) and find_roles(words) for words in behind)

    def tasks_of_roles(self) -> Iterator[str]:
        """The tasks that a list of roles gives to one of them each, in the words behind the role."""
        for unit in self._passages.outline.units if self._passages is not None else ():
            words = self._read(unit)
            role = next(iter(find_roles(words)), None)
            gives = _GIVES_TASK.match(words, role.end) if role is not None else None
            if role is not None and gives is not None and role.start <= START:
                yield words[gives.end() :]

    def _goes_on(self, unit: Unit) -> bool:
        """Whether the unit, its lead-in or one before it in its paragraph lays a duty on somebody."""
        first = self._first.get((unit.section, unit.paragraph), unit.unit)
        return bool({unit.unit, unit.lead_in} & self._with_actor) or first < unit.unit

    def _is_cell(self, unit: Unit) -> bool:
        """Whether the unit is a cell of a table, also of one whose cells were read as lines ("Gallras efter 2 år")."""
        beside = [self._beside(unit, step) for step in (-1, 1)]
        return unit.kind in CELLS or (
            not _MODAL.search(self._read(unit))
            and all(self._is_line(one) for one in [unit, *beside] if one is not None)
        )

    def _is_line(self, unit: Unit) -> bool:
        alone = all(
            other is None or other.paragraph != unit.paragraph
            for other in (self._beside(unit, 1), self._beside(unit, -1))
        )
        return unit.kind in ("sentence", "line") and alone and not self._read(unit).rstrip().endswith(_ENDS)

    def _read(self, unit: Unit) -> str:
        return self._passages.read(unit) if self._passages is not None else ""

    def _beside(self, unit: Unit, step: int) -> Unit | None:
        """The unit so many places behind (before, where negative) in the same section."""
        other = self._passages.beside(unit, step) if self._passages is not None else None
        return other if other is not None and other.section == unit.section else None


def is_definition(words: str) -> bool:
    """Whether a sentence says what a word means."""
    return _DEFINES.search(words) is not None


def _names_doer(words: str) -> bool:
    """Whether words name a doer by a pronoun or behind "av"."""
    if _SPOKEN_TO.search(words) or _BY_OWN.search(words):
        return True
    return any(_BY.search(words[: role.start]) for role in find_roles(words))
