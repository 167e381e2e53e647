"""Check boxes, filled-in fields and drawn bullets of a PDF page: fields, squares, glyphs; which option is marked."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.ingest.assembly import DraftWord
from pipeline.ingest.layout import LaidWord
from pipeline.ingest.options import TICKED, UNTICKED
from pipeline.ingest.pdf_letters import frame_of

MIN_SIDE, MAX_SIDE = 5.0, 24.0
"""Points that a check box is wide and high."""

MAX_PATHS = 3_000
"""More are a map or a drawing, no form."""

MAX_FIELDS = 5_000
"""Fields and notes of a page that are looked at."""

MAX_TEXT = 100_000
"""Bytes of a field or note beyond which it is left out."""

THIN = 2.0
"""Points that a side of a box is thick at most, and that its corners are open."""

REACH = 150.0
"""Points from a box to its label at most."""

BULLET = "•"
MIN_BULLET, MAX_BULLET = 1.2, 6.5
"""Points that a bullet is wide and high which is drawn and no letter, as browsers print them."""

BULLET_REACH = 30.0
"""Points from such a bullet to the words behind it at most."""

_GLYPHS = {
    "\uf0a8": UNTICKED, "\uf06f": UNTICKED, "\uf072": UNTICKED, "\u25a1": UNTICKED, "\u2751": UNTICKED,
    "\u2752": UNTICKED, "\u25fb": UNTICKED, "\uf0fe": TICKED, "\uf0fd": TICKED, "\uf078": TICKED,
}  # fmt: skip
"""Boxes by their places in Wingdings, which PDF files give as private letters, and other white squares."""

_CHECKED_KINDS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_WRITTEN_KINDS = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in points of the page as seen."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Area, *, slack: float = 1.5) -> bool:
        """Whether another's middle lies in it."""
        x, y = other.middle
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack


def with_boxes(page: Any, words: Sequence[LaidWord]) -> list[LaidWord]:
    """The words with a word ☒ or ☐ for each box that has a label, • for a drawn bullet, and what fields hold."""
    shown = [part for word in words for part in _glyph_apart(word)]
    boxes, written = _fields(page)
    drawn, marks = _drawn(page)
    boxes += [(area, None) for area in drawn if not any(box.holds(area) for box, _ in boxes)]
    for area, ticked in boxes:
        inside = [w for w in shown if len(w.word.text) <= 2 and area.holds(_area(w), slack=0.5)]
        shown = [w for w in shown if w not in inside]
        if ticked is None:
            ticked = bool(inside) or any(_is_mark(mark, area) for mark in marks)  # noqa: PLW2901
        label = _label(area, shown)
        if label is not None:
            shown.append(_laid(TICKED if ticked else UNTICKED, area, label.baseline, label.size))
    return shown + _bullets([mark for mark in marks if not any(box.holds(mark) for box, _ in boxes)], shown) + written


def _bullets(marks: Sequence[Area], words: Sequence[LaidWord]) -> list[LaidWord]:
    """A word for each small spot that stands before the first word of a line."""
    found: list[LaidWord] = []
    for mark in marks:
        short, long = sorted((mark.x1 - mark.x0, mark.bottom - mark.top))
        if short < MIN_BULLET or long > MAX_BULLET or long > 1.3 * short or any(_area(b).holds(mark) for b in found):
            continue
        y = mark.middle[1]
        row = [w for w in words if w.word.top <= y <= w.word.bottom]
        behind = [w for w in row if 0 < w.word.x0 - mark.x1 <= BULLET_REACH]
        if behind and not any(
            0 <= mark.x0 - w.word.x1 <= BULLET_REACH or w.word.x0 <= mark.x0 < w.word.x1 for w in row
        ):
            first = min(behind, key=lambda w: w.word.x0)
            found.append(_laid(BULLET, mark, first.baseline, first.size))
    return found


def _area(word: LaidWord) -> Area:
    return Area(word.word.x0, word.word.top, word.word.x1, word.word.bottom)


def _laid(text: str, area: Area, baseline: float, size: float) -> LaidWord:
    return LaidWord(DraftWord(text, area.x0, area.top, area.x1, area.bottom), baseline, size)


