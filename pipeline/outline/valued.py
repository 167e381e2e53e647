"""What a label's value says: a day, a body, a number, until when, in normal form with the span of its words."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.outline.adoption import adopting_body, names_body
from pipeline.outline.said import Said, day_of_six
from pipeline.outline.sayings import diary_number
from pipeline.outline.vocabulary import type_of, vocabulary
from pipeline.swedish.dates import MONTHS, find_dates
from pipeline.swedish.roles import find_roles

DATE_FIELDS = ("adopted_date", "revised_date", "document_date")

NAMED, UNNAMED = 0.95, 0.3
"""Confidence of who adopted, where the words name a body or a function and where they do not."""

LABELLED, CONTACT = 0.9, 0.25
"""Confidence of what stands under its label, and that whom to ask is who answers where nothing else says so."""

WRITTEN = 0.5
"""Confidence of the day on which a document was written, as its own day."""

LONGEST_NUMBER = 40
OF_MATTER = 0.8
"""Confidence at most of a number that only the words "ärende" or "beteckning" label: an office has its own too."""

FEWEST_WORDS = 3
"""Words from which on they say what a matter is about."""
FEW = 2
"""Words that may stand before the day until when something holds."""

_BODY_FIRST = re.compile(
    r"(?i)\s*((?:(?:kommun\w+|\w*nämnd\w*|\w*styrelse\w*)(?:(?<=s)\s+(?:\w*utskott\w*|\w*ledningsgrupp\w*|presidium))?"
    r"|\w*utskott\w*|(?:\w{3,}s )?\w*ledningsgrupp\w*|ks|kf)\b"
    r"(?:\s+(?:för\s+)?(?-i:[A-ZÅÄÖ][\w-]+(?:\s+[A-ZÅÄÖ][\w-]+)*\b)(?!\s*:?\d(?!\d{3}-\d\d-\d\d)))?)"
)
_BEFORE_DAY = re.compile(r"\s*([A-Za-zÅÄÖåäö][^\d,]{0,58}?)[\s,]+(?:den\s+)?$")
_BODY_END = re.compile(r"(?i)(?:\s*\([^)]*\)|[\s,]+den|[\s,]*§.*|[\s,]+)\s*$")
_PERSON = r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?: [A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?){1,2}"
_PERSON_FIRST = re.compile(rf"{_PERSON},\s*([a-zåäö][\wåäö-]{{5,}})(?=$|\s+(?:vid|på|i)\b)")
_PERSON_LAST = re.compile(rf"([A-ZÅÄÖ]?[a-zåäö-]{{6,}}),? {_PERSON}$")
_PARTY = re.compile(r"\((?:[A-ZÅÄÖ]{1,3}|-)\)")
"""A member's party."""
_BY_LEAVE = re.compile(
    r",?\s+(?:på|enligt|genom) (?:delegation|delegering|uppdrag)\b.*|,?\s+med stöd av\b.*", re.DOTALL
)
"""By whose leave somebody decides; who decides stands before it."""
_DAY_WITHOUT_YEAR = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})$")
_YEAR_BELOW = re.compile(r"[ \t]*\n[ \t]*(?:19|20)\d\d\b")
_BODY_BEHIND = re.compile(r",\s*(?!§)([A-Za-zåäöÅÄÖ][\w åäöÅÄÖ-]{2,50}?)\s*(?:,.*|§.*)?$")
_YEAR_OF_PARAGRAPH = re.compile(r"§\s*\d+\s*/\s*((?:19|20)\d\d)\b|^((?:19|20)\d\d)$")
_FROM = re.compile(r"(?i)fr(?:ån|\.?\s?o\.?\s?m)\b")
_UNTIL = re.compile(
    r"(?i)(?:tills|till|längst|t\.?\s?o\.?\s?m|utgången|(?:19|20)\d\d\b|\d+ år|nytt|nästa|mandatperiod|löpande|ersätts)"
)
"""How words begin that say until when; "Reglerna gäller alla" under "Giltighet" does not."""
_FOR_NOW = re.compile(r"(?i)tills ?vidare(?=\s*[,;(](?!\s*(?:dock|men)\b))")
_SIX = re.compile(r"\d{6}\b")
_RANGE = re.compile(r"(?<=\d\d-\d\d)[–-](?=\d{4})()")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")


