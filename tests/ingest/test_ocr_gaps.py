"""Rows that Tesseract passed over are found and put in their place; pictures are left alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.examples.fonts import BODY
from pipeline.ingest.dots import ink_of
from pipeline.ingest.ocr_gaps import fill_gaps, unread_rows
from pipeline.ingest.tesseract import SeenWord

FONT = ImageFont.truetype(str(BODY), 40)
ROWS = (("Nämnden", "ansvarar", "för"), ("sina", "konton", "varje"), ("dag", "enligt", "planen"))


def page() -> tuple[Image.Image, list[SeenWord]]:
    image = Image.new("L", (1200, 500), 255)
    draw = ImageDraw.Draw(image)
    words = []
    for line, row in enumerate(ROWS):
        x = 60
        for text in row:
            left, top, right, bottom = (int(v) for v in draw.textbbox((x, 60 + 80 * line), text, font=FONT))
            draw.text((x, 60 + 80 * line), text, fill=0, font=FONT)
            words.append(SeenWord(1, 1, line, left, top, right - left, bottom - top, 0.95, text))
            x = right + 14
    return image, words


def fill(image: Image.Image, words: Sequence[SeenWord], *texts: str, confidence: float = 0.9) -> list[str]:
    """What stands in the lines when the pieces are read as these words."""

    def read(piece: Image.Image) -> list[SeenWord]:
        step = piece.width // (len(texts) + 1)
        return [SeenWord(1, 1, 1, step * (n + 1), 5, step - 5, 30, confidence, t) for n, t in enumerate(texts)]

    filled = fill_gaps(image, ink_of(np.asarray(image)), words, read)
    lines = dict.fromkeys(w.place for w in filled)
    return [" ".join(w.text for w in sorted(filled, key=lambda w: w.left) if w.place == line) for line in lines]


def test_a_page_read_whole_has_no_gaps() -> None:
    image, words = page()
    assert not unread_rows(ink_of(np.asarray(image)), words)


def test_half_a_line_is_put_behind_its_other_half() -> None:
    image, words = page()
    left = [w for w in words if w.text not in ("konton", "varje")]
    assert fill(image, left, "konton", "varje") == ["Nämnden ansvarar för", "sina konton varje", "dag enligt planen"]


def test_a_whole_line_is_put_between_its_neighbours() -> None:
    image, words = page()
    left = [w for w in words if w.line != 1]
    expected = ["Nämnden ansvarar för", "sina konton varje", "dag enligt planen"]
    assert fill(image, left, "sina", "konton", "varje") == expected


def test_what_is_read_with_doubt_is_no_text() -> None:
    image, words = page()
    left = [w for w in words if w.line != 1]
    assert fill(image, left, "slna", "kqntqn", confidence=0.4) == ["Nämnden ansvarar för", "dag enligt planen"]
