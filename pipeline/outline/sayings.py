"""What lines of a document say of it outright: its adoption, its revision, number, validity and predecessor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.outline.adoption import (
    adopted_loosely,
    adoption,
    body_and_date,
    day_below,
    day_of_decision,
    decided_at_meeting,
    same_type,
    sentence_before,
)
from pipeline.outline.keepers import kept_by
from pipeline.outline.said import (
    COVER_UNITS,
    HEAD_UNITS,
    LONGEST_LINE,
    YEAR_BEHIND,
    Said,
    day_of_six,
    is_minutes,
    parts_of,
)
from pipeline.outline.vocabulary import may_say, type_of, vocabulary
from pipeline.records.outline import Unit
from pipeline.swedish.dates import DateMention, find_dates, find_diary_numbers

FOOT_UNITS = 3
"""Units at the end in which a diary number may stand without a label."""
CLOSING_UNITS = 20
"""Units at the end in which a line may say adoption, validity or revision as those of the cover do."""
_CUT = re.compile(r"\b(?:i|på|inom|hos|av|för|och|samt|med)\s*$")
_LINE_END = re.compile(r"[.\n;]|$")
LONGEST_NUMBERED = 60
"""Characters of a sentence that may name this document's own number; in longer ones others are cited."""
IN_BRACKETS = 0.72
"""How sure a number is that stands in brackets where the document tells of its adoption."""
LONGEST_HISTORY = 12
"""Rows that a list of versions may have."""
FARTHEST_DAY = 45
"""Characters behind "reviderad" within which its day begins."""

_PART = re.compile(r"(?:\s+av\s[^\n\t|]{2,40}[\t|])?[^\n\t|]+")
_SIX = re.compile(r"[:\s](\d{6})\W*$")
_MORE_NUMBER = re.compile(r"[/.\-]\d|\s\d{3}$")
_NUMBER_LABEL = re.compile(r"(?i)(?:d\.?(?:iarie)?nr|diarienummer)\b\.?:?\s*")


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
    edge = {u.unit for u in [*units[:COVER_UNITS], *units[-CLOSING_UNITS:]]}
    for n, unit in enumerate(units):
        row = text[unit.start : unit.end]
        adopts: list[Said] = []
        if not proposal:
            adopts += adoption(text, unit, own="adopted_sentence", kind=kind)
            found += kept_by(text, units, n)
            found += _applies_to(text, unit, kind)
        if unit.unit in edge and len(row) <= LONGEST_LINE and not proposal:
            adopts += adoption(text, unit, own="adopted", kind=kind)
            found += body_and_date(text, unit)
            found += day_of_decision(text, unit)
            adopts += adopted_loosely(text, unit, kind)
        found += adopts
        if adopts:
            found += _number_of_decision(text, unit)
        if unit.unit not in edge or len(row) > LONGEST_LINE:
            continue
        found += _revision_and_validity(text, unit, kind)
        found += _revised_below(text, unit)
        found += _labelled_diary_number(text, unit)
    if not proposal or is_minutes(text, units):
        found += decided_at_meeting(text, units)
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


def _applies_to(text: str, unit: Unit, kind: str) -> Iterable[Said]:
    """Whom the document is for, from a sentence about it or one that goes on from such: "De gäller alla anställda"."""
    row = text[unit.start : unit.end]
    if not may_say(vocabulary().applying_stems, row):
        return
    for found in vocabulary().metadata_lines["applies"].finditer(row):
        name = "value" if found["value"] else "line"
        named = type_of(found["noun"] or "")
        if vocabulary().metadata_lines["addressed"].search(found[name]) and not (
            named and kind and not same_type(named, kind)
        ):
            end = found.end(name)
            if _CUT.search(found[name]) and row[end : end + 1] == "\n":
                end = next(_LINE_END.finditer(row, end + 1)).start()  # the line ends where the sentence does not
            stretch = row[found.start(name) : end].rstrip()
            start = unit.start + found.start(name)
            yield Said(
                "applies_to", " ".join(stretch.split()), start, start + len(stretch),
                0.92 if found["this"] or named else 0.5,
            )  # fmt: skip
            return


def _revision_and_validity(text: str, unit: Unit, kind: str) -> Iterable[Said]:
    """When it was last revised, and until when it holds."""
    row = text[unit.start : unit.end]
    for revised in vocabulary().metadata_lines["revised"].finditer(row):
        part = _PART.match(row, revised.end())
        named = type_of(next(iter(part[0].split()), "")) if part else ""
        if named and kind and not same_type(named, kind):
            continue  # "Reviderad dokumenthanteringsplan gäller från ..."
        dates = _days(part[0]) if part else []
        if dates and dates[0].start <= FARTHEST_DAY:
            day = max(dates, key=lambda d: d.value)
            at = unit.start + revised.end()
            yield Said("revised_date", day.value, at + day.start, at + day.end, 0.9)
        elif part and (year := YEAR_BEHIND.search(part[0])):
            yield Said(
                "revised_date",
                year[1],
                unit.start + part.start() + year.start(1),
                unit.start + part.start() + year.end(1),
                0.7,
            )
    yield from _day_behind("revised_date", row, unit.start, line="version", reach=0, sure=0.45)
    ends = _day_behind("valid_until", row, unit.start, line="runs_out", reach=len("den "), sure=0.7)
    if ends:
        yield from ends
        return
    span = vocabulary().metadata_lines["valid_range"].search(row)
    if span:
        name = "day" if span["day"] else "year"
        yield Said("valid_until", span[name], unit.start + span.start(name), unit.start + span.end(name), 0.75)
        return
    valid = vocabulary().metadata_lines["valid"].search(row)
    own = vocabulary().metadata_lines["valid_sentence"].search(row)
    if valid and (own or unit.kind != "sentence" or len(parts_of(text, unit.start, unit.end)) > 1):
        start = unit.start + valid.start("value")
        until = valid["value"].rstrip()
        day_until = next(iter(find_dates(until)), None)
        if day_until is not None and day_until.start <= len("den ") and day_until.end == len(until):
            yield Said("valid_until", day_until.value, start + day_until.start, start + day_until.end, 0.7)
        else:
            yield Said("valid_until", until, start, start + len(until), 0.7)


