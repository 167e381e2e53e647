"""What a document's pages bear around its text, in running heads and feet: whose it is, its number, its adoption."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.outline.adoption import AT_MEETING, whole_days
from pipeline.outline.labelled import label_field, said_under_labels
from pipeline.outline.said import GAP, Said, parts_of
from pipeline.outline.sayings import said_in_lines
from pipeline.outline.titles import may_be_title, title_rank, without_frame
from pipeline.outline.vocabulary import type_of
from pipeline.records.outline import Unit
from pipeline.records.reading import Furniture

_MINUTES = re.compile(r"(?i)protokoll|sammanträdes(?:datum|dag)")
HEADS = ("header", "footer")
"""The furniture that speaks of the document; a stamp tells when a paper came in, a menu of other pages."""
FIELDS = (
    "adopted_by", "adopted_date", "document_date", "diary_number", "revised_date", "valid_until", "responsible",
    "applies_to",
)  # fmt: skip
BEST_RANK = 3
"""How much a line is like a title that names both type and subject."""
UNLABELLED = 0.85
"""Confidence of such a line of a page's head, as if it stood in the text."""
LABEL_WORDS = 3
"""Words of a label that stands right before its value at most."""
AROUND = 0.8
"""What remains of the confidence of what is not said in the text itself."""


def page_heads(furniture: Iterable[Furniture]) -> str:
    """The different lines of running heads and feet, one below the other."""
    return "\n".join(dict.fromkeys(f.text for f in furniture if f.kind in HEADS))


def said_on_pages(heads: str) -> list[Said]:
    """Fields that running heads and feet give; they have no place in the reading text: start and end are 0."""
    units = list(_lines(heads))
    said = [*said_under_labels(heads, units), *said_in_lines(heads, units, kind="", proposal=False)]
    kinds = [type_of(part) for part in GAP.split(heads) if len(part.split()) == 1]
    said = [s for s in said if s.field in FIELDS]
    said += [Said("document_type", kind, 0, 0, 0.8) for kind in kinds if kind]
    said += _meeting_day(heads)
    return [replace(s, start=0, end=0, confidence=s.confidence * AROUND) for s in said]


def title_on_pages(heads: str) -> Said | None:
    """The document's title as its pages bear it: behind a label, or a part of a line that names type and subject."""
    said = next((s for s in said_under_labels(heads, list(_lines(heads))) if s.field == "title"), None)
    if said is None:
        said = next((found for part in parts_of(heads, 0, len(heads)) if (found := _title_in(heads, *part))), None)
    return replace(said, start=0, end=0, confidence=said.confidence * AROUND) if said else None


def _title_in(heads: str, start: int, end: int) -> Said | None:
    """What a part of a line says that is like a title, without the label before it ("Dokumentnamn Riktlinje ...")."""
    words = heads[start:end].split(" ")
    for count in range(1, min(LABEL_WORDS, len(words) - 1) + 1):
        if label_field(" ".join(words[:count])) == "title":
            start = end - len(" ".join(words[count:]))
            break
    start, end = without_frame(heads, start, end)
    title = heads[start:end]
    like = may_be_title(title) and title_rank(title) == BEST_RANK
    return Said("title", title, start, end, UNLABELLED) if like else None


def _meeting_day(heads: str) -> list[Said]:
    """The one day that the heads of minutes bear: what the minutes decide is decided then."""
    days = {day.value for day in whole_days(heads)} if _MINUTES.search(heads) else set()
    return [Said("adopted_date", day, 0, 0, AT_MEETING) for day in days] if len(days) == 1 else []


def _lines(heads: str) -> Sequence[Unit]:
    """Each line as a unit."""
    units, start = [], 0
    for n, line in enumerate(heads.split("\n")):
        kind = "table_row" if "\t" in line else "line"
        units.append(Unit("", n, 0, kind, n, 0, "", -1, start, start + len(line)))
        start += len(line) + 1
    return units
