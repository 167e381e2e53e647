"""One table as a sheet: headings, widths, wrapped text, filter, print set-up; nothing in it is a formula or a link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.exchange.paper import BOLD, FONT, row_height, set_up_page
from pipeline.swedish.texts import Texts
from pipeline.trees import parse_tree
from pipeline.wording import say_count

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from pipeline.report.workbook_tables import SheetRows

MAX_CHARACTERS = 32_767
"""What a cell takes (Excel specifications and limits)."""

MAX_ROWS = 15_000
"""Rows of a sheet; its last line says what is left out and where it stands. The answers of all 290 municipalities to
the requirements of a codebook (13,000) are fewer. Excel could hold a million, but takes minutes to open so many, and
each costs as much to write as to find."""

ANSWER_COLOURS = {
    "stated": ("#E3F0F5", "#0B4F6C"),
    "stated_negatively": ("#FBECD9", "#7A3C00"),
    "delegated": ("#EEE8F8", "#4A2E82"),
    "silent": ("#FFFFFF", "#6A757E"),
    "unreadable": ("#E6E4DE", "#444B52"),
    "conflicting": ("#FBE3E0", "#8C1A15"),
}
"""Ground and ink of each answer, the same as in the report; the words stand in the cell too."""


UNRANKED = ("relation_to_strictest", "none")
"""The column and the code of an answer that stands in no order: it needs no saying."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name of its value in a row and of its heading, its width in characters, how it is shown."""

    name: str
    heading: str
    width: float
    kind: str
    """text, percent, or words:PREFIX for a code that the texts say in words."""
    part: str
    """shown: printed too; beside: on the screen only, for a page has no room for it; technical: to join tables by."""

    @property
    def codes(self) -> str:
        """What the texts' names of its codes begin with, empty where it has no codes."""
        return self.kind.removeprefix("words:") if self.kind.startswith("words:") else ""

    @property
    def printed(self) -> bool:
        """Whether it is on paper."""
        return self.part == "shown"


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's columns, and the file that holds the whole table for what does not fit."""

    columns: tuple[Column, ...]
    source: str


@lru_cache(maxsize=1)
def layouts() -> Mapping[str, Layout]:
    """The sheets' layouts by name, as in workbook_columns.yaml."""
    content = parse_tree(Path(__file__).with_name("workbook_columns.yaml").read_text("utf-8"))
    return {
        name: Layout(
            tuple(_column(said, part) for part in ("shown", "beside", "technical") for said in sheet.get(part, ())),
            sheet["source"],
        )
        for name, sheet in content.items()
    }


def _column(said: str, part: str) -> Column:
    name, width, *rest = said.split()
    settings = dict(word.split("=") for word in rest if "=" in word)
    kind = next((word for word in rest if "=" not in word), "text")
    return Column(name, settings.get("heading", name), float(width), kind, part)


@dataclass
class Styles:
    """The workbook's words, and its formats, each made once."""

    book: Workbook
    texts: Texts
    made: dict[frozenset[tuple[str, Any]], Any] = field(default_factory=dict)
    shown: dict[tuple[str, Any], str] = field(default_factory=dict)
    """What codes are called, by prefix and code."""
    answers: dict[str, Any] = field(default_factory=dict)
    """The format of each answer."""

    def get(self, **settings: Any) -> Any:
        """The format with these settings."""
        key = frozenset(settings.items())
        if key not in self.made:
            self.made[key] = self.book.add_format({**FONT, "valign": "top", **settings})
        return self.made[key]

    @cached_property
    def wrapped(self) -> Any:
        """The format of plain text, which nearly every cell has."""
        return self.get(text_wrap=True)

    @cached_property
    def plain(self) -> Any:
        """The format of numbers."""
        return self.get()

    @cached_property
    def percent(self) -> Any:
        """The format of shares."""
        return self.get(num_format="0 %")

    def of_answer(self, answer: str) -> Any:
        """The format of an answer in its colours."""
        if answer not in self.answers:
            ground, ink = ANSWER_COLOURS[answer]
            self.answers[answer] = self.get(text_wrap=True, bg_color=ground, font_color=ink)
        return self.answers[answer]

    def words(self, prefix: str, code: Any) -> str:
        """What a code is called, the code itself where it has no words."""
        if (prefix, code) not in self.shown:
            self.shown[prefix, code] = self.texts.get(f"{prefix}.{code}", str(code))
        return self.shown[prefix, code]

    @property
    def heading(self) -> Any:
        """The format of headings."""
        return self.get(bold=True, bg_color="#12465C", font_color="#FFFFFF", text_wrap=True, valign="vcenter")


