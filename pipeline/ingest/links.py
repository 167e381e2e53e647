"""Where the words of a document lead: link targets kept as data, never followed, shown or opened.

A reader of HTML or Word puts a mark before and behind a link's words; when its lines are done the marks are taken out
again and each line knows its links. The marks are noncharacters of Unicode: no text that went through `clean` has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.ingest.assembly import DraftLine, LinkSpan
from pipeline.ingest.decoding import clean

MAX_TARGET = 2_000
"""Characters of a target that are kept; browsers take as many, and longer ones carry data, not places."""

_OPEN, _NAMED, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_HALF_BYTES = "".join(chr(0xFDE0 + n) for n in range(16))
_SPACED = re.compile(f"(?:[ \\t\\n\\f\\r]|{_OPEN}[{_HALF_BYTES}]*{_NAMED}|{_CLOSE})+")
_MARK = re.compile(f"{_OPEN}([{_HALF_BYTES}]*){_NAMED}|{_CLOSE}")


def opening(target: str) -> str:
    """The mark before the words of a link; empty where the link leads nowhere."""
    target = target_of(target)
    if not target:
        return ""
    return _OPEN + "".join(_HALF_BYTES[b >> 4] + _HALF_BYTES[b & 15] for b in target.encode()) + _NAMED


def closing(mark: str) -> str:
    """The mark behind the words of a link that was opened with `mark`."""
    return _CLOSE if mark else ""


def target_of(said: str) -> str:
    """A target as it is kept: one line, no control characters, no longer than `MAX_TARGET`."""
    return " ".join(clean(said).split())[:MAX_TARGET]


def unmarked(text: str) -> str:
    """The text without marks."""
    return _MARK.sub("", text)


def folded(text: str) -> str:
    """The text with each stretch of white space as one space and none at its ends, marks close to their words."""
    return _SPACED.sub(_folded_run, text)


def _folded_run(run: re.Match[str]) -> str:
    """A stretch of white space and marks: one space or none, behind marks that close and before those that open."""
    marks = marks_of(run[0])
    if len(marks) == len(run[0]):
        return marks
    inside = run.start() > 0 and run.end() < len(run.string)
    behind = len(marks) - len(marks.lstrip(_CLOSE))
    return marks[:behind] + (" " if inside else "") + marks[behind:]


def marks_of(text: str) -> str:
    """The marks of a text without its words."""
    return "".join(mark[0] for mark in _MARK.finditer(text))


def with_links(lines: Iterable[DraftLine]) -> list[DraftLine]:
    """The lines without marks, each with its links; one that goes on over a line break is a link in each line."""
    result = []
    target = ""
    for line in lines:
        parts: list[str] = []
        links: list[LinkSpan] = []
        length = begun = at = 0
        for mark in (*_MARK.finditer(line.text), None):
            part = line.text[at : mark.start() if mark else len(line.text)]
            parts.append(part)
            length += len(part)
            if mark is None or mark[0] == _CLOSE or mark[1]:
                _add(links, "".join(parts), begun, length, target)
            if mark is None:
                break
            at, begun = mark.end(), length
            target = "" if mark[0] == _CLOSE else _decoded(mark[1])
        text = "".join(parts)
        if text.strip() or line.marker:
            result.append(replace(line, text=text, links=(*line.links, *links)))
    return result


def _add(links: list[LinkSpan], text: str, start: int, end: int, target: str) -> None:
    """Put a link to the others, without the space around its words."""
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    end -= len(said) - len(said.rstrip())
    if target and start < end:
        links.append(LinkSpan(start, end, target))


def _decoded(halves: str) -> str:
    values = [_HALF_BYTES.index(c) for c in halves]
    return bytes(16 * a + b for a, b in zip(values[::2], values[1::2], strict=True)).decode("utf-8", "replace")
