"""Which times hold as a rule, and which on some occasion only: in a crisis, at weekends, of what is simple."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.codebooks import HarmonisedRequirement
from pipeline.codebooks.cues import split_words
from pipeline.compare.restrictions import restriction
from pipeline.compare.support import DocumentSupport, Support
from pipeline.compare.words import occasions, says
from pipeline.records.requirement import Value
from pipeline.wording import AIM, LIMITS, SOME_CASES, split_duration

CRISIS = "crisis"
FROM_ABOVE = (CRISIS, "off_hours", "holidays")
"""Occasions that a heading or a list's lead-in sets for what stands below it."""
OPENING = 5
"""Words at the beginning of a sentence that set the occasion for all of it: "Under krisen bevakas ... och ..."."""

_TIMED = frozenset({*LIMITS, "frequency"})
_BOUNDARY = re.compile(r"[,;:]|\b(?:och|men|medan|samt|dock|fast)\b", re.IGNORECASE)
_WISHES = ("should", "should_not")


def times_of(support: Support) -> frozenset[str]:
    """The times among what a passage says."""
    return frozenset(token for token in support.tokens.said if split_duration(token) is not None)


def is_special(support: Support) -> bool:
    """Whether a passage holds under a condition, or of some of the things that it is about."""
    condition = support.requirement.condition if support.requirement is not None else ""
    return bool(condition and not says("no_condition", condition)) or bool(restriction(support.quote))


def set_occasions(
    entry: HarmonisedRequirement, found: Sequence[tuple[DocumentSupport, Support]]
) -> list[Support]:  # fmt: skip
    """The passages of a municipality that answer a question, each with the occasions of its times.

    Only a question of how soon or how often has such, and only where more than one time is said.
    """
    several = entry.value == "duration" and len({time for _, support in found for time in times_of(support)}) > 1
    if not several:
        return [support for _, support in found]
    return [replace(support, occasions=tuple(sorted(_occasions(gathered, support)))) for gathered, support in found]


def find_asides(supports: Iterable[Support]) -> dict[str, str]:
    """The times that stand behind the rule, each with its occasion.

    The rule is what holds always; where nothing does, what holds under conditions; where each time has an occasion of
    its own, all are the rule. A weaker wish ("ambitionen är samma dag") stands behind a duty.
    """
    told = [(time, dict(s.occasions).get(time, ""), s.force in _WISHES) for s in supports for time in times_of(s)]
    rule = [row for row in told if not row[1]] or [row for row in told if row[1] == SOME_CASES]
    kept = {time for time, _, wish in rule if not wish} or {time for time, *_ in rule}
    if not kept:
        return {}
    asides = {time: AIM for time, _, wish in rule if wish} | {time: name for time, name, _ in told if name}
    return {time: name for time, name in asides.items() if time not in kept}


def _occasions(gathered: DocumentSupport, support: Support) -> Iterator[tuple[str, str]]:
    """The times of a passage that hold on an occasion only, with its name."""
    passages = gathered.passages
    unit = passages.unit_at(support.start)
    start, end = (min(unit.start, support.start), max(unit.end, support.end)) if unit else (support.start, support.end)
    sentence = passages.outline.text[start:end]
    above = _named([(passages.lead_in_of(unit), FROM_ABOVE), (passages.heading_of(unit), FROM_ABOVE)])
    own = {time: _named([(support.quote, ())]) for time in times_of(support)}
    for value, part in _parts(_values_in(gathered, start, end), sentence, start):
        token = f"{value.value} {value.calendar}".strip()
        if token in own and support.start <= value.start and value.end <= support.end:
            own[token] = part
    general = above or (SOME_CASES if is_special(support) else "")
    for time, name in own.items():
        if name or general:
            # Under a heading of crises evenings are those of a crisis.
            yield time, above if above == CRISIS else name or general


def _values_in(gathered: DocumentSupport, start: int, end: int) -> list[Value]:
    values = gathered.item.extraction.values if gathered.item.extraction else ()
    inside = (v for v in values if v.kind in _TIMED and start <= v.start and v.end <= end)
    return sorted(inside, key=lambda v: (v.start, v.end))


def _parts(values: Sequence[Value], sentence: str, offset: int) -> Iterator[tuple[Value, str]]:
    """Each time of a sentence with the occasion that its own part of it names.

    A part ends at the last comma or "och" before the next time. What "och" joins on keeps the occasion before it.
    """
    opening = _named([(" ".join(sentence.split()[:OPENING]), FROM_ABOVE)])
    begin, before = 0, opening
    for number, value in enumerate(values):
        following = values[number + 1].start - offset if number + 1 < len(values) else len(sentence)
        cuts = [m.start() for m in _BOUNDARY.finditer(sentence, value.end - offset, following)]
        part = sentence[begin : cuts[-1] if cuts and number + 1 < len(values) else following]
        name = _named([(part, ())])
        first = next(iter(split_words(part)), "")
        if not name and not says("otherwise", part) and (first in ("och", "samt") or not number):
            name = before
        yield value, name
        begin, before = (cuts[-1] if cuts else following), name


def _named(texts: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    """The first occasion that one of some texts names, of those that it may set; empty where none does."""
    return next((name for text, allowed in texts if (name := _occasion(text, allowed))), "")


@lru_cache(maxsize=1 << 14)  # sentences and headings that many documents share
def _occasion(text: str, allowed: tuple[str, ...]) -> str:
    names = (name for name in occasions() if not allowed or name in allowed)
    return next((name for name in names if says(f"occasions.{name}", text)), "")


def is_behind(support: Support, asides: Mapping[str, str]) -> bool:
    """Whether all times of a passage stand behind the rule."""
    times = times_of(support)
    return bool(times) and times <= asides.keys()
