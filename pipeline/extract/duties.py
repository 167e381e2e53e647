"""The duties of a document: every unit's norms, seen with its lead-in, heading and the sentence before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract import surroundings
from pipeline.extract.actors import POINTING, with_actors
from pipeline.extract.candidates import (
    DUTY,
    LIKELY,
    Candidate,
    load_model,
    norm_behind,
    norm_of_candidate,
)
from pipeline.extract.conditions import find_condition
from pipeline.extract.conjuncts import with_conjuncts
from pipeline.extract.found import Duty
from pipeline.extract.joints import LIKELY as CUT
from pipeline.extract.joints import Joint, clause_behind, find_joints, load_weights
from pipeline.extract.norm import TRAINED, Norm
from pipeline.extract.norms import find_norms, is_invitation
from pipeline.extract.parsed import ParsedUnits
from pipeline.extract.present_rules import plain_norms, verb_initial_norms
from pipeline.extract.subjects import Actor, actor_of, find_subject
from pipeline.extract.surroundings import Lead
from pipeline.records.outline import Outline, Section, Unit
from pipeline.spans import cover
from pipeline.swedish.clauses import split_clauses
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, parse

RULE_TYPES = frozenset({"regler", "rutin", "riktlinje", "anvisning"})
SAME_CLAUSE = 0.5
STEM = 5
"""Letters by which words are held together whatever their endings."""
EVERYWHERE = frozenset({"socia", "medie", "kommu", "verks", "använ", "ansva", "konto", "konte"})
LONGEST_NAME = 4
"""Words in a line that only names a body."""
BODIES = frozenset({"kommun", "kommuns", "stad", "region", "förvaltning", "förbund"})
MIN_PLAIN = 8
"""Sentences in its body that a document must have for its style to be told."""
GIVEN_ACTOR = ("lead_role", "role_task")
"""Rules whose norms carry the actor of a heading or a cell, which the clause itself does not name."""
MIN_STEPS = 3
"""Norms in a row, in one sentence or one numbered list, that make a procedure."""


@dataclass(slots=True)
class _Walk:
    """What is known while the units are read in order."""

    outline: Outline
    parses: Mapping[int, Parse]
    to_public: bool
    leads: dict[int, Lead | None]
    plain: bool
    """Whether the document states its rules as plain facts, without modals."""
    naming: set[int]
    """Units in which some duty names its actor itself."""
    we: Actor
    """Who "vi" is."""
    last: Duty | None = None


def find_duties(
    outline: Outline, parsed: ParsedUnits, *, trained: bool = True, weighed: bool = True, cut: bool = True
) -> list[Duty]:  # fmt: skip
    """The duties of a document in text order.

    Args:
        outline: The document's structure; all offsets refer to its text.
        parsed: Its units with their parses.
        trained: Whether the trained model weighs what the rules find and adds what they miss.
        weighed: Whether the other trained model then chooses the actors; without it they are those of the rules.
        cut: Whether a third one cuts duties at their joints.
    """
    walk = _Walk(outline, parsed.parses, parsed.to_public, {}, False, set(), surroundings.speaking_body(outline.text))
    walk.plain = _is_plain(walk, parsed.units)
    by_unit: dict[int, list[Candidate]] = {}
    for candidate in parsed.candidates if trained else ():
        by_unit.setdefault(candidate.unit.unit, []).append(candidate)
    duties: list[Duty] = []
    for unit in parsed.units:
        found = _read_unit(walk, unit)
        if trained:
            found = _weigh(walk, unit, found, by_unit.get(unit.unit, []))
            if cut:
                found = [part for duty in found for part in _cut(walk, unit, duty)]
        duties += found
        named = ("continuation", *GIVEN_ACTOR)
        if any(d.actor is not None and (d.actor_explicit or d.rule in named) for d in found):
            walk.naming.add(unit.unit)
    if trained and weighed:
        duties = with_actors(outline, parsed, duties)
    return _with_procedures(duties)


def _weigh(walk: _Walk, unit: Unit, found: list[Duty], candidates: Sequence[Candidate]) -> list[Duty]:
    """A unit's duties with the model's word: each clause weighed with and without a rule's finding, missed ones added.

    A duty that is no clause of its own (an item under its lead-in, a later conjunct) keeps what its rule says.
    """
    model = load_model("duties")
    likely: dict[int, float] = {}
    added: list[Duty] = []
    for candidate in candidates:
        own = [i for i, duty in enumerate(found) if _is_same(candidate, duty)]
        sure = model.weigh(candidate.texts, {DUTY: 1.0} if own else {})[DUTY]
        for i in own:  # a row of a table holds several clauses: the surest speaks for it
            likely[i] = max(sure, likely.get(i, 0.0))
        if not own and sure >= LIKELY and not any(d.start < candidate.end and candidate.start < d.end for d in found):
            added += _read_candidate(walk, unit, candidate, sure)
    weighed = [replace(duty, confidence=likely.get(i, duty.confidence)) for i, duty in enumerate(found)]
    return sorted([*weighed, *added], key=lambda d: (d.start, d.end))


def _read_candidate(walk: _Walk, unit: Unit, candidate: Candidate, likely: float) -> list[Duty]:
    """The duties of a clause that only the model knows for one: each conjunct with the modality its words give."""
    parsed = walk.parses[unit.unit]
    norm = norm_of_candidate(parsed, candidate, confidence=likely)
    section, lead = walk.outline.sections[unit.section], _lead_of(walk, unit)
    if _is_no_rule(parsed, norm, section) or is_invitation(parsed, norm):
        return []
    if unit.kind == "list_item" and unit.lead_in >= 0 and lead is not None and not _is_verbal(parsed):
        return []  # a thing that the lead-in forbids or asks for: the duty is the lead-in's
    return [_duty(walk, unit, section, parsed, n, lead) for n in with_conjuncts(parsed, norm)]


def joints_of(parses: Mapping[int, Parse], duty: Duty) -> Iterator[tuple[Joint, int]]:
    """The joints inside a duty, each with the offset in the reading text at which the words behind it begin."""
    unit = duty.unit
    if unit.kind == "table_row" or unit.unit not in parses:
        return  # its cells were parsed by themselves
    parsed = parses[unit.unit]
    own = [t.i for t in parsed.tokens if duty.start - unit.start <= t.start and t.end <= duty.end - unit.start]
    if own:
        for joint in find_joints(parsed, own[0], own[-1] + 1, duty.rule):
            yield joint, unit.start + parsed.tokens[joint.start].start


def _cut(walk: _Walk, unit: Unit, duty: Duty) -> list[Duty]:
    """A duty and those that begin at its joints, each with the modality its own words give."""
    weights = load_weights()
    joints = [joint for joint, _ in joints_of(walk.parses, duty) if joint.likelihood(weights) >= CUT] if weights else []
    if not joints:
        return [duty]
    parsed, section, lead = walk.parses[unit.unit], duty.section, _lead_of(walk, unit)
    tokens = parsed.tokens
    last = max(t.i for t in tokens if t.end <= duty.end - unit.start) + 1
    ends = [*(joint.before for joint in joints[1:]), last]
    walk.last = replace(duty, end=unit.start + tokens[joints[0].before - 1].end)
    parts = [walk.last]
    for joint, end in zip(joints, ends, strict=True):
        clause = clause_behind(parsed, joint, end)
        norm = norm_behind(parsed, clause, parts[0].modality, duty.confidence * joint.likelihood(weights))
        parts.append(_duty(walk, unit, section, parsed, norm, lead))
    return parts


def _is_same(candidate: Candidate, duty: Duty) -> bool:
    """Whether a candidate and a duty are about the same clause: they share at least half of the shorter one."""
    return cover((candidate.start, candidate.end), (duty.start, duty.end)) >= SAME_CLAUSE


def _read_unit(walk: _Walk, unit: Unit) -> list[Duty]:
    """The duties of one sentence, list item or lead-in."""
    parsed = walk.parses[unit.unit]
    section = walk.outline.sections[unit.section]
    if parsed.text.rstrip().endswith("?") or not parsed.tokens or _is_name(parsed):
        return []
    if _leads_a_list(walk, unit):
        return _read_lead_unit(walk, unit, parsed, section)
    lead = _lead_of(walk, unit)
    if unit.kind == "table_row":
        return _read_row(walk, unit, section)
    norms = [n for n in find_norms(parsed) if not _is_no_rule(parsed, n, section)]
    if lead is not None:
        taken = _from_lead(walk, unit, parsed, section, lead, norms)
        if taken is not None:
            return taken
    elif unit.lead_in >= 0 and parsed.text[:1].islower():
        norms = [n for n in norms if n.rule != "imperative"]  # goes on from words that ask nothing
    if not norms and walk.plain and section.kind == "body" and unit.lead_in < 0:
        norms = plain_norms(parsed)
    return [_duty(walk, unit, section, parsed, n, lead) for n in norms]


def _is_plain(walk: _Walk, units: Sequence[Unit]) -> bool:
    """Whether a document of rules does without modals and imperatives: it then means its present tense to bind."""
    kind = walk.outline.value_of("document_type")
    body = [u for u in units if walk.outline.sections[u.section].kind == "body" and u.kind in ("sentence", "list_item")]
    if kind not in RULE_TYPES or len(body) < MIN_PLAIN:
        return False
    marked = sum(
        any(n.rule.startswith(("modal_", "imperative")) for n in find_norms(walk.parses[u.unit])) for u in body
    )
    told = sum(bool(find_norms(walk.parses[u.unit])) for u in body)
    return marked <= len(body) * 0.1 and told >= len(body) * 0.3


def _is_name(parsed: Parse) -> bool:
    """Whether a short line without a stop names a body or a place rather than saying anything ("MARKS KOMMUN")."""
    words = parsed.text.split()
    last = words[-1].strip(",").lower()
    return len(words) <= LONGEST_NAME and (parsed.text.isupper() or last in BODIES)


def _read_row(walk: _Walk, unit: Unit, section: Section) -> list[Duty]:
    """The duties of a table's row, cell by cell; a role in the first cell does what the others say."""
    duties: list[Duty] = []
    actor: Actor | None = None
    at, first = unit.start, True
    for cell in re.split(r"[\t|]", walk.outline.text[unit.start : unit.end]):
        words = cell.strip(" .")
        if words and first:
            actor, first = surroundings.heading_actor(words), False
        elif words:
            parsed = next(iter(parse([words])))
            # Cells name things and kinds of handling; only what has a modal or a doer binds.
            norms = [n for n in find_norms(parsed) if n.rule.startswith("modal_") or n.actor is not None]
            if actor is not None and not norms:
                norms = verb_initial_norms(parsed, actor, rule="role_task") or _phrases(parsed, actor)
            place = replace(unit, start=at + cell.index(words[0]))
            duties += [_duty(walk, place, section, parsed, n, None) for n in norms]
        at += len(cell) + 1
    return duties


