"""Jobs side by side in copies of the process: all of them done, the first failure told, nothing half left."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from pipeline.executor import Job, run_in_turn, run_together
from pipeline.failures import RunFailure
from pipeline.tables import write_pieces

two_at_a_time = partial(run_together, workers=2)


def write(path: Path, words: str) -> Job:
    return lambda: path.write_text(words, "utf-8")


@pytest.mark.parametrize("together", [run_in_turn, two_at_a_time, partial(run_together, workers=1)])
def test_every_job_is_done_and_sees_what_the_process_holds(together: partial[None], tmp_path: Path) -> None:
    together([write(tmp_path / f"{n}", f"ärende {n}") for n in range(5)])
    assert [(tmp_path / f"{n}").read_text("utf-8") for n in range(5)] == [f"ärende {n}" for n in range(5)]


def test_jobs_run_side_by_side(tmp_path: Path) -> None:
    def meet(own: str, other: str) -> None:
        (tmp_path / own).touch()
        for _ in range(500):
            if (tmp_path / other).exists():
                return
            time.sleep(0.02)
        raise AssertionError("the other job never began")

    two_at_a_time([lambda: meet("one", "other"), lambda: meet("other", "one")])


def test_no_more_run_than_there_are_workers(tmp_path: Path) -> None:
    def alone() -> None:
        (tmp_path / "busy").mkdir()  # fails where a third is at it
        time.sleep(0.2)
        (tmp_path / "busy").rmdir()

    # Two workers, one of them held by the first job: the others have to wait for each other.
    def hold() -> None:
        time.sleep(1.5)

    two_at_a_time([hold, alone, alone, alone])


def fail() -> None:
    raise RunFailure("Disken är full.", "The disk is full.")


def crash() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_job_raises_comes_through(tmp_path: Path) -> None:
    with pytest.raises(RunFailure, match="The disk is full") as caught:
        two_at_a_time([write(tmp_path / "a", "a"), fail])
    assert caught.value.message.sv == "Disken är full."


def test_what_cannot_be_sent_comes_through_in_words() -> None:
    class OfThisFunctionError(Exception):
        pass

    def odd() -> None:
        raise OfThisFunctionError("märkligt")

    with pytest.raises(RuntimeError, match="märkligt"):
        two_at_a_time([odd, odd])


def test_a_copy_that_is_killed_is_told_of() -> None:
    with pytest.raises(ChildProcessError, match="-9"):
        two_at_a_time([crash, lambda: None])


def test_the_others_are_ended_and_leave_no_half_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "begun"
        (tmp_path / "begun").touch()
        time.sleep(60)

    def fail_later() -> None:
        while not (tmp_path / "begun").exists():
            time.sleep(0.02)
        fail()

    began = time.monotonic()
    with pytest.raises(RunFailure):
        two_at_a_time([lambda: write_pieces(tmp_path / "half", pieces()), fail_later, write(tmp_path / "never", "")])
    assert time.monotonic() - began < 30
    assert sorted(p.name for p in tmp_path.iterdir()) == ["begun"]
