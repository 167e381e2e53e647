"""One document through one stage: what a worker process runs, and how records become rows and back.

A task's argument and answer cross between processes; the answer is the document's rows by table name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.buckets import Rows
from pipeline.executor import page_done
from pipeline.failures import DocumentFailure
from pipeline.params import (
    CompareSettings,
    ExtractSettings,
    IngestSettings,
    OutlineSettings,
    RepairSettings,
    ReportSettings,
)
from pipeline.records.comparison import DocumentFindings, Finding, LegalReference
from pipeline.records.decision import AnchoredDecision, DecisionConflict
from pipeline.records.institutional import InstitutionalStatement
from pipeline.records.outline import DocumentOutline, Metadatum, Outline, Section, Unit
from pipeline.records.reading import Furniture, Line, Link, Page, PageImage, Reading, SourceFile, Word
from pipeline.records.repair import ReadingPage, Repair, Repaired, RunWord
from pipeline.records.requirement import Extraction, Requirement, Value
from pipeline.records.stage import (
    ExchangeShard,
    NearRow,
    Passage,
    RawText,
    ReadingText,
    ReportShard,
    StageFailure,
    SupportRow,
    WeighedRow,
)

if TYPE_CHECKING:
    from pipeline.compare import WeighedDocument

_ALWAYS = {"failures": StageFailure, "conflicts": DecisionConflict}
TABLES: dict[str, dict[str, type]] = {
    "ingest": {
        "sources": SourceFile, "texts": RawText, "pages": Page, "lines": Line, "words": Word, "links": Link, **_ALWAYS,
    },
    "repair": {
        "texts": ReadingText, "pages": ReadingPage, "lines": Line, "words": Word, "repairs": Repair,
        "furniture": Furniture, **_ALWAYS,
    },
    "outline": {"documents": DocumentOutline, "sections": Section, "units": Unit, "metadata": Metadatum, **_ALWAYS},
    "extract": {"requirements": Requirement, "values": Value, **_ALWAYS},
}  # fmt: skip
"""The tables each per-document stage keeps."""
WEIGHED: dict[str, type] = {
    "weighed": WeighedRow, "supports": SupportRow, "nearest": NearRow, "references": LegalReference,
    "findings": Finding, "failures": StageFailure,
}  # fmt: skip
"""What compare keeps of each document by itself."""
REPORTED: dict[str, type] = {"shards": ReportShard, "failures": StageFailure}
"""What report keeps of each document by itself."""
EXCHANGED: dict[str, type] = {
    "shards": ExchangeShard, "statements": InstitutionalStatement, "passages": Passage, "failures": StageFailure,
}  # fmt: skip
"""What is kept of each document for the formats of other programs."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file to read: `entry` is what find_sources gave for it."""

    entry: Any
    settings: IngestSettings
    pages_at_once: int = 1


