"""The words of words.yaml: what compare reads in clauses."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.codebooks.cues import CueIndex, split_words
from pipeline.trees import parse_tree

PATH = Path(__file__).with_name("words.yaml")


@cache
def words() -> dict[str, Any]:
    """All of words.yaml."""
    content: dict[str, Any] = parse_tree(PATH.read_text("utf-8"))
    return content


@cache
def occasions() -> tuple[str, ...]:
    """The occasions on which another time than the rule's may hold, in the order in which they are looked for."""
    return tuple(words()["occasions"])


@cache
def _index(name: str) -> CueIndex:
    listed, _, member = name.partition(".")
    rows = words()[listed][member] if member else words()[listed]
    return CueIndex.of_terms(rows)


def says(name: str, text: str) -> bool:
    """Whether the text holds one of the patterns of that name ("occasions.crisis": of that member of a list)."""
    return _index(name).holds(text)


def find_word(name: str, text: str) -> str:
    """The first word of the text that one of the patterns of that name fits, empty where none does."""
    index, spoken = _index(name), split_words(text)
    # Most texts have none of them: one look at all words spares one at each.
    if not index.find_terms(spoken):
        return ""
    return next((word for word in spoken if index.find_terms((word,))), "")
