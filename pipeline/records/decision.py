"""What people decided, and what became of it in this run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.records.column import column

TARGETS = ("page", "repair", "metadata", "requirement", "value", "alignment", "cell")
VERDICTS = ("accept", "change", "reject")


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's decision on one finding, anchored by quote, context and position."""

    KEY: ClassVar[tuple[str, ...]] = ("decision_id",)

    decision_id: str = column("Id made of what is decided, by whom and when")
    target: str = column("What kind of finding it corrects", values=TARGETS)
    field: str = column("Which field, for example modality, adopted_date, or requirement|municipality for a cell")
    sha256: str = column("SHA-256 of the document's bytes when it was decided")
    quote: str = column("The words it is about, as they were then")
    prefix: str = column("Up to 40 characters before the quote")
    suffix: str = column("Up to 40 characters after it")
    start: int | None = column("Offset in the reading text then")
    verdict: str = column("What was decided", values=VERDICTS)
    new_value: str = column("The value to put instead, for change")
    author: str = column("Who decided")
    date: str = column("When, YYYY-MM-DD")
    reason: str = column("Why, in the person's words")


@dataclass(frozen=True, slots=True)
class AnchoredDecision:
    """A decision with the place in this run's reading text that it is about."""

    decision: Decision
    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DecisionConflict:
    """A decision that could not be applied, and why: it waits for a person, it is never dropped."""

    KEY: ClassVar[tuple[str, ...]] = ("decision_id", "document_id")

    decision_id: str = column("The decision")
    target: str = column("What kind of finding it corrects", values=TARGETS)
    field: str = column("Which field")
    document_id: str = column("The document it seems to be about, empty where none is found")
    quote: str = column("The words it is about")
    reason: str = column("Why it could not be applied, in Swedish")
    nearest: str = column("The nearest words in the run's documents, for re-anchoring by hand")
