"""Citations of acts, with what had become of the act when the document was adopted and on the run's date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.compare.documents import body_of
from pipeline.compare.precedence import written_on
from pipeline.records.comparison import DocumentFindings, LegalReference
from pipeline.records.requirement import Value


def state_references(findings: Iterable[DocumentFindings], *, on: datetime.date) -> tuple[LegalReference, ...]:
    """One row for every citation in every document, sorted by document and place."""
    return sort_references(row for item in findings for row in _state_document(item, on))


def sort_references(rows: Iterable[LegalReference]) -> tuple[LegalReference, ...]:
    """Citations by document and place."""
    return tuple(sorted(rows, key=lambda row: (row.document_id, row.start, row.end, row.value_id)))


def _state_document(item: DocumentFindings, on: datetime.date) -> Iterator[LegalReference]:
    if item.extraction is None:
        return
    adopted = written_on(item.outline)
    for value in item.extraction.values:
        if value.kind == "legal_reference":
            yield _state(value, body_of(item), adopted, on)


def _state(value: Value, municipality: str, adopted: datetime.date | None, on: datetime.date) -> LegalReference:
    from pipeline.swedish.law_status import law_status, section_notes

    status, section = law_status(value.identifier, on), _section(value.quote)
    # What has become of the very sections before what there is to know of the act.
    of_sections = section_notes(value.identifier, section, on, written=adopted)
    then = law_status(value.identifier, adopted).status if adopted is not None else "unknown"
    return LegalReference(
        value_id=value.value_id,
        document_id=value.document_id,
        municipality=municipality,
        page=value.page,
        start=value.start,
        end=value.end,
        quote=value.quote,
        norm=value.value,
        identifier=value.identifier,
        section=section,
        status_when_adopted=then,
        status_on_date=status.status,
        repealed_on=status.repealed_on,
        repealed_by=status.repealed_by,
        use_instead=status.use_instead,
        note=" ".join(filter(None, (*(note.sv for note in of_sections), status.note_sv))),
        confidence=value.confidence,
    )


@lru_cache(maxsize=4096)
def _section(quote: str) -> str:
    """Chapter, section and paragraph that the words of a citation name; the same words come again in many texts."""
    from pipeline.swedish.laws import find_references

    return "|".join(dict.fromkeys(mention.section for mention in find_references(quote) if mention.section))
