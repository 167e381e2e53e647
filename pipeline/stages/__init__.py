"""The stages over a folder: the only file that knows their order.

Each stage reads the tables of the one before, works on the documents whose key has changed, and writes its own files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import outputs, tasks
from pipeline.arrow import leave_pandas_out
from pipeline.buckets import make_key
from pipeline.executor import open_beside
from pipeline.failures import (
    MISSING_PROGRAM,
    NOT_INSTALLED,
    SOME_FAILED,
    WRONG_USAGE,
    RunFailure,
    awaits_program,
)  # fmt: skip
from pipeline.garbage import collected_seldom, leave_garbage
from pipeline.records.comparison import DocumentFindings
from pipeline.stages.documents import list_sources, run_extract, run_ingest, run_outline, run_repair
from pipeline.stages.findings import read_findings
from pipeline.stages.whole import run_compare, run_report
from pipeline.stages.work import Work, codebook_hash
from pipeline.stamps import holds, write_stamp
from pipeline.unfinished import is_marked, mark, unmark
from pipeline.versions import code_version, hash_code

if TYPE_CHECKING:
    from pipeline.ingest import SourceEntry

__all__ = [
    "STAGES", "Work", "list_sources", "read_findings", "read_one_document", "run_evaluation", "run_ingest", "run_stage",
    "run_stages",
]  # fmt: skip

MANY_ENOUGH = 200
"""Documents from which on files are written by a process beside the stages."""
STAGES = ("ingest", "repair", "outline", "extract", "compare", "report")
WHOLE = STAGES[-2:]
"""The stages over all documents: rows by the million are made in one go and kept, none of them in a ring."""


def run_stages(work: Work) -> None:
    """All stages in order; what still holds is not done again.

    Raises:
        RunFailure: When there is nothing to read, no such codebook, or the results would lie among the sources.
    """
    from pipeline.codebooks import load_codebook

    load_codebook(work.params.extract.codebook)  # a wrong name is told before hours of reading, not after
    entries = list_sources(work)
    made_from = _fingerprint(work, entries)
    if work.stamp is not None and not is_marked(work.out) and holds(work.stamp, made_from, work.out):
        work.fresh.update(dict.fromkeys(STAGES, 0))
        return
    leave_pandas_out()
    mark(work.out)
    try:
        # A process begins in about a second, in which what few documents give is written.
        with open_beside() if len(entries) >= MANY_ENOUGH else nullcontext() as beside:
            _run_all(replace(work, beside=beside), entries)
    except BaseException:
        outputs.clear_unfinished(work.out)  # what a process that was ended had begun to write
        raise
    unmark(work.out)
    if work.stamp is None:
        return
    if _awaits_program(work):
        work.stamp.unlink(missing_ok=True)  # whether the program is there by then is for the next run to see
    else:
        write_stamp(work.stamp, made_from, work.out)


def _run_all(work: Work, entries: Mapping[str, SourceEntry]) -> None:
    for stage in STAGES:
        run_ingest(work, entries) if stage == "ingest" else run_stage(work, stage)
        if work.ended is not None:
            work.ended(stage)


def _awaits_program(work: Work) -> bool:
    """Whether a document of the run waits for a program to be installed."""
    return any(f.code in NOT_INSTALLED for name in tasks.TABLES for f in work.store(name).rows("failures"))


def _fingerprint(work: Work, entries: Mapping[str, SourceEntry]) -> str:
    """A key over all that a run's results are made from."""
    decisions = hash_code([work.decisions]) if work.decisions is not None and work.decisions.is_dir() else ""
    listed = [(e.document_id, e.sha256, e.file_name, repr(e.failure)) for e in entries.values()]
    return make_key(
        listed, work.params.model_dump_json(), code_version(), codebook_hash(work.params.extract.codebook), decisions
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
    for earlier in tuple(tasks.TABLES)[: STAGES.index(name)]:
        # A stage by itself does not mend what it stands on, and must not work without a part of it.
        if work.store(earlier).damaged():
            raise RunFailure(
                f"Det som steget {earlier} har sparat är skadat. Kör {earlier} igen.",
                f"What the stage {earlier} has kept is damaged. Run {earlier} again.",
            )
    runs: tuple[Callable[[Work], None], ...] = (
        run_ingest,
        run_repair,
        run_outline,
        run_extract,
        run_compare,
        run_report,
    )
    leave_pandas_out()
    with leave_garbage() if name in WHOLE else collected_seldom():
        dict(zip(STAGES, runs, strict=True))[name](work)


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
        status = MISSING_PROGRAM if failures[0].code in NOT_INSTALLED else SOME_FAILED
        raise RunFailure(said + failures[0].message, said + failures[0].message_en, status=status)
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
            status=MISSING_PROGRAM if awaits_program(said.message) else WRONG_USAGE,
        )
    settings = work.params.repair
    return score_folder(gold, work.out, repair=lambda text: repair_text(text, settings=settings).text)
