"""Tables whose cells stack what belongs together: a label over its value, or "label: value" line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.cells import cell_text

LONGEST_LABEL, LABEL_WORDS = 40, 5
"""Characters and words that a label has at most; a longer line is prose."""
VALUE_LINES = 3
"""Lines of a value under its label at most: a name, a function, a telephone number."""
_PAIR = re.compile(r"[A-ZÅÄÖ][^:.\n]{1,40}:(?:\s+\S|\s*$)")

TableCells = Sequence[Sequence[Sequence[str]]]
"""A table's rows of cells, each cell with its lines."""


def unstack(table: TableCells) -> list[list[str]]:
    """For each row of a table the lines that it is read as, cells joined by tabs; none where it says nothing.

    Where every cell of the table has a label over its value, each cell becomes a row of these two; a cell of lines
    that each say "label: value" becomes a row a line. Any other row stays one, two blanks between the items of a cell.
    """
    labelled = _is_labelled(table)
    return [["\t".join(cells).rstrip("\t") for cells in _rows(row, labelled=labelled)] for row in table]


def _rows(row: Sequence[Sequence[str]], *, labelled: bool) -> list[list[str]]:
    filled = [cell for cell in row if cell]
    if labelled:
        return [[cell[0], " ".join(cell[1:])] for cell in filled]
    if any(_is_list(cell) for cell in filled) and all(len(cell) == 1 or _is_list(cell) for cell in filled):
        return [[line] for cell in filled for line in cell]
    return [[cell_text(cell) for cell in row]] if filled else []


def _is_labelled(table: TableCells) -> bool:
    """Whether all that stands in a table are short lines over others, two or more beside each other."""
    filled = [[cell for cell in row if cell] for row in table]
    cells = [cell for row in filled for cell in row]
    return any(len(row) > 1 for row in filled) and all(
        1 < len(cell) <= 1 + VALUE_LINES and is_label(cell[0]) and not _is_list(cell) for cell in cells
    )


def is_label(line: str) -> bool:
    """Whether a line may be a label: a few words with a capital in front, no sentence and no number."""
    words = line.split()
    return (
        len(line) <= LONGEST_LABEL
        and len(words) <= LABEL_WORDS
        and line[:1].isupper()
        and line[-1:] not in ",;!?"
        and (line[-1:] != "." or "." in words[-1][:-1])
        and not any(sign.isdigit() for sign in line)
    )


def _is_list(cell: Sequence[str]) -> bool:
    """Whether a cell is a list of pairs."""
    return len(cell) > 1 and all(_PAIR.match(line) for line in cell)
