"""Where work is done: local threads or a Dask cluster, each document in a watched child process.

A document can crash, hang or eat the memory of the library that reads it. So each thread of the executor keeps one
persistent child process, hands it a document at a time, watches clock and memory, and replaces it when it misbehaves.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, Pipe
from typing import Any

import psutil

from pipeline.failures import DocumentFailure, RunFailure
from pipeline.params import LimitSettings
from pipeline.versions import code_version

POLL_SECONDS = 0.2
"""How often a child's clock and memory are looked at."""
BESIDE_TESSERACT = 60.0
"""Seconds that a page may take for what is done with it before and after Tesseract."""
SINGLE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Each child works on one core: with its own threads Tesseract takes 182 s for four pages, with one 39 s."""
CHILD = (
    "import json, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    "sys.path[:] = json.loads(sys.argv[1]); from pipeline.executor import serve; serve()"
)
"""What a child process runs: it finds modules where its parent finds them."""
CHILD_MARK = "jamka-child"
"""An argument that tells our child processes from others in a list of processes."""
ATTEMPTS = 3
"""How often a document is given to a cluster whose workers die on it before it is quarantined."""


@dataclass(frozen=True, slots=True)
class Task:
    """One document's work: a function of a module (it crosses to another process by name) and its argument."""

    key: str
    function: Callable[[Any], Any]
    argument: Any


class _Clock:
    """How long a document may still take: a long one has more time with each page, and a page that hangs has none."""

    def __init__(self, limits: LimitSettings) -> None:
        self._limits = limits
        self._begun = self._last = time.monotonic()
        self._read = self._of = 0
        self.seconds = limits.seconds

    def heard(self, read: int, of: int) -> None:
        """So many pages of so many are read."""
        self._last, self._read, self._of = time.monotonic(), read, of

    def over(self) -> bool:
        """Whether the time is up; `seconds` is then what there was."""
        now, limits = time.monotonic(), self._limits
        if 0 < self._read < self._of and now > self._last + limits.seconds_per_page + BESIDE_TESSERACT:
            self.seconds = limits.seconds_per_page
            return True
        self.seconds = limits.seconds + limits.seconds_per_page * self._read
        return now > self._begun + self.seconds


class _Child:
    """One persistent process that runs tasks, and the eye on it."""

    def __init__(self) -> None:
        # Started as a program and not by multiprocessing: a Dask worker is a daemon, which may have no children there.
        self._here, there = Pipe()
        number = there.fileno()
        command = [sys.executable, "-c", CHILD, json.dumps(sys.path), CHILD_MARK, str(number)]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            command, pass_fds=(number,), stdin=subprocess.DEVNULL, start_new_session=False
        )
        there.close()
        # Kept, for a process that has crashed can't be asked any more what it had started.
        self._family = [psutil.Process(self._process.pid)]

    def run(self, task: Task, limits: LimitSettings) -> Any:
        """The task's result.

        Raises:
            DocumentFailure: What the task raised, or time, memory or crash.
        """
        self._here.send((task.function, task.argument))
        clock = _Clock(limits)
        while True:
            if self._here.poll(POLL_SECONDS):
                try:
                    outcome, value = self._here.recv()
                except (EOFError, OSError) as e:
                    self.kill()
                    raise DocumentFailure("crash") from e
                if outcome != "page":
                    break
                clock.heard(*value)
            if clock.over():
                self.kill()
                raise DocumentFailure("time", seconds=int(clock.seconds))
            if self._megabytes() > limits.megabytes:
                self.kill()
                raise DocumentFailure("memory", megabytes=limits.megabytes)
        if outcome == "ok":
            return value
        if isinstance(value, DocumentFailure | RunFailure):
            raise value
        raise DocumentFailure("internal", error=value)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process and whatever it started."""
        self._look()
        for member in self._family:
            with suppress(psutil.Error):
                member.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        self._here.close()

    def _look(self) -> None:
        """See which processes the child has started; those seen before count, for a dying child names none."""
        child, *seen = self._family
        with suppress(psutil.Error):
            seen = [*{*seen, *child.children(recursive=True)}]
        self._family = [child, *(member for member in seen if member.is_running())]

    def _megabytes(self) -> float:
        """Memory of the process and its children, in MB; 0 when they are gone."""
        self._look()
        used = 0
        for member in self._family:
            with suppress(psutil.Error):
                used += member.memory_info().rss
        return used / 1e6


def serve() -> None:
    """The child's life: take a task, do it, answer; it ends when whoever started it is gone."""
    there = Connection(int(sys.argv[-1]))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    os.environ["JAMKA_CHILD"] = "1"
    os.dup2(2, 1)  # standard output is for results: what a library prints there is no result
    for name in SINGLE_THREAD:
        os.environ[name] = "1"
    _watchers.append(there)
    while True:
        try:
            function, argument = there.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[str, Any] = ("ok", function(argument))
        except (DocumentFailure, RunFailure) as e:
            answer = ("failed", e)
        except MemoryError:
            answer = ("failed", DocumentFailure("memory", megabytes="?"))
        except RecursionError as e:
            answer = ("failed", f"{type(e).__name__}")
        except Exception as e:  # the one place where a document's unknown error becomes a message
            answer = ("failed", f"{type(e).__name__}: {e}")
        there.send(answer)


