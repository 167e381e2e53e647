"""The review workbook: findings out to a person who says yes, no or what instead, and the answers back as decisions."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.exchange.paper import FONT, row_height, set_up_page
from pipeline.exchange.review_answers import ImportReport, RowProblem, import_review
from pipeline.exchange.review_typed import labels_of
from pipeline.exchange.review_words import ANSWERED, HIDDEN, UNPRINTED, inert, said, words
from pipeline.failures import RunFailure
from pipeline.records.comparison import Cell, Document
from pipeline.records.outline import Metadatum
from pipeline.records.repair import Repair
from pipeline.records.requirement import Requirement, Value
from pipeline.tables import read_table, write_whole
from pipeline.wording import is_read, say, say_value

__all__ = ["ImportReport", "RowProblem", "export_review", "import_review"]

CONTEXT = 40
"""Characters before and after the quote that a decision keeps to be found again."""

GUIDE_WIDTHS = (16, 80)
"""Characters of the columns of the sheet that says how to go about it."""

DOUBTFUL = 0.95
"""Applied repairs below this confidence are shown; suggested ones always."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One finding as a row: its cells by column, what it is (`id`) and where it stands (`anchor`, JSON)."""

    cells: Mapping[str, object]
    id: str
    anchor: str
    confidence: float


