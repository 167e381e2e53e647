"""Minutes of several items: which of them the document is about, and what stands in the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.outline.vocabulary import vocabulary
from pipeline.records.outline import Section

_ITEM = re.compile(r"(?m)^[^\S\n]*(?:[A-ZÅÄÖ]{2,5}[^\S\n]*)?§+[^\S\n]*\d{1,3}\b(?=[^\n]{0,80}$)")
"""The line that an item of minutes begins with: "§ 48", "KS § 48 Dnr KS 2018/61"."""
_ENCLOSED = re.compile(
    r"(?m)^(?:Bilaga\b|(?:[A-ZÅÄÖ][\wåäö]*s )?"
    r"(?:Riktlinje|Policy|Regler|Rutin|Strategi|Anvisning|Handbok)[a-zåäö]*\s+(?:för|om|i)\b)"
)
_MINUTES = re.compile(r"(?i)\b(?:sammanträdes)?protokoll|\bsammanträdes(?:datum|dag)|\bplats och tid\b|\bjusterare\b")
HEAD = 600
"""Characters within which minutes say that they are such."""
FEWEST = 2
"""Items from which on minutes hold more than the decision on one document."""


def find_other_items(text: str, heads: str) -> list[tuple[int, int]]:
    """The spans of the items of minutes that decide on something else, where one of several decides on rules.

    An item reaches to the next one's line; the last one holds whatever follows it. Texts without such items, and those
    none or all of whose items adopt something, have no others.

    Args:
        text: The document's text.
        heads: What its pages bear above and below it, where minutes often call themselves so.
    """
    if not _MINUTES.search(f"{text[:HEAD]} {heads}"):
        return []  # the paragraphs of a regulation are no items
    starts = [found.start() for found in _ITEM.finditer(text)]
    if len(starts) < FEWEST:
        return []
    spans = list(zip(starts, [*starts[1:], len(text)], strict=True))
    adopting = [span for span in spans if vocabulary().metadata_lines["adopts_rules"].search(text[slice(*span)])]
    return [(a, _own_end(text, a, b)) for a, b in spans if (a, b) not in adopting] if adopting else []


def _own_end(text: str, start: int, end: int) -> int:
    """Where an item ends: before the line with which a document begins that the minutes enclose."""
    enclosed = _ENCLOSED.search(text, start, end)
    return enclosed.start() if enclosed else end


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with blanks for the letters of some spans, so that offsets stay."""
    for start, end in spans:
        text = text[:start] + re.sub(r"\S", " ", text[start:end]) + text[end:]
    return text


def as_decisions(sections: Sequence[Section], spans: Sequence[tuple[int, int]]) -> list[Section]:
    """The sections, those inside the spans as decisions, in which no rule is looked for."""
    return [replace(s, kind="decision") if any(a <= s.start and s.end <= b for a, b in spans) else s for s in sections]
