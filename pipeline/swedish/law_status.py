"""Whether an act is in force on a day, what repealed it, and what to write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pipeline.swedish.datafiles import read_tree
from pipeline.swedish.law_register import act_dates

#: The register of statutes shows the law as it stood at the end of this month.
REGISTER_STATE = date(2026, 2, 28)


@dataclass(frozen=True, slots=True)
class LawStatus:
    """An act on a day.

    Attributes:
        status: in_force, repealed, not_yet, or unknown where no register settles it.
        repealed_on: The day it was or will be repealed (ISO), or empty.
        repealed_by: The act that repealed it, or empty. Given as soon as it is repealed.
        use_instead: What to write instead: not always what repealed it (PUL: 2016/679, not 2018:218).
        note_sv: What a reader of a reference to it must know, in Swedish; may be given for acts in force too.
        note_en: The same in English.
    """

    status: str
    repealed_on: str
    repealed_by: str
    use_instead: str
    note_sv: str
    note_en: str


@cache
def _notes() -> dict[str, dict[str, Any]]:
    notes: dict[str, dict[str, Any]] = read_tree("act_notes.yaml")
    return notes


def law_status(identifier: str, on: date) -> LawStatus:
    """The status of an act on a day, with what is known of its repeal.

    Args:
        identifier: "1998:204", "2016/679" or "RA-FS 1991:6".
        on: The day asked about.
    """
    row = act_dates().get(identifier)
    note = _notes().get(identifier, {})
    if row is None:
        return LawStatus(
            "unknown", "", "", str(note.get("use_instead", "")), str(note.get("sv", "")), str(note.get("en", ""))
        )
    status = _status(row, on, identifier)
    repealed = status == "repealed"
    instead = str(note.get("use_instead", "")) or row["repealed_by"]
    return LawStatus(
        status,
        row["repealed_on"] if repealed or row["repealed_on"] else "",
        row["repealed_by"] if repealed else "",
        instead if repealed else "",
        str(note.get("sv", "")) if repealed or "use_instead" not in note else "",
        str(note.get("en", "")) if repealed or "use_instead" not in note else "",
    )


def _status(row: dict[str, str], on: date, identifier: str) -> str:
    if row["repealed_on"] and on >= _day(row["repealed_on"]):
        return "repealed"
    if row["status"] == "repealed" and not row["repealed_on"]:
        # The register knows that it is gone, not since when.
        return "repealed" if on >= REGISTER_STATE else "unknown"
    if row["in_force_from"]:
        return "in_force" if on >= _day(row["in_force_from"]) else "not_yet"
    year = re.search(r"\d{4}", identifier)
    if year and on.year < int(year[0]):
        return "not_yet"
    # In the year of its number an act may or may not have come into force yet.
    return "unknown" if year and on.year == int(year[0]) else "in_force"


def _day(written: str) -> date:
    parts = [*(int(part) for part in written.split("-")), 1, 1][:3]
    return date(parts[0], parts[1], parts[2])


@dataclass(frozen=True, slots=True)
class SectionNote:
    """What has become of one section of an act that is itself in force.

    Attributes:
        change: moved (its words have another number), repealed, or changed where the number still is right.
        since: The day it came into force.
        sv: The note in Swedish.
        en: The note in English.
    """

    change: str
    since: date
    sv: str
    en: str


def section_notes(identifier: str, section: str, on: date, *, written: date | None = None) -> list[SectionNote]:
    """What has changed in the sections that a reference names; often empty.

    Args:
        identifier: The act's number.
        section: Sections in normal form, |-separated; K2P12S1 falls under a note on K2P12.
        on: Changes up to this day count.
        written: When the reference was written, if that is known: one written after a section moved has the new number.
    """
    found = []
    for row in _notes().get(identifier, {}).get("sections", []):
        note = SectionNote(str(row["change"]), _day(str(row["since"])), str(row["sv"]), str(row["en"]))
        wanted = re.compile(rf"{re.escape(str(row['section']))}(?![0-9a-z])")
        renumbered = note.change == "moved" and written is not None and written >= note.since
        if note.since <= on and not renumbered and any(wanted.match(one) for one in section.split("|")):
            found.append(note)
    return found
