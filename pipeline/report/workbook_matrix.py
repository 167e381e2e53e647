"""The workbook's first sheet: requirements as rows, municipalities as columns, colour and words for each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.exchange.paper import BOLD, fitting, print_scale, row_height, set_up_page
from pipeline.records.comparison import ANSWERS, Cell
from pipeline.report.contents import Contents, standings
from pipeline.report.doubt import is_doubtful
from pipeline.report.sources import cell_sources
from pipeline.report.wording import force_behind, value_in_words
from pipeline.report.workbook_sheet import ANSWER_COLOURS, Styles, in_one_line, inert_text
from pipeline.swedish.texts import Texts

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LEGEND = 2
"""The row where the legend begins, under the title and its own heading. It stands in the columns that every page
repeats, two answers a row, so that it is whole on each."""

HEADINGS = LEGEND + -(-len(ANSWERS) // 2)
"""The row of the headings."""

MAX_NOTES = 3_000
"""Cells that get their quote as a note; a sheet with more of them opens slowly."""

NOTE = {"author": "Jämka", "x_scale": 2.4, "y_scale": 1.6}
MARKS = {"strictest": " ▲", "laxer": " ▽", "incomparable": " ‖"}

NAMES = (16, 26)
"""Width of the columns that name chapter and requirement, in characters."""

LEAST_ACROSS = 3
"""Columns beside them that the words on how to read the sheet have, however few the municipalities."""


def write_matrix(sheet: Worksheet, contents: Contents, styles: Styles) -> None:
    """Write the matrix with its legend; a cell's note holds the quote and its page."""
    municipalities, texts = contents.municipalities, styles.texts
    for place, width in enumerate(NAMES):
        sheet.set_column(place, place, width)
    across = min(max(len(municipalities), LEAST_ACROSS), fitting(_width(contents), beside=NAMES))
    sheet.set_column(2, 1 + max(len(municipalities), across), _width(contents))
    title = ", ".join(book.label_sv if texts.language == "sv" else book.label_en for book in contents.codebooks)
    sheet.write_string(0, 0, f"{texts['workbook.file_title']}: {title}", styles.get(bold=True, font_size=14))
    sheet.set_row(0, 24)
    _legend(sheet, styles)
    hint = texts["workbook.matrix_hint"]
    style = styles.get(italic=True, font_color="#56616A", text_wrap=True)
    sheet.merge_range(1, 2, HEADINGS - 1, 1 + across, hint, style)
    headings = (texts["workbook.group"], texts["workbook.requirement"], *municipalities)
    for place, words in enumerate(headings):
        sheet.write_string(HEADINGS, place, words, styles.heading)
    # A heading has the filter's button beside it.
    sheet.set_row(HEADINGS, 10 + row_height((words, _width(contents) - 3) for words in headings))
    notes = len(contents.requirements) * len(municipalities) <= MAX_NOTES
    _rows(sheet, contents, styles, notes=notes)
    sheet.freeze_panes(HEADINGS + 1, 2)
    sheet.autofilter(HEADINGS, 0, HEADINGS + max(len(contents.requirements), 1), 1 + len(municipalities))
    columns = len(NAMES) + max(len(municipalities), across)
    last_row = HEADINGS + len(contents.requirements)
    footer = texts["workbook.file_title"]
    set_up_page(sheet, last_row=last_row, columns=columns, headings=HEADINGS, footer=footer)
    sheet.repeat_columns(0, len(NAMES) - 1)
    if len(municipalities) > across:
        _print_in_parts(sheet, len(municipalities), _width(contents))


def _print_in_parts(sheet: Worksheet, municipalities: int, width: float) -> None:
    """Break between municipalities where a page is full: a sheet that is fitted to one ignores breaks and gets tiny."""
    across = fitting(width, beside=NAMES)
    sheet.fit_page = False
    sheet.set_print_scale(int(100 * print_scale([*NAMES, *[width] * across])))
    sheet.set_v_pagebreaks(list(range(2 + across, 2 + municipalities, across)))


