"""What a person writes for a value of each kind, in the normal form that texts of that kind are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from pipeline.records.requirement import PROHIBITED_CONTENT, RETENTION
from pipeline.wording.saying import say_time, split_duration
from pipeline.wording.words import codes, fold, words

ADDRESS = re.compile(r"(?<![\w@.-])(?:www\.)?((?:[\w-]+\.)+(?:se|nu|eu|org))(?![\w.-]*@)\b", re.IGNORECASE)
NAMED = frozenset({"role", "channel", "document_reference", "platform"})
"""Kinds whose values are names, of which no list is whole: in quotation marks one stands as it is written."""
_QUOTED = re.compile(r"[\"”“»«]\s*([^\"”“»«]+?)\s*[\"”“»«]")
_FORMS = ("P{}Y", "P{}M", "P{}W", "P{}D", "PT{}H", "PT{}M")
MOST = 400
"""Numbers up to which a time is known by the words it is shown in."""
_KEPT = re.compile(rf"({'|'.join(RETENTION)})(?:\s+(?:senast|minst|i|efter|under))*\s+(.+)")
_COUNT = re.compile(
    r"(?:(?:minst|åtminstone)\s+)?(\w+)(?:\s+(?:st|stycken|personer|administratörer|medarbetare|konton))?(?:\s+eller\s+fler)?"
)
_NUMBER = re.compile(r"(?:[^()\d]*\()?(\d{4}[:/]\d+)\)?")


def read_kind(kind: str, written: str) -> str:
    """The normal form of a value of a kind as a cell holds it, empty where the words are none of that kind.

    Args:
        kind: One of the kinds of values, or channel.
        written: "inom 24 timmar på vardagar", "gallras efter två år", "Kommunchefen", "GDPR (2016/679)".
    """
    quoted = _QUOTED.fullmatch(written.strip())
    if quoted and kind in NAMED:
        return quoted[1]
    return _READERS[kind](written.strip(" \t\n.;,"))


def read_act(written: str) -> tuple[str, str]:
    """Short name and number of an act, both empty where none is known by these words."""
    from pipeline.swedish.laws import find_references, resolve_name

    found = find_references(written)
    number = _NUMBER.fullmatch(written)
    if number and len(found) <= 1:
        return resolve_name(number[1])[0], number[1]
    covers = len(found) == 1 and (found[0].start, found[0].end) == (0, len(written))
    return (found[0].norm, found[0].identifier) if covers else ("", "")


def read_length(written: str) -> str:
    """A length of time in ISO 8601 ("två år", "P2Y"), empty where it is none."""
    from pipeline.swedish.durations import find_periods

    code = split_duration(written.upper())
    return code[0] if code else _whole(find_periods, f"efter {fold(written)}", "value")


def name_plan(name: str) -> str:
    """The plan or decision that sets what is kept, in its base form: "gallringsplanen" is gallringsplan."""
    base = re.sub(r"(plan|beslut|beskrivning|schema)(?:en|et|er|erna|s|t|n)\b", r"\1", name[:1].lower() + name[1:])
    return re.sub(r"(reglemente|strategi|policy|riktlinje)(?:t|n)\b", r"\1", base)


def _whole(find: Callable[[str], Sequence[Any]], text: str, name: str) -> str:
    """What a finder of such things makes of the text, empty where it finds them in a part of it only."""
    found = find(text)
    covers = len(found) == 1 and found[0].start == 0 and found[0].end == len(text)
    return str(getattr(found[0], name)) if covers else ""


def _time(written: str, *, limit: bool) -> str:
    """A time with its days; "24 timmar" is a limit where limits are asked for."""
    from pipeline.swedish.durations import find_durations

    value, _, calendar = written.partition(" ")
    code = split_duration(f"{value.upper()} {calendar.lower()}".strip()) or split_duration(written.lower())
    if code is not None:
        return " ".join(filter(None, code))
    said = fold(written)
    for text in (said, f"inom {said}") if limit else (said,):
        found = find_durations(text)
        wanted = len(found) == 1 and (found[0].kind == "deadline") == limit
        if wanted and (found[0].start, found[0].end) == (0, len(text)):
            return f"{found[0].value} {found[0].calendar}".strip()
    return _times_said(limit).get(said, "")


@cache
def _times_said(limit: bool) -> Mapping[str, str]:
    """Times by the words that sheets show them in: texts say fewer ("vart sjunde år") than a table may hold."""
    figures = [form.format(n) for form in _FORMS for n in range(1, MOST + 1)]
    said: dict[str, str] = {}
    for value in (*words()["vague"], *figures):
        for calendar in ("", *words()["calendars"]):
            said.setdefault(fold(say_time(value, calendar, limit=limit)), f"{value} {calendar}".strip())
    return said


def _retention(written: str) -> str:
    kept = _KEPT.fullmatch(fold(written))
    if kept:
        length = read_length(kept[2])
        return f"{kept[1]} {length}" if length else ""
    return fold(written) if fold(written) in RETENTION else ""


def _content(written: str) -> str:
    code = codes("term", "prohibited_content").get(fold(written), "")
    return code if code in PROHIBITED_CONTENT else ""


def _act(written: str) -> str:
    norm, number = read_act(written)
    return number or norm


def _role(written: str) -> str:
    from pipeline.swedish.roles import find_roles

    return _whole(find_roles, written, "canonical") or _whole(find_roles, fold(written), "canonical")


def _channel(written: str) -> str:
    address = ADDRESS.fullmatch(written)
    return address[1].casefold() if address else ""


def _count(written: str) -> str:
    from pipeline.swedish.duration_values import count_of, number_pattern

    found = _COUNT.fullmatch(fold(written))
    if found is None or not re.fullmatch(number_pattern(), found[1]):
        return ""
    count, vague = count_of(found[1])
    return "" if vague else str(count)


def _platform(written: str) -> str:
    from pipeline.swedish.platforms import find_platforms

    return _whole(find_platforms, written, "name")


def _document(written: str) -> str:
    """A governing document by its word or title; what only names one somewhere is a title as it is written."""
    from pipeline.swedish.documents import find_document_references

    if title := _whole(find_document_references, written, "title"):
        return title
    return " ".join(written.split()) if find_document_references(written) else ""


def _date(written: str) -> str:
    from pipeline.swedish.dates import find_dates

    return _whole(find_dates, written, "value")


_READERS: Mapping[str, Callable[[str], str]] = {
    "response_time": partial(_time, limit=True),
    "removal_time": partial(_time, limit=True),
    "frequency": partial(_time, limit=False),
    "retention": _retention,
    "prohibited_content": _content,
    "legal_reference": _act,
    "role": _role,
    "channel": _channel,
    "count": _count,
    "platform": _platform,
    "document_reference": _document,
    "date": _date,
}
