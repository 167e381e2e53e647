"""What is known while a document's units are read in order, and where in lists they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.extract import surroundings
from pipeline.extract.found import Duty
from pipeline.extract.rows import TableRow
from pipeline.extract.subjects import Actor
from pipeline.extract.surroundings import Lead
from pipeline.records.outline import Outline, Section, Unit
from pipeline.swedish.parsing import Parse


@dataclass(slots=True)
class Walk:
    """What is known while the units are read in order."""

    outline: Outline
    parses: Mapping[int, Parse]
    rows: Mapping[int, TableRow]
    public_sections: frozenset[int]
    leads: dict[int, Lead | None]
    plain: bool
    """Whether the document states its rules as plain facts, without modals."""
    naming: set[int]
    """Units in which some duty names its actor itself."""
    we: Actor
    """Who "vi" is."""
    last: Duty | None = None


def leads_a_list(walk: Walk, unit: Unit) -> bool:
    """Whether the next unit is an item under this one."""
    following = walk.outline.units[unit.unit + 1] if unit.unit + 1 < len(walk.outline.units) else None
    return following is not None and following.lead_in == unit.unit


def items_of(walk: Walk, lead: Unit) -> list[Unit]:
    """The items under a lead-in, in order."""
    return [u for u in walk.outline.units if u.lead_in == lead.unit]


def lead_of(walk: Walk, unit: Unit) -> Lead | None:
    """What a unit's lead-in gives it, or the heading over a list without one; None where nothing does."""
    if unit.lead_in < 0:
        return _heading_lead(walk.outline.sections[unit.section], unit)
    if unit.lead_in not in walk.leads and unit.lead_in in walk.parses:
        walk.leads[unit.lead_in] = surroundings.read_lead(walk.parses[unit.lead_in])
    return walk.leads.get(unit.lead_in)


def _heading_lead(section: Section, unit: Unit) -> Lead | None:
    """What a heading that is about one role gives the items right under it."""
    actor = surroundings.heading_actor(section.title) if unit.kind == "list_item" and unit.lead_in < 0 else None
    return Lead("must", actor, True, "lead_role", None) if actor is not None else None


def item_lead(walk: Walk, unit: Unit) -> Unit | None:
    """The lead-in of the list item that a sentence stands in, however far in the item it comes."""
    units = walk.outline.units
    at = unit.unit
    while at > 0 and units[at].kind == "sentence" and units[at].depth and units[at - 1].paragraph == unit.paragraph:
        at -= 1
    return units[units[at].lead_in] if units[at].lead_in >= 0 else None


def is_described(walk: Walk, unit: Unit) -> bool:
    """Whether an item only says which things its lead-in means: "Vi tar bort inlägg som: ...", "... om de: ..."."""
    lead = walk.parses.get(unit.lead_in) if unit.kind == "list_item" else None
    words = [t.low for t in lead.tokens if t.pos not in ("PUNCT", "SYM")] if lead is not None else []
    return bool(words) and (words[-1] in ("som", "vars") or words[-2:] in _IF_THEY)


def is_asked(walk: Walk, unit: Unit) -> bool:
    """Whether a sentence is the asker's, told before the question: "Vi lägger aldrig ut något. Vad gör vi?"."""
    units = walk.outline.units
    beside = [units[i] for i in (unit.unit - 1, unit.unit + 1, unit.unit + 2) if 0 <= i < len(units)]
    own = [u for u in beside if u.paragraph == unit.paragraph]
    if unit.kind != "sentence" or len(own) != 1 or own[0].unit < unit.unit:
        return False  # no line of two sentences, or not the first of them
    following = own[0]
    asked = walk.outline.text[following.start : following.end].rstrip()
    ours = _ASKER.search(asked) is not None and _READER.search(asked) is None
    return asked.endswith("?") and ours


_READER = re.compile(r"(?i)\b(?:du|ni|dig|er|din|ditt|dina|ert|era)\b")
_ASKER = re.compile(r"(?i)\b(?:jag|vi|mig|oss|min|mitt|mina|vår|vårt|våra)\b")
_IF_THEY = (["om", "de"], ["om", "det"], ["om", "den"], ["när", "de"], ["när", "det"], ["när", "den"])
