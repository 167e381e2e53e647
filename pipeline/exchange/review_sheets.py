"""The review workbook's rows, found by their headings whatever a spreadsheet program made of the sheet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.exchange.review_words import column_names, plain, words
from pipeline.failures import RunFailure, why_not

HEADING_ROWS = 20
"""Rows from the top in which the headings are looked for: people put titles above a table."""

MAX_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """One row of a sheet: its cells by our name of the column, and the number that the spreadsheet shows."""

    sheet: str
    number: int
    cells: Mapping[str, str]


def read_workbook(file: Path) -> tuple[list[AnsweredRow], dict[str, str]]:
    """The rows of every sheet that has a column for decisions, and the reviewer and date that hold for all.

    Raises:
        RunFailure: When the file is no workbook, or has no sheet with a column for decisions.
    """
    import openpyxl

    try:
        if file.stat().st_size > MAX_BYTES:
            raise ValueError("too large")
        workbook = openpyxl.load_workbook(file, data_only=True, read_only=False)
    except OSError as e:
        why = why_not(e)
        raise RunFailure(f"{file} kan inte läsas: {why.sv}.", f"{file} can't be read: {why.en}.") from e
    except Exception as e:  # openpyxl raises whatever zip, XML or its own parser meets in a broken file
        raise RunFailure(
            f"{file} kan inte läsas som arbetsbok (.xlsx). Spara den på nytt som Excel-fil.",
            f"{file} can't be read as a workbook (.xlsx): {type(e).__name__}.",
        ) from e
    rows: list[AnsweredRow] = []
    defaults: dict[str, str] = {}
    found = False
    for sheet in workbook.worksheets:
        lines = [[_text(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
        at, columns = _headings(lines)
        if columns is None:
            defaults |= _defaults(lines)
            continue
        found = True
        for number, line in enumerate(lines[at + 1 :], start=at + 2):
            cells = {column: line[i] for i, column in columns.items() if i < len(line)}
            if any(cells.values()):
                rows.append(AnsweredRow(sheet.title, number, cells))
    if not found:
        raise RunFailure(
            f"{file} har inget blad med kolumnen Beslut. Är det rätt arbetsbok?",
            f"{file} has no sheet with a column of decisions.",
        )
    return rows, defaults


def _text(value: Any) -> str:
    """A cell as text: whole numbers without a decimal, dates as YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    return str(value).strip()


def _headings(lines: Sequence[Sequence[str]]) -> tuple[int, dict[int, str] | None]:
    """The row of headings and the column that each one stands for; None where no row names the verdict."""
    for number, line in enumerate(lines[:HEADING_ROWS]):
        columns: dict[int, str] = {}
        for i, heading in enumerate(line):
            column = column_names().get(plain(heading))
            if column is not None and column not in columns.values():
                columns[i] = column
        if "verdict" in columns.values() and len(columns) > 1:
            return number, columns
    return 0, None


def _defaults(lines: Sequence[Sequence[str]]) -> dict[str, str]:
    names = {plain(label): name for name, label in words()["defaults"].items()}
    found: dict[str, str] = {}
    for line in lines:
        for label, value in pairwise(line):
            if plain(label) in names and value:
                found[names[plain(label)]] = value
    return found
