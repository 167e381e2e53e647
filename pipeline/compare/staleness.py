"""What in a text is out of date or another's: old names, another municipality's name, an ended term."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.compare.documents import body_of
from pipeline.compare.history import is_taken_out, names_a_source, names_the_new, sentence_around
from pipeline.compare.notices import notice
from pipeline.compare.passages import Passages
from pipeline.compare.precedence import has_lapsed, written_on
from pipeline.failures import Message
from pipeline.records.comparison import DocumentFindings, Finding
from pipeline.swedish.dates import find_dates

if TYPE_CHECKING:
    from pipeline.swedish.renames import OldName, Rename

OLD_NAME_WEIGHT = {"platform": 0.4, "body": 0.5, "role": 0.3}

OTHERS_WEIGHT = 0.05
"""Weight of an old term that an act changed for others than municipalities: nothing there has to be mended."""

LAPSED_WEIGHT, OVERDUE_WEIGHT = 0.8, 0.7
"""Weight of a document whose term has ended, and of one that its own words wanted revised before now."""

CONTEXT = 60
"""Characters on either side of a name that are shown with it."""

LEAST_RESIDUE = 0.7
"""A name less sure than this may be a place, a person or a word."""

_BECAME = {
    "renamed": Message("heter numera {new}", "is now called {new}"),
    "merged": Message("har gått upp i {new}", "has become part of {new}"),
    "replaced": Message("har ersatts av {new}", "has been replaced by {new}"),
    "closed": Message("har lagts ned; se {new}", "has been closed; see {new}"),
    "gradual": Message("kallas numera oftast {new}", "is now mostly called {new}"),
}
"""By how the name changed."""

_TWO_NAMES = re.compile(r"([^\s-]+) och (\S+)")
"""Two bodies that one became: in a longer name the word between stands as it is ("Sveriges Kommuner och Regioner")."""

_WRITTEN = Message("skrivs numera oftast {new}", "is now mostly written {new}")
"""Of a word that is only older style ("skall"): nothing has changed its name."""

_HOLDS_FOR = {
    "state": (
        "i Riksarkivets föreskrifter (RA-FS 2021:6), som bara gäller statliga myndigheter",
        "in the regulations of Riksarkivet (RA-FS 2021:6), which only hold for state authorities",
    )
}
"""For whom a change of name holds, to stand behind it."""

_REVISED_BY = re.compile(
    r"(?i)\b(?:riktlinje|policy|dokument|rutin|regler|anvisning|plan|handbok|strategi|vägledning)\w*\b[^.;:!?]{0,60}?"
    r"\b(?:ska|skall|bör|måste)\b[^.;:!?]{0,40}?\b(?:revideras|ses\s+över|uppdateras|omprövas|aktualitetsprövas|"
    r"aktualiseras|aktualitetsgranskas|förnyas)\b[^.;:!?]{0,25}?\b(?:senast|före|innan|under)\s+"
    r"|\bnästa\s+(?:revidering|översyn|uppdatering|omprövning|aktualitetsprövning)\s*(?:senast|sker)?[\s:|]*"
    r"|\b(?:revideras|omprövas|aktualitetsprövas)\s+senast[\s:|]*"
)
"""Words before the day by which a document wants to be revised: "ska revideras senast 2024", "Nästa översyn: 2023"."""

_NEAR = 20
"""Characters behind such words within which the day stands."""

_DAY = re.compile(r"(?i)\D{0,15}?\b((?:19|20)\d\d)\b(?!-)")
"""A year alone, as such words often have it; days and months are read as dates."""

_COMPARED = re.compile(
    r"(?i)\b(till exempel|exempelvis|samverkan|tillsammans|inspirer\w*|jämför\w*|källa|efter förebild|liksom)\b"
)


def find_ended_terms(item: DocumentFindings, *, on: datetime.date) -> Iterator[Finding]:
    """The document whose own words ended its term before a day, or wanted it revised before then.

    One that was revised after the date that its text still bears is not overdue. Of both only the ended term is told.
    """
    outline = item.outline
    if outline is None or outline.document.completeness == "proposal":
        return
    if has_lapsed(outline, on):
        until = next(m for m in outline.metadata if m.field == "valid_until")
        yield _point_at(
            item,
            "stale_name",
            (until.start, until.end),
            Message(
                f"Dokumentets giltighetstid gick ut {until.value}. Besluta om nya regler eller förläng tiden.",
                f"The document's term ended on {until.value}. Decide on new rules or prolong the term.",
            ),
            LAPSED_WEIGHT,
        )
        return
    for words in _REVISED_BY.finditer(outline.text):
        due = _day_behind(outline.text, words.end())
        if due is None or last_day(due[0]) >= on or (written_on(outline) or datetime.date.min) > last_day(due[0]):
            continue
        day, end = due
        yield _point_at(
            item,
            "stale_name",
            (words.start(), end),
            Message(
                f"Dokumentet skulle ha reviderats senast {day}, men inget i texten visar att det har gjorts.",
                f"The document was to be revised by {day}, and nothing in the text shows that it was.",
            ),
            OVERDUE_WEIGHT,
        )
        return


def last_day(day: str) -> datetime.date:
    """The last day of a date that may have only a year or a month."""
    year, month, number = [*(int(part) for part in day.split("-")), 0, 0][:3]
    return datetime.date(year, month or 12, number or monthrange(year, month or 12)[1])


def _day_behind(text: str, start: int) -> tuple[str, int] | None:
    """The date or year that stands right behind an offset, with where it ends."""
    behind = text[start : start + 2 * _NEAR]
    date = next((d for d in find_dates(behind) if d.start <= _NEAR), None)
    if date is not None:
        return date.value, start + date.end
    year = _DAY.match(behind)
    return (year[1], start + year.end()) if year else None


def find_stale_names(item: DocumentFindings, *, on: datetime.date) -> Iterator[Finding]:
    """Bodies, roles and platforms that go by another name on the run's date; each name once a document.

    Not one that the text has beside the new name somewhere, nor where it names what a body gave out under that name or
    says that what it had of the name is gone.
    """
    from pipeline.swedish.renames import find_old_names

    if item.outline is None:
        return
    passages = Passages(item.outline)
    named = [(name, *sentence_around(passages, name.start)) for name in find_old_names(item.outline.text, on=on)]
    seen = {name.rename.old[0] for name, sentence, at in named if names_the_new(sentence, name, at)}
    for name, sentence, at in named:
        rename = name.rename
        weight = OLD_NAME_WEIGHT.get(rename.kind, 0.2) * (0.5 if rename.change == "gradual" else 1.0)
        if rename.old[0] in seen or names_a_source(sentence, name, at) or is_taken_out(sentence, name, at):
            continue
        seen.add(rename.old[0])
        if rename.holds_for and item.outline.document.municipality_code:
            yield _point_at(item, "stale_name", (name.start, name.end), _for_others(name), OTHERS_WEIGHT)
            continue
        now_sv, now_en = _what_became(rename)
        yield _point_at(
            item,
            "stale_name",
            (name.start, name.end),
            Message(
                f"”{_as_named(name)}” {now_sv} (sedan {rename.since}).",
                f"“{_as_named(name)}” {now_en} (since {rename.since}).",
            ),
            weight,
        )


def _what_became(rename: Rename) -> tuple[str, str]:
    """What became of what a name stood for, in Swedish and English, to stand behind the name."""
    if not rename.new:
        return "finns inte längre", "no longer exists"
    style = (rename.kind, rename.change) == ("term", "gradual")
    now = _WRITTEN if style else _BECAME.get(rename.change, _BECAME["renamed"])
    two = _TWO_NAMES.fullmatch(rename.new)
    return now.sv.format(new=rename.new), now.en.format(new=" and ".join(two.groups()) if two else rename.new)


def _for_others(name: OldName) -> Message:
    """What to say in a municipality's text of a term that was changed for others."""
    rename = name.rename
    sv, en = _HOLDS_FOR[rename.holds_for]
    return Message(
        f"”{_as_named(name)}” heter sedan {rename.since} {rename.new} {sv}. Kommunen väljer själv sina ord.",
        f"Since {rename.since} “{_as_named(name)}” is {rename.new} {en}. The municipality chooses its own words.",
    )


