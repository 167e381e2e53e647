"""Response times, removal times and frequencies: the times of a unit, and what each of them is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.extract.found import Duty, Found
from pipeline.extract.patterns import patterns
from pipeline.records.outline import Outline, Unit
from pipeline.swedish.duration_values import DurationMention
from pipeline.swedish.durations import find_durations, find_listed_times
from pipeline.swedish.normative import lexicon
from pipeline.swedish.tables import cells_of

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
_ABLE = re.compile(r"(?i)\bsom (?:\w+ )?(?:kan|går att) (?:\w+ )?(?:be)?svaras? \Z")
"""What tells questions apart by how they can be answered: "frågor som kan besvaras direkt" promises no time."""
_HOPED = re.compile(
    r"(?i)\b(?:för)?väntar (?:(?:\w+ ){0,2}?de flesta|sig|många)\b|\b(?:många|de flesta|andra|vissa) får \w*svar|"
    r"\binte alltid\b[^,;.]*\bhinner\b|\bhinner (?:\w+ )?inte alltid\b"
)
"""What people expect of an answer, what some get and what cannot always be done: none of it is a promise."""
ALONE = 0.6
"""Share of a unit's letters from which on a time is all that the unit says."""
_HOW_OFTEN, _CHANNELS = ("hur ofta", "frekvens", "antal inlägg"), ("kanal", "plattform", "konto", "sida")
"""How the words begin that stand over a column of how often, and over one of channels."""
NEAR_TIME = 90
"""How far from a time, in characters, the words may stand that say what it is of, inside one clause."""

ALWAYS = "kontinuerligt"
"""The value of a frequency that leaves no time out."""

_DENIED = re.compile(r"\b(?:inte|ej|aldrig)\b[^,.;:]{0,40}$")


def find_times(outline: Outline, unit: Unit, duties: Sequence[Duty], heads: Sequence[str]) -> Iterable[Found]:
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
        if not use and clause is None and unit.kind == "table_row":
            use = _use_told_beside(text, mention, [(d.start - unit.start, d.end - unit.start) for d in duties])
        use = use or _use_of(text, mention, max(0, low), high) or _use_of(text, mention, 0, len(text))
        if not use and mention.end - mention.start >= ALONE * len(text.strip()):
            use = _use_told_by(_words_above(outline, unit))
        use = use or _use_told_by(outline.sections[unit.section].title)
        if use == "answer" and _decides(outline, unit, text):
            use = "decision"
        if _is_retention_period(text, mention) or (mention.vague and _ABLE.search(flat[: mention.start])):
            continue
        if use == "answer" and _is_hoped_for(flat, mention, clause):
            continue
        if mention.value == ALWAYS and _DENIED.search(flat[: mention.start]):
            continue  # "Sidan bevakas inte dygnet runt" tells no hours
        kind = _time_kind(mention, use)
        if kind:
            yield Found(
                kind, unit.start + mention.start, unit.start + mention.end, mention.value, mention.confidence,
                calendar=mention.calendar, of=use,
            )  # fmt: skip


def _is_hoped_for(text: str, mention: DurationMention, clause: Duty | None) -> bool:
    """Whether a time for answers is one that people expect or that somebody else promises, which binds nobody here."""
    words = re.split(r"[,;] (?:men|dock)\b", text[: mention.start])[-1]
    quoted = words.count('"') % 2 == 1 or words.count("”") % 2 == 1
    return clause is None and (quoted or _HOPED.search(words) is not None)


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
        for number, cell in enumerate(cells_of(text, len(heads))):
            if number < len(heads) and lexicon().has("time_heads", heads[number]):
                yield heads[number], cell.start, cell.end
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
    cell = sum(one.end <= mention.start for one in cells_of(text, len(heads)))
    head = heads[cell] if cell < len(heads) else ""
    often = mention.kind == "repeat" and head.startswith(_HOW_OFTEN)
    return _use_told_by(head) or ("posting" if often and any(one.startswith(_CHANNELS) for one in heads) else "")


def _use_told_beside(text: str, mention: DurationMention, duties: Sequence[tuple[int, int]]) -> str:
    """What a time in a cell of its own is of: what the first duty beside it that a time may be of tells of first.

    How far off the words stand says nothing in a row: "Ta bort otillåtna inlägg | Redaktör | Inom två timmar".
    """
    uses = []
    for low, high in duties:
        found = ((pattern.search(text, low, high), use) for use, pattern in patterns().uses_of_time)
        told = [(match.start(), -match.end(), use) for match, use in found if match is not None]
        uses += [min(told)[2]] if told else []
    return next((use for use in uses if _time_kind(mention, use)), uses[0] if uses else "")


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
