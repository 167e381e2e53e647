"""What of a text is in another language, or in none (program code): word repair has no business there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.trees import parse_tree

_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![ \t]*\n))+")
_SENTENCE = re.compile(r"[^.?!:\"”“»]+(?:[.?!:\"”“»](?!\s)[^.?!:\"”“»]*)*[.?!:\"”“»]?")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+")
# Three of these in a line, of two kinds, are no prose, however it was read.
_CODE = re.compile(
    r"\w\(\)|\w\([^)\n]*\);|;[ \t]*(?=$|\})|\w [+*/-]?=+ \S|&&|\|\||</?\w+>|\{ |\{[ \t]*$| \}|=>|\+\+|\w_\w+\(",
    re.MULTILINE,
)
_CODE_SIGNS = 3
_FEWEST, _TIMES = 2, 2
_FEWEST_IN_LINE = 3
_SWEDISH, _SHARED, _NORDIC = "swedish", "scandinavian", "danish_norwegian"


def find_foreign(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences and lines of the spans that are no Swedish, in order; they don't overlap.

    A sentence is foreign if it has two small words of another language and more than twice as many as Swedish ones;
    one that says nothing is what its paragraph is.

    Args:
        text: The text.
        spans: The passages to look at.
    """
    found: set[tuple[int, int]] = set()
    for start, end in spans:
        for paragraph in _PARAGRAPH.finditer(text, start, end):
            found.update(_find_sentences(text, *paragraph.span()))
        for line in _LINE.finditer(text, start, end):
            ours, theirs = _count(line.group())
            prose = theirs >= _FEWEST_IN_LINE and not ours
            if prose or _is_code(line.group()):
                found.add(line.span())
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _find_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    whole = _is_foreign(*_count(text[start:end]))
    for match in _SENTENCE.finditer(text, start, end):
        ours, theirs = _count(match.group())
        if _is_foreign(ours, theirs) or (whole and ours <= theirs):
            yield match.span()


def _is_code(line: str) -> bool:
    """Whether the line is full of what programs have, of more than one kind ("1960 = 4200, 1961 = 4300" is prose)."""
    signs = [re.sub(r"[\w\s]", "", match.group()) for match in _CODE.finditer(line)]
    return len(signs) >= _CODE_SIGNS and len(set(signs)) > 1


def _is_foreign(ours: int, theirs: int) -> bool:
    return theirs >= _FEWEST and theirs > _TIMES * ours


def _count(text: str) -> tuple[int, int]:
    """How many words are Swedish, and how many of the foreign language that has most beyond those."""
    lists = _load_words()
    words = [word.lower() for word in _WORD.findall(text)]
    best = 0, 0
    for language, known in lists.items():
        if language in (_SWEDISH, _SHARED):
            continue
        theirs = sum(word in known for word in words)
        if theirs:
            # "og" and "det" say nothing for Swedish where the neighbour has them, too.
            shared = frozenset() if language == _NORDIC else lists[_SHARED]
            ours = sum(word not in known and (word in lists[_SWEDISH] or word in shared) for word in words)
            best = max(best, (ours, theirs), key=lambda pair: pair[1] - pair[0])
    return best if best[1] else (sum(word in lists[_SWEDISH] for word in words), 0)


@lru_cache(maxsize=1)
def _load_words() -> dict[str, frozenset[str]]:
    content = parse_tree(Path(__file__).with_name("foreign_words.yaml").read_text("utf-8"))
    return {language: frozenset(words) for language, words in content.items()}
