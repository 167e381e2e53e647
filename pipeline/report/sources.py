"""Which documents a cell's answer is put together of, and what of it each of them says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pipeline.codebooks import HarmonisedRequirement, match_members
from pipeline.records.comparison import Cell, CellEvidence
from pipeline.report.contents import Contents
from pipeline.report.wording import value_in_words
from pipeline.swedish.texts import Texts


@dataclass(frozen=True, slots=True)
class CellSource:
    """One document that carries a cell's answer.

    Attributes:
        document_id: The document.
        title: What it is called, people masked; its file name where it has no title.
        owner: Who answers for it, whom it applies to, or who adopted it; empty where it says none of them.
        values: What of the cell's value its passages say, in normal form; none where that can't be told.
    """

    document_id: str
    title: str
    owner: str
    values: tuple[str, ...]


def cell_sources(contents: Contents, cell: Cell, requirement: HarmonisedRequirement) -> tuple[CellSource, ...]:
    """The documents that an answer is joined from, the leading one first; none where one document answers alone."""
    # Matrix, page and workbook ask for the same cells.
    key = cell.codebook, cell.requirement, cell.municipality, cell.document_id, cell.value
    if key not in contents.sources:
        contents.sources[key] = _find_sources(contents, cell, requirement)
    return contents.sources[key]


def _find_sources(contents: Contents, cell: Cell, requirement: HarmonisedRequirement) -> tuple[CellSource, ...]:
    passages: defaultdict[str, list[CellEvidence]] = defaultdict(list)
    for row in contents.evidence.get((cell.codebook, cell.requirement, cell.municipality), ()):
        if row.relation == "supports":
            passages[row.document_id].append(row)
    if len(passages) < 2:
        return ()
    names = sorted(passages, key=lambda d: (d != cell.document_id, contents.file_name(d), d))
    return tuple(_source(contents, cell, requirement, name, passages[name]) for name in names)


def say_sources(contents: Contents, cell: Cell, requirement: HarmonisedRequirement, texts: Texts) -> str:
    """The documents of an answer in one line each, empty where one document answers alone."""
    return "\n".join(
        (f"{said}: " if (said := source_values(cell, requirement, source, texts)) else "")
        + source.title
        + (f" ({source.owner})" if source.owner else "")
        for source in cell_sources(contents, cell, requirement)
    )


def source_values(cell: Cell, requirement: HarmonisedRequirement, source: CellSource, texts: Texts) -> str:
    """What a document says of the cell's value, in words; empty where that can't be told."""
    if not source.values:
        return ""
    return value_in_words(cell, requirement, texts, of=source.values)


def _source(
    contents: Contents, cell: Cell, requirement: HarmonisedRequirement, name: str, passages: list[CellEvidence]
) -> CellSource:
    words, document = contents.mask(name).words, contents.documents.get(name)
    found = contents.findings.get(name)
    values = found.extraction.values if found and found.extraction else ()
    said: set[str] = set()
    for passage in passages if cell.value else ():
        for value in values:
            if value.value_id == passage.value_id or (passage.start <= value.start and value.end <= passage.end):
                timed = f"{value.value} {value.calendar or value.period}".strip()
                said |= {value.value, value.identifier, value.quote, timed}
        if found and found.outline is not None:
            said |= set(match_members(requirement, found.outline.text[passage.start : passage.end]))
    tokens = tuple(token for token in cell.value.split("|") if token in said)
    if document is None:
        return CellSource(name, name, "", tokens)
    owner = document.responsible or document.applies_to or document.adopted_by
    return CellSource(name, words(document.title) or document.file_name, words(owner), tokens)
