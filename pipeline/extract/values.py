"""The values of a document: times, retention, prohibited content, counts, and what the registers know."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from pipeline.extract.candidates import Candidate
from pipeline.extract.found import Duty, Found
from pipeline.extract.patterns import patterns
from pipeline.extract.prohibited import find_prohibited
from pipeline.extract.retention import find_retention
from pipeline.extract.rows import under_heads
from pipeline.extract.surroundings import binds_nobody
from pipeline.extract.weighing import weigh_values
from pipeline.records.outline import Outline, Unit
from pipeline.swedish.dates import find_dates
from pipeline.swedish.documents import find_document_references
from pipeline.swedish.duration_values import DurationMention
from pipeline.swedish.durations import find_durations, find_listed_times
from pipeline.swedish.laws import find_references, written_numbers
from pipeline.swedish.normative import lexicon
from pipeline.swedish.platforms import find_platforms
from pipeline.swedish.roles import find_roles
from pipeline.swedish.tables import cells_of

UNREAD_SECTIONS = frozenset({"contents"})
RULED = frozenset({"retention", "response_time", "removal_time", "frequency"})
"""Values that are the document's own only where it rules: an account of what a law says gives it none."""
NUMBERS = {
    "en": "1",
    "ett": "1",
    "två": "2",
    "tre": "3",
    "fyra": "4",
    "fem": "5",
    "sex": "6",
    "sju": "7",
    "åtta": "8",
    "tio": "10",
    "fler än en": "2",
    "mer än en": "2",
}
_DECISION = re.compile(
    r"(?i)\bansök\w*\b.*\b(?:besked|beslut)|\b(?:svar\w*|besked) på (?:[\w-]+ )?ansök\w*|\brekommendation\b"
)
"""A time for a decision on an application is no time for answers to the public."""
_BESKED = re.compile(r"(?i)\b(?:besked\w*|åter(?:kommer|komma)|lämnar svar)\b")
_APPLICATION = re.compile(
    r"(?i)\bansök\w*|\bansöker\b|behovsanalys|blankett|\b(?:öppna|starta|skaffa)\w* (?:\w+ ){0,3}?konto|\bnytt konto"
    r"|\bny kanal|\bfår öppnas\b|\bpröva\b"
)
_FROM_PUBLIC = re.compile(r"(?i)\bfråg(?:a|an|or|orna|eställare\w*)\b|kommentar|inlägg|synpunkt|klagomål|meddeland")
"""Where the words around a time speak of an application and its own of no question, its answer is a decision on it."""
_COUNT = re.compile(
    r"(?i)(?<![\w.,-])(minst |lägst |högst |max |maximalt |mellan )?"
    r"(\d{1,2}|två|tre|fyra|fem|sex|sju|åtta|tio|(?:fler|mer) än en)"
    r"(?:\s*(?:-|–|till|eller|och (?:högst|helst|max))\s*(?:\d{1,2}|två|tre|fyra|fem|sex|sju|åtta|tio|fler|flera))?"
    r"\s+(?:st\.? |stycken )?(?:[\wåäö]+\s){0,2}?"
)
KEPT = 1 << 13
"""Texts of units whose named things are kept: documents share sentences."""
ALONE = 0.6
"""Share of a unit's letters from which on a time is all that the unit says."""
_HOW_OFTEN, _CHANNELS = ("hur ofta", "frekvens", "antal inlägg"), ("kanal", "plattform", "konto", "sida")
"""How the words begin that stand over a column of how often, and over one of channels."""
NEAR_TIME = 90
"""How far from a time, in characters, the words may stand that say what it is of, inside one clause."""


def find_values(
    outline: Outline, duties: Sequence[Duty], candidates: Sequence[Candidate], *, written_on: date | None,
    trained: bool = True,
) -> list[Found]:  # fmt: skip
    """All values of a document.

    Args:
        outline: Its structure; offsets refer to its text.
        duties: Its duties: they tell what a time is of and what is forbidden.
        candidates: Its clauses.
        trained: Whether the trained model weighs what is kept and forbidden, and adds what the patterns miss.
        written_on: When it was written, for acts that have had two numbers.
    """
    found: list[Found] = []
    accounts: list[tuple[int, int]] = []
    own_title = outline.value_of("title")
    by_unit: dict[int, list[Duty]] = {}
    for duty in duties:
        by_unit.setdefault(duty.unit.unit, []).append(duty)
    numbers = tuple(sorted(written_numbers(outline.text).items()))
    heads = {unit.unit: over for unit, over, first in under_heads(outline) if not first}
    for unit in outline.units:
        section = outline.sections[unit.section]
        if unit.kind == "site" or (section.kind in UNREAD_SECTIONS and unit.kind != "heading"):
            continue
        text = outline.text[unit.start : unit.end]
        flat = text.replace("\n", " ")
        named = (*_from_registers(flat, written_on, numbers), *_other_documents(flat, own_title))
        found += [replace(f, start=unit.start + f.start, end=unit.start + f.end) for f in named]
        if unit.kind == "heading" or section.kind in ("cover", "boilerplate", "signature", "decision"):
            continue
        here = by_unit.get(unit.unit, [])
        if not here and (binds_nobody(flat.lower()) or lexicon().proposes(flat)):
            accounts.append((unit.start, unit.end))
        found += _times(outline, unit, here, heads.get(unit.unit, ()))
        found += find_retention(outline, unit, here)
        found += find_prohibited(outline, unit, here)
        found += _counts(text, unit.start)
    found = weigh_values(outline, candidates, found, duties) if trained else found
    found = [f for f in found if f.kind not in RULED or not any(a <= f.start < b for a, b in accounts)]
    return _one_a_kind(outline, _once(found))


