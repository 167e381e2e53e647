"""Lists of contents: their lines, with page numbers or without, and the titles that they announce."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.outline.vocabulary import vocabulary

if TYPE_CHECKING:
    from pipeline.outline.lines import TextLine

SECTION_NUMBER = re.compile(
    r"^\s*(\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,4}\.|§\s*\d+|\d+\s*§|Kap(?:itel)?\.?\s*\d+)\s+(?=\S)"
)
EMPHASIS = re.compile(r"[*_]{1,3}")
PAGED_LINE = re.compile(r"^\S.*[^\W\d].*?\s(\d{1,3})$")
"""A title with a page number behind it."""
FEWEST_PAGED = 3
"""Lines with page numbers that make a list of contents under its heading."""
MAX_HEADING_LENGTH = 110
FEWEST_LISTED = 3
"""Lines that a list of contents without page numbers has at least."""


def contents_titles(lines: Sequence[TextLine], text: str) -> frozenset[str]:
    """The titles that the document's own list of contents announces, in lower case without numbers and dots."""
    return frozenset(bare_title(line.words(text)) for line in lines if line.kind == "contents")


def as_paged(lines: Sequence[TextLine], text: str) -> list[TextLine]:
    """The lines, those of a list of contents as such whose page numbers stand behind a single blank.

    They stand right under a heading that says so, and their page numbers never fall.
    """
    result = list(lines)
    titles = [pattern for kind, pattern in vocabulary().section_titles if kind == "contents"]
    for i, line in enumerate(lines):
        title = bare_title(line.words(text))
        if line.kind not in ("text", "heading") or not any(p.fullmatch(title) for p in titles):
            continue
        run: list[int] = []
        page = 0
        for j in range(i + 1, len(lines)):
            if lines[j].kind == "blank":
                continue
            paged = PAGED_LINE.match(lines[j].words(text))
            if not paged or int(paged.group(1)) < page or lines[j].kind not in ("text", "contents", "list_item"):
                break
            page = int(paged.group(1))
            run.append(j)
        if len(run) >= FEWEST_PAGED:
            for j in run:
                result[j] = replace(lines[j], kind="contents")
    return result


def as_listed(lines: Sequence[TextLine], text: str) -> list[TextLine]:
    """The lines, those of a list of contents without page numbers as such.

    That is what lines one under another are that each come once more further down, in the same order and with other
    lines between: the lines of a page's head come again together. One title at a time may be worded otherwise there.
    """
    filled = [i for i, line in enumerate(lines) if line.kind != "blank"]
    titles = [bare_title(lines[i].words(text)) for i in filled]
    places: dict[str, list[int]] = {}
    for n, title in enumerate(titles):
        places.setdefault(title, []).append(n)

    def could_announce(n: int) -> bool:
        """Whether there is such a line and it can be a title by its kind and length."""
        if n >= len(titles) or not titles[n]:
            return False
        line = lines[filled[n]]
        return line.kind in ("text", "list_item") and line.end - line.start <= MAX_HEADING_LENGTH

    def comes_again(n: int, after: int) -> int:
        """Where a line that may announce a section comes again, 0 where it does not."""
        found = places[titles[n]] if could_announce(n) else []
        return found[1] if len(found) == 2 and found[0] == n and found[1] > after else 0

    result, n = list(lines), 0
    while n < len(titles):
        end, again = n, list[int]()
        while True:
            last = max(again, default=0)
            if place := comes_again(end, last):
                end += 1
            elif again and could_announce(end) and (place := comes_again(end + 1, last)):
                end += 2
            else:
                break
            again.append(place)
        if len(again) >= FEWEST_LISTED and again[-1] - again[0] >= 2 * (len(again) - 1):
            for i in filled[n:end]:
                result[i] = replace(result[i], kind="contents")
        n = max(end, n + 1)
    return result


def bare_title(words: str) -> str:
    """A title as it compares: lower case, without number, dots, page number and emphasis."""
    words = EMPHASIS.sub("", re.sub(r"[\s.…]*\d*\s*$", "", words))
    number = SECTION_NUMBER.match(words)
    return " ".join(words[number.end() if number else 0 :].lower().split()).rstrip(" .?:")
