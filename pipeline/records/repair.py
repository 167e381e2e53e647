"""What repair gives: the edits and the text after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.records.column import column
from pipeline.records.reading import Furniture, Line, SourceFile, Word

REPAIR_STATUSES = ("applied", "suggested", "rejected")


@dataclass(frozen=True, slots=True)
class Repair:
    """One edit of the text: applied, only suggested, or rejected by a person."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "raw_start", "raw_end", "rule", "after")

    document_id: str = column("The document")
    page: int = column("Page number, from 1")
    start: int = column("Offset in the reading text where the edited words now stand")
    end: int = column("Offset in the reading text, exclusive")
    raw_start: int = column("Offset in the raw text of what was there before")
    raw_end: int = column("Offset in the raw text, exclusive")
    before: str = column("The raw text's characters, exactly raw[raw_start:raw_end]")
    after: str = column("What stands there instead, or would if the suggestion were taken")
    rule: str = column("The rule that made the edit; layout rules and character rules have their own names")
    confidence: float = column("Calibrated probability that the edit is right, 0 to 1")
    status: str = column("What became of it", values=REPAIR_STATUSES)


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """One page as a span of the reading text."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "page")

    document_id: str = column("The document")
    page: int = column("Page number, from 1")
    start: int = column("Offset in the reading text where the page begins")
    end: int = column("Offset in the reading text where the page ends, exclusive")
    damage_score: float = column("Estimated share of damaged words on the page before repair, 0 to 1")


@dataclass(frozen=True, slots=True)
class RunWord:
    """A word of the undamaged documents of the run: the best lexicon for the damaged ones."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)

    word: str = column("The word as written")
    count: int = column("How often it stands in the run's undamaged documents")
    documents: int = column("In how many documents it stands")


@dataclass(frozen=True, slots=True)
class Repaired:
    """All that repair gives of one document; every offset but raw ones refers to `text`, the reading text.

    `lines` and `words` are those of the reading, furniture left out, moved to where they stand in the reading text.
    """

    source: SourceFile
    text: str
    pages: tuple[ReadingPage, ...]
    lines: tuple[Line, ...]
    words: tuple[Word, ...]
    repairs: tuple[Repair, ...]
    furniture: tuple[Furniture, ...]
    damage_score: float
