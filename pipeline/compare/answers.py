"""What a municipality's documents answer to one harmonised requirement, from all they say to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from pipeline.codebooks import HarmonisedRequirement
from pipeline.codebooks.cues import split_words
from pipeline.compare.channels import are_apart
from pipeline.compare.occasions import find_asides, is_behind, is_special
from pipeline.compare.restrictions import STEM, restriction
from pipeline.compare.support import Support
from pipeline.compare.values import has_content, tidy_tokens
from pipeline.compare.words import says, words
from pipeline.records.outline import DocumentOutline
from pipeline.swedish.calendar import interval_hours
from pipeline.wording import DUTY, KEPT_FOR, REPEATED, split_duration

FORCE = {"must": 3, "must_not": 3, "should": 2, "should_not": 2, "may": 1, "": 0}
"""How hard a modality binds; a statement binds nobody."""

READABLE_DAMAGE = 0.5
"""Share of damaged words, before repair, above which nothing can be said of what is not found."""

LEAST_LETTERS = 4
SAME_WORDS = 0.75
"""Share of their longer words from which on a duty and an exemption speak of the same."""

Case: TypeAlias = tuple[str, str, frozenset[str], frozenset[str], frozenset[str]]
"""A condition, a group of actors, the words that restrict what is meant, the part of the organisation, the occasion."""

EXCLUDING = frozenset({"count", "duration", "roles", "retention"})
"""Sorts of values of which two can exclude each other."""
_MEASURED = frozenset({"duration", "count", "retention"})
_HANGING = ("som ", "vars ", "vilken ", "vilket ", "vilka ")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with what leads it and what speaks against it."""

    kind: str
    said: frozenset[str] = frozenset()
    leading: Support | None = None
    supports: tuple[Support, ...] = ()
    dissents: tuple[Support, ...] = ()
    asides: Mapping[str, str] = field(default_factory=dict)
    """The times of what is said that stand behind the rule, each with its occasion."""


def decide_answer(entry: HarmonisedRequirement, supports: Sequence[Support], *, readable: bool) -> Answer:
    """The answer that follows from the supports; without any it is silent where the documents could be read.

    A duty with its exemptions is stated; exemptions alone are stated_negatively; where every duty leaves the answer to
    another document, or a plan is named and no time of its own, it is delegated; two exact values that exclude each
    other under the same condition are conflicting, and so are a duty and the word that there is no such duty.
    """
    if not supports:
        return Answer("silent" if readable else "unreadable")
    duties = [s for s in supports if not s.exempt]
    exempt = [s for s in supports if s.exempt]
    if not duties:
        return _lead(entry, "stated_negatively", exempt, frozenset())
    clash = _find_clash(entry, duties) or _find_denial(duties, exempt)
    if clash:
        said = frozenset(token for s in clash for token in s.tokens.said) or frozenset({DUTY})
        leading, other = sorted(clash, key=lambda s: rank(entry, s))
        rest = tuple(s for s in duties if s is not leading and s is not other)
        return Answer("conflicting", said, leading, (leading, *rest), (other, *(s for s in exempt if s is not other)))
    own = [s for s in duties if not s.delegates]
    delegating = [s for s in duties if s.delegates]
    if not own or (delegating and not _answers_beside_a_plan(entry, own, delegating)):
        left_to = _lead(entry, "delegated", delegating, frozenset(s.tokens.refers_to for s in delegating), exempt)
        return replace(left_to, supports=(*left_to.supports, *sorted(own, key=lambda s: rank(entry, s))))
    said = frozenset(token for s in own for token in s.tokens.said)
    asides = find_asides(own)
    led = _lead(entry, "stated", duties, tidy_tokens(entry, said) or frozenset({DUTY}), exempt, asides)
    return replace(led, asides={time: name for time, name in asides.items() if time in led.said})


def _answers_beside_a_plan(
    entry: HarmonisedRequirement, own: Sequence[Support], delegating: Sequence[Support]
) -> bool:  # fmt: skip
    """Whether passages answer though others leave the answer to another document.

    That something is kept or handed to the archive is no answer to how long, where a plan is named that says so;
    how long it is kept is one where the plan is named for the rest alone.
    """
    if entry.value != "retention" or any(has_content(entry, s.tokens.said) for s in own):
        return True
    # "I övrigt följs planen": what the plan is left is only what no sentence of its own tells when it goes.
    timed = any(s.value is not None and (s.value.period or s.value.trigger) for s in own)
    told = timed or any(says("until", s.quote) for s in own)
    return told and all(says("of_the_rest", s.quote) for s in delegating)


def rank(
    entry: HarmonisedRequirement, support: Support
) -> tuple[bool, bool, bool, bool, bool, int, float, float, str, int]:  # fmt: skip
    """How well a passage leads: duties with content first, then by force, fit, confidence and place.

    A clause that hangs on a word outside it ("som ansvarar för listan") leads only where its time or number is wanted.
    What holds at times or of some things only ("Frågor under helgen besvaras nästa vardag") stands behind the rule,
    and what says that there is no such duty behind what demands it.
    """
    return (
        support.delegates,
        entry.value not in _MEASURED and support.quote.startswith(_HANGING),
        not has_content(entry, support.tokens.said),
        entry.prohibition == "denies" and support.force in ("must_not", "should_not"),
        entry.value in _MEASURED and is_special(support),
        -FORCE[support.force],
        -support.score,
        -support.confidence,
        support.document_id,
        support.start,
    )


