"""The guard: words whose change would change what is required, so that only near-certain edits touch them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from pipeline.swedish.lexicon import NAME, load_lexicon
from pipeline.swedish.municipality_register import by_name
from pipeline.trees import parse_tree

TURNING = frozenset(("modal", "negation"))
"""Kinds of guarded words that turn a rule around."""

MEASURES = frozenset(("unit", "date"))
"""Kinds of guarded words that turn none around."""

_FIGURE = re.compile(r"\d|§|%")
_SECTION = re.compile(r"[§%]")


@lru_cache(maxsize=1)
def load_guarded_words() -> dict[str, str]:
    """The guarded words in lower case, each with its kind: modal, negation, unit, date."""
    return {word: kind for kind, words in _read_lists().items() if kind != "law_endings" for word in words}


def guard_of(before: str, after: str, *, opens: bool = False) -> str:
    """The kind of guarded thing that an edit touches, empty for none.

    Args:
        before: The printed word.
        after: What would stand there instead.
        opens: Whether a sentence begins here, so that a capital makes no name.

    Returns:
        "modal", "negation", "unit", "date", "number", "law", "name" or "".
    """
    words = load_guarded_words()
    for word in (before.lower(), after.lower()):
        if word in words:
            return words[word]
    if _SECTION.search(before) or _FIGURE.search(after) or before.isdigit():
        return "number"
    endings = tuple(_read_lists()["law_endings"])
    if len(after) > len("förlagen") and after.lower().endswith(endings):
        return "law"
    if after[:1].isupper() and not opens and load_lexicon().flags_of(after) & NAME:
        return "name"
    return ""


def names_another_municipality(before: str, after: str) -> bool:
    """Whether an edit makes one municipality of another ("Habo", "Håbo"): no reading of a word is as sure as that."""
    printed, read = (by_name(word) or by_name(word.removesuffix("s")) for word in (before, after))
    return printed is not None and read is not None and printed != read


@lru_cache(maxsize=1)
def _read_lists() -> dict[str, list[str]]:
    content: dict[str, list[str]] = parse_tree(Path(__file__).with_name("guarded_words.yaml").read_text("utf-8"))
    return content