def _phrases(parsed: Parse, actor: Actor) -> list[Norm]:
    """The norms of words without a subject that are fixed phrases ("Har det yttersta ansvaret"), given their doer."""
    return [replace(n, actor=actor) for n in find_norms(parsed)]


def _leads_a_list(walk: _Walk, unit: Unit) -> bool:
    following = walk.outline.units[unit.unit + 1] if unit.unit + 1 < len(walk.outline.units) else None
    return following is not None and following.lead_in == unit.unit


def _items(walk: _Walk, lead: Unit) -> list[Unit]:
    return [u for u in walk.outline.units if u.lead_in == lead.unit]


def _read_lead_unit(walk: _Walk, unit: Unit, parsed: Parse, section: Section) -> list[Duty]:
    """A lead-in: a duty of its own where its items are things; where they are verbs, they are the duties."""
    lead = surroundings.read_lead(parsed)
    walk.leads[unit.unit] = lead
    norms = [n for n in find_norms(parsed) if not _is_no_rule(parsed, n, section)]
    if lead is None:
        return [_duty(walk, unit, section, parsed, n, None) for n in norms]
    items = [walk.parses[u.unit] for u in _items(walk, unit) if u.unit in walk.parses]
    verbal = sum(_is_verbal(p) for p in items)
    if lead.open and verbal * 2 < max(1, len(items)) and lead.norm is None:
        norm = _whole(parsed, lead)
        return [] if section.kind == "purpose" else [_duty(walk, unit, section, parsed, norm, None)]
    if verbal * 2 >= max(1, len(items)) and norms:
        norms = norms[:-1]  # the items carry the last norm's verbs
    return [_duty(walk, unit, section, parsed, n, None) for n in norms]


