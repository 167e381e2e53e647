"""The workers of a Dask scheduler behind the interface of an executor; the only file that names Dask."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import Any

from pipeline.executor.work import outcome
from pipeline.failures import DocumentFailure, RunFailure
from pipeline.versions import code_version

WORKERS_COME = 300
"""Seconds that a scheduler's first worker is waited for: a queue for machines may start them later than the run."""
ATTEMPTS = 3
"""How often a document is given to a cluster whose workers die on it before it is quarantined."""
_ADDRESS = re.compile(r"(?:[^\s:/]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}")
"""A host or an address, and a port."""


@contextmanager
def open_cluster(engine: str) -> Iterator[Executor]:
    """The workers of a Dask scheduler as an executor.

    Raises:
        RunFailure: When Dask is not installed, the address has no port, or the scheduler does not answer or has no
            workers.
    """
    try:
        from distributed import Client
    except ImportError as e:
        raise RunFailure(
            "Dask saknas. Installera med: pip install 'jamka[cluster]'.",
            "Dask is missing. Install it with: pip install 'jamka[cluster]'.",
            status=3,
        ) from e
    address = engine.removeprefix("dask://")
    if not _ADDRESS.fullmatch(address):
        raise RunFailure(
            f"Fel adress: {engine}. Skriv dask://VÄRD:PORT.", f"Bad address: {engine}. Write dask://HOST:PORT."
        )
    try:
        client = Client(f"tcp://{address}", timeout=10)  # type: ignore[no-untyped-call]
    # A port above 65535 is a ValueError; the client asserts that its own thread has begun in time on a busy machine.
    except (OSError, ValueError, AssertionError) as e:
        raise RunFailure(
            f"Ingen Dask-schemaläggare svarar på {engine}.", f"No Dask scheduler answers at {engine}."
        ) from e
    try:
        try:
            client.wait_for_workers(1, timeout=WORKERS_COME)
        except TimeoutError as e:
            raise RunFailure(
                f"Schemaläggaren på {engine} har inga arbetare. Starta minst en: dask worker tcp://{address}",
                f"The scheduler at {engine} has no workers. Start at least one: dask worker tcp://{address}",
            ) from e
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
        if function is outcome:
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
