"""What Word files of ours share: language, fields, page numbers, and the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001
"""The time that our files bear: not that of their making, which would make each another file."""

HEADING_COLOUR = RGBColor(0x1F, 0x38, 0x64)


def start_document(title: str) -> Any:
    """An empty A4 document in Swedish with our styles."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, "", "sv-SE"
    properties.comments = properties.keywords = properties.last_modified_by = ""
    properties.created = properties.modified = EPOCH
    # Page numbers in the contents are worked out by the program that opens the file.
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin = section.bottom_margin = Cm(2.5)
    _set_styles(document)
    return document


FONT = "Arial"
"""Every office program has it or a font of the same widths, so pages break alike."""

SIZES: dict[str, tuple[float, float, float, float]] = {
    "Normal": (10.5, 14.5, 0, 6),
    "List Bullet": (10.5, 14.5, 0, 2),
    "Title": (24, 30, 0, 10),
    "Subtitle": (13, 18, 0, 4),
    "Heading 1": (16, 20, 18, 6),
    "Heading 2": (11.5, 15, 9, 3),
}
"""Size, line height, space before and after of each style, in points."""


def _set_styles(document: Any) -> None:
    from docx.enum.text import WD_LINE_SPACING

    for name, (size, line, before, after) in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        form = style.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
        form.space_before, form.space_after = Pt(before), Pt(after)
        if name not in ("Normal", "List Bullet"):
            style.font.color.rgb, style.font.italic = HEADING_COLOUR, False
        fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            # A theme font would win over the font that is named.
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for level in ("Heading 1", "Heading 2"):
        document.styles[level].paragraph_format.keep_with_next = True
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), "sv-SE")


def add_table(document: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], *, size: float = 9) -> Any:
    """A table of text with columns of the given widths in centimetres; its first row is in bold on every page."""
    table = document.add_table(rows=len(rows), cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for cells, row, first in zip(table.rows, rows, [True] + [False] * len(rows), strict=False):
        for cell, text, width in zip(cells.cells, row, widths, strict=True):
            cell.text, cell.width = inert(text), Cm(width)
            form = cell.paragraphs[0].paragraph_format
            form.space_after, form.line_spacing = Pt(1), Pt(size * 1.3)
            for run in cell.paragraphs[0].runs:
                run.font.size, run.font.bold = Pt(size), first
    for row in table.rows:
        # A row stays on one page.
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    return table


def add_field(paragraph: Any, instruction: str, shown: str = "") -> None:
    """Add a field such as PAGE to a paragraph, with what is shown until the program works it out."""
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        if kind == "separate":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)
            run = paragraph.add_run()
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "separate" and shown:
            paragraph.add_run(shown)


def add_bookmark(paragraph: Any, number: int, name: str) -> None:
    """Bookmark a paragraph's content, so that the contents list can point to it."""
    for position, tag in ((0, "w:bookmarkStart"), (None, "w:bookmarkEnd")):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if position == 0:
            mark.set(qn("w:name"), name)
            paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, mark)
        else:
            paragraph._p.append(mark)


def add_page_footer(document: Any, header: str) -> None:
    """Give every page a running head and "Sida X av Y"."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.text = header
    head.style.font.size = Pt(9)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run("Sida ")
    add_field(foot, "PAGE", "1")
    foot.add_run(" av ")
    add_field(foot, "NUMPAGES", "1")
    foot.style.font.size = Pt(9)


def inert(text: str) -> str:
    """Text that XML can hold: control characters as blanks."""
    return "".join(c if c in "\n\t" or ord(c) >= 32 else " " for c in text)


def to_bytes(document: Any) -> bytes:
    """The document's bytes; the same document gives the same bytes."""
    for comment in document.part._comments_part.element if hasattr(document.part, "_comments_part") else ():
        comment.set(qn("w:date"), f"{EPOCH.isoformat()}Z")
    sink = io.BytesIO()
    document.save(sink)
    out = io.BytesIO()
    with zipfile.ZipFile(sink) as written, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for item in written.infolist():
            # The library stamps each part with the time of writing.
            same = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            same.compress_type = zipfile.ZIP_DEFLATED
            same.external_attr = 0o600 << 16
            fixed.writestr(same, written.read(item.filename))
    return out.getvalue()
