"""One file in, its reading out: which reader, what it may cost, and that there is text at all."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from pipeline.failures import DocumentFailure
from pipeline.ingest import formats
from pipeline.ingest.assembly import Content, DraftPage, assemble
from pipeline.ingest.footnotes import mark_footnotes
from pipeline.ingest.furniture import mark_furniture
from pipeline.ingest.side_by_side import PageDone, Spread, at_once
from pipeline.ingest.tesseract import NotInstalledError
from pipeline.params import IngestSettings
from pipeline.records.reading import FURNITURE, Reading, SourceFile


def read_document(
    path: Path,
    *,
    file_name: str = "",
    document_id: str = "",
    settings: IngestSettings | None = None,
    pages_at_once: int = 0,
    page_done: PageDone | None = None,
) -> Reading:
    """The reading of one document: raw text, pages, lines, words, page images.

    Args:
        path: The file. What it is, is told by its content.
        file_name: What to call it, relative to its source; the file's own name by default.
        document_id: Its id; made of its bytes by default.
        settings: How to read, and the limits; the defaults of params.yaml if left out.
        pages_at_once: How many pages Tesseract reads at a time, a process with one thread for each; 0 for one in a
            worker process of a run and one for each core elsewhere.
        page_done: Called after each page of a PDF or image with how many are read and how many there are.

    Raises:
        DocumentFailure: When it cannot be read; the code says why.
    """
    settings = settings or IngestSettings()
    try:
        size = path.stat().st_size
        if size == 0:
            raise DocumentFailure("empty")
        if size > settings.limits.bytes:
            raise DocumentFailure("too_large", size=size, limit=settings.limits.bytes)
        sha256 = hash_file(path)
        kind = formats.media_type(path, name=file_name)
        document_id = document_id or make_id(sha256)
        spread = Spread(at_once(pages_at_once, megabytes=settings.limits.megabytes), page_done)
        content = _read(path, kind, document_id=document_id, settings=settings, spread=spread)
    except NotInstalledError as e:
        raise e.failure from e
    except PermissionError as e:
        raise DocumentFailure("unreadable") from e
    except IsADirectoryError as e:
        raise DocumentFailure("not_a_file", kind="en mapp") from e
    except (RecursionError, MemoryError) as e:
        raise DocumentFailure("malformed", kind=kind) from e
    sources = {page.source for page in content.pages if page.start < page.end}
    source = SourceFile(
        document_id=document_id, file_name=unicodedata.normalize("NFC", file_name or path.name), sha256=sha256,
        duplicate_of="", media_type=kind, pages=len(content.pages),
        text_source="mixed" if len(sources) > 1 else next(iter(sources), ""), status="ok", message="", message_en="",
    )  # fmt: skip
    return Reading(source, content.text, content.pages, content.lines, content.words, content.images, content.links)


def make_id(sha256: str) -> str:
    """A document's id, made of its bytes: the same file has the same id in every run."""
    return f"d{sha256[:12]}"


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path, kind: str, *, document_id: str, settings: IngestSettings, spread: Spread) -> Content:
    """The content by the reader for its kind.

    Raises:
        DocumentFailure: What the reader raises, or `no_text`.
    """
    if kind in {formats.PLAIN, formats.MARKDOWN}:
        from pipeline.ingest.text import read_text

        content = read_text(path.read_bytes(), document_id=document_id)
        if not any(c.isalnum() for c in content.text):
            raise DocumentFailure("no_text")
        return content
    pages = _pages(path, kind, settings=settings, spread=spread)
    _check_text(pages)
    return assemble(pages, document_id=document_id)


def _pages(path: Path, kind: str, *, settings: IngestSettings, spread: Spread) -> list[DraftPage]:
    if kind == formats.PDF:
        from pipeline.ingest.pdf import read_pdf

        pages = read_pdf(path, settings=settings, at_once=spread.at_once, done=spread.done)
        return mark_footnotes(mark_furniture(pages))
    if kind in formats.IMAGES:
        from pipeline.ingest.images import read_image

        return mark_furniture(read_image(path, settings=settings, at_once=spread.at_once, done=spread.done))
    if kind == formats.HEIC:
        from pipeline.ingest.images import read_heic

        return mark_furniture(read_heic(path, settings=settings, at_once=spread.at_once, done=spread.done))
    if kind == formats.DOCX:
        from pipeline.ingest.docx import read_docx

        return read_docx(path)
    if kind == formats.DOC:
        from pipeline.ingest.old_word import read_doc

        return read_doc(path, seconds=settings.limits.seconds_per_page)
    if kind == formats.HTML:
        from pipeline.ingest.web import read_html

        return read_html(path.read_bytes())
    if kind == formats.ODT:
        from pipeline.ingest.odt import read_odt

        return read_odt(path)
    if kind == formats.RTF:
        from pipeline.ingest.rtf import read_rtf

        return read_rtf(path.read_bytes())
    if kind == formats.MAIL:
        from pipeline.ingest.mail import read_mail

        return read_mail(path.read_bytes())
    if kind == formats.ENCRYPTED_OFFICE:
        raise DocumentFailure("encrypted")
    if kind == formats.ZIP:
        raise DocumentFailure("malformed", kind="zip")
    raise DocumentFailure("unsupported", kind=formats.UNREADABLE_KINDS.get(kind, kind))


def _check_text(pages: Sequence[DraftPage]) -> None:
    """Whether anything was read.

    Raises:
        DocumentFailure: Why the pages could not be read where one says so, else `no_text`.
    """
    said = (line.text for page in pages for line in page.lines if line.role not in FURNITURE)
    if any(c.isalnum() for text in said for c in text):
        return
    failure = next((page.failure for page in pages if page.failure is not None), None)
    raise failure or DocumentFailure("no_text")
