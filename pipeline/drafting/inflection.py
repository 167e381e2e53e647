"""Swedish forms that drafting needs: definite roles, lists in words, numbers and times in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pipeline.swedish
from pipeline.trees import parse_tree

FOLDER = Path(pipeline.swedish.__file__).with_name("wording")

_DURATION = re.compile(r"P(?:(?P<Y>\d+)Y|(?P<M>\d+)M|(?P<W>\d+)W|(?P<D>\d+)D|T(?:(?P<H>\d+)H|(?P<m>\d+)M))")


@cache
def common_words() -> Mapping[str, Any]:
    """The words for values and modals that all codebooks share."""
    content: Mapping[str, Any] = parse_tree((FOLDER / "common.yaml").read_text("utf-8"))
    return content


def definite(role: str) -> str:
    """A canonical role as the subject of a rule: "kommunikationschef" gives "kommunikationschefen".

    Roles of several words and those in -ansvarig stand without article in such sentences ("närmaste chef ska ..."); so
    does what is definite already (kommunstyrelsen) or no role of the register.
    """
    if " " in role or role.endswith("ansvarig"):
        return role
    endings = _endings(role)
    if not endings:
        return next((role + ending for last, ending in common_words()["definite"].items() if role.endswith(last)), role)
    return role + (endings[1] if len(endings) > 2 else "")


def indefinite(role: str) -> str:
    """A canonical role with its article: "en redaktör", "ett dataskyddsombud"; "ansvarig person" and such have none."""
    if "ansvarig" in role:
        return role
    endings = _endings(role)
    return f"{'ett' if endings[1:2] in (('et',), ('t',)) else 'en'} {role}"


def _endings(role: str) -> tuple[str, ...]:
    """The endings of a role's head word; empty where it has none that is known."""
    from pipeline.swedish.role_register import role_register

    heads = sorted({head for head, _ in role_register().heads.values()}, key=lambda h: (-len(h.word), h.word))
    return next((head.endings for head in heads if role.lower().endswith(head.word)), ())


def say_number(number: int) -> str:
    """A number in words up to twelve, in figures above."""
    words: Sequence[str] = common_words()["numbers"]
    return words[number] if 0 <= number < len(words) else str(number)


def say_length(duration: str, *, workdays: bool = False) -> str:
    """An ISO 8601 duration as a length of time: "24 timmar", "två arbetsdagar"; the text itself where it is none."""
    read = _read(duration)
    if read is None:
        return duration
    unit, number = read
    forms = common_words()["workday"] if workdays and unit == "D" else common_words()["units"][unit]
    if number == 1:
        return str(forms["one"])
    return f"{say_number(number) if unit != 'H' else number} {forms['many']}"


def say_deadline(token: str) -> str:
    """A deadline with its calendar in words: "PT24H weekdays" gives "inom 24 timmar på vardagar"."""
    duration, _, calendar = token.partition(" ")
    read = _read(duration)
    if read is None:
        return _with_calendar(str(common_words()["vague"].get(duration, duration)), calendar)
    if calendar == "weekdays" and read[0] == "D":
        return f"inom {say_length(duration, workdays=True)}"
    return _with_calendar(f"inom {say_length(duration)}", calendar)


def say_frequency(token: str) -> str:
    """How often in words: "P1W" gives "varje vecka", "P6M" "varje halvår"."""
    words = common_words()
    duration, _, calendar = token.partition(" ")
    fixed = words["periods"].get(token)
    read = _read(duration)
    if fixed is not None or read is None:
        return (
            str(fixed) if fixed is not None else _with_calendar(str(words["vague"].get(duration, duration)), calendar)
        )
    if duration in words["periods"]:
        return _with_calendar(str(words["periods"][duration]), calendar)
    unit, number = read
    if calendar == "weekdays" and unit == "D" and number < 3:
        return str(words["workday"]["every" if number == 1 else "other"])
    forms = words["units"][unit]
    if number < 3:
        return _with_calendar(str(forms["every" if number == 1 else "other"]), calendar)
    return _with_calendar(f"en gång på {say_length(duration)}", calendar)


def _with_calendar(said: str, calendar: str) -> str:
    known = common_words()
    days = (known["by_day"] if "dag" in said else {}).get(calendar) or known["calendars"].get(calendar, "")
    return f"{said} {days}".strip()


def _read(duration: str) -> tuple[str, int] | None:
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    return next((unit, int(number)) for unit, number in match.groupdict().items() if number)
