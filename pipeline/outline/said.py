"""What a document is found to say of itself, and the parts of the lines in which it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records.outline import Unit
from pipeline.swedish.dates import DateMention, find_dates

COVER_UNITS = 60
"""How far into a document, in units, its own adoption line may stand; the last ones of the document count too."""
HEAD_UNITS = 15
"""Units in which a diary number may stand without a label."""
GAP = re.compile(r"\n|\t|\s?\|\s?|\s[•·]\s| {2,}")
"""What keeps the parts of a cover or a footer apart."""
LONGEST_LINE = 220
"""Characters of a line that speaks of adoption."""
YEAR_BEHIND = re.compile(r"§\s*\d+/((?:19|20)\d\d)\b")
"""A paragraph with the year of the meeting behind it."""
_DAY = "Datum: "


@dataclass(frozen=True, slots=True)
class Said:
    """A field's value with the span of the words that say it."""

    field: str
    value: str
    start: int
    end: int
    confidence: float


def day_of_six(words: str, at: int) -> list[DateMention]:
    """Six figures at a place as a day ("210504"): only the words before it, which ask for one, make a day of it."""
    found = find_dates(_DAY + words[at:])
    return [replace(day, start=day.start - len(_DAY) + at, end=day.end - len(_DAY) + at) for day in found]


def is_minutes(text: str, units: Sequence[Unit]) -> bool:
    """Whether the document's head calls it minutes, and not a letter that speaks of some."""
    head = text[: units[HEAD_UNITS].start if len(units) > HEAD_UNITS else len(text)]
    named = re.search(
        r"(?i)\b(?P<minutes>(?:sammanträdes)?protokoll\w*|sammanträdes(?:datum|dag)\w*)|\btjänste(?:skrivelse|utlåtande)",
        head,
    )
    return bool(named and named["minutes"])


def parts_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a stretch of cover or footer: lines, and in them what bars, tabs or wide gaps keep apart."""
    spans, at = [], start
    for gap in [*GAP.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        lead = len(text[at:stop]) - len(text[at:stop].lstrip())
        tail = len(text[at:stop].rstrip())
        if tail > lead:
            spans.append((at + lead, at + tail))
        at = gap.end() if gap else end
    return spans
