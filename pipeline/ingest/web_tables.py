"""Tables of web pages: which hold data, and their rows with each cell in its column; labels with their values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.ingest.cells import MAX_SPAN, CellLook, holds_data
from pipeline.ingest.numerals import integer

MOST_LABEL_WORDS = 6
"""Words of a label at most; a longer one is a question or a term of a glossary."""

MOST_VALUE_WORDS = 15
"""Words of a value at most; what is longer is text."""

_BLOCKS = ("ul", "ol", "dl", "table", "p", "div")
_HEADINGS = ("h1", "h2", "h3", "h4")
_LISTS = ("ul", "ol")


def is_data(table: Any) -> bool:
    """Whether a table holds data in rows; one that frames headings, other tables or parts of a page is only layout."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    if next(table.iterdescendants(*_HEADINGS, *_LISTS), None) is not None:
        return holds_data([[_look(cell) for cell in cells_of(row)] for row in table.iter("tr")])
    return any(len(cells_of(row)) > 1 for row in table.iter("tr"))


def _look(cell: Any) -> CellLook:
    return CellLook(
        " ".join("".join(cell.itertext()).split()),
        listed=next(cell.iterdescendants(*_LISTS), None) is not None,
        headed=next(cell.iterdescendants(*_HEADINGS), None) is not None,
    )


def table_rows(table: Any, lines_in: Callable[[Any], list[str]]) -> Iterator[tuple[Any, list[list[str]]]]:
    """Each row or caption with words, and the lines of its cells; below a cell that spans rows its column is empty."""
    spans: dict[int, int] = {}
    for row in table.iter("tr", "caption"):
        cells: list[list[str]] = []
        for cell in cells_of(row):
            while len(cells) in spans:
                cells.append([])
            rows = integer(cell.get("rowspan"), 1)
            if rows > 1:
                spans[len(cells)] = rows
            cells.append(lines_in(cell))
            cells += [[] for _ in range(1, min(integer(cell.get("colspan"), 1), MAX_SPAN))]
        spans = {column: left - 1 for column, left in spans.items() if left > 1}
        if any(cells):
            yield row, cells


def cells_of(row: Any) -> list[Any]:
    """The cells of a row; a caption is its own."""
    return list(row.xpath("./td|./th")) if row.tag == "tr" else [row]


def is_label(term: Any) -> bool:
    """Whether a list's term is a label with one short value behind it, "Diarienummer" before "KS 2021/312"."""
    value = term.getnext() if term.tag == "dt" else None
    if value is None or value.tag != "dd":
        return False
    more = value.getnext()
    if (more is not None and more.tag == "dd") or next(value.iter(*_BLOCKS), None) is not None:
        return False
    label, said = ("".join(one.itertext()).strip() for one in (term, value))
    short = len(label.split()) <= MOST_LABEL_WORDS and len(said.split()) <= MOST_VALUE_WORDS
    return bool(label and said) and short and not label.endswith("?") and not said.endswith((".", "!", "?"))
