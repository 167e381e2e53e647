"""What dirt, ruled lines and bullets are read as: strokes go, bullets of cells are bullets, quotation marks stay."""

from __future__ import annotations

import pytest

from pipeline.ingest.assembly import DraftWord
from pipeline.ingest.cleaning import Rule
from pipeline.ingest.layout import LaidWord, line_of
from pipeline.ingest.ocr_looks import cell_starts, with_bullets, with_cells, without_strokes
from pipeline.ingest.tesseract import SeenWord

SIZE, BASELINE = 40.0, 100.0
CELL = 120


def row(*words: tuple[str, int, int, int]) -> list[SeenWord]:
    """A line of words given as text, white space before it, width and height."""
    result: list[SeenWord] = []
    at = 0
    for text, before, width, height in words:
        low = 12 if height < 20 else 0
        result.append(SeenWord(1, 1, 1, at + before, int(BASELINE) - low - height, width, height, 0.9, text))
        at += before + width
    return result


def word(text: str, before: int = 12) -> tuple[str, int, int, int]:
    return text, before, 20 * len(text), 28


def told(words: list[SeenWord]) -> list[str]:
    return [w.text for w in with_bullets(without_strokes(words, size=SIZE), size=SIZE, baseline=BASELINE)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([word("Datum"), ("|", CELL, 3, 3), word("2020")], ["Datum", "2020"]),
        ([("`", 0, 3, 30), word("Inom"), word("24")], ["Inom", "24"]),
        ([word("Roll"), ("-", CELL, 3, 3), word("Chef")], ["Roll", "Chef"]),
        ([word("Roll"), ("=", 30, 14, 55), word("Chef")], ["Roll", "Chef"]),
        ([word("svarar"), word('"Inom', CELL), word("två")], ["svarar", "Inom", "två"]),
        ([word("svarar"), word('"Inom', CELL), word('två"')], ["svarar", '"Inom', 'två"']),
        ([word("säger"), word('"Nej')], ["säger", '"Nej']),
        ([word("2022"), ("–", 12, 20, 4), word("2023")], ["2022", "–", "2023"]),
        ([("-", 0, 12, 4), word("hot")], ["-", "hot"]),
        ([word("Roll"), ("e", CELL, 14, 14), word("Ska", 50)], ["Roll", "•", "Ska"]),
        ([word("Roll"), ("èe", CELL, 14, 14), word("Ska", 50)], ["Roll", "•", "Ska"]),
        ([word("Roll"), ("|", CELL, 3, 3), ("e", 80, 14, 14), word("Ska", 50)], ["Roll", "•", "Ska"]),
        ([("»", 0, 14, 14), word("Ska", 50)], ["•", "Ska"]),
        ([word("och"), ("e", 12, 14, 14), word("post", 50)], ["och", "e", "post"]),
        ([word("Roll"), ("e", CELL, 18, 22), word("post", 50)], ["Roll", "e", "post"]),
        ([("|", 0, 3, 50)], ["|"]),
        ([word("aktiva."), ("|", 12, 4, 29), word("dag")], ["aktiva.", "|", "dag"]),
        ([word("aktiva"), ("|", CELL, 4, 60), word("dag")], ["aktiva", "dag"]),
    ],
)
def test_strokes_go_and_bullets_are_bullets(words: list[tuple[str, int, int, int]], wanted: list[str]) -> None:
    assert told(row(*words)) == wanted


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ([Rule(109, 0, 300)], "svara\tInom 24"),
        ([Rule(109, 200, 300), Rule(10, 0, 300), Rule(50, 0, 300)], "svara Inom 24"),
        ([], "svara Inom 24"),
    ],
)
def test_a_ruled_line_parts_cells_however_near_their_words_stand(rules: list[Rule], wanted: str) -> None:
    words = row(("svara", 0, 100, 28), ("Inom", 20, 80, 28), ("24", 12, 40, 28))
    laid = [LaidWord(DraftWord(w.text, w.left, 72, w.left + w.width, 100), BASELINE, SIZE) for w in words]
    assert with_cells(line_of(laid, origin="ocr"), cell_starts(words, rules)).text == wanted
