"""The stages over a folder: the only file that knows their order.

Each stage reads the tables of the one before, works on the documents whose key has changed, and writes its own files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import outputs, tasks
from pipeline.buckets import Rows, Store, make_key
from pipeline.executor import Task, available_cores, map_documents
from pipeline.failures import PASSING, SOME_FAILED, DocumentFailure, RunFailure
from pipeline.params import Params
from pipeline.records.comparison import Comparison, DocumentFindings
from pipeline.records.decision import AnchoredDecision, Decision, DecisionConflict
from pipeline.records.reading import NearDuplicate, SourceFile
from pipeline.records.stage import StageFailure
from pipeline.stamps import holds, write_stamp
from pipeline.tables import read_table, write_parquet
from pipeline.versions import PACKAGE, code_version, hash_code

if TYPE_CHECKING:
    from pipeline.compare import WeighedDocument
    from pipeline.ingest import SourceEntry

STAGES = ("ingest", "repair", "outline", "extract", "compare", "report")
SHARED_CODE = ("records", "spans.py", "tasks.py", "swedish")
"""What every stage's result depends on beside its own room."""
DECIDED_IN = {
    "repair": ("page", "repair"), "outline": ("metadata",), "extract": ("requirement", "value", "alignment"),
    "compare": ("cell",),
}  # fmt: skip
"""Which decisions of people each stage is given."""
UNPLACED = "unplaced.parquet"
NAMED = 3
"""Files that a note on near-duplicates names."""
NEAR_DUPLICATES = "near_duplicates.parquet"
"""The pairs of documents that say nearly the same, beside the rows of ingest."""
PICTURED = ("application/pdf", "image/")
"""Media types of which the pages are kept as images."""


@dataclass(frozen=True, slots=True)
class Work:
    """One run: where from, where to, with what."""

    sources: tuple[Path | str, ...]
    out: Path
    parts: Path
    params: Params
    executor: Executor
    decisions: Path | None = None
    progress: Callable[[str, int], Callable[[str], None] | None] | None = None
    fresh: dict[str, int] = field(default_factory=dict)
    ended: Callable[[str], None] | None = None
    """Called with each stage's name when it has ended."""
    stamp: Path | None = None
    """Where to keep what the run was made from and which files it wrote; with it, an unchanged run is told at once."""

    def store(self, stage: str) -> Store:
        """The per-document tables of a stage."""
        return Store(self.parts / stage, tasks.TABLES[stage], self.params.run.buckets)


def run_stages(work: Work) -> None:
    """All stages in order; what still holds is not done again.

    Raises:
        RunFailure: When there is nothing to read, no such codebook, or the results would lie among the sources.
    """
    from pipeline.codebooks import load_codebook

    load_codebook(work.params.extract.codebook)  # a wrong name is told before hours of reading, not after
    entries = list_sources(work)
    made_from = _fingerprint(work, entries)
    if work.stamp is not None and holds(work.stamp, made_from, work.out):
        work.fresh.update(dict.fromkeys((*tasks.TABLES, "compare"), 0))
        return
    for stage in STAGES:
        run_ingest(work, entries) if stage == "ingest" else run_stage(work, stage)
        if work.ended is not None:
            work.ended(stage)
    if work.stamp is not None:
        write_stamp(work.stamp, made_from, work.out)


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


def _fingerprint(work: Work, entries: Mapping[str, SourceEntry]) -> str:
    """A key over all that a run's results are made from."""
    decisions = hash_code([work.decisions]) if work.decisions is not None and work.decisions.is_dir() else ""
    listed = [(e.document_id, e.sha256, e.file_name, repr(e.failure)) for e in entries.values()]
    return make_key(
        listed, work.params.model_dump_json(), code_version(), _codebook_hash(work.params.extract.codebook), decisions
    )


def run_stage(work: Work, name: str) -> None:
    """One stage by its name.

    Raises:
        RunFailure: When there is nothing to work on.
    """
    if name != "ingest" and not work.store("ingest").keys():
        raise RunFailure(
            f"Det finns inget att arbeta på för steget {name}. Kör ingest först.",
            f"There is nothing to work on for the stage {name}. Run ingest first.",
        )
    runs: tuple[Callable[[Work], None], ...] = (
        run_ingest,
        run_repair,
        run_outline,
        run_extract,
        run_compare,
        run_report,
    )
    dict(zip(STAGES, runs, strict=True))[name](work)


