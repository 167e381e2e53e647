"""Small documents made on the spot: PDFs, Word files, page images."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytesseract
import pytest
import reportlab
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.tesseract import installed_models
from tests.ingest.fakes import Faker

WORD = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>{}</w:body></w:document>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

PdfMaker = Callable[..., Path]
DocxMaker = Callable[..., Path]
PageMaker = Callable[..., Image.Image]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faker]:
    """Puts a shell script in Tesseract's place."""

    def make(script: str) -> Path:
        path = tmp_path / "tesseract"
        path.write_text(f"#!/bin/sh\n{script}", "utf-8")
        path.chmod(0o755)
        monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(path))
        installed_models.cache_clear()
        return path

    yield make
    installed_models.cache_clear()


@pytest.fixture
def make_pdf(tmp_path: Path) -> PdfMaker:
    """A PDF of pages, each a list of (x, y from the top, size, text) or (x, y, size, text, font)."""

    def make(pages: Sequence[Sequence[tuple[object, ...]]], *, name: str = "a.pdf") -> Path:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfgen.canvas import Canvas

        path = tmp_path / name
        canvas = Canvas(str(path), pagesize=A4, invariant=1)
        for page in pages:
            for x, y, size, text, *font in page:
                canvas.setFont(str(font[0]) if font else "Helvetica", float(str(size)))
                canvas.drawString(float(str(x)), A4[1] - float(str(y)), str(text))
            canvas.showPage()
        canvas.save()
        return path

    return make


@pytest.fixture
def make_docx(tmp_path: Path) -> DocxMaker:
    """A Word file of the XML inside w:body and of further parts by name ("numbering", "styles", "footnotes", ...).

    A part given as bytes stands in the file as it is.
    """

    def make(body: str, *, name: str = "a.docx", **parts: str | bytes) -> Path:
        path = tmp_path / name
        root = WORD.format(body)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("_rels/.rels", _relations({"officeDocument": "word/document.xml"}))
            archive.writestr("word/document.xml", root)
            archive.writestr("word/_rels/document.xml.rels", _relations({kind: f"{kind}.xml" for kind in parts}))
            for kind, xml in parts.items():
                part = xml if isinstance(xml, bytes) else root.replace(f"<w:body>{body}</w:body>", xml)
                archive.writestr(f"word/{kind}.xml", part)
        return path

    return make


def _relations(links: dict[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links.items())
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'
    )


@pytest.fixture
def make_page() -> PageMaker:
    """A page image at 200 dots an inch with lines of text."""

    def make(lines: Sequence[str], *, size: int = 34, width: int = 1654, height: int = 700) -> Image.Image:
        page = Image.new("L", (width, height), 255)
        font = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts/Vera.ttf"), size)
        for n, line in enumerate(lines):
            ImageDraw.Draw(page).text((120, 100 + n * size * 1.5), line, fill=0, font=font)
        return page

    return make
