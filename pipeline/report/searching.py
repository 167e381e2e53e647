"""What can be searched in the database: answers, findings, and of each document its requirements, values and units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from pipeline.records.comparison import SAYING, Cell, DocumentFindings, Finding
from pipeline.records.stage import Passage
from pipeline.report.contents import Contents


def passages_of(contents: Contents, found: DocumentFindings) -> Iterator[Passage]:
    """The passages of one document, people masked; its outline must be there."""
    outline = found.outline
    if outline is None:
        raise ValueError(f"{found.source.document_id} has no text to search")
    document, owner = found.source.document_id, outline.document.municipality
    mask, place = contents.mask(document), count()

    def passage(words: str, kind: str, name: str, page: int, start: int, end: int) -> Passage:
        return Passage(document, next(place), words, kind, name, owner, page, start, end)

    for requirement in found.extraction.requirements if found.extraction else ():
        start, end = requirement.start, requirement.end
        words = _joined(mask.quote(start, end), mask.words(requirement.section), mask.words(requirement.actor),
                        mask.words(requirement.action))  # fmt: skip
        yield passage(words, "requirements", requirement.requirement_id, requirement.page, start, end)
    for value in found.extraction.values if found.extraction else ():
        words = _joined(mask.quote(value.start, value.end), mask.words(value.value), value.identifier)
        yield passage(words, "found_values", value.value_id, value.page, value.start, value.end)
    for unit in outline.units:
        words, page = mask.quote(unit.start, unit.end), outline.page_of(unit.start)
        yield passage(words, "texts", str(unit.unit), page, unit.start, unit.end)


def passages_of_answers(cells: Iterable[Cell]) -> Iterator[Passage]:
    """What cells say, as they may be shown."""
    for cell in cells:
        if cell.answer in SAYING:
            words = _joined(cell.label_sv, cell.label_en, cell.value_text, cell.quote)
            yield Passage(cell.document_id, 0, words, "harmonised_requirements",
                          f"{cell.requirement}|{cell.municipality}", cell.municipality, cell.page, cell.start,
                          cell.end)  # fmt: skip


def passages_of_findings(findings: Iterable[Finding]) -> Iterator[Passage]:
    """What findings say, as they may be shown."""
    for one in findings:
        words = _joined(one.message_sv, one.message_en, one.quote, one.other_quote)
        yield Passage(one.document_id, 0, words, "findings", one.kind, one.municipality, None, None, None)


def _joined(*words: str) -> str:
    return "\n".join(dict.fromkeys(w for w in words if w))