def _whole(parsed: Parse, lead: Lead) -> Norm:
    """The lead-in as one norm over all of its words."""
    tokens = parsed.tokens
    end = len(tokens)
    while end > 1 and tokens[end - 1].pos == "PUNCT":
        end -= 1
    return Norm(0, end, end - 1, lead.modality, lead.rule, 0.7, None, lead.actor)


def _lead_of(walk: _Walk, unit: Unit) -> Lead | None:
    if unit.lead_in < 0:
        return _heading_lead(walk.outline.sections[unit.section], unit)
    if unit.lead_in not in walk.leads and unit.lead_in in walk.parses:
        walk.leads[unit.lead_in] = surroundings.read_lead(walk.parses[unit.lead_in])
    return walk.leads.get(unit.lead_in)


def _heading_lead(section: Section, unit: Unit) -> Lead | None:
    """What a heading that is about one role gives the items right under it."""
    actor = surroundings.heading_actor(section.title) if unit.kind == "list_item" and unit.lead_in < 0 else None
    return Lead("must", actor, True, "lead_role", None) if actor is not None else None


def _is_verbal(parsed: Parse) -> bool:
    """Whether a list item is a verb phrase or a clause rather than the name of a thing."""
    words = [t for t in parsed.tokens if t.pos not in ("PUNCT", "ADV", "PART", "SYM")]
    if not words:
        return False
    first = words[0]
    low = first.text.lower()
    verbal = first.pos in ("VERB", "AUX") and "VerbForm=Part" not in first.morph
    if low == "att" or (verbal and (len(words) == 1 or words[1].text.lower() not in ("och", "eller"))):
        return True
    if low in lexicon().words["imperatives"] and len(words) > 1 and words[1].pos not in ("CCONJ", "ADP"):
        return True
    return bool(find_norms(parsed))


