"""Which of a municipality's documents are in force: in force before proposed, superseding before superseded."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.codebooks.cues import split_words
from pipeline.compare.words import says
from pipeline.records.comparison import DocumentFindings
from pipeline.records.outline import Outline

IN_FORCE, SUPERSEDED, EXPIRED, PROPOSED = "in_force", "superseded", "expired", "proposed"

TITLE_OVERLAP = 0.6
"""Share of title words from which on two documents of the same kind are versions of each other."""

KIND_STEM = 5
"""Letters by which a kind of document is known in all its forms: riktlinje, riktlinjerna."""

_ADDS = re.compile(
    r"(?i)\b(?:kompletterar|(?:en )?komplettering (?:av|till)|kompletterande till|(?:ett )?tillägg till)\b"
    r"([^.;:!?]{3,120})"
)
_ADDING_STEMS = ("komplett", "tillägg till")
"""What a text holds that says so; a look for these takes a tenth of the time of the search."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def judge_standings(items: Sequence[DocumentFindings], *, on: datetime.date) -> dict[str, str]:
    """The standing of each of one municipality's documents by document_id.

    A document is superseded when another in force says that it replaces it, or is a later version of it by title,
    kind and date. A board's own rules are no version of those for the whole municipality, nor is what says that it
    adds to rules of its kind: both are in force. One past its end of validity is expired only where another is in
    force: a municipality that lets its rules lapse on paper still goes by them, beside others by what only they say.
    """
    outlines = {item.source.document_id: item.outline for item in items if item.outline is not None}
    standings = {
        key: PROPOSED if outline.document.completeness == "proposal" else IN_FORCE for key, outline in outlines.items()
    }
    in_force = {key: _Version.of(outlines[key]) for key in sorted(standings) if standings[key] == IN_FORCE}
    for key, version in in_force.items():
        if any(_replaces(other, version) for name, other in in_force.items() if name != key):
            standings[key] = SUPERSEDED
    _expire(standings, outlines, on)
    return standings


def written_on(outline: Outline | None) -> datetime.date | None:
    """The day a document's wording is from; None where it was never read or does not say."""
    return outline.written_on() if outline is not None else None


def part_of(outline: Outline) -> frozenset[str]:
    """The words of a document's title that name the part of the organisation that it is for; none where it is for all.

    Where the title names none but a board adopted it for its own, the words for the board.
    """
    title, adopted_by = (
        frozenset(word for word in split_words(outline.value_of(name)) if says("parts_of_organisation", word))
        for name in ("title", "adopted_by")
    )
    return title if title or says("central_bodies", outline.value_of("adopted_by")) else adopted_by


def has_lapsed(outline: Outline, on: datetime.date) -> bool:
    """Whether a document's own words ended its term before a day."""
    until = outline.value_of("valid_until")
    return _ISO_DATE.fullmatch(until) is not None and until < on.isoformat()


def _expire(standings: dict[str, str], outlines: dict[str, Outline], on: datetime.date) -> None:
    lapsed = [key for key, standing in standings.items() if standing == IN_FORCE and has_lapsed(outlines[key], on)]
    if sum(standing == IN_FORCE for standing in standings.values()) > len(lapsed):
        standings.update(dict.fromkeys(lapsed, EXPIRED))


@dataclass(frozen=True, slots=True)
class _Version:
    """What tells which of two documents replaces the other, looked up once: the documents are compared in pairs."""

    replaces: str
    """What it says that it replaces, in small letters."""
    kind: str
    written: datetime.date | None
    title: frozenset[str]
    subject: frozenset[str]
    """The title's words less those for the kind of document, for whose it is and for what hardly tells it apart."""
    number: str
    dates: frozenset[str]
    part: frozenset[str]
    adds_to: str

    @classmethod
    def of(cls, outline: Outline) -> _Version:
        """A document's."""
        title = split_words(outline.value_of("title"))
        dates = {outline.value_of(name) for name in ("adopted_date", "revised_date", "document_date")} - {""}
        return cls(
            outline.value_of("supersedes").casefold(), outline.value_of("document_type"), written_on(outline),
            frozenset(title), frozenset(_subject_of(title, outline.document.municipality)),
            outline.value_of("diary_number").casefold(), frozenset(dates), part_of(outline), _adds_to(outline.text),
        )  # fmt: skip

    def is_of_year_in(self, words: str) -> bool:
        """Whether it is of a year that some words name; they may name none, and it may bear no date."""
        years = _YEAR.findall(words)
        return not years or not self.dates or any(date[:4] in years for date in self.dates)


def _subject_of(title: Sequence[str], municipality: str) -> Iterator[str]:
    whose = municipality.casefold().split()
    for word in title:
        if not says("title_filler", word) and not any(word.removesuffix("s") == name for name in whose):
            yield word


def _adds_to(text: str) -> str:
    """What a document says that it adds to: the words behind the first that say so, in small letters."""
    low = text.lower()
    found = _ADDS.search(text) if any(stem in low for stem in _ADDING_STEMS) else None
    return " ".join(found[1].casefold().split()) if found else ""


def _replaces(newer: _Version, older: _Version) -> bool:
    later = newer.written is not None and older.written is not None and newer.written > older.written
    if newer.replaces and _names(newer.replaces, older) and (later or not _names(newer.replaces, newer)):
        return True
    if newer.kind != older.kind or not later or not _same_scope(newer, older):
        return False
    return _same_title(newer, older) or _tells_of_kind(newer.replaces, older)


def _tells_of_kind(replaced: str, older: _Version) -> bool:
    """Whether what is replaced has no title but a kind, and no year but the older one's: "tidigare riktlinjer"."""
    if not replaced or not older.kind or older.kind[:KIND_STEM] not in replaced or older.written is None:
        return False
    named = [w for w in split_words(replaced) if not says("title_filler", w) and not w.isdigit()]
    return set(named) <= older.subject and older.is_of_year_in(replaced)


def _same_scope(newer: _Version, older: _Version) -> bool:
    """Whether both are for the same part of the organisation, as far as titles and adopting bodies tell."""
    if newer.part != older.part:
        return False
    return not (older.kind and older.kind[:KIND_STEM] in newer.adds_to)


def _names(replaced: str, version: _Version) -> bool:
    """Whether the words that say what is replaced name a document by number, or by title and date."""
    if version.number and version.number in replaced:
        return True
    dated = not _ISO_DATE.search(replaced) or any(date in replaced for date in version.dates)
    title = version.title
    return (
        dated
        and version.is_of_year_in(replaced)
        and bool(title)
        and len(title & set(split_words(replaced))) / len(title) >= TITLE_OVERLAP
    )


def _same_title(one: _Version, other: _Version) -> bool:
    """Whether two titles name one subject; where a title is nothing but its kind, whether they have the same words."""
    first, second = (one.subject, other.subject) if one.subject and other.subject else (one.title, other.title)
    return bool(first and second) and len(first & second) / len(first | second) >= TITLE_OVERLAP


def first_standing(standings: Iterable[str]) -> str:
    """The best standing among some, empty where there is none."""
    order = (IN_FORCE, EXPIRED, SUPERSEDED, PROPOSED)
    return min(standings, key=order.index, default="")
