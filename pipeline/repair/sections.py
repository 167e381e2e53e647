"""Section signs that an engine printed as figures or letters ("37 8" for "37 §").

A figure ("37 8") becomes a sign only where the act that is named beside it has the section; elsewhere that is a
suggestion, for the figure may be the number's own. What is no figure takes nothing from a number: on a damaged page
that speaks of acts "$" or "S" behind one is a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.repair.edits import TextEdit
from pipeline.swedish.act_sections import has_sections
from pipeline.swedish.laws import find_references

# The sign must stand where a reference to an act has it: after a number, with a chapter before or an act's name behind.
_SIGN = re.compile(
    r"(?P<number>\b\d+(?: ?[a-h]\b)?(?: ?[-–]{1,2} ?\d+(?: ?[a-h]\b)?|\s(?:och|eller)\s\d+(?: ?[a-h]\b)?)?) "
    r"(?P<sign>(?!§{1,2}[ ,.;)\n])[8$S§]{1,2}|§?&)(?=[ ,.;)\n])"
)
# Of several sections: "5, 6 $$" and "18 och 19 SS".
_LISTED, _LIST_BEFORE = re.compile(r"[-–]|och|eller"), re.compile(r"\d ?[a-h]?,\s$")
_ACT = re.compile(r"\b\w*(?:lag|lagen|balken|förordningen|forordningen|f[oöéd6]rordning(?:en)?)\b|\(\d{4}:\d+\)")
_CHAPTER = re.compile(r"\bkap\.? ?(?:\d+ ?[a-z]?,? )?$")
_REACH = 60
_BEFORE, _BEHIND, _AROUND = 80, 160, 300
_RANGE = re.compile(r"(?P<first>[1-9]\d{0,2}) ?[-–]{1,2} ?(?P<last>[1-9]\d{0,2})")
_OF_LAW = re.compile(r"§|\bkap\.|\b[Ll]ag(?:en)?\b")
_KNOWN, _SHAPED, _LIKELY = 0.99, 0.97, 0.6


def repair_section_signs(text: str, spans: Sequence[tuple[int, int]] = ()) -> list[TextEdit]:
    """Edits and suggestions that read a figure or letter after a number as "§", where an act is named near by.

    Args:
        text: The text with its words repaired.
        spans: The damaged passages; in a text that knows the sign only they are looked at.
    """
    if "§" in text:
        return [edit for start, end in spans for edit in _restore(text, start, end, damaged=True)]
    inside = [edit for start, end in spans for edit in _restore(text, start, end, damaged=True)]
    taken = {edit.raw_start for edit in inside}
    rest = [edit for edit in _restore(text, 0, len(text), damaged=False) if edit.raw_start not in taken]
    return sorted([*inside, *rest], key=lambda edit: edit.raw_start)


def _restore(text: str, begin: int, stop: int, *, damaged: bool) -> Iterator[TextEdit]:
    for match in _SIGN.finditer(text, begin, stop):
        sign = match["sign"]
        start, end = match.span("sign")
        # "§§" stands for several sections; a single one has one sign, however many figures were printed for it.
        listed = _LISTED.search(match["number"]) or _LIST_BEFORE.search(text[max(0, match.start() - 5) : match.start()])
        after = "§§" if len(sign) > 1 and (listed or "§" in sign) else "§"
        if _stands_in_act(text, start, end, after):
            yield TextEdit(start, end, sign, after, "guarded_section", _KNOWN)
        elif damaged and (_is_no_figure(sign) or _is_behind_range(match)) and _speaks_of_acts(match):
            yield TextEdit(start, end, sign, after, "guarded_section", _SHAPED)
        elif _ACT.search(text[end : end + _REACH]) or _CHAPTER.search(text[: match.start()]):
            yield TextEdit(start, end, sign, after, "guarded_number", _LIKELY, "suggested")


def _is_no_figure(sign: str) -> bool:
    """Whether a letter or a dollar is among what was printed, which is no part of the number before it."""
    return "$" in sign or "S" in sign


def _is_behind_range(match: re.Match[str]) -> bool:
    """Whether two signs follow a range of sections ("17-29 88"), as no third number does."""
    ends = _RANGE.fullmatch(match["number"])
    return ends is not None and len(match["sign"]) == len("§§") and int(ends["first"]) < int(ends["last"])


def _speaks_of_acts(match: re.Match[str]) -> bool:
    text = match.string
    around = text[max(0, match.start() - _AROUND) : match.start()] + text[match.end() : match.end() + _AROUND]
    return _OF_LAW.search(around) is not None


def _stands_in_act(text: str, start: int, end: int, sign: str) -> bool:
    """Whether with the sign there is a reference here to a section that the act named has."""
    first = max(0, start - _BEFORE)
    restored = text[first:start] + sign + text[end : end + _BEHIND]
    place = start - first
    return any(
        mention.start <= place < mention.end and mention.section and has_sections(mention)
        for mention in find_references(restored)
    )