def _glyph_apart(word: LaidWord) -> list[LaidWord]:
    """A word that begins with the glyph of a box as the box and the rest."""
    text = word.word.text
    box = _GLYPHS.get(text[0], text[0] if text[0] in TICKED + UNTICKED + "☑" else "")
    if not box:
        return [word]
    cut = word.word.x0 + (word.word.x1 - word.word.x0) / len(text)
    head = replace(word, word=replace(word.word, text=box, x1=cut))
    return [head, replace(word, word=replace(word.word, text=text[1:], x0=cut))] if len(text) > 1 else [head]


def _label(area: Area, words: Sequence[LaidWord]) -> LaidWord | None:
    """The word nearest to a box on its row: what stands to the right of it goes before what stands to the left."""
    y = area.middle[1]
    beside = [w for w in words if w.word.top - 2 <= y <= w.word.bottom + 2 and any(c.isalnum() for c in w.word.text)]
    right = [w for w in beside if -2 <= w.word.x0 - area.x1 <= REACH]
    left = [w for w in beside if -2 <= area.x0 - w.word.x1 <= REACH]
    if right:
        return min(right, key=lambda w: w.word.x0)
    return max(left, key=lambda w: w.word.x1) if left else None


def place_on(page: Any, left: float, bottom: float, right: float, top: float) -> Area:
    """A rectangle of the file on the page as seen."""
    frame = frame_of(page)
    (xa, ya), (xb, yb) = frame.seen(left, bottom), frame.seen(right, top)
    return Area(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _drawn(page: Any) -> tuple[list[Area], list[Area]]:
    """Hollow squares of a check box's size, each once, and everything else drawn that is no larger than one."""
    squares: list[Area] = []
    marks: list[Area] = []
    for count, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2)):
        if count > MAX_PATHS:
            return [], []
        area = place_on(page, *item.get_bounds())
        width, height = area.x1 - area.x0, area.bottom - area.top
        if max(width, height) > MAX_SIDE:
            continue
        square = min(width, height) >= MIN_SIDE and max(width, height) <= 1.3 * min(width, height)
        if square and _is_hollow_box(item.raw):
            # A fill and a stroke, or a shadow, are one box drawn twice.
            if not any(other.holds(area, slack=0) for other in squares):
                squares.append(area)
        else:
            marks.append(area)
    found, sides = _of_four_sides([mark for mark in marks if _is_side(mark)])
    squares += [area for area in found if not any(other.holds(area, slack=0) for other in squares)]
    return squares, [mark for mark in marks if mark not in sides]


def _is_side(mark: Area) -> bool:
    short, long = sorted((mark.x1 - mark.x0, mark.bottom - mark.top))
    return short <= THIN and MIN_SIDE <= long <= MAX_SIDE


def _of_four_sides(lines: Sequence[Area]) -> tuple[list[Area], set[Area]]:
    """Squares that are drawn as four lines, as Word draws the borders of a cell, and the lines they are made of."""
    level = sorted((a for a in lines if a.x1 - a.x0 >= a.bottom - a.top), key=lambda a: (a.top, a.x0))
    upright = [a for a in lines if a.x1 - a.x0 < a.bottom - a.top]
    squares: list[Area] = []
    used: set[Area] = set()
    for head in level:
        for foot in level:
            high, wide = foot.bottom - head.top, head.x1 - head.x0
            if not _near(head.x0, foot.x0) or not _near(head.x1, foot.x1):
                continue
            if not (MIN_SIDE <= high <= MAX_SIDE and max(high, wide) <= 1.3 * min(high, wide)):
                continue
            box = Area(head.x0, head.top, head.x1, foot.bottom)
            beside = [a for a in upright if _near(a.top, box.top) and _near(a.bottom, box.bottom)]
            left = [a for a in beside if _near(a.x0, box.x0)]
            right = [a for a in beside if _near(a.x1, box.x1)]
            if left and right:
                squares.append(box)
                used |= {head, foot, *left, *right}
                break
    return squares, used


def _near(one: float, two: float) -> bool:
    return abs(one - two) <= THIN


