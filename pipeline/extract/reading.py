"""The norms of one unit by the rules: a sentence, a lead-in, an item under it, a row of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline.extract import surroundings
from pipeline.extract.conjuncts import with_conjuncts
from pipeline.extract.found import Duty
from pipeline.extract.norm import HABIT, Norm, words_of
from pipeline.extract.norms import find_norms
from pipeline.extract.placing import place_duty, place_in_row
from pipeline.extract.present_rules import plain_norms, verb_initial_norms
from pipeline.extract.retention import heads_kinds
from pipeline.extract.subjects import Actor, actor_of, find_subject
from pipeline.extract.surroundings import Lead
from pipeline.extract.walk import Walk, is_described, items_of, lead_of, leads_a_list
from pipeline.records.outline import Section, Unit
from pipeline.swedish.clauses import split_clauses
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse
from pipeline.swedish.tables import stands_over

_READER = re.compile(r"(?i)\b(?:du|ni)\b")
LONGEST_NAME = 4
"""Words in a line that only names a body."""
WEAKER = {"must": "should", "must_not": "should_not"}
"""What holds of items that go on from "Det är viktigt att"; one with a modal or an imperative says its own."""
BODIES = frozenset({"kommun", "kommuns", "stad", "region", "förvaltning", "förbund"})


def read_unit(walk: Walk, unit: Unit) -> list[Duty]:
    """The duties of one sentence, list item or lead-in."""
    parsed = walk.parses[unit.unit]
    section = walk.outline.sections[unit.section]
    if parsed.text.rstrip().endswith("?") or not parsed.tokens or _is_name(parsed) or heads_kinds(walk.outline, unit):
        return []
    if leads_a_list(walk, unit):
        return _read_lead_unit(walk, unit, parsed, section)
    if is_described(walk, unit):
        return []
    lead = lead_of(walk, unit)
    if unit.kind == "table_row":
        return _read_row(walk, unit, section)
    norms = [n for n in find_norms(parsed) if not is_no_rule(parsed, n, section)]
    if lead is not None:
        if lead.rule == "lead_att" and lead.modality == "should" and parsed.text[:1].islower():
            norms = [_weakened(n) for n in norms]
        taken = _from_lead(walk, unit, parsed, section, lead, norms)
        if taken is not None:
            return taken
    elif unit.lead_in >= 0 and parsed.text[:1].islower():
        norms = [n for n in norms if n.rule != "imperative"]  # goes on from words that ask nothing
    if unit.kind == "sentence" and unit.lead_in < 0 and (tasks := _tasks_of_role(parsed, section)):
        norms = tasks if len(tasks) > len(norms) else norms
    if not norms and walk.plain and section.kind == "body" and unit.lead_in < 0:
        norms = plain_norms(parsed)
    return [place_duty(walk, unit, section, parsed, n, lead) for n in norms]


def _tasks_of_role(parsed: Parse, section: Section) -> list[Norm]:
    """The tasks that a sentence without a subject lists under a role's heading: "Äger strategin. Stöttar, utbildar"."""
    first = parsed.tokens[0]
    if "Tense=Pres" not in first.morph or split_clauses(parsed)[0].kind != "main":
        return []
    actor = surroundings.heading_actor(section.title)
    return verb_initial_norms(parsed, actor, rule="role_task") if actor is not None else []


def _weakened(norm: Norm) -> Norm:
    """A norm of an item that only goes on from its lead-in; one with a modal or an imperative has its own force."""
    own = norm.rule == "imperative" or norm.rule.startswith("modal_")
    return norm if own else replace(norm, modality=WEAKER.get(norm.modality, norm.modality))


def _is_name(parsed: Parse) -> bool:
    """Whether a short line without a stop names a body or a place rather than saying anything ("MARKS KOMMUN")."""
    words = parsed.text.split()
    last = words[-1].strip(",").lower()
    return len(words) <= LONGEST_NAME and (parsed.text.isupper() or last in BODIES)


