"""What readers of a PDF have put on its pages: text typed over the page, which is seen as text, and comments."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.ingest.assembly import DraftLine
from pipeline.ingest.decoding import clean
from pipeline.ingest.layout import LaidWord
from pipeline.ingest.pdf_boxes import Area, annotations_of, place_on, spread_over, text_of

_NOT_SHOWN = 0x02 | 0x20
"""Flags of what is hidden or shown in print only."""

_COMMENTS = (
    pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE,
    pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_POLYGON,
)  # fmt: skip


def typed_words(page: Any) -> list[LaidWord]:
    """The words that were typed over the page, at their places."""
    return [word for kind, area, text in _notes(page) if kind == pdfium.FPDF_ANNOT_FREETEXT
            for word in spread_over(area, text)]  # fmt: skip


def comment_lines(page: Any) -> list[DraftLine]:
    """The comments on a page, which stand beside its text, a line each."""
    return [
        DraftLine(
            " ".join(text.split()), role="annotation", gap=True, x0=area.x0, top=area.top, x1=area.x1,
            bottom=area.bottom,
        )
        for kind, area, text in _notes(page) if kind in _COMMENTS
    ]  # fmt: skip


def _notes(page: Any) -> Iterator[tuple[int, Area, str]]:
    """Kind, place and text of each note that is shown and says something."""
    for note in annotations_of(page):
        rect = pdfium.FS_RECTF()
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        wanted = kind == pdfium.FPDF_ANNOT_FREETEXT or kind in _COMMENTS
        if wanted and not pdfium.FPDFAnnot_GetFlags(note) & _NOT_SHOWN and pdfium.FPDFAnnot_GetRect(note, rect):
            text = clean(text_of(partial(pdfium.FPDFAnnot_GetStringValue, note, b"Contents")))
            if text.strip():
                yield kind, place_on(page, rect.left, rect.bottom, rect.right, rect.top), text
