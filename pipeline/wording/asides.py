"""A rule's time with those that hold on occasions behind it: "inom en arbetsdag (i kris inom 1 timme)"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pipeline.codebooks import HarmonisedRequirement
from pipeline.records.comparison import Cell
from pipeline.swedish.texts import load_texts
from pipeline.wording.saying import put_in_words
from pipeline.wording.words import fold

SOME_CASES, AIM = "some_cases", "aim"
"""Occasions that no list of words tells: a condition of its own, and a wish beside a duty."""
OCCASIONS = (SOME_CASES, "simple", "demanding", "urgent", "pictures", "off_hours", "holidays", "crisis", AIM)
"""All occasions, in the order in which they are told; the texts say what stands before their times."""
_BEHIND = re.compile(r"^(?P<rule>.+?) \((?P<behind>[^()]+)\)$", re.DOTALL)


def say_asides(entry: HarmonisedRequirement, asides: Mapping[str, str]) -> str:
    """The times behind a rule in words, in brackets; empty where there are none."""
    said = "; ".join(f"{_labels()[name]} {put_in_words(entry, own, '')}" for name, own in told_in_order(asides))
    return f" ({said})" if said else ""


def asides_of(entry: HarmonisedRequirement, cell: Cell) -> dict[str, str]:
    """The times that a cell's words tell behind its rule, each with its occasion."""
    told = _BEHIND.match(cell.value_text) if entry.value == "duration" and cell.answer == "stated" else None
    if told is None:
        return {}
    spoken = {put_in_words(entry, {token}, ""): token for token in cell.value.split("|") if token}
    found: dict[str, str] = {}
    for piece in told["behind"].split("; "):
        for name, label in _labels().items():
            if piece.startswith(f"{label} "):
                found |= {spoken[said]: name for said in piece[len(label) + 1 :].split(", ") if said in spoken}
                break
    return found


def rule_of(entry: HarmonisedRequirement, cell: Cell) -> frozenset[str]:
    """What a cell says as a rule, without the times that hold on occasions only."""
    return frozenset(filter(None, cell.value.split("|"))).difference(asides_of(entry, cell))


def told_in_order(asides: Mapping[str, str]) -> list[tuple[str, frozenset[str]]]:
    """The occasions with their times, in the order in which they are told."""
    return [(n, own) for n in OCCASIONS if (own := frozenset(t for t, occasion in asides.items() if occasion == n))]


def in_one_list(spoken: str) -> str:
    """A rule and what stands behind it without brackets, to stand in brackets itself."""
    told = _BEHIND.match(spoken)
    return f"{told['rule']}, {told['behind'].replace('; ', ', ')}" if told else spoken


def without_brackets(written: str) -> str:
    """A rule and the times behind it as one list, for reading it back."""
    told = _BEHIND.match(written.strip())
    if told is None:
        return written
    pieces = [piece.strip() for piece in told["behind"].split(";")]
    bare = [next((p[len(x) :].strip() for x in _labels().values() if fold(p).startswith(f"{x} ")), "") for p in pieces]
    return ", ".join([told["rule"], *bare]) if all(bare) else written


@cache
def _labels() -> Mapping[str, str]:
    """What stands before a time on each occasion, in the order in which they are told."""
    texts = load_texts("sv")
    return {name: texts[f"aside.{name}"] for name in OCCASIONS}