def _is_hollow_box(path: Any) -> bool:
    """Whether a path is the outline of a rectangle with nothing, or white, in it."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not 4 <= pdfium.FPDFPath_CountSegments(path) <= 8 or not pdfium.FPDFPath_GetDrawMode(path, fill, stroke):
        return False
    if not _from_corner_to_corner(path):
        return False
    if not fill.value:
        return bool(stroke.value)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
    white = min(red.value, green.value, blue.value) > 235 or alpha.value < 20
    return bool(stroke.value) and white


def _from_corner_to_corner(path: Any) -> bool:
    """Whether each edge goes from one corner of the path's square to the next: those of a tick or a cross do not."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    edges: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for n in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, n)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_LINETO and n:
            edges.append((points[-2], points[-1]))
    xs, ys = [px for px, _ in points], [py for _, py in points]
    at_corners = all(
        min(px - min(xs), max(xs) - px) <= 0.5 and min(py - min(ys), max(ys) - py) <= 0.5 for px, py in points
    )
    corners = {(px - min(xs) <= 0.5, py - min(ys) <= 0.5) for px, py in points}
    return at_corners and len(corners) == 4 and all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= 0.5 for a, b in edges)


def _is_mark(mark: Area, box: Area) -> bool:
    """Whether something drawn lies over the middle of a box and is large enough to be meant."""
    large = max(mark.x1 - mark.x0, mark.bottom - mark.top) >= 0.4 * (box.x1 - box.x0)
    x, y = box.middle
    quarter = 0.3 * (box.x1 - box.x0)
    near = abs(mark.middle[0] - x) <= quarter and abs(mark.middle[1] - y) <= quarter
    return large and near


def _fields(page: Any) -> tuple[list[tuple[Area, bool | None]], list[LaidWord]]:
    """The page's check boxes and radio buttons with whether they are marked, and the words in its other fields."""
    form = page.formenv.raw if page.formenv else None
    boxes: list[tuple[Area, bool | None]] = []
    written: list[LaidWord] = []
    if form is None:
        return boxes, written
    for note in annotations_of(page):
        rect = pdfium.FS_RECTF()
        if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET and pdfium.FPDFAnnot_GetRect(note, rect):
            area = place_on(page, rect.left, rect.bottom, rect.right, rect.top)
            kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
            if kind in _CHECKED_KINDS:
                boxes.append((area, bool(pdfium.FPDFAnnot_IsChecked(form, note))))
            elif kind in _WRITTEN_KINDS:
                written += _value(form, note, area)
    return boxes, written


def annotations_of(page: Any) -> Iterator[Any]:
    """PDFium's handles of the first `MAX_FIELDS` fields and notes of a page, each closed when the next is asked for."""
    for n in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), MAX_FIELDS)):
        if note := pdfium.FPDFPage_GetAnnot(page.raw, n):
            try:
                yield note
            finally:
                pdfium.FPDFPage_CloseAnnot(note)


def _value(form: Any, note: Any, area: Area) -> list[LaidWord]:
    """The words written into a field, spread over its place."""
    return spread_over(area, text_of(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, note)))


def text_of(ask: Callable[[Any, int], int]) -> str:
    """What PDFium says when it is asked with a buffer and its length; empty where it is nothing, or too long."""
    length = ask(None, 0)
    if not 2 < length <= MAX_TEXT:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    ask(buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")


def spread_over(area: Area, text: str) -> list[LaidWord]:
    """The words of a text at places such as they have where it is shown in that rectangle."""
    rows = [row.split() for row in text.replace("\r", "\n").split("\n") if row.strip()]
    if not rows:
        return []
    height = (area.bottom - area.top) / len(rows)
    size = min(0.75 * height, 11.0)
    words = []
    for n, row in enumerate(rows):
        baseline = area.top + (n + 0.5) * height + 0.35 * size
        step = min((area.x1 - area.x0) / max(sum(len(w) + 1 for w in row), 1), 0.5 * size)
        at = area.x0
        for word in row:
            place = Area(at, baseline - 0.75 * size, at + step * len(word), baseline + 0.2 * size)
            words.append(_laid(_clean(word), place, baseline, size))
            at += step * (len(word) + 1)
    return words


def _clean(text: str) -> str:
    from pipeline.ingest.decoding import clean

    return clean(text)
