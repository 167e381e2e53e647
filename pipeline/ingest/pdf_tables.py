"""Ruled tables of a PDF page as rows of cells, found by pdfplumber from the lines drawn on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.ingest.assembly import DraftLine
from pipeline.ingest.layout import LaidWord, line_of, rows_of

MIN_LINES = 6
"""Drawn lines and boxes on a page from which on a table is looked for: two rows of two cells have as many."""

MAX_LINES = 3_000
"""More are a map or a drawing, over which the search would take minutes."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's place on the page and its rows, which are lines with cells joined by tabs."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[DraftLine, ...]


def may_have_tables(page: Any) -> bool:
    """Whether enough is drawn on a page for a table, by a quick look; turned and cropped pages are left as text."""
    import pypdfium2.raw as pdfium

    if page.get_rotation() or page.get_bbox() != page.get_mediabox():
        return False
    drawn = 0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2):
        drawn += max(1, pdfium.FPDFPath_CountSegments(item.raw) // 4)
        if drawn > MAX_LINES:
            return False
    return drawn >= MIN_LINES


def take_tables(path: Path, number: int, words: Sequence[LaidWord]) -> tuple[list[Table], list[LaidWord]]:
    """The tables of a page, from 0, and the words that stand in none."""
    tables = []
    left = list(words)
    for cells in _found(path, number):
        x0, top = min(c[0] for row in cells for c in row), min(c[1] for row in cells for c in row)
        x1, bottom = max(c[2] for row in cells for c in row), max(c[3] for row in cells for c in row)
        inside = [w for w in left if _in(w, (x0, top, x1, bottom))]
        lines = [line for row in cells if (line := _row(row, inside)) is not None]
        if len(lines) < 2:
            continue
        left = [w for w in left if not _in(w, (x0, top, x1, bottom))]
        first = replace(lines[0], gap=True)
        tables.append(Table(x0, top, x1, bottom, (first, *lines[1:])))
    return tables, left


def with_tables(lines: Sequence[DraftLine], tables: Sequence[Table]) -> list[DraftLine]:
    """The lines with each table before the first one that begins below its head, in the same column if there is one."""
    result = list(lines)
    for table in sorted(tables, key=lambda t: t.top):
        below = [i for i, line in enumerate(result) if line.top >= table.top]
        beneath = [i for i in below if result[i].x0 < table.x1 and result[i].x1 > table.x0]
        at = min(beneath or below, default=len(result))
        if at < len(result):
            result[at] = replace(result[at], gap=True)
        result[at:at] = table.rows
    return result


def _found(path: Path, number: int) -> list[list[list[tuple[float, float, float, float]]]]:
    """For each table of two rows and two columns or more its rows of cell boxes; none where the file defeats it."""
    import pdfplumber

    try:
        with pdfplumber.open(path, pages=[number + 1]) as document:
            tables = document.pages[0].find_tables() if document.pages else []
            rows = [[[c for c in row.cells if c is not None] for row in table.rows] for table in tables]
    except Exception:
        # pdfminer fails on broken files in many ways; the page's words are there all the same, only as plain lines.
        return []
    return [table for table in rows if len(table) > 1 and max(len(row) for row in table) > 1]


def _row(cells: Sequence[tuple[float, float, float, float]], words: Sequence[LaidWord]) -> DraftLine | None:
    """A row of cells as one line: the words of each cell line by line, cells joined by tabs."""
    filled = []
    for cell in cells:
        inside = [w for w in words if _in(w, cell)]
        if inside:
            filled.append([word for row in rows_of(inside) for word in row])
    if not filled:
        return None
    parts = [" ".join(w.word.text for w in cell) for cell in filled]
    whole = line_of([word for cell in filled for word in cell], origin="text")
    return replace(whole, text="\t".join(parts), style="table_row")


def _in(word: LaidWord, box: tuple[float, float, float, float]) -> bool:
    """Whether a word's middle lies in a box."""
    x, y = (word.word.x0 + word.word.x1) / 2, (word.word.top + word.word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