@lru_cache(maxsize=KEPT)
def _from_registers(text: str, written_on: date | None, numbers: tuple[tuple[str, str], ...]) -> tuple[Found, ...]:
    """Laws, roles, platforms and dates of one unit's text, offsets into it; documents share sentences, not titles."""
    laws = find_references(text, written_on=written_on, numbers=dict(numbers))
    masked = [(law.start, law.end) for law in laws]
    return (
        *(Found("legal_reference", m.start, m.end, m.norm, m.confidence, identifier=m.identifier) for m in laws),
        *(Found("role", m.start, m.end, m.canonical, m.confidence) for m in find_roles(text)),
        *(Found("platform", m.start, m.end, m.name, m.confidence) for m in find_platforms(text)),
        *(Found("date", m.start, m.end, m.value, m.confidence) for m in find_dates(text, masked=masked)),
    )


@lru_cache(maxsize=KEPT)
def _other_documents(text: str, own_title: str) -> tuple[Found, ...]:
    """The documents that one unit's text names beside its own, offsets into it."""
    return tuple(
        Found("document_reference", m.start, m.end, m.title, m.confidence)
        for m in find_document_references(text, own_title=own_title)
    )


def _times(outline: Outline, unit: Unit, duties: Sequence[Duty], heads: Sequence[str]) -> Iterable[Found]:
    """Response times, removal times and frequencies; what a time is of is told by the nearest words of its clause.

    In a table the word over its column says it first. A line that is a time and little else tells of the one above: a
    table's row that lost its lines.
    """
    text = outline.text[unit.start : unit.end]
    flat = text.replace("\n", " ")
    yield from _listed_times(outline, unit, flat, heads)
    for mention in find_durations(flat):
        clause = next((d for d in duties if d.start <= unit.start + mention.start < d.end), None)
        low, high = (clause.start - unit.start, clause.end - unit.start) if clause else (0, len(text))
        use = _use_told_over(text, mention, heads)
        use = use or _use_of(text, mention, max(0, low), high) or _use_of(text, mention, 0, len(text))
        if not use and mention.end - mention.start >= ALONE * len(text.strip()):
            use = _use_told_by(_words_above(outline, unit))
        use = use or _use_told_by(outline.sections[unit.section].title)
        if use == "answer" and _decides(outline, unit, text):
            use = "decision"
        if _is_retention_period(text, mention) or (mention.vague and _ABLE.search(flat[: mention.start])):
            continue
        kind = _time_kind(mention, use)
        if kind:
            yield Found(
                kind, unit.start + mention.start, unit.start + mention.end, mention.value, mention.confidence,
                calendar=mention.calendar, of=use,
            )  # fmt: skip


_ABLE = re.compile(r"(?i)\bsom (?:\w+ )?(?:kan|går att) (?:\w+ )?(?:be)?svaras? \Z")
"""What tells questions apart by how they can be answered: "frågor som kan besvaras direkt" promises no time."""


def _listed_times(outline: Outline, unit: Unit, text: str, heads: Sequence[str]) -> Iterable[Found]:
    """Limits that a list gives without a word for their being so: "Svara i tid: frågor 24 timmar, klagomål 3 dagar".

    What leads into the list says what they are of: the words over the column, the lead-in, or what stands before the
    colon.
    """
    taken = find_durations(text)
    for lead, start, end in _led_by(outline, unit, text, heads):
        use = _use_told_by(lead)
        if use not in ("answer", "removal"):
            continue
        for mention in find_listed_times(text[start:end]):
            low, high = start + mention.start, start + mention.end
            if not any(one.start < high and low < one.end for one in taken):
                yield Found(
                    "response_time" if use == "answer" else "removal_time", unit.start + low, unit.start + high,
                    mention.value, mention.confidence, calendar=mention.calendar, of=use,
                )  # fmt: skip


