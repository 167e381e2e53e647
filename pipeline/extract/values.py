"""The values of a document: times, retention, prohibited content, counts, and what the registers know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.extract.duties import Duty
from pipeline.extract.patterns import patterns
from pipeline.records.outline import Outline, Section, Unit
from pipeline.swedish.dates import find_dates
from pipeline.swedish.documents import find_document_references
from pipeline.swedish.durations import DurationMention, find_durations, find_periods
from pipeline.swedish.laws import find_references
from pipeline.swedish.platforms import find_platforms
from pipeline.swedish.roles import find_roles

UNREAD_SECTIONS = frozenset({"contents"})
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
}
_COUNT = re.compile(
    r"(?i)(?<![\w.,-])(minst |högst |max |maximalt |mellan )?(\d{1,2}|två|tre|fyra|fem|sex|sju|åtta|tio)"
    r"(?:\s*(?:-|–|till|eller)\s*(?:\d{1,2}|två|tre|fyra|fem))?\s+(?:[\wåäö]+\s){0,2}?"
)
_OTHER_USE = re.compile(r"(?i)registrer|rensa|spara|skriv")
"""Verbs that keep or weed out only where what they are done to is a record."""
_ACT = re.compile(r"(?i)(lag|lagen|lagens|förordningen)$")
NEAR_TIME = 90
"""How far from a time, in characters, the words may stand that say what it is of, inside one clause."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value before it has an id; start and end are offsets into the reading text."""

    kind: str
    start: int
    end: int
    value: str
    confidence: float
    identifier: str = ""
    calendar: str = ""
    of: str = ""
    period: str = ""
    trigger: str = ""
    refers_to: str = ""
    negated: bool = False


def find_values(outline: Outline, duties: Sequence[Duty], *, written_on: date | None) -> list[Found]:
    """All values of a document.

    Args:
        outline: Its structure; offsets refer to its text.
        duties: Its duties: they tell what a time is of and what is forbidden.
        written_on: When it was written, for acts that have had two numbers.
    """
    found: list[Found] = []
    by_unit: dict[int, list[Duty]] = {}
    for duty in duties:
        by_unit.setdefault(duty.unit.unit, []).append(duty)
    for unit in outline.units:
        section = outline.sections[unit.section]
        if unit.kind == "site" or (section.kind in UNREAD_SECTIONS and unit.kind != "heading"):
            continue
        text = outline.text[unit.start : unit.end]
        found += _from_registers(text, unit.start, written_on=written_on)
        if unit.kind == "heading" or section.kind in ("cover", "boilerplate", "signature", "decision"):
            continue
        here = by_unit.get(unit.unit, [])
        found += _times(text, unit, section, here)
        found += _retention(outline, unit, here)
        found += _prohibited(outline, unit, here)
        found += _counts(text, unit.start)
    return _once(found)


def _from_registers(text: str, at: int, *, written_on: date | None) -> Iterable[Found]:
    """Laws, roles, platforms, documents and dates of one unit."""
    flat = text.replace("\n", " ")
    laws = find_references(flat, written_on=written_on)
    for law in laws:
        yield Found(
            "legal_reference", at + law.start, at + law.end, law.norm, law.confidence, identifier=law.identifier
        )
    for role in find_roles(flat):
        yield Found("role", at + role.start, at + role.end, role.canonical, role.confidence, identifier=role.role_id)
    for platform in find_platforms(flat):
        yield Found("platform", at + platform.start, at + platform.end, platform.name, platform.confidence)
    for document in find_document_references(flat):
        yield Found("document_reference", at + document.start, at + document.end, document.title, document.confidence)
    for day in find_dates(flat, masked=[(law.start, law.end) for law in laws]):
        yield Found("date", at + day.start, at + day.end, day.value, day.confidence)


