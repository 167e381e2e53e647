"""A fuzz target (atheris) for the project's own readers: text or a DocumentFailure comes out, nothing else.

    .venv/bin/python -m benchmarks.ingest.fuzz [READER] [libFuzzer options, such as -max_total_time=120]

READER is one of text, html, rtf, mail, docx, odt, zip, layout, any; `any` lets the first byte choose. It begins from
small sound files of each kind (SEEDS), so that it need not find out by itself what one looks like. atheris is none of
the project's requirements: install it beside them (`.venv/bin/pip install atheris`). What it finds lies in the folder
it is run from as crash-...; a crash is mended and kept as a test in tests/ingest/test_hostile.py.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["pipeline.ingest"]):
    from pipeline.failures import DocumentFailure
    from pipeline.ingest import archives, docx, mail, odt, opened_source, read_document, rtf, text, web  # noqa: F401 - their readers load them only when asked
    from pipeline.ingest.assembly import DraftPage, DraftWord, assemble
    from pipeline.ingest.decoding import clean
    from pipeline.ingest.footnotes import mark_footnotes
    from pipeline.ingest.formats import DOCX, HTML, MAIL, MARKDOWN, ODT, PLAIN, RTF, ZIP, media_type
    from pipeline.ingest.furniture import mark_furniture
    from pipeline.ingest.layout import LaidWord, lay_out
    from pipeline.ingest.options import option_lines
    from pipeline.ingest.sources import SourceEntry
    from pipeline.params import IngestSettings, LimitSettings

OWN_KINDS = {PLAIN, MARKDOWN, HTML, RTF, MAIL, DOCX, ODT, ZIP}
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
    described: dict[str, bytes | str] = {"[Content_Types].xml": _CONTENT_TYPES, "_rels/.rels": _RELATIONS}
    _read(_packed({**described, "word/document.xml": body}), "a.docx")


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
        source = Path(folder) / name
        source.write_bytes(data)
        try:
            # What find_sources does in a process of its own: here a crash is to be seen.
            kind, found = archives.look_into((source, SETTINGS.limits))
        except DocumentFailure as failure:
            _ = failure.message
            return
        own = [] if kind == ZIP else [SourceEntry(name, source)]
        for entry in [*own, *(SourceEntry(f"{name}/{m.shown}", source, m.chain, failure=m.failure) for m in found)]:
            assert ".." not in Path(entry.file_name).parts, "a name that leads out of its folder"
            try:
                with opened_source(entry) as path:
                    # Pictures and PDFs go to libraries that are not ours, and to Tesseract.
                    if media_type(path, name=entry.file_name) in OWN_KINDS:
                        read_document(path, file_name=entry.file_name, settings=SETTINGS)
            except DocumentFailure as failure:
                _ = failure.message


def read_layout(data: bytes) -> None:
    """A page of words anywhere and of any size: what a PDF may say of its text layer, without PDFium's own work."""
    words = []
    for at in range(0, len(data) - 6, 7):
        x, y, wide, high, size, letter, bold = data[at : at + 7]
        text = clean("".join(chr(32 + (letter + n) % 220) for n in range(1 + wide // 40)))
        text = "".join("x" if c.isspace() else c for c in text)
        box = DraftWord(text, 2.3 * x, 3.3 * y, 2.3 * x + wide / 4, 3.3 * y + high / 8)
        words.append(LaidWord(box, 3.3 * y + high / 9, size / 8, bold > 128))
    page = DraftPage(tuple(option_lines(lay_out(words, origin="text"))), 595.0, 842.0)
    pages = mark_footnotes(mark_furniture([page, page]))
    content = assemble(pages, document_id="d")
    assert len(content.words) == 2 * len(words), "a word is lost"
    for line in content.lines:
        assert "\n" not in content.text[line.start : line.end], "a line with a line break in it"


READERS: dict[str, Callable[[bytes], None]] = {
    "text": read_text, "html": read_html, "rtf": read_rtf, "mail": read_mail, "docx": read_docx, "odt": read_odt,
    "zip": read_zip, "layout": read_layout,
}  # fmt: skip

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SEEDS: dict[str, tuple[bytes, ...]] = {
    "text": (
        "# Rubrik\n\n1. Nämnden ska svara.\n\f- Punkt\r\n".encode(), "å § 5".encode("cp850"), "åäö".encode("utf-16"),
    ),
    "html": (
        b"<head><meta charset=utf-8></head><body><nav>x</nav><main><h1>R</h1><ul><li>a<ol start=3><li>b</ol></ul>"
        b"<table><tr><th>A<th>B<tr><td>1<td><a href='x'>2</a></table><a href=y><h2>z</h2></a>"
        b"<input type=checkbox checked><pre>a\n b</pre><p style='display:none'>c<br>d</p></main></body>",
    ),
    "rtf": (
        rb"\ansi\ansicpg1252{\fonttbl{\f0 A;}}\pard a\'e5 \u228?b\par\trowd\intbl x\cell y\cell\row"
        rb"{\*\x z}{\v h}\uc2\bullet}",
    ),
    "mail": (
        b"Subject: =?utf-8?q?=C3=A5?=\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n"
        b"Content-Type: text/html; charset=iso-8859-1\r\n\r\n<p>a</p>\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n"
        b'From: b@c\r\n\r\nx\r\n--q\r\nContent-Disposition: attachment; filename="../x.txt"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\nYQ==\r\n--q--",
    ),
    "docx": (
        b'<w:p><w:pPr><w:pStyle w:val="H1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>'
        b'<w:rPr><w:b/><w:sz w:val="24"/></w:rPr><w:t>a</w:t><w:tab/><w:br/><w:sym w:font="Wingdings" w:char="F0FE"/>'
        b"</w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del></w:p><w:tbl>"
        b"<w:tr><w:tc><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r>'
        b'<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>e</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        b'<w:fldSimple w:instr="HYPERLINK &quot;y&quot;"><w:r><w:t>f</w:t></w:r></w:fldSimple></w:p>',
    ),
    "odt": (
        f'<o:c xmlns:o="{_ODF}office:1.0" xmlns:t="{_ODF}text:1.0" xmlns:b="{_ODF}table:1.0"><o:body><o:text>'
        '<t:h t:outline-level="2">a</t:h><t:list><t:list-item><t:p>b<t:s t:c="3"/><t:tab/>c</t:p></t:list-item>'
        "</t:list><b:table><b:table-row><b:table-cell><t:p>d</t:p></b:table-cell><b:table-cell><t:p>e<t:note>"
        "<t:note-body><t:p>f</t:p></t:note-body></t:note></t:p></b:table-cell></b:table-row></b:table></o:text>"
        "</o:body></o:c>".encode(),
    ),
    "zip": (_packed({"a.txt": "text", "b/../c.txt": "text 2", "d.zip": _packed({"e.txt": "text 3"})})[4:],),
    "layout": (bytes((n * 37 + n // 7) % 256 for n in range(700)), bytes(range(256))),
}  # fmt: skip
"""Small sound files of each kind, as its reader takes them."""


def read_any(data: bytes) -> None:
    """The reader that the first byte chooses."""
    if data:
        list(READERS.values())[data[0] % len(READERS)](data[1:])


def main() -> None:
    """Run the fuzzer until it finds something or its time is over."""
    chosen: Any = {**READERS, "any": read_any}
    name = sys.argv.pop(1) if len(sys.argv) > 1 and sys.argv[1] in chosen else "any"
    seeds = tempfile.mkdtemp(prefix="jamka-fuzz-")
    for number, seed in enumerate(SEEDS.get(name, ())):
        (Path(seeds) / str(number)).write_bytes(seed)
    atheris.Setup([*sys.argv, seeds], chosen[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
