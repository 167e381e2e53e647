"""Who adopted a document and when, from the lines and sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.outline.said import GAP, LONGEST_LINE, YEAR_BEHIND, Said, is_minutes, parts_of
from pipeline.outline.vocabulary import may_say, type_of, vocabulary
from pipeline.records.outline import Unit
from pipeline.swedish.dates import DateMention, find_dates

AT_MEETING = 0.6
"""How sure body and day are that are told of a meeting."""
MINUTED = 0.93
"""How sure the day of a meeting is that of the adoption, in its minutes: surer than days of what was decided before."""
LOOSE = 0.4
"""How sure body and day are of a sentence that does not say what was adopted."""
BODY_ABOVE = 0.6
"""How sure it is that a body adopted whose name is the line above "Antagen" and a day."""
FARTHEST_ADOPTED = 80
"""Characters behind "fastställd" within which its day begins."""
WHOLE_DAY = len("2018-04-10")
"""Characters of a date that names a day and not only a month."""
LONGEST_BODY_LINE = 90
"""Characters of a line that has just a body and a date."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A line of the vocabulary by which a sentence adopts, and how sure that is.

    `own_subject`: the sentence begins with the document itself, else the line is about another. `day_first`: the day
    may stand before the words that adopt.
    """

    line: str
    sure: float
    own_subject: bool = False
    day_first: bool = False


_WAYS_TO_ADOPT = (
    _Way("adopted_following", 0.85, day_first=True),
    _Way("adopted_active", 0.85, day_first=True),
    _Way("adopted_far", 0.6, own_subject=True),
    _Way("adopted_which", 0.6, own_subject=True),
    _Way("adopted_it", 0.6),
)

_SENTENCE_END = re.compile(r"[.;]\s")
_LINE_ABOVE = re.compile(r"([^\n]+?)[ \t]*\n\s*$")
_NEXT_LINE = re.compile(r"[ \t]*\n[ \t]*([^\n]+)")
_OTHER_LABEL = re.compile(r"(?:\t|\||[ ]{2,})[ ]*[A-ZÅÄÖ][^\n\t|:]{2,40}:\s")
"""Another label in the same line: what stands behind it is not said of what stands before."""
_SAME_COLUMN = 3
"""Characters by which the beginnings of two parts of lines may differ that stand one below the other."""


def adopting_body(text: str, start: int, end: int) -> Said | None:
    """The body that words after "av" name as the one that adopted, None where they name none."""
    found = vocabulary().metadata_lines["by_body"].search(text, start, end)
    if not found:
        return None
    body = found["body"].strip()
    return Said("adopted_by", body, found.start("body"), found.start("body") + len(body), 0.9)


def names_body(words: str) -> bool:
    """Whether words name a body that can adopt."""
    return adopting_body(f"av {words}", 0, len(words) + 3) is not None


def adoption(text: str, unit: Unit, *, own: str, kind: str) -> Iterable[Said]:
    """Date and body of a line or sentence that says that this document was adopted."""
    row = text[unit.start : unit.end]
    if not may_say(vocabulary().adopting_stems, row):
        return
    said = vocabulary().metadata_lines[own].search(row)
    if said and _is_other(row, said.end()):
        return
    if said and vocabulary().metadata_lines["cites"].search(sentence_before(row, said.start())):
        return  # "Ersätter riktlinjer antagna av ...": another document was
    if not said or _of_another(row, said, kind):
        yield from _adopted_here(text, unit, kind)
        return
    at = unit.start + said.end()
    beside = _OTHER_LABEL.search(text, at, unit.end)
    dates = find_dates(text[at : beside.start() if beside else unit.end])
    if dates:
        yield Said("adopted_date", dates[0].value, at + dates[0].start, at + dates[0].end, 0.92)
    body = adopting_body(text, at, unit.end)
    brief = vocabulary().metadata_lines["body_and_date"].match(text[at : unit.end]) if body is None else None
    if brief:  # "Antagen KS 2011-10-04 § 212"
        yield Said("adopted_by", brief["body"], at + brief.start("body"), at + brief.end("body"), 0.85)
    if body is not None and (dates or unit.end - unit.start < LONGEST_BODY_LINE):
        yield body
    if body is None and brief is None and dates:
        yield from _body_above(text, unit.start)
    below = _day_under(text, unit.start + said.start()) if body is not None and not dates else None
    if below is not None:  # "Antagen av kommunstyrelsen" over "2012-11-07, § 23"
        yield below


def day_of_decision(text: str, unit: Unit) -> Iterable[Said]:
    """The day behind "Beslutsdatum" without a colon, and the body on the line above it."""
    for label in vocabulary().metadata_lines["decision_day"].finditer(text, unit.start, unit.end):
        day = next(iter(find_dates(text[label.end() : unit.end])), None)
        if day is not None and day.start == 0:
            yield Said("adopted_date", day.value, label.end(), label.end() + day.end, AT_MEETING)
            yield from _body_above(text, text.rfind("\n", 0, label.end()) + 1)


def _body_above(text: str, start: int) -> Iterable[Said]:
    """The body whose name is the line right above: "Socialnämnden i Hultsfred" over "Antagen 2021-02-24"."""
    above = _LINE_ABOVE.search(text, 0, start)
    name = vocabulary().metadata_lines["body_alone"].fullmatch(above[1]) if above else None
    if above and name:
        yield Said("adopted_by", name["body"], above.start(1), above.start(1) + len(name["body"]), BODY_ABOVE)


def _adopted_here(text: str, unit: Unit, kind: str) -> Iterable[Said]:
    """Body and day of a sentence that adopts what follows: "... beslutade kommunstyrelsen att anta följande policy".

    Less sure where the sentence only says "den" or "planen": "Kommunstyrelsen har antagit den vid sammanträde den ...".
    """
    lines = vocabulary().metadata_lines
    for way in _WAYS_TO_ADOPT:
        said = lines[way.line].search(text, unit.start, unit.end)
        named = type_of(said.groupdict().get("noun") or "") if said else ""
        if said is None or (named and kind and not same_type(named, kind)):
            continue
        if _is_other(text[unit.start : unit.end], said.end() - unit.start):
            return
        if way.own_subject and said.start() > unit.start:
            continue  # what is not the subject is another document: "I handboken, som ..."
        yield Said("adopted_by", said["body"], said.start("body"), said.end("body"), way.sure)
        at = unit.start if way.day_first else said.start()
        for day in find_dates(text[at : unit.end])[:1]:
            yield Said("adopted_date", day.value, at + day.start, at + day.end, way.sure)
        return


def adopted_loosely(text: str, unit: Unit, kind: str) -> Iterable[Said]:
    """Body and day of a sentence in which something was adopted that nothing calls another document.

    "Innehållet på sidan är fastställt av kommunchefen den 7 juni 2021": the least sure way, for where no other is met.
    """
    row = text[unit.start : unit.end]
    if not may_say(vocabulary().adopting_stems, row):
        return
    said = vocabulary().metadata_lines["adopted_loose"].search(row)
    if said is None:
        return
    before = sentence_before(row, said.start())
    named = _noun_before(before)
    other = bool(named) and (not kind or not same_type(type_of(named), kind))
    if other or _is_other(row, said.end()) or vocabulary().metadata_lines["cites"].search(before):
        return
    at = unit.start + said.end()
    body = adopting_body(text, at, unit.end)
    days = [day for day in whole_days(text[at : unit.end]) if day.start < FARTHEST_ADOPTED]
    if body is None or not days or body.start > at + len("på "):
        return
    yield replace(body, confidence=LOOSE)
    yield Said("adopted_date", days[0].value, at + days[0].start, at + days[0].end, LOOSE)


def _is_other(row: str, at: int) -> bool:
    """Whether a sentence goes on to say that what was adopted ceases or lies elsewhere, so is not this document.

    "..., antagna 2012-05-08, upphör att gälla"; "... antogs 2017 och finns att läsa bland våra styrande dokument".
    """
    lines, behind = vocabulary().metadata_lines, _SENTENCE_END.split(row[at:])[0]
    return any(lines[line].search(behind) for line in ("ceases", "lies_elsewhere"))


def sentence_before(row: str, at: int) -> str:
    """What stands before a place in its sentence or part of a line."""
    return GAP.split(_SENTENCE_END.split(row[:at])[-1])[-1]


def same_type(named: str, kind: str) -> bool:
    """Whether a document of a type may be called so in its own text: a plan of action is "planen" too."""
    return named == kind or {named, kind} == {"plan", "handlingsplan"}


def _of_another(row: str, said: re.Match[str], kind: str) -> bool:
    """Whether words on adoption are about a document of another type, or one that is named like another."""
    groups, before = said.groupdict(), row[: said.start()].strip()
    if "noun" not in groups and before and len(row) > LONGEST_BODY_LINE and row.endswith(".") and not GAP.search(row):
        # Running text: what was adopted is what stands right before ("delegationsordningen, antagen 2019").
        named = type_of(before.split()[-1])
        return named == "" or (bool(kind) and not same_type(named, kind))
    noun = (groups.get("noun") or _noun_before(GAP.split(row[: said.start()])[-1])).lower()
    named = type_of(noun)
    if groups.get("this") or not named:
        return False
    if kind:
        return not same_type(named, kind)
    # A document without a type: "riktlinjer för sociala medier (antagna ...)" is another one, "riktlinjerna" may be it.
    return not vocabulary().metadata_lines["definite_type"].search(noun)


def _noun_before(words: str) -> str:
    """The last word before that names a type of document: "riktlinjer för sociala medier (antagna ..."."""
    return next((w for w in reversed(re.findall(r"[\wåäöÅÄÖ-]+", words)) if type_of(w)), "")


def body_and_date(text: str, unit: Unit) -> Iterable[Said]:
    """A line that is only a body, a date and perhaps a paragraph: "KF 2018-06-18 § 92"."""
    row = text[unit.start : unit.end]
    alone = vocabulary().metadata_lines["body_and_paragraph"].match(row)
    if alone:  # "Kommunfullmäktige § 104" under a head with the date
        start = unit.start + alone.start("body")
        yield Said("adopted_by", alone["body"], start, start + len(alone["body"]), 0.6)
        year = YEAR_BEHIND.search(row)
        if year:
            yield Said("adopted_date", year[1], unit.start + year.start(1), unit.start + year.end(1), 0.6)
        below = day_below("adopted_date", text, unit.end, 0.7)
        if below is not None:
            yield below
        yield from (Said("adopted_date", d.value, d.start, d.end, 0.5) for d in find_dates(text[: unit.start])[-1:])
    said = vocabulary().metadata_lines["body_and_date"].match(row)
    dates = find_dates(row) if said and len(row) < LONGEST_BODY_LINE else []
    if said and dates:
        yield Said("adopted_date", dates[0].value, unit.start + dates[0].start, unit.start + dates[0].end, 0.75)
        start = unit.start + said.start("body")
        yield Said("adopted_by", said["body"], start, start + len(said["body"]), 0.7)


def day_below(field: str, text: str, end: int, confidence: float) -> Said | None:
    """The day that the line right below begins with, as a field's value."""
    below = _NEXT_LINE.match(text, end)
    day = next(iter(find_dates(below[1])), None) if below else None
    if below is None or day is None or day.start > 0:
        return None
    return Said(field, day.value, below.start(1), below.start(1) + day.end, confidence)


