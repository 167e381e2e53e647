"""What stands in the workbook's sheets: one function a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from pipeline.report.contents import Contents
from pipeline.report.summary import sorted_findings
from pipeline.report.workbook_sheet import Column, Table
from pipeline.swedish.texts import Texts, alphabetical

Row = Mapping[str, Any]

QUOTE = Column("quote", 60)
DOCUMENT = Column("document", 30)
CONFIDENCE = Column("confidence", 9, "percent")


def _named(contents: Contents, document_id: str) -> str:
    document = contents.documents.get(document_id)
    return document.file_name if document else ""


def _shown(contents: Contents, record: Any) -> dict[str, Any]:
    """A record's fields with people masked, the quote by its place, and its document's file name."""
    words = contents.mask(record.document_id).words
    row = {name: words(v) if isinstance(v, str) else v for name, v in asdict(record).items()}
    if "quote" in row and "start" in row:
        row["quote"] = contents.quote(record.document_id, record.start, record.end, said=row["quote"])
    return row | {"document": _named(contents, record.document_id)}


def cells_table(contents: Contents, texts: Texts) -> Table:
    """Every cell of the matrix with its quote, in the codebook's order."""
    names = {g.id: g.sv if texts.language == "sv" else g.en for book in contents.codebooks for g in book.groups}

    def rows() -> Iterator[Row]:
        for book, requirement in contents.requirements:
            for municipality in contents.municipalities:
                cell = contents.cells.get((book.id, requirement.id, municipality))
                if cell is not None:
                    yield _shown(contents, cell) | {"group": names.get(requirement.group, requirement.group)}

    return rows()


def requirements_table(contents: Contents, _: Texts) -> Table:
    """Every requirement found in the texts."""

    def rows() -> Iterator[Row]:
        found = [r for f in contents.material.findings if f.extraction is not None for r in f.extraction.requirements]
        for requirement in sorted(found, key=lambda r: (alphabetical(r.municipality), r.document_id, r.start, r.end)):
            row = _shown(contents, requirement)
            yield row | {"topics": row["topics"].replace("|", ", ")}

    return rows()


def values_table(contents: Contents, _: Texts) -> Table:
    """Every value, ordered by kind."""

    def rows() -> Iterator[Row]:
        places = {
            f.source.document_id: f.outline.document.municipality for f in contents.material.findings if f.outline
        }
        ordered = sorted(
            contents.values.values(), key=lambda v: (v.kind, v.value, v.document_id, v.start, v.end, v.value_id)
        )
        for value in ordered:
            yield _shown(contents, value) | {"municipality": places.get(value.document_id, "")}

    return rows()


def documents_table(contents: Contents, texts: Texts) -> Table:
    """Every file of the run, those that could not be read too."""

    def rows() -> Iterator[Row]:
        for document in sorted(contents.comparison.documents, key=lambda d: (d.file_name, d.document_id)):
            row = _shown(contents, document)
            yield row if texts.language == "sv" else row | {"message": row["message_en"]}

    return rows()


def repairs_table(contents: Contents, _: Texts) -> Table:
    """Every edit of the texts, before and after."""

    def rows() -> Iterator[Row]:
        from pipeline.report.document_parts import repair_shown

        for document in sorted(contents.repairs, key=lambda d: (_named(contents, d), d)):
            for repair in contents.repairs[document]:
                yield (
                    asdict(repair) | repair_shown(contents, document, repair) | {"document": _named(contents, document)}
                )

    return rows()


def laws_table(contents: Contents, _: Texts) -> Table:
    """Every reference to an act with what holds on the run's date; those that need work first."""
    order = {"repealed": 0, "not_yet": 1, "unknown": 2, "in_force": 3}
    ordered = sorted(
        contents.comparison.legal_references,
        key=lambda r: (
            order[r.status_on_date],
            r.norm,
            alphabetical(r.municipality),
            r.document_id,
            r.start,
            r.value_id,
        ),
    )
    return (_shown(contents, row) for row in ordered)


def findings_table(contents: Contents, texts: Texts) -> Table:
    """Findings, the weightiest first."""
    labels = {r.id: r.label_sv if texts.language == "sv" else r.label_en for _, r in contents.requirements}

    def rows() -> Iterator[Row]:
        for finding in sorted_findings(contents):
            row = _shown(contents, finding)
            said = row["message_sv"] if texts.language == "sv" else row["message_en"]
            yield row | {"message_sv": said, "label": labels.get(finding.requirement, "")}

    return rows()


def lineage_table(contents: Contents, _: Texts) -> Table:
    """Passages that two documents share, the longest first."""

    def rows() -> Iterator[Row]:
        ordered = sorted(
            contents.comparison.lineage,
            key=lambda r: (-(r.end - r.start), r.document_id, r.other_document_id, r.start, r.other_start),
        )
        for row in ordered:
            other = contents.documents.get(row.other_document_id)
            own = contents.documents.get(row.document_id)
            other_quote = contents.quote(row.other_document_id, row.other_start, row.other_end, said=row.other_quote)
            yield _shown(contents, row) | {
                "municipality": own.municipality if own else "", "other_municipality": other.municipality if other else "",
                "other_document": other.file_name if other else "", "other_quote": other_quote,
                "earlier": _named(contents, row.earlier),
            }  # fmt: skip

    return rows()
