"""Sums over kept files: what a disk, a person or a lost write has changed since is told before it is used."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from pathlib import Path

from pipeline.tables import write_whole

SUMS = "sums.json"
"""The file with the sums of the files beside it."""
PIECE = 1 << 20


def write_sums(folder: Path, names: Iterable[str]) -> None:
    """Note the sums of some files of a folder, as they lie there now."""
    write_whole(folder / SUMS, json.dumps({name: _sum_of(folder / name) for name in sorted(names)}))


def is_intact(folder: Path, names: Iterable[str]) -> bool:
    """Whether some files and all others with a sum are there, byte for byte as they were when it was noted."""
    try:
        sums = json.loads((folder / SUMS).read_text("utf-8"))
        return sums.keys() >= set(names) and all(_sum_of(folder / name) == noted for name, noted in sums.items())
    except (OSError, ValueError, AttributeError):
        return False


def _sum_of(path: Path) -> int:
    """CRC-32: no byte can change, no file be cut, without it; a gigabyte a second."""
    said = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            said = zlib.crc32(piece, said)
    return said
