"""What lines of a document say of it outright: who adopted it and when, its revision, number and predecessor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.outline.vocabulary import type_of, vocabulary
from pipeline.records.outline import Unit
from pipeline.swedish.dates import find_dates, find_diary_numbers

COVER_UNITS = 60
"""How far into a document, in units, its own adoption line may stand; the last ones of the document count too."""
HEAD_UNITS = 15
"""Units in which a diary number may stand without a label."""
FOOT_UNITS = 3
"""Units at the end in which it may stand so too."""
GAP = re.compile(r"\n|\t|\s?\|\s?|\s[•·]\s| {2,}")
"""What keeps the parts of a cover or a footer apart."""
LONGEST_LINE, LONGEST_BODY_LINE = 220, 90
"""Characters of a line that speaks of adoption, and of one that has just a body and a date."""
LONGEST_NUMBERED = 60
"""Characters of a sentence that may name this document's own number; in longer ones others are cited."""


LONGEST_HISTORY = 12
"""Rows that a list of versions may have."""
FARTHEST_DAY = 45
"""Characters behind "reviderad" within which its day begins."""

_NEXT_LINE = re.compile(r"[ \t]*\n[ \t]*([^\n]+)")
_YEAR_BEHIND = re.compile(r"§\s*\d+/((?:19|20)\d\d)\b")
_PART = re.compile(r"(?:\s+av\s[^\n\t|]{2,40}[\t|])?[^\n\t|]+")
_MORE_NUMBER = re.compile(r"[/.\-]\d|\s\d{3}$")
_NUMBER_LABEL = re.compile(r"(?i)(?:d\.?(?:iarie)?nr|diarienummer)\b\.?:?\s*")


@dataclass(frozen=True, slots=True)
class Said:
    """A field's value with the span of the words that say it."""

    field: str
    value: str
    start: int
    end: int
    confidence: float


def is_minutes(text: str, units: Sequence[Unit]) -> bool:
    """Whether the document's head calls it minutes, and not a letter that speaks of some."""
    head = text[: units[HEAD_UNITS].start if len(units) > HEAD_UNITS else len(text)]
    named = re.search(r"(?i)\b(?P<minutes>(?:sammanträdes)?protokoll\w*)|\btjänste(?:skrivelse|utlåtande)", head)
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


def said_in_lines(text: str, units: Sequence[Unit], *, kind: str, proposal: bool) -> list[Said]:
    """Fields from lines that say them outright: "Antagen av kommunfullmäktige 2015-05-25, § 84".

    Args:
        text: The reading text the offsets refer to.
        units: The document's units.
        kind: Its type, empty where it is unknown: what is said of a document of another type is not of this one.
        proposal: Whether it is a letter that proposes another document; adoption lines then speak of that one.
    """
    found: list[Said] = []
    for unit in [*units[:HEAD_UNITS], *units[max(HEAD_UNITS, len(units) - FOOT_UNITS) :]]:
        found += _bare_diary_number(text, unit)
    edge = {u.unit for u in [*units[:COVER_UNITS], *units[-20:]]}
    for unit in units:
        row = text[unit.start : unit.end]
        if unit.kind == "contents":
            continue
        if not proposal:
            found += _adoption(text, unit, own="adopted_sentence", kind=kind)
            found += _kept_by(text, unit)
        if unit.unit not in edge or len(row) > LONGEST_LINE:
            continue
        if not proposal:
            found += _adoption(text, unit, own="adopted", kind=kind)
            found += _body_and_date(text, unit)
        found += _revision_and_validity(text, unit)
        found += _revised_below(text, unit)
        found += _labelled_diary_number(text, unit)
    if not proposal or is_minutes(text, units):
        found += _decided_at_meeting(text, units)
    return [*found, *_from_history(text, units), *_superseded(text, units)]


def _from_history(text: str, units: Sequence[Unit]) -> Iterable[Said]:
    """The first and the last day of a list of versions under a heading that says so."""
    for n, unit in enumerate(units):
        if not vocabulary().metadata_lines["history"].match(text[unit.start : unit.end]):
            continue
        days: list[Said] = []
        for row in units[n + 1 : n + 1 + LONGEST_HISTORY]:
            dates = find_dates(text[row.start : row.end])
            if not dates or row.kind == "heading" or dates[0].start > FARTHEST_DAY:
                break
            days += [Said("revised_date", d.value, row.start + d.start, row.start + d.end, 0.5) for d in dates]
        days.sort(key=lambda said: said.value)
        yield from (replace(said, field="adopted_date", confidence=0.4) for said in days[:1])
        yield from days[1:][-1:]


