"""Pages of one document read several at a time, handed on in their order, with few of them in memory."""

from __future__ import annotations

import ctypes
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from pipeline.ingest.assembly import DraftPage, packed
from pipeline.ingest.tesseract_runs import PAGES_A_RUN, TesseractRuns

M_MMAP_THRESHOLD, LARGE_BLOCK = -3, 1 << 20
"""glibc's name for the bytes from which on a block of memory lies by itself, and how many."""

M_TOP_PAD, STEP = -2, 1 << 26
"""glibc's name for the bytes by which a thread's heap grows and shrinks, and how many: in small steps, with each
picture, it takes 0.2 s of the system's time a page, for what comes anew must be cleared."""

OWN_MEGABYTES, PAGE_MEGABYTES = 350, 350
"""What a document takes, and what each page in work takes beside: its picture and a Tesseract with two models."""

PageJob = Callable[[TesseractRuns], DraftPage]
"""What is left to do for a page once its picture is there; it touches no file and no library that knows one thread."""

PageDone = Callable[[int, int], None]
"""Told how many pages of the document are read, and how many it has."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many pages are read at a time, and who hears of each."""

    at_once: int = 1
    done: PageDone | None = None


def in_order(jobs: Iterable[PageJob], *, count: int, at_once: int, done: PageDone | None = None) -> Iterator[DraftPage]:
    """The pages in the order of their jobs; the first failure ends it.

    The threads wait for Tesseract, a process with one thread for each run. Besides the pages that are being read those
    of one more run are in work, so that it can begin when another ends. The next page is drawn only when one of the
    pages in work is handed on, so that a long scan takes no more memory than a short one.

    Args:
        jobs: One a page; drawn in the caller's thread.
        count: How many there are.
        at_once: How many runs of Tesseract there are at a time.
        done: Called after each page.
    """
    waiting: deque[Future[DraftPage]] = deque()
    at_once = max(1, at_once)
    runs, in_work = TesseractRuns(at_once), (at_once + 1) * PAGES_A_RUN
    _large_blocks_apart()
    with ThreadPoolExecutor(in_work) as pool:
        try:
            futures = (pool.submit(job, runs) for job in jobs)
            for read, page in enumerate(_handed_on(futures, waiting, in_work), start=1):
                kept = packed(page)
                del page
                _give_back_memory()
                if done is not None:
                    done(read, count)
                yield kept
        finally:
            runs.close()
            for future in waiting:
                future.cancel()


def _handed_on(
    futures: Iterable[Future[DraftPage]], waiting: deque[Future[DraftPage]], in_work: int
) -> Iterator[DraftPage]:
    for future in futures:
        waiting.append(future)
        if len(waiting) >= in_work:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _large_blocks_apart() -> None:
    """Have page pictures lie in memory of their own, which goes back to the system with them.

    glibc takes larger and larger blocks from its heaps as it sees them freed, and the heaps are full of holes then.
    """
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK)
        ctypes.CDLL(None).mallopt(M_TOP_PAD, STEP)


def _give_back_memory() -> None:
    """Give what the last page took back to the system: glibc keeps it for each thread, a third of all memory."""
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def at_once(wanted: int, *, megabytes: int) -> int:
    """How many pages of a document to read at a time; no more than fit into the memory that it may take.

    Where nothing is said (0): one in a worker process, for its fellows have the other cores; one for each core in a
    process of its own.
    """
    return max(1, min(wanted or _cores(), (megabytes - OWN_MEGABYTES) // PAGE_MEGABYTES))


def _cores() -> int:
    if "JAMKA_CHILD" in os.environ:
        return 1
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1
