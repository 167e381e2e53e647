"""One run at a time in a folder, and no trace that stops the next one."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import alone, cli
from pipeline.alone import LOCK, alone_in
from pipeline.failures import BUSY, WRONG_USAGE, RunFailure
from pipeline.stamps import holds, write_stamp

HOLD = """
import sys, time
from pathlib import Path
from pipeline.alone import alone_in
with alone_in(Path(sys.argv[1])):
    print("in", flush=True)
    time.sleep(60)
"""


def hold(folder: Path) -> subprocess.Popen[str]:
    """Another process that has the folder for itself."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def test_the_second_is_told_at_once_and_a_kill_leaves_nobody_outside(tmp_path: Path) -> None:
    process = hold(tmp_path)
    try:
        with pytest.raises(RunFailure, match="Another run") as caught, alone_in(tmp_path):
            pass
        assert caught.value.status == BUSY
        assert str(tmp_path) in caught.value.message.sv
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert (tmp_path / LOCK).exists()
    with alone_in(tmp_path):
        assert (tmp_path / LOCK).exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("taken", ["out", "cache"])
def test_two_runs_into_one_folder_or_cache_end_with_a_status_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, taken: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Riktlinjer", "utf-8")
    arguments = ["run", "in", "--out", "out", "--cache", "cache", "--workers", "1"]
    out = tmp_path / "out"
    folder = out if taken == "out" else cli._cache(cli._parser().parse_args(arguments))
    with alone_in(folder):
        assert cli.main(arguments) == BUSY
    said = capsys.readouterr()
    assert said.out == ""
    assert "En annan körning" in said.err
    assert "Another run" in said.err
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and p.name != "a.txt"]


def test_a_stage_waits_for_nobody_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with alone_in(Path("data/processed")):
        assert cli.main(["stage", "ingest"]) == BUSY


def test_a_folder_that_can_not_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    for folder in (tmp_path / "fil", tmp_path / "fil" / "mapp"):
        with pytest.raises(RunFailure) as caught, alone_in(folder):
            pass
        assert caught.value.status == WRONG_USAGE
        assert str(folder) in caught.value.message.sv


def test_a_file_that_its_holder_took_away_is_not_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, times = alone._lock, 0

    def slow(handle: int) -> None:
        nonlocal times
        times += 1
        if times == 1:
            (tmp_path / LOCK).unlink()
            (tmp_path / LOCK).touch()
        real(handle)

    monkeypatch.setattr(alone, "_lock", slow)
    with alone_in(tmp_path):
        monkeypatch.undo()
        with pytest.raises(RunFailure), alone_in(tmp_path):
            pass
    assert times == 2


def test_a_file_system_without_locks_stops_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(alone, "_lock", without)
    with alone_in(tmp_path / "new"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_lock_is_no_result(tmp_path: Path) -> None:
    with alone_in(tmp_path / "out"):
        (tmp_path / "out" / "a.csv").touch()
        write_stamp(tmp_path / "stamp", "x", tmp_path / "out")
    assert holds(tmp_path / "stamp", "x", tmp_path / "out")
