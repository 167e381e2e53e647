"""How our workbooks stand on paper and how high their rows are: type that can be read, headings on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

FONT = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}
"""The letters of our workbooks. Every program has them or others of the same width; where Calibri is missing,
LibreOffice takes much wider ones and prints all the smaller to fit a page."""

MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}
"""Inches."""

BOLD = 0.92
"""How much of a column's characters fit where the type is bold."""

LINE, MOST_LINES = 13, 31
"""Points a line takes, and how many lines a row has at most: a row ends at 409 points."""

READABLE = 0.7
"""How small a sheet may be printed: seven points."""

_GRID_ON_PAPER = 0
"""What xlsxwriter calls lines between cells on the screen and on paper."""

_A4_ACROSS = 11.69
_PIXELS = 96
"""An inch of a screen, by which programs count the width of columns."""

_DIGIT, _PADDING = 7.4, 5
"""Pixels that a character of a column's width takes, and those around it; Excel says 7, LibreOffice asks the font."""

_LETTERS = 1.08
"""Letters of running text that take no more room than a digit, of which a width counts so many."""


def print_scale(widths: Sequence[float]) -> float:
    """How large columns of these widths are printed that share a page, as a share of their size on the screen."""
    room = (_A4_ACROSS - MARGINS["left"] - MARGINS["right"]) * _PIXELS
    return min(1.0, room / sum(_DIGIT * width + _PADDING for width in widths))


def fitting(width: float, *, beside: Sequence[float]) -> int:
    """How many columns of a width fit on a page, beside others that every page repeats, in type that can be read."""
    count = 1
    while print_scale([*beside, *[width] * (count + 1)]) >= READABLE:
        count += 1
    return count


def set_up_page(sheet: Any, *, last_row: int, columns: int, headings: int = 0, footer: str = "") -> None:
    """A4 across: the first columns on one page's width, the rows of the headings on every page.

    Args:
        sheet: A worksheet of xlsxwriter.
        last_row: The last row that is printed, from 0.
        columns: How many columns are printed; those behind them (ids, what is for the screen) are not.
        headings: The row of the headings, from 0.
        footer: What stands on the left below every page; the name of the sheet and the page's number come after it.
    """
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(headings)
    sheet.print_area(0, 0, last_row, columns - 1)
    sheet.hide_gridlines(_GRID_ON_PAPER)
    sheet.set_footer(f"&L&8{footer}{' · ' if footer else ''}&A&R&8&P / &N")


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """The height in points that a row of wrapped text needs, given each text and its column's width in characters.

    Spreadsheet programs differ in whether they fit rows when they open a file, so each row says its height; what is
    longer than a row can be is cut off in sight, not in the cell.
    """
    lines = max((count_lines(said, width) for said, width in cells), default=1)
    return 2 + LINE * float(min(lines, MOST_LINES))


def count_lines(said: str, width: float) -> int:
    """How many lines a text takes in a column: words go to the next line whole, longer ones than a line are broken."""
    room = max(1, int(width * _LETTERS))
    if len(said) <= room and "\n" not in said:
        return 1
    return sum(_wrapped(paragraph, room) for paragraph in said.split("\n"))


def _wrapped(paragraph: str, width: int) -> int:
    lines, used = 1, 0
    for word in paragraph.split(" "):
        length = len(word)
        if used and used + 1 + length <= width:
            used += 1 + length
            continue
        lines += bool(used) + max(0, length - 1) // width
        used = (length - 1) % width + 1 if length else used
    return lines
