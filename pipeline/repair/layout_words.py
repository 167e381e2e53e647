"""The small words that layout repair goes by, from layout_words.yaml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pipeline.trees import parse_tree


@lru_cache(maxsize=1)
def load_layout_words() -> dict[str, frozenset[str]]:
    """The words of each list, in lower case."""
    content = parse_tree(Path(__file__).with_name("layout_words.yaml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in content.items()}
