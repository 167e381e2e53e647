"""A Dask scheduler and two workers of one thread each on this machine, for as long as they are measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def local_cluster(folder: Path, *, workers: int = 2) -> Iterator[str]:
    """The engine's address, when all workers are there."""
    from distributed import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    base = ["--local-directory", str(folder), "--no-dashboard", "--nthreads", "1", "--nworkers", "1"]
    commands = [["scheduler", "--host", "127.0.0.1", "--port", str(port)], *[["worker", address, *base]] * workers]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *command], env={**os.environ, "PYTHONPATH": str(Path.cwd())},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]  # fmt: skip
    try:
        with Client(address, timeout=60) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(workers, timeout=120)
        yield f"dask://127.0.0.1:{port}"
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()
