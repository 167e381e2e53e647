"""Documents in a store that fsspec knows (s3://bucket/folder, memory://folder): listed, and fetched one at a time.

What a store says of names and sizes is not trusted: a name is only shown, and no more than the limit is fetched.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.failures import DocumentFailure, RunFailure

CHUNK = 1 << 20
"""Bytes fetched at a time."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def is_store(source: object) -> bool:
    """Whether a source is the address of a store and not a path."""
    return isinstance(source, str) and _URL.match(source) is not None


def list_objects(url: str) -> list[tuple[str, str, int]]:
    """The objects below an address: name relative to it, place in the store, size in bytes as the store says; by place.

    Raises:
        RunFailure: When fsspec or what it needs for this kind of store is missing, or the store can't be listed.
    """
    system, root = _open(url)
    try:
        found = system.find(root, detail=True)
        if not found and not system.exists(root):
            raise FileNotFoundError(url)
    except FileNotFoundError as e:
        raise RunFailure(f"{url} finns inte.", f"{url} does not exist.") from e
    except Exception as e:  # every store has errors of its own
        raise _unreachable(url, e) from e
    root = root.rstrip("/")
    return [
        (path.removeprefix(root).lstrip("/") or PurePosixPath(path).name, path, int(said.get("size") or 0))
        for path, said in sorted(found.items())
        if said.get("type") != "directory" and not path.endswith("/")
    ]


@contextmanager
def fetched(url: str, place: str, *, suffix: str, limit: int) -> Iterator[Path]:
    """A temporary file with an object's bytes.

    Args:
        url: The address that a person gave: it alone says which store is opened, and nothing that the store names does.
        place: The object's place in the store.
        suffix: Ending of the temporary file's name.
        limit: Bytes from which on it is too large, whatever the store says of its size.

    Raises:
        DocumentFailure: `too_large`, or `unreadable` when it is gone or may not be read.
        RunFailure: When the program lacks what the store needs.
    """
    system, _ = _open(url)
    system.invalidate_cache()  # what was listed may have changed since
    with tempfile.TemporaryDirectory(prefix="jamka-") as folder:
        target = Path(folder) / f"object{suffix}"
        try:
            _copy(system, place, target, limit)
        except DocumentFailure:
            raise
        except Exception as e:  # every store has errors of its own
            raise DocumentFailure("unreadable") from e
        yield target


def _copy(system: Any, place: str, target: Path, limit: int) -> None:
    size = 0
    with system.open(place, "rb") as source, target.open("wb") as file:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise DocumentFailure("too_large", size=size, limit=limit)
            file.write(chunk)


def _open(url: str) -> tuple[Any, str]:
    """The store of an address, and the place in it."""
    try:
        import fsspec
    except ImportError as e:
        raise _missing(url) from e
    try:
        system, path = fsspec.core.url_to_fs(url)
    except ImportError as e:
        raise _missing(url) from e
    except Exception as e:  # an address that is none, or a kind of store that nobody knows
        raise _unreachable(url, e) from e
    return system, str(path)


def _missing(url: str) -> RunFailure:
    return RunFailure(
        f"Det som behövs för att läsa {url} saknas. Installera med: pip install 'jamka[store]'.",
        f"What is needed to read {url} is missing. Install it with: pip install 'jamka[store]'.",
        status=3,
    )


def _unreachable(url: str, error: Exception) -> RunFailure:
    return RunFailure(f"{url} kan inte läsas: {error}.", f"{url} can't be read: {error}.")
