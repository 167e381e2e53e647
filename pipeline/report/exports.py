"""The comparison in the formats of other programs, people masked in all of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.codebooks import Codebook
from pipeline.exchange.annotations import AnnotationPart, write_annotation_parts
from pipeline.exchange.database import Rows, begin_database, end_database, has_begun
from pipeline.exchange.oscal import MappingMaterial, write_mapping
from pipeline.exchange.refi_qda import ProjectPart, write_codebook, write_project_parts
from pipeline.exchange.training import TrainingPart, write_training_parts
from pipeline.params import ReportSettings
from pipeline.records.comparison import Cell, CellEvidence, Document, Finding, LegalReference, Relation
from pipeline.records.institutional import InstitutionalStatement
from pipeline.records.outline import Metadatum
from pipeline.records.requirement import Requirement, Value
from pipeline.records.stage import ExchangedDocument, ExchangeShard, Passage
from pipeline.report.coding import project_codes
from pipeline.report.contents import Contents
from pipeline.report.masking import Mask
from pipeline.report.searching import passages_of_answers, passages_of_findings
from pipeline.tables import as_row, in_order, write_table

OUTPUTS = (
    "coded_documents.qdpx", "codebook.qdc", "codebook.csv", "annotations.jsonld", "training.jsonl", "training.spacy",
    "institutional_grammar.csv", "institutional_grammar.parquet", "comparison.sqlite", "oscal_mapping.json",
)  # fmt: skip
"""Every file that `write_exports` writes."""

OF_DOCUMENTS: dict[str, type] = {"requirements": Requirement, "values": Value, "metadata": Metadatum}
"""The output tables of the documents themselves that are in the database, in its order."""
COMPARED: dict[str, type] = {
    "documents": Document, "harmonised_requirements": Cell, "cell_evidence": CellEvidence,
    "legal_references": LegalReference, "relations": Relation, "findings": Finding,
}  # fmt: skip
"""The output tables of the comparison that are in the database, in its order."""
TABLES = {**OF_DOCUMENTS, **COMPARED}
"""All of these."""
DATABASE = "comparison.sqlite"
RENAMED = {"values": "found_values"}
"""What a table is called in the database, where its own name is a word of SQL."""


@dataclass(frozen=True, slots=True)
class ExportMaterial:
    """What the formats of other programs are made of, whether it lies in memory or in an output folder.

    Attributes:
        table: The rows of an output table by its name, in the table's order.
        masks: What is shown of each document that has a text, by document_id.
        shards: The documents' own parts. Like the tables they are asked for when they are written, and let go then.
        statements: Every requirement in the grammar of institutions.
        passages: What can be searched of the documents themselves.
        codebooks: The questions that were put.
        settings: The language, and whether people are masked.
        law_date: The day on which the law's status is given; None where it is not known.
    """

    table: Callable[[str], Iterable[Any]]
    masks: Mapping[str, Mask]
    shards: Callable[[], Sequence[ExchangeShard]]
    statements: Callable[[], Sequence[InstitutionalStatement]]
    passages: Callable[[], Iterable[Passage]]
    codebooks: Sequence[Codebook]
    settings: ReportSettings
    law_date: datetime.date | None


def material_at_hand(contents: Contents, exchanged: Sequence[ExchangedDocument]) -> ExportMaterial:
    """The material of a comparison that is in memory."""
    comparison = contents.comparison
    extractions = [f.extraction for f in contents.material.findings if f.extraction is not None]
    outlines = [f.outline for f in contents.material.findings if f.outline is not None]
    tables: dict[str, Iterable[Any]] = {
        "documents": comparison.documents, "harmonised_requirements": comparison.cells,
        "cell_evidence": comparison.evidence, "requirements": (r for e in extractions for r in e.requirements),
        "values": (v for e in extractions for v in e.values), "metadata": (m for o in outlines for m in o.metadata),
        "legal_references": comparison.legal_references, "relations": comparison.relations,
        "findings": comparison.findings,
    }  # fmt: skip
    ordered = {name: in_order(rows, TABLES[name]) for name, rows in tables.items()}
    return ExportMaterial(
        table=ordered.__getitem__,
        masks={i: contents.mask(i) for i, found in contents.findings.items() if found.outline is not None},
        shards=lambda: [one.shard for one in exchanged if one.shard is not None],
        statements=lambda: in_order((row for one in exchanged for row in one.statements), InstitutionalStatement),
        passages=lambda: chain.from_iterable(one.passages for one in exchanged),
        codebooks=contents.codebooks,
        settings=contents.settings,
        law_date=contents.material.law_date,
    )


def write_exports(material: ExportMaterial, folder: Path) -> None:
    """Write the files of docs/report.md's table "The formats of other programs" into a folder, each whole."""
    write_documents(material, folder)
    write_comparison(material, folder)


