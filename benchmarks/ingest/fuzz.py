"""A fuzz target (atheris) for the project's own readers: text or a DocumentFailure comes out, nothing else.

    python -m benchmarks.ingest.fuzz [READER] [libFuzzer options, such as -max_total_time=120]

READER is one of text, html, rtf, mail, docx, odt, zip, any; `any` lets the first byte choose. atheris is not among the
project's dependencies: install it beside them (`pip install atheris`).
"""

from __future__ import annotations

import importlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipeline.failures import DocumentFailure
from pipeline.ingest import find_sources, opened_source, read_document
from pipeline.params import IngestSettings, LimitSettings

SETTINGS = IngestSettings(limits=LimitSettings(bytes=2_000_000))

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTENT_TYPES = "<Types/>"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def _read(data: bytes, name: str) -> None:
    """Read bytes as a file of that name and look whether what comes out holds together."""
    with tempfile.TemporaryDirectory(prefix="jamka-fuzz-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            reading = read_document(path, settings=SETTINGS)
        except DocumentFailure as failure:
            _ = failure.message
            return
    assert "\x00" not in reading.text
    for line in reading.lines:
        assert "\n" not in reading.text[line.start : line.end], "a line with a line break in it"
    for word in reading.words:
        assert 0 <= word.start < word.end <= len(reading.text), "a word outside the text"


def _packed(parts: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def read_text(data: bytes) -> None:
    """A text file."""
    _read(data, "a.txt")


def read_html(data: bytes) -> None:
    """A web page."""
    _read(b"<html>" + data, "a.html")


def read_rtf(data: bytes) -> None:
    """A rich text file."""
    _read(b"{\\rtf1" + data, "a.rtf")


def read_docx(data: bytes) -> None:
    """A Word file with such a body."""
    body = f'<w:document xmlns:w="{_W}"><w:body>'.encode() + data + b"</w:body></w:document>"
    parts = {"[Content_Types].xml": _CONTENT_TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": body}
    _read(_packed(parts), "a.docx")


def read_odt(data: bytes) -> None:
    """An OpenDocument text with such content."""
    _read(_packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": data}), "a.odt")


def read_mail(data: bytes) -> None:
    """An e-mail, with whatever is attached to it."""
    _sources(b"From: a@example.se\r\n" + data, "a.eml")


def read_zip(data: bytes) -> None:
    """An archive, with whatever lies in it."""
    _sources(b"PK\x03\x04" + data, "a.zip")


def _sources(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory(prefix="jamka-fuzz-") as folder:
        (Path(folder) / name).write_bytes(data)
        for entry in find_sources([Path(folder)], limits=SETTINGS.limits):
            assert ".." not in Path(entry.file_name).parts, "a name that leads out of its folder"
            try:
                with opened_source(entry) as path:
                    kind = path.read_bytes()[:4]
                    # Pictures and PDFs go to libraries that are not ours, and to Tesseract.
                    if kind[:2] in {b"PK", b"Fr"} or kind.isascii():
                        read_document(path, file_name=entry.file_name, settings=SETTINGS)
            except DocumentFailure as failure:
                _ = failure.message


READERS: dict[str, Callable[[bytes], None]] = {
    "text": read_text, "html": read_html, "rtf": read_rtf, "mail": read_mail, "docx": read_docx, "odt": read_odt,
    "zip": read_zip,
}  # fmt: skip


def read_any(data: bytes) -> None:
    """The reader that the first byte chooses."""
    if data:
        list(READERS.values())[data[0] % len(READERS)](data[1:])


def main() -> None:
    """Run the fuzzer until it finds something or its time is over."""
    import atheris

    chosen: Any = {**READERS, "any": read_any}
    name = sys.argv.pop(1) if len(sys.argv) > 1 and sys.argv[1] in chosen else "any"
    with atheris.instrument_imports(include=["pipeline.ingest"]):
        for module in ("decoding", "text", "web_regions", "web", "rtf", "docx", "docx_runs", "odt", "mail"):
            sys.modules.pop(f"pipeline.ingest.{module}", None)
            importlib.import_module(f"pipeline.ingest.{module}")
    atheris.Setup(sys.argv, chosen[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