def in_one_line(quote: str) -> str:
    """A quote as it is read in a cell: where its document breaks lines tells nothing there."""
    return " ".join(quote.split())


def in_sight(said: str) -> str:
    """A stretch of text as a row shows it: breaks as signs and gaps as one blank, or a page of nothing stands there."""
    return re.sub(r"[^\S\n\f]{2,}", " ", re.sub(r"[^\S\n\f]*[\n\f]\s*", "⏎", said))


def inert_text(said: str, texts: Texts) -> str:
    """Text that a cell can hold: no control characters, cut with a mark where it is too long."""
    if said.isprintable() and 2 * len(said) <= MAX_CHARACTERS:
        return said
    kept = "".join(c if c in "\n\t" or c.isprintable() or c == "\u00a0" else " " for c in said)
    # Excel counts UTF-16 units: an emoji is two.
    if len(kept.encode("utf-16-le", "replace")) // 2 <= MAX_CHARACTERS:
        return kept
    mark = texts["workbook.cut"]
    return kept.encode("utf-16-le", "replace")[: 2 * (MAX_CHARACTERS - len(mark))].decode("utf-16-le", "ignore") + mark


def write_table(sheet: Worksheet, layout: Layout, rows: SheetRows, styles: Styles, *, note: str = "") -> None:
    """Write a table from the top of a sheet; the last lines say how many rows did not fit, and what is to be noted."""
    texts = styles.texts
    for place, column in enumerate(layout.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, texts[f"column.{column.heading}"], styles.heading)
    headings = [(texts[f"column.{c.heading}"], c.width * BOLD - 2) for c in layout.columns if c.part != "technical"]
    sheet.set_row(0, row_height(headings) + 4)
    last = 0
    columns = [(place, column, column.codes) for place, column in enumerate(layout.columns)]
    for last, row in enumerate(rows.first(MAX_ROWS), start=1):
        tall: list[tuple[str, float]] = []
        for place, column, codes in columns:
            value = row.get(column.name)
            if value is None or value == "":
                continue
            if not isinstance(value, str):
                _write_number(sheet, (last, place), value, column=column, styles=styles)
                continue
            said = styles.words(codes, value) if codes else value
            if column.part != "technical":
                tall.append((said, column.width))
            if (column.name, value) != UNRANKED:
                style = styles.of_answer(value) if column.name == "answer" else styles.wrapped
                sheet.write_string(last, place, inert_text(said, texts), style)
        sheet.set_row(last, row_height(tall))
    left_out = len(rows.records) - last
    if left_out:
        said = say_count(texts, "workbook.rows_left_out", left_out, file=layout.source)
        sheet.write_string(last + 1, 0, said, styles.get(bold=True))
    if note:
        sheet.write_string(last + 1 + bool(left_out), 0, note, styles.get(bold=True))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(layout.columns) - 1)
    printed = sum(column.printed for column in layout.columns)
    set_up_page(sheet, last_row=max(last, 1), columns=printed, footer=texts["workbook.file_title"])


def _write_number(
    sheet: Worksheet, at: tuple[int, int], value: float, *, column: Column, styles: Styles
) -> None:  # fmt: skip
    """Write a number or a truth value as the column shows it."""
    if isinstance(value, bool):
        sheet.write_string(*at, styles.texts[f"workbook.bool.{str(value).lower()}"], styles.wrapped)
    elif column.kind == "percent":
        sheet.write_number(*at, round(float(value), 4), styles.percent)
    else:
        sheet.write_number(*at, round(value, 4), styles.plain)