def has_day(words: str) -> bool:
    """Whether words give a day, a month or a year."""
    return bool(find_dates(words)) or _YEAR_OF_PARAGRAPH.search(words) is not None


def valued(name: str, text: str, start: int, end: int) -> list[Said]:
    """A label's value in normal form; a cell may hold a body and a date together.

    Args:
        name: The field that the label names, empty for none.
        text: The reading text.
        start: Where the value begins.
        end: Where it ends.
    """
    start += len(text[start:end]) - len(text[start:end].lstrip(": "))
    words = text[start:end].rstrip("* _")
    if _DAY_WITHOUT_YEAR.search(words) and (year := _YEAR_BELOW.match(text, start + len(words))):
        words = text[start : year.end()]  # the day goes on in the next line
    end = start + len(words)
    if not any(c.isalnum() for c in words) or name in ("", "handler"):
        return []
    if name == "written_date":  # when it was written or put up is no day of adoption
        return [replace(s, confidence=WRITTEN) for s in _day("document_date", text, start, end)]
    if name == "contact" and (not find_roles(words) or "@" in words or any(c.isdigit() for c in words)):
        return []
    if name in DATE_FIELDS:
        return _day(name, text, start, end)
    if name in ("diary_number", "matter"):
        if any(c.isdigit() for c in words) and len(words) < LONGEST_NUMBER:
            number = diary_number(text, start, end)
            return [replace(number, confidence=min(number.confidence, OF_MATTER if name == "matter" else 1.0))]
        subject = name == "matter" and len(words.split()) >= FEWEST_WORDS
        return [Said("title", words, start, end, 0.65)] if subject else []
    if name == "adopted_by":
        return _adopter(words, start)
    if name in ("in_force", "valid_until"):
        return _validity(name, text, start, end)
    if name == "document_type":
        kind = type_of(words)
        return [Said(name, kind, start, end, 0.97)] if kind else []
    words = words.rstrip(" .")
    field, sure = ("responsible", CONTACT) if name == "contact" else (name, LABELLED)
    return [Said(field, words, start, start + len(words), sure)]


def _day(name: str, text: str, start: int, end: int) -> list[Said]:
    """The day, of several revisions the last; with the body that decided, before or behind it."""
    words = text[start:end]
    dates = find_dates(words)
    if not dates and _SIX.match(words):  # "210504": a label makes a day of it
        dates = day_of_six(words, 0)
    found: list[Said] = []
    if dates:
        day = max(dates, key=lambda d: d.value) if name == "revised_date" else dates[0]
        found.append(Said(name, day.value, start + day.start, start + day.end, 0.97))
    elif year := _YEAR_OF_PARAGRAPH.search(words):
        place = 1 if year[1] else 2
        found.append(Said(name, year[place], start + year.start(place), start + year.end(place), 0.9))
    if name != "adopted_date":
        # A bare "Datum" with the paragraph of the decision is the day of adoption.
        return [Said("adopted_date", s.value, s.start, s.end, 0.8) for s in found if _decided(name, words)] or found
    body = _BODY_FIRST.match(words) or (_BEFORE_DAY.match(words[: dates[0].start]) if dates else None)
    if body and _names_adopter(body.group(1)):
        return [*found, Said("adopted_by", body.group(1), start + body.start(1), start + body.end(1), 0.8)]
    behind = adopting_body(text, start, end)
    if behind is None and dates:
        behind = _body_behind(text, start + dates[0].end, end)
    return [*found, behind] if behind is not None else found


def _names_adopter(words: str) -> bool:
    """Whether words name a body or a function that can adopt."""
    return names_body(words) or bool(find_roles(words)) or words.isupper()


def _decided(name: str, words: str) -> bool:
    return name == "document_date" and "§" in words


