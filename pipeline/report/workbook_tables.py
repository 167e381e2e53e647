"""The rows of the workbook's sheets: one function a sheet; their columns are in workbook_columns.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from pipeline.report.contents import Contents
from pipeline.report.document_parts import repair_shown
from pipeline.swedish.texts import Texts, alphabetical

Row = Mapping[str, Any]

LAW_ORDER = ("repealed", "not_yet", "unknown", "in_force")
"""References that need work stand first."""


def cells_rows(contents: Contents, texts: Texts) -> Iterator[Row]:
    """Every cell of the matrix with its quote, in the codebook's order."""
    for book, requirement in contents.requirements:
        for municipality in contents.municipalities:
            cell = contents.cells.get((book.id, requirement.id, municipality))
            if cell is not None:
                yield _shown(contents, cell) | {
                    "group": contents.group_name(requirement.group, swedish=texts.language == "sv")
                }


def requirements_rows(contents: Contents, _: Texts) -> Iterator[Row]:
    """Every requirement found in the texts."""
    order = sorted(contents.found.values(), key=lambda r: (alphabetical(r.municipality), r.document_id, r.start, r.end))
    for requirement in order:
        row = _shown(contents, requirement)
        yield row | {"topics": row["topics"].replace("|", ", ")}


def values_rows(contents: Contents, _: Texts) -> Iterator[Row]:
    """Every value, ordered by kind."""
    order = sorted(contents.values.values(), key=lambda v: (v.kind, v.value, v.document_id, v.start, v.end, v.value_id))
    for value in order:
        yield _shown(contents, value) | {"municipality": contents.municipality(value.document_id)}


def documents_rows(contents: Contents, texts: Texts) -> Iterator[Row]:
    """Every file of the run, those that could not be read too."""
    for document in contents.documents_by_name:
        row = _shown(contents, document)
        yield row if texts.language == "sv" else row | {"message": row["message_en"]}


def repairs_rows(contents: Contents, _: Texts) -> Iterator[Row]:
    """Every edit of the texts, before and after."""
    for document in sorted(contents.repairs, key=lambda d: (contents.file_name(d), d)):
        for repair in contents.repairs[document]:
            shown = repair_shown(contents, document, repair)
            yield asdict(repair) | shown | {"document": contents.file_name(document)}


def laws_rows(contents: Contents, _: Texts) -> Iterator[Row]:
    """Every reference to an act with what holds on the run's date; those that need work first."""
    for row in sorted(
        contents.comparison.legal_references,
        key=lambda r: (LAW_ORDER.index(r.status_on_date), r.norm, alphabetical(r.municipality), r.document_id, r.start),
    ):
        yield _shown(contents, row)


def findings_rows(contents: Contents, texts: Texts) -> Iterator[Row]:
    """Findings, the weightiest first."""
    labels = {r.id: r.label_sv if texts.language == "sv" else r.label_en for _, r in contents.requirements}
    for finding in contents.findings_by_weight:
        row = _shown(contents, finding)
        said = row["message_sv"] if texts.language == "sv" else row["message_en"]
        yield row | {"message_sv": said, "label": labels.get(finding.requirement, "")}


def lineage_rows(contents: Contents, _: Texts) -> Iterator[Row]:
    """Passages that two documents share, the longest first."""
    for row in contents.lineage_by_length:
        yield _shown(contents, row) | {
            "municipality": contents.municipality(row.document_id),
            "other_municipality": contents.municipality(row.other_document_id),
            "other_document": contents.file_name(row.other_document_id),
            "other_quote": contents.quote(row.other_document_id, row.other_start, row.other_end, said=row.other_quote),
            "earlier": contents.file_name(row.earlier),
        }


def statistics_rows(contents: Contents, texts: Texts) -> Iterator[Row]:
    """Shares with both intervals, in the codebook's order, the whole first."""
    labels = {(b.id, r.id): r.label_sv if texts.language == "sv" else r.label_en for b, r in contents.requirements}
    places = {key: place for place, key in enumerate(labels)}
    for row in sorted(
        contents.comparison.statistics, key=lambda s: (places.get((s.codebook, s.requirement), -1), s.measure)
    ):
        yield asdict(row) | {"label_sv": labels.get((row.codebook, row.requirement), texts["method.whole"])}


def _shown(contents: Contents, record: Any) -> dict[str, Any]:
    """A record's fields with people masked, the quote by its place, and its document's file name."""
    words = contents.mask(record.document_id).words
    row = {f.name: words(v) if isinstance(v := getattr(record, f.name), str) else v for f in fields(record)}
    if "quote" in row and "start" in row:
        row["quote"] = contents.quote(record.document_id, record.start, record.end, said=row["quote"])
    return row | {"document": contents.file_name(record.document_id)}
