"""The watched child processes: a document that hangs, crashes or eats memory harms no other and leaves nothing."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import psutil
import pytest

from pipeline.executor import (
    CHILD_MARK,
    Task,
    available_cores,
    map_documents,
    open_beside,
    open_executor,
    run_guarded,
)
from pipeline.executor.children import Clock
from pipeline.failures import DocumentFailure, RunFailure
from pipeline.params import LimitSettings

AMPLE = LimitSettings(seconds=120, megabytes=3_000)
SHORT = LimitSettings(seconds=1, megabytes=3_000)
SMALL = LimitSettings(seconds=120, megabytes=300)


def run(key: str, code: str) -> Task:
    """A task that runs statements in the child; builtins cross to it by name whatever the tests' module is called."""
    return Task(key, exec, code)


def value(key: str, code: str) -> Task:
    return Task(key, eval, code)


def children() -> list[psutil.Process]:
    """The worker processes of this process."""
    return [p for p in psutil.Process().children(recursive=True) if CHILD_MARK in " ".join(_command(p))]


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that init has not yet collected has ended too."""
    for _ in range(100):
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def one_worker() -> Iterator[Executor]:
    with open_executor(workers=1) as executor:
        yield executor


def outcomes(executor: Executor, tasks: list[Task], limits: LimitSettings = AMPLE) -> list[Any]:
    found = list(map_documents(executor, tasks, limits=limits))
    assert [t for t, _ in found] == tasks
    return [f"{a.code}" if isinstance(a, DocumentFailure) else a for _, a in found]


def test_answers_come_in_the_order_of_the_tasks_and_each_is_told_once(one_worker: Executor) -> None:
    told: list[str] = []
    tasks = [value(f"d{n}", f"{n} * 2") for n in range(6)]
    found = list(map_documents(one_worker, tasks, limits=AMPLE, done=told.append))
    assert [a for _, a in found] == [0, 2, 4, 6, 8, 10]
    assert sorted(told) == [f"d{n}" for n in range(6)]


def test_one_child_serves_many_documents_on_one_core(one_worker: Executor) -> None:
    tasks = [value(f"d{n}", "__import__('os').getpid()") for n in range(3)]
    pids = outcomes(one_worker, tasks)
    assert len(set(pids)) == 1
    assert os.getpid() not in pids
    assert outcomes(one_worker, [value("d", "__import__('os').environ['OMP_THREAD_LIMIT']")]) == ["1"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("import os; os._exit(0)", "crash"),
        ("import sys; sys.exit(3)", "crash"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "crash"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "crash"),
        ("raise ValueError('vad är detta')", "internal"),
        ("raise MemoryError", "memory"),
        ("def f(): f()\nf()", "internal"),
        ("class Odd(Exception):\n  def __init__(self, a, b): pass\nraise Odd(1, 2)", "internal"),
        ("from pipeline.failures import DocumentFailure\nraise DocumentFailure('encrypted')", "encrypted"),
    ],
)
def test_a_document_that_fails_is_quarantined_and_the_next_one_is_unharmed(
    one_worker: Executor, bad: str, code: str
) -> None:
    tasks = [value("before", "1"), run("bad", bad), value("after", "2")]
    assert outcomes(one_worker, tasks) == [1, code, 2]


def test_what_cannot_cross_back_is_a_failure_of_the_document(one_worker: Executor) -> None:
    found = outcomes(one_worker, [value("bad", "lambda: 1"), value("after", "2")])
    assert found == ["crash", 2]


def test_an_unknown_error_is_told_with_its_words(one_worker: Executor) -> None:
    (_, failure), = map_documents(one_worker, [run("bad", "raise KeyError('hjälp')")], limits=AMPLE)  # fmt: skip
    assert "KeyError: 'hjälp'" in failure.message.sv
    assert "KeyError: 'hjälp'" in failure.message.en


def test_a_document_that_hangs_is_killed_with_the_time_message(one_worker: Executor, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    hang = f"import os, time, pathlib; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(600)"
    assert outcomes(one_worker, [value("warm", "1")]) == [1]
    (_, failure), (_, after) = (
        *map_documents(one_worker, [run("bad", hang)], limits=SHORT),
        *map_documents(one_worker, [value("after", "2")], limits=AMPLE),
    )
    assert failure.code == "time"
    assert "1 sekunder" in failure.message.sv
    assert "params.yaml" in failure.message.sv
    assert after == 2
    assert is_gone(int(note.read_text()))


def test_a_document_that_eats_memory_is_killed_with_the_memory_message(one_worker: Executor) -> None:
    eat = "import time; hoard = b'x' * 450_000_000; time.sleep(600)"
    tasks = [value("before", "1"), run("bad", eat), value("after", "2")]
    (_, one), (_, failure), (_, two) = map_documents(one_worker, tasks, limits=SMALL)
    assert (one, two) == (1, 2)
    assert failure.code == "memory"
    assert "300 MB" in failure.message.sv
    assert "300 MB" in failure.message.en


def test_memory_of_programs_a_document_starts_counts(one_worker: Executor) -> None:
    eat = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}])".format(
        "import time; hoard = b'x' * 450_000_000; time.sleep(600)"
    )
    assert outcomes(one_worker, [run("bad", eat), value("after", "2")], SMALL) == ["memory", 2]


@pytest.mark.parametrize(
    ("ending", "limits", "code"), [("time.sleep(600)", SHORT, "time"), ("os._exit(1)", AMPLE, "crash")]
)
def test_programs_that_a_document_started_end_with_it(
    one_worker: Executor, tmp_path: Path, ending: str, limits: LimitSettings, code: str
) -> None:
    note = tmp_path / "pid"
    start = (
        "import os, subprocess, sys, time, pathlib\n"
        f"p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(p.pid))\n"
        f"time.sleep(0.7)\n{ending}"
    )
    assert outcomes(one_worker, [value("warm", "1")]) == [1]
    assert outcomes(one_worker, [run("bad", start)], limits) == [code]
    assert is_gone(int(note.read_text()))


def test_a_missing_program_ends_the_run(one_worker: Executor) -> None:
    missing = "from pipeline.failures import RunFailure\nraise RunFailure('saknas', 'missing', status=3)"
    with pytest.raises(RunFailure) as caught:
        outcomes(one_worker, [run("bad", missing)])
    assert (caught.value.status, caught.value.message.sv) == (3, "saknas")
    assert outcomes(one_worker, [value("after", "2")]) == [2]


def test_what_a_library_prints_is_no_result(one_worker: Executor, capfd: pytest.CaptureFixture[str]) -> None:
    assert outcomes(one_worker, [run("d", "import os; print('brus', flush=True); os.write(1, b'buller')")]) == [None]
    assert capfd.readouterr().out == ""


def test_no_child_is_left_behind(tmp_path: Path) -> None:
    mine = {p.pid for p in children()}
    with open_executor(workers=2) as executor:
        bad = [run("bad", "import os; os._exit(1)"), run("worse", "import time; time.sleep(600)")]
        assert outcomes(executor, [value("d", "1"), *bad, value("e", "2")], LimitSettings(seconds=6)) == [
            1, "crash", "time", 2,
        ]  # fmt: skip
        assert {p.pid for p in children()} - mine
    assert {p.pid for p in children()} <= mine


def test_no_child_is_left_behind_when_the_run_is_broken_off() -> None:
    mine = {p.pid for p in children()}

    def broken_off() -> None:
        with open_executor(workers=1) as executor:
            executor.submit(run_guarded, value("warm", "1"), AMPLE).result()
            executor.submit(run_guarded, run("long", "import time; time.sleep(600)"), AMPLE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert {p.pid for p in children()} <= mine


def test_unknown_engines_and_missing_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    def enter(engine: str) -> RunFailure:
        with pytest.raises(RunFailure) as caught, open_executor(engine):
            pass
        return caught.value

    assert enter("spark").status == 2
    assert "spark" in enter("spark").message.sv
    assert enter("dask://127.0.0.1").status == 2
    assert "dask://HOST:PORT" in enter("dask://127.0.0.1").message.en
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert enter("dask://127.0.0.1:1").status == 3
    assert "pip install" in enter("dask://127.0.0.1:1").message.en


def test_cores_are_those_this_process_may_use() -> None:
    assert 1 <= available_cores() <= (os.cpu_count() or 1)


PAGES = "from pipeline.executor import page_done; import time\n"


def test_each_page_read_gives_a_document_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("pipeline.executor.children.time.monotonic", lambda: now)
    clock = Clock(LimitSettings(seconds=10, seconds_per_page=100))
    now = 11.0
    assert clock.over()
    clock.heard(1, 3)
    now = 109.0
    assert not clock.over()
    now = 111.0
    assert clock.over()
    clock.heard(3, 3)
    now = 309.0
    assert not clock.over()
    now = 311.0
    assert clock.over()
    assert clock.seconds == 310


def test_a_page_that_hangs_ends_its_document_however_many_were_read(
    one_worker: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.executor.children.BESIDE_TESSERACT", 0.0)
    limits = LimitSettings(seconds=600, seconds_per_page=1)
    assert outcomes(one_worker, [run("hung", PAGES + "page_done(500, 1000)\ntime.sleep(600)")], limits) == ["time"]


def begun() -> list[psutil.Process]:
    """The child processes as soon as there are any."""
    while not (found := children()):
        time.sleep(0.01)
    return found


def test_nothing_is_begun_for_a_task_that_is_given_up_at_once() -> None:
    with pytest.raises(KeyboardInterrupt), open_beside() as beside:
        beside.later(run("long", "import time; time.sleep(60)"))
        raise KeyboardInterrupt
    assert not children()


def test_a_process_beside_that_holds_much_is_replaced(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    write = f"import os\nopen({str(mark)!r}, 'a').write(f'{{os.getpid()}} ')"
    with open_beside() as beside:
        beside.later(run("large", f"import builtins\nbuiltins.held = bytearray(400_000_000)\n{write}"))
        beside.later(run("small", write))
        beside.later(run("again", write))
    large, small, again = mark.read_text().split()
    assert large != small == again


def test_tasks_are_done_beside_what_goes_on_in_their_order(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with open_beside() as beside:
        beside.later(run("first", f"open({str(mark)!r}, 'w').write(__import__('os').environ['JAMKA_CHILD'])"))
        beside.later(run("second", f"open({str(mark)!r}, 'a').write(' and again')"))
        assert len(begun()) == 1
    assert mark.read_text() == "1 and again"
    assert not children()


def test_what_a_process_beside_could_not_do_is_done_here_with_all_after_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    where = "'beside ' if 'JAMKA_CHILD' in os.environ else 'here '"
    write = f"import os\nopen({str(mark)!r}, 'a').write({where})"
    with open_beside() as beside:
        beside.later(run("first", write))
        beside.later(run("second", f"import os\nif 'JAMKA_CHILD' in os.environ: os._exit(3)\n{write}"))
        beside.later(run("third", write))
    assert mark.read_text() == "beside here here "


def test_a_task_beside_is_given_up_when_what_goes_on_fails() -> None:
    with pytest.raises(KeyboardInterrupt), open_beside() as beside:
        beside.later(run("long", "import time; time.sleep(60)"))
        pid = begun()[0].pid
        raise KeyboardInterrupt
    assert is_gone(pid)


def test_what_a_task_beside_says_of_the_run_is_heard() -> None:
    code = "from pipeline.failures import RunFailure\nraise RunFailure('Disken är full.', 'The disk is full.')"
    with pytest.raises(RunFailure, match="full"), open_beside() as beside:
        beside.later(run("full", code))


class _Broken(Executor):
    """Workers that are lost with all they had in hand."""

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        answer: Future[Any] = Future()
        answer.set_exception(RunFailure("Klustret svarar inte.", "The cluster does not answer."))
        return answer


def test_what_was_lost_with_its_workers_is_not_counted_as_done() -> None:
    told: list[str] = []
    with pytest.raises(RunFailure):
        list(map_documents(_Broken(), [Task("a", str, 1), Task("b", str, 2)], limits=LimitSettings(), done=told.append))
    assert told == []
