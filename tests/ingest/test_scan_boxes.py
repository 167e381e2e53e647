"""Check boxes on page images are told from letters, and marked ones from empty ones."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.examples.fonts import BODY, BODY_BOLD
from pipeline.ingest.dots import ink_of
from pipeline.ingest.options import TICKED, UNTICKED
from pipeline.ingest.scan_boxes import find_boxes, with_boxes, without_boxes
from pipeline.ingest.tesseract import SeenWord

LETTERS = "ODQBUHEN8069 Ovan Den Dom [ ] boenden Östra 0000 ÅÄÖ § Q"


def sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("L", (1600, 700), 255)
    return page, ImageDraw.Draw(page)


def cross(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.line((x, y, x + 44, y + 44), fill=0, width=5)
    draw.line((x, y + 44, x + 44, y), fill=0, width=5)


def tick(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.line((x + 6, y + 22, x + 22, y + 38), fill=0, width=6)
    draw.line((x + 22, y + 38, x + 36, y + 10), fill=0, width=6)


@pytest.mark.parametrize("mark", [cross, tick])
@pytest.mark.parametrize("width", [2, 4, 6])
@pytest.mark.parametrize("chosen", range(4))
def test_the_marked_box_is_told(mark: object, width: int, chosen: int) -> None:
    page, draw = sheet()
    for n in range(4):
        draw.rectangle((100 + 300 * n, 200, 144 + 300 * n, 244), outline=0, width=width)
    assert callable(mark)
    mark(draw, 100 + 300 * chosen, 200)
    found = sorted(find_boxes(ink_of(np.asarray(page)), resolution=300), key=lambda b: b.left)
    assert [b.marked for b in found] == [n == chosen for n in range(4)]


@pytest.mark.parametrize("size", [30, 38, 46, 60, 90])
@pytest.mark.parametrize("face", [BODY, BODY_BOLD])
def test_letters_tables_and_filled_squares_are_no_boxes(size: int, face: object) -> None:
    page, draw = sheet()
    draw.text((20, 20), LETTERS, fill=0, font=ImageFont.truetype(str(face), size))
    for x in range(100, 500, 60):
        draw.line((x, 300, x, 420), fill=0, width=3)
    for y in (300, 360, 420):
        draw.line((100, y, 520, y), fill=0, width=3)
    draw.rectangle((700, 300, 1500, 500), outline=0, width=4)
    assert not find_boxes(ink_of(np.asarray(page)), resolution=300)


def test_boxes_stand_in_the_line_beside_them_and_are_not_read() -> None:
    page, draw = sheet()
    draw.rectangle((100, 200, 144, 244), outline=0, width=4)
    draw.rectangle((1400, 600, 1444, 644), outline=0, width=4)
    boxes = find_boxes(ink_of(np.asarray(page)), resolution=300)
    assert without_boxes(page, boxes).getextrema() == (255, 255)
    said = [SeenWord(1, 1, n, 160, 100 * n, 200, 40, 0.9, text) for n, text in ((1, "Typ"), (2, "Plan"), (3, "Slut"))]
    words = with_boxes(said, boxes)
    assert [w.text for w in words] == ["Typ", UNTICKED, "Plan", "Slut"]
    assert [w.line for w in words] == [1, 2, 2, 3]
    assert TICKED not in {w.text for w in words}
