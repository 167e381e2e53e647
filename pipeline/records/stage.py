"""What the stages keep between them besides their own rows: whole texts, failures, keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.records.column import column


@dataclass(frozen=True, slots=True)
class RawText:
    """A document's text as read."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: str = column("The document")
    text: str = column("The raw text: what every raw offset refers to")
    damage_score: float = column("Estimated share of damaged words, 0 to 1")


@dataclass(frozen=True, slots=True)
class ReadingText:
    """A document's text after repair."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: str = column("The document")
    text: str = column("The reading text: what every offset but raw ones refers to")
    damage_score: float = column("Estimated share of damaged words before repair, 0 to 1")


@dataclass(frozen=True, slots=True)
class StageFailure:
    """A document that a stage could not process."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: str = column("The document")
    stage: str = column("The stage that failed")
    code: str = column("Which way of failing it is: a name in pipeline/failures.py")
    message: str = column("What is wrong and what to do, in Swedish")
    message_en: str = column("The same in English")


@dataclass(frozen=True, slots=True)
class StageKey:
    """What a document's rows were made from: while the key is the same, the rows hold."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: str = column("The document")
    key: str = column("SHA-256 over input, settings, code and decisions")
