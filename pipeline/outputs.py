"""The files of an output folder: which stage writes which, from its tables."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.buckets import Store
from pipeline.records.comparison import (
    Cell,
    CellEvidence,
    Change,
    Comparison,
    Document,
    DocumentFindings,
    FamilyChange,
    Finding,
    LegalReference,
    Lineage,
    ProposedRequirement,
    Relation,
    ReviewNext,
    Statistic,
    VersionChange,
)  # fmt: skip
from pipeline.records.decision import DecisionConflict
from pipeline.records.institutional import InstitutionalStatement
from pipeline.records.outline import Metadatum
from pipeline.records.reading import Furniture, Link, PageImage, Word
from pipeline.records.repair import Repair
from pipeline.records.requirement import Requirement, Value
from pipeline.tables import in_order, read_arrow, read_table, write_csv, write_parquet, write_table, write_whole

if TYPE_CHECKING:
    from pipeline.report import ReportMaterial

COMPARISON: dict[str, tuple[str, type]] = {
    "documents": ("documents", Document),
    "legal_references": ("legal_references", LegalReference),
    "cells": ("harmonised_requirements", Cell),
    "evidence": ("cell_evidence", CellEvidence),
    "relations": ("relations", Relation),
    "lineage": ("lineage", Lineage),
    "findings": ("findings", Finding),
    "statistics": ("statistics", Statistic),
    "proposed": ("proposed_requirements", ProposedRequirement),
    "review_next": ("review_next", ReviewNext),
    "versions": ("version_changes", VersionChange),
    "families": ("family_changes", FamilyChange),
}
"""Each part of a comparison with its table and row type."""

AREA_PARTS = (
    "cells",
    "evidence",
    "relations",
    "findings",
    "statistics",
    "proposed",
    "review_next",
    "versions",
    "families",
)
"""The parts of a comparison that another area than the run's has for itself; the others hold all documents already."""

TABLES: tuple[tuple[str, type], ...] = (
    *COMPARISON.values(),
    ("metadata", Metadatum),
    ("furniture", Furniture),
    ("links", Link),
    ("words", Word),
    ("repairs", Repair),
    ("requirements", Requirement),
    ("values", Value),
    ("decision_conflicts", DecisionConflict),
    ("changes", Change),
    ("institutional_grammar", InstitutionalStatement),
)
"""Every table of an output folder, for the data dictionary."""


def write_page_images(out: Path, document_id: str, images: Iterable[PageImage]) -> None:
    """Write pages/DOCUMENT_ID/N.webp."""
    folder = out / "pages" / document_id
    shutil.rmtree(folder, ignore_errors=True)
    for image in images:
        write_whole(folder / f"{image.page}.webp", image.webp)


def write_raw(out: Path, store: Store) -> None:
    """Write raw/DOCUMENT_ID.txt and links, and clean away what belongs to no document of the run."""
    wanted = store.keys()
    (out / "pages").mkdir(parents=True, exist_ok=True)
    for folder in (out / "pages").iterdir():
        if folder.name not in wanted:
            shutil.rmtree(folder, ignore_errors=True)
    _write_texts(out / "raw", store)
    write_table(store.table("links"), Link, out, "links")


def write_repaired(out: Path, store: Store) -> None:
    """Write texts/, repairs, furniture and words.parquet."""
    _write_texts(out / "texts", store)
    write_table(store.table("repairs"), Repair, out, "repairs")
    write_table(store.table("furniture"), Furniture, out, "furniture")
    write_parquet(store.table("words"), Word, out / "words.parquet")


def write_outlined(out: Path, store: Store) -> None:
    """Write metadata."""
    write_table(store.table("metadata"), Metadatum, out, "metadata")


def write_extracted(out: Path, store: Store) -> None:
    """Write requirements and values."""
    write_table(store.table("requirements"), Requirement, out, "requirements")
    write_table(store.table("values"), Value, out, "values")