def _from_lead(
    walk: _Walk, unit: Unit, parsed: Parse, section: Section, lead: Lead, norms: Sequence[Norm]
) -> list[Duty] | None:  # fmt: skip
    """The duties of an item that goes on where its lead-in stopped; None where the item stands on its own."""
    own = [n for n in norms if n.rule != "imperative"]
    if not own and norms and _stands_alone(parsed):
        return None
    if own or not _is_verbal(parsed):
        return None if own else []
    if section.kind == "purpose" and lead.actor is None:
        return []
    tokens = parsed.tokens
    end = len(tokens)
    while end > 1 and (tokens[end - 1].pos == "PUNCT" or tokens[end - 1].text.lower() in ("och", "samt", "eller")):
        end -= 1
    start = 0
    while start < end - 1 and tokens[start].pos == "PUNCT":
        start += 1
    if not lead.open and norms:
        return None
    verb = next((t.i for t in tokens[start:end] if t.pos in ("VERB", "AUX")), start)
    modality = lead.modality
    negated = any(t.text.lower() in ("inte", "aldrig", "ej") for t in tokens[: verb + 2])
    if negated:
        modality = {"must": "must_not", "should": "should_not", "may": "must_not"}.get(modality, modality)
    tasks = verb_initial_norms(parsed, lead.actor, rule=lead.rule) if lead.rule == "lead_role" else []
    own_doer = actor_of(parsed, find_subject(parsed, clauses[0])) if (clauses := split_clauses(parsed)) else None
    norm = Norm(start, end, verb, modality, lead.rule, 0.85, None, own_doer or lead.actor, conjunct=True)
    parts = tasks or with_conjuncts(parsed, norm)
    return [_duty(walk, unit, section, parsed, n, lead) for n in parts]


def _stands_alone(parsed: Parse) -> bool:
    """Whether an item is a sentence of its own: a capital letter and a full stop or another sentence's mark."""
    words = parsed.text.strip()
    return words[:1].isupper() and words.endswith((".", "!"))


def _is_no_rule(parsed: Parse, norm: Norm, section: Section) -> bool:
    """Whether what looks like a norm is an account, an aim, or stands where nothing binds."""
    return surroundings.is_account(parsed, norm) or surroundings.is_aim(parsed, norm, section)


def _duty(walk: _Walk, unit: Unit, section: Section, parsed: Parse, norm: Norm, lead: Lead | None) -> Duty:
    """A norm with the actor its surroundings give and its place in the document; it is then the last one read."""
    tokens = parsed.tokens
    start = unit.start + tokens[norm.start].start
    end = unit.start + tokens[norm.end - 1].end
    actor, explicit = _actor(walk, unit, section, norm, lead)
    if actor is not None and actor.word == "vi":
        actor = walk.we
    group = surroundings.group_in_document(actor, to_public=walk.to_public)
    actor = Actor(actor.word, group, actor.points_back) if actor is not None else None
    condition, exception = find_condition(parsed, norm)
    lead_words = walk.outline.text[_start(walk, unit) : _end(walk, unit)] if unit.lead_in >= 0 else ""
    doubtful = section.kind in ("purpose", "law") and norm.rule != TRAINED
    confidence = norm.confidence * (0.7 if doubtful else 1.0)
    walk.last = Duty(
        unit, section, start, end, norm.modality, actor, explicit, _action(parsed, norm), condition, exception,
        lead_words, norm.rule, round(confidence, 4),
    )  # fmt: skip
    return walk.last


