"""How a command ends that somebody asks to end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

SIGNALLED = 128
"""What shells add to the number of the signal that ended a command."""


class Terminated(BaseException):
    """Somebody asked the process to end: by Ctrl-C (SIGINT), or by SIGTERM as batch systems do when time is up.

    Not KeyboardInterrupt: Python kills the process with the signal once more where that one has passed certain calls.
    """


@contextmanager
def ending_cleanly() -> Iterator[list[int]]:
    """Let the signals that ask to end unwind the run, so that child processes end and no half file is left.

    Gives the signals that came: where somebody else's code swallowed the exception, the run was asked to end all the
    same.
    """
    asked: list[int] = []

    def end(number: int, _: object) -> None:
        asked.append(number)
        raise Terminated

    before: dict[int, Any] = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(ValueError):  # not the main thread: whoever called us has signals of their own
            before[number] = signal.signal(number, end)
    try:
        yield asked
    finally:
        for changed, handler in before.items():
            signal.signal(changed, handler)
