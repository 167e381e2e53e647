"""Working days, public holidays, and deadlines as intervals of working hours that can be compared.

Vardag, helgfri vardag and arbetsdag are read alike: Monday to Friday that is no public holiday and none of the three
eves (midsommarafton, julafton, nyårsafton), when offices close although the law does not name them. Public holidays
follow lagen (1989:253) om allmänna helgdagar, by the `holidays` library. A working day has eight hours.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache, lru_cache
from math import inf

#: An office day: eight hours from eight o'clock. Only its length enters a result.
HOURS_A_DAY, OPENS = 8, 8
#: Working days in a month and a year, fewest and most (Sweden 2015 to 2030).
DAYS_A_MONTH, DAYS_A_YEAR = (17, 23), (249, 253)
#: Words without a figure promise no bound; what they mean in hours is for people to say.
UNBOUNDED = frozenset({"skyndsamt", "snarast", "regelbundet", "löpande", "kontinuerligt"})
_ISO = re.compile(r"P(?:(?P<Y>\d+)Y|(?P<M>\d+)M|(?P<W>\d+)W|(?P<D>\d+)D|T(?:(?P<h>\d+)H|(?P<m>\d+)M))")


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Sweden's public holidays of a year, Sundays left out."""
    from holidays.countries.sweden import Sweden

    return frozenset(Sweden(include_sundays=False, years=year))


@cache
def _eves(year: int) -> frozenset[date]:
    midsummer = next(day for day in (date(year, 6, 19) + timedelta(days=n) for n in range(7)) if day.weekday() == 4)
    return frozenset({midsummer, date(year, 12, 24), date(year, 12, 31)})


def is_public_holiday(day: date) -> bool:
    """Whether the day is a Sunday or a public holiday by law."""
    return day.weekday() == 6 or day in public_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Whether offices are open: Monday to Friday, no public holiday, none of the three eves."""
    return day.weekday() < 5 and day not in public_holidays(day.year) and day not in _eves(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day that lies so many working days after a day (0: the day itself or the next one open)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


@lru_cache(maxsize=4096)
def interval_hours(value: str, calendar: str = "") -> tuple[float, float]:
    """Fewest and most working hours that a deadline may take, in weeks without public holidays.

    A clock runs on (PT24H is 0 to 8 hours: it may run over a weekend), unless the calendar stops it outside weekdays
    (PT24H on weekdays is 8: the same time on the next weekday). Days end when the office closes, and the day a question
    comes in is not counted: P1D on weekdays is 8 to 16. In working_hours a time up to a day is counted as it stands,
    a longer one between the two ways to read it (PT24H: 8 or 24). Words without a figure are (0, inf).
    Kept from call to call: the same few times come again in every municipality.

    Args:
        value: ISO 8601 duration, same-day, or a word such as skyndsamt.
        calendar: weekdays, working_hours, any, or empty, which counts as any.

    Raises:
        ValueError: When the value is neither.
    """
    if value in UNBOUNDED:
        return 0.0, inf
    if value in ("same-day", "P0D"):
        return 0.0, float(HOURS_A_DAY)
    exact = _unit_and_count(value)
    if exact is None:
        raise ValueError(f"{value!r} is no duration: expected P2D, PT24H, P6M, same-day, skyndsamt or snarast")
    unit, count = exact
    if unit in "hm":
        return _clock(float(count) if unit == "h" else count / 60, calendar)
    if unit == "D":
        return _days(count, calendar)
    if unit == "W":
        return float(5 * count * HOURS_A_DAY), float((5 * count + 1) * HOURS_A_DAY)
    low, high = DAYS_A_MONTH if unit == "M" else DAYS_A_YEAR
    return float(count * low * HOURS_A_DAY), float(count * high * HOURS_A_DAY)


def _unit_and_count(value: str) -> tuple[str, int] | None:
    """The unit of an ISO duration and how many of it, None for what is none."""
    match = _ISO.fullmatch(value)
    return next((u, int(n)) for u, n in match.groupdict().items() if n) if match else None


def between_hours(value: str, calendar: str = "") -> tuple[float, float]:
    """Fewest and most hours by the clock between two times of what is done again and again.

    Twice a day is 12 on any day; on weekdays or in working hours nothing is done from Friday to Monday, so the most is
    then the weekend at least.

    Raises:
        ValueError: As `interval_hours` does.
    """
    exact = _unit_and_count(value)
    if exact is None:
        return interval_hours(value, calendar)
    unit, count = exact
    low, high = (count * hours for hours in _HOURS_BETWEEN[unit])
    return low, max(high, _WEEKEND) if calendar in ("weekdays", "working_hours") else high


_WEEKEND = 72.0
"""Hours from Friday to Monday."""
_HOURS_BETWEEN = {
    "m": (1 / 60, 1 / 60), "h": (1.0, 1.0), "D": (24.0, 24.0), "W": (168.0, 168.0),
    "M": (28 * 24.0, 31 * 24.0), "Y": (365 * 24.0, 366 * 24.0),
}  # fmt: skip


def _clock(hours: float, calendar: str) -> tuple[float, float]:
    """Working hours within so many hours by the clock."""
    days, rest = divmod(hours, 24)
    if calendar == "working_hours":
        return (hours, hours) if hours <= HOURS_A_DAY else (hours / 24 * HOURS_A_DAY, hours)
    if calendar == "weekdays":
        # Whole days end at the same time of day; what is left over may fall in the night or in the office.
        whole = days * HOURS_A_DAY
        return whole + max(0.0, rest - (24 - HOURS_A_DAY)), whole + min(rest, HOURS_A_DAY)
    counts = [_open_hours(start, hours) for start in range(168)]
    return min(counts), max(counts)


def _open_hours(start: int, hours: float) -> float:
    """Working hours in a stretch that begins so many hours into an ordinary week (Monday 00:00 is 0)."""
    total = 0.0
    for hour in range(start, start + int(hours) + 1):
        share = min(1.0, start + hours - hour)
        if (hour // 24) % 7 < 5 and OPENS <= hour % 24 < OPENS + HOURS_A_DAY:
            total += max(0.0, share)
    return total


def _days(count: int, calendar: str) -> tuple[float, float]:
    """Working hours until the end of the day that lies so many days after the one a question comes in."""
    if calendar in ("weekdays", "working_hours"):
        return float(count * HOURS_A_DAY), float((count + 1) * HOURS_A_DAY)
    after = [sum((start + n) % 7 < 5 for n in range(1, count + 1)) for start in range(7)]
    within = [sum((start + n) % 7 < 5 for n in range(count + 1)) for start in range(7)]
    return float(min(after) * HOURS_A_DAY), float(max(within) * HOURS_A_DAY)
