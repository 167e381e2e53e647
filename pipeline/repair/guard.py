"""The guard: words whose change would change what is required, so that only near-certain edits touch them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

_FIGURE = re.compile(r"\d|§|%")
_SECTION = re.compile(r"[§%]")


@lru_cache(maxsize=1)
def load_guarded_words() -> dict[str, str]:
    """The guarded words in lower case, each with its kind: modal, negation, unit, law."""
    content = yaml.safe_load(Path(__file__).with_name("guarded_words.yaml").read_text("utf-8"))
    return {word: kind for kind, words in content.items() for word in words}


def guard_of(before: str, after: str) -> str:
    """The kind of guarded thing that an edit touches, empty for none.

    Args:
        before: The printed word.
        after: What would stand there instead.
    """
    words = load_guarded_words()
    for word in (before.lower(), after.lower()):
        if word in words:
            return words[word]
    if _SECTION.search(before) or _FIGURE.search(after) or before.isdigit():
        return "number"
    return ""
