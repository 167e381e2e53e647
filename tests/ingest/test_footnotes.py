"""Footnotes of PDFs: small print with a mark that the text bears; other small print is text."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from pipeline.ingest import read_document
from tests.ingest.shown import lines_of

PROSE = (
    "Kommunens verksamheter ska svara på frågor i sociala medier inom en arbetsdag. Den som ansvarar för kontot ska "
    "bevaka det varje vardag och ta bort inlägg som bryter mot lagen. Innan ett inlägg tas bort ska det sparas."
)


def page(mark: str, *foot: str, size: float = 8) -> list[tuple[Any, ...]]:
    rows = [(60, 100 + 14 * n, 11, row) for n, row in enumerate(textwrap.wrap(PROSE + mark, 80))]
    return [*rows, *((60, 720 + 10 * n, size, row) for n, row in enumerate(foot))]


def notes(reading: Any) -> list[str]:
    return lines_of(reading, "footnote")


@pytest.mark.parametrize("mark", ["1", " 1", "1)"])
def test_small_print_with_a_mark_of_the_text_is_a_footnote(make_pdf: Any, mark: str) -> None:
    foot = ("1 Lag (1998:112) om ansvar för elektroniska anslagstavlor,", "som den lyder i dag.")
    assert notes(read_document(make_pdf([page(mark, *foot)]))) == list(foot)


@pytest.mark.parametrize(
    ("mark", "foot", "size"),
    [
        ("", "1 Lag (1998:112) om ansvar för elektroniska anslagstavlor", 8),
        ("1", "Lag (1998:112) om ansvar för elektroniska anslagstavlor", 8),
        ("1", "1 Ansvar för elektroniska anslagstavlor", 11),
        ("", "2026-02-01 trädde riktlinjerna i kraft", 8),
    ],
)
def test_other_lines_at_the_foot_are_text(make_pdf: Any, mark: str, foot: str, size: float) -> None:
    reading = read_document(make_pdf([page(mark, foot, size=size)]))
    assert not notes(reading)
    assert foot in reading.text


def test_notes_that_come_back_on_every_page_are_no_footers(make_pdf: Any) -> None:
    pages = [
        [*page("1", f"1 Offentlighets- och sekretesslagen (2009:400), {n} kap. 1 §,", "som den lyder i dag."),
         (60, 800, 8, "Kils kommun")]
        for n in range(2, 6)
    ]  # fmt: skip
    reading = read_document(make_pdf(pages))
    assert len(notes(reading)) == 8
    footers = lines_of(reading, "footer")
    assert footers == ["Kils kommun"] * 4


def test_notes_below_the_first_of_two_columns_stand_behind_the_second(make_pdf: Any) -> None:
    left = textwrap.wrap("Vänster. " + PROSE + " " + PROSE + "1", 42)
    right = textwrap.wrap("Höger. " + PROSE + " " + PROSE, 42)
    rows = [(60, 400 + 14 * n, 10, row) for n, row in enumerate(left)]
    rows += [(320, 400 + 14 * n, 10, row) for n, row in enumerate(right)]
    reading = read_document(make_pdf([[*rows, (60, 740, 8, "1 Lag (1998:112) om ansvar.")]]))
    said = [reading.text[line.start : line.end] for line in reading.lines]
    assert said == [*left, *right, "1 Lag (1998:112) om ansvar."]
    assert notes(reading) == said[-1:]


@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        ([("företagare.", 0, 11), ("1", 4, 7), ("Kanalerna", 0, 11)], "företagare. Kanalerna"),
        ([("inom 24", 0, 11), ("1", 4, 7), ("timmar", 0, 11)], "inom 24 timmar"),
        ([("konto", 0, 11), ("1", 4, 7), (".", 0, 11)], "konto."),
        ([("ytan är 5 m", 0, 11), ("1", 4, 7), ("stor", 0, 11)], "ytan är 5 m 1 stor"),
        ([("i kapitel", 0, 11), ("1", 0, 11), ("och", 0, 11)], "i kapitel 1 och"),
    ],
)
def test_the_raised_mark_of_a_footnote_is_no_text(
    make_pdf: Any, pieces: list[tuple[str, int, int]], wanted: str
) -> None:
    row, x = [], 60.0
    for words, up, size in pieces:
        if words in {"1", "."} and (up or words == "."):
            x -= 0.25 * 11  # right behind its word
        row.append((x, 300 - up, size, words))
        x += stringWidth(words, "Helvetica", size) + 0.3 * 11
    foot = [(60, 720, 8, "1 Lag (1998:112) om ansvar för elektroniska anslagstavlor.")]
    text = page("1", "")[:-1]
    reading = read_document(make_pdf([[*text, *row, *foot]]))
    assert wanted in lines_of(reading)
    assert notes(reading) == ["1 Lag (1998:112) om ansvar för elektroniska anslagstavlor."]
