"""The stages over a folder: the same bytes whatever the workers, the history and the kills."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import psutil
import pytest

from pipeline.executor import Task, map_documents, open_executor
from pipeline.failures import DocumentFailure, Message, RunFailure
from pipeline.params import CompareSettings, Params, RunSettings
from pipeline.records.comparison import Cell, Change, Document
from pipeline.records.requirement import Requirement, Value
from pipeline.stages import STAGES, Work, run_stage, run_stages
from pipeline.tables import write_parquet
from pipeline.unfinished import is_marked, mark
from tests.folders import files
from tests.runs.conftest import ADDED, PARAMS, TEXTS, Run, assert_same, table, write_sources
from tests.test_buckets import damage

# The same bytes


def test_a_second_run_does_nothing_again_and_changes_nothing(clean: Run, tmp_path: Path) -> None:
    again = clean.copied(tmp_path)
    work = again.go()
    assert work.fresh == dict.fromkeys(STAGES, 0)
    assert_same(clean.out, again.out)
    assert_same(clean.parts, again.parts)


def test_an_unchanged_run_is_told_by_its_stamp_and_anything_else_is_done(clean: Run, tmp_path: Path) -> None:
    run = clean.copied(tmp_path)
    stamp = tmp_path / "stamp.json"

    def go(*, params: Params = PARAMS, decisions: Path | None = None) -> bool:
        """Whether the run was done, and not only told to be done."""
        work = Work((run.sources,), run.out, run.parts, params, run.executor, decisions, stamp=stamp)
        before = (run.out / "documents.csv").stat().st_ino if (run.out / "documents.csv").exists() else 0
        run_stages(work)
        return (run.out / "documents.csv").stat().st_ino != before

    assert go()
    assert not go()
    assert_same(clean.out, run.out)
    (run.out / "metrics.json").write_text("{}", "utf-8")
    assert go()
    assert_same(clean.out, run.out)
    (run.out / "texts" / next(p.name for p in (run.out / "texts").iterdir())).unlink()
    assert go()
    assert go(params=Params(compare=CompareSettings(nearest=1)))
    assert go()
    (tmp_path / "beslut").mkdir()
    (tmp_path / "beslut" / "a.csv").write_text("decision_id\n", "utf-8")
    assert go(decisions=tmp_path / "beslut")
    assert not go(decisions=tmp_path / "beslut")
    stamp.write_text("[]", "utf-8")
    assert go()
    run.sources = write_sources(tmp_path / "kallor")
    assert not go()  # the same files elsewhere
    (run.sources / "tom.txt").write_text("nu med text", "utf-8")
    assert go()


@pytest.mark.parametrize("gone", ["", "pages", "texts", "report", "harmonised_requirements.parquet"])
def test_deleted_results_come_back_whole(clean: Run, tmp_path: Path, gone: str) -> None:
    run = clean.copied(tmp_path)
    lost = run.out / gone
    lost.unlink() if lost.is_file() else shutil.rmtree(lost)
    work = run.go()
    assert work.fresh["ingest"] == (1 if gone in ("", "pages") else 0)
    assert_same(clean.out, run.out)
    assert_same(clean.parts, run.parts)


def test_results_of_another_version_do_not_stop_a_run(clean: Run, tmp_path: Path) -> None:
    run = clean.copied(tmp_path)
    write_parquet([], Change, run.out / "harmonised_requirements.parquet")
    run.go()
    assert_same(clean.out, run.out)


def test_three_workers_and_another_folder_give_the_same_bytes(clean: Run, tmp_path: Path) -> None:
    other = Run(clean.executor, write_sources(tmp_path / "annan mapp med å"), tmp_path)
    with open_executor(workers=3) as three:
        other.go(executor=three, params=Params(run=RunSettings(workers=3, buckets=5)))
    assert_same(clean.out, other.out)


def test_what_is_written_beside_the_stages_is_the_same_bytes(
    clean: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.stages.MANY_ENOUGH", 1)
    other = Run(clean.executor, clean.sources, tmp_path)
    other.go()
    assert_same(clean.out, other.out)
    assert_same(clean.parts, other.parts)


def test_a_run_that_fails_leaves_no_half_of_what_was_written_beside_it(
    clean: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.stages.MANY_ENOUGH", 1)
    run = Run(clean.executor, clean.sources, tmp_path)

    def fail(*_: Any, **__: Any) -> None:
        (run.out / ".comparison.sqlite.part").write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.report.write_views", fail)
    with pytest.raises(KeyboardInterrupt):
        run.go()
    assert not list(run.out.rglob("*.part"))
    monkeypatch.undo()
    run.go()
    assert_same(clean.out, run.out)


def test_an_added_document_changes_no_other_documents_ids(clean: Run, tmp_path: Path) -> None:
    more = clean.copied(tmp_path)
    more.sources = write_sources(tmp_path / "kallor")
    (more.sources / "aaa.txt").write_text(ADDED, "utf-8")
    work = more.go()
    added = next(d.document_id for d in more.rows("documents", Document) if d.file_name == "aaa.txt")
    assert work.fresh["ingest"] == 1
    # The damaged text is repaired with the run's words, so it is looked at again; the others are not.
    assert work.fresh["extract"] <= 2
    assert 1 <= work.fresh["compare"] <= 2
    damaged = {d.document_id for d in more.rows("documents", Document) if d.damage_score > 0.04}
    for name, record in (("requirements", Requirement), ("values", Value)):
        before = [r for r in clean.rows(name, record) if r.document_id not in damaged]
        after = [r for r in more.rows(name, record) if r.document_id not in {*damaged, added}]
        assert before == after
        assert any(r.document_id == added for r in more.rows(name, record))
    # And when it is taken away again all is as it was, but for what has changed since the last run.
    (more.sources / "aaa.txt").unlink()
    more.go()
    shutil.copy(clean.out / "changes.csv", more.out)
    shutil.copy(clean.out / "changes.parquet", more.out)
    assert {n for n, c in files(more.out).items() if not n.startswith(("report/", "harmonised_requirements.xlsx"))
            and c != files(clean.out).get(n)} == set()  # fmt: skip
    assert not list(more.parts.rglob(f"*{added}*"))


def test_words_of_the_run_are_those_of_a_sample(clean: Run, tmp_path: Path) -> None:
    # Another undamaged text that the sample does not take in leaves the damaged one alone.
    run = Run(clean.executor, write_sources(tmp_path / "kallor"), tmp_path)
    few = PARAMS.model_copy(update={"repair": PARAMS.repair.model_copy(update={"run_lexicon_documents": 0})})
    run.go(params=few)
    (run.sources / "aaa.txt").write_text(ADDED, "utf-8")
    assert run.go(params=few).fresh["repair"] == 1


def test_what_comes_out_the_same_is_where_the_work_stops(
    clean: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = clean.copied(tmp_path)
    before = files(run.out)
    monkeypatch.setattr("pipeline.stages.documents.room_version", lambda *_: "edited, but nothing else comes of it")
    work = run.go()
    worked = {name for name, count in work.fresh.items() if count}
    assert {"ingest", "repair", "outline", "extract"} <= worked
    assert worked.isdisjoint({"compare", "report"})
    assert files(run.out) == before


def test_changes_tell_what_is_new_against_the_last_run(clean: Run, tmp_path: Path) -> None:
    assert table(clean, "changes") == []
    run = clean.copied(tmp_path)
    run.sources = write_sources(tmp_path / "kallor")
    (run.sources / "ale.txt").write_text(TEXTS["ale.txt"].replace("24 timmar", "48 timmar"), "utf-8")
    (run.sources / "kopia.txt").unlink()
    run.go()
    changed = run.rows("changes", Change)
    assert ("response_time", "Ale") in {(c.requirement, c.municipality) for c in changed}
    assert {c.municipality for c in changed} == {"Ale"}
    change = next(c for c in changed if c.requirement == "response_time")
    assert (change.change, "PT24H" in change.before, "PT48H" in change.after) == ("altered", True, True)
    # Run again with nothing new, the table still tells of the last change.
    before = files(run.out)
    run.go()
    assert files(run.out) == before


def test_only_what_depends_on_a_setting_is_done_again(clean: Run, tmp_path: Path) -> None:
    run = clean.copied(tmp_path)
    work = run.go(params=Params(compare=CompareSettings(nearest=1)))
    assert {name for name, count in work.fresh.items() if count} == {"compare"}
    # How many passages are shown says nothing of how sure silence is.
    assert [c.confidence for c in run.rows("harmonised_requirements", Cell)] == [
        c.confidence for c in clean.rows("harmonised_requirements", Cell)
    ]
    work = run.go(params=Params(extract=PARAMS.extract.model_copy(update={"min_confidence": 0.9})))
    assert {name for name, count in work.fresh.items() if count} == {"extract", "compare", "report"}
    assert len(run.rows("requirements", Requirement)) < len(clean.rows("requirements", Requirement))


# Killed runs


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.8, 0.99])
def test_a_run_that_ends_at_any_write_goes_on_to_the_same_bytes(
    clean: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    run = Run(clean.executor, clean.sources, tmp_path)
    real, at = os.replace, 0
    writes = len(files(clean.out)) + len(files(clean.parts)) - len(files(clean.out / "report"))

    def killed(src: Any, dst: Any) -> None:
        nonlocal at
        at += 1
        if at > writes * share:
            raise KeyboardInterrupt
        real(src, dst)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        run.go()
    monkeypatch.setattr(os, "replace", real)
    assert is_marked(run.out)
    run.go()
    assert_same(clean.out, run.out)
    assert_same(clean.parts, run.parts)


def test_a_run_killed_in_the_middle_goes_on_to_the_same_bytes(clean: Run, tmp_path: Path) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    command = [sys.executable, "-m", "pipeline", "run", clean.sources, "--out", out, "--cache", cache, "--workers", "1"]
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not list(cache.glob("*/repair/*/keys.parquet")):
        time.sleep(0.01)
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not (out / "documents.csv").exists()
    _, alive = psutil.wait_procs(family, timeout=60)
    assert not alive
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "tom.txt" in done.stdout
    assert_same(clean.out, out)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_asked_to_end_leaves_nothing_behind_and_can_go_on(
    clean: Run, tmp_path: Path, number: signal.Signals, status: int
) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    command = [sys.executable, "-m", "pipeline", "run", clean.sources, "--out", out, "--cache", cache, "--workers", "1"]
    process = subprocess.Popen(
        [str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while process.poll() is None and not list(cache.glob("*/ingest/*/keys.parquet")):
        time.sleep(0.01)
    family = psutil.Process(process.pid).children(recursive=True)
    assert family
    os.killpg(process.pid, number)  # a terminal and a batch system tell the whole group
    _, said = process.communicate(timeout=60)
    assert process.returncode == status
    assert "Interrupted" in said
    assert "Traceback" not in said
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive
    assert not list(tmp_path.rglob(".*.part"))
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert_same(clean.out, out)


def test_a_folder_says_so_while_its_files_are_of_two_runs(
    clean: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = clean.copied(tmp_path)
    stamp = tmp_path / "stamp.json"

    def go(params: Params) -> None:
        run_stages(Work((run.sources,), run.out, run.parts, params, run.executor, stamp=stamp))

    def ended(_: Work) -> None:
        assert is_marked(run.out)
        raise KeyboardInterrupt

    go(PARAMS)
    assert not is_marked(run.out)
    assert_same(clean.out, run.out)
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.stages.run_compare", ended)
        with pytest.raises(KeyboardInterrupt):
            go(Params(extract=PARAMS.extract.model_copy(update={"min_confidence": 0.9})))
    assert table(run, "requirements") != table(clean, "requirements")  # while the cells are the old ones
    assert table(run, "harmonised_requirements") == table(clean, "harmonised_requirements")
    for words in ("inte klar", "not ended"):
        assert words in (run.out / "UNFINISHED.txt").read_text("utf-8")
    go(PARAMS)
    assert not is_marked(run.out)
    assert_same(clean.out, run.out)
    # Marked, a folder is never told to be as it was, even where all that was noted of it still holds.
    mark(run.out)
    go(PARAMS)
    assert not is_marked(run.out)


# A damaged cache


@pytest.mark.parametrize("how", ["gone", "cut", "flipped"])
def test_a_damaged_cache_heals_and_gives_the_same_bytes(clean: Run, tmp_path: Path, how: str) -> None:
    run = clean.copied(tmp_path)
    parts = [next(run.parts.glob(f"{stage}/*/{name}.parquet")) for stage, name in (
        ("ingest", "lines"), ("repair", "texts"), ("outline", "units"), ("extract", "requirements"),
        ("compare", "weighed"), ("report", "shards"),
    )]  # fmt: skip
    for path in [*parts, run.parts / "ingest" / "near_duplicates.parquet"]:
        damage(path, how)
    told: list[Message] = []
    work = Work((run.sources,), run.out, run.parts, PARAMS, run.executor, tell=told.append)
    run_stages(work)
    assert [stage for stage in STAGES if work.fresh[stage]] == list(STAGES)
    assert all(count <= 2 for count in work.fresh.values())
    assert [stage for stage in STAGES if f"{stage} är skadat (delar: 1)" in "".join(m.sv for m in told)] == list(STAGES)
    assert all("damaged" in message.en for message in told)
    assert_same(clean.out, run.out)
    assert_same(clean.parts, run.parts)


def test_a_stage_alone_does_not_work_without_what_is_damaged_before_it(clean: Run, tmp_path: Path) -> None:
    run = clean.copied(tmp_path)
    damage(next(run.parts.glob("outline/*/units.parquet")), "cut")
    work = Work((run.sources,), run.out, run.parts, PARAMS, run.executor)
    before = files(run.out)
    with pytest.raises(RunFailure, match="the stage outline has kept is damaged"):
        run_stage(work, "extract")
    assert files(run.out) == before
    for stage in ("outline", "extract"):
        run_stage(Work((run.sources,), run.out, run.parts, PARAMS, run.executor), stage)
    assert_same(clean.parts, run.parts)


# Stages on their own


def test_stages_alone_say_what_is_missing(executor: Executor, tmp_path: Path) -> None:
    work = Work((tmp_path / "in",), tmp_path / "out", tmp_path / "parts", PARAMS, executor)
    (tmp_path / "in").mkdir()
    for stage in STAGES:
        with pytest.raises(RunFailure) as caught:
            run_stage(work, stage)
        assert caught.value.status == 2


def test_results_may_not_lie_among_the_sources(executor: Executor, clean: Run, tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "kallor")
    with pytest.raises(RunFailure, match="lies among the sources"):
        Run(executor, sources, sources).go()
    with pytest.raises(RunFailure, match="no codebook"):
        run = Run(executor, sources, tmp_path)
        run.go(params=Params(extract=PARAMS.extract.model_copy(update={"codebook": "finns inte"})))
    assert not run.parts.exists()  # told before anything is read


def test_documents_that_say_nearly_the_same_name_each_other(executor: Executor, tmp_path: Path) -> None:
    sources = tmp_path / "in"
    sources.mkdir()
    (sources / "a.txt").write_text(TEXTS["ale.txt"], "utf-8")
    (sources / "b 50%.html").write_text(f"<html><body><p>{TEXTS['ale.txt']}</p></body></html>", "utf-8")
    (sources / "c.txt").write_text(ADDED, "utf-8")
    # Another municipality that has taken the text over is lineage, and no file to take away.
    (sources / "d.txt").write_text(TEXTS["ale.txt"].replace("Ale", "Borås"), "utf-8")
    run = Run(executor, sources, tmp_path)
    run.go()
    messages = {row["file_name"]: row["message"] for row in table(run, "documents")}
    assert "b 50%.html (100 %)" in messages["a.txt"]
    assert "a.txt (100 %)" in messages["b 50%.html"]
    assert not messages["c.txt"]
    assert not messages["d.txt"]
    assert "d.txt" not in messages["a.txt"]
    (sources / "b 50%.html").unlink()
    run.go()
    assert not any(row["message"] for row in table(run, "documents"))


# Failures that may pass


@pytest.mark.parametrize(("code", "again"), [("time", True), ("memory", True), ("crash", True), ("malformed", False)])
def test_what_failed_for_want_of_time_or_memory_is_tried_again(
    executor: Executor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, again: bool
) -> None:
    sources = tmp_path / "in"
    sources.mkdir()
    (sources / "a.txt").write_text(TEXTS["ale.txt"], "utf-8")
    run = Run(executor, sources, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(
            "pipeline.stages.work.map_documents",
            lambda _, todo, **__: [(task, DocumentFailure(code)) for task in todo],
        )
        run.go()
    assert [row["status"] for row in table(run, "documents")] == ["quarantined"]
    work = run.go()
    assert work.fresh["ingest"] == int(again)
    assert [row["status"] for row in table(run, "documents")] == ["ok" if again else "quarantined"]


@pytest.mark.parametrize("beside", [1, 200])
@pytest.mark.parametrize("stage", ["read", "repair", "outline", "extract", "weigh"])
def test_a_document_that_a_stage_can_not_process_ends_no_run(
    executor: Executor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, beside: int
) -> None:
    sources = tmp_path / "in"
    sources.mkdir()
    (sources / "a.txt").write_text(TEXTS["ale.txt"], "utf-8")
    (sources / "b.txt").write_text(ADDED, "utf-8")
    run = Run(executor, sources, tmp_path)
    failing: set[str] = set()

    def mapped(workers: Executor, todo: Sequence[Task], **settings: Any) -> Iterator[tuple[Task, Any]]:
        for task, answer in map_documents(workers, todo, **settings):
            if task.function.__name__ == f"{stage}_one" and failing <= {task.key}:
                failing.add(task.key)
                yield task, DocumentFailure("internal", error="IndexError")
            else:
                yield task, answer

    monkeypatch.setattr("pipeline.stages.MANY_ENOUGH", beside)
    monkeypatch.setattr("pipeline.stages.work.map_documents", mapped)
    run.go()
    assert len(failing) == 1
    assert {row["document_id"] for row in table(run, "documents") if row["status"] == "quarantined"} == failing
    assert (run.out / "comparison.sqlite").exists()
