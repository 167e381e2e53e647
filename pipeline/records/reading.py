"""What ingest reads from one file: pages of lines of words, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.records.column import column

LINE_ROLES = (
    "body", "header", "footer", "page_number", "stamp", "navigation", "footnote", "annotation",
)  # fmt: skip
"""What a line is on its page; all but body and footnote are furniture and stay out of the reading text."""

LINE_STYLES = ("plain", "heading", "list_item", "table_row", "check_box")
"""What the source format itself says of a line (HTML tag, Word style, font), not what the words suggest."""

FURNITURE = ("header", "footer", "page_number", "stamp", "navigation", "annotation")
"""The roles that are left out of the reading text and listed in furniture.csv."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the input, read or not: the row every later stage hangs on."""

    KEY: ClassVar[tuple[str, ...]] = ("file_name", "document_id")

    document_id: str = column("Id made of the file's bytes and, for same bytes, its name")
    file_name: str = column("Path relative to its source folder; members of an archive as a.zip/b.txt")
    sha256: str = column("SHA-256 of the file's bytes, hexadecimal; empty where it could not be read")
    duplicate_of: str = column("document_id of the first file with the same bytes, else empty")
    media_type: str = column("Media type by content, such as application/pdf")
    pages: int = column("Number of pages; 1 for formats without pages")
    text_source: str = column("Where the text came from", values=("text", "ocr", "mixed", ""))
    status: str = column("ok, or quarantined with a message", values=("ok", "quarantined"))
    message: str = column("What is wrong and what to do, in Swedish; when ok empty, or which files say nearly the same")
    message_en: str = column("The same in English")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a reading."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "page")

    document_id: str = column("The document")
    page: int = column("Page number, from 1")
    start: int = column("Offset in the raw text where the page begins")
    end: int = column("Offset in the raw text where the page ends, exclusive")
    width: float = column("Width in points; 0 for formats without pages")
    height: float = column("Height in points; 0 for formats without pages")
    source: str = column("Where this page's text came from", values=("text", "ocr"))
    confidence: float = column("How much the reading is to be trusted, 0 to 1")
    choice: str = column("Which readings were tried and why this one was kept")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reading, as a span of the raw text."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "start")

    document_id: str = column("The document")
    page: int = column("Page number, from 1")
    start: int = column("Offset in the raw text, code points")
    end: int = column("Offset in the raw text, exclusive, without the line break")
    role: str = column("What the line is on its page", values=LINE_ROLES)
    style: str = column("What the source format says of the line", values=LINE_STYLES)
    level: int = column("Heading level or list depth from 1, else 0")
    marker: str = column("List number or bullet that the format itself draws; it begins the line in the raw text")
    x0: float = column("Left edge in points from the page's left; 0 without pages")
    top: float = column("Top edge in points from the page's top; 0 without pages")
    x1: float = column("Right edge in points")
    bottom: float = column("Bottom edge in points")
    size: float = column("Font size in points; 0 where unknown")
    bold: bool = column("Whether most of the line is bold")
    origin: str = column("Which reader gave the line, such as text, ocr or docx")


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its box on the page, as a span of the raw text."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "start")

    document_id: str = column("The document")
    page: int = column("Page number, from 1")
    start: int = column("Offset in the text, code points")
    end: int = column("Offset in the text, exclusive")
    x0: float = column("Left edge in points, origin at the page's top left")
    top: float = column("Top edge in points")
    x1: float = column("Right edge in points")
    bottom: float = column("Bottom edge in points")
    confidence: float = column("The reader's confidence in the word, 0 to 1; 1 for text layers")


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that is on the page and not of the text: running head, page number, stamp."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "page", "raw_start")

    document_id: str = column("The document")
    page: int = column("Page number, from 1")
    kind: str = column("What it is", values=FURNITURE)
    raw_start: int = column("Offset in the raw text, code points")
    raw_end: int = column("Offset in the raw text, exclusive")
    text: str = column("Its own text")


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a document that lead somewhere; the target is data, nothing follows it."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "raw_start", "target")

    document_id: str = column("The document")
    page: int = column("Page number, from 1")
    raw_start: int = column("Offset in the raw text, code points")
    raw_end: int = column("Offset in the raw text, exclusive")
    text: str = column("The words that are the link")
    target: str = column("Where it leads, as the document says; may be anything, and is never opened")


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two documents that may say nearly the same: the scan and the Word file of one, two versions of a guideline."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "other_document_id")

    document_id: str = column("The one")
    other_document_id: str = column("The other; its id comes later in the alphabet")
    similarity: float = column("Share of both texts' nine-letter shingles that both have, 0 to 1")


@dataclass(frozen=True, slots=True)
class PageImage:
    """The page as seen, for the report's evidence view."""

    page: int
    webp: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """All that ingest knows of one document; offsets refer to `text`, the raw text."""

    source: SourceFile
    text: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    words: tuple[Word, ...] = ()
    images: tuple[PageImage, ...] = ()
    links: tuple[Link, ...] = ()
