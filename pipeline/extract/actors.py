"""Who a duty binds, weighed: everybody whom the clause and its surroundings name, and nobody, against each other.

Rules (`subjects.py`, `duties.py`) name one actor from grammar and place. Whether a deadline under "Kontoansvarig läser
kommentarerna" binds the same one is no question of grammar alone, so each person, unit or body that could be meant is
described by facts (where it stands, in what role, under which rule), and a conditional logit model (McFadden 1974)
learned from annotated documents chooses among them and nobody. Facts and weights can be read in models/actors.json.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.extract.advised import Advice, find_advice
from pipeline.extract.found import Duty
from pipeline.extract.mentions import DOER
from pipeline.extract.offering import NOBODY, choices, tokens_of
from pipeline.extract.parsed import ParsedUnits
from pipeline.extract.surroundings import group_in_document
from pipeline.linear import load_facts
from pipeline.records.outline import Outline

MODEL = Path(__file__).parent / "models" / "actors.json"
GROUPS = frozenset({"role", "unit", "staff", "organisation", "public"})
_RELATIVE = re.compile(r"(?:som|vilken|vilka)\s")
_GAP = 4
"""Commas and blanks before a relative word, at most."""


def load_weights() -> Mapping[str, float]:
    """The weight of each fact, loaded once a process."""
    return load_facts(MODEL)


def with_actors(outline: Outline, parsed: ParsedUnits, duties: Sequence[Duty]) -> list[Duty]:
    """The duties, each with the actor that its candidates' facts speak for most."""
    weights = load_weights()
    result: list[Duty] = []
    advised: tuple[int, Advice] | None = None
    """The last advice, with the unit that gives it: what is joined to it is advised too."""
    for duty, choice in zip(duties, choices(outline, parsed, duties), strict=True):
        advice = find_advice(parsed.parses[duty.unit.unit], tokens_of(outline, parsed, duty))
        if advice is None and advised is not None and advised[0] == duty.unit.unit and _goes_on(outline, duty):
            advice = advised[1]
        advised = (duty.unit.unit, advice) if advice is not None else None
        if advice is not None and advice.told is not None:
            group = group_in_document(advice.told, to_public=duty.unit.section in parsed.public_sections)
            result.append(replace(duty, actor=replace(advice.told, group=group), actor_explicit=True))
            continue
        if advice is not None:
            choice.leave_out(advice.adviser)
        word = choice.agent if choice.agent and choice.agent in choice.actors else choice.likeliest(weights)
        actor = choice.actors[word]
        same = word == (duty.actor.word.lower() if duty.actor is not None else NOBODY)
        if same or _is_antecedent(outline, duty) or _stands_in_row(parsed, duty):
            result.append(duty)
            continue
        if actor is not None:
            known = actor if actor.group in GROUPS else replace(actor, group=DOER)
            actor = replace(
                actor, group=group_in_document(known, to_public=duty.unit.section in parsed.public_sections)
            )
        result.append(replace(duty, actor=actor, actor_explicit=word in choice.named))
    return result


def _goes_on(outline: Outline, duty: Duty) -> bool:
    return outline.text[duty.start : duty.end].startswith("att ")


def _is_antecedent(outline: Outline, duty: Duty) -> bool:
    """Whether a relative clause stands right behind who it says does something: "meddela redaktören, som tar bort"."""
    if duty.actor is None or not _RELATIVE.match(outline.text, duty.start):
        return False
    word = duty.actor.word.casefold()
    ahead = outline.text[max(0, duty.start - len(word) - _GAP) : duty.start]
    return ahead.rstrip(" ,\n").casefold().endswith(word)


def _stands_in_row(parsed: ParsedUnits, duty: Duty) -> bool:
    """Whether a cell of the duty's row names its actor, which nothing around the table overrules."""
    row = parsed.rows.get(duty.unit.unit)
    return row is not None and row.actor is not None and duty.actor is not None and row.actor.word == duty.actor.word
