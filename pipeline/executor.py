"""Where work is done: local threads or a Dask cluster, each document in a watched child process.

A document can crash, hang or eat the memory of the library that reads it. So each thread of the executor keeps one
persistent child process, hands it a document at a time, watches clock and memory, and replaces it when it misbehaves.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

import psutil

from pipeline.failures import DocumentFailure, RunFailure
from pipeline.params import LimitSettings

POLL_SECONDS = 0.2
"""How often a child's clock and memory are looked at."""
BESIDE_TESSERACT = 60.0
"""Seconds that a page may take for what is done with it before and after Tesseract."""
SINGLE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Each child works on one core: with its own threads Tesseract takes 182 s for four pages, with one 39 s."""


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
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there,), daemon=True)
        self._process.start()
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
        return self._process.is_alive()

    def kill(self) -> None:
        """End the process and whatever it started."""
        self._look()
        for member in self._family:
            with suppress(psutil.Error):
                member.kill()
        self._process.join(timeout=5)
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


def _serve(there: Connection) -> None:
    """The child's life: take a task, do it, answer."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
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


def _outcome(task: Task, limits: LimitSettings) -> Any:
    """A task's result, or its failure as a value: one document never ends the run."""
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
    try:
        from distributed import Client
    except ImportError as e:
        raise RunFailure(
            "Dask saknas. Installera med: pip install 'jamka[cluster]'.",
            "Dask is missing. Install it with: pip install 'jamka[cluster]'.",
            status=3,
        ) from e
    try:
        client = Client(f"tcp://{engine.removeprefix('dask://')}", timeout=10)
    except OSError as e:
        raise RunFailure(
            f"Ingen Dask-schemaläggare svarar på {engine}.", f"No Dask scheduler answers at {engine}."
        ) from e
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()


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