def _read_row(walk: Walk, unit: Unit, section: Section) -> list[Duty]:
    """The duties of a table's row, cell by cell; whom one cell names does what the others say."""
    duties: list[Duty] = []
    row = walk.rows.get(unit.unit)
    if row is None or row.is_head:
        return []
    actor = row.actor
    for part in row.parts:
        if part.cell == max(row.doer, 0) and not lexicon().has("forbidding_heads", row.head_of(part)):
            continue
        # Cells name things and kinds of handling; only what has a modal or a doer binds.
        found = find_norms(part.parse)
        norms = [n for n in found if n.rule.startswith("modal_")]
        if not norms and lexicon().has("forbidding_heads", row.head_of(part)):
            norms = [_whole(part.parse, "must_not", "forbidding_head")]
        if not norms and stands_over(row.head_of(part), ("thing_heads", "time_heads")):
            continue
        if actor is not None and not norms:
            norms = verb_initial_norms(part.parse, actor, rule="role_task")
        norms = norms or [n for n in found if n.actor is not None]
        if not norms and (reader := _READER.search(row.head_of(part))):  # "Så här gör du" over what is to be done
            told = Actor(reader[0].lower(), "staff")
            norms = [replace(n, actor=told) for n in found if n.rule == "imperative"]
        if actor is not None and not norms:
            norms = list(found)  # fixed phrases: "Har det yttersta ansvaret"
        duties += [place_in_row(walk, part.unit, section, part.parse, n, actor) for n in norms]
    return duties


def _read_lead_unit(walk: Walk, unit: Unit, parsed: Parse, section: Section) -> list[Duty]:
    """A lead-in: a duty of its own where its items are things; where they are verbs, they are the duties."""
    lead = surroundings.read_lead(parsed)
    walk.leads[unit.unit] = lead
    norms = [n for n in find_norms(parsed) if not is_no_rule(parsed, n, section)]
    if lead is None:
        return [place_duty(walk, unit, section, parsed, n, None) for n in norms]
    below = [u for u in items_of(walk, unit) if u.unit in walk.parses]
    items = [walk.parses[u.unit] for u in below]
    if any(is_described(walk, u) for u in below):
        return [place_duty(walk, unit, section, parsed, n, None) for n in norms]
    verbal = sum(_is_verbal_under(lead, p) for p in items)
    if lead.open and verbal * 2 < max(1, len(items)) and lead.norm is None:
        if section.kind == "purpose" or lead.rule == "lead_role":  # a role's tasks are told in nouns: each is one
            return []
        norm = _whole(parsed, lead.modality, lead.rule, lead.actor)
        return [place_duty(walk, unit, section, parsed, norm, None)]
    comes_to = bool(norms) and norms[-1].rule == "continuation" and lead.open  # "Det betyder bland annat att"
    if (verbal * 2 >= max(1, len(items)) and norms) or comes_to:
        norms = norms[:-1]  # the items carry the last norm's verbs
    return [place_duty(walk, unit, section, parsed, n, None) for n in norms]


def _is_verbal_under(lead: Lead, parsed: Parse) -> bool:
    """Whether an item says what is to be done or to be the case, as its lead-in has it."""
    goes_on = (lead.rule == "lead_att" and _is_infinitive(parsed)) or (
        lead.rule in ("lead_att", "lead_modal") and _puts_verb_behind(parsed)
    )
    clauses = lead.rule in ("lead_att", surroundings.LEAD_STATE)
    return is_verbal(parsed) or goes_on or (clauses and _is_clause(parsed))


def _whole(parsed: Parse, modality: str, rule: str, actor: Actor | None = None) -> Norm:
    """The words of a lead-in or a cell as one norm."""
    tokens = parsed.tokens
    end = len(tokens)
    while end > 1 and tokens[end - 1].pos == "PUNCT":
        end -= 1
    return Norm(0, end, end - 1, modality, rule, 0.7, None, actor)


def is_verbal(parsed: Parse) -> bool:
    """Whether a list item is a verb phrase or a clause rather than the name of a thing."""
    words = [t for t in parsed.tokens if t.pos not in ("PUNCT", "ADV", "PART", "SYM")]
    if not words:
        return False
    first = words[0]
    low = first.low
    verbal = first.pos in ("VERB", "AUX") and "VerbForm=Part" not in first.morph
    if low == "att" or (verbal and (len(words) == 1 or words[1].low not in ("och", "eller"))):
        return True
    if low in lexicon().words["imperatives"] and len(words) > 1 and words[1].pos not in ("CCONJ", "ADP"):
        return True
    return bool(find_norms(parsed))


