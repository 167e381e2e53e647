"""How damaged a text is, before anything is touched: by document and by page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.swedish.plausibility import damaged_share, swedish_letter_share

# Real Swedish has 5.6 % å, ä and ö among its letters, text read without them none: what has this many was read by an
# engine that knows them.
_MOST_SWEDISH_LETTERS = 0.012
# Pages shorter than this are judged with their document.
_FEWEST_WORDS = 30


def score_damage(text: str) -> float:
    """The estimated share of damaged words, 0 for clean text, before anything is repaired.

    Damage here is what an engine without å, ä and ö does to Swedish; other languages score 0.
    """
    if swedish_letter_share(text) > _MOST_SWEDISH_LETTERS:
        return 0.0
    return round(damaged_share(text), 4)


def find_damaged_pages(text: str, page_starts: Sequence[int], *, threshold: float) -> list[tuple[int, int]]:
    """The pages whose words are to be repaired, as spans of the text.

    Args:
        text: The text.
        page_starts: Where its pages begin.
        threshold: The damage score from which on a page counts as damaged.
    """
    whole = score_damage(text) >= threshold
    bounds = [*sorted(set(page_starts) | {0}), len(text)]
    pages = [(start, end) for start, end in pairwise(bounds) if start < end]
    damaged = []
    for start, end in pages:
        page = text[start:end]
        if (len(page.split()) < _FEWEST_WORDS and whole and swedish_letter_share(page) == 0) or score_damage(
            page
        ) >= threshold:
            damaged.append((start, end))
    return damaged
