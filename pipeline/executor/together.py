"""Independent jobs of one process side by side: each in a copy of it, which sees all that it holds."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, TypeAlias

Job: TypeAlias = Callable[[], object]
"""Work that leaves files behind and nothing else: what it changes in memory may be gone with the copy that did it."""
Together: TypeAlias = Callable[[Sequence[Job]], None]
"""A way to run jobs that do not need each other."""


def run_in_turn(jobs: Sequence[Job]) -> None:
    """Run the jobs one after the other, here."""
    for job in jobs:
        job()


def run_together(jobs: Sequence[Job], *, workers: int) -> None:
    """Run the jobs, begun in their order, at most `workers` at a time and each in a copy of this process.

    A copy is a fork: nothing is handed over, and its memory is this process's until one of the two writes to it. With
    one worker, and where a process that has threads can't be copied safely (all systems but Linux), they run in turn.

    Raises:
        BaseException: What the first job to fail raised; the others are ended, and leave no half file.
        ChildProcessError: When a copy ended without a word, killed for want of memory say.
    """
    if workers < 2 or len(jobs) < 2 or not sys.platform.startswith("linux"):
        run_in_turn(jobs)
        return
    waiting, running = deque(jobs), dict[Any, _Copy]()
    gc.freeze()  # a copy that collects would write to every object, and have memory of its own for all of them
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                copy = _Copy(waiting.popleft())
                running[copy.sentinel] = copy
            for sentinel in wait(list(running)):
                running.pop(sentinel).check()
    finally:
        for copy in running.values():
            copy.end()
        gc.unfreeze()


class _Copy:
    """A copy of this process that runs one job."""

    def __init__(self, job: Job) -> None:
        context = multiprocessing.get_context("fork")
        self._here, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(job, there), daemon=True)
        self._process.start()
        there.close()

    @property
    def sentinel(self) -> int:
        """What becomes ready when the copy has ended."""
        return self._process.sentinel

    def check(self) -> None:
        """Raise what the job raised; the copy has ended."""
        self._process.join()
        failure: BaseException | None = ChildProcessError(f"a copy of the process ended with {self._process.exitcode}")
        with suppress(EOFError):
            failure = self._here.recv()
        self._here.close()
        if failure is not None:
            raise failure

    def end(self) -> None:
        """Let the job unwind, as Ctrl-C would."""
        self._process.terminate()
        self._process.join()
        self._here.close()


def _run(job: Job, there: Connection) -> None:
    """Run a job in a copy, and say how it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the first process decides, and ends the copies
    signal.signal(signal.SIGTERM, _unwind)
    failure: BaseException | None = None
    try:
        job()
    except BaseException as e:
        failure = e
    try:
        there.send(failure)
    except Exception:  # it can't be sent: its words can
        there.send(RuntimeError(repr(failure)))


def _unwind(*_: object) -> None:
    raise SystemExit(1)
