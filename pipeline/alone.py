"""One run at a time in a folder: a lock of the system's, gone when its process ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.failures import BUSY, RunFailure, why_not

LOCK = ".jamka.lock"
"""The file that is locked while a run works in its folder; what a killed run leaves of it stops nobody."""
_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Have a folder for oneself, made where it is not there.

    Raises:
        RunFailure: When another run has it, it can't be made, or nothing can be written in it.
    """
    new = not folder.exists()
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        why = why_not(e)
        raise RunFailure(
            f"Mappen {folder} kan inte skapas: {why.sv}.", f"The folder {folder} can't be made: {why.en}."
        ) from e
    try:
        handle = _take(path)
    except BlockingIOError as e:
        raise RunFailure(
            f"En annan körning arbetar i mappen {folder}. Vänta tills den är klar, eller ange en annan mapp.",
            f"Another run is working in the folder {folder}. Wait until it has ended, or name another folder.",
            status=BUSY,
        ) from e
    except OSError as e:
        why = why_not(e)
        raise RunFailure(
            f"Det går inte att skriva i mappen {folder}: {why.sv}.",
            f"The folder {folder} can't be written to: {why.en}.",
        ) from e
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()  # before the lock is let go of: afterwards it may be another's
        os.close(handle)
        if new:
            with suppress(OSError):  # where nothing has come of the run, there is no trace of it
                folder.rmdir()


def _take(path: Path) -> int:
    """The locked file.

    Raises:
        BlockingIOError: When another has it.
    """
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(handle)
        except OSError as e:
            # Some file systems have no locks; a run there goes on without.
            if e.errno in _TAKEN:
                os.close(handle)
                raise BlockingIOError from e
        # Whoever had it may have taken the file away since it was opened here, and another made it anew.
        with suppress(OSError):
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        os.close(handle)