def page_done(read: int, of: int) -> None:
    """Tell whoever watches this process that so many pages of so many are read; nobody does outside a run."""
    for watcher in _watchers:
        watcher.send(("page", (read, of)))


_watchers: list[Connection] = []


def _end_with(parent: int) -> None:
    """End this process, whatever it is doing, soon after its parent has ended: nobody waits for the answer."""
    while os.getppid() == parent:
        time.sleep(1)
    family = psutil.Process().children(recursive=True)
    for member in family:
        with suppress(psutil.Error):
            member.kill()
    os._exit(1)


_own = threading.local()
_children: list[_Child] = []
_lock = threading.Lock()


def run_guarded(task: Task, limits: LimitSettings) -> Any:
    """Run a task in this thread's child process; it is started on first use and replaced after a failure.

    Raises:
        DocumentFailure: What the task raised, or what the watch saw: time, memory, crash.
    """
    child: _Child | None = getattr(_own, "child", None)
    if child is None or not child.alive:
        child = _own.child = _Child()
        with _lock:
            _children.append(child)
    try:
        return child.run(task, limits)
    except DocumentFailure:
        if not child.alive:
            _own.child = None
        raise
    except (BrokenPipeError, ConnectionResetError) as e:
        child.kill()
        _own.child = None
        raise DocumentFailure("crash") from e


def end_own_child() -> None:
    """End this thread's child process if it has one."""
    child: _Child | None = getattr(_own, "child", None)
    if child is not None:
        child.kill()
        _own.child = None
        with _lock, suppress(ValueError):
            _children.remove(child)


def _outcome(task: Task, limits: LimitSettings, version: str = "") -> Any:
    """A task's result, or its failure as a value: one document never ends the run.

    Args:
        task: The work.
        limits: What it may cost.
        version: The code of whoever asks, where that may be another than here; empty where it can't.

    Raises:
        RunFailure: When a program is missing, or the code here is another: results would be kept under a wrong key.
    """
    if version and version != code_version():
        raise RunFailure(
            "En dator i klustret har en annan version av Jämka. Installera samma version överallt.",
            "A machine of the cluster has another version of Jämka. Install the same version everywhere.",
        )
    try:
        return run_guarded(task, limits)
    except DocumentFailure as e:
        return e


@contextmanager
def open_executor(engine: str = "local", *, workers: int = 0) -> Iterator[Executor]:
    """An executor of the wanted kind; its child processes are gone when the block is left.

    Args:
        engine: "local", or "dask://HOST:PORT" for a running Dask scheduler.
        workers: Local threads, each with a child process; 0 for one a core.

    Raises:
        RunFailure: When the engine is unknown, Dask is not installed, or the scheduler does not answer.
    """
    if engine == "local":
        pool = ThreadPoolExecutor(workers or available_cores())
        try:
            yield pool
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            end_children()
        return
    if not engine.startswith("dask://"):
        raise RunFailure(f"Okänd motor: {engine}. Skriv local eller dask://VÄRD:PORT.", f"Unknown engine: {engine}.")
    with _cluster(engine) as executor:
        yield executor


