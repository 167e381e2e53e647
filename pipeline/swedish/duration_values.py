"""Numerals, units and ISO 8601 values of Swedish time expressions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from pipeline.swedish.datafiles import read_tree

_ORDINALS = {"tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6}
#: Parts of a week, month and year as municipal texts count them; hours where no whole day fits.
_HOURS = {"PT1H": 1, "P1D": 24, "P1W": 168}
_MONTHS = {"P1M": 1, "P3M": 3, "P6M": 6, "P1Y": 12}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time: its ISO form with N for the number, a factor, and the calendar that its word brings."""

    iso: str
    times: int
    calendar: str


@dataclass(frozen=True, slots=True)
class DurationMention:
    """A time limit or frequency.

    Attributes:
        start: Code point where the expression starts, its preposition included ("inom 24 timmar på vardagar").
        end: Code point after its last.
        quote: The text between them.
        value: ISO 8601 (PT24H, P1D, P6M), or skyndsamt, snarast, same-day; regelbundet, löpande or kontinuerligt for a
            frequency without a figure. Of a range the outer bound ("inom 1-2 dagar" is P2D), of a rate the least
            often that fulfils it ("3-4 inlägg i veckan" is PT56H).
        calendar: weekdays, working_hours, any, or empty where the text does not say.
        kind: deadline, repeat, or (from `find_periods`) period.
        vague: Whether the figure is about ("ett par dagar") or missing.
        confidence: 0 to 1.
    """

    start: int
    end: int
    quote: str
    value: str
    calendar: str
    kind: str
    vague: bool
    confidence: float


@cache
def _tree() -> dict[str, Any]:
    tree: dict[str, Any] = read_tree("durations.yaml")
    return tree


@cache
def number_pattern() -> str:
    """A pattern for figures and numerals in words ("24", "tjugofyra", "ett par")."""
    numerals = _tree()["numerals"]
    words = sorted([*numerals["exact"], *numerals["vague"]], key=lambda word: (-len(word), word))
    return r"(?:\d{1,3}|" + "|".join(word.replace(" ", r"\s+") for word in words) + r")(?!\w*\d)"


@cache
def unit_pattern() -> str:
    """A pattern for the words of units, longest first."""
    return "(?:" + "|".join(row["form"] for row in _tree()["units"]) + ")"


def count_of(written: str) -> tuple[int, bool]:
    """The number a numeral stands for, and whether it is about that many."""
    word = re.sub(r"\s+", " ", written.lower())
    if word.isdigit():
        return int(word), False
    numerals = _tree()["numerals"]
    if word in _ORDINALS:
        return _ORDINALS[word], False
    if word in numerals["exact"]:
        return int(numerals["exact"][word]), False
    return int(numerals["vague"][word]), True


@cache
def unit_of(written: str) -> Unit:
    """The unit that a word is a form of."""
    for row in _tree()["units"]:
        if re.fullmatch(row["form"], written, re.IGNORECASE):
            return Unit(str(row["iso"]), int(row.get("times", 1)), str(row.get("calendar", "")))
    raise ValueError(f"{written!r} is no unit of time in durations.yaml")


@cache
def words_of(section: str) -> dict[str, str]:
    """The patterns of a section of durations.yaml by name, any white space between words; a lone pattern is `form`."""
    rows = _tree()[section]
    if isinstance(rows, str):
        rows = {"form": rows}
    plain = {name: row if isinstance(row, str) else "|".join(one["form"] for one in row) for name, row in rows.items()}
    return {name: form.replace(" ", r"\s+") for name, form in plain.items()}


@cache
def period_of(written: str) -> tuple[str, str]:
    """ISO period and calendar of what a rate is counted in ("veckan", "halvåret", "arbetsdag")."""
    for row in _tree()["rates"]["per"]:
        if re.fullmatch(row["form"], written, re.IGNORECASE):
            return str(row["iso"]), str(row.get("calendar", ""))
    raise ValueError(f"{written!r} is no period in durations.yaml")


def iso_value(count: int, unit: Unit) -> str:
    """ISO 8601 for so many of a unit: 24 timmar is PT24H, 2 halvår is P12M."""
    return unit.iso.replace("N", str(count * unit.times))


def divide(period: str, times: int) -> str:
    """How often that is: twice a year is P6M, three times a week PT56H, twice a day PT12H."""
    if times <= 1:
        return period
    if period in _MONTHS:
        months = Fraction(_MONTHS[period], times)
        if months.denominator == 1:
            return f"P{months}M"
        return f"P{max(1, round(months * 30))}D"
    hours = Fraction(_HOURS[period], times)
    if hours % 24 == 0:
        return f"P{hours / 24}D"
    return f"PT{round(hours)}H" if hours >= 1 else f"PT{max(1, round(hours * 60))}M"