class _Output:
    """What of an output folder a reviewer needs to see."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.documents = {d.document_id: d for d in self.read(Document, "documents")}
        self.texts: dict[str, str] = {}

    def read(self, record: type[Any], name: str) -> list[Any]:
        """The rows of one table; RunFailure where the folder lacks it."""
        try:
            return read_table(record, self.out / f"{name}.parquet")
        except (OSError, ValueError) as e:
            raise RunFailure(
                f"{self.out} är ingen hel resultatmapp: {name}.parquet kan inte läsas. Kör jamka run först.",
                f"{self.out} is no complete output folder: {name}.parquet can't be read ({e}).",
            ) from e

    def text(self, document_id: str, folder: str = "texts") -> str:
        """A document's text from texts/ or raw/, read once; empty where there is none."""
        key = f"{folder}/{document_id}"
        if key not in self.texts:
            file = self.out / folder / f"{document_id}.txt"
            self.texts[key] = file.read_bytes().decode("utf-8") if file.is_file() else ""
        return self.texts[key]

    def file_name(self, document_id: str) -> str:
        """A document's file name; empty where the run has none of that id."""
        document = self.documents.get(document_id)
        return document.file_name if document is not None else ""

    def municipality(self, document_id: str) -> str:
        """Whose document it is; empty where the run has none of that id."""
        document = self.documents.get(document_id)
        return document.municipality if document is not None else ""

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What the harmonised requirements are called, by id."""
        return labels_of(self.read(Cell, "harmonised_requirements"))

    def anchor(self, target: str, field: str, document_id: str, quote: str, start: int | None) -> str:
        """What a decision needs to find its place again, as JSON.

        Repairs stand in the raw text, all else in the reading text.
        """
        document = self.documents.get(document_id)
        text = self.text(document_id, "raw" if target == "repair" else "texts") if document_id else ""
        at = start if start is not None else 0
        anchor = {
            "target": target,
            "field": field,
            "sha256": document.sha256 if document is not None else "",
            "quote": quote,
            "prefix": text[max(0, at - CONTEXT) : at] if quote else "",
            "suffix": text[at + len(quote) : at + len(quote) + CONTEXT] if quote else "",
            "start": start,
        }
        return json.dumps(anchor, ensure_ascii=True, sort_keys=True)


def export_review(out: Path, file: Path) -> None:
    """Write the review workbook of an output folder; the least sure findings stand first.

    It has a sheet for each kind of finding, with drop-downs for the verdict, and two hidden columns by which the
    answers find their way back. The same output gives the same bytes.

    Raises:
        RunFailure: When the folder lacks a table.
    """
    import xlsxwriter

    output = _Output(out)
    sink = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(sink, {**plain, "in_memory": True, "default_format_properties": FONT})
    # A workbook bears the time it was made unless told otherwise; ours is the same whenever it is made.
    workbook.set_properties({"title": words()["title"], "created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001
    _write_guide(workbook)
    for target, rows_of in SHEETS:
        rows = sorted(rows_of(output), key=lambda r: (round(r.confidence, 6), r.id))
        _write_sheet(workbook, target, rows)
    workbook.close()
    write_whole(file, sink.getvalue())


def _cells(output: _Output) -> Iterable[ReviewRow]:
    cell: Cell
    for cell in output.read(Cell, "harmonised_requirements"):
        field = f"{cell.requirement}|{cell.municipality}"
        quote = cell.quote if cell.start is not None else ""
        shown = {
            "requirement": cell.label_sv,
            "municipality": cell.municipality,
            "answer": said("answer", cell.answer),
            "value": cell.value_text or cell.value,
            "quote": cell.quote,
            "document": output.file_name(cell.document_id),
            "page": cell.page,
            "confidence": cell.confidence,
            "status": said("review", cell.review),
        }
        anchor = output.anchor("cell", field, cell.document_id if quote else "", quote, cell.start)
        yield ReviewRow(shown, f"cell:{field}", anchor, cell.confidence)


def _requirements(output: _Output) -> Iterable[ReviewRow]:
    requirement: Requirement
    for requirement in output.read(Requirement, "requirements"):
        shown = {
            "modality": say("modalities", requirement.modality),
            "actor": requirement.actor,
            "quote": requirement.quote,
            "topics": ", ".join(output.labels.get(t, t) for t in requirement.topics.split("|")),
            **_place(output, requirement),
        }
        anchor = output.anchor("requirement", "", requirement.document_id, requirement.quote, requirement.start)
        yield ReviewRow(shown, f"requirement:{requirement.requirement_id}", anchor, requirement.confidence)


def _values(output: _Output) -> Iterable[ReviewRow]:
    value: Value
    for value in output.read(Value, "values"):
        shown = {
            "kind": said("value_kind", value.kind),
            "value": say_value(value),
            "quote": value.quote,
            **_place(output, value),
        }
        anchor = output.anchor("value", value.kind, value.document_id, value.quote, value.start)
        yield ReviewRow(shown, f"value:{value.value_id}", anchor, value.confidence)


def _metadata(output: _Output) -> Iterable[ReviewRow]:
    metadatum: Metadatum
    for metadatum in output.read(Metadatum, "metadata"):
        shown = {
            "metadatum": words()["metadata"].get(metadatum.field, metadatum.field),
            "value": metadatum.value,
            "quote": metadatum.quote,
            **_place(output, metadatum),
        }
        anchor = output.anchor("metadata", metadatum.field, metadatum.document_id, metadatum.quote, metadatum.start)
        key = f"metadata:{metadatum.document_id}:{metadatum.field}:{metadatum.start}"
        yield ReviewRow(shown, key, anchor, metadatum.confidence)
    yield from _nameless(output)


def _nameless(output: _Output) -> Iterable[ReviewRow]:
    """A row for each document whose municipality could not be told: it is compared apart until somebody says it."""
    for document in output.documents.values():
        if is_read(document) and not document.municipality:
            shown = {
                "metadatum": words()["metadata"]["municipality"],
                "document": document.file_name,
                "confidence": 0.0,
            }
            anchor = output.anchor("metadata", "municipality", document.document_id, "", None)
            yield ReviewRow(shown, f"metadata:{document.document_id}:municipality:", anchor, 0.0)


def _repairs(output: _Output) -> Iterable[ReviewRow]:
    repair: Repair
    for repair in output.read(Repair, "repairs"):
        doubtful = repair.status == "suggested" or (repair.status == "applied" and repair.confidence < DOUBTFUL)
        if not doubtful or not repair.before.strip():
            continue
        raw = output.text(repair.document_id, "raw")
        around = raw[max(0, repair.raw_start - CONTEXT) : repair.raw_end + CONTEXT]
        shown = {
            "before": repair.before,
            "after": repair.after,
            "context": " ".join(around.split()),
            **_place(output, repair),
        }
        anchor = output.anchor("repair", repair.rule, repair.document_id, repair.before, repair.raw_start)
        key = f"repair:{repair.document_id}:{repair.raw_start}:{repair.raw_end}:{repair.rule}:{repair.after}"
        yield ReviewRow(shown, key, anchor, repair.confidence)


def _place(output: _Output, finding: Any) -> dict[str, object]:
    return {
        "municipality": output.municipality(finding.document_id),
        "document": output.file_name(finding.document_id),
        "page": finding.page,
        "confidence": finding.confidence,
    }


SHEETS: tuple[tuple[str, Callable[[_Output], Iterable[ReviewRow]]], ...] = (
    ("cell", _cells),
    ("requirement", _requirements),
    ("value", _values),
    ("metadata", _metadata),
    ("repair", _repairs),
)
"""The sheets in order, each with where its rows come from."""


def _write_guide(workbook: Any) -> None:
    sheet = workbook.add_worksheet("Läs mig först")
    bold = workbook.add_format({"bold": True, "font_size": 14})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    box = workbook.add_format({"border": 1, "bg_color": "#FFF7D6", "num_format": "@"})
    for place, width in enumerate(GUIDE_WIDTHS):
        sheet.set_column(place, place, width)
    guide: Sequence[str] = words()["guide"]
    sheet.write_string(0, 0, guide[0], bold)
    for number, line in enumerate(guide[1:], start=1):
        sheet.merge_range(number, 0, number, 1, line, wrap)
        sheet.set_row(number, row_height([(line, sum(GUIDE_WIDTHS))]))
    for number, label in enumerate(words()["defaults"].values(), start=len(guide) + 1):
        sheet.write_string(number, 0, label)
        sheet.write_blank(number, 1, None, box)
    set_up_page(sheet, last_row=len(guide) + len(words()["defaults"]), columns=2, footer=words()["title"])


def _write_sheet(workbook: Any, target: str, rows: Sequence[ReviewRow]) -> None:
    form = words()["sheets"][target]
    columns = [*form["columns"], *(c for c in ANSWERED if c != "field" or "fields" in form)]
    sheet = workbook.add_worksheet(form["name"])
    head = workbook.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    percent = workbook.add_format({"valign": "top", "num_format": "0 %"})
    answer = workbook.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF7D6", "num_format": "@"})
    answer.set_border(1)
    answer.set_border_color("#D9CFA3")
    for number, column in enumerate(columns):
        named = words()["columns"][column]
        sheet.set_column(number, number, named["width"], None, {"hidden": column in HIDDEN})
        sheet.write_string(0, number, named["name"], head)
    for line, row in enumerate(rows, start=1):
        sheet.set_row(line, row_height(_shown(row, columns)))
        for number, column in enumerate(columns):
            style = answer if column in ANSWERED else percent if column == "confidence" else wrap
            _write_cell(sheet, (line, number), column, row, style)
    last = max(len(rows), 1)
    sheet.freeze_panes(1, 0)
    printed = sum(column not in UNPRINTED for column in columns)
    set_up_page(sheet, last_row=last, columns=printed, footer=words()["title"])
    sheet.autofilter(0, 0, last, len(columns) - 1)
    # Rows that a person adds below get the drop-downs too.
    below = last + 200
    verdicts = [v["name"] for v in words()["verdicts"].values()]
    at = columns.index("verdict")
    sheet.data_validation(1, at, below, at, {"validate": "list", "source": verdicts, "error_title": "Beslut",
                                             "error_message": "Välj Godkänn, Ändra eller Avvisa."})  # fmt: skip
    if "field" in columns:
        at = columns.index("field")
        sheet.data_validation(1, at, below, at, {"validate": "list", "source": form["fields"], "ignore_blank": True})


def _shown(row: ReviewRow, columns: Sequence[str]) -> Iterator[tuple[str, float]]:
    """What the row's cells say, each with its column's width."""
    for column in columns:
        if column not in ANSWERED:
            yield str(row.cells.get(column) or ""), float(words()["columns"][column]["width"])


def _write_cell(sheet: Any, at: tuple[int, int], column: str, row: ReviewRow, style: Any) -> None:
    value = row.cells.get(column)
    if column in HIDDEN:
        sheet.write_string(*at, inert(row.id if column == "id" else row.anchor))
    elif column in ANSWERED or value is None:
        sheet.write_blank(*at, None, style)
    elif isinstance(value, int | float):
        sheet.write_number(*at, round(value, 4), style)
    else:
        sheet.write_string(*at, inert(str(value)), style)