def _decided_at_meeting(text: str, units: Sequence[Unit]) -> Iterable[Said]:
    """The body and the day of the meeting, from minutes that adopt what stands in them or what they enclose."""
    lines = vocabulary().metadata_lines
    for n, unit in enumerate(units):
        head = text[unit.start : unit.end]
        decided = lines["decided_by"].match(head) if unit.kind in ("heading", "line", "lead_in", "sentence") else None
        said = lines["decides"].match(head)
        below = text[units[n + 1].start : units[n + 1].end] if n + 1 < len(units) else ""
        adopts = vocabulary().adopted_here.search(text) or lines["adopts"].search(below)
        found = decided if adopts else None
        if found is None and said and lines["adopts"].search(head):
            found = said
        if found is None:
            continue
        yield Said("adopted_by", found["body"], unit.start, unit.start + found.end("body"), 0.6)
        yield from _day_of_meeting(text, unit.start)
        return


def _day_of_meeting(text: str, decision: int) -> Iterable[Said]:
    """The day beside "sammanträdesdatum", else the first in the head of the minutes."""
    meeting = vocabulary().metadata_lines["meeting"].search(text)
    at, end = (meeting.start(), meeting.start() + LONGEST_LINE) if meeting else (0, decision)
    for day in find_dates(text[at:end])[:1]:
        yield Said("adopted_date", day.value, at + day.start, at + day.end, 0.6)


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


def _adoption(text: str, unit: Unit, *, own: str, kind: str) -> Iterable[Said]:
    """Date and body of a line or sentence that says that this document was adopted."""
    said = vocabulary().metadata_lines[own].search(text[unit.start : unit.end])
    if not said or _of_another(text[unit.start : unit.end], said, kind):
        yield from _adopted_here(text, unit)
        return
    at = unit.start + said.end()
    dates = find_dates(text[at : unit.end])
    if dates:
        yield Said("adopted_date", dates[0].value, at + dates[0].start, at + dates[0].end, 0.92)
    body = adopting_body(text, at, unit.end)
    if body is not None and (dates or unit.end - unit.start < LONGEST_BODY_LINE):
        yield body
    below = _day_below("adopted_date", text, unit.end, 0.8) if body is not None and not dates else None
    if below is not None:  # "Antagen av kommunstyrelsen" over "2012-11-07, § 23"
        yield below


def _day_below(field: str, text: str, end: int, confidence: float) -> Said | None:
    """The day that the line right below begins with, as a field's value."""
    below = _NEXT_LINE.match(text, end)
    day = next(iter(find_dates(below[1])), None) if below else None
    if below is None or day is None or day.start > 0:
        return None
    return Said(field, day.value, below.start(1), below.start(1) + day.end, confidence)


def _adopted_here(text: str, unit: Unit) -> Iterable[Said]:
    """Body and day of a sentence that adopts what follows: "... beslutade kommunstyrelsen att anta följande policy"."""
    lines = vocabulary().metadata_lines
    said = lines["adopted_following"].search(text, unit.start, unit.end)
    said = said or lines["adopted_active"].search(text, unit.start, unit.end)
    if said:
        yield Said("adopted_by", said["body"], said.start("body"), said.end("body"), 0.85)
        for day in find_dates(text[unit.start : unit.end])[:1]:
            yield Said("adopted_date", day.value, unit.start + day.start, unit.start + day.end, 0.85)


def _of_another(row: str, said: re.Match[str], kind: str) -> bool:
    """Whether words on adoption are about a document of another type, or one that is named like another."""
    groups, before = said.groupdict(), row[: said.start()].strip()
    if "noun" not in groups and before and len(row) > LONGEST_BODY_LINE and row.endswith(".") and not GAP.search(row):
        # Running text: what was adopted is what stands right before ("delegationsordningen, antagen 2019").
        return type_of(before.split()[-1]) == ""
    noun = (groups.get("noun") or _noun_before(GAP.split(row[: said.start()])[-1])).lower()
    named = type_of(noun)
    if groups.get("this") or not named:
        return False
    if kind:
        return named != kind
    # A document without a type: "riktlinjer för sociala medier (antagna ...)" is another one, "riktlinjerna" may be it.
    return not vocabulary().metadata_lines["definite_type"].search(noun)


def _noun_before(words: str) -> str:
    """The last word before that names a type of document: "riktlinjer för sociala medier (antagna ..."."""
    return next((w for w in reversed(re.findall(r"[\wåäöÅÄÖ-]+", words)) if type_of(w)), "")


def _kept_by(text: str, unit: Unit) -> Iterable[Said]:
    """Who keeps the document up to date, from a sentence that says so."""
    found = vocabulary().metadata_lines["kept_by"].search(text, unit.start, unit.end)
    if found:
        name = "who" if found["who"] else "whom"
        yield Said("responsible", found[name], found.start(name), found.end(name), 0.5)


