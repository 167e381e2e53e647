"""Files written anew lose nothing that people did to the old ones: what was edited is kept under another name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pipeline.tables import write_whole

LEDGER = ".written.json"
"""Beside the files: what was written last under each name, as SHA-256."""


def write_kept(contents: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write files of one folder; give the names under which edited older ones were kept.

    A file is kept when it is neither what was last written there nor what is written now.

    Raises:
        OSError: When the folder can't be written to.
    """
    kept: list[Path] = []
    for file, content in contents.items():
        ledger = file.with_name(LEDGER)
        written = _read(ledger)
        if file.exists() and _digest(file.read_bytes()) not in (written.get(file.name), _digest(content)):
            kept.append(file.rename(_free_name(file)))
        write_whole(file, content)
        write_whole(ledger, (json.dumps(written | {file.name: _digest(content)}, indent=1, sort_keys=True) + "\n"))
    return tuple(kept)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(ledger: Path) -> dict[str, str]:
    """What was last written, nothing where nobody can tell: then every older file is kept."""
    try:
        held = json.loads(ledger.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in held.items()} if isinstance(held, dict) else {}


def _free_name(file: Path) -> Path:
    number = 1
    while (name := file.with_name(f"{file.stem}-egen-{number}{file.suffix}")).exists():
        number += 1
    return name
