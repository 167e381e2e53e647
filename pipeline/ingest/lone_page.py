"""Head and foot of a page that stands alone: nothing can come back on it, so they are known by place, print and words.

A PDF of one page and the photograph of a sheet have a running head, a page number and the address of the municipality
like any other page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.ingest.assembly import DraftLine, DraftPage

HEAD = 0.08
"""Share of the page's height, from its top, within which a running head ends."""

FOOT = 0.91
"""Share of the page's height below which an address or a number is a footer."""

PARTED = 1.5
"""Heights of a line that part head and foot from the text at least."""

SMALLER = 0.88
"""Font size of a running head beside the text's at most."""

LONGEST = 130
"""Letters of a line of a head or foot at most."""

_NUMBER = re.compile(r"[\s\-–—|]*(?:sid(?:a|an)?\.?\s*)?\d{1,3}[\s\-–—|]*", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b[1-9]\d\d ?\d\d [A-ZÅÄÖ]|\bwww\.|https?://|\b[\w-]+\.se\b|\S@\S+\.\w|\borg(?:anisations)?\.? ?-?n(?:r|ummer)\b"
    r"|\b(?:post|besöks)adress\b|\b(?:bank|plus)giro\b|\b(?:telefon|växel|tfn|tel)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(r"[\[(]?(?:\d{1,2}|\*{1,3})[\])]?\s+\S*[^\W\d_]")
"""How a footnote begins; a web address may stand in it."""


def lone_furniture(page: DraftPage) -> dict[int, str]:
    """The roles of the lines that are head or foot of a page without others like it, by index."""
    body = [n for n, line in enumerate(page.lines) if line.role == "body"]
    if not page.height or len(body) < 2:
        return {}
    down = sorted(body, key=lambda n: (page.lines[n].top, n))
    usual = _usual_size([page.lines[n] for n in body])
    return {**dict(_head(page, down, usual)), **dict(_foot(page, down[::-1]))}


def _head(page: DraftPage, down: list[int], usual: float) -> Iterator[tuple[int, str]]:
    """Lines in small print at the top, white space between them and the text."""
    found: list[int] = []
    for n, below in pairwise(down):
        line, following = page.lines[n], page.lines[below]
        small = 0 < line.size <= SMALLER * usual and len(line.text) <= LONGEST
        if not small or line.bottom > HEAD * page.height or line.style != "plain":
            return
        found.append(n)
        if following.top - line.bottom > PARTED * (line.bottom - line.top):
            yield from ((one, "header") for one in found)
            found = []


def _foot(page: DraftPage, up: list[int]) -> Iterator[tuple[int, str]]:
    """Numbers and addresses at the foot, white space between them and the text."""
    found: list[tuple[int, str]] = []
    for n, above in pairwise(up):
        line, before = page.lines[n], page.lines[above]
        number = _NUMBER.fullmatch(line.text)
        address = _ADDRESS.search(line.text) and len(line.text) <= LONGEST and not _NOTE.match(line.text)
        if line.top < FOOT * page.height or not (number or address):
            return
        found.append((n, "page_number" if number else "footer"))
        if line.top - before.bottom > PARTED * (line.bottom - line.top):
            yield from found
            found = []


def _usual_size(lines: list[DraftLine]) -> float:
    """The font size of most letters."""
    sizes = sorted(line.size for line in lines for _ in line.text)
    return sizes[len(sizes) // 2] if sizes else 0.0
