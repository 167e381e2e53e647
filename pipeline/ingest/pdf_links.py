"""Where the links of a PDF page lead, by their areas on the page as seen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.ingest.assembly import LinkArea
from pipeline.ingest.links import MAX_TARGET, target_of
from pipeline.ingest.pdf_letters import frame_of

MAX_LINKS = 2_000
"""Links of a page that are looked at."""


def page_links(page: Any) -> tuple[LinkArea, ...]:
    """The page's links to addresses; those to other pages of the file say nothing that its text does not."""
    return tuple(_found(page))


def _found(page: Any) -> Iterator[LinkArea]:
    frame = frame_of(page)
    position, link, area = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    for _ in range(MAX_LINKS):
        if not pdfium.FPDFLink_Enumerate(page.raw, position, link):
            return
        target = _target(page, link)
        if target and pdfium.FPDFLink_GetAnnotRect(link, area):
            (xa, ya), (xb, yb) = frame.seen(area.left, area.bottom), frame.seen(area.right, area.top)
            yield LinkArea(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb), target)


def _target(page: Any, link: Any) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    length = pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0)
    if not 1 < length <= 4 * MAX_TARGET:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, length)
    return target_of(buffer.value.decode("utf-8", "replace"))
