"""Whether an act has a section, as far as Swedish statutes cite it: silence means that nothing is known.

Sections are numbered on, so that where 7 § of a chapter is cited there is or was a 5 §, too.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.swedish.laws import LawMention
from pipeline.swedish.lexicon import MODELS

_SECTION = re.compile(r"(?P<chapter>K\d+[a-z]?)?P(?P<number>\d+)(?P<letter>[a-z]?)")


def has_sections(mention: LawMention) -> bool:
    """Whether every section that a reference names is known to stand in the act it names.

    Args:
        mention: A reference with at least one section; one to an act that is not known has none.
    """
    known = _read_sections().get(mention.identifier or mention.norm)
    if known is None:
        return False
    return all(_is_known(section, known) for section in mention.section.split("|"))


@dataclass(frozen=True, slots=True)
class _Sections:
    """What is known of one act: the sections cited, and for each chapter ("" for none) the last of them."""

    cited: frozenset[str]
    last: dict[str, int]


def _is_known(section: str, known: _Sections) -> bool:
    match = _SECTION.match(section)
    if match is None:
        return False
    if match["letter"]:
        return match.group() in known.cited
    return 0 < int(match["number"]) <= known.last.get(match["chapter"] or "", 0)


@lru_cache(maxsize=1)
def _read_sections() -> dict[str, _Sections]:
    with (MODELS / "act_sections.csv").open(encoding="utf-8", newline="") as stream:
        return {row["act"]: _collect(row["sections"].split()) for row in csv.DictReader(stream)}


def _collect(sections: list[str]) -> _Sections:
    last: dict[str, int] = {}
    for match in filter(None, map(_SECTION.match, sections)):
        chapter = match["chapter"] or ""
        last[chapter] = max(last.get(chapter, 0), int(match["number"]))
    return _Sections(frozenset(sections), last)
