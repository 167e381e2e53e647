"""The stages that take all documents together: compare and report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pipeline import outputs, tasks
from pipeline.buckets import Rows, Store, make_key
from pipeline.executor import Task
from pipeline.records.comparison import DocumentFindings
from pipeline.records.decision import DecisionConflict
from pipeline.stages.findings import quarantined, read_findings
from pipeline.stages.work import UNPLACED, Work, anchored, answers, codebook_hash, room_version
from pipeline.tables import read_table

if TYPE_CHECKING:
    from pipeline.compare import WeighedDocument


def run_compare(work: Work) -> None:
    """All documents to cells, relations, findings, lineage, law status and graph."""
    from pipeline.codebooks import load_codebook
    from pipeline.compare import compare_requirements
    from pipeline.review import apply_to_cells

    findings = read_findings(work)
    weighed, findings = _weigh(work, findings)
    texts = {f.source.document_id: f.outline.text for f in findings if f.outline is not None}
    decided, unplaced = anchored(work, "compare", texts)
    everyone = [d for group in decided.values() for d in group]
    codebooks = (load_codebook(work.params.extract.codebook),)
    compare = partial(
        compare_requirements, findings, codebooks=codebooks, settings=work.params.compare,
        weighed={codebooks[0].id: weighed},
    )  # fmt: skip
    comparison = compare()
    conflicts = [*unplaced, *_earlier_conflicts(work)]
    if everyone:
        # Which decisions still fit is told by the cells as found; those are then part of the comparison itself.
        applied = apply_to_cells(comparison.cells, everyone)
        fitting = [d for d in everyone if d.decision.decision_id in applied.used]
        comparison = compare(decisions=fitting)
        conflicts += applied.conflicts
    outputs.write_comparison(work.out, comparison, findings, conflicts=conflicts)


def _weigh(
    work: Work, findings: Sequence[DocumentFindings]
) -> tuple[dict[str, WeighedDocument], list[DocumentFindings]]:
    """What each document comes to by itself, new or from the last run; and the documents, less those that failed."""
    settings, codebook = work.params.compare, work.params.extract.codebook
    store = Store(work.parts / "compare", tasks.WEIGHED, work.params.run.buckets)
    read = {f.source.document_id: f for f in findings if f.outline is not None}
    stored = [work.store(name).contents() for name in tasks.TABLES if name != "ingest"]
    version = room_version("compare", "codebooks") + codebook_hash(codebook)
    keys = {
        i: make_key(
            read[i].source, *(hashes.get(i) for hashes in stored), codebook, settings.model_dump_json(), version
        )
        for i in read
    }

    def weigh(ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        todo = [Task(i, tasks.weigh_one, tasks.ToWeigh(read[i], codebook, settings)) for i in ids]
        yield from answers(work, "compare", todo)

    work.fresh["compare"] = len(store.refresh(keys, weigh))
    failures = {f.document_id: f for f in store.rows("failures")}
    weighed = {i: tasks.weighed_of(rows) for i, rows in store.read(sorted(keys)) if i not in failures}
    return weighed, [quarantined(f, failures.get(f.source.document_id)) for f in findings]


def run_report(work: Work) -> None:
    """The comparison to what people open."""
    from pipeline.codebooks import load_codebook

    codebooks = (load_codebook(work.params.extract.codebook),)
    stores = {name: work.store(name) for name in ("ingest", "repair")}
    outputs.write_reports(
        work.out, read_findings(work), stores=stores, codebooks=codebooks, settings=work.params.report,
        law_date=work.params.compare.date,
    )  # fmt: skip


def _earlier_conflicts(work: Work) -> list[DecisionConflict]:
    """Decisions that an earlier stage could not honour."""
    found: list[DecisionConflict] = []
    for name in tasks.TABLES:
        store = work.store(name)
        found += store.rows("conflicts")
        unplaced = store.folder / UNPLACED
        found += read_table(DecisionConflict, unplaced) if unplaced.exists() else []
    return found
