"""A norm with its place in the document: the duty with its span, its owner by the rules, condition and action."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract import surroundings
from pipeline.extract.actions import find_action
from pipeline.extract.conditions import find_condition
from pipeline.extract.force import force_of
from pipeline.extract.found import Duty
from pipeline.extract.mentions import find_mentions
from pipeline.extract.norm import ANSWERS, SAME, TRAINED, Norm
from pipeline.extract.offering import POINTING
from pipeline.extract.subjects import Actor
from pipeline.extract.surroundings import Lead
from pipeline.extract.walk import Walk, item_lead
from pipeline.records.outline import Section, Unit
from pipeline.swedish.parsing import Parse

STEM = 5
"""Letters by which words are held together whatever their endings."""
EVERYWHERE = frozenset({"socia", "medie", "kommu", "verks", "använ", "ansva", "konto", "konte"})
GIVEN_ACTOR = ("lead_role", "role_task", "role_noun")
"""Rules whose norms carry the actor of a heading or a cell, which the clause itself does not name."""


def place_duty(walk: Walk, unit: Unit, section: Section, parsed: Parse, norm: Norm, lead: Lead | None) -> Duty:
    """A norm with the actor its surroundings give and its place in the document; it is then the last one read."""
    tokens = parsed.tokens
    start = unit.start + tokens[norm.start].start
    end = unit.start + tokens[norm.end - 1].end
    actor, explicit = _owner(walk, unit, section, norm, lead)
    if actor is not None and actor.word == "vi":
        actor = walk.we
    group = surroundings.group_in_document(actor, to_public=unit.section in walk.public_sections)
    actor = Actor(actor.word, group, actor.points_back) if actor is not None else None
    condition, exception = find_condition(parsed, norm)
    leading = walk.outline.units[unit.lead_in] if unit.lead_in >= 0 else None
    lead_words = walk.outline.text[leading.start : leading.end] if leading is not None else ""
    if norm.rule == SAME and walk.last is not None and walk.last.unit.unit >= unit.unit - 1:
        norm = replace(norm, modality=walk.last.modality)
    doubtful = section.kind in ("purpose", "law") and norm.rule != TRAINED
    confidence = norm.confidence * (0.7 if doubtful else 1.0)
    modality = force_of(
        norm.modality, parsed.text[tokens[norm.start].start : tokens[norm.end - 1].end], condition, exception
    )
    walk.last = Duty(
        unit, section, start, end, modality, actor, explicit, find_action(parsed, norm, modality), condition, exception,
        lead_words, norm.rule, round(confidence, 4),
    )  # fmt: skip
    return walk.last


def place_in_row(
    walk: Walk, unit: Unit, section: Section, parsed: Parse, norm: Norm, doer: Actor | None
) -> Duty:  # fmt: skip
    """A norm of a cell with its place: where its own words name nobody, it binds whom the row's other cells name."""
    if norm.actor is not None or doer is None:
        return place_duty(walk, unit, section, parsed, norm, None)
    placed = place_duty(walk, unit, section, parsed, replace(norm, actor=doer), None)
    walk.last = replace(placed, actor_explicit=False)
    return walk.last


def _owner(
    walk: Walk, unit: Unit, section: Section, norm: Norm, lead: Lead | None
) -> tuple[Actor | None, bool]:  # fmt: skip
    """Who is bound: the clause's own word, else lead-in, the sentence before, heading; none where nothing names one."""
    if norm.actor is not None and not norm.actor.points_back:
        return norm.actor, not norm.conjunct and norm.rule not in GIVEN_ACTOR
    before = _said_before(walk, unit)
    if norm.actor is not None and norm.actor.points_back:
        if norm.actor.word in _THE_LATTER | _PEOPLE:
            anybody = norm.rule == ANSWERS or norm.actor.word in _THE_LATTER
            before = _named_last(walk, unit, appointed=not anybody) or before
        return before, False
    if lead is not None and lead.actor is not None:
        return lead.actor, False
    if norm.rule == "imperative":
        top = item_lead(walk, unit)
        around = [walk.outline.text, walk.outline.text[section.start : section.end]]
        if top is not None:
            around.append(walk.outline.text[top.start : top.end])
        return surroundings.addressed_reader(around), False
    if before is not None and _goes_on(walk, unit, norm):
        return before, False
    if norm.subject is None or norm.rule.startswith("lead"):
        return surroundings.heading_actor(section.title), False
    return None, False


_THE_LATTER = frozenset({"denne", "denna"})
"""Pronouns for whoever was named last, who need not be who did something."""

_PEOPLE = frozenset({"de", "dessa", "hen", "han", "hon"})
"""Pronouns for whoever was appointed in the sentence before; who is told to answer for something was named last."""


def _named_last(walk: Walk, unit: Unit, *, appointed: bool) -> Actor | None:
    """Who is named last in the sentence right before: "Rektor utser en redaktör. Denne ska ..." binds the redaktör.

    Where somebody is appointed, it is they: "En redaktör utses av rektor. Denne ska ...". No others if only the
    appointed are asked for.
    """
    earlier = walk.outline.units[unit.unit - 1] if unit.unit else unit
    parsed = walk.parses.get(earlier.unit)
    if parsed is None or earlier.unit == unit.unit or earlier.paragraph != unit.paragraph:
        return None
    people = [m for m in find_mentions(parsed, walk.we) if m.actor.group in ("role", "staff")]
    chosen = [m for m in people if m.relation == "nsubj:pass"] or ([] if appointed else people)
    return chosen[-1].actor if chosen else None


def _said_before(walk: Walk, unit: Unit) -> Actor | None:
    """The actor of this sentence's earlier duty, or of the sentence right before where that names one itself."""
    last = walk.last
    if last is None or last.actor is None or last.unit.paragraph != unit.paragraph:
        return None
    if last.unit.unit == unit.unit:
        return last.actor
    if last.unit.unit != unit.unit - 1 or unit.kind == "list_item":
        return None
    return last.actor if last.unit.unit in walk.naming else None


def _goes_on(walk: Walk, unit: Unit, norm: Norm) -> bool:
    """Whether a clause without a doer goes on about the act told before it, so that its doer is the same.

    It does in the same sentence, after "det" and the like, and in a passive that takes up the words before.
    """
    last = walk.last
    if last is None or last.unit.unit == unit.unit or norm.conjunct or norm.rule == "continuation":
        return True
    words = walk.parses[unit.unit].tokens
    if words[norm.start].low in POINTING:
        return True
    said = walk.outline.text[last.unit.start : last.unit.end]
    return norm.rule == "present_passive" and bool(_stems(walk.parses[unit.unit].text) & _stems(said))


def _stems(text: str) -> set[str]:
    """The beginnings of a text's longer words, but for those that stand everywhere."""
    return {w[:STEM] for w in re.findall(r"[a-zåäö]{5,}", text.lower())} - EVERYWHERE
