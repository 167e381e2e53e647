"""The workbook's review sheet: a row a cell, with drop-downs, and hidden columns by which answers find back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.exchange.paper import BOLD, row_height, set_up_page
from pipeline.exchange.review_words import HIDDEN, UNPRINTED, words
from pipeline.records.comparison import Cell
from pipeline.report.contents import Contents
from pipeline.report.workbook_sheet import Styles, in_one_line, inert_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CONTEXT = 40
"""Characters before and after the quote that a decision keeps to be found again."""

OWN = ("requirement", "municipality", "answer", "value", "quote", "document", "page", "confidence", "status")
ANSWERED = ("verdict", "new_value", "reason", "author", "date")


def write_review(sheet: Worksheet, contents: Contents, styles: Styles) -> None:
    """Write the review sheet; its headings are among those that `jamka review import` looks for."""
    texts = styles.texts
    name = "name" if texts.language == "sv" else "en"
    columns = (*OWN, *ANSWERED, *HIDDEN)
    for place, column in enumerate(columns):
        named = words()["columns"][column]
        sheet.set_column(place, place, named["width"], None, {"hidden": column in HIDDEN})
        sheet.write_string(0, place, named.get(name, named["name"]), styles.heading)
    headings = ((words()["columns"][c].get(name, words()["columns"][c]["name"]), c) for c in (*OWN, *ANSWERED))
    sheet.set_row(0, 4 + row_height((said, words()["columns"][c]["width"] * BOLD - 2) for said, c in headings))
    open_cell = styles.get(bg_color="#FFF7D6", text_wrap=True, border=1, border_color="#E4D9A8", num_format="@")
    cells = sorted(
        contents.comparison.cells, key=lambda c: (round(c.confidence, 6), c.codebook, c.requirement, c.municipality)
    )
    for line, cell in enumerate(cells, start=1):
        row = _row(contents, cell, styles)
        sheet.set_row(line, row_height((str(row[c] or ""), words()["columns"][c]["width"]) for c in OWN))
        for place, column in enumerate(columns):
            value = row.get(column)
            if column in ANSWERED:
                sheet.write_blank(line, place, None, open_cell)
            elif isinstance(value, int | float):
                shown = styles.percent if column == "confidence" else styles.plain
                sheet.write_number(line, place, round(value, 4), shown)
            elif value:
                sheet.write_string(line, place, inert_text(str(value), texts), styles.wrapped)
    last = max(len(cells), 1)
    verdict = columns.index("verdict")
    sheet.data_validation(1, verdict, last + 200, verdict, {
        "validate": "list", "source": [v[name] for v in words()["verdicts"].values()],
        "input_title": texts["workbook.verdict_title"], "input_message": texts["workbook.verdict_message"],
        "error_title": texts["workbook.verdict_title"], "error_message": texts["workbook.verdict_error"],
    })  # fmt: skip
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    printed = sum(column not in UNPRINTED for column in columns)
    set_up_page(sheet, last_row=last, columns=printed, footer=texts["workbook.file_title"])


def _row(contents: Contents, cell: Cell, styles: Styles) -> dict[str, Any]:
    document = contents.documents.get(cell.document_id)
    quote = contents.quote(cell.document_id, cell.start, cell.end, said=cell.quote)
    return {
        "requirement": cell.label_sv if styles.texts.language == "sv" else cell.label_en,
        "municipality": cell.municipality,
        "answer": styles.words("answer", cell.answer),
        "value": contents.mask(cell.document_id).words(cell.value_text or cell.value),
        "quote": in_one_line(quote),
        "document": document.file_name if document else "",
        "page": cell.page,
        "confidence": cell.confidence,
        "status": styles.words("review", cell.review),
        "id": f"cell:{cell.requirement}|{cell.municipality}",
        "anchor": _anchor(contents, cell, quote),
    }


def _anchor(contents: Contents, cell: Cell, quote: str) -> str:
    """What a decision needs to find its place again, in the form that review workbooks have."""
    text = contents.mask(cell.document_id).text
    document = contents.documents.get(cell.document_id)
    placed = cell.start is not None and cell.end is not None
    start, end = cell.start or 0, cell.end or 0
    anchor = {
        "target": "cell",
        "field": f"{cell.requirement}|{cell.municipality}",
        "sha256": document.sha256 if document and placed else "",
        "quote": quote if placed else "",
        "prefix": text[max(0, start - CONTEXT) : start] if placed else "",
        "suffix": text[end : end + CONTEXT] if placed else "",
        "start": cell.start,
    }
    return json.dumps(anchor, ensure_ascii=True, sort_keys=True)
