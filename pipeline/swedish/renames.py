"""Bodies, roles, platforms and terms that have changed names: where a text uses an old one, and the new one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.swedish.datafiles import read_rows


@dataclass(frozen=True, slots=True)
class Rename:
    """A change of name: old names, the new one (empty where the thing is gone), since when, what kind of thing.

    `change` is renamed, merged, replaced, closed, or gradual: a gradual one is a matter of style, not an error.
    `holds_for` is empty where the change holds for everybody, else `state`: it holds for state authorities alone.
    """

    old: tuple[str, ...]
    new: str
    since: str
    kind: str  # platform | body | role | document | term | crime | guidance
    change: str
    holds_for: str = ""


@dataclass(frozen=True, slots=True)
class OldName:
    """An old name where a text uses it: span, words, and the rename they fall under."""

    start: int
    end: int
    quote: str
    rename: Rename


@cache
def renames() -> tuple[Rename, ...]:
    """Every change of name in the register."""
    return tuple(
        Rename(tuple(row["old"].split("|")), row["new"], row["since"], row["kind"], row["change"], row["holds_for"])
        for row in read_rows("renames.csv")
    )


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, Rename]]:
    by_name = {name.lower(): rename for rename in renames() for name in rename.old}
    names = sorted({name for rename in renames() for name in rename.old}, key=lambda name: (-len(name), name))
    # An abbreviation is one only in capitals (SKL); other names may start a sentence.
    forms = [re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in names]
    spaced = [form.replace(r"\ ", r"\s+") for form in forms]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spaced)})(?::?s)?(?![\w+-])"), by_name


def find_old_names(text: str, *, on: date | None = None) -> list[OldName]:
    """The names in the text that had changed by a day (any, where no day is given), in order."""
    pattern, by_name = _pattern()
    found = []
    for match in pattern.finditer(text):
        key = " ".join(match[0].lower().split())
        rename = by_name.get(key) or by_name.get(re.sub(r":?s$", "", key))
        if rename and (on is None or first_day(rename.since) <= on):
            found.append(OldName(match.start(), match.end(), match[0], rename))
    return found


def current_name(name: str, *, on: date | None = None) -> str:
    """What a name has become by a day (by now, where none is given); the name itself where it has not changed."""
    _, by_name = _pattern()
    rename = by_name.get(name.lower())
    if rename is None or not rename.new or (on and first_day(rename.since) > on):
        return name
    return rename.new


def first_day(since: str) -> date:
    """The first day of a date that may have only a year or a month."""
    year, month, day = [*(int(part) for part in since.split("-")), 1, 1][:3]
    return date(year, month, day)
