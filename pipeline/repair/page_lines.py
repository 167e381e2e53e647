"""Page numbers and running heads that no reader marked, where they stand in the middle of a sentence or a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.repair.edits import TextEdit
from pipeline.repair.layout_words import load_layout_words
from pipeline.swedish.lexicon import load_lexicon

ENDS = re.compile(r"[.:;?!…][\"”’»)\]*_]*$")
"""What ends a sentence, at the end of a line."""
ITEM = re.compile(r"^\s*(?:[-–—*•»▪●◦]|\d+[.)]|[a-zåäö][.)])\s")
"""How a list item begins."""
HEADING = re.compile(r"^\s*#|\t\d+$|\.{4,}")
"""Lines that no sentence goes on from: headings with marks, entries of a table of contents."""

_LINE = re.compile(r"[^\n\f]*")
_NUMBER = re.compile(r"[-–]? ?\d{1,3} ?[-–]?")
_OF = r" ?(?:\(\d{1,3}\)|av \d{1,3}|/ ?\d{1,3})"
_PAGE = re.compile(rf"(?:sidan?|sid\.?|s\.|page) ?\d{{1,3}}(?:{_OF})?|\d{{1,3}}{_OF}", re.IGNORECASE)
_CUT = re.compile(r"(?P<left>[^\W_]+)[-\u2010\u00ad\u0002]$")
_BEGINS = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W_]+$")
_LONGEST_HEAD, _MOST_LINES = 80, 3
_FEWEST_WORDS = 5
_SURE, _LIKELY = 0.97, 0.95


def join_over_page_lines(text: str) -> list[TextEdit]:
    """Edits that join a sentence or a word which page numbers and running heads cut in two, and leave those out.

    They stand alone between blank lines or page breaks: "Sida 3 av 8", "2 (3)", a bare number that counts nothing
    there, a line that the text has again. The sentence before must be unfinished and go on in small letters.
    """
    lines = [match for match in _LINE.finditer(text) if match.start() == 0 or text[match.start() - 1] in "\n\f"]
    seen = Counter(_shape(match.group()) for match in lines)
    edits: list[TextEdit] = []
    number = 0
    while number < len(lines):
        first = number
        while number < len(lines) and (not lines[number].group().strip() or _is_page_line(lines[number].group(), seen)):
            number += 1
        if number > first > 0 and number < len(lines):
            edits += _join(text, lines[first - 1], lines[first:number], lines[number])
        number = max(number, first + 1)
    return edits


def _join(
    text: str, before: re.Match[str], between: list[re.Match[str]], behind: re.Match[str]
) -> Iterator[TextEdit]:  # fmt: skip
    filled = [match for match in between if match.group().strip()]
    said, following = before.group().rstrip(), _BEGINS.match(behind.group().lstrip())
    gap = text[before.end() : behind.start()]
    if not filled or len(filled) > _MOST_LINES or following is None or not following.group().islower():
        return
    if HEADING.search(said) or ITEM.match(behind.group()) or "\t" in said:
        return
    apart = all(_stands_apart(text, match) for match in (filled[0], filled[-1])) or "\f" in gap
    stop = behind.start() + len(behind.group()) - len(behind.group().lstrip())
    cut = _CUT.search(said)
    if cut is not None:
        start = before.start() + cut.end("left")
        joins = following.group() not in load_layout_words()["after_suspended_hyphen"]
        if joins and load_lexicon().is_word(cut["left"] + following.group()):
            yield TextEdit(start, stop, text[start:stop], "", "hyphenation", _SURE)
    elif (
        apart and not ENDS.search(said) and len(said.split()) >= _FEWEST_WORDS and not _counts(said, filled, following)
    ):
        start = before.start() + len(said)
        yield TextEdit(start, stop, text[start:stop], " ", "page_break", _LIKELY)


def _is_page_line(line: str, seen: Counter[str]) -> bool:
    stripped = line.strip()
    if _NUMBER.fullmatch(stripped) or _PAGE.fullmatch(stripped):
        return True
    # A head is there again on other pages; what begins small may be the sentence itself.
    again = seen[_shape(line)] > 1 and len(stripped) <= _LONGEST_HEAD
    return again and not stripped[:1].islower() and not ENDS.search(stripped) and not ITEM.match(line)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _stands_apart(text: str, line: re.Match[str]) -> bool:
    around = text[: line.start()].rstrip(" \t")[-2:], text[line.end() :].lstrip(" \t")[:2]
    return around[0] == "\n\n" or around[1] == "\n\n" or "\f" in around[0] + around[1]


def _counts(said: str, filled: list[re.Match[str]], following: re.Match[str]) -> bool:
    """Whether a bare number may be the sentence's own ("inom", "24", "timmar")."""
    if not all(_NUMBER.fullmatch(match.group().strip()) for match in filled):
        return False
    words = load_layout_words()
    last = _LAST_WORD.search(said)
    return last is None or last.group().lower() in words["before_number"] or following.group() in words["after_number"]