def _times(text: str, unit: Unit, section: Section, duties: Sequence[Duty]) -> Iterable[Found]:
    """Response times, removal times and frequencies; what a time is of is told by the nearest words of its clause."""
    for mention in find_durations(text.replace("\n", " ")):
        clause = next((d for d in duties if d.start <= unit.start + mention.start < d.end), None)
        low, high = (clause.start - unit.start, clause.end - unit.start) if clause else (0, len(text))
        use = _use_of(text, mention, max(0, low), high) or _use_of(text, mention, 0, len(text))
        use = use or _use_in_title(section.title)
        if _is_retention_period(text, mention):
            continue
        kind = _time_kind(mention, use)
        if kind:
            yield Found(
                kind, unit.start + mention.start, unit.start + mention.end, mention.value, mention.confidence,
                calendar=mention.calendar, of=use,
            )  # fmt: skip


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
    """What a time is of: the words nearest to it, those before it first."""
    best: tuple[float, str] | None = None
    for use, pattern in patterns().uses_of_time:
        for found in pattern.finditer(text, low, high):
            if found.start() < mention.end and found.end() > mention.start:
                continue
            before = found.end() <= mention.start
            distance = mention.start - found.end() if before else (found.start() - mention.end) * 1.3
            if distance <= NEAR_TIME and (best is None or distance < best[0]):
                best = (distance, use)
    return best[1] if best else ""


def _use_in_title(title: str) -> str:
    return next((use for use, pattern in patterns().uses_of_time if pattern.search(title)), "")


def _is_retention_period(text: str, mention: DurationMention) -> bool:
    """Whether a duration says how long is kept ("gallras efter två år")."""
    around = text[max(0, mention.start - 60) : mention.end + 30].lower()
    return (
        mention.kind != "repeat"
        and bool(re.search(r"gallra|bevaras?|arkiver|sparas? i|sparas? under", around))
        and not mention.vague
    )


def _retention(outline: Outline, unit: Unit, duties: Sequence[Duty]) -> Iterable[Found]:
    """What is kept, registered or weeded out, one value a kind and clause."""
    text = outline.text[unit.start : unit.end].replace("\n", " ")
    listed = _kept_by_lead(outline, unit, text)
    if listed is not None:
        yield listed
        return
    spans = [(d.start - unit.start, d.end - unit.start) for d in duties] or [(0, len(text))]
    covered = {i for a, b in spans for i in range(a, b)}
    if len(covered) < len(text) * 0.7:
        spans.append((0, len(text)))
    seen: set[tuple[str, int]] = set()
    for low, high in spans:
        clause = text[low:high]
        kinds = {kind: found for kind, pattern in patterns().retention if (found := pattern.search(clause))}
        if "skärmdump" in kinds:
            kinds.pop("sparas", None)
        for kind in ("sparas", "diarieförs", "gallras"):
            found = kinds.get(kind)
            if found is not None and _OTHER_USE.match(found.group(0)) and not patterns().saved_things.search(clause):
                kinds.pop(kind)
        for kind, found in kinds.items():
            start = low + found.start()
            if (kind, start) in seen:
                continue
            seen.add((kind, start))
            yield _retained(clause, kind, found, unit.start + low, bound=bool(duties))


def _kept_by_lead(outline: Outline, unit: Unit, text: str) -> Found | None:
    """A list item that is one of the things its lead-in keeps ("Vi diarieför följande:"), None where it is not."""
    if unit.lead_in < 0 or unit.kind != "list_item" or any(p.search(text) for _, p in patterns().retention):
        return None
    above = outline.units[unit.lead_in]
    lead = outline.text[above.start : above.end].replace("\n", " ")
    kind = next((k for k, p in patterns().retention if p.search(lead) and k != "sparas"), "")
    if not kind:
        return None
    end = len(text.rstrip(" .,;"))
    negated = bool(re.search(r"\b(inte|ej|aldrig)\b", lead.lower()))
    return Found("retention", unit.start, unit.start + end, kind, 0.75, negated=negated)


def _retained(clause: str, kind: str, found: re.Match[str], at: int, *, bound: bool) -> Found:
    """One retention value with its period, trigger and the document it delegates to."""
    spans = [*find_periods(clause), *find_durations(clause)]
    periods = [d for d in sorted(spans, key=lambda d: d.start) if d.value.startswith("P") and d.kind != "repeat"]
    delegated = patterns().delegating.search(clause)
    governed = patterns().governing_rules.search(clause)
    trigger = patterns().retention_triggers.search(clause)
    around = clause[max(0, found.start() - 14) : found.end() + 12].lower()
    negated = bool(re.search(r"\b(inte|ej|aldrig)\b", around))
    refers = delegated.group(1) if delegated else governed.group(1) if governed else ""
    return Found(
        "retention", at + found.start(), at + found.end(), kind, 0.85 if bound else 0.6,
        period=periods[0].value if periods and kind in ("gallras", "bevaras", "sparas", "arkiveras") else "",
        trigger=trigger.group(0).strip() if trigger else "", refers_to=refers, negated=negated,
    )  # fmt: skip