def _as_named(name: OldName) -> str:
    """The name as the register has it, where the text has another form of it ("E-delegationens")."""
    own = name.quote.lower()
    return next(
        (old for old in sorted(name.rename.old, key=len, reverse=True) if own.startswith(old.lower())), name.quote
    )


def find_copy_residue(item: DocumentFindings) -> Iterator[Finding]:
    """Other municipalities' names in a text, as copied texts keep them; each once a document.

    A name beside words of comparison or co-operation is meant, not left over.
    """
    from pipeline.swedish.municipalities import find_municipalities

    outline = item.outline
    if outline is None or not outline.document.municipality_code:
        return
    seen: set[str] = set()
    for mention in find_municipalities(outline.text):
        foreign = mention.kind == "municipality" and mention.code != outline.document.municipality_code
        around = outline.text[max(0, mention.start - CONTEXT) : mention.end + CONTEXT]
        if not foreign or mention.confidence < LEAST_RESIDUE or mention.code in seen or _COMPARED.search(around):
            continue
        seen.add(mention.code)
        own = outline.document.municipality
        yield _point_at(
            item,
            "copy_residue",
            (mention.start, mention.end),
            Message(
                f"Texten nämner {mention.name} i ett dokument från {own}. Kontrollera om det är kvar från en förlaga.",
                f"The text names {mention.name} in a document from {own}. Check whether it was left from a model text.",
            ),
            0.6,
        )


def _point_at(item: DocumentFindings, kind: str, span: tuple[int, int], said: Message, weight: float) -> Finding:
    """A finding about some characters of a document, with the words around them."""
    text, (start, end) = item.outline.text if item.outline else "", span
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    # Whole words: what is cut by the length of the context is left out.
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    around = text[first:last]
    about = {"document_id": item.source.document_id, "quote": text[start:end], "other_quote": " ".join(around.split())}
    return notice(kind, body_of(item), said=said, weight=weight, **about)
