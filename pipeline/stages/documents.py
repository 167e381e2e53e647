"""The stages that take each document by itself: ingest, repair, outline, extract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import outputs, tasks
from pipeline.buckets import Rows, make_key
from pipeline.executor import Task, available_cores
from pipeline.failures import DocumentFailure, RunFailure
from pipeline.records.decision import DecisionConflict
from pipeline.records.reading import NearDuplicate, SourceFile
from pipeline.stages.findings import NEAR_DUPLICATES
from pipeline.stages.work import (
    UNPLACED,
    Work,
    anchored,
    answers,
    codebook_hash,
    map_tasks,
    may_pass,
    refresh,
    room_version,
    said_by,
    write_later,
)
from pipeline.sums import is_intact, write_sums
from pipeline.tables import read_table, write_parquet

if TYPE_CHECKING:
    from pipeline.ingest import SourceEntry

PICTURED = ("application/pdf", "image/")
"""Media types of which the pages are kept as images."""


def list_sources(work: Work) -> dict[str, SourceEntry]:
    """The files of the sources by document_id.

    Raises:
        RunFailure: When there are none, or the results would lie among them.
    """
    from pipeline.ingest import find_sources

    out = work.out.resolve()
    if any(out.is_relative_to(source.resolve()) for source in work.sources if isinstance(source, Path)):
        raise RunFailure(
            f"Resultatmappen {work.out} ligger bland källorna och skulle läsas som dokument. Lägg den utanför.",
            f"The output folder {work.out} lies among the sources and would be read as documents. Put it elsewhere.",
        )
    entries = {e.document_id: e for e in find_sources(work.sources, limits=work.params.ingest.limits)}
    if not entries:
        raise RunFailure("Källorna innehåller inga dokument.", "The sources hold no documents.")
    return entries


def run_ingest(work: Work, entries: Mapping[str, SourceEntry] | None = None) -> None:
    """Files to readings; the sources are listed unless that has been done."""
    from pipeline.ingest import compare_texts

    settings = work.params.ingest
    entries = list_sources(work) if entries is None else entries
    store, version = work.store("ingest"), room_version("ingest")
    keys = {
        i: make_key(e.sha256, e.file_name, e.duplicate_of, settings.model_dump_json(), version)
        for i, e in entries.items()
    }

    def read(ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        tried = [i for i in ids if entries[i].failure is None and not entries[i].duplicate_of]
        for i in set(ids) - set(tried):
            yield i, _not_read(entries[i])
        workers = min(work.params.run.workers or available_cores(), max(1, len(tried)))
        at_once = settings.page_processes or max(1, available_cores() // workers)
        todo = [Task(i, tasks.read_one, tasks.ToRead(entries[i], settings, at_once)) for i in tried]
        for task, answer in map_tasks(work, "ingest", todo):
            failed = isinstance(answer, DocumentFailure)
            rows, images = (tasks.quarantined(entries[task.key], answer), ()) if failed else answer
            outputs.write_page_images(work.out, task.key, images)
            yield task.key, rows

    # Page images lie in the output folder: where a person has deleted it they are made again.
    held = store.holding(keys)
    unpictured = [i for i in held if not (work.out / "pages" / i).is_dir()]
    lost = {
        i for i, rows in store.read(unpictured, only=("sources",)) for s in rows["sources"]
        if s.status == "ok" and s.media_type.startswith(PICTURED)
    }  # fmt: skip
    pairs, again = store.folder / NEAR_DUPLICATES, lost | may_pass(store, keys)
    compared: list[NearDuplicate] = []
    if not is_intact(store.folder, [NEAR_DUPLICATES]):
        pairs.unlink(missing_ok=True)
    if again or store.keys() != keys:
        compared = read_table(NearDuplicate, pairs) if pairs.exists() else []
        pairs.unlink(missing_ok=True)  # before anything changes, for a killed run goes on without knowing what did
    refresh(work, "ingest", store, keys, read, again)
    if not pairs.exists():
        texts, same = list(store.rows("texts")), set(held) - again
        known = {(p.document_id, p.other_document_id): p.similarity for p in compared}
        found = compare_texts(
            {t.document_id: t.text for t in texts},
            signatures={t.document_id: t.signature for t in texts},
            known={pair: similarity for pair, similarity in known.items() if same.issuperset(pair)},
        )  # fmt: skip
        write_parquet(found, NearDuplicate, pairs)
        write_sums(store.folder, [NEAR_DUPLICATES])
    write_later(work, "ingest")


def _not_read(entry: Any) -> Rows:
    """The rows of a file that is not opened: a copy of another, or something that is no document."""
    if entry.failure is not None:
        return tasks.quarantined(entry, entry.failure)
    copy = SourceFile(entry.document_id, entry.file_name, entry.sha256, entry.duplicate_of, "", 0, "", "ok", "", "")
    return {"sources": [copy]}


def run_repair(work: Work) -> None:
    """Readings to reading texts, with the run's own words as lexicon for the damaged ones."""
    from pipeline.repair import build_run_lexicon

    before, store, settings = work.store("ingest"), work.store("repair"), work.params.repair
    texts = {t.document_id: t for t in before.rows("texts")}
    clean = sorted(i for i, t in texts.items() if t.damage_score < settings.damage_threshold)
    # Ids are hashes, so the first are a sample, and one that another document hardly ever changes.
    lexicon = build_run_lexicon(texts[i].text for i in clean[: settings.run_lexicon_documents])
    damaged = set(texts) - set(clean)
    decided, unplaced = anchored(work, "repair", {i: t.text for i, t in texts.items()})
    earlier, version, words = before.contents(), room_version("repair"), lexicon.sha256
    keys = {
        i: make_key(
            earlier[i], settings.model_dump_json(), version, said_by(decided.get(i, ())),
            words if i in damaged else "",
        )
        for i in texts
    }  # fmt: skip

    def repair(ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        todo = [
            Task(
                i, tasks.repair_one,
                tasks.ToRepair(rows, lexicon.words if i in damaged else (), settings, tuple(decided.get(i, ()))),
            )
            for i, rows in before.read(ids)
        ]  # fmt: skip
        yield from answers(work, "repair", todo)

    refresh(work, "repair", store, keys, repair, may_pass(store, keys))
    write_parquet(unplaced, DecisionConflict, store.folder / UNPLACED)
    write_later(work, "repair")


def run_outline(work: Work) -> None:
    """Reading texts to sections, units, metadata and completeness."""
    before, store, settings = work.store("repair"), work.store("outline"), work.params.outline
    sources = {s.document_id: s for s in work.store("ingest").rows("sources")}
    texts = {t.document_id: t.text for t in before.rows("texts")}
    decided, unplaced = anchored(work, "outline", texts)
    earlier, version = before.contents(), room_version("outline")
    keys = {
        i: make_key(earlier[i], sources[i], settings.model_dump_json(), version, said_by(decided.get(i, ())))
        for i in texts
    }

    def outline(ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        todo = [
            Task(i, tasks.outline_one, tasks.ToOutline(sources[i], rows, settings, tuple(decided.get(i, ()))))
            for i, rows in before.read(ids)
        ]
        yield from answers(work, "outline", todo)

    refresh(work, "outline", store, keys, outline, may_pass(store, keys))
    write_parquet(unplaced, DecisionConflict, store.folder / UNPLACED)
    write_later(work, "outline")


def run_extract(work: Work) -> None:
    """Outlined documents to requirements and values."""
    before, repaired, store = work.store("outline"), work.store("repair"), work.store("extract")
    settings = work.params.extract
    texts = {t.document_id: t.text for t in repaired.rows("texts")}
    decided, unplaced = anchored(work, "extract", texts)
    outlined, earlier = before.contents(), repaired.contents()
    version = room_version("extract") + codebook_hash(settings.codebook)
    ready = {d.document_id for d in before.rows("documents")}
    keys = {
        i: make_key(outlined[i], earlier[i], settings.model_dump_json(), version, said_by(decided.get(i, ())))
        for i in sorted(ready)
    }

    def extract(ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        under = dict(repaired.read(ids))
        todo = [
            Task(
                i, tasks.extract_one,
                tasks.ToExtract(
                    texts[i], tuple(under[i]["pages"]), rows, tuple(under[i]["repairs"]), settings,
                    tuple(decided.get(i, ())),
                ),
            )
            for i, rows in before.read(ids)
        ]  # fmt: skip
        yield from answers(work, "extract", todo)

    refresh(work, "extract", store, keys, extract, may_pass(store, keys))
    write_parquet(unplaced, DecisionConflict, store.folder / UNPLACED)
    write_later(work, "extract")
