"""Chapters, sections and articles as Swedish texts write them, in the normal form K16P8S2N1 or A6P1Lc."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

ORDINALS = [
    "första",
    "andra",
    "tredje",
    "fjärde",
    "femte",
    "sjätte",
    "sjunde",
    "åttonde",
    "nionde",
    "tionde",
    "elfte",
    "tolfte",
    "trettonde",
    "fjortonde",
    "femtonde",
    "sextonde",
    "sjuttonde",
    "artonde",
    "nittonde",
    "tjugonde",
]
#: "3-900 §§" is a slip of the pen, not a list of sections.
LONGEST_RANGE = 60

_ORDINAL = "|".join(ORDINALS)
_DASH = r"\s?[-–—]\s?"
_JOIN = rf"(?:{_DASH}|\s*,\s*(?:och\s+)?|\s+(?:och|samt|eller|till|respektive|resp\.)\s+)"
# "4 a §" has a letter, "1 i lagen" has not: the letter must lead on to a sign, a list or another unit.
_NUMBER = r"\d{1,3}(?:\s?[a-h](?=\s*(?:§|[-–—,]|och\b|samt\b|eller\b|kap)|\b(?!\s+\w)))?"
_LIST = rf"{_NUMBER}(?:{_JOIN}{_NUMBER})*"
_CHAPTER = rf"(?:(?:{_NUMBER}|{_ORDINAL})\s*(?:kap\b\.?|kapit(?:let|el)\b)|(?:kapitel|kap\.?)\s*\d{{1,2}}\b)"
_CHAPTERS = rf"{_LIST}\s*(?:kap\b\.?|kapit(?:let|el|len)\b)"
_PARAGRAPH = rf"(?:{_LIST}\s*(?:§{{1,2}}|paragraf(?:en|erna)?\b)|§{{1,2}}\s*{_LIST})"
_STYCKE = rf"(?:(?:{_ORDINAL}|\d)\s*(?:st\b\.?|stycke(?:t|na)?\b)|st\.\s*\d|stycke\s*\d)"
_PUNKT = (
    rf"(?:(?:{_ORDINAL}|\d{{1,2}})\s*(?:p\b\.?|punkt(?:en)?\b)|(?:p\.|punkt(?:en)?)\s*\d{{1,2}}"
    r"|\d{1,2}(?=\s|[,.)]|\Z))"
)
_TAIL = rf"(?:\s*,?\s*{_STYCKE}(?:\s*,?\s*(?:och\s+)?{_PUNKT})?|\s+(?:p\.?|punkt(?:en)?)\s*\d{{1,2}})?"
_UNIT = rf"(?:{_CHAPTER}(?:\s*,?\s*{_PARAGRAPH}{_TAIL})?|{_PARAGRAPH}{_TAIL}|{_CHAPTERS})"
_UNITS = rf"{_UNIT}(?:{_JOIN}{_UNIT})*"
_ARTICLE_NUMBER = (
    r"\d{1,3}(?:\.\d{1,2})?(?:\(\d{1,2}\))?(?:\s*(?:första|andra|tredje)\s+stycket)?"
    # The letter i is read only where a word or a bracket shows that it is no preposition ("artikel 6 i GDPR").
    r"(?:(?:\s*,?\s*(?:led|punkt)\s+[a-k]\b|\s?\(?[a-k]\)|\.[a-k]\b|\s?[a-hjk]\b(?!-))"
    r"(?:\s*(?:,|och|eller|samt)\s+[a-hjk]\b(?![-.]))*)?"
)
_ARTICLES = (
    rf"\b(?:artiklarna|artiklar|artikel|art\b\.?)\s*{_ARTICLE_NUMBER}"
    rf"(?:{_JOIN}(?:art(?:ikel|\.)?\s*)?{_ARTICLE_NUMBER})*"
)
_COLON = r"\b\d{1,2}:\d{1,2}(?:\s?[a-h])?\b(?!:)"


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """One run of sections in a text: where it stands and what it says, |-separated."""

    start: int
    end: int
    section: str
    kind: str  # sections | articles | colon


@cache
def _scanner() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<articles>{_ARTICLES})|(?<![\w:./-])(?P<sections>{_UNITS})|(?<![\w:./-])(?P<colon>{_COLON})",
        re.IGNORECASE,
    )


def find_sections(text: str) -> list[SectionSpan]:
    """Every run of chapters, sections or articles in the text, in order.

    Runs that belong to no act (the minutes' "§ 246") are found too; whoever asks decides by what stands beside them.
    """
    spans = []
    for match in _scanner().finditer(text):
        kind = str(match.lastgroup)
        spans.append(SectionSpan(match.start(), match.end(), read_section(match[0], kind=kind), kind))
    return spans


def split_last(text: str, span: SectionSpan) -> tuple[SectionSpan, SectionSpan] | None:
    """A run without its last section, and that section; None where the run is one, or a list before one sign.

    "OSL 5 kap. 1 §, 6 § förvaltningslagen": what stands between two acts belongs to both, each to its own.
    """
    units = [m for m in re.finditer(_UNIT, text[span.start : span.end], re.IGNORECASE) if span.kind == "sections"]
    if len(units) < 2:
        return None
    first, last = span.start + units[-2].end(), span.start + units[-1].start()
    ahead, behind = text[span.start : first], text[last : span.end]
    return (
        SectionSpan(span.start, first, read_section(ahead), span.kind),
        SectionSpan(last, span.end, read_section(behind), span.kind),
    )


def read_section(written: str, *, kind: str = "sections") -> str:
    """The normal form of one written run: "5 kap. 1 § och 2 §" gives K5P1|K5P2."""
    if kind == "articles":
        return "|".join(dict.fromkeys(_read_articles(written)))
    if kind == "colon":
        chapter, paragraph = written.replace(" ", "").lower().split(":")
        return f"K{chapter}P{paragraph}"
    found: list[str] = []
    chapter = ""
    for unit in re.finditer(_UNIT, written, re.IGNORECASE):
        units, chapter = _read_unit(unit[0], chapter)
        found += units
    return "|".join(dict.fromkeys(found))


def _read_unit(unit: str, chapter: str) -> tuple[list[str], str]:
    """The normal forms in one unit, and the chapter that a unit without its own inherits ("5 kap. 1 § och 3 §")."""
    rest = unit
    head = re.match(_CHAPTER, unit, re.IGNORECASE)
    if head:
        chapter = f"K{_number(head[0])}"
        rest = unit[head.end() :]
    paragraphs = re.search(_PARAGRAPH, rest, re.IGNORECASE)
    if not paragraphs:
        chapters = re.fullmatch(_CHAPTERS, unit, re.IGNORECASE)
        numbers = _expand(unit) if chapters else [chapter.removeprefix("K")]
        return [f"K{number}" for number in numbers], chapter
    tail = _read_tail(rest[paragraphs.end() :])
    return [f"{chapter}P{number}{tail}" for number in _expand(paragraphs[0])], chapter


def _read_tail(tail: str) -> str:
    """Stycke and punkt after a section: "andra stycket 3" gives S2N3."""
    stycke = re.search(_STYCKE, tail, re.IGNORECASE)
    rest = tail[stycke.end() :] if stycke else tail
    punkt = re.search(rf"\d{{1,2}}|{_ORDINAL}", rest, re.IGNORECASE)
    return (f"S{_number(stycke[0])}" if stycke else "") + (f"N{_number(punkt[0])}" if punkt else "")


def _number(written: str) -> str:
    """The number in "16 kap.", "andra kapitlet" or "4 a"."""
    word = re.search(rf"\b({_ORDINAL})\b", written, re.IGNORECASE)
    if word:
        return str(ORDINALS.index(word[1].lower()) + 1)
    digits = re.search(r"(\d{1,3})\s?([a-h](?![a-zåäö]))?", written, re.IGNORECASE)
    return f"{digits[1]}{(digits[2] or '').lower()}" if digits else ""


def _expand(written: str) -> list[str]:
    """Each number of a list, ranges written out: "2-4 och 6 a" gives 2, 3, 4, 6a."""
    tokens = [(m[0], m.start(), m.end()) for m in re.finditer(_NUMBER, written)]
    numbers = [_number(token) for token, _, _ in tokens][:1]
    for (before, _, end), (after, start, _) in pairwise(tokens):
        low, high = _number(before), _number(after)
        if re.fullmatch(rf"{_DASH}|\s+till\s+", written[end:start]):
            numbers += _between(low, high)
        numbers.append(high)
    return numbers


def _between(low: str, high: str) -> list[str]:
    """What a range holds strictly between its ends; nothing where letters make that a guess."""
    if low.isdigit() and high.isdigit() and 1 < int(high) - int(low) <= LONGEST_RANGE:
        return [str(number) for number in range(int(low) + 1, int(high))]
    return []


def _read_articles(written: str) -> list[str]:
    """Normal forms of "artiklarna 6.1 c och 9": A6P1Lc, A9."""
    bare = re.sub(r"(?i)art(?:iklarna|iklar|ikel)?\b\.?", " ", written)
    found: list[str] = []
    end = 0
    for match in re.finditer(_ARTICLE_NUMBER, bare, re.IGNORECASE):
        forms = _read_article(match[0])
        if found and re.fullmatch(_DASH, bare[end : match.start()]):
            found += [f"A{n}" for n in _between(found[-1].removeprefix("A"), forms[0].removeprefix("A"))]
        found += forms
        end = match.end()
    return found


def _read_article(written: str) -> list[str]:
    """One article, once for each of its letters: "6.1 a och e" gives A6P1La and A6P1Le."""
    parts = re.match(r"(\d{1,3})(?:\.(\d{1,2})|\((\d{1,2})\))?(.*)", written.lower(), re.DOTALL)
    if not parts:
        return []
    number, dotted, bracketed, rest = parts.groups()
    stycke = re.search(r"(första|andra|tredje)\s+stycket", rest)
    letters = re.findall(r"(?<![a-zåäö])[a-k](?![a-zåäö])", rest[stycke.end() :] if stycke else rest)
    point = f"P{dotted or bracketed}" if dotted or bracketed else ""
    base = f"A{number}{point}" + (f"S{ORDINALS.index(stycke[1]) + 1}" if stycke else "")
    return [f"{base}L{letter}" for letter in letters] or [base]
