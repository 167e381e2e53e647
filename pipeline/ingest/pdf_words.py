"""The words of a PDF page's text layer by PDFium, with box, baseline and font, as the page is seen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.ingest.assembly import DraftLine, DraftWord
from pipeline.ingest.layout import LaidWord
from pipeline.ingest.pdf_letters import UPRIGHT, Letter, frame_of, letters_of
from pipeline.ingest.symbols import FIRST_PRIVATE, family, readable

WORD_GAP = 0.18
"""White space between two letters, in font sizes, that parts words where the file has no space character."""

MIN_SPACED = 4
"""Pieces of a stretch without spaces from which on it is looked at as letter-spaced."""

MAX_SPACING = 0.6
"""White space, in font sizes, between letter-spaced letters at most; farther apart are the cells of a table."""

MARGINAL_GAP = 12.0
"""Points between two turned words of one line."""


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
        angles = [letter.angle for letter in letters_of(text_page, frame_of(page)) if letter is not None]
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
    for letters in _spellings(letters_of(text_page, frame_of(page))):
        word = _word(letters, text_page)
        if letters[0].turned:
            turned.append(word.word)
        elif word.word.text.strip():
            words.append(word)
    return words, turned


def _spellings(letters: Iterable[Letter | None]) -> Iterator[list[Letter]]:
    """The letters of each word, in the file's order.

    A stretch between two spaces of the file that falls into pieces may be one letter-spaced word or several.
    """
    stretch: list[list[Letter]] = []
    for letter in (*letters, None):
        if letter is not None and stretch and not letter.apart and not _parts(stretch[-1][-1], letter):
            stretch[-1].append(letter)
        elif letter is None or (stretch and _on_another_line(stretch[-1][-1], letter)):
            yield from _of_stretch(stretch)
            stretch = [] if letter is None else [[letter]]
        else:
            stretch.append([letter])


def _on_another_line(one: Letter, two: Letter) -> bool:
    return not one.turned and not two.turned and abs(one.baseline - two.baseline) > 0.3 * two.size


def _of_stretch(pieces: list[list[Letter]]) -> Iterator[list[Letter]]:
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


def _parts(one: Letter, two: Letter) -> bool:
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


def _word(letters: list[Letter], text_page: Any) -> LaidWord:
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


def _font(text_page: Any, letter: Letter) -> tuple[float, bool]:
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


def _font_name(text_page: Any, letter: Letter) -> str:
    """A letter's font as the file calls it, in lower case."""
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page.raw, letter.index, buffer, 128, flags)
    return buffer.value.decode("latin-1").lower()
