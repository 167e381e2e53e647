"""Reviews that a document plans for itself, and whether the first of them is overdue on the run's date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from pipeline.compare.documents import body_of
from pipeline.compare.notices import notice
from pipeline.compare.precedence import has_lapsed, written_on
from pipeline.failures import Message
from pipeline.records.comparison import DocumentFindings, Finding
from pipeline.records.outline import Outline
from pipeline.swedish.dates import find_dates
from pipeline.swedish.durations import find_durations

WEIGHT = 0.6
"""As of a document that its own words wanted revised by a day."""

_REVIEWED = (
    r"(?:revider(?:as|ing)|ses\s+över|omprövas|omprövning|uppdateras|aktualitetspröva(?:s|ning)|aktualiseras|översyn)"
)
_PLANNED = re.compile(
    r"(?im)(?:\b(?:riktlinje|policy|dokument|rutin|regler|anvisning|handbok|strategi|vägledning)\w*\b"
    rf"(?:(?!\b(?:konto|list|förteckning|behörighet|lösenord|sammanställning)\w*)[^.;:!?]){{0,90}}?\b{_REVIEWED}\b"
    rf"|^[ \t]*{_REVIEWED}[ \t]*[:|\t])"
)
"""A document that is to be looked over, or the label of a line that says how often: "Ses över: Vartannat år"."""

_BEHIND = 70
"""Characters behind such words within which it stands how often, or within what time."""
_SENTENCE_END = re.compile(r"[.;!?](?!\d)|\n\s*\n")
_TERM = re.compile(r"(?i)mandatperiod")
_PERIOD = re.compile(r"P(\d+)([MY])")
_ELECTION_YEAR, _TERM_YEARS, _TERM_BEGINS = 1998, 4, (10, 15)
"""A council's term begins on 15 October of an election year: chapter 5 section 9 of the municipal act."""


def find_overdue_reviews(item: DocumentFindings, *, on: datetime.date) -> Iterator[Finding]:
    """The document whose own plan had it looked over before a day, without anything that shows that it was; one a text.

    What a plan counts from is the day that its own sentence names ("träder i kraft 2013-03-01 och omprövas senast efter
    två år"), else the day the wording is from. "En gång per mandatperiod" is kept until the next term is over.
    """
    outline = item.outline
    if outline is None or outline.document.completeness == "proposal" or has_lapsed(outline, on):
        return
    for words in _PLANNED.finditer(outline.text):
        planned = _plan(outline, words.start(), words.end())
        if planned is None:
            continue
        due, end = planned
        if due >= on:
            continue
        yield notice(
            "stale_name",
            body_of(item),
            document_id=item.source.document_id,
            quote=outline.text[words.start() : end].strip(),
            said=Message(
                f"Dokumentet skulle enligt sin egen plan ha setts över senast {due}, men inget i texten visar att det "
                "har gjorts.",
                f"By its own plan the document was to be reviewed by {due}, and nothing in the text shows that it was.",
            ),
            weight=WEIGHT,
        )
        return


def _plan(outline: Outline, start: int, end: int) -> tuple[datetime.date, int] | None:
    """The day by which a review that some words plan is due, and where the plan ends; None where they give no time."""
    text = outline.text
    stop = _SENTENCE_END.search(text, end)
    last = min(len(text), end + _BEHIND, stop.start() if stop else len(text))
    found = next((d for d in find_durations(text[end:last]) if _PERIOD.fullmatch(d.value)), None)
    if found is None:
        return None
    named = [d.value for d in find_dates(text[start:end]) if len(d.value) == len("2013-03-01")]
    written = written_on(outline)
    begun = max(filter(None, (written, *map(datetime.date.fromisoformat, named))), default=None)
    if begun is None:
        return None
    if _TERM.search(found.quote):
        return _end_of_next_term(begun), end + found.end
    return _after(begun, found.value), end + found.end


def _after(day: datetime.date, period: str) -> datetime.date:
    """The day so many months or years after a day."""
    count, unit = int(period[1:-1]), period[-1]
    months = day.month - 1 + count * (12 if unit == "Y" else 1)
    # The last day of a month has no counterpart in every other: the 28th is near enough to what is planned in years.
    return datetime.date(day.year + months // 12, months % 12 + 1, min(day.day, 28))


def _end_of_next_term(day: datetime.date) -> datetime.date:
    """The last day of the council's term behind the one that a day lies in."""
    begins = day.year - (day.year - _ELECTION_YEAR) % _TERM_YEARS
    if day < datetime.date(begins, *_TERM_BEGINS):
        begins -= _TERM_YEARS
    return datetime.date(begins + 2 * _TERM_YEARS, *_TERM_BEGINS) - datetime.timedelta(days=1)