@dataclass(frozen=True, slots=True)
class ToRepair:
    """A reading to repair, with the run's words and what people decided on its repairs."""

    rows: Rows
    words: tuple[RunWord, ...]
    settings: RepairSettings
    decisions: tuple[AnchoredDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class ToOutline:
    """A repaired document to outline, with what people decided on its metadata."""

    source: SourceFile
    rows: Rows
    settings: OutlineSettings
    decisions: tuple[AnchoredDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class ToExtract:
    """An outlined document to extract from, with its repairs and what people decided on its findings."""

    text: str
    pages: tuple[ReadingPage, ...]
    rows: Rows
    repairs: tuple[Repair, ...]
    settings: ExtractSettings
    decisions: tuple[AnchoredDecision, ...] = ()


def read_one(work: ToRead) -> tuple[Rows, tuple[PageImage, ...]]:
    """The rows of one file's reading, and its page images."""
    from pipeline.ingest import opened_source, read_document, sign
    from pipeline.repair import score_damage

    with opened_source(work.entry, limit=work.settings.limits.bytes) as path:
        reading = read_document(
            path, file_name=work.entry.file_name, document_id=work.entry.document_id, settings=work.settings,
            pages_at_once=work.pages_at_once, page_done=page_done,
        )  # fmt: skip
    source = replace(reading.source, sha256=work.entry.sha256, duplicate_of=work.entry.duplicate_of)
    # Scored here, where the text is at hand: which documents are undamaged must be known before any is repaired.
    damage = round(score_damage(reading.text), 4)
    text = RawText(source.document_id, reading.text, damage, sign(reading.text))
    rows: Rows = {
        "sources": [source], "texts": [text], "pages": list(reading.pages), "lines": list(reading.lines),
        "words": list(reading.words), "links": list(reading.links),
    }  # fmt: skip
    return rows, reading.images


def repair_one(work: ToRepair) -> Rows:
    """The rows of one repaired document, decisions on its repairs honoured."""
    from pipeline.repair import RunLexicon, repair_document, rewrite
    from pipeline.review import apply_to_repairs

    reading = reading_of(work.rows)
    repaired = repair_document(reading, lexicon=RunLexicon(work.words), settings=work.settings)
    conflicts: Sequence[DecisionConflict] = ()
    if work.decisions:
        applied = apply_to_repairs(repaired.repairs, work.decisions)
        repaired = rewrite(reading, [*applied.rows, *applied.rejected], repaired.damage_score)
        conflicts = [*applied.conflicts, *map(_of_a_page, (d for d in work.decisions if d.decision.target == "page"))]
    text = ReadingText(reading.source.document_id, repaired.text, round(repaired.damage_score, 4))
    return {
        "texts": [text], "pages": list(repaired.pages), "lines": list(repaired.lines), "words": list(repaired.words),
        "repairs": list(repaired.repairs), "furniture": list(repaired.furniture), "conflicts": list(conflicts),
    }  # fmt: skip


def _of_a_page(item: AnchoredDecision) -> DecisionConflict:
    """A decision on which reading of a page to keep: no stage chooses anew yet, so it waits and is not lost."""
    said = item.decision
    reason = "Val av en annan läsning av en sida kan inte tillämpas. Rätta orden på sidan med beslut om rättningar."
    return DecisionConflict(said.decision_id, said.target, said.field, item.document_id, said.quote, reason, "")


def outline_one(work: ToOutline) -> Rows:
    """The rows of one document's outline, decisions on its metadata honoured."""
    from pipeline.outline import outline_document, with_metadata
    from pipeline.review import apply_to_metadata

    outline = outline_document(repaired_of(work.source, work.rows), settings=work.settings)
    conflicts: Sequence[DecisionConflict] = ()
    if work.decisions:
        outlines = {outline.document.document_id: outline}
        applied = apply_to_metadata(outline.metadata, work.decisions, outlines=outlines)
        outline = with_metadata(outline, applied.rows)
        conflicts = applied.conflicts
    return {
        "documents": [outline.document], "sections": list(outline.sections), "units": list(outline.units),
        "metadata": list(outline.metadata), "conflicts": list(conflicts),
    }  # fmt: skip


def extract_one(work: ToExtract) -> Rows:
    """The rows of one document's requirements and values, decisions on them honoured."""
    from pipeline.codebooks import load_codebook
    from pipeline.codebooks.belonging import codebook_for
    from pipeline.extract import extract_requirements
    from pipeline.review import add_requirement, apply_to_requirements, apply_to_values

    outline = outline_of(work.rows, work.text, work.pages)
    codebook = load_codebook(codebook_for(outline, work.settings.codebook))
    found = extract_requirements(outline, codebook=codebook, settings=work.settings, repairs=work.repairs)
    if not work.decisions:
        return {"requirements": list(found.requirements), "values": list(found.values)}
    requirements = apply_to_requirements(
        found.requirements, work.decisions, added=lambda item: add_requirement(item, outline, codebook),
        topics={entry.id for entry in codebook.requirements},
    )  # fmt: skip
    values = apply_to_values(found.values, work.decisions)
    left = {r.requirement_id for r in requirements.rows}
    return {
        "requirements": _with_force(requirements.rows, found.requirements, recommends=outline.document.recommends),
        # A value of a rejected duty stands on its own.
        "values": [v if v.requirement_id in left else replace(v, requirement_id="") for v in values.rows],
        "conflicts": [*requirements.conflicts, *values.conflicts],
    }  # fmt: skip


def _with_force(
    rows: Sequence[Requirement], found: Sequence[Requirement], *, recommends: bool
) -> list[Requirement]:  # fmt: skip
    """The requirements with the force that a modality decided by a person has; a force decided as such stays."""
    from pipeline.extract import WEAKER

    before = {r.requirement_id: r for r in found}
    result = []
    for row in rows:
        was = before.get(row.requirement_id, row)
        force = WEAKER.get(row.modality, row.modality) if recommends else row.modality
        decided = row.modality != was.modality and row.force == was.force
        result.append(replace(row, force=force) if decided else row)
    return result


@dataclass(frozen=True, slots=True)
class ToWeigh:
    """A document to weigh against a codebook, given by name, by itself."""

    item: DocumentFindings
    codebook: str
    settings: CompareSettings


def weigh_one(work: ToWeigh) -> Rows:
    """The rows of what one document comes to by itself."""
    from pipeline.codebooks import load_codebook
    from pipeline.compare import weigh_document

    weighed = weigh_document(work.item, load_codebook(work.codebook), work.settings)
    row = WeighedRow(work.item.source.document_id, weighed.belongs, weighed.audience, weighed.sentences)
    return {
        "weighed": [row], "supports": list(weighed.supports), "nearest": list(weighed.nearest),
        "references": list(weighed.references), "findings": list(weighed.findings),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToReport:
    """A document to make ready for what people open; `item` is a DocumentMaterial, the codebook is given by name."""

    item: Any
    codebook: str
    settings: ReportSettings


def report_one(work: ToReport) -> Rows:
    """The row of what one document gives to the report by itself."""
    from pipeline.codebooks import load_codebook
    from pipeline.report.shards import make_shard

    return {"shards": [make_shard(work.item, codebooks=(load_codebook(work.codebook),), settings=work.settings)]}


@dataclass(frozen=True, slots=True)
class ToExchange:
    """A document to make ready for the formats of other programs; the codebook is given by name."""

    found: DocumentFindings
    codebook: str
    settings: ReportSettings


def exchange_one(work: ToExchange) -> Rows:
    """The rows of what one document gives to the formats of other programs by itself."""
    from pipeline.codebooks import load_codebook
    from pipeline.report.shards import make_exchanged

    made = make_exchanged(work.found, codebooks=(load_codebook(work.codebook),), settings=work.settings)
    return {
        "shards": [made.shard] if made.shard is not None else [], "statements": list(made.statements),
        "passages": list(made.passages),
    }  # fmt: skip


def weighed_of(rows: Rows) -> WeighedDocument:
    """What a document comes to by itself, from its rows."""
    from pipeline.compare import WeighedDocument

    parts = (tuple(rows[name]) for name in ("supports", "nearest", "references", "findings"))
    row: WeighedRow = rows["weighed"][0]
    return WeighedDocument(row.belongs, row.audience, row.sentences, *parts)


def failed(document_id: str, stage: str, failure: DocumentFailure) -> Rows:
    """The rows of a document that a stage could not process."""
    return {"failures": [StageFailure(document_id, stage, failure.code, failure.message.sv, failure.message.en)]}


def quarantined(entry: Any, failure: DocumentFailure) -> Rows:
    """The rows of a file that could not be read: it has a row all the same."""
    source = SourceFile(
        entry.document_id, entry.file_name, entry.sha256, entry.duplicate_of, "", 0, "", "quarantined",
        failure.message.sv, failure.message.en,
    )  # fmt: skip
    return {"sources": [source], **failed(entry.document_id, "ingest", failure)}


def reading_of(rows: Rows) -> Reading:
    """A document's reading from its rows, without page images."""
    return Reading(
        rows["sources"][0], rows["texts"][0].text, tuple(rows["pages"]), tuple(rows["lines"]), tuple(rows["words"])
    )  # fmt: skip


def repaired_of(source: SourceFile, rows: Rows) -> Repaired:
    """A repaired document from its rows."""
    text: ReadingText = rows["texts"][0]
    return Repaired(
        source, text.text, tuple(rows["pages"]), tuple(rows["lines"]), tuple(rows["words"]), tuple(rows["repairs"]),
        tuple(rows["furniture"]), text.damage_score,
    )  # fmt: skip


def outline_of(rows: Rows, text: str, pages: Sequence[ReadingPage]) -> Outline:
    """A document's outline from its rows."""
    return Outline(
        rows["documents"][0], text, tuple(rows["sections"]), tuple(rows["units"]), tuple(rows["metadata"]),
        tuple(p.start for p in pages) or (0,),
    )  # fmt: skip


def extraction_of(rows: Rows) -> Extraction:
    """A document's requirements and values from its rows."""
    return Extraction(tuple(rows["requirements"]), tuple(rows["values"]))