def run_ingest(work: Work, entries: Mapping[str, SourceEntry] | None = None) -> None:
    """Files to readings; the sources are listed unless that has been done."""
    from pipeline.ingest import near_duplicates

    settings = work.params.ingest
    entries = list_sources(work) if entries is None else entries
    # How damaged a text is, is told when it is read.
    store, version = work.store("ingest"), _version("ingest", "repair/damage.py")
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
        for task, answer in _map(work, "ingest", todo):
            failed = isinstance(answer, DocumentFailure)
            rows, images = (tasks.quarantined(entries[task.key], answer), ()) if failed else answer
            outputs.write_page_images(work.out, task.key, images)
            yield task.key, rows

    # Page images lie in the output folder: where a person has deleted it they are made again.
    held = [i for i, key in store.keys().items() if keys.get(i) == key and not (work.out / "pages" / i).is_dir()]
    lost = {
        i for i, rows in store.read(held, only="sources") for s in rows["sources"]
        if s.status == "ok" and s.media_type.startswith(PICTURED)
    }  # fmt: skip
    pairs = store.folder / NEAR_DUPLICATES
    if store.keys() != keys:
        pairs.unlink(missing_ok=True)  # before anything changes, for a killed run goes on without knowing what did
    work.fresh["ingest"] = len(store.refresh(keys, read, again=lost | _may_pass(store, keys)))
    if not pairs.exists():
        found = near_duplicates({t.document_id: t.text for t in store.rows("texts")})
        write_parquet(found, NearDuplicate, pairs)
    outputs.write_raw(work.out, store, keys)


