"""Plain text and Markdown: the raw text is the decoded file, character for character."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.ingest.assembly import Content
from pipeline.ingest.decoding import decode
from pipeline.ingest.text_furniture import find_text_furniture
from pipeline.records.reading import Line, Page

_HEADING = re.compile(r"(#{1,6})[ \t]+\S")


def read_text(data: bytes, *, document_id: str) -> Content:
    """The content of a text file; a form feed begins a new page, a Markdown heading mark makes a heading.

    Raises:
        DocumentFailure: `unsupported` when the bytes are no text.
    """
    text = decode(data)
    pages: list[Page] = []
    lines: list[Line] = []
    roles = find_text_furniture(re.split(r"[\n\f]", text))
    start = 0
    for number, part in enumerate(text.split("\f"), start=1):
        end = start + len(part)
        pages.append(Page(document_id, number, start, end, 0.0, 0.0, "text", 1.0, "text file"))
        lines += _lines(text, start, end, document_id=document_id, page=number, roles=roles)
        start = end + 1
    return Content(text, tuple(pages), tuple(lines))


def _lines(
    text: str, start: int, end: int, *, document_id: str, page: int, roles: Mapping[int, str]
) -> list[Line]:  # fmt: skip
    lines = []
    at = start
    first = len(re.findall(r"[\n\f]", text[:start]))
    for number, line in enumerate(text[start:end].split("\n"), start=first):
        if line.strip():
            heading = _HEADING.match(line)
            lines.append(
                Line(
                    document_id=document_id,
                    page=page,
                    start=at,
                    end=at + len(line),
                    role=roles.get(number, "body"),
                    style="heading" if heading else "plain",
                    level=len(heading[1]) if heading else 0,
                    marker="",
                    x0=0.0,
                    top=0.0,
                    x1=0.0,
                    bottom=0.0,
                    size=0.0,
                    bold=False,
                    origin="text",
                )
            )
        at += len(line) + 1
    return lines
