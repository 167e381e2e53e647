"""The stages that take all documents together: compare and report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline import outputs, tasks
from pipeline.buckets import Rows, Store, make_key
from pipeline.executor import Task, end_children, map_documents
from pipeline.failures import DocumentFailure
from pipeline.records.comparison import Comparison, DocumentFindings
from pipeline.records.decision import DecisionConflict
from pipeline.records.stage import ReportShard
from pipeline.stages.areas import codebook_of, compare_areas, elsewhere_of, for_main, of_main_area
from pipeline.stages.findings import read_findings, without_failed
from pipeline.stages.work import (
    UNPLACED,
    Work,
    anchored,
    answers,
    codebook_hash,
    map_tasks,
    refresh,
    room_version,
    tell_damage,
    write_later,
)
from pipeline.tables import read_table

if TYPE_CHECKING:
    from pipeline.compare import WeighedDocument
    from pipeline.report import ReportMaterial


MANY = 1_000
"""Documents from which on room counts for more than the seconds in which workers start anew."""


def run_compare(work: Work) -> None:
    """All documents to cells, relations, findings, lineage, law status and graph."""
    from pipeline.codebooks import load_codebook
    from pipeline.compare import compare_requirements
    from pipeline.review import apply_to_cells, read_changes

    work.read[:] = read_findings(work)
    if work.beside is not None:
        # What needs no comparison is written while there is one.
        work.coded.append(_exchange(work, of_main_area(work, work.read)))
    weighed, findings = _weigh(work, work.read)
    if len(findings) > MANY:
        end_children()  # what follows takes the room that idle workers hold; the report starts them anew
    texts = {f.source.document_id: f.outline.text for f in findings if f.outline is not None}
    decided, unplaced = anchored(work, "compare", texts)
    main = load_codebook(work.params.extract.codebook)
    everyone, unread = read_changes((d for group in decided.values() for d in group), main)
    compare = partial(
        compare_requirements, findings, codebooks=(main,), settings=work.params.compare,
        weighed={main.id: for_main(work, findings, weighed)},
    )  # fmt: skip
    comparison = compare()
    conflicts = [*unplaced, *unread, *_earlier_conflicts(work)]
    if everyone:
        # Which decisions still fit is told by the cells as found; those are then part of the comparison itself.
        applied = apply_to_cells(comparison.cells, everyone)
        fitting = [d for d in everyone if d.decision.decision_id in applied.used]
        comparison = compare(decisions=fitting)
        conflicts += applied.conflicts
    outputs.write_comparison(work.out, comparison, of_main_area(work, findings), conflicts=conflicts)
    write_later(work, "compared")
    outputs.write_areas(work.out, compare_areas(work, findings, weighed))


def _weigh(
    work: Work, findings: Sequence[DocumentFindings]
) -> tuple[dict[str, WeighedDocument], list[DocumentFindings]]:
    """What each document comes to by itself, new or from the last run; and the documents, less those that failed."""
    settings = work.params.compare
    store = Store(work.parts / "compare", tasks.WEIGHED, work.params.run.buckets)
    read = {f.source.document_id: f for f in findings if f.outline is not None}
    stored = [work.store(name).contents() for name in tasks.TABLES if name != "ingest"]
    books = {i: codebook_of(work, found) for i, found in read.items()}
    version = room_version("compare")
    keys = {
        i: make_key(
            read[i].source, *(hashes.get(i) for hashes in stored), books[i], settings.model_dump_json(),
            version + codebook_hash(books[i]),
        )
        for i in read
    }  # fmt: skip

    def weigh(ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        todo = [Task(i, tasks.weigh_one, tasks.ToWeigh(read[i], books[i], settings)) for i in ids]
        yield from answers(work, "compare", todo)

    refresh(work, "compare", store, keys, weigh)
    left = without_failed(store, findings)
    ids = [f.source.document_id for f in left if f.outline is not None]
    weighed = {i: tasks.weighed_of(rows) for i, rows in store.read(ids)}
    return weighed, left


def run_report(work: Work) -> None:
    """The comparison to what people open."""
    from pipeline.codebooks import load_codebook
    from pipeline.report import write_views
    from pipeline.report.contents import Contents

    codebooks = (load_codebook(work.params.extract.codebook),)
    stores = {name: work.store(name) for name in ("ingest", "repair")}
    law_date = work.params.compare.date
    findings = of_main_area(work, work.read or read_findings(work))
    material = outputs.read_material(work.out, findings, stores=stores, law_date=law_date)
    comparison = outputs.read_comparison(work.out)
    settings = work.params.report
    elsewhere = work.coded.pop() if work.coded else _exchange(work, findings)
    ready = replace(material, shards=_make_ready(work, comparison, material))
    end_children()  # nothing is left for them to do, and what follows needs their room
    write_later(work, "exchange", elsewhere=elsewhere)
    write_views(Contents(comparison, ready, codebooks, settings), work.out)


def _exchange(work: Work, findings: Sequence[DocumentFindings]) -> frozenset[str]:
    """Make each document ready for the formats of other programs and write what of them needs no comparison.

    Gives the documents of other areas.
    """
    settings, codebook = work.params.report, work.params.extract.codebook
    store = Store(work.parts / "exchange", tasks.EXCHANGED, work.params.run.buckets)
    stored = [work.store(name).contents() for name in tasks.TABLES]
    version = room_version("report") + codebook_hash(codebook)
    read = {f.source.document_id: f for f in findings if f.outline is not None}
    elsewhere = elsewhere_of(work, findings)
    keys = {
        i: make_key(
            found.source, i in elsewhere, *(hashes.get(i) for hashes in stored), codebook, settings.model_dump_json(),
            version,
        )
        for i, found in read.items()
    }  # fmt: skip

    def make(ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        todo = [Task(i, tasks.exchange_one, tasks.ToExchange(read[i], codebook, settings)) for i in ids]
        for task, answer in map_documents(work.executor, todo, limits=work.params.ingest.limits):
            yield task.key, _here_if_failed(task, answer)

    tell_damage(work, store)
    store.refresh(keys, make)
    write_later(work, "coded", elsewhere=elsewhere)
    return elsewhere


def _here_if_failed(task: Task, answer: Any) -> Any:
    """A task's answer; a document that has come so far is not left out: what went wrong with a worker is tried here."""
    return task.function(task.argument) if isinstance(answer, DocumentFailure) else answer


