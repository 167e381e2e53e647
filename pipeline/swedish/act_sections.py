"""Whether an act has a section, as far as Swedish statutes cite it: silence means that nothing is known."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from pipeline.swedish.laws import LawMention
from pipeline.swedish.lexicon import MODELS

_SECTION = re.compile(r"(?:K\d+[a-z]?)?P\d+[a-z]?")


def has_sections(mention: LawMention) -> bool:
    """Whether every section that a reference names is known to stand in the act it names.

    Args:
        mention: A reference with at least one section; one to an act that is not known has none.
    """
    known = _read_sections().get(mention.identifier or mention.norm, frozenset())
    named = [_SECTION.match(section) for section in mention.section.split("|")]
    return bool(named) and all(match is not None and match.group() in known for match in named)


@lru_cache(maxsize=1)
def _read_sections() -> dict[str, frozenset[str]]:
    with (MODELS / "act_sections.csv").open(encoding="utf-8", newline="") as stream:
        return {row["act"]: frozenset(row["sections"].split()) for row in csv.DictReader(stream)}
