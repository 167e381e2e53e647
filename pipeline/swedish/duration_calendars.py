"""On which days and hours a time runs: the words behind it, or before it in its sentence, that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pipeline.swedish.datafiles import read_tree
from pipeline.swedish.duration_values import DurationMention

#: How far before a time its sentence may have said on which days ("På vardagar svarar vi inom två timmar").
_LOOK = 64
_OPENING = re.compile(r"[!?\n;]|[.:](?!\d)")


@dataclass(frozen=True, slots=True)
class _Calendars:
    """What tells on which days a time runs: at once behind it, before it in its sentence; the calendar of each group.

    `forms` are the words alone, without groups.
    """

    after: re.Pattern[str]
    before: re.Pattern[str]
    calendars: tuple[str, ...]
    forms: str

    def of(self, match: re.Match[str]) -> str:
        """The calendar that a match tells."""
        return self.calendars[int(str(match.lastgroup).removeprefix("c"))]


@cache
def calendars() -> _Calendars:
    """The words for days and hours of the data file, compiled."""
    rows: list[dict[str, Any]] = read_tree("durations.yaml")["calendars"]
    spaced = [str(row["form"]).replace(" ", r"\s+") for row in rows]
    grouped = [f"(?P<c{place}>{form})" for place, form in enumerate(spaced)]
    anywhere = "|".join(form for form, row in zip(grouped, rows, strict=True) if not row.get("after_only"))
    after = re.compile(rf"(?:\s+|\s*\(|,\s+)(?:{'|'.join(grouped)})(?!\w)", re.IGNORECASE)
    before = re.compile(rf"(?<!\w)(?:{anywhere})(?!\w)", re.IGNORECASE)
    return _Calendars(after, before, tuple(str(row["calendar"]) for row in rows), "|".join(spaced))


#: How far behind a frequency its days may stand ("daglig bevakning på vardagar"), and what ends the clause before.
_AHEAD = 64
_CLAUSE_END = re.compile(r"[.;:!?,\n]|\b(?:och|men|samt|eller|som|när|om)\b", re.IGNORECASE)


def with_calendar(text: str, mention: DurationMention) -> DurationMention:
    """The mention with the qualifier after it, or with the calendar that its sentence sets before it."""
    known = calendars()
    match = known.after.match(text, mention.end)
    if match:
        end = match.end()
        if "(" in match[0] and text[end : end + 1] == ")":
            end += 1
        return replace(mention, end=end, quote=text[mention.start : end], calendar=known.of(match))
    if mention.calendar:
        return mention
    first = max(0, mention.start - _LOOK)
    opening = max((sign.end() for sign in _OPENING.finditer(text, first, mention.start)), default=first)
    earlier = list(known.before.finditer(text, opening, mention.start))
    if not earlier:
        return _with_days_behind(text, mention)
    told = [known.of(one) for one in earlier]
    calendar = "working_hours" if "working_hours" in told else told[-1]  # the narrower: "under kontorstid, vardagar"
    if not text[earlier[-1].end() : mention.start].strip() and calendar == "weekdays":
        start = earlier[-1].start()
        return replace(mention, start=start, quote=text[start : mention.end], calendar=calendar)
    return replace(mention, calendar=calendar, confidence=min(mention.confidence, 0.85))


def _with_days_behind(text: str, mention: DurationMention) -> DurationMention:
    """A frequency of a day or less with the days that its clause names behind what is done: "daglig tillsyn på ..."."""
    if mention.kind != "repeat" or not (mention.value == "P1D" or mention.value.startswith("PT")):
        return mention
    match = calendars().after.search(text, mention.end, mention.end + _AHEAD)
    # Only a word with a preposition or an exclusion tells so far off: "daglig kontroll ... arbetstid" does not.
    if match is None or _CLAUSE_END.search(text, mention.end, match.start()) or _is_after_only(match):
        return mention
    return replace(mention, calendar=calendars().of(match), confidence=min(mention.confidence, 0.85))


def _is_after_only(match: re.Match[str]) -> bool:
    row = read_tree("durations.yaml")["calendars"][int(str(match.lastgroup).removeprefix("c"))]
    return bool(row.get("after_only"))
