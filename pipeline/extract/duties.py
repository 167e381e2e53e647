"""The duties of a document: every unit's norms, seen with its lead-in, heading and the sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from pipeline.extract import surroundings
from pipeline.extract.actors import with_actors
from pipeline.extract.candidates import DUTY, LIKELY, Candidate, load_model, norm_of_candidate
from pipeline.extract.conjuncts import with_conjuncts
from pipeline.extract.cutting import cut_duty
from pipeline.extract.found import Duty
from pipeline.extract.norm import ANSWERS, tells_a_habit
from pipeline.extract.norms import find_norms, is_invitation
from pipeline.extract.parsed import ParsedUnits
from pipeline.extract.placing import GIVEN_ACTOR, place_duty, place_in_row
from pipeline.extract.reading import is_no_rule, is_verbal, read_unit
from pipeline.extract.retention import heads_kinds
from pipeline.extract.walk import Walk, is_asked, is_described, lead_of, leads_a_list
from pipeline.records.outline import Outline, Unit
from pipeline.records.requirement import EXEMPTION
from pipeline.spans import cover
from pipeline.swedish.normative import lexicon

InOrder: TypeAlias = tuple[Candidate | None, Candidate, Candidate | None]
"""A clause with the one before it and the one behind in the document."""

RULE_TYPES = frozenset({"regler", "rutin", "riktlinje", "anvisning"})
SAME_CLAUSE = 0.5
MIN_PLAIN = 8
"""Sentences in its body that a document must have for its style to be told."""
MIN_STEPS = 3
"""Norms in a row, in one sentence or one numbered list, that make a procedure."""


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
    walk = Walk(
        outline,
        parsed.parses,
        parsed.rows,
        parsed.public_sections,
        {},
        False,
        set(),
        surroundings.speaking_body(outline.text),
    )
    walk.plain = _is_plain(walk, parsed.units)
    by_unit: dict[int, list[InOrder]] = {}
    if trained:
        load_model("duties").score([candidate.texts for candidate in parsed.candidates])
        for beside in _in_order(parsed.candidates):
            by_unit.setdefault(beside[1].unit.unit, []).append(beside)
    duties: list[Duty] = []
    for unit in parsed.units:
        if is_asked(walk, unit):
            continue
        found = read_unit(walk, unit)
        if trained:
            found = _weigh(walk, found, by_unit.get(unit.unit, []))
            if cut:
                found = [part for duty in found for part in cut_duty(walk, unit, duty)]
            found = _with_shared_subjects(found, [beside[1] for beside in by_unit.get(unit.unit, [])])
        duties += found
        named = ("continuation", *GIVEN_ACTOR)
        if any(d.actor is not None and (d.actor_explicit or d.rule in named) for d in found):
            walk.naming.add(unit.unit)
    if trained and weighed:
        duties = with_actors(outline, parsed, duties)
    return _with_procedures(outline, [_owed(walk, duty) for duty in duties])


def _owed(walk: Walk, duty: Duty) -> Duty:
    """A duty to give the reader something ("Du får svar inom 24 timmar"): who speaks owes it, not who gets it."""
    reader = duty.actor is not None and duty.actor.word.lower() in surroundings.READERS
    said = " ".join(walk.outline.text[duty.start : duty.end].split())
    return replace(duty, actor=walk.we) if reader and lexicon().patterns["receives"].search(said) else duty


def _in_order(candidates: Sequence[Candidate]) -> list[InOrder]:
    """Each clause between the one before it and the one behind."""
    return list(zip([None, *candidates], candidates, [*candidates[1:], None], strict=False))


def _weigh(walk: Walk, found: list[Duty], candidates: Sequence[InOrder]) -> list[Duty]:
    """A unit's duties with the model's word: each clause weighed with and without a rule's finding, missed ones added.

    A duty that is no clause of its own (an item under its lead-in, a later conjunct) keeps what its rule says.
    """
    model = load_model("duties")
    likely: dict[int, float] = {}
    added: list[Duty] = []
    for before, candidate, behind in candidates:
        own = [i for i, duty in enumerate(found) if _is_same(candidate, duty)]
        beside = [None if other is None else other.texts for other in (before, behind)]
        said = {DUTY: 1.0} if own else {}
        sure = model.weigh(candidate.texts, said, before=beside[0], behind=beside[1])[DUTY]
        # What a lead-in is about stands in its items, which the model does not see: the rule's word is not overruled.
        least = LIKELY if leads_a_list(walk, candidate.unit) else 0.0
        for i in own:  # a row of a table holds several clauses: the surest speaks for it
            stands = LIKELY if _is_certain(walk, found[i]) else least
            likely[i] = max(sure, stands, likely.get(i, 0.0))
        if not own and sure >= LIKELY and not any(d.start < candidate.end and candidate.start < d.end for d in found):
            added += _read_candidate(walk, candidate, sure)
    weighed = [replace(duty, confidence=likely.get(i, duty.confidence)) for i, duty in enumerate(found)]
    return sorted([*weighed, *added], key=lambda d: (d.start, d.end))


def _with_shared_subjects(duties: Sequence[Duty], candidates: Sequence[Candidate]) -> list[Duty]:
    """The duties with their subject where the clause that holds it binds nobody.

    "Uppgifter om hälsa omfattas av sekretess och får inte förekomma": the second verb alone says of nothing what holds.
    """
    result = list(duties)
    mains = {c.clause.finite: c for c in candidates if c.clause.kind == "main"}
    for candidate in candidates:
        head, clause = mains.get(candidate.clause.head), candidate.clause
        modal = candidate.parse.tokens[clause.finite].low in lexicon().modals
        if clause.kind != "conjunct" or not modal or head is None or head.parse is not candidate.parse:
            continue
        if any(d.start < head.end and head.start < d.end for d in result):
            continue
        result = [replace(d, start=head.start) if d.start == candidate.start else d for d in result]
    return result


def _is_certain(walk: Walk, duty: Duty) -> bool:
    """Whether a rule's word stands whatever the model says of the words around.

    Of exemptions, of what is a rule wherever it stands, of tasks in nouns under the name of a role, and of items that a
    lead-in forbids ("svära"), and of what a function or a unit answers for.
    """
    if duty.rule in (EXEMPTION, "role_noun") or (duty.rule == "lead_att" and duty.modality == "must_not"):
        return True
    if duty.rule == ANSWERS and duty.actor is not None and duty.actor.group in ("role", "unit"):
        return True
    said = " ".join(walk.outline.text[duty.start : duty.end].split())
    return lexicon().patterns["certain"].search(said) is not None


def _read_candidate(walk: Walk, candidate: Candidate, likely: float) -> list[Duty]:
    """The duties of a clause that only the model knows for one: each conjunct with the modality its words give."""
    unit, parsed = candidate.unit, candidate.parse
    norm = norm_of_candidate(parsed, candidate, confidence=likely)
    row = walk.rows.get(unit.unit)
    if row is not None and row.is_head:
        return []
    section, lead = walk.outline.sections[unit.section], lead_of(walk, unit)
    if is_no_rule(parsed, norm, section) or is_invitation(parsed, norm) or _is_open(walk, candidate):
        return []
    if tells_a_habit(parsed, norm) or heads_kinds(walk.outline, unit):
        return []
    if unit.kind == "list_item" and unit.lead_in >= 0 and lead is not None and not is_verbal(parsed):
        return []  # a thing that the lead-in forbids or asks for: the duty is the lead-in's
    if unit.lead_in >= 0 and (_tells_what_can_be(walk, unit) or is_described(walk, unit)):
        return []
    if row is not None:
        return [place_in_row(walk, unit, section, parsed, n, row.actor) for n in with_conjuncts(parsed, norm)]
    return [place_duty(walk, unit, section, parsed, n, lead) for n in with_conjuncts(parsed, norm)]


def _is_open(walk: Walk, candidate: Candidate) -> bool:
    """Whether a clause is where a lead-in stops ("Den ansvarige skall"): its items say what is to be done."""
    lead = walk.leads.get(candidate.unit.unit)
    return lead is not None and lead.open and not walk.outline.text[candidate.end : candidate.unit.end].strip(" :.…")


def _tells_what_can_be(walk: Walk, unit: Unit) -> bool:
    """Whether the unit goes on from a lead-in that says what is possible ("Genom sociala medier kan vi"), not due."""
    lead = walk.parses.get(unit.lead_in)
    words = {token.low for token in lead.tokens} if lead is not None else set()
    return "kan" in words and words.isdisjoint(lexicon().modals)


def _is_same(candidate: Candidate, duty: Duty) -> bool:
    """Whether a candidate and a duty are about the same clause: they share at least half of the shorter one."""
    return cover((candidate.start, candidate.end), (duty.start, duty.end)) >= SAME_CLAUSE


def _is_plain(walk: Walk, units: Sequence[Unit]) -> bool:
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


def _with_procedures(outline: Outline, duties: list[Duty]) -> list[Duty]:
    """The duties with chains of steps marked.

    At least three in one sentence or numbered list, or two that words put in order: "Spara inlägget. Därefter ...".
    """
    groups: dict[tuple[str, int], list[int]] = {}
    ordered: set[tuple[str, int]] = set()
    key = ("", 0)
    for i, duty in enumerate(duties):
        numbered = any(letter.isdigit() for letter in duty.unit.marker)
        before = duties[i - 1].unit if i else duty.unit
        follows = duty.unit.section == before.section and duty.unit.unit == before.unit + 1
        if follows and lexicon().patterns["next_step"].match(outline.text[duty.unit.start : duty.unit.end]):
            ordered.add(key)
        elif duty.unit.unit != before.unit or not i:
            key = ("list", duty.unit.paragraph) if numbered else ("unit", duty.unit.unit)
        groups.setdefault(key, []).append(i)
    result = list(duties)
    for name, indices in groups.items():
        if len(indices) < (2 if name in ordered else MIN_STEPS):
            continue
        first = duties[indices[0]]
        for step, i in enumerate(indices, 1):
            result[i] = replace(duties[i], procedure=f"p{first.start}", step=step)
    return result
