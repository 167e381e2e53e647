"""Corpora of any size from the project's own training gold, with varied values, so that the right answers are known.

A document is two pages, each the text of one gold document. All that stands in a municipality's documents is said with
that municipality's name and its own times; another day of adoption tells the documents apart. Gold spans move along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.evaluation.gold import GoldDocument, read_gold, read_text
from pipeline.swedish.municipality_register import genitive, municipality_register

GOLD = Path("data/gold/training")
PAGE_BREAK = "\f\n"
NUMBERS = {
    "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11,
    "tolv": 12,
}  # fmt: skip
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
class _Page:
    text: str
    named: bool
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
    gold = _gold()
    names = sorted(m.name for m in municipality_register().by_code.values() if m.kind == "municipality")
    for number in range(first, first + size):
        turn, place = divmod(number, len(names))
        # Steps that share no factor with the number of gold documents, so that pairs come again late.
        one = (number + turn) % len(gold)
        step, shift = divmod(turn + place, len(gold) - 1)
        other = (one + 1 + shift) % len(gold)
        pages = [_vary(*gold[n], names[place], place, (turn + step) % 28 + 1) for n in (one, other)]
        gap = len(pages[0].text) + len(PAGE_BREAK)
        yield (
            PAGE_BREAK.join(page.text for page in pages),
            Known(
                f"{number:06}.txt",
                names[place] if all(page.named for page in pages) else "",
                (*pages[0].times, *((s + gap, e + gap, v) for s, e, v in pages[1].times)),
                (*pages[0].obligations, *((s + gap, e + gap) for s, e in pages[1].obligations)),
            ),
        )


@cache
def _gold() -> tuple[tuple[GoldDocument, str], ...]:
    return tuple((document, read_text(GOLD / f"{document.slug}.txt")) for document in read_gold(GOLD))


def _vary(document: GoldDocument, text: str, name: str, place: int, day: int) -> _Page:
    """A gold text with another municipality, other times and another day, and its spans in it."""
    edits: dict[tuple[int, int], str] = {}
    own = document.metadata.get("municipality") or ""
    if own:
        forms = re.finditer(rf"\b{re.escape(own)}(s?)\b", text)
        edits |= {m.span(): genitive(name) if m[1] else name for m in forms}
    times = []
    for item in document.response_times:
        spot, amount = _TIME.search(text, item.start, item.end), _AMOUNT.search(item.value)
        if spot is None or amount is None or NUMBERS.get(spot[1].lower(), spot[1]) not in (int(amount[0]), amount[0]):
            continue
        words = list(NUMBERS)
        new = words[(NUMBERS[spot[1].lower()] + place) % len(words)] if spot[1].lower() in NUMBERS else ""
        figure = NUMBERS[new] if new else 12 + (int(amount[0]) + place) % 60
        edits[spot.span(1)] = new or str(figure)
        times.append((item.start, item.end, item.value.replace(amount[0], str(figure))))
    adopted = document.metadata.get("adopted_date") or ""
    at = text.find(adopted) if len(adopted) == 10 else -1
    if at >= 0:
        edits[at, at + 10] = f"{adopted[:8]}{day:02}"
    ordered = sorted(edits.items())
    return _Page(
        _edited(text, ordered),
        name in edits.values(),
        tuple((_moved(s, ordered), _moved(e, ordered), v) for s, e, v in times),
        tuple((_moved(o.start, ordered), _moved(o.end, ordered)) for o in document.obligations if not o.borderline),
    )


def _edited(text: str, edits: Sequence[tuple[tuple[int, int], str]]) -> str:
    parts, at = [], 0
    for (start, end), new in edits:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def _moved(offset: int, edits: Sequence[tuple[tuple[int, int], str]]) -> int:
    """Where an offset lies after the edits before it."""
    return offset + sum(len(new) - (end - start) for (start, end), new in edits if end <= offset)
