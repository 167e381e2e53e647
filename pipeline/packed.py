"""Files of models under Zstandard: a tenth larger than under xz and read ten times as fast, which each worker does."""

from __future__ import annotations

from pathlib import Path

_LEVEL = 19
"""What is written once and read by many may take its time."""


def read_packed(path: Path) -> bytes:
    """What a packed file holds.

    Raises:
        FileNotFoundError: When there is no such file.
        OSError: When it can't be read, or was not packed so.
    """
    import pyarrow as pa

    with pa.input_stream(path, compression="zstd") as stream:
        held: bytes = stream.read()
    return held


def write_packed(path: Path, content: bytes) -> None:
    """Write a file as `read_packed` reads it, the same bytes for the same content."""
    import pyarrow as pa

    path.write_bytes(pa.Codec("zstd", compression_level=_LEVEL).compress(content, asbytes=True))
