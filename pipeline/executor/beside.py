"""What can be done beside the rest, one thing after the other, by a process that needs nothing of this one's memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from pipeline.executor.children import Child, Task
from pipeline.failures import DocumentFailure

MEGABYTES = 250
"""A process that holds more than this after a task is ended, and the next task begins another: of what it has let go it
would give little back."""


class Beside:
    """Tasks that a process of its own does in the order in which they are given, while this one goes on."""

    def __init__(self) -> None:
        # A thread waits for the process, lest a long list of arguments have to wait for what is done before it.
        self._thread = ThreadPoolExecutor(1)
        self._child: Child | None = None
        self._given: list[tuple[Task, Future[None]]] = []
        self._broken = False
        self._lock = threading.Lock()

    def later(self, task: Task) -> None:
        """Do a task when those given before it are done."""
        self._given.append((task, self._thread.submit(self._run, task)))

    def _run(self, task: Task) -> None:
        """Have the process do a task; after one that failed none, for those after it may stand on it."""
        try:
            child = self._begun()
            child.ask(task)
            child.wait()
            if child.megabytes() > MEGABYTES:
                child.kill()
                self._child = None
        except BaseException:
            self._broken = True
            raise

    def _begun(self) -> Child:
        """The process, begun where there is none."""
        with self._lock:  # one that is begun while all is given up would be left running
            if self._broken:
                raise DocumentFailure("crash")
            if self._child is None:
                self._child = Child()
            return self._child

    def finish(self) -> None:
        """Wait until all tasks are done; where the process came to grief, that one and those after it are done here.

        Raises:
            RunFailure: What a task says of the run, as that its files can't be written.
        """
        given, self._given = self._given, []
        for task, done in given:
            try:
                done.result()
            except (DocumentFailure, OSError):
                task.function(task.argument)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        with self._lock:
            self._broken = True
            if self._child is not None:
                self._child.kill()
        self._thread.shutdown(cancel_futures=True)


@contextmanager
def open_beside() -> Iterator[Beside]:
    """A process beside this one, which has done all it was given when the block is left, and is gone.

    When the block fails, what it was given is given up.
    """
    beside = Beside()
    try:
        yield beside
        beside.finish()
    finally:
        beside.end()
