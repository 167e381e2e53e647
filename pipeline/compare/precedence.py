"""Which of a municipality's documents are in force: in force before proposed, superseding before superseded."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from pipeline.codebooks.cues import split_words
from pipeline.records.comparison import DocumentFindings
from pipeline.records.outline import Outline

IN_FORCE, SUPERSEDED, EXPIRED, PROPOSED = "in_force", "superseded", "expired", "proposed"

TITLE_OVERLAP = 0.6
"""Share of title words from which on two documents of the same kind are versions of each other."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def judge_standings(items: Sequence[DocumentFindings], *, on: datetime.date) -> dict[str, str]:
    """The standing of each of one municipality's documents by document_id.

    A document is superseded when another in force says that it replaces it, or is a later version of it by title,
    kind and date. One past its end of validity is expired only where another is in force: a municipality that lets
    its rules lapse on paper still goes by them.
    """
    outlines = {item.source.document_id: item.outline for item in items if item.outline is not None}
    standings = {
        key: PROPOSED if outline.document.completeness == "proposal" else IN_FORCE for key, outline in outlines.items()
    }
    in_force = sorted(key for key, standing in standings.items() if standing == IN_FORCE)
    for key in in_force:
        others = [outlines[other] for other in in_force if other != key]
        if any(_replaces(other, outlines[key]) for other in others):
            standings[key] = SUPERSEDED
    _expire(standings, outlines, on)
    return standings


def written_on(outline: Outline | None) -> datetime.date | None:
    """The day a document's wording is from: last revised, else adopted, else dated; None where it does not say."""
    if outline is None:
        return None
    for name in ("revised_date", "adopted_date", "document_date"):
        try:
            return datetime.date.fromisoformat(outline.value_of(name))
        except ValueError:
            continue
    return None


def _expire(standings: dict[str, str], outlines: dict[str, Outline], on: datetime.date) -> None:
    lapsed = [
        key
        for key, standing in standings.items()
        if standing == IN_FORCE
        and _ISO_DATE.fullmatch(until := outlines[key].value_of("valid_until"))
        and until < on.isoformat()
    ]
    if sum(standing == IN_FORCE for standing in standings.values()) > len(lapsed):
        standings.update(dict.fromkeys(lapsed, EXPIRED))


def _replaces(newer: Outline, older: Outline) -> bool:
    replaced = newer.value_of("supersedes").casefold()
    if replaced and _names(replaced, older) and not _names(replaced, newer):
        return True
    if newer.value_of("document_type") != older.value_of("document_type"):
        return False
    later, earlier = written_on(newer), written_on(older)
    return later is not None and earlier is not None and later > earlier and _same_title(newer, older)


def _names(replaced: str, outline: Outline) -> bool:
    """Whether the words that say what is replaced name a document by number, or by title and date."""
    number = outline.value_of("diary_number").casefold()
    if number and number in replaced:
        return True
    dates = {outline.value_of(name) for name in ("adopted_date", "revised_date", "document_date")} - {""}
    dated = not _ISO_DATE.search(replaced) or any(date in replaced for date in dates)
    title = set(split_words(outline.value_of("title")))
    return dated and bool(title) and len(title & set(split_words(replaced))) / len(title) >= TITLE_OVERLAP


def _same_title(one: Outline, other: Outline) -> bool:
    first, second = set(split_words(one.value_of("title"))), set(split_words(other.value_of("title")))
    return bool(first and second) and len(first & second) / len(first | second) >= TITLE_OVERLAP


def first_standing(standings: Iterable[str]) -> str:
    """The best standing among some, empty where there is none."""
    order = (IN_FORCE, EXPIRED, SUPERSEDED, PROPOSED)
    return min(standings, key=order.index, default="")
