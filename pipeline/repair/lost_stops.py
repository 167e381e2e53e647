"""Full stops that a poor scan lost inside lines, put back where a page lost several: "samma dag Frågor besvaras"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.repair.edits import TextEdit
from pipeline.repair.openers import weigh_opener
from pipeline.swedish.lexicon import load_lexicon
from pipeline.swedish.ngrams import BOUNDARY, load_ngrams

_NO_MARK = re.compile(r"(?<!\w)(?P<left>[^\W\d_]{2,})(?P<gap> )(?P<right>[A-ZÅÄÖ][a-zåäöé]*)(?=[ \n][a-zåäöé])")
# How much likelier (natural logarithm) a sentence's end must make the words around. Where menus are named ("Klicka på
# Infoga") words have capitals, too: of 168 pages whose words were known none had three such places but two whose stops
# were lost, and there words that often open sentences followed lost stops down to the lower bound.
_CLEAR, _LIKELY = -1.5, -4.1
_FEWEST = 3
# Words this common (natural logarithm) open sentences.
_COMMON = -8.5
_SURE = 0.94
_MARK = -3.0


def restore_stops(text: str, spans: Sequence[tuple[int, int]]) -> list[TextEdit]:
    """Edits that put full stops back between words.

    Args:
        text: The text with its words repaired.
        spans: The damaged passages in it.
    """
    return sorted((edit for start, end in spans for edit in _restore(text, start, end)), key=lambda e: e.raw_start)


def _restore(text: str, start: int, end: int) -> Iterator[TextEdit]:
    found = [(match, *_weigh(match)) for match in _NO_MARK.finditer(text, start, end)]
    if sum(score > _CLEAR and alone > _COMMON for _, alone, score in found) >= _FEWEST:
        for match, alone, score in found:
            if score > (_LIKELY if alone > _COMMON else _CLEAR):
                yield TextEdit(*match.span("gap"), " ", ". ", "punctuation", _SURE)


def _weigh(match: re.Match[str]) -> tuple[float, float]:
    """How common the word with the capital is, and how much likelier a sentence ends before it (logarithms)."""
    lexicon, ngrams = load_lexicon(), load_ngrams()
    alone = weigh_opener(match["right"])
    if alone is None:
        return float("-inf"), float("-inf")
    left, right, mark = (lexicon.index(word) for word in (match["left"].lower(), match["right"].lower(), BOUNDARY))
    ended = ngrams.log_probability(-1, left, mark, _MARK) + ngrams.log_probability(left, mark, right, alone)
    return alone, ended - ngrams.log_probability(-1, left, right, alone)
