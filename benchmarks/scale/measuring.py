"""Seconds, cores and memory of a command with everything it starts."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psutil

LOOK_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Measure:
    """What a command cost.

    Attributes:
        seconds: Wall clock.
        cores: Seconds of processor over seconds of wall clock, all processes together.
        megabytes: Most that all processes held at one time, shared pages counted once (PSS), looked at twice a second.
        answer: The JSON that the command printed.
    """

    seconds: float
    cores: float
    megabytes: int
    answer: Any


def measure(module: str, *arguments: object) -> Measure:
    """Run a Python module in a process of its own and watch it.

    Raises:
        subprocess.CalledProcessError: When it failed.
    """
    return watch([sys.executable, "-m", module, *map(str, arguments)])


def watch(command: Sequence[str]) -> Measure:
    """Run a command and watch it and its descendants.

    Raises:
        subprocess.CalledProcessError: When it failed.
    """
    used, before = _processor_seconds(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak, ended = [0.0], threading.Event()
    watcher = threading.Thread(target=_follow, args=(process.pid, peak, ended))
    watcher.start()
    printed, _ = process.communicate()
    seconds = time.perf_counter() - before
    ended.set()
    watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    lines = printed.strip().splitlines()
    answer = json.loads(lines[-1]) if lines and lines[-1].startswith(("{", "[")) else None
    return Measure(round(seconds, 2), round((_processor_seconds() - used) / seconds, 2), round(peak[0]), answer)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _follow(pid: int, peak: list[float], ended: threading.Event) -> None:
    while not ended.wait(LOOK_EVERY):
        peak[0] = max(peak[0], _megabytes(pid))


def _megabytes(pid: int) -> float:
    """Memory of a process and its descendants; those that end meanwhile don't count."""
    total = 0
    try:
        first = psutil.Process(pid)
        family = [first, *first.children(recursive=True)]
    except psutil.Error:
        return 0.0
    for member in family:
        try:
            said = member.memory_full_info()
            total += getattr(said, "pss", said.rss)
        except psutil.Error:
            continue
    return total / 1e6
