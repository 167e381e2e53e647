"""Platforms for social media in a text, whatever spelling or compound they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.swedish.datafiles import read_tree

_LISTING = re.compile(
    r"[\s,/()*•\-]*(?:\b(?:och|samt|eller|på)\b)?\s*\(?(?:(?:tidigare|f\.?\s?d\.?|före detta)(?!\w))?\s*"
)
_OLDER = re.compile(r"\s*\((?:tidigare|f\.?\s?d\.?|före detta|fd)\s+(\w+)\)", re.IGNORECASE)
_GAP = 16


@dataclass(frozen=True, slots=True)
class PlatformMention:
    """A platform where a text names it: span (the whole compound), id, name as it is written officially, confidence."""

    start: int
    end: int
    quote: str
    platform_id: str
    name: str
    confidence: float


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, str]], frozenset[str]]:
    rows: list[dict[str, Any]] = read_tree("platforms.yaml")
    loose: list[str] = []
    exact: list[str] = []
    listed: list[str] = []
    owners: dict[str, tuple[str, str]] = {}
    for row in rows:
        owner = (str(row["id"]), str(row["name"]))
        only_exact = row.get("exact", [])
        for form in [row["name"], *row.get("forms", [])]:
            owners[form.lower()] = owner
            if form not in only_exact and form not in row.get("listed", []):
                loose.append(form)
        for form in only_exact:
            owners[form.lower()] = owner
            exact.append(form)
        listed += row.get("listed", [])
    longest = sorted(loose, key=lambda form: (-len(form), form))
    pattern = (
        rf"(?<![\w@./\-])(?:(?P<loose>(?i:{'|'.join(map(_spaced, longest))}))(?:s|[a-zåäö]{{3,}}|-[a-zåäö]+)?"
        rf"|(?P<exact>{'|'.join(map(re.escape, sorted(exact)))})(?:s|-[a-zåäö]+)?"
        rf"|(?P<listed>{'|'.join(map(re.escape, sorted(listed)))})(?:-[a-zåäö]+)?)(?![\w@]|\.(?:com|se|net|org)\b)"
    )
    return re.compile(pattern), owners, frozenset(listed)


def _spaced(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"\s")


def find_platforms(text: str) -> list[PlatformMention]:
    """The platforms the text names, in order; "X (tidigare Twitter)" is one mention, of X."""
    pattern, owners, _ = _pattern()
    matches = list(pattern.finditer(text))
    found: list[PlatformMention] = []
    for place, match in enumerate(matches):
        if found and match.start() < found[-1].end:
            continue
        form = match["loose"] or match["exact"] or match["listed"]
        platform_id, name = owners[" ".join(form.lower().split())]
        end, confidence = match.end(), 0.97 if match["loose"] else 0.9
        older = _OLDER.match(text, end)
        if older and older[1].lower() in owners:
            end = older.end()
        elif match["listed"]:
            if not _is_listed(text, matches, place):
                continue
            confidence = 0.8
        found.append(PlatformMention(match.start(), end, text[match.start() : end], platform_id, name, confidence))
    return found


def _is_listed(text: str, matches: list[re.Match[str]], place: int) -> bool:
    """Whether a form that is also a letter or a word stands in a row with another platform."""
    match = matches[place]
    for neighbour in (matches[place - 1] if place else None, matches[place + 1] if place + 1 < len(matches) else None):
        if neighbour is None or neighbour["listed"]:
            continue
        low, high = sorted([(match.start(), match.end()), (neighbour.start(), neighbour.end())])
        if high[0] - low[1] <= _GAP and _LISTING.fullmatch(text, low[1], high[0]):
            return True
    return False
