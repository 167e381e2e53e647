"""Section signs that an engine printed as figures or letters ("37 8" for "37 §").

A sign is put back only where the act that is named beside it has the section; elsewhere it is a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.repair.edits import TextEdit
from pipeline.swedish.act_sections import has_sections
from pipeline.swedish.laws import find_references

# The sign must stand where a reference to an act has it: after a number, with a chapter before or an act's name behind.
_SIGN = re.compile(
    r"(?P<number>\b\d+(?: ?[a-h]\b)?(?: ?[-–] ?\d+| (?:och|eller) \d+)?) (?P<sign>(?!§{1,2}[ ,.;)\n])[8$S§]{1,2}|&)"
    r"(?=[ ,.;)\n])"
)
_ACT = re.compile(r"\b\w*(?:lag|lagen|balken|förordningen|forordningen|f[oöéd6]rordning(?:en)?)\b|\(\d{4}:\d+\)")
_CHAPTER = re.compile(r"\bkap\.? ?(?:\d+ ?[a-z]?,? )?$")
_REACH = 60
_BEFORE, _BEHIND = 80, 160
_KNOWN, _LIKELY = 0.99, 0.6


def repair_section_signs(text: str, spans: Sequence[tuple[int, int]] = ()) -> list[TextEdit]:
    """Edits and suggestions that read a figure or letter after a number as "§", where an act is named near by.

    Args:
        text: The text with its words repaired.
        spans: The damaged passages; in a text that knows the sign only they are looked at.
    """
    if "§" in text:
        return [edit for start, end in spans for edit in _restore(text, start, end)]
    return list(_restore(text, 0, len(text)))


def _restore(text: str, begin: int, stop: int) -> Iterator[TextEdit]:
    for match in _SIGN.finditer(text, begin, stop):
        sign = match["sign"]
        start, end = match.span("sign")
        # "§§" stands for several sections; a single one has one sign, however many figures were printed for it.
        listed = re.search(r"\D", match["number"].rstrip("abcdefgh ")) is not None
        several = len(sign) > 1 and (listed or sign not in ("SS", "88"))
        after = "§§" if several else "§"
        if _stands_in_act(text, start, end, after):
            yield TextEdit(start, end, sign, after, "guarded_section", _KNOWN)
        elif _ACT.search(text[end : end + _REACH]) or _CHAPTER.search(text[: match.start()]):
            yield TextEdit(start, end, sign, after, "guarded_number", _LIKELY, "suggested")


def _stands_in_act(text: str, start: int, end: int, sign: str) -> bool:
    """Whether with the sign there is a reference here to a section that the act named has."""
    first = max(0, start - _BEFORE)
    restored = text[first:start] + sign + text[end : end + _BEHIND]
    place = start - first
    return any(
        mention.start <= place < mention.end and mention.section and has_sections(mention)
        for mention in find_references(restored)
    )
