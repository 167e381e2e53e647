"""Tables of a PDF page without ruled lines, told by a first row that names their columns, read cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.ingest.assembly import DraftLine
from pipeline.ingest.laid_cells import BLANK, LaidCell, row_line
from pipeline.ingest.layout import CELL_GAP, LaidWord, Row, rows_of
from pipeline.ingest.pdf_tables import OTHER_SIZE, Table
from pipeline.swedish.tables import names_columns

LONGEST_CELL = 120
"""Characters of a cell from which on it is a column of running text, and what it stands in no table."""
LONGEST_HEAD = 4
"""Words over a column at most."""
BESIDE = 0.5
"""Font sizes by which the words of a column may begin apart."""
INDENT = 3.0
"""Font sizes by which a bullet may stand farther in than its column."""
FARTHEST = 3.5
"""The pitch, in font sizes, from which on a line below a table belongs to it no more."""
_BULLETS = "•▪●◦■□◆➢►✓-–*"


def take_open_tables(words: Sequence[LaidWord]) -> tuple[list[Table], list[LaidWord]]:
    """The tables of a page's words, from top to bottom, and the words that stand in none."""
    rows = rows_of(words)
    tables: list[Table] = []
    taken: set[int] = set()
    at = 0
    while at < len(rows):
        columns = _columns(rows[at])
        body = list(_body(rows, at, columns)) if columns else []
        lines = _table_lines([_cells(rows[at], columns) or [], *body], columns)
        prose = any(len(cell) > LONGEST_CELL for line in lines for cell in line.text.split("\t"))
        if len(body) > 1 and len(lines) > 1 and not prose:
            inside = [word for row in rows[at : at + 1 + len(body)] for word in row]
            tables.append(_table(inside, lines))
            taken |= {id(word) for word in inside}
            at += len(body)
        at += 1
    return tables, [word for word in words if id(word) not in taken]


def _columns(row: Row) -> list[float]:
    """Where the columns begin that a row names; none where it does not."""
    cells: list[Row] = [row[:1]]
    for one, two in pairwise(row):
        if two.word.x0 - one.word.x1 > CELL_GAP * max(one.size, two.size):
            cells.append([])
        cells[-1].append(two)
    texts = [" ".join(w.word.text for w in cell) for cell in cells]
    named = all(len(cell) <= LONGEST_HEAD and text[:1].isupper() for cell, text in zip(cells, texts, strict=True))
    sizes = [word.size for word in row]
    # The heading of a column of text beside a table's head is larger, and no word that stands over columns.
    known = [names_columns([text]) for text in texts]
    if not known[0] or 2 * sum(known) < len(known) or max(sizes) - min(sizes) > OTHER_SIZE:
        return []
    return [cell[0].word.x0 for cell in cells] if len(cells) > 1 and named else []


def _cells(row: Row, columns: Sequence[float]) -> list[Row] | None:
    """A row's words by the column that they stand in; None where they do not keep to the columns."""
    cells: list[Row] = [[] for _ in columns]
    for word in row:
        near = BESIDE * word.size
        at = sum(start - near <= word.word.x0 for start in columns) - 1
        set_in = INDENT * word.size if word.word.text in _BULLETS else near
        if at < 0 or (not cells[at] and word.word.x0 - columns[at] > set_in):
            return None
        if at + 1 < len(columns) and word.word.x1 > columns[at + 1]:
            return None
        cells[at].append(word)
    return cells


def _body(rows: Sequence[Row], head: int, columns: Sequence[float]) -> Iterator[list[Row]]:
    """The lines of words below a table's first row, each by columns, as far as they keep to these."""
    for above, row in pairwise(rows[head:]):
        size = max(word.size for word in row)
        if row[0].baseline - above[0].baseline > FARTHEST * size:
            return
        cells = _cells(row, columns)
        if cells is None or (_is_alone(cells) and not _may_go_on(cells[0])):
            return
        yield cells


def _is_alone(cells: Sequence[Row]) -> bool:
    """Whether nothing stands beside the words of the first column: text below the table begins there too."""
    return bool(cells[0]) and not any(cells[1:])


def _may_go_on(cell: Row) -> bool:
    """Whether a line goes on with one above it: in small letters, or as an item with a bullet."""
    first = cell[0].word.text
    return first[:1].islower() or first[:1] in _BULLETS


def _table_lines(table: Sequence[Sequence[Row]], columns: Sequence[float]) -> list[DraftLine]:
    """The rows of a table: a line whose words all go on with those above them is no row of its own."""
    rows: list[list[list[Row]]] = []
    for cells in table:
        if rows and all(not cell or _goes_on(rows[-1][n], cell, n, columns) for n, cell in enumerate(cells)):
            for n, cell in enumerate(cells):
                rows[-1][n] += [cell] if cell else []
        else:
            rows.append([[cell] if cell else [] for cell in cells])
    return [
        row_line([_laid(lines, n, columns) for n, lines in enumerate(row)], origin="text") for row in rows if any(row)
    ]


def _goes_on(above: Sequence[Row], cell: Row, column: int, columns: Sequence[float]) -> bool:
    """Whether a line of words in a column goes on with the cell above it."""
    if not above:
        return False
    if _may_go_on(cell):
        return True
    last, first = above[-1][-1], cell[0]
    return _right(column, columns) - last.word.x1 < BLANK * last.size + first.word.x1 - first.word.x0


def _right(column: int, columns: Sequence[float]) -> float:
    """Where a column's words end at the latest; the last one's end is not known."""
    return columns[column + 1] if column + 1 < len(columns) else float("inf")


def _laid(lines: Sequence[Row], column: int, columns: Sequence[float]) -> LaidCell:
    right = _right(column, columns)
    return LaidCell(tuple(lines), tuple(right - row[-1].word.x1 for row in lines[:-1]))


def _table(words: Sequence[LaidWord], lines: Sequence[DraftLine]) -> Table:
    boxes = [w.word for w in words]
    return Table(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes),
        (replace(lines[0], gap=True), *lines[1:]),
    )  # fmt: skip
