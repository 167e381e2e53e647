"""What is told while a run works: a bar with rate and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.progress import PLAIN_STEP, follow


class Terminal(io.StringIO):
    """Standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_with_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TQDM_MININTERVAL", "0")
    done = follow("extract", 3)
    assert done is not None
    for key in "abc":
        done(key)
    shown = terminal.getvalue().split("\r")
    assert "hämtar krav" in shown[-1]
    assert "3/3" in shown[-1]
    assert " dok/s" in shown[-1] or "s/ dok" in shown[-1]
    assert "<" in shown[-1]  # time spent < time left


def test_other_places_get_plain_lines_whatever_thread_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = io.StringIO()
    monkeypatch.setattr(sys, "stderr", lines)
    count = 2 * PLAIN_STEP + 1
    done = follow("ingest", count)
    assert done is not None
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(done, map(str, range(count))))
    assert lines.getvalue().splitlines() == [
        f"läser: {n} av {count} dokument" for n in (PLAIN_STEP, 2 * PLAIN_STEP, count)
    ]


def test_nothing_to_do_is_not_told() -> None:
    assert follow("ingest", 0) is None
