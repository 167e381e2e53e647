"""What a file is, by its first bytes and, for archives, by what lies in it: never by its name alone."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from pathlib import Path

PDF, DOCX, HTML, PLAIN, MARKDOWN = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/html",
    "text/plain",
    "text/markdown",
)
IMAGES = ("image/png", "image/jpeg", "image/tiff", "image/webp")
HEIC = "image/heic"
ODT, RTF, MAIL = "application/vnd.oasis.opendocument.text", "application/rtf", "message/rfc822"
ZIP, DOC = "application/zip", "application/msword"
ENCRYPTED_OFFICE = "application/vnd.ms-office.encrypted"

BROKEN_ZIP = (
    zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, zlib.error, lzma.LZMAError,
)  # fmt: skip
"""What zipfile raises for an archive that is damaged; one that wants a password is a RuntimeError."""

UNREADABLE_KINDS = {
    "application/vnd.ms-office": "Excel, PowerPoint eller annan äldre Office-fil",
    "application/vnd.openxmlformats-officedocument": "Excel eller PowerPoint",
    "application/postscript": "PostScript",
    "application/gzip": "gzip-arkiv",
    "application/x-7z-compressed": "7z-arkiv",
    "application/vnd.rar": "RAR-arkiv",
    "application/x-executable": "program",
    "image/gif": "GIF-bild",
    "image/bmp": "BMP-bild",
    "image/avif": "AVIF-bild",
    "image/svg+xml": "SVG-bild",
    "application/json": "JSON-data",
    "audio/video": "ljud eller film",
}
"""Kinds that are recognised so that the message can name them."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", RTF),
    (b"%!PS", "application/postscript"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-executable"),
    (b"ID3", "audio/video"),
    (b"OggS", "audio/video"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    # A comment once read is not read again longer: of many without a page behind them there is no end of ways.
    rb"^\s*+(?:<\?xml[^>]*\?>\s*+)?(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(rb"<(?:p|div|h[1-6]|ul|ol|li|table|span|a|br|main|article|section)\b[^>]*>", re.IGNORECASE)
_MAIL = re.compile(
    rb"^(?:Return-Path|Received|From|MIME-Version|Message-ID|Date|Subject|To|X-[\w-]+):[ \t]", re.IGNORECASE
)


def media_type(path: Path, *, name: str = "") -> str:
    """The media type of a file by its content; `name` settles only what is text either way.

    Raises:
        OSError: When the file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(path)
    if head.startswith(_OLE):
        return _old_office(path)
    return _by_magic(head) or _of_text(head, Path(name or path.name).suffix.lower())


def kind_of_bytes(data: bytes) -> str:
    """The media type of what another document carries, by its first bytes alone; archives are not looked into."""
    head = data[:4096]
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    return _by_magic(head) or (MAIL if _MAIL.match(head) else _of_text(head, ".html"))


def _by_magic(head: bytes) -> str:
    """The kind by a file's first bytes, empty where they are none that is known."""
    if head[:4] == b"RIFF":
        return "image/webp" if head[8:12] == b"WEBP" else "audio/video"
    if head[4:8] == b"ftyp":
        return HEIC if head[8:11] in {b"hei", b"hev", b"mif", b"msf"} else _other_ftyp(head)
    for magic, kind in _MAGIC:
        # Two letters alone may begin a text: "BMI" is no bitmap.
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in head[:64]):
            return kind
    return ""


def _other_ftyp(head: bytes) -> str:
    return "image/avif" if head[8:11] == b"avi" else "audio/video"


def _of_text(head: bytes, suffix: str) -> str:
    plain = head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _HTML.match(plain) or (suffix in {".html", ".htm", ".xhtml"} and _TAGS.search(plain)):
        return HTML
    if plain.lstrip().startswith(b"<svg"):
        return "image/svg+xml"
    if suffix in {".json", ".geojson", ".jsonl"} and plain.lstrip()[:1] in {b"{", b"["}:
        return "application/json"
    if suffix in {".eml", ".mht", ".mhtml"} and _MAIL.match(plain):
        return MAIL
    return MARKDOWN if suffix in {".md", ".markdown"} else PLAIN


def _archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            kind = b""
            if "mimetype" in names:
                with archive.open("mimetype") as said:
                    kind = said.read(100)
    except (*BROKEN_ZIP, RuntimeError):
        return ZIP
    if "word/document.xml" in names:
        return DOCX
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return ODT
    if "[Content_Types].xml" in names:
        main = any(n.startswith("word/document") and n.endswith(".xml") for n in names)
        return DOCX if main else "application/vnd.openxmlformats-officedocument"
    return ZIP


def _old_office(path: Path) -> str:
    """Old Office files and encrypted new ones share a container; the names of its streams tell which."""
    with path.open("rb") as file:
        content = file.read(4_000_000)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return ENCRYPTED_OFFICE
    return DOC if "WordDocument".encode("utf-16-le") in content else "application/vnd.ms-office"
