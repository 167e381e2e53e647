"""Footnotes of PDF pages: small print at the foot of a page that begins with a mark which the text above bears.

The raised mark itself is no text, as in the other formats: it would lengthen a number or stand in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.ingest.assembly import DraftLine, DraftPage, DraftWord

SMALLER = 0.92
"""Font size of a footnote against that of the page's text at most."""

UPPER_PART = 0.4
"""Share of the page's height in which no footnote stands."""

RAISED = 0.08
"""Share of its line's height by which a raised mark ends above the line's other words at least."""

SMALL = 0.85
"""Height of a raised mark beside that of its line's other words at most."""

_UNITS = frozenset({"m", "cm", "dm", "km", "co", "h"})
"""What a raised figure belongs to: square metres."""

_MARKED = re.compile(r"\[?(\d{1,3}|\*{1,3}|[†‡])[\])]?(?:\s+|(?=[A-ZÅÄÖ]))(?=\S*[^\W\d_])")


def mark_footnotes(pages: Sequence[DraftPage]) -> list[DraftPage]:
    """The pages with the role `footnote` on footnotes' lines, behind the page's text; scans stay as they are."""
    return [replace(page, lines=_marked(page)) if page.source == "text" and page.height else page for page in pages]


def _marked(page: DraftPage) -> tuple[DraftLine, ...]:
    body = [n for n, line in enumerate(page.lines) if line.role == "body"]
    usual = _usual_size([page.lines[n] for n in body])
    foot: list[int] = []
    # By their place: where text stands in columns, the foot of the first one comes before the second one.
    for n in sorted(body, key=lambda n: (-page.lines[n].bottom, -n)):
        line = page.lines[n]
        if not 0 < line.size <= SMALLER * usual or line.top < UPPER_PART * page.height or line.style != "plain":
            break
        foot.append(n)
    above = "\n".join(page.lines[n].text for n in body if n not in foot)
    foot += _taken_for_footers(page.lines, above, foot, smaller_than=SMALLER * usual)
    foot.sort()
    while foot and not _bears(above, page.lines[foot[0]].text):
        foot.pop(0)
    marks = {found[1] for n in foot if (found := _MARKED.match(page.lines[n].text))}
    lines = [line if n in foot else _without_marks(line, marks, usual) for n, line in enumerate(page.lines)]
    for n in foot:
        lines[n] = replace(lines[n], role="footnote", gap=lines[n].gap or n == foot[0])
    if foot and any(n > foot[0] for n in body if n not in foot):
        notes = [lines[n] for n in foot]
        lines = [line for n, line in enumerate(lines) if n not in foot] + notes
    return tuple(line for line in lines if line.text)


def _without_marks(line: DraftLine, marks: set[str], usual: float) -> DraftLine:
    """A line of the text without the raised marks of the page's footnotes; one of such a mark alone is empty then."""
    if line.role != "body" or not any(mark in line.text for mark in marks):
        return line
    others = [w for w in line.words if w.text.strip("[]()") not in marks]
    if not others:
        alone = line.words and 0 < line.size <= SMALL * usual
        return replace(line, text="", words=()) if alone else line
    height, foot = median(w.bottom - w.top for w in others), median(w.bottom for w in others)
    kept: list[DraftWord] = []
    text, at = "", 0
    for word in line.words:
        start = line.text.index(word.text, at)
        between, at = line.text[at:start], start + len(word.text)
        small = word.bottom - word.top <= SMALL * height and word.bottom <= foot - RAISED * height
        unit = bool(kept) and kept[-1].text.lower() in _UNITS
        if small and not unit and word.text.strip("[]()") in marks:
            text += between if "\t" in between else ""
            continue
        # What the mark parted from its word goes back to it: "timmar1 ." was one word and a full stop.
        glued = text and word.text[0] in ".,;:)" and len(kept) and word.x0 - kept[-1].x1 < height
        text += ("" if glued else between) + word.text
        kept.append(word)
    return replace(line, text=text + line.text[at:], words=tuple(kept)) if len(kept) < len(line.words) else line


def _taken_for_footers(
    lines: Sequence[DraftLine], above: str, foot: Sequence[int], *, smaller_than: float
) -> list[int]:  # fmt: skip
    """Footnotes that stand on page after page in the same words, numbers aside, as references to one law do.

    What goes on in small letters below such a line belongs to it.
    """
    found: list[int] = []
    for n, line in enumerate(lines):
        if line.role != "footer" or not 0 < line.size <= smaller_than:
            continue
        goes_on = (n - 1 in found or n - 1 in foot) and line.text[:1].islower()
        if goes_on or _bears(above, line.text):
            found.append(n)
    return found


def _bears(above: str, line: str) -> bool:
    """Whether a line begins with a mark that stands behind a word of the text above."""
    found = _MARKED.match(line)
    if found is None:
        return False
    mark = re.escape(found[1])
    raised = rf"(?<=[^\W\d_]){mark}(?!\d)|(?<=[.,;:)”\"]){mark}(?![\d.])|(?<=\S) {mark}(?=[\s.,;:]|$)"
    return re.search(raised, above) is not None


def _usual_size(lines: Sequence[DraftLine]) -> float:
    """The font size of most of a page's letters; 0 where it has none."""
    letters: dict[float, int] = {}
    for line in lines:
        size = round(line.size, 1)
        letters[size] = letters.get(size, 0) + len(line.text)
    return max(letters, key=lambda size: (letters[size], size), default=0.0)
