"""How damaged a text is, before anything is touched: by document, by page and by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.repair.accents import with_whole_letters
from pipeline.repair.foreign import find_foreign
from pipeline.swedish.plausibility import damaged_share, swedish_letter_share

# Real Swedish has 5.6 % å, ä and ö among its letters, text read without them none. What has more than the first share
# was read by an engine that knows them; up to the second it may have been read by two, or by one that finds them now
# and then, but then a good part of its words must be damaged (sound texts of this project stay below half of that).
_MOST_SWEDISH_LETTERS = 0.012
_MOST_IN_MIXED_TEXT, _LEAST_SHARE_IN_MIXED_TEXT = 0.03, 0.08
# Pages shorter than this are judged with their document.
_FEWEST_WORDS = 30
# Paragraphs are judged apart from their page where they are this long. Against a page that is in order a paragraph
# needs more evidence than a page does; a paragraph with Swedish letters is in order on any page.
_FEWEST_IN_PARAGRAPH = 12
_LEAST_SHARE, _FEWEST_DAMAGED = 0.12, 3
_GAP = re.compile(r"\n[ \t]*\n\s*")


def score_damage(text: str) -> float:
    """The estimated share of damaged words, 0 for clean text, before anything is repaired.

    Damage here is what an engine without å, ä and ö does to Swedish, all through or in a good part of the words; other
    languages score 0. Letters that stand apart from their marks are read as whole ones.
    """
    text = with_whole_letters(text)
    letters = swedish_letter_share(text)
    if letters > _MOST_IN_MIXED_TEXT:
        return 0.0
    share = damaged_share(text)
    return round(share, 4) if letters <= _MOST_SWEDISH_LETTERS or share >= _LEAST_SHARE_IN_MIXED_TEXT else 0.0


def find_damaged_passages(text: str, page_starts: Sequence[int], *, threshold: float) -> list[tuple[int, int]]:
    """What of a text is to be repaired word by word: pages without their clean paragraphs, and damaged paragraphs.

    Sentences and lines in another language, and program code, are left out.

    Args:
        text: The text.
        page_starts: Where its pages begin.
        threshold: The damage score from which on a page counts as damaged.

    Returns:
        Spans of the text in order; they don't overlap.
    """
    whole = score_damage(text) >= threshold
    bounds = [*sorted(set(page_starts) | {0}), len(text)]
    found: list[tuple[int, int]] = []
    for start, end in pairwise(bounds):
        page = text[start:end]
        short = len(page.split()) < _FEWEST_WORDS and whole and swedish_letter_share(page) == 0
        damaged = short or score_damage(page) >= threshold
        paragraphs = list(_cut_paragraphs(text, start, end))
        odd = _is_clean if damaged else _is_damaged
        apart = [span for span in paragraphs if odd(text[slice(*span)], threshold)]
        if damaged:
            found += _leave_out((start, end), apart)
        else:
            found += apart
    foreign = find_foreign(text, found)
    return [span for passage in found for span in _leave_out(passage, _within(foreign, passage)) if span[0] < span[1]]


def _cut_paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for gap in _GAP.finditer(text, start, end):
        yield at, gap.start()
        at = gap.end()
    yield at, end


def _is_clean(paragraph: str, _threshold: float) -> bool:
    if len(paragraph.split()) < _FEWEST_IN_PARAGRAPH or swedish_letter_share(paragraph) <= 2 * _MOST_SWEDISH_LETTERS:
        return False
    return score_damage(paragraph) == 0


def _is_damaged(paragraph: str, threshold: float) -> bool:
    size = len(paragraph.split())
    if size < _FEWEST_IN_PARAGRAPH or swedish_letter_share(paragraph) > 0:
        return False
    score = score_damage(paragraph)
    return score >= max(threshold, _LEAST_SHARE) and score * size >= _FEWEST_DAMAGED


def _within(spans: Sequence[tuple[int, int]], passage: tuple[int, int]) -> list[tuple[int, int]]:
    return [span for span in spans if passage[0] <= span[0] and span[1] <= passage[1]]


def _leave_out(page: tuple[int, int], apart: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = page[0]
    for start, end in apart:
        yield at, start
        at = end
    yield at, page[1]
