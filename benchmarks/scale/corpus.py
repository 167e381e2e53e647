"""Corpora of any size from the project's own training gold, with varied values, so that the right answers are known.

A document is two pages of paper, each from another gold document: the one begins a document, the other is any page of
any. All that stands in a municipality's documents is said with that municipality's name and its own times; another day
of adoption tells the documents apart. Gold spans move along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline.evaluation.gold import read_gold, read_text
from pipeline.swedish.municipality_register import genitive, municipality_register

GOLD = Path("data/gold/training")
PAGE_BREAK = "\f\n"
NUMBERS = {
    "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11,
    "tolv": 12,
}  # fmt: skip
PAGE = 2_500
"""Characters that a page of running text holds at the most; the five documents of data/raw have 3,900 on average."""
_TIME = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(NUMBERS)})(?=\s?(?:h\b|(?:arbets|skol|var)?(?:timm|dag|dyg)))", re.IGNORECASE
)
_AMOUNT = re.compile(r"(?<=[PT])\d+(?=[HD]$)")


@dataclass(frozen=True, slots=True)
class Known:
    """What must come out of one generated document; spans are code points into its text.

    Attributes:
        municipality: Its name, where both pages bear it, else empty.
        times: Start, end and ISO 8601 duration of each time that was varied.
        obligations: Start and end of each clause that binds somebody, doubtful ones left out.
    """

    file_name: str
    municipality: str
    times: tuple[tuple[int, int, str], ...]
    obligations: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page's worth of a gold document: the municipality, empty where none is named, its adoption, and its spans."""

    text: str
    municipality: str
    adopted: str
    times: tuple[tuple[int, int, str], ...]
    obligations: tuple[tuple[int, int], ...]


def write_corpus(folder: Path, size: int, *, first: int = 0) -> list[Known]:
    """Write `size` documents, numbered from `first`, and give what must come of them; the same on every machine."""
    folder.mkdir(parents=True, exist_ok=True)
    known = []
    for text, said in make_corpus(size, first=first):
        (folder / said.file_name).write_bytes(text.encode())
        known.append(said)
    return known


def make_corpus(size: int, *, first: int = 0) -> Iterator[tuple[str, Known]]:
    """Texts with what is known of them. No two are alike: every municipality gets another pair of pages each time."""
    sheets, firsts = _sheets()
    names = sorted(m.name for m in municipality_register().by_code.values() if m.kind == "municipality")
    for number in range(first, first + size):
        turn, place = divmod(number, len(names))
        one = firsts[(number + turn) % len(firsts)]
        step, shift = divmod(turn + place, len(sheets) - 1)
        other = (one + 1 + shift) % len(sheets)
        pages = [_vary(sheets[n], names[place], place, (turn + step) % 28 + 1) for n in (one, other)]
        gap = len(pages[0].text) + len(PAGE_BREAK)
        yield (
            PAGE_BREAK.join(page.text for page in pages),
            Known(
                f"{number:06}.txt",
                names[place] if all(page.municipality for page in pages) else "",
                (*pages[0].times, *((s + gap, e + gap, v) for s, e, v in pages[1].times)),
                (*pages[0].obligations, *((s + gap, e + gap) for s, e in pages[1].obligations)),
            ),
        )


@cache
def _sheets() -> tuple[tuple[_Sheet, ...], tuple[int, ...]]:
    """The pages of all gold documents, and which of them begin one."""
    sheets: list[_Sheet] = []
    firsts: list[int] = []
    for document in read_gold(GOLD):
        firsts.append(len(sheets))
        text = read_text(GOLD / f"{document.slug}.txt")
        for start, end in _cut(text):
            inside = [item for item in document.response_times if start <= item.start and item.end <= end]
            bound = [o for o in document.obligations if start <= o.start and o.end <= end and not o.borderline]
            sheets.append(
                _Sheet(
                    text[start:end],
                    document.metadata.get("municipality") or "",
                    document.metadata.get("adopted_date") or "",
                    tuple((item.start - start, item.end - start, item.value) for item in inside),
                    tuple((o.start - start, o.end - start) for o in bound),
                )
            )
    return tuple(sheets), tuple(firsts)


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Where pages of at most `PAGE` characters begin and end: between paragraphs, else lines, else anywhere."""
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > PAGE:
            breaks = (text.rfind(gap, start + 1, start + PAGE) + len(gap) for gap in ("\n\n", "\n"))
            end = next((at for at in breaks if at > start + 1), start + PAGE)
        yield start, end
        start = end


def _vary(sheet: _Sheet, name: str, place: int, day: int) -> _Sheet:
    """The sheet with another municipality, other times and another day; its times are those that were varied."""
    edits: dict[tuple[int, int], str] = {}
    text = sheet.text
    if sheet.municipality:
        forms = re.finditer(rf"\b{re.escape(sheet.municipality)}(s?)\b", text, re.IGNORECASE)
        edits |= {m.span(): _as_printed(genitive(name) if m[1] else name, m[0]) for m in forms if m[0][0].isupper()}
    times = []
    for start, end, value in sheet.times:
        spot, amount = _TIME.search(text, start, end), _AMOUNT.search(value)
        if spot is None or amount is None or NUMBERS.get(spot[1].lower(), spot[1]) not in (int(amount[0]), amount[0]):
            continue
        words = list(NUMBERS)
        new = words[(NUMBERS[spot[1].lower()] + place) % len(words)] if spot[1].lower() in NUMBERS else ""
        figure = NUMBERS[new] if new else 12 + (int(amount[0]) + place) % 60
        edits[spot.span(1)] = new or str(figure)
        times.append((start, end, value.replace(amount[0], str(figure))))
    at = text.find(sheet.adopted) if len(sheet.adopted) == 10 else -1
    if at >= 0:
        edits[at, at + 10] = f"{sheet.adopted[:8]}{day:02}"
    ordered = sorted(edits.items())
    return replace(
        sheet,
        text=_edited(text, ordered),
        municipality=name if {name, name.upper()} & set(edits.values()) else "",
        times=tuple((_moved(s, ordered), _moved(e, ordered), v) for s, e, v in times),
        obligations=tuple((_moved(s, ordered), _moved(e, ordered)) for s, e in sheet.obligations),
    )


def _as_printed(name: str, before: str) -> str:
    """The name in capitals where the one before it stood in capitals, as in a letterhead."""
    return name.upper() if before.isupper() else name


def _edited(text: str, edits: Sequence[tuple[tuple[int, int], str]]) -> str:
    parts, at = [], 0
    for (start, end), new in edits:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def _moved(offset: int, edits: Sequence[tuple[tuple[int, int], str]]) -> int:
    """Where an offset lies after the edits before it."""
    return offset + sum(len(new) - (end - start) for (start, end), new in edits if end <= offset)
