"""Where sentences end in Swedish administrative prose."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

# A stop, a closing quote or bracket, white space. What follows decides with what precedes.
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s)")
_WORD_BEFORE = re.compile(r"\S+$")
_OPENING = "\"'”’“«»([*_–—-•"


@cache
def abbreviations() -> frozenset[str]:
    """The abbreviations that don't end a sentence, in lower case with their stop, blanks left out."""
    text = (files("pipeline.swedish") / "data" / "abbreviations.txt").read_text("utf-8")
    lines = (line.strip().replace(" ", "") for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of a paragraph as spans of `text`, without the white space between them.

    Args:
        text: The text the offsets refer to.
        start: Where the paragraph begins.
        end: Where it ends, exclusive; the text's end when left out.
    """
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _ends_sentence(text, begin, stop, end):
            spans.append((begin, stop.end()))
            begin = stop.end()
    spans.append((begin, end))
    trimmed = (_trimmed(text, a, b) for a, b in spans)
    return [(a, b) for a, b in trimmed if a < b]


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    """Whether a stop ends a sentence: by the word before it and the character after it."""
    rest = text[stop.end() : min(end, stop.end() + 40)].lstrip()
    if not rest:
        return False
    first = rest.lstrip(_OPENING)[:1]
    if "!" in stop.group() or "?" in stop.group():
        return not first.islower()
    if first.islower():
        return False
    before = _WORD_BEFORE.search(text, begin, stop.end())
    word = before.group().strip("\"'”’»()[]*_").lower() if before else ""
    if not word.endswith("."):
        return True
    if word in abbreviations() or _spelled_apart(text, begin, stop.end()):
        # "m.m." and "etc." may end a sentence; before a capital letter that starts a word they mostly do.
        return word in {"m.m.", "etc.", "osv.", "o.s.v.", "m.fl.", "kr.", "st."} and first.isupper()
    # "1." at the head of a line numbers what follows; "J." is an initial, not a sentence.
    at_head = before is not None and not text[begin : before.start()].strip()
    return not (re.fullmatch(r"[a-zåäö]\.", word) or (at_head and re.fullmatch(r"[\d.]{1,6}", word)))


def _spelled_apart(text: str, begin: int, end: int) -> bool:
    """Whether the stop belongs to an abbreviation written with blanks, such as "t. ex."."""
    tail = text[max(begin, end - 10) : end].lower()
    return any(tail.replace(" ", "").endswith(a) and a.count(".") > 1 for a in abbreviations() if a[-2:] == tail[-2:])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
