"""Kinds of content that nobody may publish, or that are removed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.extract.found import Duty, Found
from pipeline.extract.patterns import patterns
from pipeline.records.outline import Outline, Unit

KEPT = 1 << 12
"""Lines of which it is kept whether they forbid."""

_ACT = re.compile(r"(?i)(?<!ins)(?<!ans)(?<!förs)(?:lag|lagen|lagens|förordningen)$")


@lru_cache(maxsize=KEPT)
def forbids(text: str) -> bool:
    """Whether words say that something is forbidden or removed; kept, for each item asks it of its lead-in."""
    return patterns().forbidding.search(text) is not None


def find_prohibited(outline: Outline, unit: Unit, duties: Sequence[Duty]) -> Iterable[Found]:
    """Kinds of content that nobody may publish or that are removed, each with its own span."""
    text = outline.text[unit.start : unit.end].replace("\n", " ")
    if not _is_forbidden_here(outline, unit, text, duties):
        return
    for start, end, kind in find_kinds(text):
        if _in_forbidding_clause(unit, text, start, duties):
            yield Found("prohibited_content", unit.start + start, unit.start + end, kind, 0.85)


def _is_forbidden_here(outline: Outline, unit: Unit, text: str, duties: Sequence[Duty]) -> bool:
    """Whether the unit forbids or removes content, by its own words or by those that lead into it."""
    if any(d.modality == "must_not" for d in duties):
        return True
    if forbids(text) and (duties or unit.lead_in >= 0 or unit.kind == "table_row"):
        return True
    if unit.kind == "lead_in":
        # "Hot, hets, porr:" over the steps by which such things go.
        steps_below = [u for u in outline.units[unit.unit + 1 : unit.unit + 4] if u.lead_in == unit.unit]
        if any(forbids(outline.text[u.start : u.end]) for u in steps_below):
            return True
    lead, steps = unit.lead_in, 0
    while lead >= 0 and steps < 3:
        above = outline.units[lead]
        if above.kind == "list_item" and outline.text[above.start].isupper():
            break  # an item that is a sentence of its own and has a list of its own
        words = outline.text[above.start : above.end]
        before = outline.units[lead - 1] if lead else None
        if forbids(words):
            return True
        # "Detta gäller inlägg som innebär:" goes on from the sentence before.
        pointing = re.match(
            r"(?i)\W*(detta|det|sådan\w*|exempel|(?:som|till) exempel|följande|(?:mer|närmare) bestämt)\b",
            words,
        )
        if pointing and before is not None and forbids(outline.text[before.start : before.end]):
            return True
        lead, steps = above.lead_in, steps + 1
    title = outline.sections[unit.section].title
    listed = unit.kind in ("list_item", "table_row") or (unit.end - unit.start < 120 and not duties)
    return listed and forbids(title)


def _in_forbidding_clause(unit: Unit, text: str, at: int, duties: Sequence[Duty]) -> bool:
    """Whether the clause around a kind of content is the forbidding one, where the unit has several clauses."""
    clause = next((d for d in duties if d.start - unit.start <= at < d.end - unit.start), None)
    if clause is None:
        return True
    words = text[clause.start - unit.start : clause.end - unit.start]
    return clause.modality in ("must_not", "should_not") or forbids(words) or unit.lead_in >= 0


def find_kinds(text: str) -> Iterable[tuple[int, int, str]]:
    """Every kind of content that a text names, first come first served: start, end and kind."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in patterns().prohibited:
        for found in pattern.finditer(text):
            if any(found.start() < b and found.end() > a for a, b in taken) or _ACT.search(found.group(0)):
                continue
            taken.append((found.start(), found.end()))
            yield found.start(), found.end(), kind
