"""Which harmonised requirements a clause is about: by the codebook's cues, and by what a model learned beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from pipeline.codebooks.codebook import Codebook, Cue, Elsewhere, HarmonisedRequirement
from pipeline.codebooks.cues import CueIndex, split_words
from pipeline.codebooks.trained import describe_clause, load_topics_model
from pipeline.linear import models_folder
from pipeline.records.requirement import MODALITIES

KEPT = 1 << 13
"""Clauses and sentences whose topics are kept: documents share them, and compare asks for some of them twice."""

FIT = 0.5
"""Score from which on a clause is taken to be about a requirement."""

CLAUSE_SCORE = 0.85
CONTEXT_SCORE = 0.6
"""What one cue alone says, where the file gives it no score of its own; several cues add up."""

FIRST_WEIGHT, OTHERS_WEIGHT, DESCRIPTION_WEIGHT = 0.3, 0.2, 0.1
"""What the first term of a cue, the share of its other terms, and the share of the description's words say of how near
a text comes: together less than what counts as a fit."""

DESCRIPTION_STEM = 6

VETO = 0.1
"""Probability below which a model overrules a cue that holds: words in another sense ("en ny bild av kommunen").

Of 189 such pairs in documents that the model had not learned from 13 were right. With 0.2 topics are 0.006 better and
one silent cell in a hundred more wrong.
"""

UNDOUBTED = 0.9
"""What cues must say for no model to overrule them: a word that it never met tells it nothing."""

ONLY_CONDITION = 0.1
"""Probability without the condition below which a topic stands in the condition alone, which requires nothing."""

OVERRULES = 0.9
"""How sure a model is of a requirement from which on it is about it though words of the clause speak against it.

Of 33 such pairs in documents that the model had not learned from 29 were right; where it is less sure, words are.
"""

UNHEARD = 0.95
"""Doubt from which on a model's word for a requirement is not passed on."""


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause with what it hangs on."""

    clause: str
    heading: str = ""
    lead_in: str = ""
    """The list's lead-in; for a later conjunct or a clause without its own object, the sentence it stands in."""
    actor: str = ""
    modality: str = ""
    kinds: frozenset[str] = frozenset()
    actor_group: str = ""
    condition: str = ""
    """When the clause applies, in its own words: what stands there is not what is required."""
    before: str = ""
    """The sentence or list item that stands before the one it is of."""


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A harmonised requirement that a clause is about, and how sure that is (0 to 1)."""

    requirement: str
    score: float


def score_together(codebook: Codebook, clauses: Iterable[ClauseText]) -> None:
    """Have the codebook's model score many clauses in one go, which is cheaper; their topics are the same without."""
    model = load_topics_model(codebook)
    if model is not None:
        model.score([describe_clause(seen) for clause in clauses for seen in _with_and_without_condition(clause)])


def match_topics(codebook: Codebook, clause: ClauseText) -> tuple[TopicMatch, ...]:
    """The harmonised requirements that the clause is about, best first; ties in the codebook's order.

    From a score of `FIT` on it is more likely than not worth saying.
    """
    return _match_topics(codebook, clause, models_folder())


@lru_cache(maxsize=KEPT)
def _match_topics(codebook: Codebook, clause: ClauseText, _models: Path | None) -> tuple[TopicMatch, ...]:
    return _rank(codebook, _weigh(codebook, clause, _doubt_cues(codebook, clause)))


def match_cues(codebook: Codebook, clause: ClauseText) -> tuple[TopicMatch, ...]:
    """What the codebook's cues alone say of a clause, best first: what a model is weighed against."""
    return _rank(codebook, _less_excluded(codebook, clause, _doubt_cues(codebook, clause)))


def _doubt_cues(codebook: Codebook, clause: ClauseText) -> dict[int, float]:
    """For each requirement with a cue that holds for a clause: the probability that all of them mislead."""
    cues = _compile_topics(codebook)
    words, required = split_words(clause.clause), split_words(_without_condition(clause))
    here = cues.clause.index.find_terms(words)
    leading = cues.clause.index.find_terms(required) if required != words else here
    missed = _sum_up(cues.clause, cues.clause.index.holding(leading, here), clause)
    inside = cues.context.index.find_terms(required)
    around = cues.context.index.find_terms(split_words(f"{clause.heading} . {clause.lead_in}"))
    for number, doubt in _sum_up(cues.context, cues.context.index.holding(inside, around), clause).items():
        missed[number] = missed.get(number, 1.0) * doubt
    return missed


