"""One run: where from, where to, with what; and what every stage over a folder needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import tasks
from pipeline.buckets import Rows, Store
from pipeline.executor import Beside, Task, map_documents
from pipeline.failures import PASSING, DocumentFailure, Message
from pipeline.params import Params
from pipeline.records.comparison import DocumentFindings
from pipeline.records.decision import AnchoredDecision, Decision, DecisionConflict
from pipeline.stages.writing import ToWrite, write_files
from pipeline.versions import PACKAGE, hash_code, hash_parts

ROOMS = {
    # How damaged a text is, is told when it is read, by what repair knows of letters and languages.
    "ingest": ("ingest", "repair"), "repair": ("repair",), "outline": ("outline", "codebooks"),
    "extract": ("extract", "codebooks"), "compare": ("compare", "codebooks"),
    "report": ("report", "exchange", "codebooks"),
}  # fmt: skip
"""The rooms that make each stage's rows; what they import is told by their code (`pipeline.versions`)."""
SHARED_ROOMS = ("records", "spans.py", "swedish")
"""What every stage's rows depend on beside its own rooms."""
CALLED_BY = "tasks.py"
"""What calls the rooms: a change of it counts, but not what it imports, for it imports every room."""
DECIDED_IN = {
    "repair": ("page", "repair"), "outline": ("metadata",), "extract": ("requirement", "value", "alignment"),
    "compare": ("cell",),
}  # fmt: skip
"""Which decisions of people each stage is given."""
UNPLACED = "unplaced.parquet"


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
    read: list[DocumentFindings] = field(default_factory=list)
    """What the comparison read of the documents, kept for the report that follows it in the same run."""
    coded: list[frozenset[str]] = field(default_factory=list)
    """The documents of other areas, once what needs no comparison of the formats of other programs is being written."""
    stamp: Path | None = None
    """Where to keep what the run was made from and which files it wrote; with it, an unchanged run is told at once."""
    tell: Callable[[Message], None] | None = None
    """Called with what a person should know though the run goes on."""
    beside: Beside | None = None
    """Where what is made of files alone is done beside the rest; without it that is done at once."""

    _stores: dict[str, Store] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The stores asked for, each with the keys that it has read; a copy of the work with other folders has its own."""

    def store(self, stage: str) -> Store:
        """The per-document tables of a stage."""
        if stage not in self._stores:
            self._stores[stage] = Store(self.parts / stage, tasks.TABLES[stage], self.params.run.buckets)
        return self._stores[stage]


def write_later(work: Work, files: str, *, elsewhere: frozenset[str] = frozenset()) -> None:
    """Write files that are made of others on disk: beside what goes on where the run has a process for that, else now.

    What is written so comes in the order in which it was asked for. Which files there are, `pipeline.stages.writing`
    says.
    """
    run = ToWrite(work.out, work.parts, work.params, files, elsewhere)
    if work.beside is None:
        write_files(run)
    else:
        work.beside.later(Task(files, write_files, run))


def refresh(
    work: Work,
    stage: str,
    store: Store,
    wanted: Mapping[str, str],
    make: Callable[[Sequence[str]], Iterable[tuple[str, Rows]]],
    again: Collection[str] = (),
) -> None:
    """Bring a stage's store to the wanted documents and keys; where it was damaged, that is told and done again."""
    tell_damage(work, store)
    work.fresh[stage] = len(store.refresh(wanted, make, again=again))


def tell_damage(work: Work, store: Store) -> None:
    """Tell whoever follows the run where some of what a store keeps is damaged."""
    damaged = len(store.damaged())
    if damaged and work.tell is not None:
        work.tell(
            Message(
                f"Sparat arbete i {store.folder} är skadat (delar: {damaged}). De dokument det gäller görs om.",
                f"Kept work in {store.folder} is damaged (parts: {damaged}). Its documents are worked on again.",
            )
        )


def may_pass(store: Store, keys: Mapping[str, str]) -> set[str]:
    """The documents whose key holds and that failed for want of time, memory or a program: they are tried again."""
    held = store.holding(keys)
    return {i for i, rows in store.read(held, only=("failures",)) for f in rows["failures"] if f.code in PASSING}


def answers(work: Work, stage: str, todo: Sequence[Task]) -> Iterable[tuple[str, Rows]]:
    """Each task's rows; a failure becomes the row that says so."""
    for task, answer in map_tasks(work, stage, todo):
        yield task.key, tasks.failed(task.key, stage, answer) if isinstance(answer, DocumentFailure) else answer


def map_tasks(work: Work, stage: str, todo: Sequence[Task]) -> Iterable[tuple[Task, Any]]:
    """Each task with its answer, in the order of the tasks; whoever follows the run hears of each that has ended."""
    done = work.progress(stage, len(todo)) if work.progress is not None and todo else None
    return map_documents(work.executor, todo, limits=work.params.ingest.limits, done=done)


def anchored(
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


def said_by(decisions: Iterable[AnchoredDecision]) -> str:
    """What the decisions on one document come to, for its key; how they are honoured is part of that."""
    said: list[Decision] = [item.decision for item in decisions]
    return "\n".join([hash_parts("review"), *sorted(repr(d) for d in said)]) if said else ""


def codebook_hash(codebook: str) -> str:
    """A codebook outside the package, as part of the version; a person may edit it between two runs of one process."""
    return hash_code([Path(codebook)]) if Path(codebook).is_file() else ""


@cache
def room_version(stage: str) -> str:
    """A hash over the code and data that a stage's rows depend on."""
    return hash_parts(*ROOMS[stage], *SHARED_ROOMS) + hash_code([PACKAGE / CALLED_BY])
