"""The words of a PDF page's text layer by PDFium, with box, baseline and font, as the page is seen."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.ingest.assembly import DraftLine, DraftWord
from pipeline.ingest.decoding import clean
from pipeline.ingest.layout import LaidWord
from pipeline.ingest.symbols import FIRST_PRIVATE, family, readable

WORD_GAP = 0.18
"""White space between two letters, in font sizes, that parts words where the file has no space character."""

MIN_SPACED = 4
"""Pieces of a stretch without spaces from which on it is looked at as letter-spaced."""

MAX_SPACING = 0.6
"""White space, in font sizes, between letter-spaced letters at most; farther apart are the cells of a table."""

UPRIGHT = 20
"""Degrees by which a letter may lean and still stand in a level line."""

MARGINAL_GAP = 12.0
"""Points between two turned words of one line."""

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
class _Letter:
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


def page_words(page: Any) -> tuple[list[LaidWord], list[DraftWord]]:
    """The words that stand upright to the reader, and those that are turned, both in the file's order.

    Raises:
        PdfiumError: When PDFium can make nothing of the page's text.
    """
    text_page = page.get_textpage()
    try:
        return _words_of(page, text_page)
    finally:
        text_page.close()


def quarter_turns(page: Any) -> int:
    """How many quarter turns clockwise set most of a page's letters upright; 0 where they stand at all angles.

    Raises:
        PdfiumError: When PDFium can make nothing of the page's text.
    """
    text_page = page.get_textpage()
    try:
        angles = [letter.angle for letter in _letters(text_page, frame_of(page)) if letter is not None]
    finally:
        text_page.close()
    for turns in (1, 2, 3):
        upright = sum(abs((angle + 90 * turns + 180) % 360 - 180) <= UPRIGHT for angle in angles)
        if 2 * upright > len(angles):
            return turns
    return 0


def _words_of(page: Any, text_page: Any) -> tuple[list[LaidWord], list[DraftWord]]:
    words: list[LaidWord] = []
    turned: list[DraftWord] = []
    for letters in _spellings(_letters(text_page, frame_of(page))):
        word = _word(letters, text_page)
        if letters[0].turned:
            turned.append(word.word)
        elif word.word.text.strip():
            words.append(word)
    return words, turned


def _spellings(letters: Iterable[_Letter | None]) -> Iterator[list[_Letter]]:
    """The letters of each word, in the file's order.

    A stretch between two spaces of the file that falls into pieces may be one letter-spaced word or several.
    """
    stretch: list[list[_Letter]] = []
    for letter in (*letters, None):
        if letter is not None and stretch and not letter.apart and not _parts(stretch[-1][-1], letter):
            stretch[-1].append(letter)
        elif letter is None or (stretch and _on_another_line(stretch[-1][-1], letter)):
            yield from _of_stretch(stretch)
            stretch = [] if letter is None else [[letter]]
        else:
            stretch.append([letter])


def _on_another_line(one: _Letter, two: _Letter) -> bool:
    return not one.turned and not two.turned and abs(one.baseline - two.baseline) > 0.3 * two.size


def _of_stretch(pieces: list[list[_Letter]]) -> Iterator[list[_Letter]]:
    """The words of a stretch: its pieces, or where the letters stand evenly apart on one line, what wider gaps part."""
    if len(pieces) < MIN_SPACED:
        yield from pieces
        return
    letters = [letter for piece in pieces for letter in piece]
    gaps = [two.x0 - one.x1 for one, two in pairwise(letters)]
    size, usual = letters[0].size, median(gaps)
    level = max(c.baseline for c in letters) - min(c.baseline for c in letters) < 0.1 * size
    spelt = sum(letter.text.isalpha() for letter in letters) > 0.8 * len(letters)
    if not (level and spelt and 0.5 * WORD_GAP * size < usual < MAX_SPACING * size) or any(c.turned for c in letters):
        yield from pieces
        return
    word = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > usual + WORD_GAP * size:
            yield word
            word = []
        word.append(letter)
    yield word


def marginal_lines(words: list[DraftWord]) -> list[DraftLine]:
    """Turned words as lines: the number of a form or a registry's mark up along the page's edge."""
    lines: list[list[DraftWord]] = []
    for word in words:
        if lines and _distance(lines[-1][-1], word) < MARGINAL_GAP:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [
        DraftLine(
            " ".join(w.text for w in line),
            tuple(line),
            role="stamp",
            gap=True,
            x0=min(w.x0 for w in line),
            top=min(w.top for w in line),
            x1=max(w.x1 for w in line),
            bottom=max(w.bottom for w in line),
        )
        for line in lines
    ]


def _distance(one: DraftWord, two: DraftWord) -> float:
    """The white space between two boxes in points."""
    across = max(one.x0 - two.x1, two.x0 - one.x1, 0.0)
    down = max(one.top - two.bottom, two.top - one.bottom, 0.0)
    return max(across, down)


def frame_of(page: Any) -> Frame:
    """The page's crop box and rotation."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, int(page.get_rotation()) % 360)


def _letters(text_page: Any, frame: Frame) -> Iterator[_Letter | None]:
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
        yield _Letter(
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


def _parts(one: _Letter, two: _Letter) -> bool:
    """Whether a word ends between two letters that follow each other in the file."""
    size = max(one.size, two.size)
    if one.turned or two.turned:
        apart = max(two.x0 - one.x1, one.x0 - two.x1, two.top - one.bottom, one.top - two.bottom)
        return one.turned != two.turned or apart > WORD_GAP * size
    if abs(one.baseline - two.baseline) > 0.3 * size:
        return True
    if (one.x0, one.x1, one.baseline) == (two.x0, two.x1, two.baseline):
        # Letters of one ligature: each has the box of the whole.
        return False
    gap = two.x0 - one.x1
    return gap > WORD_GAP * size or gap < -0.6 * size


def _word(letters: list[_Letter], text_page: Any) -> LaidWord:
    middle = letters[len(letters) // 2]
    size, bold = _font(text_page, middle)
    text = "".join(letter.text for letter in letters)
    if max(text) >= FIRST_PRIVATE:
        text = readable(text, family(_font_name(text_page, middle)))
    box = DraftWord(
        text, min(c.x0 for c in letters), min(c.top for c in letters), max(c.x1 for c in letters),
        max(c.bottom for c in letters),
    )  # fmt: skip
    return LaidWord(box, letters[0].baseline, size, bold)


def _font(text_page: Any, letter: _Letter) -> tuple[float, bool]:
    """Size in points as seen, and whether the font is bold by its name or weight."""
    raw = text_page.raw
    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(raw, letter.index)
    if pdfium.FPDFText_GetMatrix(raw, letter.index, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5
    name = _font_name(text_page, letter)
    weight = pdfium.FPDFText_GetFontWeight(raw, letter.index)
    bold = any(mark in name for mark in ("bold", "black", "heavy", "semibold")) or weight >= 600
    return (size if 0.5 < size < 500 else letter.size), bold


def _font_name(text_page: Any, letter: _Letter) -> str:
    """A letter's font as the file calls it, in lower case."""
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page.raw, letter.index, buffer, 128, flags)
    return buffer.value.decode("latin-1").lower()