def decided_at_meeting(text: str, units: Sequence[Unit]) -> Iterable[Said]:
    """The body and the day of the meeting, from minutes that adopt what stands in them or what they enclose."""
    lines, stems = vocabulary().metadata_lines, vocabulary().adopting_stems
    here = vocabulary().adopted_here.search(text)
    for n, unit in enumerate(units):
        if not may_say(stems, text[unit.start : unit.end]):
            continue
        head = " ".join(text[unit.start : unit.end].split())
        decided = lines["decided_by"].match(head) if unit.kind in ("heading", "line", "lead_in", "sentence") else None
        said = lines["decides"].match(head)
        below = text[units[n + 1].start : units[n + 1].end] if n + 1 < len(units) else ""
        adopts = here or lines["adopts"].search(below)
        found = decided if adopts else None
        # "Kommunfullmäktige beslutar" and below it "att anta ..."
        if found is None and said and lines["adopts"].search(f"{head} {below}"):
            found = said
        if found is None:
            continue
        yield Said("adopted_by", found["body"], unit.start, unit.start + found.end("body"), AT_MEETING)
        yield from _day_of_meeting(text, unit.start, minuted=is_minutes(text, units))
        return


def whole_days(text: str) -> list[DateMention]:
    """The dates of a text that name a day and not only a month."""
    return [day for day in find_dates(text) if len(day.value) == WHOLE_DAY]


def _day_under(text: str, at: int) -> Said | None:
    """The day that begins what stands right below, in the line or in the same column: "Antaget av KS" over a day."""
    line = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    below = _NEXT_LINE.match(text, end) if end >= 0 else None
    if below is None:
        return None
    column = at + len(text[at:end]) - len(text[at:end].lstrip()) - line
    for start, stop in parts_of(text, below.start(1), below.end(1)):
        first = start == below.start(1)
        day = next(iter(find_dates(text[start:stop])), None)
        if day is not None and day.start == 0 and (first or abs(start - end - 1 - column) <= _SAME_COLUMN):
            return Said("adopted_date", day.value, start, start + day.end, 0.8)
    return None


def _day_of_meeting(text: str, decision: int, *, minuted: bool) -> Iterable[Said]:
    """The day beside "sammanträdesdatum", else the first in the head of the minutes."""
    meeting = vocabulary().metadata_lines["meeting"].search(text)
    at, end = (meeting.start(), meeting.start() + LONGEST_LINE) if meeting else (0, decision)
    for day in whole_days(text[at:end])[:1]:
        yield Said(
            "adopted_date", day.value, at + day.start, at + day.end, MINUTED if meeting and minuted else AT_MEETING
        )
