"""Other governing documents that a text refers to: by a word (kommunikationspolicyn), a full title, their issuer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pipeline.swedish.compounds import HeadFinder
from pipeline.swedish.datafiles import read_tree
from pipeline.swedish.dates import NumberMention, find_diary_numbers

_FIRST_PART = re.compile(r"([^\W\d_]+-)\s+(?:och|samt)\s+\Z")
#: Where a title ends: punctuation, a line's end, a verb, or another thing that is named beside it.
_TITLE_STOP = re.compile(
    r"[.,;:()\n\"”*?!]|\s(?:som|ska|skall|är|gäller|finns|måste|bör|får|kan|har|anger|beskriver|samt|innehåller|antas|antogs|"
    r"upphävs|ersätter|framgår|tar|ger|syftar|beskrivs|regleras|anges|återfinns|redovisas|från|inte|vid|där|när|enligt|baserar|följs|följas|och\s+(?:[A-ZÅÄÖ]\w+|[a-zåäö]*(?:policy|plan|riktlinje|rutin|regler))|\d{4})(?=\W|\Z)"
)
_STANDS_ELSEWHERE = re.compile(r"\s(?:beskrivs|regleras|anges|återfinns|redovisas|finns|framgår)")
_OWN = re.compile(
    r"\b(?:denna|dessa|den här|de här|detta|våra|vår|den nya|nya|gamla|en|ny|följande)\s+\Z", re.IGNORECASE
)
_DIARY_GAP = re.compile(r"[\s,(*\"”]*(?:[Dd]nr\.?:?|[Dd]iarienr\.?:?|[Dd]iarienummer:?)?\s*")
_QUOTED = re.compile(r"\s*[*\"”“«]\s*([A-ZÅÄÖ][^*\"”“»\n]{4,120})[*\"”»]")
_TITLE_REACH = 110
_LOOSE_END = re.compile(r"(?:\s+(?:i|för|av|på|om|och|till|med|hos))+$")


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A reference to another governing document.

    Attributes:
        start: Code point where its name starts.
        end: Code point after its last; the diary number lies outside.
        quote: The text between them.
        title: A word in dictionary form (kommunikationspolicy), or a full title as it stands on one line.
        diary_number: The number given beside it, or empty.
        confidence: 0 to 1.
    """

    start: int
    end: int
    quote: str
    title: str
    diary_number: str
    confidence: float


def find_document_references(text: str, *, own_title: str = "") -> list[DocumentMention]:
    """The other governing documents that the text refers to, in order; acts are not among them.

    Args:
        text: Any text.
        own_title: The document's own title, which is no reference.
    """
    numbers = {number.start: number for number in find_diary_numbers(text)}
    found = [*_find_issued(text), *_find_titles(text), *_find_phrases(text), *_find_words(text)]
    kept: list[DocumentMention] = []
    for one in sorted(found, key=lambda d: (d.start, -d.end)):
        if (kept and one.start < kept[-1].end) or _same(one.title, own_title):
            continue
        kept.append(replace(one, diary_number=_diary_after(text, one.end, numbers)))
    return kept


def _same(title: str, own: str) -> bool:
    """Whether two titles are one document's; whose it is ("i Tierps kommun") may be left out of either."""

    def fold(name: str) -> str:
        return re.sub(r"riktlinjer?(?:na|n)?|[\W_]+", " ", name.lower()).strip()

    one, other = sorted((fold(title), fold(own)), key=len)
    return bool(own) and (not fold(title) or one == other or other.startswith(one + " i "))


def _diary_after(text: str, end: int, numbers: dict[int, NumberMention]) -> str:
    gap = _DIARY_GAP.match(text, end)
    number = numbers.get(gap.end()) if gap else None
    return number.value if number else ""


@dataclass(frozen=True, slots=True)
class _Head:
    word: str
    endings: tuple[str, ...]
    no: tuple[str, ...]
    only: tuple[str, ...]
    alone: bool


@cache
def _tree() -> dict[str, Any]:
    tree: dict[str, Any] = read_tree("documents.yaml")
    return tree


@cache
def _heads() -> tuple[HeadFinder, dict[str, _Head]]:
    by_form: dict[str, _Head] = {}
    for row in _tree()["heads"]:
        head = _Head(
            row["word"],
            tuple(row["endings"]),
            tuple(row.get("never", ())),
            tuple(row.get("only", ())),
            bool(row.get("alone")),
        )
        for ending in head.endings:
            by_form[head.word + ending] = head
    return HeadFinder(by_form), by_form


def _find_words(text: str) -> Iterator[DocumentMention]:
    """Compounds: kommunikationspolicyn, nämndens dokumenthanteringsplan, bevarande- och gallringsplanen."""
    finder, by_form = _heads()
    for word in finder.find(text):
        head, start = by_form[word.form], word.start
        if not _takes(head, text[start : word.head_start].lower()) or text[start - 1 : start] in ("@", ".", "/", "_"):
            continue
        other = _FIRST_PART.search(text, max(0, start - 40), start)
        if other:
            start = other.start()
        title = _title(text[start : word.head_start], head)
        confidence = 0.9 if head.word != "rutin" else 0.75
        yield DocumentMention(start, word.end, text[start : word.end], title, "", confidence)


