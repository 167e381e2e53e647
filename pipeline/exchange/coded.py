"""Coded documents as every exchange format sees them: codes, sources with coded stretches, ids made of content."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

_IDS = UUID("5b3b7a52-4b38-5f0c-9a3c-6a6d6b610001")
"""Ground of all ids: the same code or selection has the same id in every project."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its codes below it; `name` is shown, `key` is what codings refer to.

    Keys are paths by kind: topic/ID, modality/ID, kind/ID, term/KIND/ID, and group/, codebook/ for what is not codable.
    """

    key: str
    name: str
    description: str = ""
    colour: str = ""
    codable: bool = True
    below: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """A coded stretch of a source: offsets in code points of its text, end exclusive; `finding` is what it is about."""

    start: int
    end: int
    codes: tuple[str, ...]
    note: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its selections; `key` is the document_id, `description` the file it was read from."""

    key: str
    name: str
    text: str
    selections: tuple[Selection, ...]
    description: str = ""


def make_guid(kind: str, *parts: object) -> str:
    """The id of a thing, made of what it is: the same in every run and on every machine."""
    return str(uuid5(_IDS, "\x1f".join([kind, *map(str, parts)])))


def pack(said: str) -> bytes:
    """Text made small, for parts that wait until they are put together."""
    return zlib.compress(said.encode("utf-8", "surrogatepass"), 1)


def unpack(packed: bytes) -> str:
    """The text that was packed."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def every_code(codes: Sequence[Code]) -> Iterator[Code]:
    """The codes and all below them, each before those below it."""
    for code in codes:
        yield code
        yield from every_code(code.below)
