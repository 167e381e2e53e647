"""Hashes over code and data: what a result was made with."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent

# Parsing the package would take a second at each start, this 0.05 s; that nothing is missed is tested (grimp).
_IMPORTED = re.compile(
    rb"^[ \t]*(?:(?:from|import)[ \t]+pipeline\.(\w+)|from[ \t]+pipeline[ \t]+import[ \t]+(.+))", re.MULTILINE
)


def hash_code(folders: Sequence[Path]) -> str:
    """A hash over the code and data below the folders, or of single files: a stage's version."""
    digest = hashlib.sha256()
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file())
        for path in files:
            if "__pycache__" in path.parts or path.name.startswith("."):
                continue
            digest.update(f"{path.relative_to(folder.parent).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def code_version() -> str:
    """The hash over the whole package, made once a process."""
    return hash_code([PACKAGE])


@cache
def parts_of(*roots: str, package: Path = PACKAGE) -> tuple[str, ...]:
    """The parts of the package that some of its parts are made with, themselves included.

    A part is a room or a file beside the rooms, as `swedish` and `linear.py`; every import counts, one inside a
    function too.

    Args:
        roots: Rooms and files by their path in the package.
        package: Its folder.
    """
    found, waiting = set(roots), list(roots)
    while waiting:
        new = _imported(package / waiting.pop(), package) - found
        found |= new
        waiting += new
    return tuple(sorted(found))


@cache
def hash_parts(*roots: str, package: Path = PACKAGE) -> str:
    """The hash over parts of the package and all that they are made with."""
    said = "\n".join(f"{part} {_hash_part(package / part)}" for part in parts_of(*roots, package=package))
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def _hash_part(path: Path) -> str:
    return hash_code([path])


@cache
def _imported(part: Path, package: Path) -> frozenset[str]:
    """The parts that the code of one part imports."""
    names: set[str] = set()
    for path in [part] if part.is_file() else part.rglob("*.py"):
        for inner, listed in _IMPORTED.findall(path.read_bytes()):
            names |= {name.split()[0] for name in _words(inner or listed)}
    return frozenset(_existing(names, package))


def _words(listed: bytes) -> Iterable[str]:
    """The names of an import, such as `a, b as c`, or `(a, b)` on one line."""
    return filter(str.strip, listed.decode().partition("#")[0].strip("() \t\r").split(","))


def _existing(names: Iterable[str], package: Path) -> Iterable[str]:
    for name in names:
        if (package / f"{name}.py").is_file():
            yield f"{name}.py"
        elif (package / name).is_dir():
            yield name
