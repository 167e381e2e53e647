"""What the stages keep between them besides their own rows: whole texts, failures, keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.records.column import column
from pipeline.records.institutional import InstitutionalStatement


@dataclass(frozen=True, slots=True)
class RawText:
    """A document's text as read."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: str = column("The document")
    text: str = column("The raw text: what every raw offset refers to")
    damage_score: float = column("Estimated share of damaged words, 0 to 1")
    signature: bytes = column(
        "By what near-duplicates of it are found (pipeline/ingest/shingles.py); empty if too short"
    )


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
    content: str = column("SHA-256 over the rows themselves: what the stages after this one are keyed by")


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A passage of one document that answers a harmonised requirement; compare keeps it for the next run."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "place")

    document_id: str = column("The document")
    place: int = column("Its place among the document's passages: by requirement, then by text")
    requirement: str = column("The harmonised requirement")
    page: int = column("Page")
    start: int = column("Start in the reading text")
    end: int = column("End, exclusive")
    quote: str = column("The passage")
    score: float = column("Fit to the requirement, 0 to 1")
    confidence: float = column("How sure the passage is, 0 to 1")
    said: str = column("What it says in normal form, a line each")
    refers_to: str = column("The document it leaves the answer to")
    requirement_id: str = column("The duty it is, empty for a value or statement")
    value_id: str = column("The value it is, empty for a duty or statement")
    force: str = column("Effective modality, empty for what binds nobody")
    exempt: bool = column("It says that there is no such duty")
    delegates: bool = column("It leaves the answer to another document")


@dataclass(frozen=True, slots=True)
class NearRow:
    """One of the passages of a document that come nearest to a harmonised requirement."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "place")

    document_id: str = column("The document")
    place: int = column("By requirement, then the nearest first")
    requirement: str = column("The harmonised requirement")
    score: float = column("How near it comes, 0 to 1: from 0.05 on how likely it answers, below that by shared words")
    start: int = column("Start in the reading text")
    end: int = column("End, exclusive")


@dataclass(frozen=True, slots=True)
class WeighedRow:
    """A document that compare has weighed by itself."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: str = column("The document")
    belongs: bool = column("Whether it is about the codebook's area")
    audience: str = column("Whom it speaks to; empty where it is not about the area")
    sentences: bytes = column("Its sentences as lineage looks for them in other documents (compare/sentences.py)")


@dataclass(frozen=True, slots=True)
class ReportShard:
    """What one document gives to the report, ready to be put in."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: str = column("The document")
    hidden: str = column("What is masked in the reading text: start-end, blank-separated; offsets in the reading text")
    raw_hidden: str = column("What is masked in the reading before repair, in the same way; offsets in that")
    page: bytes = column("Its data in the report: a script, packed (zlib)")


@dataclass(frozen=True, slots=True)
class ExchangeShard:
    """What one document gives to the formats of other programs, ready to be put in: texts are packed (zlib)."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: str = column("The document")
    hidden: str = column("What is masked in the reading text: start-end, blank-separated; offsets in the reading text")
    name: str = column("What it is called in them")
    project: bytes = column("Its element in project.qde")
    annotations: bytes = column("Its annotations in annotations.jsonld")
    annotation_ids: bytes = column("Their ids, a line each")
    training: bytes = column("Its line in training.jsonl")
    tokens: bytes = column("Its part of training.spacy")


@dataclass(frozen=True, slots=True)
class HiddenPlaces:
    """What of an `ExchangeShard` says what is masked, without all that is packed."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: str = column("The document")
    hidden: str = column("As in ExchangeShard")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that can be searched, and where they stand; `kind` and `id` say which table's row they belong to."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "place")

    document_id: str = column("The document")
    place: int = column("Its place among the document's passages: requirements, values, units, each by text")
    words: str = column("The words, people masked")
    kind: str = column("The table; texts for a unit of the text")
    id: str = column("The row's id, a unit's number")
    municipality: str = column("Whose words they are")
    page: int | None = column("Page number, from 1; empty where it has no place in a text")
    start: int | None = column("Start in the reading text")
    end: int | None = column("End, exclusive")


@dataclass(frozen=True, slots=True)
class ExchangedDocument:
    """Everything that one document gives to the formats of other programs, whatever the comparison says.

    Attributes:
        shard: Its own part of them; None where it is a copy of another.
        statements: Its requirements in the grammar of institutions.
        passages: What of it can be searched.
    """

    shard: ExchangeShard | None
    statements: tuple[InstitutionalStatement, ...]
    passages: tuple[Passage, ...]
