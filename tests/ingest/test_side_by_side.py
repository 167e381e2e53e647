"""Pages side by side: in order, few at a time, the same bytes however many at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.failures import DocumentFailure
from pipeline.ingest import read_document
from pipeline.ingest.assembly import DraftPage
from pipeline.ingest.side_by_side import PageJob, at_once, in_order
from pipeline.ingest.tesseract_runs import PAGES_A_RUN, TesseractRuns


@pytest.mark.parametrize("width", [1, 2, 5])
def test_pages_come_in_order_and_no_more_are_drawn_than_are_in_work(width: int) -> None:
    drawn: list[int] = []
    handed: list[int] = []
    most = 0

    def jobs() -> Iterator[PageJob]:
        nonlocal most
        for n in range(20):
            drawn.append(n)
            most = max(most, len(drawn) - len(handed))
            yield (lambda _, n=n: DraftPage((), choice=str(n)))

    told: list[tuple[int, int]] = []
    done = lambda *said: told.append(said)  # noqa: E731
    handed.extend(int(page.choice) for page in in_order(jobs(), count=20, at_once=width, done=done))
    assert handed == list(range(20))
    assert told == [(n, 20) for n in range(1, 21)]
    assert most <= (width + 1) * PAGES_A_RUN + 1


def test_pages_are_really_read_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=20)

    def job(_: TesseractRuns) -> DraftPage:
        both.wait()
        return DraftPage(())

    assert len(list(in_order([job, job], count=2, at_once=2))) == 2


def test_the_first_failure_ends_it() -> None:
    def fail(_: TesseractRuns) -> DraftPage:
        raise DocumentFailure("crash")

    with pytest.raises(DocumentFailure):
        list(in_order([lambda _: DraftPage(()), fail, lambda _: DraftPage(())], count=3, at_once=2))


def test_what_is_asked_for_is_what_is_used() -> None:
    assert at_once(3, megabytes=3_000) == 3
    assert at_once(0, megabytes=3_000) >= 1


def test_no_more_pages_at_once_than_there_is_memory_for() -> None:
    assert at_once(64, megabytes=1_100) == 2
    assert at_once(64, megabytes=100) == 1


@pytest.mark.tesseract
def test_a_scan_reads_the_same_however_many_pages_at_once(make_page: Any, tmp_path: Path) -> None:
    frames = [make_page((f"Sidan handlar om konto nummer {n}.", "Nämnden ansvarar för kontot.")) for n in range(3)]
    path = tmp_path / "a.tiff"
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(200, 200))
    told: list[tuple[int, int]] = []
    done = lambda *said: told.append(said)  # noqa: E731
    assert read_document(path, pages_at_once=1) == read_document(path, pages_at_once=3, page_done=done)
    assert told == [(1, 3), (2, 3), (3, 3)]