def _prohibited(outline: Outline, unit: Unit, duties: Sequence[Duty]) -> Iterable[Found]:
    """Kinds of content that nobody may publish or that are removed, each with its own span."""
    text = outline.text[unit.start : unit.end].replace("\n", " ")
    if not _is_forbidden_here(outline, unit, text, duties):
        return
    taken: list[tuple[int, int]] = []
    for kind, pattern in patterns().prohibited:
        for found in pattern.finditer(text):
            if any(found.start() < b and found.end() > a for a, b in taken) or _ACT.search(found.group(0)):
                continue
            if not _in_forbidding_clause(unit, text, found, duties):
                continue
            taken.append((found.start(), found.end()))
            yield Found("prohibited_content", unit.start + found.start(), unit.start + found.end(), kind, 0.85)


def _is_forbidden_here(outline: Outline, unit: Unit, text: str, duties: Sequence[Duty]) -> bool:
    """Whether the unit forbids or removes content, by its own words or by those that lead into it."""
    if any(d.modality == "must_not" for d in duties):
        return True
    if patterns().forbidding.search(text) and (duties or unit.lead_in >= 0 or unit.kind == "table_row"):
        return True
    if unit.kind == "lead_in":
        # "Hot, hets, porr:" over the steps by which such things go.
        steps_below = [u for u in outline.units[unit.unit + 1 : unit.unit + 4] if u.lead_in == unit.unit]
        if any(patterns().forbidding.search(outline.text[u.start : u.end]) for u in steps_below):
            return True
    lead, steps = unit.lead_in, 0
    while lead >= 0 and steps < 3:
        above = outline.units[lead]
        if above.kind == "list_item" and outline.text[above.start].isupper():
            break  # an item that is a sentence of its own and has a list of its own
        words = outline.text[above.start : above.end]
        before = outline.units[lead - 1] if lead else None
        if patterns().forbidding.search(words):
            return True
        # "Detta gäller inlägg som innebär:" goes on from the sentence before.
        pointing = re.match(
            r"(?i)\W*(detta|det|sådan\w*|exempel|(?:som|till) exempel|följande|(?:mer|närmare) bestämt)\b",
            words,
        )
        if pointing and before is not None and patterns().forbidding.search(outline.text[before.start : before.end]):
            return True
        lead, steps = above.lead_in, steps + 1
    title = outline.sections[unit.section].title
    listed = unit.kind in ("list_item", "table_row") or (unit.end - unit.start < 120 and not duties)
    return listed and bool(patterns().forbidding.search(title))


def _in_forbidding_clause(unit: Unit, text: str, found: re.Match[str], duties: Sequence[Duty]) -> bool:
    """Whether the clause around a kind of content is the forbidding one, where the unit has several clauses."""
    clause = next((d for d in duties if d.start - unit.start <= found.start() < d.end - unit.start), None)
    if clause is None:
        return True
    words = text[clause.start - unit.start : clause.end - unit.start]
    return (
        clause.modality in ("must_not", "should_not") or bool(patterns().forbidding.search(words)) or unit.lead_in >= 0
    )


def _counts(text: str, at: int) -> Iterable[Found]:
    """How many persons: "minst två administratörer"."""
    for found in _COUNT.finditer(text):
        thing = patterns().counted.match(text, found.end())
        if thing:
            number = found.group(2).lower()
            yield Found(
                "count",
                at + found.start(),
                at + thing.end(),
                NUMBERS.get(number, number),
                0.85,
                of=thing.group(0).lower(),
            )


def _once(found: Iterable[Found]) -> list[Found]:
    """The values in text order, each kind, span and value once."""
    unique = {(f.start, f.end, f.kind, f.value): f for f in found}
    return [unique[key] for key in sorted(unique)]
