"""The letters of a PDF page's text layer by PDFium, with box, baseline and angle, as the page is seen."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.ingest.decoding import clean

UPRIGHT = 20
"""Degrees by which a letter may lean and still stand in a level line."""

MAX_CHARACTERS = 200_000
"""More characters than this on one page are no page of a document; the rest is left out."""

HYPHEN_AT_LINE_END = 0x02
"""What PDFium gives for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page's own coordinates become points from the top left of the page as it is seen."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is seen."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


@dataclass(slots=True)
class Letter:
    """A letter with its place; `turned` does not stand upright, before one that is `apart` PDFium sees a gap."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    index: int
    angle: float
    turned: bool
    apart: bool


def frame_of(page: Any) -> Frame:
    """The page's crop box and rotation."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, int(page.get_rotation()) % 360)


def letters_of(text_page: Any, frame: Frame) -> Iterator[Letter | None]:
    """The letters in the file's order, None where the file has a space; `apart` is one before which PDFium sees one."""
    raw = text_page.raw
    loose = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    # Looked up once, and no function called that need not be: this runs for each letter of a document.
    unicode_of, origin_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharOrigin
    box_of, angle_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharAngle
    left, top_edge, level = frame.left, frame.top, frame.rotation == 0
    high = 0
    apart = False
    for i in range(min(text_page.count_chars(), MAX_CHARACTERS)):
        code = unicode_of(raw, i)
        if 0xD800 <= code <= 0xDBFF:
            high = code
            continue
        if 0xDC00 <= code <= 0xDFFF and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        character = "-" if code == HYPHEN_AT_LINE_END else chr(code) if 0 < code < 0x110000 else "\ufffd"
        if character.isspace():
            # PDFium puts in spaces where it sees gaps, those between letter-spaced letters too.
            apart = character == " " and pdfium.FPDFText_IsGenerated(raw, i) == 1
            if not apart:
                yield None
            continue
        box_of(raw, i, loose)
        origin_of(raw, i, x, y)
        if level:
            x0, y0, x1, y1 = loose.left - left, top_edge - loose.bottom, loose.right - left, top_edge - loose.top
            baseline = top_edge - y.value
        else:
            (x0, y0), (x1, y1) = frame.seen(loose.left, loose.bottom), frame.seen(loose.right, loose.top)
            _, baseline = frame.seen(x.value, y.value)
        if x0 > x1:
            x0, x1 = x1, x0
        top, bottom = (y0, y1) if y0 < y1 else (y1, y0)
        angle = (math.degrees(angle_of(raw, i)) + frame.rotation + 180) % 360 - 180
        yield Letter(
            character if character.isalnum() else clean(character),
            x0,
            top,
            x1,
            bottom,
            baseline,
            max(bottom - top, 0.1),
            i,
            angle,
            abs(angle) > UPRIGHT,
            apart,
        )
        apart = False
