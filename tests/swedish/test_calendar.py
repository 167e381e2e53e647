"""Working days, public holidays, and deadlines as intervals of working hours."""

from __future__ import annotations

from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.swedish.calendar import add_working_days, between_hours, interval_hours, is_public_holiday, is_working_day
from pipeline.swedish.durations import find_durations


@pytest.mark.parametrize(
    ("day", "open_office"),
    [
        (date(2026, 6, 18), True),
        (date(2026, 6, 19), False),  # midsommarafton
        (date(2026, 12, 24), False),
        (date(2026, 1, 6), False),
        (date(2026, 5, 14), False),  # Kristi himmelsfärdsdag
        (date(2026, 5, 15), True),
        (date(2026, 5, 25), True),  # annandag pingst is none since 2005
        (date(2026, 11, 21), False),
    ],
)
def test_working_days(day: date, open_office: bool) -> None:
    assert is_working_day(day) is open_office


def test_eves_are_no_public_holidays_by_law() -> None:
    assert not is_public_holiday(date(2026, 12, 24))
    assert is_public_holiday(date(2026, 12, 25))
    assert is_public_holiday(date(2026, 11, 22))


def test_working_days_are_counted_over_weekends_and_holidays() -> None:
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("value", "calendar", "interval"),
    [
        ("PT24H", "weekdays", (8, 8)),
        ("PT24H", "", (0, 8)),
        ("PT24H", "working_hours", (8, 24)),
        ("PT4H", "working_hours", (4, 4)),
        ("P1D", "weekdays", (8, 16)),
        ("P2D", "weekdays", (16, 24)),
        ("P1D", "", (0, 16)),
        ("P1W", "", (40, 48)),
        ("same-day", "", (0, 8)),
        ("skyndsamt", "", (0, inf)),
        ("P1M", "", (136, 184)),
    ],
)
def test_deadlines_as_intervals(value: str, calendar: str, interval: tuple[float, float]) -> None:
    assert interval_hours(value, calendar) == interval


@pytest.mark.parametrize("value", ["", "24 timmar", "P", "PT", "R/P1D"])
def test_what_is_no_duration_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        interval_hours(value)


@given(
    st.integers(1, 400), st.sampled_from(["", "any", "weekdays", "working_hours"]), st.sampled_from(["PT{}H", "P{}D"])
)
def test_a_longer_time_is_never_shorter_in_working_hours(count: int, calendar: str, form: str) -> None:
    low, high = interval_hours(form.format(count), calendar)
    assert 0 <= low <= high
    for more in (1, 24):
        longer_low, longer_high = interval_hours(form.format(count + more), calendar)
        assert low <= longer_low
        assert high <= longer_high


@given(st.integers(1, 60), st.sampled_from(["PT{}H", "P{}D"]))
def test_a_clock_that_stops_out_of_office_leaves_no_less_time(count: int, form: str) -> None:
    always = interval_hours(form.format(count), "any")
    weekdays = interval_hours(form.format(count), "weekdays")
    assert always[0] <= weekdays[0]
    assert always[1] <= weekdays[1]


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("Svar ges inom två timmar under kontorstid.", (2, 2)),
        ("Svar ges inom 24 timmar på vardagar.", (8, 8)),
        ("Svar ges inom 24 timmar helgfri vardag.", (8, 8)),
        ("Svar ges inom ett dygn.", (0, 8)),
        ("Svar ges samma arbetsdag.", (0, 8)),
        ("Svar ges inom en arbetsdag.", (8, 16)),
        ("Svar ges nästa vardag.", (8, 16)),
        ("Svar ges senast nästa arbetsdag.", (8, 16)),
        ("Svar ges inom en helgfri vardag.", (8, 16)),
        ("Svar ges inom 48 timmar på helgfria vardagar.", (16, 16)),
        ("Svar ges inom tre vardagar.", (24, 32)),
    ],
)
def test_deadlines_as_texts_write_them_can_be_compared(text: str, interval: tuple[float, float]) -> None:
    (limit,) = find_durations(text)
    assert interval_hours(limit.value, limit.calendar) == interval


@pytest.mark.parametrize(
    ("value", "calendar", "hours"),
    [
        ("PT8H", "", (8, 8)),
        ("P1D", "", (24, 24)),
        ("P1D", "weekdays", (24, 72)),
        ("P1W", "weekdays", (168, 168)),
        ("P1M", "", (672, 744)),
    ],
)
def test_hours_between_what_is_done_again(value: str, calendar: str, hours: tuple[float, float]) -> None:
    assert between_hours(value, calendar) == hours
