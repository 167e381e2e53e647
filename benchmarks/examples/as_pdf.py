"""A text as a born-digital PDF: letterhead, headings, page footer with page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from benchmarks.examples.blocks import Block, spans
from benchmarks.examples.fonts import BODY, BODY_BOLD, BODY_ITALIC

MARGIN = 72


class _Numbered(Canvas):  # type: ignore[misc]
    """A canvas that knows the number of pages when it writes the footers."""

    footer = ""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{**kwargs, "invariant": 1})
        self._pages: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, state in enumerate(self._pages, start=1):
            self.__dict__.update(state)
            self.setFont("Body", 8.5)
            self.drawString(MARGIN, 40, self.footer)
            self.drawRightString(A4[0] - MARGIN, 40, f"{number} ({len(self._pages)})")
            super().showPage()
        super().save()


def write_pdf(blocks: Sequence[Block], path: Path, *, title: str, footer: str) -> None:
    """Write the blocks as a PDF with a text layer; same blocks, same bytes."""
    for name, file in (("Body", BODY), ("BodyBold", BODY_BOLD), ("BodyItalic", BODY_ITALIC)):
        pdfmetrics.registerFont(TTFont(name, str(file)))
    pdfmetrics.registerFontFamily("Body", normal="Body", bold="BodyBold", italic="BodyItalic", boldItalic="BodyBold")
    flow: list[object] = []
    for block in blocks:
        if block.page_break:
            flow.append(PageBreak())
        flow.append(Paragraph("<br/>".join(_markup(line) for line in block.lines), _style(block)))
    document = SimpleDocTemplate(
        str(path), pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=64, bottomMargin=76, title=title,
        author="", lang="sv-SE",
    )  # fmt: skip
    document.build(flow, canvasmaker=type("Numbered", (_Numbered,), {"footer": footer}))


def _style(block: Block) -> ParagraphStyle:
    if block.kind == "heading":
        size = {1: 18, 2: 14, 3: 12}.get(block.level, 11)
        return ParagraphStyle(
            f"heading{block.level}",
            fontName="BodyBold",
            fontSize=size,
            leading=size * 1.2,
            spaceBefore=12,
            spaceAfter=5,
        )
    return ParagraphStyle("body", fontName="Body", fontSize=11, leading=14.5, spaceAfter=8)


def _markup(line: str) -> str:
    tags = {"bold": "b", "italic": "i"}
    return "".join(
        f"<{tags[kind]}>{escape(text)}</{tags[kind]}>" if kind in tags else escape(text) for text, kind in spans(line)
    )
