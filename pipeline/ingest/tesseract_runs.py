"""Runs of Tesseract for pages that are read side by side: so many at a time, each for all pages that wait.

Tesseract loads its models anew in each run, which takes it an eighth of the time of a page. It keeps nothing else from
one page to the next, so a page reads the same whatever pages are read before it.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.failures import DocumentFailure
from pipeline.ingest.tesseract import Manner, SeenWord, quarter_turns, recognise_files, written

if TYPE_CHECKING:
    from PIL import Image

PAGES_A_RUN = 2
"""More would save less and less of the loading, and hold the pictures of more pages."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one image, and its share of the seconds that the run took."""

    words: list[SeenWord]
    seconds: float


@dataclass(slots=True, eq=False)
class _Request:
    path: Path
    manner: Manner
    seconds: float
    taken: bool = False
    answer: Future[Reading] = field(default_factory=Future)


class TesseractRuns:
    """At most `at_once` runs at a time, asked for by any number of threads."""

    def __init__(self, at_once: int = 1) -> None:
        """Nothing runs yet."""
        self.hands = threading.Semaphore((at_once + 3) // 4)
        """To be held while a page's picture is made ready: it takes a tenth of Tesseract's time, and much memory."""
        self._free = at_once
        self._closed = False
        self._waiting: list[_Request] = []
        self._change = threading.Condition()

    def read(self, image: Image.Image, manner: Manner, *, seconds: float) -> Reading:
        """The words of an image: read in a run of its own, or with others that wait to be read in the same manner.

        A run of several that breaks, or takes as long as one page may, is done again for each page alone.

        Args:
            image: The page, prepared.
            manner: How to read it.
            seconds: After so long in a run of its own the page is given up. Waiting for a run does not count.

        Raises:
            NotInstalledError, DocumentFailure: As `recognise_files` does.
            CancelledError: When no more is read (`close`).
        """
        with tempfile.TemporaryDirectory(prefix="jamka-") as folder:
            mine = _Request(written(image, Path(folder)), manner, seconds)
            with self._change:
                self._waiting.append(mine)
                self._change.wait_for(lambda: mine.taken or self._free or self._closed)
                if self._closed and not mine.taken:
                    raise CancelledError
                together = [] if mine.taken else self._take(mine)
            if together:
                try:
                    _answer(together)
                finally:
                    self._end_run()
            return mine.answer.result()

    def quarter_turns(self, image: Image.Image, *, resolution: int, seconds: float) -> int:
        """As `tesseract.quarter_turns`, when a run is free.

        Raises:
            NotInstalledError: When Tesseract is missing.
        """
        with self._a_run():
            return quarter_turns(image, resolution=resolution, seconds=seconds)

    def close(self) -> None:
        """Begin no more runs: what waits is given up, runs that have begun go on to their end."""
        with self._change:
            self._closed = True
            self._change.notify_all()

    def _take(self, first: _Request) -> list[_Request]:
        """The requests of a new run: one that waits, and those that waited longest to be read in the same manner."""
        others = [r for r in self._waiting if r is not first and r.manner == first.manner]
        together = [first, *others[: PAGES_A_RUN - 1]]
        for request in together:
            request.taken = True
            self._waiting.remove(request)
        self._free -= 1
        self._change.notify_all()
        return together

    def _end_run(self) -> None:
        with self._change:
            self._free += 1
            self._change.notify_all()

    @contextmanager
    def _a_run(self) -> Iterator[None]:
        with self._change:
            self._change.wait_for(lambda: self._free or self._closed)
            if self._closed:
                raise CancelledError
            self._free -= 1
        try:
            yield
        finally:
            self._end_run()


def _answer(together: Sequence[_Request]) -> None:
    """Read the pages of a run and answer each request, with a failure where there is one."""
    begun = time.monotonic()
    try:
        found = recognise_files(
            [r.path for r in together], together[0].manner, seconds=max(r.seconds for r in together)
        )
    except DocumentFailure as e:
        if len(together) == 1:
            together[0].answer.set_exception(e)
            return
        # On which page it broke is not said.
        for request in together:
            _answer([request])
    except BaseException as e:
        for request in together:
            request.answer.set_exception(e)
    else:
        spent = (time.monotonic() - begun) / len(together)
        for request, words in zip(together, found, strict=True):
            request.answer.set_result(Reading(words, spent))
