"""Dates in a text, and the numbers that look like dates: diary numbers, phone numbers, paragraphs of minutes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.swedish.law_numbers import has_figure
from pipeline.swedish.laws import find_references

MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
_SHORT = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec", "sept"]
_MONTH = "|".join([*MONTHS, *(rf"{short}\b\.?" for short in _SHORT)])
_YEAR = r"(?:19|20)\d{2}"
_DASH = r"[-\u2010\u2011\u2013]"
_FREE = r"(?<![\w:/.\-–§])"
_FORMS = (
    # The order is that of certainty: what one form has taken, a later one leaves alone.
    (rf"(?<![\d:/.])(?P<y>{_YEAR})\s?{_DASH}\s?(?P<m>\d{{1,2}})\s?{_DASH}\s?(?P<d>\d{{1,2}})(?![\d:]|{_DASH}\d)", 0.99),
    (rf"(?<![\d:/.\-])(?P<y>{_YEAR})(?P<sep>[/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?![\d:])", 0.95),
    (
        rf"(?<![\w/])(?:den\s+)?(?P<d>\d{{1,2}})(?::?[ea]\b)?\.?\s+(?P<month>{_MONTH})\s*,?\s+(?P<y>{_YEAR})(?![\d:])",
        0.99,
    ),
    (rf"{_FREE}(?:den\s+)?(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?:\s*[-–,/]\s*|\s+)(?P<y>{_YEAR})(?![\d:/])", 0.95),
    (rf"{_FREE}(?P<d>\d{{1,2}})(?P<sep>[.\-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>{_YEAR})(?![\d:/])", 0.9),
    (r"(?<![\w:/.\-+])(?P<y>20[0-4]\d|19\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?![\w:/\-])", 0.85),
    # Six figures are a date only between a body and a paragraph, or after a word that announces one.
    (
        r"(?:(?<=KF )|(?<=KS )|(?<=KSAU )|(?<=Datum )|(?<=datum )|(?<=Datum: )|(?<=den ))"
        r"(?P<short>[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?![\w:/\-])",
        0.75,
    ),
    (rf"(?<!\w)(?<!\d )(?:(?:i|under)\s+)?(?P<month>{_MONTH})\s+(?:månad\s+)?(?P<y>{_YEAR})(?![\d:]|/\d)", 0.93),
    (rf"(?<![\d:/.\-\w])(?P<y>{_YEAR}){_DASH}(?P<m>0[1-9]|1[0-2])(?![\d:/]|{_DASH}\d)", 0.8),
    (
        rf"(?<!\w)(?:[Åå]ret?|[Vv]åren|[Ss]ommaren|[Hh]östen|[Vv]intern|[Ss]edan|[Ff]rån|[Uu]nder|[Ff]öre|[Ee]fter|[Tt]ill)\s+(?P<y>{_YEAR})(?![\d:\-–]|[/.]\d)",
        0.85,
    ),
    (r"(?<![\w:/.\-–§(])(?P<y>(?:19[89]|20[0-4])\d)(?![\w:\-–]|[/.]\d|\s?kr)", 0.55),
)
_COMPILED = tuple((re.compile(form, re.IGNORECASE), confidence) for form, confidence in _FORMS)
_PHONE = re.compile(
    r"(?<![\w\-/:.])(?:\+46\s?(?:\(0\))?\s?|0)\d{1,3}(?:\s?[-–/]\s?|\s)\d{2,3}(?:\s?\d{2,3}){1,3}(?![\d:/])"
)
_LABEL = r"(?:diarier?\s?-?(?:nummer|nr|beteckning)|d(?:ia)?nr|d\.nr|ärende(?:nummer|nr|beteckning)?|beslutsnummer)"
_PREFIX = r"(?!(?:SFS|AFS|EU|EG|EEG|ISO|RA-FS|MIFS|JO|RÅ|NJA|HFD|SOU|COVID|DS|WCAG|KL|TEL|FAX|SS)\b)[A-ZÅÄÖ]{2,7}"
_DIARY_FORMS = (
    rf"(?P<prefixed>\b{_PREFIX}(?:/{_PREFIX})?\s?[-/.:]?\s?(?:{_YEAR}|\d{{2}})\s?[/:.\-–]\s?\d{{1,6}}(?:[-–.]\d{{1,4}})?)",
    rf"(?P<suffixed>(?<![\d/:.\-])(?!{_YEAR}-\d\d-\d\d){_YEAR}\s?[/:.\-]\s?\d{{1,6}}(?:[-–]\d{{1,3}})?\s?[-/]?\s?{_PREFIX}\b)",
    rf"(?P<inner>\b{_YEAR}{_PREFIX}\d{{1,6}}\b)",
)
_DIARY = re.compile("|".join(_DIARY_FORMS))
_LABELLED = re.compile(
    rf"(?<!\w)(?i:{_LABEL})\s*[.:]*\s*(?P<value>(?:{_DIARY.pattern.replace('?P<', '?P<l_')})"
    rf"|(?:{_YEAR}|\d{{2}})\s?[/:.\-–]\s?\d{{1,6}}(?:[-–/.]\d{{1,4}})?(?![\d]))"
)
_PARAGRAPH = re.compile(r"§{1,2}\s?(?P<number>\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:/\d{2,4})?)(?!\w|\s*(?:kap|st\b))")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date: its span, its words, and its value as YYYY-MM-DD, YYYY-MM or YYYY, with how sure that is."""

    start: int
    end: int
    quote: str
    value: str
    confidence: float


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A diary number, phone number or paragraph of minutes: its span without label, and its value on one line."""

    start: int
    end: int
    quote: str
    value: str
    confidence: float


def find_dates(text: str, *, masked: Iterable[tuple[int, int]] | None = None) -> list[DateMention]:
    """The dates of the text in order; days that do not exist are left out.

    Args:
        text: Any text.
        masked: Spans that hold no date, such as references to acts; left out, these are looked for here. Diary and
            phone numbers are left alone in any case.
    """
    if not has_figure(text):
        return []
    taken = bytearray(len(text))
    acts = _spans_of_acts(text) if masked is None else list(masked)
    numbers = [*find_phone_numbers(text, masked=acts), *find_diary_numbers(text, masked=acts)]
    for begin, end in [*acts, *((n.start, n.end) for n in numbers)]:
        taken[begin:end] = b"\1" * (end - begin)
    found: list[DateMention] = []
    for pattern, confidence in _COMPILED:
        for match in pattern.finditer(text):
            start = match.start() if "d" in match.groupdict() else _first(match)
            value = _value(match)
            if not value or any(taken[start : match.end()]):
                continue
            taken[start : match.end()] = b"\1" * (match.end() - start)
            found.append(DateMention(start, match.end(), text[start : match.end()], value, confidence))
    return sorted(found, key=lambda one: one.start)


def _first(match: re.Match[str]) -> int:
    """Where month or year begins: "under oktober 2018" is quoted without its preposition."""
    starts = [match.start(name) for name, group in match.groupdict().items() if group]
    return min(starts)


def _value(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if parts.get("short"):
        parts["y"] = f"20{parts['short']}"
    month = parts.get("m") or _month_number(parts.get("month"))
    if not month:
        return str(parts["y"])
    if not 1 <= int(month) <= 12:
        return ""
    if not parts.get("d"):
        return f"{parts['y']}-{int(month):02}"
    try:
        return date(int(str(parts["y"])), int(month), int(str(parts["d"]))).isoformat()
    except ValueError:
        return ""


def _month_number(word: str | None) -> str:
    if not word:
        return ""
    key = word.lower().rstrip(".")[:3]
    return str([month[:3] for month in MONTHS].index(key) + 1)


def find_diary_numbers(text: str, *, masked: Iterable[tuple[int, int]] | None = None) -> list[NumberMention]:
    """Diary numbers: "KS 2018/276", "KS/2018:276", "2022.277 KS", and whatever a label such as Dnr announces.

    Numbers of acts ("KL 2017:725"), phone numbers and dates are not among them; what a label announces always is.

    Args:
        text: Any text.
        masked: Spans of references to acts; left out, these are looked for here.
    """
    if not has_figure(text):
        return []
    found = [_number(text, m.start("value"), m.end("value"), 0.98) for m in _LABELLED.finditer(text)]
    taken = [(one.start, one.end) for one in found]
    for match in _DIARY.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        if _is_date(match[0]) or _names_an_act(text, match.start()):
            continue
        found.append(_number(text, match.start(), match.end(), 0.93))
    labelled = {start for start, _ in taken}
    return sorted(_outside(text, found, masked, labelled), key=lambda one: one.start)


def _spans_of_acts(text: str) -> list[tuple[int, int]]:
    """The references to acts, whose numbers look like dates, diary and phone numbers."""
    return [(law.start, law.end) for law in find_references(text)]


def _outside(
    text: str, found: list[NumberMention], masked: Iterable[tuple[int, int]] | None, sure: Container[int] = ()
) -> list[NumberMention]:
    """Those numbers that start where `sure` says, or share no letter with a reference to an act."""
    if not found:
        return []
    acts = _spans_of_acts(text) if masked is None else list(masked)
    return [
        one for one in found if one.start in sure or not any(one.start < end and start < one.end for start, end in acts)
    ]


def _is_date(written: str) -> bool:
    """Whether letters beside an ISO date only look like a diary number ("KS 2018-10-24")."""
    match = re.search(rf"({_YEAR})-(\d{{2}})-(\d{{2}})", written)
    return bool(match and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31)


def _names_an_act(text: str, start: int) -> bool:
    return bool(
        re.search(
            r"(?:lag|lagen|förordning|förordningen|SFS|\(EU\)|\(EG\))\s*\(?\s*\Z", text[max(0, start - 24) : start]
        )
    )


def find_phone_numbers(text: str, *, masked: Iterable[tuple[int, int]] | None = None) -> list[NumberMention]:
    """Phone numbers as written ("0322-61 61 27", "+46 8 508 290 00"), outside references to acts: see diary numbers."""
    return _outside(text, [_number(text, m.start(), m.end(), 0.9) for m in _PHONE.finditer(text)], masked)


def find_minutes_paragraphs(text: str, *, masked: Iterable[tuple[int, int]] | None = None) -> list[NumberMention]:
    """Paragraphs of minutes ("§ 246"), whose value is the number, outside references to acts (as for diary numbers)."""
    found = [
        NumberMention(match.start(), match.end(), match[0], re.sub(r"\s", "", match["number"]), 0.9)
        for match in _PARAGRAPH.finditer(text)
    ]
    return _outside(text, found, masked)


def _number(text: str, start: int, end: int, confidence: float) -> NumberMention:
    while end > start and text[end - 1] in " .-–/":
        end -= 1
    return NumberMention(start, end, text[start:end], " ".join(text[start:end].split()), confidence)