def write_documents(material: ExportMaterial, folder: Path) -> None:
    """Write what the documents say, whatever comes of the comparison; the database is begun."""
    _write_coded(material, folder)
    write_table(material.statements(), InstitutionalStatement, folder, "institutional_grammar")
    begin_database(_tables_of_documents(material), material.passages(), folder / DATABASE)


def has_documents(folder: Path) -> bool:
    """Whether the database has been begun with what the documents say."""
    return has_begun(folder / DATABASE)


def write_comparison(material: ExportMaterial, folder: Path) -> None:
    """Write what the comparison says, and end the database."""
    write_mapping(
        MappingMaterial(
            list(_shown(material, "harmonised_requirements")), list(material.table("relations")),
            list(_shown(material, "documents")), material.law_date or datetime.date.min,
        ),
        folder / "oscal_mapping.json",
    )  # fmt: skip
    tables = (Rows(name, record, _shown(material, name)) for name, record in COMPARED.items())
    end_database(tables, _passages(material), folder / DATABASE)


def _write_coded(material: ExportMaterial, folder: Path) -> None:
    """Write the formats that are made of coded documents."""
    language, shards = material.settings.language, material.shards()
    codes = project_codes(material.codebooks, language)
    write_project_parts(
        codes, [ProjectPart(s.document_id, s.name, material.masks[s.document_id].text, s.project) for s in shards],
        folder / "coded_documents.qdpx", language=language,
    )  # fmt: skip
    write_codebook(codes, folder)
    annotations = [AnnotationPart(s.document_id, s.annotations, s.annotation_ids) for s in shards]
    write_annotation_parts(annotations, folder / "annotations.jsonld")
    write_training_parts([TrainingPart(s.document_id, s.training, s.tokens) for s in shards], folder)


def _tables_of_documents(material: ExportMaterial) -> Iterator[Rows]:
    """The documents' tables as they may be shown, in the order of their keys."""
    for name, record in OF_DOCUMENTS.items():
        yield Rows(RENAMED.get(name, name), record, _shown(material, name))
    yield Rows("institutional_grammar", InstitutionalStatement, material.statements())


def _shown(material: ExportMaterial, table: str) -> Iterator[Any]:
    masks, nothing = material.masks, Mask("")
    for row in material.table(table):
        mask = masks.get(getattr(row, "document_id", ""), nothing)
        yield shown(mask, row) if mask.hidden else row


def shown(mask: Mask, row: Any) -> Any:
    """A row of a table with the people of its document masked: quotes by their place, other words by what is hidden."""
    said: dict[str, Any] = {
        name: mask.words(value)
        for name, value in as_row(row).items()
        if isinstance(value, str) and not name.endswith("_id") and name != "sha256"
    }
    start, end = getattr(row, "start", None), getattr(row, "end", None)
    if "quote" in said and start is not None and end is not None:
        said["quote"] = mask.quote(start, end)
    return replace(row, **said)


def _passages(material: ExportMaterial) -> Iterator[Passage]:
    """What of the comparison can be searched: answers and findings with their words."""
    yield from passages_of_answers(_shown(material, "harmonised_requirements"))
    weighty = sorted(_shown(material, "findings"), key=lambda f: -f.weight)
    yield from passages_of_findings(weighty)
