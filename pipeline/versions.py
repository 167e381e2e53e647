"""Hashes over code and data: what a result was made with."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


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