def _width(contents: Contents) -> int:
    """Width of a municipality's column in characters."""
    return 24 if len(contents.municipalities) <= 40 else 16


def _legend(sheet: Worksheet, styles: Styles) -> None:
    texts = styles.texts
    sheet.write_string(1, 0, texts["workbook.legend"], styles.get(font_color="#56616A"))
    lines: dict[int, list[tuple[str, float]]] = {}
    for number, answer in enumerate(sorted(ANSWERS, key=lambda one: len(texts[f"answer.{one}"]))):
        # The shorter half stands in the narrower column.
        column, line = divmod(number, HEADINGS - LEGEND)
        ground, ink = ANSWER_COLOURS[answer]
        style = styles.get(
            bg_color=ground, font_color=ink, border=1, border_color="#DEDAD0", align="center", text_wrap=True
        )
        said = texts[f"answer.{answer}"]
        sheet.write_string(LEGEND + line, column, said, style)
        lines.setdefault(LEGEND + line, []).append((said, NAMES[column]))
    for line, cells in lines.items():
        sheet.set_row(line, row_height(cells) + 2)


def _rows(sheet: Worksheet, contents: Contents, styles: Styles, *, notes: bool) -> None:
    swedish = styles.texts.language == "sv"
    before = None
    for line, (book, requirement) in enumerate(contents.requirements, start=HEADINGS + 1):
        edge = {"top": 2, "top_color": "#B9B4A7"} if requirement.group != before else {"top": 1, "top_color": "#DEDAD0"}
        before = requirement.group
        group = contents.group_name(requirement.group, swedish=swedish)
        label = requirement.label_sv if swedish else requirement.label_en
        sheet.write_string(line, 0, group, styles.get(text_wrap=True, font_color="#56616A", **edge))
        sheet.write_string(line, 1, label, styles.get(text_wrap=True, bold=True, **edge))
        tall: list[tuple[str, float]] = [(group, NAMES[0]), (label, NAMES[1] * BOLD)]
        row = [contents.cells.get((book.id, requirement.id, m)) for m in contents.municipalities]
        for place, (cell, standing) in enumerate(zip(row, standings(row), strict=True), start=2):
            if cell is None:
                continue
            said = cell.value_text if swedish else value_in_words(cell, requirement, styles.texts)
            shown = contents.mask(cell.document_id).words(said) or contents.say_briefly(cell, styles.texts)
            shown += force_behind(cell, requirement, said, styles.texts)
            ground, ink = ANSWER_COLOURS[cell.answer]
            style = styles.get(text_wrap=True, bg_color=ground, font_color=ink, left=1, left_color="#DEDAD0", **edge)
            mark = _mark(cell, standing)
            documents = len(cell_sources(contents, cell, requirement))
            shown += f" ({styles.texts.say('matrix.documents', n=documents)})" if documents else ""
            tall.append((shown + mark, _width(contents)))
            sheet.write_string(line, place, inert_text(shown + mark, styles.texts), style)
            if notes and cell.start is not None:
                sheet.write_comment(line, place, _note(contents, cell, styles.texts), NOTE)
        sheet.set_row(line, row_height(tall))


def _mark(cell: Cell, standing: str) -> str:
    """What a cell shows behind its words: how strict it is, and whether it is worth a look before it is relied on."""
    strict = MARKS.get(standing, "")
    return f"{strict} ?" if is_doubtful(cell) else strict


def _note(contents: Contents, cell: Cell, texts: Texts) -> str:
    quote = in_one_line(contents.quote(cell.document_id, cell.start, cell.end, said=cell.quote))
    shown = quote if len(quote) <= 600 else quote[:600] + " …"
    place = texts.say("page.n", page=cell.page) if cell.page is not None else ""
    document = contents.documents.get(cell.document_id)
    lines = [texts[f"answer.{cell.answer}"], f"”{shown}”", f"{document.file_name if document else ''}, {place}"]
    return inert_text("\n".join(lines), texts)