def _led_by(outline: Outline, unit: Unit, text: str, heads: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The parts of a unit's text that other words lead into: those words, and where the part begins and ends."""
    if heads:
        for number, cell in enumerate(cells_of(text)):
            if number < len(heads) and lexicon().has("time_heads", heads[number]):
                yield heads[number], cell.start(), cell.end()
    elif unit.lead_in >= 0:
        above = outline.units[unit.lead_in]
        yield outline.text[above.start : above.end], 0, len(text)
    else:
        lead, colon, _ = text.partition(":")
        if colon:
            yield lead, len(lead), len(text)
        elif _is_time_alone(text):
            # A table whose cells became lines: "Svarstider" over "Enkel fråga", "4 timmar under kontorstid".
            yield outline.sections[unit.section].title, 0, len(text)


def _is_time_alone(text: str) -> bool:
    said = find_listed_times(text.strip())
    return len(said) == 1 and len(said[0].quote) == len(text.strip(" ."))


def _decides(outline: Outline, unit: Unit, text: str) -> bool:
    """Whether the answer that a sentence speaks of is a decision on an application for an account."""
    if _DECISION.search(text):
        return True
    if not _BESKED.search(text) or _FROM_PUBLIC.search(text):
        return False
    around = f"{outline.sections[unit.section].title} {_words_above(outline, unit)} {text}"
    return _APPLICATION.search(around) is not None


def _time_kind(mention: DurationMention, use: str) -> str:
    """Which kind of value a time is, empty where it is none of them."""
    if mention.kind == "repeat":
        return "frequency"
    if use == "answer":
        return "response_time"
    if use == "removal":
        return "removal_time"
    if use == "monitoring" and not mention.vague:
        return "frequency"
    return ""


def _use_of(text: str, mention: DurationMention, low: int, high: int) -> str:
    """What a time is of: the words nearest to it, those before it first; of two that end alike the longer says more.

    What recurs may be named in the time itself: "tre inlägg i veckan".
    """
    best: tuple[float, int, str] | None = None
    for use, pattern in patterns().uses_of_time:
        for found in pattern.finditer(text, low, high):
            inside = found.start() < mention.end and found.end() > mention.start
            if inside and mention.kind != "repeat":
                continue
            before = found.end() <= mention.start
            away = mention.start - found.end() if before else (found.start() - mention.end) * 1.3
            told = (0.0 if inside else away, found.start() - found.end(), use)
            if told[0] <= NEAR_TIME and (best is None or told < best):
                best = told
    return best[2] if best else ""


def _use_told_by(words: str) -> str:
    """What a heading or a line is about, of the uses that times have; empty for none of them."""
    return next((use for use, pattern in patterns().uses_of_time if pattern.search(words)), "")


def _use_told_over(text: str, mention: DurationMention, heads: Sequence[str]) -> str:
    """What the word over a time's column says that it is of; how often, in a table of channels, is of posting."""
    cell = sum(one.end() <= mention.start for one in cells_of(text))
    head = heads[cell] if cell < len(heads) else ""
    often = mention.kind == "repeat" and head.startswith(_HOW_OFTEN)
    return _use_told_by(head) or ("posting" if often and any(one.startswith(_CHANNELS) for one in heads) else "")


def _words_above(outline: Outline, unit: Unit) -> str:
    """The words of the unit before one in its section, empty where it is the first."""
    above = outline.units[unit.unit - 1] if unit.unit else unit
    return outline.text[above.start : above.end] if above.unit != unit.unit and above.section == unit.section else ""


def _is_retention_period(text: str, mention: DurationMention) -> bool:
    """Whether a duration says how long is kept ("gallras efter två år")."""
    around = text[max(0, mention.start - 60) : mention.end + 30].lower()
    return (
        mention.kind != "repeat"
        and bool(re.search(r"gallra|bevaras?|arkiver|sparas? i|sparas? under", around))
        and not mention.vague
    )


def _counts(text: str, at: int) -> Iterable[Found]:
    """How many persons: "minst två administratörer"."""
    for found in _COUNT.finditer(text):
        thing = patterns().counted.match(text, found.end())
        if thing and "\t" not in text[found.start() : thing.end()]:  # "8–17 | Redaktör" are two cells
            number = found.group(2).lower()
            yield Found(
                "count",
                at + found.start(),
                at + thing.end(),
                NUMBERS.get(number, number),
                0.85,
                of=thing.group(0).lower(),
            )


def _one_a_kind(outline: Outline, found: Sequence[Found]) -> list[Found]:
    """The values, of each kind of content the first that a sentence or item names.

    "Förtal, personangrepp och förolämpningar" are three words for one kind: to count it three times says no more.
    """
    starts = [unit.start for unit in outline.units]
    named: set[tuple[int, str]] = set()
    kept = []
    for value in found:
        if value.kind == "prohibited_content":
            place = (bisect_right(starts, value.start), value.value)
            if place in named:
                continue
            named.add(place)
        kept.append(value)
    return kept


def _once(found: Iterable[Found]) -> list[Found]:
    """The values in text order, each kind, span and value once."""
    unique = {(f.start, f.end, f.kind, f.value): f for f in found}
    return [unique[key] for key in sorted(unique)]
