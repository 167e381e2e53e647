"""Section signs that an engine without "§" printed as figures ("37 8" for "37 §"): flagged, never applied."""

from __future__ import annotations

import re

from pipeline.repair.edits import TextEdit

# The sign must stand where a reference to an act has it: after a number, with a chapter before or an act's name behind.
_SIGN = re.compile(r"(?P<number>\b\d+(?: ?[a-z]\b)?) (?P<sign>8{1,2}|\${1,2}|S{1,2}|&)(?=[ ,.;)\n])")
_ACT = re.compile(r"\b\w*(?:lag|lagen|balken|förordningen|forordningen|f[oöéd6]rordning(?:en)?)\b|\(\d{4}:\d+\)")
_CHAPTER = re.compile(r"\bkap\.? ?(?:\d+ ?[a-z]?,? )?$")
_REACH = 60
_CONFIDENCE = 0.6


def suggest_section_signs(text: str) -> list[TextEdit]:
    """Suggestions to read a figure or letter after a number as "§", where an act is named near by.

    Args:
        text: The text; one that has section signs was read by a model that knows them and gets no suggestions.
    """
    if "§" in text:
        return []
    suggestions: list[TextEdit] = []
    for match in _SIGN.finditer(text):
        behind = text[match.end() : match.end() + _REACH]
        if _ACT.search(behind) or _CHAPTER.search(text[: match.start()]):
            sign = match["sign"]
            start, end = match.span("sign")
            after = "§" * min(2, len(sign))
            suggestions.append(TextEdit(start, end, sign, after, "guarded_number", _CONFIDENCE, "suggested"))
    return suggestions
