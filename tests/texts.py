"""A plain text as the stages before a test's own would hand it on."""

from __future__ import annotations

from pipeline.extract import extract_requirements
from pipeline.outline import outline_document
from pipeline.params import ExtractSettings
from pipeline.records.outline import Outline
from pipeline.records.reading import SourceFile
from pipeline.records.repair import ReadingPage, Repaired
from pipeline.records.requirement import Extraction

RULES = ExtractSettings(trained=False)
"""The rules alone: the models beside them are measured on documents."""


def repaired_of(text: str, *, document_id: str = "d1", page_starts: tuple[int, ...] = (0,)) -> Repaired:
    """A text as repair would give it, without boxes or styles."""
    source = SourceFile(document_id, "a.txt", "", "", "text/plain", 1, "text", "ok", "", "")
    ends = (*page_starts[1:], len(text))
    pages = tuple(
        ReadingPage(document_id, n, a, b, 0.0) for n, (a, b) in enumerate(zip(page_starts, ends, strict=True), 1)
    )
    return Repaired(source, text, pages, (), (), (), (), 0.0)


def outline_of(text: str, *, document_id: str = "d1", page_starts: tuple[int, ...] = (0,)) -> Outline:
    """The outline of a text."""
    return outline_document(repaired_of(text, document_id=document_id, page_starts=page_starts))


def extraction_of(text: str) -> Extraction:
    """What the rules find in a text."""
    return extract_requirements(outline_of(text), settings=RULES)