def match_statements(codebook: Codebook, clause: ClauseText, *, trained: bool = True) -> tuple[TopicMatch, ...]:
    """The harmonised requirements that a sentence answers though it binds nobody, best first.

    Args:
        codebook: The questions.
        clause: The sentence with its heading and lead-in.
        trained: Whether the model is asked too; it knows only sentences in which nothing binds.
    """
    return _match_statements(codebook, clause, trained, models_folder())


@lru_cache(maxsize=KEPT)
def _match_statements(
    codebook: Codebook, clause: ClauseText, trained: bool, _models: Path | None
) -> tuple[TopicMatch, ...]:  # fmt: skip
    part = _compile_topics(codebook).statements
    here = part.index.find_terms(split_words(clause.clause))
    doubts = _sum_up(part, part.index.holding(here), ClauseText(clause.clause))
    return _rank(codebook, _weigh(codebook, clause, doubts) if trained else _less_excluded(codebook, clause, doubts))


def _weigh(codebook: Codebook, clause: ClauseText, doubts: dict[int, float]) -> dict[int, float]:
    """The cues' doubts, and for requirements that a model knows, what model and cues together leave of doubt.

    What the clause's own words rule out is left out, but where the model is surer than a rule of one word can be.
    """
    model = load_topics_model(codebook)
    if model is None:
        return _less_excluded(codebook, clause, doubts)
    said = {codebook.requirements[number].id: 1 - doubt for number, doubt in doubts.items()}
    likely, *without = (model.weigh(describe_clause(seen), said) for seen in _with_and_without_condition(clause))
    for bare in without:
        likely = {name: sure if bare[name] >= ONLY_CONDITION else bare[name] for name, sure in likely.items()}
    weighed = dict(doubts)
    for number, requirement in enumerate(codebook.requirements):
        sure = likely.get(requirement.id)
        if sure is None:
            continue
        held = said.get(requirement.id, 0.0)
        if held >= FIT and (sure >= VETO or held >= UNDOUBTED):
            sure = max(sure, held)
        weighed[number] = 1 - sure
    heard = {number: doubt for number, doubt in weighed.items() if doubt < UNHEARD}
    certain = frozenset(name for name, sure in likely.items() if sure >= OVERRULES)
    return _less_excluded(codebook, clause, heard, certain)


def _with_and_without_condition(clause: ClauseText) -> list[ClauseText]:
    """A clause, and where it has a condition also what is left of it without."""
    return [clause, *([replace(clause, clause=_without_condition(clause))] if clause.condition else [])]


def _less_excluded(
    codebook: Codebook, clause: ClauseText, doubts: dict[int, float], certain: frozenset[str] = frozenset()
) -> dict[int, float]:
    """The doubts without the requirements that the clause's own words rule out, but for those that are certain."""
    excluded = find_excluded(codebook, clause.clause, clause.heading) - certain if doubts else frozenset()
    return {n: doubt for n, doubt in doubts.items() if codebook.requirements[n].id not in excluded}


@lru_cache(maxsize=KEPT)
def find_excluded(codebook: Codebook, text: str, heading: str = "") -> frozenset[str]:
    """The harmonised requirements that a text is not about by its own words, whatever else speaks for them.

    A text about another matter, by its words or by those of its heading alone, answers none but those that such can.
    """
    part, words = _compile_topics(codebook).unless, split_words(text)
    found = part.index.find_terms(words)
    excluded = {codebook.requirements[part.owners[cue]].id for cue in part.index.holding(found) if found}
    known = codebook.elsewhere
    if known is not None and _is_elsewhere(known, words, split_words(heading)):
        excluded |= {r.id for r in codebook.requirements} - set(known.answers)
    for others in _find_apart(codebook, heading) if heading else ():
        if not others.own.find_terms(words):
            excluded |= others.unanswered
    return frozenset(excluded)


def is_permitting(codebook: Codebook, requirement: str, text: str) -> bool:
    """Whether a text that answers a harmonised requirement gives the power to do it, however its verb binds."""
    return _holds_for(codebook, requirement, _compile_topics(codebook).permits, text)


def is_misplaced(codebook: Codebook, requirement: HarmonisedRequirement, near: str) -> bool:
    """Whether a passage has nothing around it, or in it, of what must stand near an answer to a requirement.

    Args:
        codebook: The codebook.
        requirement: One of its harmonised requirements.
        near: The passage with what stands around it.
    """
    parts = _compile_topics(codebook).near
    return bool(requirement.near) and not _holds_for(codebook, requirement.id, parts, near)