def _make_ready(work: Work, comparison: Comparison, material: ReportMaterial) -> dict[str, ReportShard]:
    """What each document gives to the report by itself, new or from the last run."""
    from pipeline.codebooks import load_codebook
    from pipeline.report.contents import Contents
    from pipeline.report.shards import documents_material

    settings, codebook = work.params.report, work.params.extract.codebook
    store = Store(work.parts / "report", tasks.REPORTED, work.params.run.buckets)
    stored = [work.store(name).contents() for name in tasks.TABLES]
    version = room_version("report") + codebook_hash(codebook)
    documents = documents_material(Contents(comparison, material, (load_codebook(codebook),), settings))
    keys = {
        i: make_key(
            item.found.source, item.document, item.cells, item.laws, item.images, *(hashes.get(i) for hashes in stored),
            codebook, settings.model_dump_json(), version,
        )
        for i, item in documents.items()
    }  # fmt: skip

    def make(ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        pages = {i: tuple(rows["pages"]) for i, rows in work.store("repair").read(ids, only=("pages",))}
        items = [replace(documents[i], pages=pages[i]) for i in ids]
        todo = [
            Task(i, tasks.report_one, tasks.ToReport(x, codebook, settings)) for i, x in zip(ids, items, strict=True)
        ]
        for task, answer in map_tasks(work, "report", todo):
            yield task.key, _here_if_failed(task, answer)

    refresh(work, "report", store, keys, make)
    return {shard.document_id: shard for shard in store.rows("shards")}


def _earlier_conflicts(work: Work) -> list[DecisionConflict]:
    """Decisions that an earlier stage could not honour."""
    found: list[DecisionConflict] = []
    for name in tasks.TABLES:
        store = work.store(name)
        found += store.rows("conflicts")
        unplaced = store.folder / UNPLACED
        found += read_table(DecisionConflict, unplaced) if unplaced.exists() else []
    return found
