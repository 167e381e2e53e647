"""Acts and sections that a text relies on and that no longer hold: each once a document."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from pipeline.compare.history import is_told_as_past
from pipeline.compare.notices import notice
from pipeline.compare.passages import Passages
from pipeline.compare.precedence import written_on
from pipeline.failures import Message
from pipeline.records.comparison import DocumentFindings, Finding, LegalReference
from pipeline.records.outline import Outline
from pipeline.wording import capitalise, full_name, say_act

REPEALED_BEFORE, REPEALED = 0.9, 0.8
"""Weight of an act that was repealed when the document was adopted, and of one that has been since."""

SECTION_WEIGHT = {"repealed": 0.75, "moved": 0.7}
"""Weight of a section that is gone or has another number while its act holds; other changes make no citation wrong."""

FORMER_NAME = 0.5
"""Weight of an act in force under the name of the one that it replaced."""

_WRITTEN = {
    "adopted_date": Message("när dokumentet antogs", "before the document was adopted"),
    "revised_date": Message("när dokumentet senast reviderades", "before the document was last revised"),
    "document_date": Message("när dokumentet skrevs", "before the document was written"),
}
"""By what day shows that an act was repealed before the wording was made."""

_BECAME = {
    "repealed": Message("är upphävd", "is repealed"),
    "moved": Message("har fått ett annat nummer", "has another number now"),
}


def find_stale_laws(
    item: DocumentFindings, references: Iterable[LegalReference], *, on: datetime.date
) -> Iterator[Finding]:
    """Citations of acts that are repealed on the run's date, and of sections that are repealed or moved.

    An act is told once a document, where it is first named, and not where the text itself tells of it as past.
    """
    if item.outline is None or item.source.duplicate_of:
        return
    passages, stale, moved = Passages(item.outline), dict[str, list[LegalReference]](), set[str]()
    for row in references:
        if is_told_as_past(passages, row.start, row.end, on=on):
            continue
        if row.status_on_date == "repealed":
            stale.setdefault(row.identifier, []).append(row)
            continue
        for found in (*_stale_sections(row, written_on(item.outline), on), *_former_name(row)):
            if found.message_sv not in moved:
                moved.add(found.message_sv)
                yield found
    for rows in stale.values():
        yield _stale(rows, item.outline)


def _repealed_before(row: LegalReference, outline: Outline) -> Message | None:
    """Before what of a document an act was repealed, in words; None where it held then, or nobody knows.

    A document that was adopted while the act held, and revised after that, is not said to be adopted too late.
    """
    if row.status_when_adopted != "repealed":
        return None
    fields = ((name, outline.value_of(name)) for name in _WRITTEN)
    return next((_WRITTEN[name] for name, day in fields if day and day >= row.repealed_on), _WRITTEN["document_date"])


def _stale(rows: list[LegalReference], outline: Outline) -> Finding:
    """A repealed act, at its first place."""
    row = rows[0]
    known = _repealed_before(row, outline)
    act = capitalise(say_act(row.identifier) if full_name(row.identifier) else f"{row.norm} ({row.identifier})")
    instead = ", ".join(say_act(number) for number in row.use_instead.split("|") if number)
    instead_sv = f" Skriv i stället {instead}." if instead else ""
    instead_en = f" Write {instead} instead." if instead else ""
    on, many = row.repealed_on, len(rows) > 1
    ended_sv = f"var upphävd redan {known.sv}" if known else f"upphävdes {on}" if on else "är upphävd"
    ended_en = "was repealed" + (f" {known.en}" if known else f" on {on}" if on else "")
    places_sv = f" Lagen nämns på {len(rows)} ställen." if many else ""
    places_en = f" The act is named in {len(rows)} places." if many else ""
    return _told(
        row,
        Message(
            f"{act} {ended_sv}.{instead_sv} {row.note}".strip() + places_sv,
            f"{act} {ended_en}.{instead_en}".strip() + places_en,
        ),
        REPEALED_BEFORE if known else REPEALED,
    )


def _stale_sections(row: LegalReference, written: datetime.date | None, on: datetime.date) -> Iterator[Finding]:
    """The sections of an act in force that a citation names and that are not there any more, in one finding."""
    from pipeline.swedish.law_status import section_notes
    from pipeline.swedish.section_names import tell_section

    notes = [
        (section, note)
        for section in filter(None, row.section.split("|"))
        for note in section_notes(row.identifier, section, on, written=written)
        if note.change in SECTION_WEIGHT
    ]
    if not notes:
        return
    said_sv, said_en = [], []
    for section, note in notes:
        became = _BECAME[note.change]
        said_sv.append(f"{tell_section(section)} {row.norm} {became.sv} (sedan {note.since}). {note.sv}")
        place = capitalise(tell_section(section, "en"))
        said_en.append(f"{place} {row.norm} {became.en} (since {note.since}). {note.en}")
    weight = max(SECTION_WEIGHT[note.change] for _, note in notes)
    yield _told(row, Message(" ".join(said_sv), " ".join(said_en)), weight)


def _former_name(row: LegalReference) -> Iterator[Finding]:
    """An act that is called by the name of the one before it: "sekretesslagen" in a text from 2011."""
    from pipeline.swedish.act_names import former_name, write_acts
    from pipeline.swedish.law_register import starts_on

    name = former_name(row.quote, row.identifier) if row.status_on_date == "in_force" else ""
    if name:
        act, since = write_acts(row.identifier), starts_on(row.identifier)
        said = Message(f"”{name}” heter sedan {since} {act}.", f"Since {since} “{name}” is {act}.")
        yield _told(row, said, FORMER_NAME)


def _told(row: LegalReference, said: Message, weight: float) -> Finding:
    about = {"document_id": row.document_id, "value_id": row.value_id, "quote": row.quote}
    return notice("stale_law", row.municipality, requirement="legal_compliance", said=said, weight=weight, **about)
