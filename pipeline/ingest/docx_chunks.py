"""What a Word file carries in other formats: documents that a system has put in for Word to take over."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine
from pipeline.ingest.decoding import clean, decode


def chunk_lines(data: bytes, read_word: Callable[[bytes], list[DraftLine]]) -> list[DraftLine]:
    """The lines of a document that a Word file carries: Word, rich text, web page (as one file or as MHT), plain text.

    Raises:
        DocumentFailure: What its reader raises.
    """
    from pipeline.ingest import formats
    from pipeline.ingest.mail import read_mail
    from pipeline.ingest.rtf import read_rtf
    from pipeline.ingest.web import read_html

    kind = formats.kind_of_bytes(data)
    if kind == formats.ZIP:
        return read_word(data)
    if kind == formats.HTML:
        pages = read_html(data)
    elif kind == formats.RTF:
        pages = read_rtf(data)
    elif kind == formats.MAIL:
        pages = read_mail(data)
    elif kind == formats.PLAIN:
        return [DraftLine(clean(text), gap=True, origin="docx") for text in decode(data).split("\n") if text.strip()]
    else:
        raise DocumentFailure("unsupported", kind=kind)
    return [line for page in pages for line in page.lines if line.role == "body"]
