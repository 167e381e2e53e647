"""Pages of one document read several at a time, handed on in their order, with few of them in memory."""

from __future__ import annotations

import ctypes
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from pipeline.ingest.assembly import DraftPage

PageJob = Callable[[], DraftPage]
"""What is left to do for a page once its picture is there; it touches no file and no library that knows one thread."""

PageDone = Callable[[int], None]
"""Told how many pages of the document are read."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many pages are read at a time, and who hears of each."""

    at_once: int = 1
    done: PageDone | None = None


def in_order(jobs: Iterable[PageJob], *, at_once: int, done: PageDone | None = None) -> Iterator[DraftPage]:
    """The pages in the order of their jobs; the first failure ends it.

    The threads wait for Tesseract, a process with one thread for each page. The next page is drawn only
    when one of the pages in work is handed on, so that a long scan takes no more memory than a short one.

    Args:
        jobs: One a page; drawn in the caller's thread.
        at_once: How many pages are worked on at a time.
        done: Called after each page.
    """
    waiting: deque[Future[DraftPage]] = deque()
    with ThreadPoolExecutor(max(1, at_once)) as pool:
        try:
            for count, page in enumerate(_handed_on(pool, jobs, waiting, at_once), start=1):
                _give_back_memory()
                if done is not None:
                    done(count)
                yield page
        finally:
            for future in waiting:
                future.cancel()


def _handed_on(
    pool: ThreadPoolExecutor, jobs: Iterable[PageJob], waiting: deque[Future[DraftPage]], at_once: int
) -> Iterator[DraftPage]:
    for job in jobs:
        waiting.append(pool.submit(job))
        if len(waiting) >= max(1, at_once):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _give_back_memory() -> None:
    """Give what the last page took back to the system: glibc keeps it for each thread, a third of all memory."""
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def at_once(wanted: int) -> int:
    """How many pages of a document to read at a time where nothing is said (0).

    One in a worker process, for its fellows have the other cores; one for each core in a process of its own.
    """
    if wanted > 0:
        return wanted
    if "JAMKA_CHILD" in os.environ:
        return 1
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1