def _start(walk: _Walk, unit: Unit) -> int:
    return walk.outline.units[unit.lead_in].start


def _end(walk: _Walk, unit: Unit) -> int:
    return walk.outline.units[unit.lead_in].end


def _actor(
    walk: _Walk, unit: Unit, section: Section, norm: Norm, lead: Lead | None
) -> tuple[Actor | None, bool]:  # fmt: skip
    """Who is bound: the clause's own word, else lead-in, the sentence before, heading; none where nothing names one."""
    if norm.actor is not None and not norm.actor.points_back:
        return norm.actor, not norm.conjunct and norm.rule not in GIVEN_ACTOR
    before = _said_before(walk, unit)
    if norm.actor is not None and norm.actor.points_back:
        return before, False
    if lead is not None and lead.actor is not None:
        return lead.actor, False
    if norm.rule == "imperative":
        top = _item_lead(walk, unit)
        around = [walk.outline.text, walk.outline.text[section.start : section.end]]
        if top is not None:
            around.append(walk.outline.text[top.start : top.end])
        return surroundings.addressed_reader(around), False
    if before is not None and _goes_on(walk, unit, norm):
        return before, False
    if norm.subject is None or norm.rule.startswith("lead"):
        return surroundings.heading_actor(section.title), False
    return None, False


def _said_before(walk: _Walk, unit: Unit) -> Actor | None:
    """The actor of this sentence's earlier duty, or of the sentence right before where that names one itself."""
    last = walk.last
    if last is None or last.actor is None or last.unit.paragraph != unit.paragraph:
        return None
    if last.unit.unit == unit.unit:
        return last.actor
    if last.unit.unit != unit.unit - 1 or unit.kind == "list_item":
        return None
    return last.actor if last.unit.unit in walk.naming else None


def _goes_on(walk: _Walk, unit: Unit, norm: Norm) -> bool:
    """Whether a clause without a doer goes on about the act told before it, so that its doer is the same.

    It does in the same sentence, after "det" and the like, and in a passive that takes up the words before.
    """
    last = walk.last
    if last is None or last.unit.unit == unit.unit or norm.conjunct or norm.rule == "continuation":
        return True
    words = walk.parses[unit.unit].tokens
    if words[norm.start].text.lower() in POINTING:
        return True
    said = walk.outline.text[last.unit.start : last.unit.end]
    return norm.rule == "present_passive" and bool(_stems(walk.parses[unit.unit].text) & _stems(said))


def _stems(text: str) -> set[str]:
    """The beginnings of a text's longer words, but for those that stand everywhere."""
    return {w[:STEM] for w in re.findall(r"[a-zåäö]{5,}", text.lower())} - EVERYWHERE


def _item_lead(walk: _Walk, unit: Unit) -> Unit | None:
    """The lead-in of the list item that a sentence stands in, however far in the item it comes."""
    units = walk.outline.units
    at = unit.unit
    while at > 0 and units[at].kind == "sentence" and units[at].depth and units[at - 1].paragraph == unit.paragraph:
        at -= 1
    return units[units[at].lead_in] if units[at].lead_in >= 0 else None


def _action(parsed: Parse, norm: Norm) -> str:
    """The main verb's lemma with the words behind it."""
    tokens = parsed.tokens
    verb = tokens[norm.verb]
    rest = [t.text for t in tokens[norm.verb + 1 : norm.end]]
    if norm.subject is not None and norm.actor is None:
        head = [t.text for t in tokens[norm.subject.start : norm.subject.end]]
        rest = [*head, *rest]
    said = re.sub(r"\s+([,.;:)])", r"\1", " ".join([verb.lemma, *rest]))
    return said.strip(" ,;:")


def _with_procedures(duties: list[Duty]) -> list[Duty]:
    """The duties with chains of steps marked: at least three in one sentence, or in one numbered list."""
    groups: dict[tuple[str, int], list[int]] = {}
    for i, duty in enumerate(duties):
        numbered = duty.unit.marker[:1].isdigit()
        key = ("list", duty.unit.paragraph) if numbered else ("unit", duty.unit.unit)
        groups.setdefault(key, []).append(i)
    result = list(duties)
    for indices in groups.values():
        if len(indices) < MIN_STEPS:
            continue
        first = duties[indices[0]]
        for step, i in enumerate(indices, 1):
            result[i] = replace(duties[i], procedure=f"p{first.start}", step=step)
    return result
