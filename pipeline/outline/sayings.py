"""What lines of a document say of it outright: who adopted it and when, its revision, number and predecessor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.outline.vocabulary import type_of, vocabulary
from pipeline.records.outline import Unit
from pipeline.swedish.dates import find_dates, find_diary_numbers

COVER_UNITS = 60
"""How far into a document, in units, its own adoption line may stand; the last ones of the document count too."""
HEAD_UNITS = 15
"""Units in which a diary number may stand without a label."""
FOOT_UNITS = 3
"""Units at the end in which it may stand so too."""
GAP = re.compile(r"\n|\t|\s?\|\s?|\s[•·]\s| {3,}")
"""What keeps the parts of a cover or a footer apart."""
LONGEST_LINE, LONGEST_BODY_LINE = 220, 90
"""Characters of a line that speaks of adoption, and of one that has just a body and a date."""


@dataclass(frozen=True, slots=True)
class Said:
    """A field's value with the span of the words that say it."""

    field: str
    value: str
    start: int
    end: int
    confidence: float


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


def said_in_lines(text: str, units: Sequence[Unit], *, proposal: bool) -> list[Said]:
    """Fields from lines that say them outright: "Antagen av kommunfullmäktige 2015-05-25, § 84"."""
    found: list[Said] = []
    for unit in [*units[:HEAD_UNITS], *units[max(HEAD_UNITS, len(units) - FOOT_UNITS) :]]:
        found += _bare_diary_number(text, unit)
    edge = {u.unit for u in [*units[:COVER_UNITS], *units[-20:]]}
    for unit in units:
        row = text[unit.start : unit.end]
        if unit.kind == "contents":
            continue
        if not proposal:
            found += _adoption(text, unit, own="adopted_sentence")
        if unit.unit not in edge or len(row) > LONGEST_LINE:
            continue
        if not proposal:
            found += _adoption(text, unit, own="adopted")
            found += _body_and_date(text, unit)
        found += _revision_and_validity(text, unit)
        found += _labelled_diary_number(text, unit)
    if not proposal:
        found += _decided_at_meeting(text, units)
    return [*found, *_superseded(text, units)]


def _decided_at_meeting(text: str, units: Sequence[Unit]) -> Iterable[Said]:
    """The body and the day of the meeting, from minutes that adopt what stands in them."""
    lines = vocabulary().metadata_lines
    headings = (u for u in units if u.kind in ("heading", "line", "lead_in"))
    found = ((u.start, lines["decided_by"].match(text[u.start : u.end])) for u in headings)
    start, decided = next(((at, match) for at, match in found if match), (0, None))
    if decided is None or not vocabulary().adopted_here.search(text):
        return
    yield Said("adopted_by", decided["body"], start, start + len(decided["body"]), 0.6)
    meeting = lines["meeting"].search(text)
    if meeting:
        at = meeting.start()
        for day in find_dates(text[at : at + LONGEST_LINE])[:1]:
            yield Said("adopted_date", day.value, at + day.start, at + day.end, 0.6)


def adopting_body(text: str, start: int, end: int) -> Said | None:
    """The body that words after "av" name as the one that adopted, None where they name none."""
    found = vocabulary().metadata_lines["by_body"].search(text, start, end)
    if not found:
        return None
    body = found["body"].strip()
    return Said("adopted_by", body, found.start("body"), found.start("body") + len(body), 0.9)


def _adoption(text: str, unit: Unit, *, own: str) -> Iterable[Said]:
    """Date and body of a line or sentence that says that this document was adopted."""
    said = vocabulary().metadata_lines[own].search(text[unit.start : unit.end])
    if not said:
        return
    at = unit.start + said.end()
    dates = find_dates(text[at : unit.end])
    if dates:
        yield Said("adopted_date", dates[0].value, at + dates[0].start, at + dates[0].end, 0.92)
    body = adopting_body(text, at, unit.end)
    if body is not None and (dates or unit.end - unit.start < LONGEST_BODY_LINE):
        yield body


def _body_and_date(text: str, unit: Unit) -> Iterable[Said]:
    """A line that is only a body, a date and perhaps a paragraph: "KF 2018-06-18 § 92"."""
    row = text[unit.start : unit.end]
    alone = vocabulary().metadata_lines["body_and_paragraph"].match(row)
    if alone:  # "Kommunfullmäktige § 104" under a head with the date
        start = unit.start + alone.start("body")
        yield Said("adopted_by", alone["body"], start, start + len(alone["body"]), 0.6)
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
    if vocabulary().metadata_lines["revised"].search(row):
        for day in find_dates(row)[-1:]:
            yield Said("revised_date", day.value, unit.start + day.start, unit.start + day.end, 0.9)
    valid = vocabulary().metadata_lines["valid"].search(row)
    if valid and (unit.kind != "sentence" or len(parts_of(text, unit.start, unit.end)) > 1):
        start = unit.start + valid.start("value")
        yield Said("valid_until", valid["value"].strip(), start, start + len(valid["value"].rstrip()), 0.7)


def _labelled_diary_number(text: str, unit: Unit) -> Iterable[Said]:
    """A diary number behind its label, wherever in the line."""
    found = vocabulary().metadata_lines["diary"].search(text[unit.start : unit.end])
    if found:
        yield diary_number(text, unit.start + found.start("value"), unit.start + found.end("value"))


def diary_number(text: str, start: int, end: int) -> Said:
    """The diary number that stands in a labelled span: in a known form, else the words as they are."""
    words = text[start:end]
    numbers = find_diary_numbers(words)
    if numbers and numbers[0].start == 0:
        return Said("diary_number", numbers[0].value, start, start + numbers[0].end, 0.97)
    bare = vocabulary().metadata_lines["diary_bare"].match(words)
    if bare:
        return Said("diary_number", bare.group(1), start + bare.start(1), start + bare.end(1), 0.95)
    return Said("diary_number", words.strip(), start, start + len(words.rstrip()), 0.7)


def _bare_diary_number(text: str, unit: Unit) -> Iterable[Said]:
    """A diary number that stands alone in the document's head, as a line or a cell."""
    for start, end in parts_of(text, unit.start, unit.end):
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