def _may_pass(store: Store, keys: Mapping[str, str]) -> set[str]:
    """The documents whose key holds and that failed for want of time, memory or a program: they are tried again."""
    held = [i for i, key in store.keys().items() if keys.get(i) == key]
    return {i for i, rows in store.read(held, only="failures") for f in rows["failures"] if f.code in PASSING}


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
    lexicon = build_run_lexicon(texts[i].text for i in clean)
    damaged = set(texts) - set(clean)
    decided, unplaced = _anchored(work, "repair", {i: t.text for i, t in texts.items()})
    earlier, version = before.keys(), _version("repair")
    keys = {
        i: make_key(
            earlier[i], settings.model_dump_json(), version, _said(decided.get(i, ())),
            lexicon.sha256 if i in damaged else "",
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
        yield from _answers(work, "repair", todo)

    work.fresh["repair"] = len(store.refresh(keys, repair, again=_may_pass(store, keys)))
    write_parquet(unplaced, DecisionConflict, store.folder / UNPLACED)
    outputs.write_repaired(work.out, store)


def run_outline(work: Work) -> None:
    """Reading texts to sections, units, metadata and completeness."""
    before, store, settings = work.store("repair"), work.store("outline"), work.params.outline
    sources = {s.document_id: s for s in work.store("ingest").rows("sources")}
    texts = {t.document_id: t.text for t in before.rows("texts")}
    decided, unplaced = _anchored(work, "outline", texts)
    earlier, version = before.keys(), _version("outline", "codebooks")
    keys = {i: make_key(earlier[i], settings.model_dump_json(), version, _said(decided.get(i, ()))) for i in texts}

    def outline(ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        todo = [
            Task(i, tasks.outline_one, tasks.ToOutline(sources[i], rows, settings, tuple(decided.get(i, ()))))
            for i, rows in before.read(ids)
        ]
        yield from _answers(work, "outline", todo)

    work.fresh["outline"] = len(store.refresh(keys, outline, again=_may_pass(store, keys)))
    write_parquet(unplaced, DecisionConflict, store.folder / UNPLACED)
    outputs.write_outlined(work.out, store)


def run_extract(work: Work) -> None:
    """Outlined documents to requirements and values."""
    before, repaired, store = work.store("outline"), work.store("repair"), work.store("extract")
    settings = work.params.extract
    texts = {t.document_id: t.text for t in repaired.rows("texts")}
    decided, unplaced = _anchored(work, "extract", texts)
    earlier, version = before.keys(), _version("extract", "codebooks") + _codebook_hash(settings.codebook)
    ready = {d.document_id for d in before.rows("documents")}
    keys = {
        i: make_key(earlier[i], settings.model_dump_json(), version, _said(decided.get(i, ()))) for i in sorted(ready)
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
        yield from _answers(work, "extract", todo)

    work.fresh["extract"] = len(store.refresh(keys, extract, again=_may_pass(store, keys)))
    write_parquet(unplaced, DecisionConflict, store.folder / UNPLACED)
    outputs.write_extracted(work.out, store)


def run_compare(work: Work) -> None:
    """All documents to cells, relations, findings, lineage, law status and graph."""
    from pipeline.codebooks import load_codebook
    from pipeline.compare import compare_requirements
    from pipeline.review import apply_to_cells

    findings = read_findings(work)
    weighed, findings = _weigh(work, findings)
    texts = {f.source.document_id: f.outline.text for f in findings if f.outline is not None}
    decided, unplaced = _anchored(work, "compare", texts)
    everyone = [d for group in decided.values() for d in group]
    main = load_codebook(work.params.extract.codebook)
    compare = partial(
        compare_requirements, findings, codebooks=(main,), settings=work.params.compare,
        weighed={main.id: _for_main(work, findings, weighed)},
    )  # fmt: skip
    comparison = compare()
    conflicts = [*unplaced, *_earlier_conflicts(work)]
    if everyone:
        # Which decisions still fit is told by the cells as found; those are then part of the comparison itself.
        applied = apply_to_cells(comparison.cells, everyone)
        fitting = [d for d in everyone if d.decision.decision_id in applied.used]
        comparison = compare(decisions=fitting)
        conflicts += applied.conflicts
    outputs.write_comparison(work.out, comparison, of_main_area(work, findings), conflicts=conflicts)
    outputs.write_areas(work.out, _compare_areas(work, findings, weighed))


def _codebook_of(work: Work, found: DocumentFindings) -> str:
    """The name of the codebook that a document is read by, the run's where it was not read."""
    from pipeline.codebooks.belonging import codebook_for

    main = work.params.extract.codebook
    return codebook_for(found.outline, main) if found.outline is not None else main


def _for_main(
    work: Work, findings: Sequence[DocumentFindings], weighed: Mapping[str, WeighedDocument]
) -> dict[str, WeighedDocument]:
    """The documents as the run's codebook sees them: of another area only citations and findings of their own count."""
    others = {f.source.document_id for f in findings if _codebook_of(work, f) != work.params.extract.codebook}
    return {i: replace(w, belongs=False, supports=(), nearest=()) if i in others else w for i, w in weighed.items()}


def of_main_area(work: Work, findings: Sequence[DocumentFindings]) -> list[DocumentFindings]:
    """The documents, those of other areas without topics: ids of another codebook mean other questions."""
    main = work.params.extract.codebook
    return [_without_topics(f) if _codebook_of(work, f) != main else f for f in findings]


def _without_topics(found: DocumentFindings) -> DocumentFindings:
    if found.extraction is None:
        return found
    rows = tuple(replace(r, topics="") for r in found.extraction.requirements)
    return replace(found, extraction=replace(found.extraction, requirements=rows))


def _compare_areas(
    work: Work, findings: Sequence[DocumentFindings], weighed: Mapping[str, WeighedDocument]
) -> dict[str, Comparison]:
    """The documents of each other area compared among themselves, by the name of its codebook."""
    from pipeline.codebooks import load_codebook
    from pipeline.compare import compare_requirements

    areas: dict[str, list[DocumentFindings]] = {}
    for found in findings:
        name = _codebook_of(work, found)
        if name != work.params.extract.codebook:
            areas.setdefault(name, []).append(found)
    return {
        name: compare_requirements(
            own, codebooks=(load_codebook(name),), settings=work.params.compare,
            weighed={name: {f.source.document_id: weighed[f.source.document_id] for f in own
                            if f.source.document_id in weighed}},
        )
        for name, own in sorted(areas.items())
    }  # fmt: skip


def _weigh(
    work: Work, findings: Sequence[DocumentFindings]
) -> tuple[dict[str, WeighedDocument], list[DocumentFindings]]:
    """What each document comes to by itself, new or from the last run; and the documents, less those that failed."""
    settings = work.params.compare
    store = Store(work.parts / "compare", tasks.WEIGHED, work.params.run.buckets)
    read = {f.source.document_id: f for f in findings if f.outline is not None}
    books = {i: _codebook_of(work, found) for i, found in read.items()}
    earlier, version = work.store("extract").keys(), _version("compare", "codebooks")
    keys = {
        i: make_key(earlier[i], books[i], settings.model_dump_json(), version + _codebook_hash(books[i])) for i in read
    }

    def weigh(ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        todo = [Task(i, tasks.weigh_one, tasks.ToWeigh(read[i], books[i], settings)) for i in ids]
        yield from _answers(work, "compare", todo)

    work.fresh["compare"] = len(store.refresh(keys, weigh))
    failures = {f.document_id: f for f in store.rows("failures")}
    weighed = {i: tasks.weighed_of(rows) for i, rows in store.read(sorted(keys)) if i not in failures}
    return weighed, [_quarantined(f, failures.get(f.source.document_id)) for f in findings]


def _quarantined(found: DocumentFindings, failure: StageFailure | None) -> DocumentFindings:
    """A document as compare receives it: one that a stage could not process has neither outline nor extraction."""
    if failure is None:
        return found
    said = replace(found.source, status="quarantined", message=failure.message, message_en=failure.message_en)
    return DocumentFindings(said, 0.0, None, None)


def run_report(work: Work) -> None:
    """The comparison to what people open."""
    from pipeline.codebooks import load_codebook

    codebooks = (load_codebook(work.params.extract.codebook),)
    stores = {name: work.store(name) for name in ("ingest", "repair")}
    outputs.write_reports(
        work.out, of_main_area(work, read_findings(work)), stores=stores, codebooks=codebooks,
        settings=work.params.report, law_date=work.params.compare.date,
    )  # fmt: skip


def read_one_document(work: Work) -> DocumentFindings:
    """The one document of a run, outlined and extracted.

    Raises:
        RunFailure: When the sources are not one document, or it can't be read; the message says why.
    """
    for stage in STAGES[:4]:
        run_stage(work, stage)
    findings = read_findings(work)
    if len(findings) != 1:
        raise RunFailure("Ange ett dokument för varje version.", "Name one document for each version.")
    failures = [f for name in tasks.TABLES for f in work.store(name).rows("failures")]
    if failures:
        said = f"{findings[0].source.file_name}: "
        raise RunFailure(said + failures[0].message, said + failures[0].message_en, status=SOME_FAILED)
    return findings[0]


def run_evaluation(work: Work, gold: Path) -> Any:
    """The scorecard of the pipeline run over the gold's texts; `work` is a scratch folder to run it in.

    Raises:
        RunFailure: When none of the texts could be processed: zeros would look like a measurement.
    """
    from pipeline.evaluation import gold_texts, score_folder
    from pipeline.repair import repair_text

    for stage in STAGES[:-1]:
        run_stage(replace(work, sources=gold_texts(gold)), stage)
    findings = read_findings(work)
    if all(f.outline is None for f in findings):
        said = findings[0].source
        raise RunFailure(
            f"Inget av facits dokument kunde behandlas: {said.message}",
            f"None of the gold's documents could be processed: {said.message_en}",
        )
    settings = work.params.repair
    return score_folder(gold, work.out, repair=lambda text: repair_text(text, settings=settings).text)


def read_findings(work: Work) -> list[DocumentFindings]:
    """Every file of the run as compare receives it, by document id; what failed has neither outline nor extraction."""
    stores = {name: work.store(name) for name in tasks.TABLES}
    sources = sorted(stores["ingest"].rows("sources"), key=lambda s: s.document_id)
    ids = [s.document_id for s in sources]
    failures = {f.document_id: f for name in reversed(tuple(tasks.TABLES)) for f in stores[name].rows("failures")}
    repaired, outlined, extracted = (dict(stores[n].read(ids)) for n in ("repair", "outline", "extract"))
    findings = []
    for source in _with_notes(sources, stores["ingest"].folder / NEAR_DUPLICATES):
        i = source.document_id
        if i in failures:
            findings.append(_quarantined(DocumentFindings(source, 0.0, None, None), failures[i]))
        elif i in extracted and extracted[i] and i in outlined:
            text = repaired[i]["texts"][0]
            outline = tasks.outline_of(outlined[i], text.text, repaired[i]["pages"])
            findings.append(DocumentFindings(source, text.damage_score, outline, tasks.extraction_of(extracted[i])))
        else:
            findings.append(DocumentFindings(source, 0.0, None, None))
    return findings


def _with_notes(sources: Sequence[SourceFile], pairs: Path) -> list[SourceFile]:
    """The files; those with a near-duplicate have a message that names it, the most alike first."""
    from pipeline.swedish.texts import load_texts

    names = {s.document_id: s.file_name for s in sources}
    alike: dict[str, list[tuple[float, str]]] = {}
    for pair in read_table(NearDuplicate, pairs) if pairs.exists() else []:
        for one, other in ((pair.document_id, pair.other_document_id), (pair.other_document_id, pair.document_id)):
            if one in names and other in names:
                alike.setdefault(one, []).append((-pair.similarity, names[other]))

    def note(document_id: str, language: str) -> str:
        others = sorted(alike[document_id])
        texts = load_texts(language)
        said = [f"{name} ({round(-100 * similarity)} %)" for similarity, name in others[:NAMED]]
        more = texts.say("documents.near_duplicates_more", count=len(others) - NAMED) if len(others) > NAMED else ""
        return texts.say("documents.near_duplicates", files=", ".join(said) + more)

    return [
        replace(s, message=note(s.document_id, "sv"), message_en=note(s.document_id, "en"))
        if s.status == "ok" and s.document_id in alike
        else s
        for s in sources
    ]


def _answers(work: Work, stage: str, todo: Sequence[Task]) -> Iterable[tuple[str, Rows]]:
    """Each task's rows; a failure becomes the row that says so."""
    for task, answer in _map(work, stage, todo):
        yield task.key, tasks.failed(task.key, stage, answer) if isinstance(answer, DocumentFailure) else answer


def _map(work: Work, stage: str, todo: Sequence[Task]) -> Iterable[tuple[Task, Any]]:
    done = work.progress(stage, len(todo)) if work.progress is not None and todo else None
    return map_documents(work.executor, todo, limits=work.params.ingest.limits, done=done)


def _anchored(
    work: Work, stage: str, texts: Mapping[str, str]
) -> tuple[dict[str, list[AnchoredDecision]], list[DecisionConflict]]:  # fmt: skip
    """The decisions of a stage by document, and those that have no place in this run."""
    if work.decisions is None or not work.decisions.is_dir():
        return {}, []
    from pipeline.review import AnchorTarget, anchor, read_decisions

    decisions, malformed = read_decisions(work.decisions)
    mine = [d for d in decisions if d.target in DECIDED_IN[stage]]
    sources = {s.document_id: s.sha256 for s in work.store("ingest").rows("sources")}
    targets = [AnchorTarget(i, sources[i], text) for i, text in sorted(texts.items())]
    placed, lost = anchor(mine, targets) if mine else ((), ())
    groups: dict[str, list[AnchoredDecision]] = {}
    for item in placed:
        groups.setdefault(item.document_id, []).append(item)
    # A row that can't be understood belongs to no stage: the comparison tells of it.
    return groups, [*lost, *(malformed if stage == "compare" else ())]


def _said(decisions: Iterable[AnchoredDecision]) -> str:
    """What the decisions on one document come to, for its key."""
    said: list[Decision] = [item.decision for item in decisions]
    return "\n".join(sorted(repr(d) for d in said))


def _earlier_conflicts(work: Work) -> list[DecisionConflict]:
    """Decisions that an earlier stage could not honour."""
    found: list[DecisionConflict] = []
    for name in tasks.TABLES:
        store = work.store(name)
        found += store.rows("conflicts")
        unplaced = store.folder / UNPLACED
        found += read_table(DecisionConflict, unplaced) if unplaced.exists() else []
    return found


def _codebook_hash(codebook: str) -> str:
    """A codebook outside the package, as part of the version; a person may edit it between two runs of one process."""
    return hash_code([Path(codebook)]) if Path(codebook).is_file() else ""


@cache
def _version(*rooms: str) -> str:
    """A hash over the code and data that a stage's rows depend on."""
    return hash_code([PACKAGE / name for name in (*rooms, *SHARED_CODE)])
