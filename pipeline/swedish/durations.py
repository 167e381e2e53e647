"""Time limits and frequencies in a text, in ISO 8601 or as skyndsamt, snarast and same-day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pipeline.swedish.datafiles import read_tree
from pipeline.swedish.duration_calendars import calendars, with_calendar
from pipeline.swedish.duration_values import (
    DurationMention,
    count_of,
    divide,
    iso_value,
    number_pattern,
    period_of,
    unit_of,
    unit_pattern,
    words_of,
)

_LEAST = re.compile(r"\b(?:minst|åtminstone)\s+\Z", re.IGNORECASE)


KEPT = 1 << 13
"""Texts whose times are kept: several rules ask for those of the same sentence, and documents share sentences."""


@lru_cache(maxsize=KEPT)
def find_durations(text: str) -> tuple[DurationMention, ...]:
    """Time limits and frequencies in order, none overlapping; what they are of (answer, removal ...) is not decided."""
    found = [*_find_rates(text), *_find_weekdays(text), *_find_deadlines(text), *_find_fixed(text)]
    kept: list[DurationMention] = []
    for one in sorted(found, key=lambda d: (d.start, -d.end, -d.confidence)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return tuple(kept)


def find_periods(text: str) -> list[DurationMention]:
    """Spans of time that are neither limit nor frequency: "efter två år", "i tre månader", "under minst ett år"."""
    taken = find_durations(text)
    free = (
        match
        for match in _period_pattern().finditer(text)
        if not any(match.start() < one.end and one.start < match.end() for one in taken)
    )
    return [_spanned(match, match.span(), "period", 0.85) for match in free]


def find_bare_periods(text: str) -> list[DurationMention]:
    """Spans of time that fill a table's cell or parentheses or stand behind a verb of keeping: "Gallras | 2 år"."""
    spans = ((match, (match.start("number"), match.end("unit"))) for match in _bare_pattern().finditer(text))
    return [_spanned(match, span, "period", 0.8) for match, span in spans]


def find_listed_times(text: str) -> list[DurationMention]:
    """Times that end what they are of, with no word for their being limits: "frågor 24 timmar, klagomål 3 dagar".

    Whether they are limits is told by what leads into the list.
    """
    found = []
    for match in _listed_pattern().finditer(text):
        if unit_of(match["unit"]).iso in _SHORT_UNITS:
            one = _spanned(match, (match.start("number"), match.end("unit")), "deadline", 0.8)
            found.append(with_calendar(text, one))
    return found


@cache
def _listed_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^\s*|[:=]\s+|(?<![\w-])(?!(?:{_NO_LIMIT})\s)[\wåäö-]{{3,}}\s+)"
        rf"(?P<number>{number_pattern()})\s*(?P<unit>{unit_pattern()})\s*(?=$|[,;.)(|]|(?<=\s)(?:{calendars().forms}))",
        re.IGNORECASE,
    )


_SHORT_UNITS = frozenset({"PTNM", "PTNH", "PND", "PNW"})
_NO_LIMIT = "efter|inom|under|varje|äldre|minst|ungefär|cirka|förra|senaste|första|drygt|knappt|öppet|öppen|bemannad"
"""Words before a time that make it a length or an age, or that say themselves that it is a limit."""


def _spanned(match: re.Match[str], span: tuple[int, int], kind: str, confidence: float) -> DurationMention:
    """The time that a pattern's `number` and `unit` tell, with the words of a span."""
    count, vague = count_of(match["number"])
    unit = unit_of(match["unit"])
    words, value = match.string[slice(*span)], iso_value(count, unit)
    return DurationMention(*span, words, value, unit.calendar, kind, vague, confidence)


@cache
def _bare_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:^|[\t|(])\s*(?:(?:efter|i|minst|högst|max)\s+)?|(?:spar|bevar|arkiver|gallr)\w*\s+)"
        rf"(?P<number>{number_pattern()})\s*(?P<unit>{unit_pattern()})\s*(?=$|[\t|).,;]|efter\b)",
        re.IGNORECASE,
    )


