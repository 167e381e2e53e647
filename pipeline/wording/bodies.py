"""Whose answers are compared: municipalities, regions, other bodies, and documents whose body is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from pipeline.records.comparison import Document
from pipeline.wording.counting import counted

BodyKind: TypeAlias = Literal["municipality", "region", "other", "unknown"]

BODY_KINDS: tuple[BodyKind, ...] = ("municipality", "region", "other", "unknown")


_BY_DIGITS: Mapping[int, BodyKind] = {4: "municipality", 2: "region"}
"""By how many digits their code has."""


_UNKNOWN = re.compile(r"Okänd \((.+)\)", re.DOTALL)

_CALLED: Mapping[BodyKind, tuple[str, str]] = {
    "municipality": ("kommun", "kommuner"),
    "region": ("region", "regioner"),
    "other": ("annat organ", "andra organ"),
    "unknown": ("dokument utan känd kommun", "dokument utan känd kommun"),
}
"""What those who are compared are called, one and many."""


def count_bodies(kind: BodyKind, number: int) -> str:
    """So many of a kind in words: "24 kommuner", "1 region"."""
    return counted(number, *_CALLED[kind])


def name_body(municipality: str, file_name: str) -> str:
    """Under which name a document's answers stand.

    A document whose body could not be told is kept apart under its file name: mixing two such would make them one.
    """
    return municipality or f"Okänd ({file_name})"


def file_of_unknown(name: str) -> str:
    """The file under whose name the answers of a body stand that nobody knows (`name_body`); empty for all others."""
    found = _UNKNOWN.fullmatch(name)
    return found[1] if found else ""


def kinds_of_bodies(documents: Iterable[Document]) -> Mapping[str, BodyKind]:
    """What each body with a document that was read is, by the name its answers stand under."""
    kinds: dict[str, BodyKind] = {}
    for document in documents:
        if is_read(document):
            kinds[name_body(document.municipality, document.file_name)] = _kind(document)
    return kinds


def _kind(document: Document) -> BodyKind:
    if not document.municipality:
        return "unknown"
    return _BY_DIGITS.get(len(document.municipality_code), "other")


def is_read(document: Document) -> bool:
    """Whether a file is a document that was read, neither quarantined nor a copy of another."""
    return document.status == "ok" and not document.duplicate_of


def without_rules(documents: Iterable[Document]) -> frozenset[str]:
    """Those of whom there are only letters that propose a document: what they rule on is not in the folder."""
    ruled: set[str] = set()
    proposing: set[str] = set()
    for document in filter(is_read, documents):
        name = name_body(document.municipality, document.file_name)
        (proposing if document.completeness == "proposal" else ruled).add(name)
    return frozenset(proposing - ruled)
