"""The life of a child process: it takes a task, does it, answers, and ends when whoever started it is gone."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

import psutil

from pipeline.failures import DocumentFailure, RunFailure
from pipeline.garbage import collected_seldom

SINGLE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Each child works on one core: with its own threads Tesseract takes 182 s for four pages, with one 39 s."""


def serve() -> None:
    """The child's life: take a task, do it, answer; it ends when whoever started it is gone."""
    there = Connection(int(sys.argv[-1]))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    os.environ["JAMKA_CHILD"] = "1"
    os.dup2(2, 1)  # standard output is for results: what a library prints there is no result
    for name in SINGLE_THREAD:
        os.environ[name] = "1"
    _watchers.append(there)
    with collected_seldom():
        while True:
            try:
                function, argument = there.recv()
            except (EOFError, OSError):
                return
            there.send(_answer(function, argument))


def _answer(function: Callable[[Any], Any], argument: Any) -> tuple[str, Any]:
    try:
        return "ok", function(argument)
    except (DocumentFailure, RunFailure) as e:
        return "failed", e
    except MemoryError:
        return "failed", DocumentFailure("memory", megabytes="?")
    except RecursionError as e:
        return "failed", f"{type(e).__name__}"
    except Exception as e:  # the one place where a document's unknown error becomes a message
        return "failed", f"{type(e).__name__}: {e}"


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
