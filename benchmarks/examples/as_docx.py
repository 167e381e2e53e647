"""A text as a Word file: real heading styles, real bulleted lists on two levels, a header and a footer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.shared import Pt

from benchmarks.examples.blocks import Block, spans

MOMENT = datetime(2024, 1, 1)  # noqa: DTZ001
"""The date inside the file, so that the same text gives the same bytes."""


def write_docx(blocks: Sequence[Block], path: Path, *, title: str, header: str) -> None:
    """Write the blocks as a Word file; same blocks, same bytes."""
    document = Document()
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.title, document.core_properties.author = title, ""
    document.core_properties.created = document.core_properties.modified = MOMENT
    document.sections[0].header.paragraphs[0].text = header
    for block in blocks:
        paragraph = document.add_paragraph(style=_style(block))
        for i, line in enumerate(block.lines):
            if i:
                paragraph.add_run().add_break()
            for text, kind in spans(line):
                run = paragraph.add_run(text)
                run.bold, run.italic = (True if kind == "bold" else None), (True if kind == "italic" else None)
    out = io.BytesIO()
    document.save(out)
    path.write_bytes(_without_clock(out.getvalue()))


def _style(block: Block) -> str:
    if block.kind == "heading":
        return "Title" if block.level == 1 else f"Heading {block.level - 1}"
    if block.kind == "item":
        return "List Bullet" if block.level == 1 else f"List Bullet {block.level}"
    return "List Number" if block.kind == "number" else "Normal"


def _without_clock(data: bytes) -> bytes:
    """The archive with the same date on every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, MOMENT.timetuple()[:6]), old.read(item), zipfile.ZIP_DEFLATED)
    return out.getvalue()