@contextmanager
def _cluster(engine: str) -> Iterator[Executor]:
    """The workers of a Dask scheduler as an executor.

    Raises:
        RunFailure: When Dask is not installed, or the scheduler does not answer.
    """
    try:
        from distributed import Client
    except ImportError as e:
        raise RunFailure(
            "Dask saknas. Installera med: pip install 'jamka[cluster]'.",
            "Dask is missing. Install it with: pip install 'jamka[cluster]'.",
            status=3,
        ) from e
    try:
        client = Client(  # type: ignore[no-untyped-call]
            f"tcp://{engine.removeprefix('dask://')}", timeout=10
        )
    except OSError as e:
        raise RunFailure(
            f"Ingen Dask-schemaläggare svarar på {engine}.", f"No Dask scheduler answers at {engine}."
        ) from e
    try:
        yield _ClusterExecutor(client)
    finally:
        client.close()  # type: ignore[no-untyped-call]


class _ClusterExecutor(Executor):
    """A Dask client as an executor.

    A worker that dies has its documents done by another; the scheduler gives up on a document only when several died
    that had it in hand. Most of those had only stood in the queue of the dead, so suspects are asked again one at a
    time: then a worker dies of the guilty one alone.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._suspects: deque[tuple[Future[Any], Callable[[], Any], int]] = deque()
        self._on_trial = False
        self._order = threading.Lock()

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a function on the cluster; documents come with the version of our code."""
        answer: Future[Any] = Future()
        if function is _outcome:
            kwargs["version"] = code_version()
        self._ask(answer, partial(function, *args, **kwargs), ATTEMPTS)
        return answer

    def _ask(self, answer: Future[Any], work: Callable[[], Any], attempts: int, *, trial: bool = False) -> None:
        asked = self._client.submit(work, pure=False)
        asked.add_done_callback(partial(self._answered, answer, work, attempts - 1, trial))

    def _answered(
        self, answer: Future[Any], work: Callable[[], Any], attempts: int, trial: bool, asked: Any
    ) -> None:  # fmt: skip
        """Hand on what the cluster has answered; what its workers died of, perhaps, waits for a trial of its own."""
        from distributed import KilledWorker

        try:
            answer.set_result(asked.result())
        except KilledWorker:
            if attempts:
                self._suspects.append((answer, work, attempts))
            else:
                answer.set_result(DocumentFailure("crash"))
        except (CancelledError, OSError):
            answer.set_exception(
                RunFailure(
                    "Klustret svarar inte längre. Kör igen när det är uppe; nästa körning fortsätter där den slutade.",
                    "The cluster no longer answers. Run again when it is up; the next run goes on from there.",
                )
            )
        except BaseException as error:
            answer.set_exception(error)
        self._try_next(ended=trial)

    def _try_next(self, *, ended: bool) -> None:
        """Ask for the next suspect, unless one is being tried."""
        with self._order:
            if ended:
                self._on_trial = False
            if self._on_trial or not self._suspects:
                return
            self._on_trial = True
            suspect = self._suspects.popleft()
        self._ask(*suspect, trial=True)


def end_children() -> None:
    """End every child process of this process."""
    with _lock:
        for child in _children:
            child.kill()
        _children.clear()


def available_cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def _report(done: Callable[[str], None], key: str, _: Future[Any]) -> None:
    done(key)


def map_documents(
    executor: Executor, tasks: Sequence[Task], *, limits: LimitSettings, done: Callable[[str], None] | None = None
) -> Iterable[tuple[Task, Any]]:
    """Each task with its result or its DocumentFailure, in the order of the tasks.

    Args:
        executor: Where to run them.
        tasks: The work, one document each.
        limits: What a document may cost.
        done: Called with a task's key when it has ended, for progress.
    """
    futures: list[Future[Any]] = []
    for task in tasks:
        future = executor.submit(_outcome, task, limits)
        if done is not None:
            future.add_done_callback(partial(_report, done, task.key))
        futures.append(future)
    for task, future in zip(tasks, futures, strict=True):
        yield task, future.result()
