"""The comparison in the formats of other programs, people masked in all of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.exchange.annotations import AnnotationPart, write_annotation_parts
from pipeline.exchange.database import Passage, Rows, write_database
from pipeline.exchange.oscal import MappingMaterial, write_mapping
from pipeline.exchange.refi_qda import ProjectPart, write_codebook, write_project_parts
from pipeline.exchange.training import TrainingPart, write_training_parts
from pipeline.records.comparison import SAYING, Cell, CellEvidence, Document, Finding, LegalReference, Relation
from pipeline.records.institutional import InstitutionalStatement
from pipeline.records.outline import Metadatum
from pipeline.records.requirement import Requirement, Value
from pipeline.report.coding import project_codes
from pipeline.report.contents import Contents
from pipeline.report.institutional import statements
from pipeline.report.shards import all_shards
from pipeline.tables import as_row, write_table

OUTPUTS = (
    "coded_documents.qdpx", "codebook.qdc", "codebook.csv", "annotations.jsonld", "training.jsonl", "training.spacy",
    "institutional_grammar.csv", "institutional_grammar.parquet", "comparison.sqlite", "oscal_mapping.json",
)  # fmt: skip
"""Every file that `write_exports` writes."""


def write_exports(contents: Contents, folder: Path) -> None:
    """Write the files of docs/report.md's table "The formats of other programs" into a folder, each whole."""
    language = contents.settings.language
    codes = project_codes(contents)
    shards = [shard for shard in all_shards(contents).values() if shard.project]
    write_project_parts(
        codes, [ProjectPart(s.document_id, s.name, contents.mask(s.document_id).text, s.project) for s in shards],
        folder / "coded_documents.qdpx", language=language,
    )  # fmt: skip
    write_codebook(codes, folder)
    annotations = [AnnotationPart(s.document_id, s.annotations, s.annotation_ids) for s in shards]
    write_annotation_parts(annotations, folder / "annotations.jsonld")
    write_training_parts([TrainingPart(s.document_id, s.training, s.tokens) for s in shards], folder)
    found = list(statements(contents))
    write_table(found, InstitutionalStatement, folder, "institutional_grammar")
    write_mapping(_mapping_material(contents), folder / "oscal_mapping.json")
    write_database(
        _tables(contents, found), _passages(contents, [s.document_id for s in shards]), folder / "comparison.sqlite"
    )


def _mapping_material(contents: Contents) -> MappingMaterial:
    comparison = contents.comparison
    return MappingMaterial(
        [shown(contents, cell) for cell in comparison.cells],
        comparison.relations,
        [shown(contents, document) for document in comparison.documents],
        contents.material.law_date or datetime.date.min,
    )


def _tables(contents: Contents, found: Iterable[InstitutionalStatement]) -> Iterator[Rows]:
    """The tables of the output folder as they may be shown, in the order of their keys; values are `found_values`."""
    comparison = contents.comparison
    extractions = [f.extraction for _, f in sorted(contents.findings.items()) if f.extraction is not None]
    outlines = [f.outline for _, f in sorted(contents.findings.items()) if f.outline is not None]
    tables: tuple[tuple[str, type, Iterable[Any]], ...] = (
        ("documents", Document, comparison.documents),
        ("harmonised_requirements", Cell, comparison.cells),
        ("cell_evidence", CellEvidence, comparison.evidence),
        ("requirements", Requirement, (r for e in extractions for r in e.requirements)),
        ("found_values", Value, (v for e in extractions for v in e.values)),
        ("metadata", Metadatum, (m for o in outlines for m in o.metadata)),
        ("legal_references", LegalReference, comparison.legal_references),
        ("relations", Relation, comparison.relations),
        ("findings", Finding, comparison.findings),
    )
    for name, record, rows in tables:
        key: tuple[str, ...] = record.KEY  # type: ignore[attr-defined]
        ordered = sorted(rows, key=lambda row, key=key: tuple(getattr(row, k) for k in key))  # type: ignore[misc]
        yield Rows(name, record, (shown(contents, row) for row in ordered))
    yield Rows("institutional_grammar", InstitutionalStatement, found)


def shown(contents: Contents, row: Any) -> Any:
    """A row of a table with the people of its document masked: quotes by their place, other words by what is hidden."""
    document = getattr(row, "document_id", "")
    mask = contents.mask(document)
    if not mask.hidden:
        return row
    said: dict[str, Any] = {
        name: mask.words(value)
        for name, value in as_row(row).items()
        if isinstance(value, str) and not name.endswith("_id") and name != "sha256"
    }
    start, end = getattr(row, "start", None), getattr(row, "end", None)
    if "quote" in said and start is not None:
        said["quote"] = contents.quote(document, start, end, said=said["quote"])
    return replace(row, **said)


def _passages(contents: Contents, coded: Sequence[str]) -> Iterator[Passage]:
    """What can be searched: answers, requirements, values and findings with their words, and every unit."""
    for cell in sorted(contents.comparison.cells, key=lambda c: (c.codebook, c.requirement, c.municipality)):
        if cell.answer in SAYING:
            row: Cell = shown(contents, cell)
            words = _joined(row.label_sv, row.label_en, row.value_text, row.quote)
            yield Passage(words, "harmonised_requirements", f"{row.requirement}|{row.municipality}", row.municipality,
                          row.document_id, row.page, row.start, row.end)  # fmt: skip
    for finding in contents.findings_by_weight:
        one: Finding = shown(contents, finding)
        yield Passage(_joined(one.message_sv, one.message_en, one.quote, one.other_quote), "findings", one.kind,
                      one.municipality, one.document_id, None, None, None)  # fmt: skip
    for document in coded:
        found = contents.findings[document]
        assert found.outline is not None  # noqa: S101 - it is coded, so it has a text
        owner, mask = found.outline.document.municipality, contents.mask(document)
        for requirement in found.extraction.requirements if found.extraction else ():
            words = _joined(mask.quote(requirement.start, requirement.end), mask.words(requirement.section),
                            mask.words(requirement.actor), mask.words(requirement.action))  # fmt: skip
            yield Passage(words, "requirements", requirement.requirement_id, owner, document, requirement.page,
                          requirement.start, requirement.end)  # fmt: skip
        for value in found.extraction.values if found.extraction else ():
            words = _joined(mask.quote(value.start, value.end), mask.words(value.value), value.identifier)
            yield Passage(words, "found_values", value.value_id, owner, document, value.page, value.start, value.end)
        for unit in found.outline.units:
            yield Passage(mask.quote(unit.start, unit.end), "texts", str(unit.unit), owner, document,
                          found.outline.page_of(unit.start), unit.start, unit.end)  # fmt: skip


def _joined(*words: str) -> str:
    return "\n".join(dict.fromkeys(w for w in words if w))
