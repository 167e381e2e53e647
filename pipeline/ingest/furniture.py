"""Running heads, footers and page numbers: what comes back at the same place of page after page is not of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.lone_page import lone_furniture

MARGIN = 0.15
"""Share of the page's height, at the top and at the bottom, in which furniture stands."""

EDGE_LINES = 4
"""Lines from the top and from the bottom that may be furniture."""

MIN_SHARE = 0.4
"""Share of the pages on which a line comes back: heads that alternate between left and right pages have half."""

SAME_PLACE = 0.02
"""Share of the page's height within which two lines stand at the same place."""

ALIKE = 85.0
"""Percent of letters that agree: a scan reads the same footer a little differently on each page."""

HEAD_LINES = 8
"""Lines at the top of a page that say whose it is and what it is called."""

PARTED = 1.5
"""Heights of a line that part a footer from the text at least."""

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_PAGE_NUMBER = re.compile(
    r"[\s\-–—|]*(?:(?:sida|sid|sidan|page)\.?\s*)?(\d{1,4})(?:\s*(?:\(\s*(\d{1,4})\s*\)|(?:/|av|of)\s*(\d{1,4})))?"
    r"[\s\-–—|]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A line near a page's edge.

    Attributes:
        exact: Whether its letters are the file's own and not read from a picture.
        row: Whether it is a row of a table.
    """

    page: int
    line: int
    text: str
    place: float
    role: str
    exact: bool
    row: bool


def mark_furniture(pages: Sequence[DraftPage]) -> list[DraftPage]:
    """The pages with the roles header, footer and page_number set where lines come back over pages.

    On a single page nothing can come back: it has page numbers of the kind "1 (3)" or "Sida 1 av 3", a footer that
    says again what stands at its head, and what `lone_furniture` knows.
    """
    places = [place for n, page in enumerate(pages) for place in _edges(n, page)]
    roles = {(p.page, p.line): "page_number" for p in _page_numbers(places, pages)}
    needed = max(2, round(MIN_SHARE * sum(1 for page in pages if page.lines)))
    groups = _groups([p for p in places if (p.page, p.line) not in roles])
    groups = [group for group in groups if len({p.page for p in group}) >= needed]
    for group in groups:
        roles |= {(p.page, p.line): p.role for p in group}
    if len(pages) == 1:
        roles |= {(p.page, p.line): p.role for p in places if p.role == "footer" and _says_again(p, pages[0])}
    roles = {key: roles[key] for key in _unbroken(places, roles)}
    # "1 Inledning" in the list of contents and at the top of its own page: what is inside one page comes back nowhere.
    for group in groups:
        if len({p.page for p in group if (p.page, p.line) in roles}) < needed:
            roles = {key: role for key, role in roles.items() if key not in {(p.page, p.line) for p in group}}
    if len(pages) == 1:
        roles |= {(0, line): role for line, role in lone_furniture(pages[0]).items()}
    return [
        replace(page, lines=tuple(_marked(line, roles.get((n, i), "")) for i, line in enumerate(page.lines)))
        for n, page in enumerate(pages)
    ]


def _says_again(place: _Place, page: DraftPage) -> bool:
    """Whether a line at the foot of a page, parted from the text, has only words that stand at the page's head."""
    words = set(_LONG_WORD.findall(place.text.lower()))
    line = page.lines[place.line]
    above = [one.bottom for one in page.lines if one.bottom <= line.top]
    apart = bool(above) and line.top - max(above) > PARTED * (line.bottom - line.top)
    head = {w for one in page.lines[:HEAD_LINES] if one is not line for w in _LONG_WORD.findall(one.text.lower())}
    return apart and len(words) > 1 and words <= head


def _marked(line: DraftLine, role: str) -> DraftLine:
    return replace(line, role=role, gap=True) if role else line


def _edges(number: int, page: DraftPage) -> list[_Place]:
    """The lines in the page's margins, at most a few from each end of what stands on it."""
    if not page.height:
        return []
    body = [(line.top / page.height, i) for i, line in enumerate(page.lines) if line.role == "body"]
    body.sort()
    top = [(at, i, "header") for at, i in body[:EDGE_LINES] if page.lines[i].bottom < MARGIN * page.height]
    bottom = [(at, i, "footer") for at, i in body[-EDGE_LINES:] if at > 1 - MARGIN]
    return [
        _Place(number, i, line.text.strip(), at, role, page.source == "text", line.style == "table_row")
        for at, i, role in top + bottom
        for line in (page.lines[i],)
    ]


def _unbroken(places: list[_Place], roles: dict[tuple[int, int], str]) -> list[tuple[int, int]]:
    """The furniture with nothing but furniture between it and the page's edge: text that two pages share is inside."""
    kept = []
    for _, group in groupby(places, key=lambda p: (p.page, p.role)):
        down = list(group)
        for place in down if down[0].role == "header" else reversed(down):
            if (place.page, place.line) not in roles:
                break
            kept.append((place.page, place.line))
    return kept


def _page_numbers(places: list[_Place], pages: Sequence[DraftPage]) -> list[_Place]:
    """Lines that are a number which grows with the page, or a page number that says so itself."""
    found = [(p, m) for p in places if (m := _PAGE_NUMBER.fullmatch(p.text))]
    said = [p for p, m in found if m[2] or m[3] or re.match(r"\W*(sid|page)", p.text, re.IGNORECASE)]
    result = {(p.page, p.line): p for p in said}
    shifts: dict[int, list[_Place]] = {}
    for place, match in found:
        shifts.setdefault(int(match[1]) - place.page, []).append(place)
    for group in shifts.values():
        if len({p.page for p in group}) >= max(2, round(0.3 * len(pages))):
            result |= {(p.page, p.line): p for p in group}
    return [result[key] for key in sorted(result)]


def _groups(places: list[_Place]) -> list[list[_Place]]:
    """Lines that say the same, numbers aside, at the same place of different pages."""
    from rapidfuzz import fuzz

    groups: list[list[_Place]] = []
    for place in places:
        text = _without_numbers(place.text)
        for group in groups:
            first = group[0]
            if (
                first.role == place.role
                and abs(first.place - place.place) <= SAME_PLACE
                and not (first.row and place.row and not _same_row(first, place))
                and fuzz.ratio(_without_numbers(first.text), text) >= (100 if first.exact and place.exact else ALIKE)
            ):
                group.append(place)
                break
        else:
            groups.append([place])
    return groups


def _same_row(one: _Place, two: _Place) -> bool:
    """Whether the numbers of two rows are the same or grow with the page: rows of one table differ otherwise."""
    numbers = [[int(number) for number in re.findall(r"\d{1,9}", place.text)] for place in (one, two)]
    if len(numbers[0]) != len(numbers[1]):
        return False
    return all(second - first in {0, two.page - one.page} for first, second in zip(*numbers, strict=True))


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())
