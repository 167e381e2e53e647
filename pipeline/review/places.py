"""Where in a text a quote stands, when text and quote may have been read, repaired or edited differently."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline import spans

CONTEXT = 40
"""Characters before and after a quote that a decision keeps."""

_QUOTE, _CONTEXT, _POSITION = 0.6, 0.3, 0.1
"""What words, context and position weigh in a place's score."""

LOOK = 60.0
"""Likeness (0 to 100) below which a fuzzy place is not looked at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the quote, what stood around it, and where it began."""

    quote: str
    prefix: str
    suffix: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the text that may be the quote; likeness of words and context, and all in all, from 0 to 1."""

    start: int
    end: int
    words: float
    context: float
    score: float


class SearchedText:
    """A text to look in: white space folded, offsets kept, its longer words known."""

    def __init__(self, text: str) -> None:
        folded = spans.fold(text)
        self.original, self.folded, self.offsets = text, folded.text, folded.offsets
        self.words = frozenset(long_words(self.folded))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of a span of the folded text."""
        return self.offsets[start], self.offsets[min(end, len(self.offsets)) - 1] + 1

    def find(self, wanted: Wanted, *, same_file: bool) -> list[Place]:
        """Places that may be the quote, best first; empty where nothing is like it.

        Args:
            wanted: What is looked for.
            same_file: Whether the text comes from the same bytes, so that position tells nearly all.
        """
        quote = fold(wanted.quote)
        spans = self._exact(quote) if quote else self._between(wanted)
        if quote and not spans:
            spans = self._fuzzy(wanted, quote)
        places = [self._judge(wanted, quote, span, same_file=same_file) for span in spans]
        return sorted(places, key=lambda p: (-p.score, p.start))

    def _exact(self, quote: str) -> list[tuple[int, int]]:
        return [(m.start(), m.start() + len(quote)) for m in re.finditer(re.escape(quote), self.folded)]

    def _between(self, wanted: Wanted) -> list[tuple[int, int]]:
        """The empty place between prefix and suffix: where something was put in or is missing."""
        prefix, around = fold(wanted.prefix), fold(f"{wanted.prefix} {wanted.suffix}")
        if not around:
            return []
        found = fuzz.partial_ratio_alignment(around, self.folded, score_cutoff=90)
        if found is None:
            return []
        at = min(found.dest_start + len(prefix), len(self.folded) - 1)
        return [(at, at)]

    def _fuzzy(self, wanted: Wanted, quote: str) -> list[tuple[int, int]]:
        """The two places most like the quote with its context, and most like the quote alone."""
        spans: list[tuple[int, int]] = []
        lead = fold(wanted.prefix)
        for needle, skip in ((fold(f"{wanted.prefix} {quote} {wanted.suffix}"), len(lead) + bool(lead)), (quote, 0)):
            rest = self.folded
            for _ in range(2):
                found = fuzz.partial_ratio_alignment(needle, rest, score_cutoff=LOOK)
                if found is None:
                    break
                near = max(0, found.dest_start + skip - 12)
                region = rest[near : found.dest_start + skip + len(quote) + 12]
                inner = fuzz.partial_ratio_alignment(quote, region)
                if inner is not None and inner.dest_end > inner.dest_start:
                    spans.append(self._whole_words(near + inner.dest_start, near + inner.dest_end, stop=quote[-1]))
                hidden = "\x00" * (found.dest_end - found.dest_start)
                rest = rest[: found.dest_start] + hidden + rest[found.dest_end :]
        return list(dict.fromkeys(span for span in spans if span[0] < span[1]))

    def _whole_words(self, start: int, end: int, *, stop: str) -> tuple[int, int]:
        """The span widened to whole words and the quote's final stop, without blanks and stops before them."""
        text = self.folded
        while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
        while start < end and text[start] in " .,;:":
            start += 1
        while end > start + 1 and text[end - 1] == " ":
            end -= 1
        if not stop.isalnum() and text[end - 1] != stop and text[end : end + 1] == stop:
            end += 1
        return start, end

    def _judge(self, wanted: Wanted, quote: str, span: tuple[int, int], *, same_file: bool) -> Place:
        start, end = span
        words = fuzz.ratio(quote, self.folded[start:end]) / 100
        sides = [(fold(wanted.prefix), self.folded[max(0, start - CONTEXT) : start].strip())]
        sides.append((fold(wanted.suffix), self.folded[end : end + CONTEXT].strip()))
        told = [_side(then, now, front=i == 0) for i, (then, now) in enumerate(sides) if then]
        context = sum(told) / len(told) if told else 0.5
        first, last = self.span(start, end) if end > start else (self.offsets[start],) * 2
        near = self._nearness(wanted.start, first, same_file=same_file)
        return Place(first, last, words, context, _QUOTE * words + _CONTEXT * context + _POSITION * near)

    def _nearness(self, then: int | None, now: int, *, same_file: bool) -> float:
        if then is None:
            return 0.5
        if same_file:
            return math.exp(-abs(now - then) / 200)
        return max(0.0, 1 - abs(now - then) / max(1, len(self.original)))


def fold(text: str) -> str:
    """The text on one line, runs of white space as one blank."""
    return " ".join(text.split())


def long_words(text: str) -> set[str]:
    """The words of five letters and more, in lower case: enough to leave out texts that can't hold a quote."""
    return set(re.findall(r"\w{5,}", text.lower()))


def _side(then: str, now: str, *, front: bool) -> float:
    """Likeness of what stands on one side of the quote.

    No more is looked at than was kept then; where the text ends earlier now, what lacks counts against the place.
    """
    return fuzz.ratio(then, now[-len(then) :] if front else now[: len(then)]) / 100
