"""Numbers that may be misread ("3l mars", "1998:1l2", "55 9o"): said to be in doubt, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.repair.edits import TextEdit
from pipeline.repair.guard import MEASURES, load_guarded_words

_DOUBT = 0.5
# An engine without "%" prints "90", "96" or "9" for it, and where it has no such number in reach also letters.
_NO_PERCENT = re.compile(r"(?<![\w.,:/-])(?<!\d )\d{1,3}(?:,\d+)? 9[06](?=[ \n][a-zåäö(]|[.,;]?(?:\n|\Z)|[.,;] )")
# Letters among figures, where the engine misreads letters anyway.
_AMONG_FIGURES = re.compile(r"(?<![\w.:/-])(?=\w*\d)(?=\w*[OoIlS])[\dOoIlS]{3,}(?![\w:/-])")
# Nobody writes these: a letter between figures, an "l" before two and more, an "o" after, a time with an "O".
_NOT_IN_NAMES = r"(?<![\w.,@/#&=:|-])"
_NEVER_WRITTEN = re.compile(
    r"(?<![\w.@/#&=_|-])(?=[\d.,:/-]{0,20}\d[lIOoS|]\d)\d[\dlIOoS|]*(?:[.,:/-][\dlIOoS|]+)*(?![\w@=|-])"
    rf"|{_NOT_IN_NAMES}[l|]\d{{2,}}(?![\w@/=|-])"
    rf"|{_NOT_IN_NAMES}\d+[Oo](?![\w@/=|-])"
    rf"|{_NOT_IN_NAMES}[Oo]\d[.:]\d\d(?![\w@/=|-])"
    r"|(?<![\w.,:/-])\d{1,3}(?:,\d+)? (?:9[oO]|[gq][o0O]|[o0O]/[o0O])(?![\w/])"
)
_MORE_MEASURES = frozenset(
    ("arbetsdag", "arbetsdagar", "vardagar", "tecken", "personer", "gånger", "ggr", "%", "ar", "manad", "manader")
)
# "2A kap." and "5B §" are written, "l0 kap." is not.
_SECTIONS = r"§|kap\b|kapitlet\b"


def flag_numbers(text: str, spans: Sequence[tuple[int, int]], *, raw: str) -> list[TextEdit]:
    """Suggestions that change nothing, on numbers with letters among their figures or "90" where "%" may have stood.

    Args:
        text: The text.
        spans: The damaged passages; in an undamaged text without "%" a number before "90" is looked at, too.
        raw: The text as it was read: what the engine printed tells whether it knows "%" and "§".
    """
    unknown = [(0, len(text))] if not spans and "%" not in raw and "§" not in raw else spans
    found = set(doubtful_figures(text, 0, len(text)))
    found |= {match.span() for start, end in unknown for match in _NO_PERCENT.finditer(text, start, end)}
    found |= {match.span() for start, end in spans for match in _AMONG_FIGURES.finditer(text, start, end)}
    flags: list[TextEdit] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not flags or flags[-1].raw_end <= start:
            said = text[start:end]
            flags.append(TextEdit(start, end, said, said, "doubtful_number", _DOUBT, "suggested"))
    return flags


def doubtful_figures(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where letters stand for figures in text[start:end], whatever its damage: no word is to be read there."""
    for pattern in (_NEVER_WRITTEN, _before_measures()):
        for match in pattern.finditer(text, start, end):
            yield match.span()


@lru_cache(maxsize=1)
def _before_measures() -> re.Pattern[str]:
    """Figures and letters like figures before a unit or a month; "2A" and "5S" name things elsewhere."""
    measures = {word for word, kind in load_guarded_words().items() if kind in MEASURES} | _MORE_MEASURES
    listed = "|".join(re.escape(word) for word in sorted(measures, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"{_NOT_IN_NAMES}(?=[\dlIOoSABZz|]{{2,4}}[ \n](?:{listed})(?!\w))(?!\d+[ \n])"
        r"(?:(?=\w*\d)[\dlIOoSABZz|]{2,4}|[lIO|]{2,3}(?=[ \n]))"
        rf"|{_NOT_IN_NAMES}(?=[lIO|]*\d)(?=\d*[lIO|])[\dlIO|]{{2,4}}(?= (?:{_SECTIONS}))"
    )
