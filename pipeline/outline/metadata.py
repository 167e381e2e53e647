"""What a document says of itself: labels and values, adoption lines, title and type, each with its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.outline.labelled import said_under_labels
from pipeline.outline.page_heads import said_on_pages, title_on_pages
from pipeline.outline.said import HEAD_UNITS, Said, parts_of
from pipeline.outline.sayings import said_in_lines
from pipeline.outline.titles import find_title, find_type
from pipeline.outline.vocabulary import vocabulary
from pipeline.records.outline import Metadatum, Unit
from pipeline.swedish.dates import find_dates
from pipeline.swedish.municipalities import municipality_in_name, municipality_of

DATED_BY = 0.55
"""Confidence that a date without a word for what it is of is the day of adoption, where a label says who adopted."""

BY_FILE_NAME = 0.4
"""Confidence of a municipality that nothing but the file's name tells of."""

BY_OWN_NAME = 0.6
"""Confidence of a company or federation that names itself, where no municipality is named."""
NAMED_WITHIN = 600
"""Characters at the head of a document in which it does."""

FIRST_OF_ALL = 0.8
"""Confidence from which on an earlier day of adoption makes a later one a revision."""

ALONE = 0.5
"""Confidence of a day that stands alone in a letter's head."""
_DAY_LABEL = re.compile(r"(?i)datum\s+(?=\d)")

DATED = 0.7
"""Confidence from which on a document's date is told by a label that means no other day ("Datum", not "Skapad")."""


def find_metadata(
    document_id: str,
    text: str,
    *,
    units: Sequence[Unit],
    proposal: bool,
    page_of: Callable[[int], int],
    heads: str = "",
    file_name: str = "",
) -> tuple[Metadatum, ...]:
    """The document's metadata, one row a field at most, each with page, span and quote.

    Args:
        document_id: The document.
        text: The reading text the offsets refer to.
        units: Its units.
        proposal: Whether it is a letter that proposes another document; adoption lines then speak of that one.
        page_of: Gives the page of an offset.
        heads: What its pages bear above and below the text: it says what the text does not.
        file_name: Whose document it is where neither says it; as with heads, the row then has an empty span and quote.
    """
    site = [u for u in units if u.kind == "site"]
    units = [u for u in units if u.kind != "site"]
    said = [*_last_changed(text, site), *said_under_labels(text, units)]
    title = find_title(text, units)
    head = units[HEAD_UNITS].start if len(units) > HEAD_UNITS else len(text)
    if title:
        # "Namn" in a table further down names something else.
        said = [s for s in said if s.field != "title" or s.start < head]
        # A labelled title that a table's narrow column cut is the beginning of the one above.
        said = [s for s in said if s.field != "title" or not title.value.startswith(f"{s.value} ")]
        said.append(title)
    around = None if proposal else title_on_pages(heads)
    said += [around] if around else []
    named = max((s for s in said if s.field == "title"), key=lambda s: s.confidence, default=None)
    said += _dated_letter(text, units) if proposal else []
    said += find_type(text, named.value if named else "", units, proposal=proposal)
    kind = max((s for s in said if s.field == "document_type"), key=lambda s: s.confidence, default=None)
    said += said_in_lines(text, units, kind=kind.value if kind else "", proposal=proposal)
    said += _municipality(text, heads, file_name)
    said += _period(title) if title else []
    if not proposal:
        known = {s.field for s in said if s.value}
        said += [s for s in said_on_pages(heads) if s.field not in known]
    best: dict[str, Said] = {}
    if any(s.field == "adopted_by" and s.confidence > DATED_BY for s in said):
        # Who adopted it and a bare "Datum" beside it: that is the day of adoption.
        own = [s for s in said if s.field == "document_date" and s.confidence >= DATED]
        said += [replace(s, field="adopted_date", confidence=DATED_BY) for s in own]
    for item in _without_revisions(said):
        if item.value and (item.field not in best or _weight(item) > _weight(best[item.field])):
            best[item.field] = item
    return tuple(
        Metadatum(
            document_id, s.field, s.value, page_of(s.start), s.start, s.end, text[s.start : s.end], s.confidence
        )
        for s in sorted(best.values(), key=lambda s: s.field)
    )  # fmt: skip


def _without_revisions(said: Sequence[Said]) -> list[Said]:
    """What is said, without days of adoption that are days of a revision too, where an earlier one is told beside them.

    A cover gives the last decision ("Beslutad 2022-06-14"), the list of decisions below it which one came first.
    """
    revised = {s.value for s in said if s.field == "revised_date"}
    adopted = [s for s in said if s.field == "adopted_date" and s.value]
    first = min((s.value for s in adopted if s.confidence >= FIRST_OF_ALL and s.value not in revised), default="")
    return [s for s in said if s.field != "adopted_date" or s.value not in revised or not "" < first < s.value]


def _last_changed(text: str, site: Sequence[Unit]) -> list[Said]:
    """When a web page was last changed, as the site around it says."""
    for unit in site:
        row = text[unit.start : unit.end]
        dates = find_dates(row) if re.search(r"(?i)uppdatera|ändra", row) else []
        if dates:
            at = unit.start + dates[0].start
            return [Said("revised_date", dates[0].value, at, unit.start + dates[0].end, 0.6)]
    return []


def _dated_letter(text: str, units: Sequence[Unit]) -> list[Said]:
    """The day in a letter's head that stands alone or behind "Datum": a part of a line and nothing else."""
    for unit in units[:HEAD_UNITS]:
        for start, end in parts_of(text, unit.start, unit.end):
            label = _DAY_LABEL.match(text, start, end)
            at = label.end() if label else start
            dates = find_dates(text[at:end])
            if dates and dates[0].start == 0 and dates[0].end == end - at:
                return [Said("document_date", dates[0].value, at, end, DATED if label else ALONE)]
    return []


def _period(title: Said) -> list[Said]:
    """Until when a document holds whose title ends in years: "Kommunikationsstrategi 2022-2026"."""
    years = re.search(r"(?:19|20)\d\d\s*[-–]\s*((?:19|20)\d\d)$", title.value)
    return [Said("valid_until", years[1], title.end - len(years[1]), title.end, 0.4)] if years else []


def _weight(said: Said) -> tuple[float, str]:
    """How much a saying counts; of several revisions that are told alike the last."""
    return said.confidence, said.value if said.field == "revised_date" else ""


def _own_name(text: str) -> list[Said]:
    """A company or federation by its name, a line or a part of one at the head of its document."""
    for start, end in parts_of(text, 0, min(len(text), NAMED_WITHIN)):
        if vocabulary().metadata_lines["own_name"].match(text[start:end]):
            return [Said("municipality", text[start:end], start, end, BY_OWN_NAME)]
    return []


def _municipality(text: str, heads: str, file_name: str) -> list[Said]:
    """Whose document it is: by its text and what its pages bear, else by what the file is called."""
    candidates = municipality_of(text, heads=heads)
    as_body = any(c.owns for c in candidates)  # else places are named, as in a company's address
    owned = _own_name(text) if not as_body or vocabulary().metadata_lines["owned_by"].search(text) else []
    if owned and not any(c.owns and c.start < owned[0].start for c in candidates):
        return owned  # "AB Karlskronahem ägs av Karlskrona kommun": the company's document, not its owner's
    named = None if as_body else municipality_in_name(file_name)
    if named is not None:  # a place that a text speaks of says less
        return [Said("municipality", named.name, 0, 0, BY_FILE_NAME)]
    return [Said("municipality", best.name, best.start, best.end, best.score) for best in candidates[:1]]