def _takes(head: _Head, first: str) -> bool:
    if not first.rstrip("-"):
        return head.alone
    if head.only:
        return first in head.only or first.rstrip("-") in head.only
    return len(first) > 2 and first not in head.no and first.rstrip("-") not in head.no


def _title(first: str, head: _Head) -> str:
    """The dictionary form, small letters but for capitals that stand for words (IT-säkerhetspolicy)."""
    words = " ".join(first.split())
    lowered = re.sub(r"[^\W\d_]+", lambda m: m[0] if m[0].isupper() and 1 < len(m[0]) < 4 else m[0].lower(), words)
    plural = head.word in ("riktlinje", "rutin", "anvisning", "instruktion", "bestämmelse", "föreskrift")
    return lowered + head.word + (head.endings[0] if plural else "")


@cache
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    rows = _tree()["phrases"]
    return [
        (re.compile(rf"(?<![\w-]){row['form']}(?!\w)".replace(" ", r"\s+"), re.IGNORECASE), str(row["title"]))
        for row in rows
    ]


def _find_phrases(text: str) -> Iterator[DocumentMention]:
    for pattern, title in _phrases():
        for match in pattern.finditer(text):
            name = re.search(r"(?i)grafisk|visuell|varumärk|kommunikationspl|uppför", match[0])
            start = match.start() + (name.start() if name else 0)
            yield DocumentMention(start, match.end(), text[start : match.end()], title, "", 0.9)


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(_tree()['openers'])})\s+(?:för|avseende|gällande|angående|om|vid|mot)\s+(?=\w)",
        re.IGNORECASE,
    )


def _find_titles(text: str) -> Iterator[DocumentMention]:
    """Full titles: "Riktlinjer för sociala medier", "Kommunikationspolicy för Ystads kommun"."""
    for match in _openers().finditer(text):
        capital = text[match.start()].isupper()
        marked = text[match.start() - 1 : match.start()] in ("*", '"', "”", "“", "«")
        specific = re.match(
            r"(?i)(?!(?:riktlinje|regler|rutin|program|plan|strategi|policy))[a-zåäö\-]+(?:policy|plan|strategi)",
            match[0],
        )
        if not (capital or marked or specific) or _OWN.search(text, max(0, match.start() - 14), match.start()):
            continue
        stop = _TITLE_STOP.search(text, match.end(), match.end() + _TITLE_REACH)
        end = stop.start() if stop else min(len(text), match.end() + _TITLE_REACH)
        quote = _LOOSE_END.sub("", text[match.start() : end].rstrip())
        # A sentence that only begins with the word ("Regler för hur vi svarar finns ...") is no title.
        if (
            re.match(r"(?:hur|att|den|det|de|vad|vem|vilka|dig|er)\b", text[match.end() : end])
            or len(quote.split()) < 3
        ):
            continue
        starts_sentence = capital and not marked and _starts_sentence(text, match.start())
        if starts_sentence and stop and _STANDS_ELSEWHERE.match(stop[0]):
            continue  # "Rutiner för blockering beskrivs i ...": what stands there, not where
        confidence = 0.6 if starts_sentence and not specific else 0.88
        yield DocumentMention(match.start(), match.start() + len(quote), quote, " ".join(quote.split()), "", confidence)


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 6) : start].rstrip(" \t*#-•")
    return not before or before[-1] in ".\n!?:"


@cache
def _issued() -> re.Pattern[str]:
    issuers = sorted(_tree()["issuers"], key=lambda name: (-len(name), name))
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, issuers))})s?\s+(?:[a-zåäö]+\s+)?"
        r"(?:riktlinje[r]?(?:na)?|vägledning(?:ar|en)?|rekommendation(?:er|erna)?|checklist(?:a|or)|skrivregler|webbriktlinjer|allmänna\s+råd|handledning|råd)(?!\w)"
    )


def _find_issued(text: str) -> Iterator[DocumentMention]:
    """Guidance named by its issuer: "E-delegationens riktlinjer för sociala medier", with its quoted title."""
    for match in _issued().finditer(text):
        end = match.end()
        more = re.compile(r"\s+(?:för|om|gällande)\s+(?=\w)").match(text, end)
        quoted = _QUOTED.match(text, end)
        # Set in italics that the reading lost, a title shows by its capital alone: up to the next mark.
        capital = re.compile(r"\s+(?=[A-ZÅÄÖ][a-zåäö]+\s)").match(text, end)
        if quoted:
            end = quoted.end()
        elif capital:
            stop = _TITLE_STOP.search(text, capital.end(), capital.end() + _TITLE_REACH)
            end = stop.start() if stop else min(len(text), capital.end() + _TITLE_REACH)
        elif more:
            stop = _TITLE_STOP.search(text, more.end(), more.end() + _TITLE_REACH)
            end = stop.start() if stop else min(len(text), more.end() + _TITLE_REACH)
        quote = text[match.start() : end].rstrip()
        yield DocumentMention(
            match.start(), match.start() + len(quote), quote, " ".join(re.sub(r"[*\"”“]", " ", quote).split()), "", 0.92
        )