def _holds_for(codebook: Codebook, requirement: str, part: _Part, text: str) -> bool:
    held = part.index.holding(part.index.find_terms(split_words(text)))
    return any(codebook.requirements[part.owners[cue]].id == requirement for cue in held)


def _is_elsewhere(known: Elsewhere, words: Sequence[str], heading: Sequence[str]) -> bool:
    other, own = _compile_elsewhere(known.words, known.own)
    if own.find_terms(words):
        return False
    return bool(other.find_terms(words)) or (bool(other.find_terms(heading)) and not own.find_terms(heading))


@lru_cache(maxsize=8)
def _compile_elsewhere(words: str, own: str) -> tuple[CueIndex, CueIndex]:
    """Terms for other matters and for the codebook's own."""
    return CueIndex([[words]]), CueIndex([[own]])


@dataclass(frozen=True, slots=True)
class _Beside:
    """Sections about something beside: cues for their headings, terms of clauses that are not, what none answers."""

    headings: CueIndex
    own: CueIndex
    unanswered: frozenset[str]


@lru_cache(maxsize=KEPT)
def _find_apart(codebook: Codebook, heading: str) -> tuple[_Beside, ...]:
    """The kinds of sections about something beside that a heading stands over."""
    words = split_words(heading)
    return tuple(
        beside
        for beside in _compile_apart(codebook)
        if any(True for _ in beside.headings.holding(beside.headings.find_terms(words)))
    )


@lru_cache(maxsize=8)
def _compile_apart(codebook: Codebook) -> tuple[_Beside, ...]:
    asked = {r.id for r in codebook.requirements}
    return tuple(
        _Beside(CueIndex([c.all for c in a.headings]), CueIndex([[a.own]]), frozenset(asked - set(a.answers)))
        for a in codebook.apart
    )


_WEEKS = re.compile(r"\bp(\d+)w\b")
_KEPT = re.compile(r"^(?:gallras|bevaras|sparas|arkiveras) (?:(?:senast )?efter )?(?=p\d)")
_BOARD = re.compile(r"styrelsen\b")


def match_members(requirement: HarmonisedRequirement, text: str, around: str = "") -> tuple[str, ...]:
    """The ids of the set's members that a text names, sorted; `around` is the text with what stands around it."""
    named = _match_members(requirement, text)
    if not around or not any(member.around for member in requirement.members):
        return named
    return tuple(sorted({*named, *_holding(_compile_around(requirement), around)}))


@lru_cache(maxsize=2 * KEPT)
def _match_members(requirement: HarmonisedRequirement, text: str) -> tuple[str, ...]:
    # Kept by the text alone, which comes again and again; what stands around it seldom does.
    return tuple(sorted(_holding(_compile_members(requirement), text)))


def _holding(compiled: tuple[tuple[str, ...], CueIndex], text: str) -> set[str]:
    names, index = compiled
    return {names[owner] for owner in index.holding(index.find_terms(split_words(text)))}


def normalise_value(requirement: HarmonisedRequirement, value: str) -> frozenset[str]:
    """A cell's value as tokens that can be compared, however a person wrote them down.

    "vårdad" and "careful" are the same member of a set, known by the words of its cues; the bare duty ("duty", or the
    modality alone) says no more than that the cell is stated, and is left out. All else is folded to small letters.
    """
    known = {member.id for member in requirement.members}
    tokens = {" ".join(token.casefold().split()) for token in value.split("|")} - {"", "duty", *MODALITIES}
    found: set[str] = set()
    for token in tokens:
        found.update({token} if token in known else match_members(requirement, token) or {_fold(requirement, token)})
    return frozenset(found)


def _fold(requirement: HarmonisedRequirement, token: str) -> str:
    """A value without what writers do differently: weeks as days, what is kept without the verb, "styrelsen"."""
    token = _WEEKS.sub(lambda m: f"p{7 * int(m[1])}d", token)
    if requirement.value == "retention":
        token = _KEPT.sub("", token)
    return _BOARD.sub("styrelse", token) if "role" in requirement.kinds else token


@lru_cache(maxsize=KEPT)
def measure_nearness(codebook: Codebook, text: str) -> Mapping[str, float]:
    """For each harmonised requirement that the text shares words with: how near it comes (0 to 0.6).

    The first term of a cue is what it is about, the others are verbs and objects that many sentences have.
    """
    words = split_words(text)
    part = _compile_topics(codebook).clause
    best: dict[str, float] = {}
    for owner, first, others in part.index.shares(part.index.find_terms(words)):
        name = codebook.requirements[part.owners[owner]].id
        best[name] = max(best.get(name, 0.0), first * FIRST_WEIGHT + others * OTHERS_WEIGHT)
    descriptions = _compile_descriptions(codebook)
    for owner, _, share in descriptions.shares(descriptions.find_terms(words)):
        name = codebook.requirements[owner].id
        best[name] = best.get(name, 0.0) + share * DESCRIPTION_WEIGHT
    return MappingProxyType({name: round(score, 4) for name, score in best.items() if score})


