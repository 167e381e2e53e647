"""Watched child processes: each thread keeps one, hands it a document at a time, and replaces it when it misbehaves."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Pipe
from typing import Any

import psutil

from pipeline.failures import DocumentFailure, RunFailure
from pipeline.params import LimitSettings

POLL_SECONDS = 0.2
"""How often a child's clock and memory are looked at."""
BESIDE_TESSERACT = 60.0
"""Seconds that a page may take for what is done with it before and after Tesseract."""
PAGES_WITHOUT_A_SIGN = 3
"""Times a page's seconds without one: pages share a run of Tesseract, and each is read alone when that breaks."""
CHILD = (
    "import json, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    "sys.path[:] = json.loads(sys.argv[1]); from pipeline.executor.serving import serve; serve()"
)
"""What a child process runs: it finds modules where its parent finds them."""
CHILD_MARK = "jamka-child"
"""An argument that tells our child processes from others in a list of processes."""


@dataclass(frozen=True, slots=True)
class Task:
    """One document's work: a function of a module (it crosses to another process by name) and its argument."""

    key: str
    function: Callable[[Any], Any]
    argument: Any


class Clock:
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
        silence = PAGES_WITHOUT_A_SIGN * limits.seconds_per_page + BESIDE_TESSERACT
        if 0 < self._read < self._of and now > self._last + silence:
            self.seconds = limits.seconds_per_page
            return True
        self.seconds = limits.seconds + limits.seconds_per_page * self._read
        return now > self._begun + self.seconds


class Child:
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
        self.ask(task)
        clock = Clock(limits)
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
            if self.megabytes() > limits.megabytes:
                self.kill()
                raise DocumentFailure("memory", megabytes=limits.megabytes)
        return _said(outcome, value)

    def ask(self, task: Task) -> None:
        """Give it a task, whose answer is waited for later."""
        self._here.send((task.function, task.argument))

    def wait(self) -> Any:
        """The answer to what it was asked, however long that takes.

        Raises:
            DocumentFailure: What the task raised, or a crash.
        """
        try:
            return _said(*self._here.recv())
        except (EOFError, OSError) as e:
            raise DocumentFailure("crash") from e

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
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

    def megabytes(self) -> float:
        """Memory of the process and its children, in MB; 0 when they are gone."""
        self._look()
        used = 0
        for member in self._family:
            with suppress(psutil.Error):
                used += member.memory_info().rss
        return used / 1e6


def _said(outcome: str, value: Any) -> Any:
    """A child's answer; a failure is raised."""
    if outcome == "ok":
        return value
    if isinstance(value, DocumentFailure | RunFailure):
        raise value
    raise DocumentFailure("internal", error=value)


_own = threading.local()
_children: list[Child] = []
_lock = threading.Lock()


def run_guarded(task: Task, limits: LimitSettings) -> Any:
    """Run a task in this thread's child process; it is started on first use and replaced after a failure.

    Raises:
        DocumentFailure: What the task raised, or what the watch saw: time, memory, crash.
    """
    child: Child | None = getattr(_own, "child", None)
    if child is None or not child.alive:
        child = _own.child = Child()
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
    child: Child | None = getattr(_own, "child", None)
    if child is not None:
        child.kill()
        _own.child = None
        with _lock, suppress(ValueError):
            _children.remove(child)


def end_children() -> None:
    """End every child process of this process; the next task that a thread runs starts a new one."""
    with _lock:
        for child in _children:
            child.kill()
        _children.clear()