@cache
def _period_pattern() -> re.Pattern[str]:
    lead = words_of("periods")["form"]
    return re.compile(
        rf"(?<![\w-])(?:{lead})(?P<number>{number_pattern()})\s*(?P<unit>{unit_pattern()})(?!\w)", re.IGNORECASE
    )


@cache
def _deadline_pattern() -> re.Pattern[str]:
    words = words_of("deadlines")
    number, unit = number_pattern(), unit_pattern()
    return re.compile(
        rf"(?<![\w-])(?:(?P<preposition>{words['prepositions']})"
        rf"|(?:{words['statements']})\b[^.\n?!]{{0,24}}?(?:\s(?:är|på|till|om)|:))"
        rf"\s+(?:{words['about']}){{0,3}}(?P<range>(?P<low>{number})\s*(?:[-–—]|till|eller|à|alternativt)\s*)?"
        rf"(?P<number>{number})(?:\s*\(\d+\))?\s*(?P<unit>{unit})(?!\w)",
        re.IGNORECASE,
    )


def _find_deadlines(text: str) -> Iterator[DurationMention]:
    for match in _deadline_pattern().finditer(text):
        count, vague = count_of(match["number"])
        if match["range"]:
            count = max(count, count_of(match["low"])[0])
        unit = unit_of(match["unit"])
        # "Svarstiden är 24 timmar": the time itself is the expression, the noun before it is not.
        figure = match.start("range") if match["range"] else match.start("number")
        start = match.start() if match["preposition"] else figure
        firm = (match["preposition"] or "").lower().startswith(("inom", "senast", "allra", "i "))
        found = DurationMention(
            start,
            match.end(),
            text[start : match.end()],
            iso_value(count, unit),
            unit.calendar,
            "deadline",
            vague,
            0.97 if firm else 0.8,
        )
        yield with_calendar(text, found)


@cache
def _rate_pattern() -> re.Pattern[str]:
    words = words_of("rates")
    number = number_pattern()
    return re.compile(
        rf"(?<![\w-])(?:(?:{words['least']})\s+){{0,2}}(?:(?P<low>{number})\s*(?:[-–—]|till|eller|à)\s*)?"
        rf"(?P<number>{number})\s+(?:{words['things']})(?:\s+(?:i\s+snitt|på\s+\w+))?"
        rf"(?:\s*/\s*|\s+(?:per|i|om|varje|var|under)\s+)(?P<per>{words['per']})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _every_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w-])(?:minst\s+)?(?:en\s+gång\s+)?(?:var(?:je|t)?)\s+(?P<number>\d{1,2}|tredje|fjärde|femte|sjätte)"
        rf"\s*:?e?\s+(?P<unit>{unit_pattern()})(?!\w)",
        re.IGNORECASE,
    )


def _find_rates(text: str) -> Iterator[DurationMention]:
    """Rates: "minst en gång i veckan", "3-4 inlägg per vecka", "två gånger om dagen", "en gång i halvåret"."""
    for match in _rate_pattern().finditer(text):
        count, vague = count_of(match["number"])
        if match["low"]:
            count = min(count, count_of(match["low"])[0])
        period, calendar = period_of(match["per"])
        value = divide(period, count)
        found = DurationMention(match.start(), match.end(), match[0], value, calendar, "repeat", vague, 0.95)
        yield with_calendar(text, found)
    for match in _every_pattern().finditer(text):
        count, vague = count_of(match["number"])
        unit = unit_of(match["unit"])
        value = iso_value(count, unit)
        found = DurationMention(match.start(), match.end(), match[0], value, unit.calendar, "repeat", vague, 0.9)
        yield with_calendar(text, found)