@dataclass(frozen=True, slots=True)
class _Part:
    """All cues of one sort of a codebook, with whose they are."""

    index: CueIndex
    cues: tuple[Cue, ...]
    owners: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Topics:
    clause: _Part
    context: _Part
    statements: _Part
    unless: _Part
    permits: _Part
    near: _Part


@lru_cache(maxsize=8)
def _compile_topics(codebook: Codebook) -> _Topics:
    requirements = codebook.requirements
    return _Topics(
        _compile_part([r.cues for r in requirements], CLAUSE_SCORE),
        _compile_part([r.context for r in requirements], CONTEXT_SCORE),
        _compile_part([r.statements for r in requirements], CLAUSE_SCORE),
        _compile_part([r.unless for r in requirements], CLAUSE_SCORE),
        _compile_part([r.permits for r in requirements], CLAUSE_SCORE),
        _compile_part([r.near for r in requirements], CLAUSE_SCORE),
    )


@lru_cache(maxsize=8)
def _compile_descriptions(codebook: Codebook) -> CueIndex:
    """An index of the longer words of each label and description, by their beginnings; the first term is a filler."""
    texts = [split_words(f"{r.label_sv} {r.description_sv}") for r in codebook.requirements]
    stems = [
        sorted({f"{word[:DESCRIPTION_STEM]}*" for word in words if len(word) >= DESCRIPTION_STEM}) for words in texts
    ]
    return CueIndex(["\0", *own] for own in stems)


def _compile_part(lists: Sequence[tuple[Cue, ...]], score: float) -> _Part:
    cues = [(owner, cue) for owner, some in enumerate(lists) for cue in some]
    return _Part(CueIndex(c.all for _, c in cues), tuple(c for _, c in cues), tuple(o for o, _ in cues), score)


@lru_cache(maxsize=512)
def _compile_members(requirement: HarmonisedRequirement) -> tuple[tuple[str, ...], CueIndex]:
    return _compile_cues((member.id, member.cues) for member in requirement.members)


@lru_cache(maxsize=512)
def _compile_around(requirement: HarmonisedRequirement) -> tuple[tuple[str, ...], CueIndex]:
    return _compile_cues((member.id, member.around) for member in requirement.members)


def _compile_cues(members: Iterable[tuple[str, Sequence[Cue]]]) -> tuple[tuple[str, ...], CueIndex]:
    pairs = [(name, cue.all) for name, cues in members for cue in cues]
    return tuple(name for name, _ in pairs), CueIndex(terms for _, terms in pairs)


def _without_condition(clause: ClauseText) -> str:
    """The clause without a condition before it ("Om resurser saknas ska ...") or one that sets a time or occasion.

    An "om" after the verb may as well open what is asked about ("beslutar om", "informerar om"), so that stays.
    """
    at = clause.clause.find(clause.condition) if clause.condition else -1
    if at < 0 or (at > 0 and clause.condition.casefold().startswith("om ")):
        return clause.clause
    return f"{clause.clause[:at]} {clause.clause[at + len(clause.condition) :]}"


def _sum_up(part: _Part, holding: Iterable[int], clause: ClauseText) -> dict[int, float]:
    """For each requirement with a cue that holds: the probability that all of them mislead."""
    doubts: dict[int, float] = {}
    for number in sorted(set(holding)):
        cue = part.cues[number]
        if _fits(cue, clause):
            owner = part.owners[number]
            doubts[owner] = doubts.get(owner, 1.0) * (1 - (cue.score or part.score))
    return doubts


def _fits(cue: Cue, clause: ClauseText) -> bool:
    return (
        (not cue.kinds or not clause.kinds.isdisjoint(cue.kinds))
        and (not cue.modality or clause.modality in cue.modality)
        and (not cue.actor_group or clause.actor_group in cue.actor_group)
    )


def _rank(codebook: Codebook, doubts: dict[int, float]) -> tuple[TopicMatch, ...]:
    ranked = sorted((round(-(1 - doubt), 4), number) for number, doubt in doubts.items())
    return tuple(TopicMatch(codebook.requirements[number].id, -score) for score, number in ranked)