def _day_behind(field: str, row: str, at: int, *, line: str, reach: int, sure: float) -> list[Said]:
    """The day that stands right behind the words of a line of the vocabulary; `at` is where the row begins."""
    said = vocabulary().metadata_lines[line].search(row)
    day = next(iter(find_dates(row[said.end() :])), None) if said else None
    if said is None or day is None or day.start > reach:
        return []
    return [Said(field, day.value, at + said.end() + day.start, at + said.end() + day.end, sure)]


def _days(words: str) -> list[DateMention]:
    """The days in words behind "reviderad"; six figures at their end are one too ("av kommunchefen: 190215")."""
    six = _SIX.search(words)
    return find_dates(words) or (day_of_six(words, six.start(1)) if six else [])


def _revised_below(text: str, unit: Unit) -> Iterable[Said]:
    """The last of the days below a line that says who revised it: "Reviderad av KS" over "2020-11-10"."""
    line = vocabulary().metadata_lines["revised_by"].search(text[unit.start : unit.end])
    at, days = unit.start + line.end() if line else len(text), []
    while (day := day_below("revised_date", text, at, 0.85)) is not None:
        days.append(day)
        at = text.find("\n", day.end) if "\n" in text[day.end :] else len(text)
    yield from sorted(days, key=lambda said: said.value)[-1:]


_IN_BRACKETS = re.compile(
    r"\((?:[^()]*[\s,])?(?:(?:dnr|diarienummer|diarienr|ärende(?:nummer)?)\.?:?\s*)([^()]+)\)|\(([^()\s]+(?:\s[^()\s]+)?)\)",
    re.IGNORECASE,
)


def _number_of_decision(text: str, unit: Unit) -> Iterable[Said]:
    """The number in brackets in a sentence that adopts the document: "beslutades 2023-01-24 (KS 22-513)"."""
    for found in _IN_BRACKETS.finditer(text, unit.start, unit.end):
        before = sentence_before(text[unit.start : unit.end], found.start() - unit.start)
        if vocabulary().metadata_lines["cites"].search(before):
            continue
        at = 1 if found[1] else 2
        number = vocabulary().metadata_lines["diary_bare"].fullmatch(found[at].strip())
        if number and not find_dates(found[at]):
            start = found.start(at)
            yield Said("diary_number", number.group(1), start + number.start(1), start + number.end(1), IN_BRACKETS)


_ADOPTED_FIRST = re.compile(r"(?i)\W*(?:antag(?:en|et|na)|fastställ(?:d|t|da)|beslutad\w*|godkän(?:d|t|da))\b")
"""How a sentence begins that tells of the document's own adoption."""


def _tells_of_adoption(row: str) -> bool:
    adopts = _ADOPTED_FIRST.match(row) or vocabulary().metadata_lines["adopted_sentence"].search(row)
    return adopts is not None


def _labelled_diary_number(text: str, unit: Unit) -> Iterable[Said]:
    """A diary number behind its label, wherever in the line."""
    row = text[unit.start : unit.end]
    found = vocabulary().metadata_lines["diary"].search(row)
    cited = unit.kind == "sentence" and max(map(len, row.split("\n"))) > LONGEST_NUMBERED and row.rstrip().endswith(".")
    cites = vocabulary().metadata_lines["cites"].search(sentence_before(row, found.start())) if found else None
    if found and not cites and (not cited or _tells_of_adoption(row)):
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
    words = words.rstrip(" .:,\n")
    return Said("diary_number", words.strip(), start, start + len(words), 0.7)


_PARAGRAPH = re.compile(r"§ ?\d{1,4}\s+(?=\S)")
"""The number of a paragraph of minutes, with what follows on its line."""


def _bare_diary_number(text: str, unit: Unit) -> Iterable[Said]:
    """A diary number that stands alone in the document's head, as a line or a cell, or behind the number of minutes."""
    for a, b in parts_of(text, unit.start, unit.end):
        start, end = (a + 1, b - 1) if text[a] == "(" and text[b - 1] == ")" else (a, b)
        paragraph = _PARAGRAPH.match(text, start, end)
        start = paragraph.end() if paragraph else start
        number = vocabulary().metadata_lines["diary_bare"].fullmatch(text[start:end])
        if number and not find_dates(text[start:end]):
            yield Said("diary_number", number.group(1), start + number.start(1), start + number.end(1), 0.75)


def _superseded(text: str, units: Sequence[Unit]) -> list[Said]:
    """The older document that this one is said to replace."""
    for unit in units:
        if not may_say(vocabulary().replacing_stems, text[unit.start : unit.end]):
            continue
        found = vocabulary().metadata_lines["replaces"].search(text, unit.start, unit.end)
        name = "value" if found and found["value"] else "gone"
        if found and vocabulary().metadata_lines["own_end"].fullmatch(found[name].strip()):
            continue  # it is this document that ceases one day
        if found and type_of(found[name]) and unit.kind in ("sentence", "list_item"):
            words = found[name].rstrip(" ,§\n").strip()
            return [Said("supersedes", words, found.start(name), found.start(name) + len(words), 0.8)]
    return []