def _body_and_date(text: str, unit: Unit) -> Iterable[Said]:
    """A line that is only a body, a date and perhaps a paragraph: "KF 2018-06-18 § 92"."""
    row = text[unit.start : unit.end]
    alone = vocabulary().metadata_lines["body_and_paragraph"].match(row)
    if alone:  # "Kommunfullmäktige § 104" under a head with the date
        start = unit.start + alone.start("body")
        yield Said("adopted_by", alone["body"], start, start + len(alone["body"]), 0.6)
        year = _YEAR_BEHIND.search(row)
        if year:
            yield Said("adopted_date", year[1], unit.start + year.start(1), unit.start + year.end(1), 0.6)
        below = _day_below("adopted_date", text, unit.end, 0.7)
        if below is not None:
            yield below
        yield from (Said("adopted_date", d.value, d.start, d.end, 0.5) for d in find_dates(text[: unit.start])[-1:])
    said = vocabulary().metadata_lines["body_and_date"].match(row)
    dates = find_dates(row) if said and len(row) < LONGEST_BODY_LINE else []
    if said and dates:
        yield Said("adopted_date", dates[0].value, unit.start + dates[0].start, unit.start + dates[0].end, 0.75)
        start = unit.start + said.start("body")
        yield Said("adopted_by", said["body"], start, start + len(said["body"]), 0.7)


def _revision_and_validity(text: str, unit: Unit) -> Iterable[Said]:
    """When it was last revised, and until when it holds."""
    row = text[unit.start : unit.end]
    for revised in vocabulary().metadata_lines["revised"].finditer(row):
        part = _PART.match(row, revised.end())
        dates = find_dates(part[0]) if part else []
        if dates and dates[0].start <= FARTHEST_DAY:
            day = max(dates, key=lambda d: d.value)
            at = unit.start + revised.end()
            yield Said("revised_date", day.value, at + day.start, at + day.end, 0.9)
        elif part and (year := _YEAR_BEHIND.search(part[0])):
            yield Said(
                "revised_date",
                year[1],
                unit.start + part.start() + year.start(1),
                unit.start + part.start() + year.end(1),
                0.7,
            )
    valid = vocabulary().metadata_lines["valid"].search(row)
    own = vocabulary().metadata_lines["valid_sentence"].search(row)
    if valid and (own or unit.kind != "sentence" or len(parts_of(text, unit.start, unit.end)) > 1):
        start = unit.start + valid.start("value")
        yield Said("valid_until", valid["value"].strip(), start, start + len(valid["value"].rstrip()), 0.7)


def _revised_below(text: str, unit: Unit) -> Iterable[Said]:
    """The last of the days below a line that says who revised it: "Reviderad av KS" over "2020-11-10"."""
    line = vocabulary().metadata_lines["revised_by"].search(text[unit.start : unit.end])
    at, days = unit.start + line.end() if line else len(text), []
    while (day := _day_below("revised_date", text, at, 0.85)) is not None:
        days.append(day)
        at = text.find("\n", day.end) if "\n" in text[day.end :] else len(text)
    yield from sorted(days, key=lambda said: said.value)[-1:]


def _labelled_diary_number(text: str, unit: Unit) -> Iterable[Said]:
    """A diary number behind its label, wherever in the line."""
    row = text[unit.start : unit.end]
    found = vocabulary().metadata_lines["diary"].search(row)
    cited = unit.kind == "sentence" and max(map(len, row.split("\n"))) > LONGEST_NUMBERED and row.rstrip().endswith(".")
    if found and (not cited or vocabulary().metadata_lines["adopted_sentence"].search(row)):
        yield diary_number(text, unit.start + found.start("value"), unit.start + found.end("value"))


def diary_number(text: str, start: int, end: int) -> Said:
    """The diary number that stands in a labelled span: in a known form, else the words as they are."""
    label = _NUMBER_LABEL.match(text, start, end)
    start = label.end() if label else start
    words = text[start:end]
    numbers = find_diary_numbers(words)
    if numbers and numbers[0].start == 0 and not _MORE_NUMBER.match(words, numbers[0].end):
        return Said("diary_number", numbers[0].value, start, start + numbers[0].end, 0.97)
    bare = vocabulary().metadata_lines["diary_bare"].match(words)
    if bare and not _MORE_NUMBER.match(words, bare.end(1)):
        return Said("diary_number", bare.group(1), start + bare.start(1), start + bare.end(1), 0.95)
    return Said("diary_number", words.strip(), start, start + len(words.rstrip()), 0.7)


def _bare_diary_number(text: str, unit: Unit) -> Iterable[Said]:
    """A diary number that stands alone in the document's head, as a line or a cell."""
    for a, b in parts_of(text, unit.start, unit.end):
        start, end = (a + 1, b - 1) if text[a] == "(" and text[b - 1] == ")" else (a, b)
        number = vocabulary().metadata_lines["diary_bare"].fullmatch(text[start:end])
        if number and not find_dates(text[start:end]):
            yield Said("diary_number", number.group(1), start + number.start(1), start + number.end(1), 0.75)


def _superseded(text: str, units: Sequence[Unit]) -> list[Said]:
    """The older document that this one is said to replace."""
    for unit in units:
        found = vocabulary().metadata_lines["replaces"].search(text, unit.start, unit.end)
        name = "value" if found and found["value"] else "gone"
        if found and type_of(found[name]) and unit.kind in ("sentence", "list_item"):
            words = found[name].strip()
            return [Said("supersedes", words, found.start(name), found.start(name) + len(words), 0.8)]
    return []
