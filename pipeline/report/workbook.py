"""harmonised_requirements.xlsx: the matrix first, then every table that stands behind it, then the review sheet."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.report.contents import Contents
from pipeline.report.workbook_matrix import write_matrix
from pipeline.report.workbook_review import write_review
from pipeline.report.workbook_sheet import Styles, Table, print_setup, row_height, write_table
from pipeline.report.workbook_tables import (
    cells_table,
    documents_table,
    findings_table,
    laws_table,
    lineage_table,
    repairs_table,
    requirements_table,
    values_table,
)
from pipeline.swedish.texts import Texts, load_texts
from pipeline.tables import write_whole

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TABLES: tuple[tuple[str, Callable[[Contents, Texts], Table]], ...] = (
    ("cells", cells_table),
    ("requirements", requirements_table),
    ("values", values_table),
    ("documents", documents_table),
    ("repairs", repairs_table),
    ("laws", laws_table),
    ("findings", findings_table),
    ("lineage", lineage_table),
)
"""The sheets between matrix and review, in order."""


def write_workbook(contents: Contents, file: Path) -> None:
    """Write the workbook: nothing in it is a formula or a link, and the same comparison gives the same bytes."""
    import xlsxwriter

    texts = load_texts(contents.settings.language)
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(
        sink,
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True},
    )
    # A workbook bears the time it was made unless told otherwise; ours is the same whenever it is made.
    created = datetime.datetime(2000, 1, 1)  # noqa: DTZ001
    book.set_properties({"title": texts["workbook.file_title"], "created": created, "author": "Jämka"})
    book.set_size(2400, 1500)
    styles = Styles(book)
    write_matrix(book.add_worksheet(texts["workbook.sheet.matrix"]), contents, styles, texts)
    for name, make in TABLES:
        write_table(book.add_worksheet(texts[f"workbook.sheet.{name}"]), make(contents, texts), styles, texts)
    write_review(book.add_worksheet(texts["workbook.sheet.review"]), contents, styles, texts)
    _write_about(book.add_worksheet(texts["workbook.sheet.about"]), styles, texts)
    book.close()
    write_whole(file, sink.getvalue())


def _write_about(sheet: Worksheet, styles: Styles, texts: Texts) -> None:
    """How to read the workbook."""
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, texts["workbook.file_title"], styles.get(bold=True, font_size=14))
    lines = [words for name, words in texts.words.items() if name.startswith("workbook.about.")]
    for line, words in enumerate([*lines, texts["workbook.review_hint"]], start=2):
        sheet.set_row(line, row_height([(words, 100)]) + 2)
        sheet.write_string(line, 0, words, styles.get(text_wrap=True, font_size=11))
    print_setup(sheet, texts)
