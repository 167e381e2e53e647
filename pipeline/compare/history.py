"""What a text tells of as past: an act that has been replaced, a body under its old name with the new one beside."""

from __future__ import annotations

import datetime
import re
from functools import cache
from pathlib import Path

from pipeline.compare.passages import Passages
from pipeline.swedish.dates import find_dates
from pipeline.swedish.renames import OldName
from pipeline.trees import parse_tree

PATH = Path(__file__).with_name("history.yaml")

REACH = 80
"""Characters before a name within which the words stand that tell of it."""

NEAR = 24
"""Characters behind "fram till" within which the day ends."""

_YEAR = re.compile(r"\b((?:19|20)\d\d)\b(?!:)")
_OWNER = r"(?:\s+(?:[\wåäö-]+\s+){0,2}?)"
"""The words between a body in the genitive and what it has given out: "SKL:s första skrift"."""


def is_past_act(sentence: str, start: int, end: int, *, on: datetime.date | None = None) -> bool:
    """Whether a sentence tells of the act that it names between two offsets as one that no longer holds.

    Args:
        sentence: The whole sentence.
        start: Where the act is named in it.
        end: Where the name ends.
        on: The run's date: "fram till den 25 maj 2018" is past from that day on; left out where days don't count.
    """
    before, behind = sentence[:start], sentence[end:]
    if _pattern("before").search(before[-REACH:]) or _pattern("behind").match(behind):
        return True
    until = _pattern("until").search(behind) if on is not None else None
    days = find_dates(behind[until.end() : until.end() + NEAR]) if until is not None else []
    ended = on is not None and bool(days) and days[0].value <= on.isoformat()
    return ended and _pattern("valid").search(sentence) is not None


def is_told_as_past(passages: Passages, start: int, end: int, *, on: datetime.date | None = None) -> bool:
    """Whether the sentence in which a text names an act tells of it as past (`is_past_act`)."""
    sentence, at = sentence_around(passages, start)
    return is_past_act(sentence, at, at + end - start, on=on)


def sentence_around(passages: Passages, offset: int) -> tuple[str, int]:
    """The sentence that an offset lies in, and the offset in it; all of the text where it lies between units."""
    unit = passages.unit_at(offset)
    return (passages.read(unit), offset - unit.start) if unit is not None else (passages.outline.text, offset)


def names_the_new(sentence: str, name: OldName, start: int) -> bool:
    """Whether a sentence has the new name beside an old one ("Twitter/X"), or says that it is an old one ("f.d.").

    Args:
        sentence: The whole sentence.
        name: The old name.
        start: Where it stands in the sentence.
    """
    before, behind = sentence[:start], sentence[start + len(name.quote) :]
    if _pattern("former").search(before):
        return True
    new = _new_names(name.rename.new)
    if not new:
        return False
    # "Twitter (X)", "Twitter, numera X", "X/Twitter"; "Twitter, X" are two.
    ahead = rf"(?:\s?[(/]\s?(?:{_any('now_called')})?|[\s,–-]*\b(?:{_any('now_called')}))\s*(?:{new})(?!\w)"
    back = rf"(?<!\w)(?:{new})\s?[(/]\s?\Z"
    return bool(re.match(ahead, behind, re.IGNORECASE) or re.search(back, before, re.IGNORECASE))


def names_a_source(sentence: str, name: OldName, start: int) -> bool:
    """Whether a body is named for what it gave out under its old name: "ett beslut från 2010", "SKL:s skrift"."""
    if name.rename.kind != "body":
        return False
    end = start + len(name.quote)
    if name.quote.endswith("s") and re.match(rf"{_OWNER}(?:{_any('titled')})\b", sentence[end:], re.IGNORECASE):
        return True
    if re.search(rf"\b(?:{_any('sources')})(?:\s+nr\s*\d+)?\s+(?:från|av)\s+\Z", sentence[:start], re.IGNORECASE):
        return True
    years = [int(year) for year in _YEAR.findall(sentence)]
    given_out = re.search(rf"\b(?:{_any('sources')})\b", sentence, re.IGNORECASE)
    return bool(given_out) and any(year <= int(name.rename.since[:4]) for year in years)


def is_taken_out(sentence: str, name: OldName, start: int) -> bool:
    """Whether a sentence says that what a text had of a name is gone: "Hänvisningen till Twitter har utgått"."""
    end = start + len(name.quote)
    about = rf"\b(?:{_any('parts')})\s+(?:om|till|som rör)\s[^.;:]*\Z"
    gone = rf"[^.;:]*\b(?:{_any('taken_out')})\b(?!\s+(?:i?från|av)\b)"
    return bool(re.search(about, sentence[:start], re.IGNORECASE) and re.match(gone, sentence[end:], re.IGNORECASE))


@cache
def _words() -> dict[str, list[str]]:
    content: dict[str, list[str]] = parse_tree(PATH.read_text("utf-8"))
    return content


@cache
def _any(name: str) -> str:
    """The words of that name as one pattern."""
    rows = sorted(map(str, _words()[name]), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace(r"\*", r"\w*") for word in rows)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The patterns around a name: of what stands before it, behind it, and in its sentence."""
    written = {
        "before": rf"\b(?:{_any('replacing')}|{_any('former')})\s+(?:(?:den|det|{_any('former')})\s+)*\Z",
        "former": rf"(?<![\w])(?:{_any('former')})\s+\Z",
        "behind": rf"\W*(?:\([^)]*\)\W*)?(?:(?:har|hade|som|vilken|är|nu|numera)\s+)*(?:{_any('ended')})(?![\w])",
        "until": rf"(?<![\w])(?:{_any('until')})\s",
        "valid": rf"(?<![\w])(?:{_any('valid')})(?![\w])",
    }
    return re.compile(written[name], re.IGNORECASE)


@cache
def _new_names(new: str) -> str:
    """The forms in which a new name may stand: with its short form, without it, or that alone."""
    parts = [part.strip() for part in re.split(r"\(|\)|\soch\s", new) if part.strip()]
    forms = dict.fromkeys([new, *parts])
    return "|".join(re.escape(form) + r"(?:s)?" for form in sorted(forms, key=len, reverse=True)) if new else ""
