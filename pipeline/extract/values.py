"""The values of a document: times, retention, prohibited content, counts, and what the registers know."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
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
from pipeline.extract.times import find_times
from pipeline.extract.weighing import weigh_values
from pipeline.records.outline import Outline
from pipeline.swedish.dates import find_dates
from pipeline.swedish.documents import find_document_references
from pipeline.swedish.laws import find_references, written_numbers
from pipeline.swedish.normative import lexicon
from pipeline.swedish.platforms import find_platforms
from pipeline.swedish.roles import find_roles

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
_COUNT = re.compile(
    r"(?i)(?<![\w.,-])(minst |lägst |högst |max |maximalt |mellan )?"
    r"(\d{1,2}|två|tre|fyra|fem|sex|sju|åtta|tio|(?:fler|mer) än en)"
    r"(?:\s*(?:-|–|till|eller|och (?:högst|helst|max))\s*(?:\d{1,2}|två|tre|fyra|fem|sex|sju|åtta|tio|fler|flera))?"
    r"\s+(?:st\.? |stycken )?(?:[\wåäö]+\s){0,2}?"
)
KEPT = 1 << 13
"""Texts of units whose named things are kept: documents share sentences."""


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
        others = [d for d in _other_documents(flat, own_title) if unit.kind != "heading" or not _is_all(flat, d)]
        named = (*_from_registers(flat, written_on, numbers), *others)
        found += [replace(f, start=unit.start + f.start, end=unit.start + f.end) for f in named]
        if unit.kind == "heading" or section.kind in ("cover", "boilerplate", "signature", "decision"):
            continue
        here = by_unit.get(unit.unit, [])
        if not here and (binds_nobody(flat.lower()) or lexicon().proposes(flat)):
            accounts.append((unit.start, unit.end))
        found += find_times(outline, unit, here, heads.get(unit.unit, ()))
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


def _is_all(heading: str, document: Found) -> bool:
    """Whether a heading is nothing but the name: "4.2 Riktlinjer för deltagande" is a chapter, no other document."""
    return not (heading[: document.start] + heading[document.end :]).strip(" .:0123456789")


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