def _from_lead(
    walk: Walk, unit: Unit, parsed: Parse, section: Section, lead: Lead, norms: Sequence[Norm]
) -> list[Duty] | None:  # fmt: skip
    """The duties of an item that goes on where its lead-in stopped; None where the item stands on its own."""
    own = [n for n in norms if n.rule != "imperative"]
    if not own and norms and _stands_alone(parsed):
        return None
    verbal = _is_verbal_under(lead, parsed)
    if not own and lead.rule == "lead_role" and section.kind != "purpose" and _names_task(parsed):
        task = _whole(parsed, lead.modality, "role_noun", lead.actor)
        return [place_duty(walk, unit, section, parsed, task, lead)]
    if own or not verbal:
        return None if own else []
    if section.kind == "purpose" and lead.actor is None:
        return []
    tokens = parsed.tokens
    end = len(tokens)
    while end > 1 and (tokens[end - 1].pos == "PUNCT" or tokens[end - 1].low in ("och", "samt", "eller")):
        end -= 1
    start = 0
    while start < end - 1 and tokens[start].pos == "PUNCT":
        start += 1
    if not lead.open and norms:
        return None
    verb = next((t.i for t in tokens[start:end] if t.pos in ("VERB", "AUX")), start)
    modality = lead.modality
    negated = any(t.low in ("inte", "aldrig", "ej") for t in tokens[: verb + 2])
    if negated:
        modality = {"must": "must_not", "should": "should_not", "may": "must_not"}.get(modality, modality)
    tasks = verb_initial_norms(parsed, lead.actor, rule=lead.rule) if lead.rule == "lead_role" else []
    own_doer = actor_of(parsed, find_subject(parsed, clauses[0])) if (clauses := split_clauses(parsed)) else None
    norm = Norm(start, end, verb, modality, lead.rule, 0.85, None, own_doer or lead.actor, conjunct=True)
    parts = tasks or with_conjuncts(parsed, norm)
    return [place_duty(walk, unit, section, parsed, n, lead) for n in parts]


def _names_task(parsed: Parse) -> bool:
    """Whether an item is a noun for what somebody does: "daglig bevakning på vardagar", "svar på frågor".

    By the word, for taggers take a rare one that nothing stands before for a name or a verb.
    """
    task, seen = lexicon().patterns["task_noun"], [t for t in parsed.tokens if t.pos != "PUNCT"][:LONGEST_NAME]
    ahead = list(takewhile(lambda t: t.pos in ("ADJ", "ADV", "DET") and not task.search(t.low), seen))
    return len(ahead) < len(seen) and task.search(seen[len(ahead)].low) is not None


def _is_infinitive(parsed: Parse) -> bool:
    """Whether an item that goes on from "att" begins as an infinitive does, whatever the tagger says: "svära"."""
    first = next((t for t in parsed.tokens if t.pos != "PUNCT"), None)
    if first is None or not first.text.islower() or not first.low.endswith("a") or first.pos == "DET":
        return False
    return not any("VerbForm=Fin" in t.morph for t in parsed.tokens)


def _puts_verb_behind(parsed: Parse) -> bool:
    """Whether an item's infinitive stands behind when or how it is done: "varje arbetsdag gå igenom kommentarerna"."""
    tokens = parsed.tokens
    verb = next((t for t in tokens if t.pos in ("VERB", "AUX")), None)
    if verb is None or verb.i == 0 or verb.dep != "root":
        return False
    infinite = "VerbForm=Inf" in verb.morph or "Mood=Imp" in verb.morph
    return infinite and all(t.dep not in ("nsubj", "nsubj:pass", "obj", "expl") for t in tokens[: verb.i])


def _is_clause(parsed: Parse) -> bool:
    """Whether an item is a clause with subject and verb, as one behind "se till att" is: "avsändaren är tydlig".

    What is told of habits ("kopplas vanligtvis samman") is something to know, not to see to.
    """
    opening = split_clauses(parsed)[:1]
    if any(token.low in HABIT for token in parsed.tokens):
        return False
    return bool(opening) and opening[0].kind == "main" and opening[0].finite > opening[0].start


def _stands_alone(parsed: Parse) -> bool:
    """Whether an item is a sentence of its own: a capital letter and a full stop or another sentence's mark."""
    words = parsed.text.strip()
    return words[:1].isupper() and words.endswith((".", "!"))


def is_no_rule(parsed: Parse, norm: Norm, section: Section) -> bool:
    """Whether what looks like a norm is an account, an aim, a condition, or a formula of minutes."""
    said = words_of(parsed, norm.start, norm.end)
    if lexicon().patterns["no_rule"].match(said):
        return True
    return surroundings.is_account(parsed, norm) or surroundings.is_aim(parsed, norm, section)
