"""harmonised_requirements.xlsx: the matrix, how to read it, the tables that stand behind it, and the review sheet."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.exchange.paper import FONT, row_height, set_up_page
from pipeline.report.contents import Contents
from pipeline.report.workbook_matrix import write_matrix
from pipeline.report.workbook_review import write_review
from pipeline.report.workbook_sheet import Styles, layouts, write_table
from pipeline.report.workbook_tables import (
    SheetRows,
    cells_rows,
    documents_rows,
    findings_rows,
    laws_rows,
    lineage_rows,
    repairs_rows,
    requirements_rows,
    shared_note,
    statistics_rows,
    values_rows,
)
from pipeline.swedish.texts import Texts, load_texts
from pipeline.tables import write_whole
from pipeline.wording import say_count

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TABLES: tuple[tuple[str, Callable[[Contents, Texts], SheetRows]], ...] = (
    ("cells", cells_rows),
    ("requirements", requirements_rows),
    ("values", values_rows),
    ("documents", documents_rows),
    ("repairs", repairs_rows),
    ("laws", laws_rows),
    ("findings", findings_rows),
    ("lineage", lineage_rows),
    ("statistics", statistics_rows),
)
"""The sheets between matrix and review, in order."""


ABOUT_WIDTH = 110
"""Characters of the column that says how to read the workbook, in type of 11 points."""


def write_workbook(contents: Contents, file: Path) -> None:
    """Write the workbook: nothing in it is a formula or a link, and the same comparison gives the same bytes."""
    from pipeline.report.workbook_file import CompactWorkbook

    texts = load_texts(contents.settings.language)
    sink = io.BytesIO()
    book = CompactWorkbook(
        sink,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
            "default_format_properties": FONT,
        },
    )
    # A workbook bears the time it was made unless told otherwise; ours is the same whenever it is made.
    created = datetime.datetime(2000, 1, 1)  # noqa: DTZ001
    book.set_properties({"title": texts["workbook.file_title"], "created": created, "author": "Jämka"})
    book.set_size(2400, 1500)
    styles = Styles(book, texts)
    write_matrix(book.add_worksheet(texts["workbook.sheet.matrix"]), contents, styles)
    _write_about(book.add_worksheet(texts["workbook.sheet.about"]), styles)
    for name, make in TABLES:
        sheet = book.add_worksheet(texts[f"workbook.sheet.{name}"])
        left_out = contents.comparison.lineage_left_out if name == "lineage" else 0
        note = say_count(texts, "lineage.left_out", left_out) if left_out else ""
        if name == "statistics":
            note = shared_note(contents, texts)
        write_table(sheet, layouts()[name], make(contents, texts), styles, note=note)
    write_review(book.add_worksheet(texts["workbook.sheet.review"]), contents, styles)
    book.close()
    write_whole(file, sink.getvalue())


def _write_about(sheet: Worksheet, styles: Styles) -> None:
    """How to read the workbook."""
    texts = styles.texts
    sheet.set_column(0, 0, ABOUT_WIDTH)
    sheet.write_string(0, 0, texts["workbook.file_title"], styles.get(bold=True, font_size=14))
    lines = [words for name, words in texts.words.items() if name.startswith("workbook.about.")]
    for line, words in enumerate([*lines, texts["workbook.review_hint"]], start=2):
        sheet.set_row(line, row_height([(words, ABOUT_WIDTH * 10 / 11)]) + 2)
        sheet.write_string(line, 0, words, styles.get(text_wrap=True, font_size=11))
    set_up_page(sheet, last_row=len(lines) + 2, columns=1, footer=texts["workbook.file_title"])