def _adopter(words: str, start: int) -> list[Said]:
    """Who adopted, without day and paragraph, which are told by themselves."""
    found: list[Said] = []
    dates = find_dates(words)
    if dates:
        found.append(Said("adopted_date", dates[0].value, start + dates[0].start, start + dates[0].end, 0.9))
        words = words[: dates[0].start]
    elif year := _YEAR_OF_PARAGRAPH.search(words):
        found.append(Said("adopted_date", year[1] or year[2], start + year.start(), start + year.end(), 0.8))
    if _PARTY.search(words):
        return found  # "Beslutande" in minutes: those who sat there
    words = _BY_LEAVE.sub("", words)
    deciding = vocabulary().metadata_lines["decides"].match(words)
    words = deciding["body"] if deciding else _BODY_END.sub("", words)
    words, start = _without_person(words, start)
    named = _names_adopter(words)
    if not words or (not named and (not words[0].isupper() or words.endswith("."))):
        return found
    return [*found, Said("adopted_by", words, start, start + len(words), NAMED if named else UNNAMED)]


def _without_person(words: str, start: int) -> tuple[str, int]:
    """The function alone where a person is named with it: "Kommunarkivarie Ulla Ek", "Karl Bo Ek, arkivansvarig"."""
    behind = _PERSON_FIRST.match(words)
    if behind:
        return behind[1], start + behind.start(1)
    before = _PERSON_LAST.match(words)
    return (before[1], start) if before else (words, start)


def _validity(name: str, text: str, start: int, end: int) -> list[Said]:
    """Until when a document holds, from a label's value: "tills vidare", "2016-10-01 - 2020-09-30", "t.o.m. 2028"."""
    words = text[start:end]
    dates = find_dates(_RANGE.sub(r"\1 ", words))  # a dash right behind a day would belong to it
    if len(dates) > 1:
        return [Said("valid_until", dates[-1].value, start + dates[-1].start, start + dates[-1].end, 0.9)]
    years = _YEARS.search(words)
    if years:
        return [Said("valid_until", years[2], start + years.start(2), start + years.end(2), 0.9)]
    if name == "in_force" or _FROM.match(words):
        until = re.search(r"(?i)tills vidare", words)
        if until:
            return [Said("valid_until", until.group(), start + until.start(), start + until.end(), 0.8)]
        # "Gäller: alla nämnder" says for whom.
        addressed = name == "in_force" and not dates and vocabulary().metadata_lines["addressed"].search(words)
        return [Said("applies_to", words, start, end, 0.8)] if addressed else []
    if re.match(r"(?i)revider|ses över|omprövas", words):
        return []  # how often it is looked over, not until when it holds
    if not _UNTIL.match(words) and not (dates and len(words[: dates[0].start].split()) <= FEW):
        return []
    last = re.search(r"(?i)(?:till och med|t\.?\s?o\.?\s?m\.?|till|längst|senast)\s+(?=\d)", words)
    if last and dates and dates[0].start >= last.end() - 1:
        start, words, dates = start + last.end(), words[last.end() :], find_dates(words[last.end() :])
    for_now = _FOR_NOW.match(words)
    words = for_now.group() if for_now else words.rstrip(" .")
    if dates and (re.match(r"(?i)(?:till och med|t\.?\s?o\.?\s?m\.?|till)\b", words) or not words[: dates[0].start]):
        if dates[0].end >= len(words):
            return [Said("valid_until", dates[0].value, start + dates[0].start, start + dates[0].end, 0.9)]
        start, words = start + dates[0].start, words[dates[0].start :]
    return [Said(name, words, start, start + len(words), 0.9)]


def _body_behind(text: str, start: int, end: int) -> Said | None:
    """The body that stands behind a date without "av": "2023-09-19, kommunledningsgruppen"."""
    found = _BODY_BEHIND.match(text[start:end])
    if found is None or not names_body(found.group(1)):
        return None
    return Said("adopted_by", found.group(1), start + found.start(1), start + found.end(1), 0.8)