def is_readable(document: DocumentOutline, damage_score: float) -> bool:
    """Whether a document's silence proves anything: it is whole and was not, and is not, beyond reading."""
    return document.completeness != "truncated" and damage_score <= READABLE_DAMAGE and not document.beyond_reading


def _lead(
    entry: HarmonisedRequirement,
    kind: str,
    supports: Sequence[Support],
    said: frozenset[str],
    dissents: Sequence[Support] = (),
    asides: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    ordered = sorted(supports, key=lambda s: (is_behind(s, asides), rank(entry, s)))
    return Answer(kind, said, ordered[0], tuple(ordered), tuple(sorted(dissents, key=lambda s: rank(entry, s))))


def _find_clash(entry: HarmonisedRequirement, duties: Sequence[Support]) -> tuple[Support, Support] | None:
    """The first two duties, in their order, that are about the same thing in the same case and exclude each other.

    What is said to apply only at times never contradicts the rule, nor does what is said of something else: answers to
    applications may come later than answers to questions, and each channel may have a time of its own. So only those of
    one case are looked at in pairs.
    """
    if entry.value not in EXCLUDING:
        return None
    exact = [s for s in duties if s.requirement and not s.delegates and not s.requirement.exception]
    cases = _by_case(exact)
    for one in exact:
        others = cases[_case_of(one)]
        others.pop(0)  # itself: what stands before it has been compared with it
        for other in others:
            if _exclude_each_other(entry, one, other) and _are_of_the_same(entry, one, other):
                return one, other
    return None


def _find_denial(duties: Sequence[Support], exempt: Sequence[Support]) -> tuple[Support, Support] | None:
    """The first duty with an exemption that denies it: of the same things, in the same case, in nearly the same words.

    In other words an exemption is the duty's exception.
    """
    denials = _by_case([s for s in exempt if s.requirement])
    for one in duties if denials else ():
        if one.requirement is None or one.requirement.exception:
            continue
        for other in denials.get(_case_of(one), ()):
            first, second = _things_in(one.quote), _things_in(other.quote).difference(words()["of_exemption"])
            if first and len(first & second) >= SAME_WORDS * len(first | second):
                return one, other
    return None


def _by_case(supports: Sequence[Support]) -> dict[Case, list[Support]]:
    cases: dict[Case, list[Support]] = {}
    for one in supports:
        cases.setdefault(_case_of(one), []).append(one)
    return cases


def _case_of(support: Support) -> Case:
    """Under which condition a duty applies, for whom, to which of the things that it names, and in which part."""
    found, occasions = support.requirement, frozenset(name for _, name in support.occasions)
    if found is None:
        return "", "", frozenset(), support.part, occasions
    return found.condition.casefold(), found.actor_group, restriction(support.quote), support.part, occasions


@lru_cache(maxsize=4096)
def _things_in(quote: str) -> frozenset[str]:
    """Beginnings of the longer words of a passage, those of time left out."""
    stems = {word[:STEM] for word in split_words(quote) if len(word) >= LEAST_LETTERS}
    return frozenset(stems.difference(words()["of_time"]))


def _are_of_the_same(entry: HarmonisedRequirement, one: Support, other: Support) -> bool:
    """Whether two passages are about the same thing on the same channels; of what is kept all must be the same."""
    if are_apart(one, other):
        return False
    first, second = _things_in(one.quote), _things_in(other.quote)
    if entry.value == "retention":
        kept = frozenset(words()["of_keeping"])
        return bool(first - kept) and first - kept == second - kept
    return not first.isdisjoint(second) and (entry.stricter not in REPEATED or _are_one_act(one, other))


def _are_one_act(one: Support, other: Support) -> bool:
    """Whether two passages tell of the same act: statistics each month and a review each year are two."""
    first, second = (s.requirement.action.partition(" ")[0] if s.requirement else "" for s in (one, other))
    return first == second or any({first, second} <= set(row.split("|")) for row in words()["same_acts"])


def _end_apart(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether what is kept by one rule is gone by the other: "sparas i två år" and "gallras efter sex månader"."""
    ends, others = _ends_of(first), _ends_of(second)
    return any(ends[kind] != others[kind] for kind in ends.keys() & others.keys()) or any(
        long["kept"] > short["gallras"]
        for long, short in ((ends, others), (others, ends))
        if "kept" in long and "gallras" in short
    )


def _ends_of(said: frozenset[str]) -> dict[str, float]:
    """After how many hours what is kept may go and what is disposed of goes, of the tokens that give a time."""
    ends: dict[str, float] = {}
    for token in said:
        kind, _, period = token.partition(" ")
        if split_duration(period) is not None and period.startswith("P"):
            ends["kept" if kind in KEPT_FOR else kind] = interval_hours(period)[1]
    return ends


def _exclude_each_other(entry: HarmonisedRequirement, one: Support, other: Support) -> bool:
    if {one.force, other.force} == {"must", "must_not"} and entry.stricter == "must_not_over_should_not":
        return False
    first, second = one.tokens.said, other.tokens.said
    if not first or not second or first & second:
        return False
    if entry.value == "count":
        return True
    if entry.value == "retention":
        return _end_apart(first, second)
    if entry.value == "duration":
        lengths = {token.partition(" ")[0] for token in first}, {token.partition(" ")[0] for token in second}
        # The same length, once with the days that count and once without, is said more and less exactly.
        return all(_is_exact(token) for token in first | second) and lengths[0].isdisjoint(lengths[1])
    return entry.value == "roles" and one.document_id != other.document_id and one.force == other.force


def _is_exact(token: str) -> bool:
    time = split_duration(token)
    return time is not None and time[0].startswith("P")
