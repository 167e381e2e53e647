"""References to acts in a text: what stands there, the short name in use, the number, chapter and section."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from pipeline.swedish.law_names import Name, find_names
from pipeline.swedish.law_numbers import find_abbreviations, find_numbers
from pipeline.swedish.law_register import Act, name_key, register
from pipeline.swedish.law_sections import SectionSpan, find_sections, split_last

_FILLER = (
    r"(?:(?:den|det|som|så|även|också|nedan|förkortad|förkortat|förkortas|förkortning|kallad|kallat|kallade|kallas|"
    r"kallade|s\.?\s?k\.?|i dagligt tal|fortsättningsvis|i fortsättningen|hädanefter|"
    r"populärt|ofta|benämnd|d\.v\.s\.|dvs\.?)\s+)*"
)
_APPOSITION = re.compile(rf"\s*(?:[,;]\s*|\(\s*|/|[-–=:]\s|\s[-–]\s)\s*\(?\s*{_FILLER}(?:[\"”“']\s*)?", re.IGNORECASE)
_NUMBER_AFTER = re.compile(
    r"\s*(?:,\s*|\(\s*|\)\s*\(\s*)?(?:SFS\s*:?\s*(?:nr\.?\s*)?)?(?P<number>(?:1[6-9]|20)\d{2}[:/]\d{1,4})(?![\d:/])"
    r"(?:\s*\))?"
)
_SECTION_GAP = re.compile(r"(?:[ \t\u00a0,(:]|\n(?!\s*\n))*(?:\bi\s+|\bdess\s+|\bsärskilt\s+)?")
_HEAD_GAP = re.compile(r"(?:[ \t\u00a0,(]|\n(?!\s*\n))*(?:(?:i|enligt|av|ur)\s+)?(?:(?:den|nya|svenska)\s+)*\(?")
_REACH = 60


_NUMBERED = re.compile(
    r"(?P<name>[\w-]+(?:lagen|balken|förordningen))\s\(?(?:SFS\s)?(?P<number>\d{4}:\d+)", re.IGNORECASE
)
"""A name of one word with its number."""


@dataclass(frozen=True, slots=True)
class LawMention:
    """A reference to an act.

    Attributes:
        start: Code point where it starts in the text, sections included.
        end: Code point after its last.
        quote: The text between them.
        norm: The short name in use (OSL, BBS-lagen); a name that fits nothing known stands as written.
        identifier: "1998:112", "2016/679", or empty where the text and the date do not settle it.
        section: K16P8S2N1 or A6P1Lc, lists and ranges |-separated, or empty.
        confidence: 0 to 1, how sure the resolution is.
    """

    start: int
    end: int
    quote: str
    norm: str
    identifier: str
    section: str
    confidence: float


@dataclass(slots=True)
class _Draft:
    """A reference while its parts are being joined."""

    name: Name
    start: int
    end: int
    number: str = ""
    section: str = ""


def written_numbers(text: str) -> dict[str, str]:
    """The number that a text itself gives an act that has had several, by norm, where it gives but one."""
    written: dict[str, set[str]] = {}
    for match in _NUMBERED.finditer(text):
        act = register().names.get(name_key(match["name"]))
        if act is not None and len(act.identifiers) > 1 and match["number"] in act.identifiers:
            written.setdefault(act.norm, set()).add(match["number"])
    return {norm: next(iter(numbers)) for norm, numbers in written.items() if len(numbers) == 1}


def find_references(
    text: str, *, written_on: date | None = None, numbers: Mapping[str, str] = MappingProxyType({})
) -> list[LawMention]:
    """The references to acts in the text, in order, none overlapping.

    Args:
        text: Any text.
        written_on: The day the document was decided or written. An act that has had two numbers (förvaltningslagen)
            is resolved by it; without it such an act has no identifier.
        numbers: What `written_numbers` tells of the whole document; it counts for more than the day.
    """
    sections = find_sections(text)
    names = _all_names(text, sections)
    drafts = _join_names(text, names)
    _join_sections(text, drafts, sections)
    for draft in drafts:
        draft.number = draft.number or numbers.get(draft.name.act.norm, "")
    return [_finish(text, draft, written_on) for draft in drafts]


def _all_names(text: str, sections: list[SectionSpan]) -> list[Name]:
    """Names found in every way, overlaps settled: European and numbered acts first, then long names, then short."""
    numbers = find_numbers(text)
    names = _without_overlaps(numbers, find_names(text))
    return _without_overlaps(names, find_abbreviations(text, names, sections))


def _without_overlaps(kept: list[Name], others: list[Name]) -> list[Name]:
    """Both lists in one, in order; where two overlap the longer stands, and a kept one before its equal."""
    merged: list[Name] = []
    for name in sorted([*kept, *others], key=lambda one: (one.start, -one.end)):
        if merged and name.start < merged[-1].end:
            if name.end - name.start > merged[-1].end - merged[-1].start:
                merged[-1] = name
            continue
        merged.append(name)
    return merged


def _join_names(text: str, names: list[Name]) -> list[_Draft]:
    """One draft for a name with its number, abbreviation and long title in apposition."""
    drafts: list[_Draft] = []
    for name in names:
        last = drafts[-1] if drafts else None
        if last and name.start < last.end:
            continue
        if last and _is_apposition(text, last, name):
            last.end = name.end
            if last.name.how in ("unknown", "number") and name.how not in ("unknown", "number"):
                last.name = name
        else:
            last = _Draft(name, name.start, name.end)
            drafts.append(last)
        _take_number(text, last)
        _close_bracket(text, last)
    return drafts


def _is_apposition(text: str, draft: _Draft, name: Name) -> bool:
    """Whether a name only repeats the one before it: "Tryckfrihetsförordningen, TF", "dataskyddsförordningen GDPR"."""
    first = draft.name
    if name.start - draft.end > _REACH or not _same_act(draft, name):
        return False
    if text[name.start : name.end] == text[first.start : first.end]:
        return False  # "2 kap. TF, TF 3 kap." names the act twice
    if _APPOSITION.fullmatch(text, draft.end, name.start):
        return True
    shorter = ("abbreviation", "number")
    return name.how in shorter and first.how not in shorter and text[draft.end : name.start] in (" ", "\u00a0")


def _same_act(draft: _Draft, name: Name) -> bool:
    """Whether a second name can be another word for the first."""
    first, second = draft.name.act, name.act
    if first.norm == second.norm or first.norm in [act.norm for act in name.alternatives]:
        return True
    known = set(first.identifiers) & set(second.identifiers) - {""}
    return bool(known) or (bool(draft.number) and draft.number in second.identifiers)


def _take_number(text: str, draft: _Draft) -> None:
    """A number straight after the name: "(2009:400)", ", SFS 2009:400", "2017:725"."""
    match = _NUMBER_AFTER.match(text, draft.end)
    if not match or draft.name.how in ("number", "numbered") or (_opens(text, draft) and "(" in match[0]):
        return
    # Without brackets or "SFS" a number may be anything's: it must be the number of an act, a European one this act's.
    bare = not re.search(r"SFS|\(", match[0], re.IGNORECASE)
    if "/" in match["number"] and match["number"] not in draft.name.act.identifiers:
        return
    if bare and match["number"] not in register().by_identifier:
        return
    draft.number, draft.end = match["number"], match.end()


def _opens(text: str, draft: _Draft) -> bool:
    written = text[draft.start : draft.end]
    return written.count("(") > written.count(")")


def _close_bracket(text: str, draft: _Draft) -> None:
    """A bracket that opened within the reference closes within it."""
    if _opens(text, draft):
        closing = re.compile(r"[\"”']?\s*\)").match(text, draft.end)
        if closing:
            draft.end = closing.end()


def _join_sections(text: str, drafts: list[_Draft], sections: list[SectionSpan]) -> None:
    """Give each draft the sections that stand right before or after it; none goes to two."""
    starts = [draft.start for draft in drafts]
    # After the name binds closer ("OSL 5 kap. 1 §") unless the section leads on to the next name ("..., 6 § FL").
    for section in sections:
        place = bisect_left(starts, section.start)
        before = drafts[place - 1] if place else None
        after = drafts[place] if place < len(drafts) else None
        leads = bool(after and _leads_to(text, section, after))
        follows = bool(before and _follows(text, section, before))
        bound = follows and _bound(text, section, before)
        parts = split_last(text, section) if bound and leads else None
        if before and after and parts and not before.section:
            _attach(before, parts[0], before.start, parts[0].end)
            _attach(after, parts[1], parts[1].start, after.end)
        elif after and leads and not bound:
            _attach(after, section, min(after.start, section.start), after.end)
        elif before and follows and not before.section:
            _attach(before, section, before.start, section.end)
            _close_bracket(text, before)


def _leads_to(text: str, section: SectionSpan, draft: _Draft) -> bool:
    if section.kind == "articles" and draft.name.act.identifiers and "/" not in draft.name.act.identifiers[-1]:
        return False
    return draft.start - section.end <= 25 and bool(_HEAD_GAP.fullmatch(text, section.end, draft.start))


def _follows(text: str, section: SectionSpan, draft: _Draft) -> bool:
    if section.kind == "colon" and draft.name.how not in ("abbreviation", "name"):
        return False
    return 0 <= section.start - draft.end <= 14 and bool(_SECTION_GAP.fullmatch(text, draft.end, section.start))


def _bound(text: str, section: SectionSpan, draft: _Draft | None) -> bool:
    """Whether only a space parts the name from the section, or the name is in the genitive."""
    return draft is not None and text[draft.end : section.start].strip(" \u00a0") == ""


def _attach(draft: _Draft, section: SectionSpan, start: int, end: int) -> None:
    draft.section = "|".join(dict.fromkeys([*draft.section.split("|"), *section.section.split("|")])).strip("|")
    draft.start, draft.end = start, max(end, draft.end)


def _finish(text: str, draft: _Draft, written_on: date | None) -> LawMention:
    norm, identifier, confidence = _resolve(draft, written_on)
    quote = text[draft.start : draft.end]
    return LawMention(draft.start, draft.end, quote, norm, identifier, draft.section, round(confidence, 2))


def _resolve(draft: _Draft, written_on: date | None) -> tuple[str, str, float]:
    """Norm, identifier and confidence: the number in the text first, then the name, then the day."""
    act, confidence = draft.name.act, draft.name.confidence
    if not draft.number:
        norm, identifier = act.resolve(written_on)
        return norm, identifier, confidence if identifier or not act.identifiers else min(confidence, 0.9)
    numbered = register().by_identifier.get(draft.number)
    if draft.number in act.identifiers or (numbered and (act.successor_norm or not act.identifiers)):
        return (numbered or act).norm, draft.number, confidence
    if numbered is None and len(act.identifiers) == 1 and _is_slip(draft.number, act.identifiers[0]):
        return act.norm, act.identifiers[0], min(confidence, 0.8)
    # An older or newer act of the same name than the register has: the text knows best, but may be wrong.
    return act.norm, draft.number, min(confidence, 0.75) if act.identifiers else confidence


def _is_slip(written: str, known: str) -> bool:
    """Whether a number is another with one figure wrong, missing or too many."""
    from rapidfuzz.distance import Levenshtein

    return bool(Levenshtein.distance(written, known, score_cutoff=1) <= 1)


def resolve_name(name: str, *, written_on: date | None = None) -> tuple[str, str]:
    """Norm and identifier of an act's name as people write it; the name itself and no identifier where unknown."""
    found = find_references(name, written_on=written_on)
    if found:
        return found[0].norm, found[0].identifier
    act = register().by_identifier.get(name) or Act(name, ())
    return act.resolve(written_on)
