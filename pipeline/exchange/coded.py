"""Coded documents as every exchange format sees them: codes, sources with coded stretches, ids made of content."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha1
from uuid import UUID

from pipeline.records.requirement import MODALITIES, Requirement
from pipeline.wording import NEED_NOT, name_own_force

_GROUND = UUID("5b3b7a52-4b38-5f0c-9a3c-6a6d6b610001").bytes
"""Ground of all ids: the same code or selection has the same id in every project."""
_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}


FORCES = (*MODALITIES, NEED_NOT)
"""What a requirement is coded with: its modality, but to be freed of a duty is no permission."""


def force_code(requirement: Requirement) -> str:
    """The key of the code for how hard a requirement binds."""
    return f"modality/{name_own_force(requirement, requirement.force)}"


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
    """The id of a thing, made of what it is: the same in every run and on every machine.

    It is the UUID of version 5 (RFC 9562) that `uuid.uuid5` gives, without the object that it makes of each.
    """
    made = sha1(_GROUND + "\x1f".join([kind, *map(str, parts)]).encode("utf-8"), usedforsecurity=False).hexdigest()
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{_VARIANT[made[16]]}{made[17:20]}-{made[20:32]}"


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
