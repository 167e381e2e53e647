"""Ruled tables of a PDF page as rows of cells, found by pdfplumber from the lines drawn on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pipeline.ingest.assembly import DraftLine
from pipeline.ingest.laid_cells import LaidCell, row_line
from pipeline.ingest.layout import LaidWord, Row, line_of, rows_of
from pipeline.ingest.shaded_tables import Box, Cells, with_unshaded
from pipeline.ingest.stacked import is_label

MIN_LINES = 6
"""Drawn lines and boxes on a page from which on a table is looked for: two rows of two cells have as many."""

MAX_LINES = 3_000
"""More are a map or a drawing, over which the search would take minutes."""


OTHER_SIZE = 0.4
"""Points from which on type is of another size."""


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
        boxes = [box for row in cells for box in _boxes(row)]
        x0, top, x1, bottom = (edge(box[n] for box in boxes) for n, edge in enumerate((min, min, max, max)))
        inside = [w for w in left if _in(w, (x0, top, x1, bottom))]
        lines = _rows(cells, inside)
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
        while beneath and at - 1 in below and result[at - 1].top <= result[at].top:
            at -= 1  # a heading between them that begins to the left of a table set inwards
        if at < len(result):
            result[at] = replace(result[at], gap=True)
        result[at:at] = table.rows
    return result


def _found(path: Path, number: int) -> list[list[Cells]]:
    """For each table of two rows and two columns or more its rows of cell boxes; none where the file defeats it."""
    import pdfplumber

    try:
        with pdfplumber.open(path, pages=[number + 1]) as document:
            tables = document.pages[0].find_tables() if document.pages else []
            rows: list[list[Cells]] = [[row.cells for row in table.rows] for table in tables]
    except Exception:
        # pdfminer fails on broken files in many ways; the page's words are there all the same, only as plain lines.
        return []
    whole = with_unshaded(rows)
    return [table for table in whole if len(table) > 1 and max(len(_boxes(row)) for row in table) > 1]


def _boxes(cells: Cells) -> list[Box]:
    return [box for box in cells if box is not None]


def _rows(table: Sequence[Cells], words: Sequence[LaidWord]) -> list[DraftLine]:
    """The rows of a table as lines; labels over their values make rows of these two."""
    filled = [[_cell(box, words) for box in cells] for cells in table]
    told = [cell for cells in filled for cell in cells if cell.rows]
    if told and _are_labelled(told):
        return [row_line([cell.part(0, 1), cell.part(1, None)], origin="text") for cell in told]
    columns = [n for n, cells in enumerate(zip_longest(*filled, fillvalue=LaidCell())) if any(c.rows for c in cells)]
    lines = ([cells[n] for n in columns if n < len(cells)] for cells in filled if any(c.rows for c in cells))
    return [row_line(cells, origin="text") for cells in lines]


def _cell(box: Box | None, words: Sequence[LaidWord]) -> LaidCell:
    rows = rows_of([w for w in words if _in(w, box)]) if box else []
    if box is None or not rows:
        return LaidCell()
    right = box[2] - max(0.0, min(row[0].word.x0 for row in rows) - box[0])
    return LaidCell(tuple(rows), tuple(right - row[-1].word.x1 for row in rows[:-1]))


def _are_labelled(cells: Sequence[LaidCell]) -> bool:
    """Whether each cell has a label over its value: in other type, or a few words with room for more behind them."""
    if not all(len(cell.rows) > 1 for cell in cells):
        return False
    if all(_is_headed(cell.rows) for cell in cells):
        return True
    texts = [[" ".join(w.word.text for w in row) for row in cell.rows] for cell in cells]
    short = len(cells) > 2 and all(is_label(one) and not two[:1].islower() for one, two, *_ in texts)
    return short and 2 * sum(cell.whole[0] for cell in cells) > len(cells)


def _is_headed(cell: Sequence[Row]) -> bool:
    """Whether the first line of a cell is set in other type than those below it."""
    first, *others = (line_of(row, origin="text") for row in cell)
    return all(line.bold != first.bold or abs(line.size - first.size) > OTHER_SIZE for line in others)


def _in(word: LaidWord, box: Box) -> bool:
    """Whether a word's middle lies in a box."""
    x, y = (word.word.x0 + word.word.x1) / 2, (word.word.top + word.word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
