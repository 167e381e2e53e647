"""The words of the review workbook: its sheets, columns and choices, and how what people write is understood."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.swedish.texts import load_texts
from pipeline.trees import parse_tree

WORDS = Path(__file__).with_name("review_workbook.yaml")

ANSWERED = ("verdict", "new_value", "field", "reason", "author", "date", "id", "anchor")
"""The columns that every sheet has beside its own; the last two are hidden."""

HIDDEN = ("id", "anchor")

UNPRINTED = ("author", "date", *HIDDEN)
"""The last columns of every sheet, for which a page has no room or no use: who and when stands in the guide once."""


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """All words of the workbook, as in review_workbook.yaml."""
    content: Mapping[str, Any] = parse_tree(WORDS.read_text("utf-8"))
    return content


def plain(text: object) -> str:
    """What stands in a cell, for comparing: lower case, single blanks, no stop."""
    return " ".join(str(text if text is not None else "").lower().split()).rstrip(".:")


@lru_cache(maxsize=1)
def column_names() -> Mapping[str, str]:
    """Our name of each column by every heading that it may have."""
    names: dict[str, str] = {}
    for column, said in words()["columns"].items():
        for heading in filter(None, (said["name"], said.get("en"), *said["also"])):
            names.setdefault(plain(heading), column)
    return names


@lru_cache(maxsize=1)
def verdict_names() -> Mapping[str, str]:
    """The verdict by every word for it."""
    names: dict[str, str] = {}
    for verdict, said in words()["verdicts"].items():
        names |= {plain(word): verdict for word in (verdict, said["name"], said["en"], *said["also"])}
    return names


def said(group: str, code: str) -> str:
    """What the interface calls a code in Swedish ("answer", "silent"); the code itself where it has no words."""
    return load_texts("sv").get(f"{group}.{code}", code)


def inert(text: str) -> str:
    """Text that a workbook can hold: without control characters, at most what a cell takes."""
    kept = "".join(c if c in "\n\t" or c.isprintable() or c == "\xa0" else " " for c in text)
    return kept[:32_000]
