"""The same work on a Dask cluster of real processes: the same bytes, though a worker is killed on the way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import psutil
import pytest

from pipeline.executor import Task, map_documents, open_executor
from pipeline.failures import DocumentFailure, RunFailure
from pipeline.params import LimitSettings
from tests.runs.conftest import ADDED, Run, assert_same, write_sources

TOWNS = ("Ale", "Flens", "Gnesta", "Tranemo", "Ydre", "Kils", "Svalövs", "Habo", "Mora", "Vara", "Åre", "Ödeshögs")


class Cluster:
    """A scheduler and its workers, each a process of its own as `dask scheduler` and `dask worker` start them."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._folder = folder
        self.engine = f"dask://127.0.0.1:{self.port}"
        self._processes = [self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port))]

    def add_worker(self, *options: str) -> psutil.Process:
        place = ("--local-directory", str(self._folder), "--no-dashboard")
        process = self._start(
            "worker", f"tcp://127.0.0.1:{self.port}", "--nworkers", "1", "--nthreads", "1", *place, *options
        )
        self._processes.append(process)
        return psutil.Process(process.pid)

    def wait_for(self, workers: int) -> None:
        from distributed import Client

        with Client(f"tcp://127.0.0.1:{self.port}", timeout=60) as client:
            if workers:
                client.wait_for_workers(workers, timeout=120)

    def end(self) -> None:
        for process in reversed(self._processes):
            kill(psutil.Process(process.pid)) if process.poll() is None else None
            process.wait()

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            cwd=Path.cwd(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path.cwd()), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"},
        )  # fmt: skip


def kill(process: psutil.Process) -> list[psutil.Process]:
    """Kill a process with all it started, as a machine that loses power does; gives what it was."""
    family = [process, *process.children(recursive=True)]
    for member in family:
        member.send_signal(signal.SIGKILL)
    return family


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    found = Cluster(tmp_path_factory.mktemp("dask"))
    try:
        yield found
    finally:
        found.end()


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    cluster: Cluster, executor: Executor, tmp_path: Path
) -> None:
    sources = write_sources(tmp_path / "kallor")
    for name in TOWNS:
        (sources / f"{name}.txt").write_text(ADDED.replace("Lomma", name), "utf-8")
    first, _ = cluster.add_worker(), cluster.add_worker("--no-nanny")
    cluster.wait_for(2)
    there = Run(executor, sources, tmp_path / "there")
    killed: list[psutil.Process] = []

    def end_one() -> None:
        # Both workers have read by now, and the rest of the run is before them.
        while not list(there.parts.glob("repair/*/keys.parquet")) and not there.out.joinpath("repairs.csv").exists():
            time.sleep(0.01)
        killed.extend(kill(first))

    thread = threading.Thread(target=end_one)
    with open_executor(cluster.engine) as workers:
        thread.start()
        there.go(executor=workers)
    thread.join()
    assert len(killed) >= 3  # the nanny, the worker and its child
    here = Run(executor, sources, tmp_path / "here")
    here.go()
    assert_same(here.out, there.out)
    assert_same(here.parts, there.parts)


def test_documents_of_a_dead_worker_are_done_by_another_and_one_that_kills_all_is_quarantined(
    cluster: Cluster, tmp_path: Path
) -> None:
    mark = tmp_path / "seen"
    once = (
        f"import os, pathlib, psutil, time\nmark = pathlib.Path({str(mark)!r})\n"
        "if not mark.exists():\n"
        "    mark.write_text('')\n"
        "    psutil.Process().parent().kill()\n"
        "    time.sleep(60)\n"
    )
    always = "import psutil, time\npsutil.Process().parent().kill()\ntime.sleep(60)\n"
    cluster.add_worker()
    cluster.wait_for(1)
    limits = LimitSettings(seconds=120)
    with open_executor(cluster.engine) as workers:
        tasks = [Task("a", exec, once), *(Task(f"d{n}", eval, f"{n} * 2") for n in range(20))]
        assert [answer for _, answer in map_documents(workers, tasks, limits=limits)] == [None, *range(0, 40, 2)]
        tasks = [Task("a", eval, "1"), Task("bad", exec, always), Task("b", eval, "2")]
        one, failure, two = (answer for _, answer in map_documents(workers, tasks, limits=limits))
    assert (one, two) == (1, 2)
    assert isinstance(failure, DocumentFailure)
    assert failure.code == "crash"


def test_another_version_on_the_cluster_ends_the_run(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster.add_worker()
    cluster.wait_for(1)
    monkeypatch.setattr("pipeline.executor.cluster.code_version", lambda: "another")
    with open_executor(cluster.engine) as workers, pytest.raises(RunFailure, match="another version"):
        list(map_documents(workers, [Task("a", eval, "1")], limits=LimitSettings()))


def test_a_scheduler_that_does_not_answer_is_told(cluster: Cluster) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(RunFailure, match="No Dask scheduler"), open_executor(f"dask://127.0.0.1:{port}"):
        pass


def test_a_cluster_without_workers_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.executor.cluster.WORKERS_COME", 0.5)
    empty = Cluster(tmp_path)
    try:
        empty.wait_for(0)
        with pytest.raises(RunFailure, match="no workers"), open_executor(empty.engine):
            pass
    finally:
        empty.end()