def write_comparison(
    out: Path, comparison: Comparison, findings: Sequence[DocumentFindings], *, conflicts: Iterable[DecisionConflict]
) -> None:  # fmt: skip
    """Write the comparison's exact tables, changes against the last run, and counts."""
    from pipeline.compare import count_metrics, find_changes

    before = _cells_before(out / "harmonised_requirements.parquet")
    if before is None:
        write_table([], Change, out, "changes")
    elif before != in_order(comparison.cells, Cell):
        write_table(find_changes(before, comparison.cells), Change, out, "changes")
    elif not (out / "changes.parquet").exists():
        write_table([], Change, out, "changes")
    for part, (name, record) in COMPARISON.items():
        write_parquet(getattr(comparison, part), record, out / f"{name}.parquet")
    write_table(conflicts, DecisionConflict, out, "decision_conflicts")
    write_whole(out / "metrics.json", _json(count_metrics(comparison, findings)))


def write_compared(out: Path, findings: Sequence[DocumentFindings]) -> None:
    """Write the rest of a comparison whose exact tables are there: the tables for spreadsheets, and the graph."""
    from pipeline.compare import build_graph, write_graph

    for name, _ in COMPARISON.values():
        write_csv(read_arrow(out / f"{name}.parquet"), out / f"{name}.csv")
    write_graph(build_graph(read_comparison(out), findings), out)


def write_areas(out: Path, areas: Mapping[str, Comparison]) -> None:
    """Write areas/AREA/ for each area that documents of the run belong to beside the run's own; other folders go.

    The folder is there, empty, where there is no such area.
    """
    folder = out / "areas"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name not in areas:
            shutil.rmtree(old, ignore_errors=True)
    for name, comparison in areas.items():
        for part in AREA_PARTS:
            table, record = COMPARISON[part]
            write_table(getattr(comparison, part), record, folder / name, table)


def _cells_before(path: Path) -> list[Cell] | None:
    """The cells of the last run; None where there was none, one of a version with other columns, or a damaged one."""
    try:
        return read_table(Cell, path) if path.exists() else None
    except (OSError, ValueError):  # Arrow says of some damage that it could not read
        return None


def read_comparison(out: Path) -> Comparison:
    """The comparison of an output folder."""
    parts: dict[str, tuple[Any, ...]] = {
        p: tuple(read_table(record, out / f"{name}.parquet")) for p, (name, record) in COMPARISON.items()
    }
    counts = out / "metrics.json"
    counted = json.loads(counts.read_text("utf-8")) if counts.exists() else {}
    return Comparison(**parts, lineage_left_out=counted.get("shared_passages_left_out", 0))


def read_material(
    out: Path, findings: Sequence[DocumentFindings], *, stores: Mapping[str, Store], law_date: datetime.date
) -> ReportMaterial:
    """What the report is made of beside the comparison; the law's status in the comparison is that of a day.

    Words with their boxes are read of documents with page pictures only: that is where they are asked for.
    """
    from pipeline.report import ReportMaterial

    scorecard = out / "evaluation" / "metrics.json"
    pictured = [folder.name for folder in sorted((out / "pages").glob("*")) if folder.is_dir()]
    ingest, repair = stores["ingest"], stores["repair"]
    return ReportMaterial(
        findings=findings,
        repairs=tuple(repair.rows("repairs")),
        words=_rows_of(repair, pictured, "words"),
        raw_words=_rows_of(ingest, pictured, "words"),
        pages=_rows_of(repair, pictured, "pages"),
        sheets=_rows_of(ingest, pictured, "pages"),
        raw_texts={t.document_id: t.text for t in ingest.rows("texts")},
        page_images=out / "pages",
        conflicts=read_table(DecisionConflict, out / "decision_conflicts.parquet"),
        changes=read_table(Change, out / "changes.parquet"),
        scorecard=json.loads(scorecard.read_text("utf-8")) if scorecard.exists() else None,
        law_date=law_date,
    )


def _rows_of(store: Store, document_ids: Sequence[str], table: str) -> tuple[Any, ...]:
    return tuple(row for _, rows in store.read(document_ids, only=(table,)) for row in rows[table])


def clear_unfinished(out: Path) -> None:
    """Remove what was being written into an output folder when its writer was ended."""
    for part in out.glob(".*.part"):
        if part.is_file():
            part.unlink()


def _write_texts(folder: Path, store: Store) -> None:
    """Write one text file a document; files that are already right are left alone, others go."""
    folder.mkdir(parents=True, exist_ok=True)
    names = set()
    for row in store.rows("texts"):
        path = folder / f"{row.document_id}.txt"
        names.add(path.name)
        content = row.text.encode("utf-8", "replace")
        if not path.exists() or path.read_bytes() != content:
            write_whole(path, content)
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
