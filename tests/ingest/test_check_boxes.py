"""Which of several options is marked: drawn boxes, form fields, glyphs; bullets that are squares are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import read_document
from pipeline.ingest.assembly import DraftLine, DraftWord
from pipeline.ingest.options import BOXES, option_lines
from pipeline.records.reading import Reading

KINDS = ("Plan", "Policy", "Handlingsplan", "Riktlinje")


def lines(reading: Reading) -> list[str]:
    return [reading.text[line.start : line.end] for line in reading.lines]


@pytest.fixture
def draw(tmp_path: Path) -> Callable[[Callable[[Any], None]], Reading]:
    """Reads a page that a function draws on; points from the bottom left."""

    def make(paint: Callable[[Any], None]) -> Reading:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfgen.canvas import Canvas

        canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4, invariant=1)
        canvas.setFont("Helvetica", 11)
        paint(canvas)
        canvas.drawString(60, 500, "Kommunens verksamheter ska svara på frågor i sociala medier inom en arbetsdag.")
        canvas.save()
        return read_document(tmp_path / "a.pdf")

    return make


def cross(canvas: Any, x: float, y: float) -> None:
    canvas.line(x + 1, y + 1, x + 9, y + 9)
    canvas.line(x + 1, y + 9, x + 9, y + 1)


def letter(canvas: Any, x: float, y: float) -> None:
    canvas.drawString(x + 1.5, y + 1.2, "X")


def tick(canvas: Any, x: float, y: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x + 2, y + 5)
    path.lineTo(x + 4, y + 2)
    path.lineTo(x + 9, y + 9)
    canvas.drawPath(path)


@pytest.mark.parametrize("mark", [cross, letter, tick])
@pytest.mark.parametrize("chosen", range(4))
def test_drawn_boxes_tell_the_marked_option(draw: Any, mark: Any, chosen: int) -> None:
    def paint(canvas: Any) -> None:
        for n, kind in enumerate(KINDS):
            canvas.rect(60, 700 - 20 * n, 10, 10)
            canvas.drawString(78, 701 - 20 * n, kind)
        mark(canvas, 60, 700 - 20 * chosen)

    assert lines(draw(paint))[:4] == [f"{'☒' if n == chosen else '☐'} {kind}" for n, kind in enumerate(KINDS)]


def four_lines(canvas: Any, x: float, y: float) -> None:
    for x0, y0, x1, y1 in ((0, 0, 10, 0), (0, 10, 10, 10), (0, 0, 0, 10), (10, 0, 10, 10)):
        canvas.line(x + x0, y + y0, x + x1, y + y1)


def four_bars(canvas: Any, x: float, y: float) -> None:
    for x0, y0, wide, high in ((0, 0, 10, 0.5), (0, 9.5, 10, 0.5), (0, 0, 0.5, 10), (9.5, 0, 0.5, 10)):
        canvas.rect(x + x0, y + y0, wide, high, stroke=0, fill=1)


def one_path(canvas: Any, x: float, y: float) -> None:
    canvas.lines([(x, y, x + 10, y), (x, y + 10, x + 10, y + 10), (x, y, x, y + 10), (x + 10, y, x + 10, y + 10)])


@pytest.mark.parametrize("mark", [cross, letter, tick])
@pytest.mark.parametrize("box", [four_lines, four_bars, one_path])
def test_boxes_of_four_lines_are_boxes(draw: Any, box: Any, mark: Any) -> None:
    def paint(canvas: Any) -> None:
        for n, kind in enumerate(KINDS):
            box(canvas, 60, 700 - 20 * n)
            canvas.drawString(78, 701 - 20 * n, kind)
        mark(canvas, 60, 640)

    assert lines(draw(paint))[:4] == ["☐ Plan", "☐ Policy", "☐ Handlingsplan", "☒ Riktlinje"]


def test_a_plus_sign_and_a_corner_are_no_boxes(draw: Any) -> None:
    def paint(canvas: Any) -> None:
        for n, kind in enumerate(KINDS):
            y = 700 - 20 * n
            canvas.lines(
                [(60, y + 5, 70, y + 5), (65, y, 65, y + 10)] if n % 2 else [(60, y, 70, y), (60, y, 60, y + 10)]
            )
            canvas.drawString(78, y + 1, kind)

    assert lines(draw(paint))[:4] == list(KINDS)


def test_boxes_on_one_row_are_one_line_each(draw: Any) -> None:
    def paint(canvas: Any) -> None:
        canvas.drawString(60, 701, "Typ:")
        for n, kind in enumerate(KINDS):
            canvas.rect(100 + 100 * n, 700, 10, 10)
            canvas.drawString(114 + 100 * n, 701, kind)
        cross(canvas, 400, 700)

    reading = draw(paint)
    assert lines(reading)[:5] == ["Typ:", "☐ Plan", "☐ Policy", "☐ Handlingsplan", "☒ Riktlinje"]
    assert [line.style for line in reading.lines[:5]] == ["plain", *["check_box"] * 4]


def test_boxes_behind_their_labels_go_before_them(draw: Any) -> None:
    def paint(canvas: Any) -> None:
        for n, kind in enumerate(KINDS[:2]):
            canvas.drawString(60, 701 - 20 * n, kind)
            canvas.rect(130, 700 - 20 * n, 10, 10)
        cross(canvas, 130, 680)

    assert lines(draw(paint))[:2] == ["☐ Plan", "☒ Policy"]


def test_form_fields_tell_what_was_chosen_and_written(draw: Any) -> None:
    def paint(canvas: Any) -> None:
        form = canvas.acroForm
        for n, kind in enumerate(KINDS):
            form.checkbox(name=kind, x=60, y=700 - 24 * n, size=14, checked=kind == "Riktlinje")
            canvas.drawString(80, 703 - 24 * n, kind)
        canvas.drawString(60, 580, "Fastställt av:")
        form.textfield(name="av", x=140, y=575, width=200, height=18, value="kommunens ledningsgrupp")

    said = lines(draw(paint))
    assert said[:4] == ["☐ Plan", "☐ Policy", "☐ Handlingsplan", "☒ Riktlinje"]
    assert said[4] == "Fastställt av: kommunens ledningsgrupp"


def test_filled_squares_and_pictures_are_no_boxes(draw: Any) -> None:
    def paint(canvas: Any) -> None:
        for n, kind in enumerate(KINDS):
            canvas.rect(60, 702 - 20 * n, 6, 6, fill=1)
            canvas.drawString(78, 701 - 20 * n, kind)
        canvas.rect(60, 600, 10, 10)
        canvas.rect(300, 300, 90, 90)

    assert lines(draw(paint))[:4] == list(KINDS)
    assert not any(c in BOXES for c in draw(paint).text)


@given(st.lists(st.sampled_from(["☒", "☐", "Plan", "Policy", "(ny)"]), min_size=1, max_size=9))
def test_no_word_is_lost_when_options_are_taken_apart(texts: list[str]) -> None:
    words = tuple(DraftWord(text, 10.0 * n, 0, 10.0 * n + 8, 10) for n, text in enumerate(texts))
    parts = option_lines([DraftLine(" ".join(texts), words)])
    assert sorted(w.text for part in parts for w in part.words) == sorted(texts)
    assert all(part.text == " ".join(w.text for w in part.words) for part in parts)
