"""Who keeps a document up to date, from the sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.outline.said import Said
from pipeline.outline.vocabulary import may_say, vocabulary
from pipeline.records.outline import Unit
from pipeline.swedish.roles import find_roles

KEPT = 0.5
"""How sure it is who keeps the document, where the sentence names the document."""
KEPT_IT = 0.45
"""And where it only says "den" or "det"."""

_UNIT_OF_STAFF = re.compile(
    r"(?i)\b[\w-]*(?:avdelning|enhet|stab|kontor|kansli|funktion|förvaltning|redaktion|grupp|team|utskott|sekretariat)\w*"
)
_ANYBODY = re.compile(r"(?i)(?:varje|respektive|alla|samtliga|ansvarig|närmaste|berörd|andra|övriga|chefen?$)\b")


def kept_by(text: str, units: Sequence[Unit], n: int) -> Iterable[Said]:
    """Who keeps the document, where a unit says so; "den" is the document where it or the unit before speaks of it."""
    words, unit = vocabulary(), units[n]
    row = text[unit.start : unit.end]
    if not may_say(words.keeping_stems, row):
        return
    found = _keeper(words.keepers, row)
    if found:
        yield Said("responsible", found["who"], unit.start + found.start("who"), unit.start + found.end("who"), KEPT)
        return
    before = text[units[n - 1].start : unit.start] if n else ""
    found = _keeper(words.keepers_of_it, row)
    if found and words.metadata_lines["own"].search(before + row[: found.start("who")]):
        yield Said("responsible", found["who"], unit.start + found.start("who"), unit.start + found.end("who"), KEPT_IT)


def _keeper(lines: Sequence[re.Pattern[str]], row: str) -> re.Match[str] | None:
    """The first of the lines that names a role or a unit in a row."""
    for line in lines:
        found = line.search(row)
        while found:
            who = found["who"]
            if not _ANYBODY.match(who) and (find_roles(who) or _UNIT_OF_STAFF.search(who)):
                return found
            found = line.search(row, found.start("who") + 1)
    return None