@cache
def _weekdays_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Days of the week that recur, not as the ends of a range ("måndag till fredag"), and a single one of them."""
    day = "|".join(read_tree("durations.yaml")["weekdays"])
    listed = rf"(?:{day})(?:ar)?(?:(?:,\s*|,?\s+(?:och|samt)\s+)(?:varje\s+)?(?:{day})(?:ar)?)*"
    whole = rf"(?<![\w-])(?:minst\s+)?(?:varje|alla|på)\s+(?P<days>{listed})(?!\w)(?!\s*(?:[-–—]|till\b|t\.?o\.?m))"
    return re.compile(whole, re.IGNORECASE), re.compile(day, re.IGNORECASE)


def _find_weekdays(text: str) -> Iterator[DurationMention]:
    """Days of the week that recur: "varje måndag, onsdag och fredag" is three times a week.

    "På måndag" is a day to come, "på måndagar" each of them.
    """
    if "dag" not in text:
        return
    whole, one = _weekdays_pattern()
    for match in whole.finditer(text):
        if not (match[0].lower().startswith(("varje", "alla", "minst")) or "dagar" in match["days"].lower()):
            continue
        days = {day.lower() for day in one.findall(match["days"])}
        if match[0].lower().startswith("på") and len(days) == 1:
            continue  # "På söndagar tittar någon in": what holds on one day says nothing of the others
        week = read_tree("durations.yaml")["weekdays"]
        value, calendar = ("P1D", "weekdays") if days == set(week[:5]) else (divide("P1W", len(days)), "")
        yield DurationMention(match.start(), match.end(), match[0], value, calendar, "repeat", False, 0.9)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A fixed expression: its value, and what may not, or must, stand beside it."""

    value: str
    kind: str
    calendar: str
    vague: bool
    confidence: float
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    only_before: re.Pattern[str] | None

    def fits(self, text: str, start: int, end: int) -> bool:
        before = text[max(0, start - 30) : start]
        if self.not_before and self.not_before.search(before):
            return False
        if self.only_before and not self.only_before.search(before):
            return False
        return not (self.not_after and self.not_after.match(text, end))


@cache
def _fixed() -> tuple[re.Pattern[str], tuple[_Fixed, ...]]:
    """Every fixed expression in one pattern, the group number telling which it was."""
    rows: list[dict[str, Any]] = read_tree("durations.yaml")["fixed"]
    forms = [f"(?P<f{place}>{row['form']})" for place, row in enumerate(rows)]
    pattern = r"(?<![\w-])(?:" + "|".join(forms) + r")(?![\w])"
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE), tuple(_read_fixed(row) for row in rows)


def _read_fixed(row: dict[str, Any]) -> _Fixed:
    def compiled(column: str, shape: str) -> re.Pattern[str] | None:
        return re.compile(shape.format(row[column]), re.IGNORECASE) if column in row else None

    return _Fixed(
        str(row["value"]),
        str(row["kind"]),
        str(row.get("calendar", "")),
        bool(row.get("vague", False)),
        float(row.get("confidence", 0.93)),
        compiled("not_before", r"(?:^|\W)(?:{})\Z"),
        compiled("not_after", r"(?:{})"),
        compiled("only_before", r"(?:^|\W)(?:{})\Z"),
    )


def _find_fixed(text: str) -> Iterator[DurationMention]:
    pattern, rows = _fixed()
    for match in pattern.finditer(text):
        one = rows[int(str(match.lastgroup).removeprefix("f"))]
        if not one.fits(text, match.start(), match.end()):
            continue
        # "minst varannan timme" is quoted whole.
        least = _LEAST.search(text, max(0, match.start() - 12), match.start()) if one.kind == "repeat" else None
        start = least.start() if least else match.start()
        found = DurationMention(
            start, match.end(), text[start : match.end()], one.value, one.calendar, one.kind, one.vague, one.confidence
        )
        yield found if one.vague else with_calendar(text, found)
