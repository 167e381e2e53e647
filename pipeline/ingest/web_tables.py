"""Tables of web pages: which hold data, and their rows with each cell in its column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.ingest.numerals import integer


def is_data(table: Any) -> bool:
    """Whether a table holds data in rows; one that frames headings, lists or other tables is only layout."""
    if next(table.iterdescendants("table", "h1", "h2", "h3", "h4", "ul", "ol"), None) is not None:
        return False
    return any(len(cells_of(row)) > 1 for row in table.iter("tr"))


def table_rows(table: Any, words_in: Callable[[Any], str]) -> Iterator[tuple[Any, list[str]]]:
    """Each row or caption with words, and the words of its cells; below a cell that spans rows its column is empty."""
    spans: dict[int, int] = {}
    for row in table.iter("tr", "caption"):
        texts: list[str] = []
        for cell in cells_of(row):
            while len(texts) in spans:
                texts.append("")
            rows = integer(cell.get("rowspan"), 1)
            if rows > 1:
                spans[len(texts)] = rows
            texts.append(words_in(cell))
        spans = {column: left - 1 for column, left in spans.items() if left > 1}
        if any(texts):
            yield row, texts


def cells_of(row: Any) -> list[Any]:
    """The cells of a row; a caption is its own."""
    return list(row.xpath("./td|./th")) if row.tag == "tr" else [row]
