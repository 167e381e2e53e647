"""Where work is done: local threads or a Dask cluster, each document in a watched child process.

A document can crash, hang or eat the memory of the library that reads it. So each thread of the executor keeps one
persistent child process, hands it a document at a time, watches clock and memory, and replaces it when it misbehaves.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

from pipeline.executor.beside import Beside, open_beside
from pipeline.executor.children import CHILD_MARK, Task, end_children, end_own_child, run_guarded
from pipeline.executor.serving import page_done
from pipeline.executor.work import outcome
from pipeline.failures import RunFailure
from pipeline.params import LimitSettings

__all__ = [
    "CHILD_MARK", "Beside", "Task", "available_cores", "end_children", "end_own_child", "map_documents", "open_beside",
    "open_executor", "page_done", "run_guarded",
]  # fmt: skip


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
    from pipeline.executor.cluster import open_cluster

    with open_cluster(engine) as executor:
        yield executor


def available_cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def _report(done: Callable[[str], None], key: str, answer: Future[Any]) -> None:
    """Tell of a task that has come to an end, not of one that was given up with the run."""
    if not answer.cancelled() and answer.exception() is None:
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
        future = executor.submit(outcome, task, limits)
        if done is not None:
            future.add_done_callback(partial(_report, done, task.key))
        futures.append(future)
    for task, future in zip(tasks, futures, strict=True):
        yield task, future.result()
