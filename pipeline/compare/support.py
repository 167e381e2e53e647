"""What one passage, and one document, says to the harmonised requirements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.codebooks import Codebook, HarmonisedRequirement, TopicMatch
from pipeline.compare.documents import body_of
from pipeline.compare.passages import Passages
from pipeline.compare.sifting import load_sieve
from pipeline.compare.values import Surroundings, Tokens, find_intranet
from pipeline.records.comparison import DocumentFindings
from pipeline.records.outline import Outline, Unit
from pipeline.records.requirement import Requirement, Value

GIVEN_SCORE = 0.6
"""Fit of a topic that a requirement has and its cues alone do not show: another component or a person gave it."""


@dataclass(frozen=True, slots=True)
class Support:
    """One passage that answers a harmonised requirement."""

    document_id: str
    page: int
    start: int
    end: int
    quote: str
    score: float
    confidence: float
    tokens: Tokens
    requirement: Requirement | None = None
    value: Value | None = None
    force: str = ""
    """The effective modality, empty for what binds nobody."""
    exempt: bool = False
    delegates: bool = False
    part: frozenset[str] = frozenset()
    """Words for the part of the organisation that its document is for; empty where it is for all of it."""
    occasions: tuple[tuple[str, str], ...] = ()
    """Of its times those that hold on some occasion only, each with the occasion's name."""
    channels: frozenset[str] = frozenset()
    """The channels that it, its row of a table or its heading names; empty where it is about all of them."""


@dataclass(slots=True)
class DocumentSupport:
    """A document with all it says to a codebook."""

    item: DocumentFindings
    body: str
    passages: Passages
    intranet: str
    by_requirement: dict[str, list[Support]] = field(default_factory=dict)
    heard: dict[str, dict[tuple[int, int], float]] = field(default_factory=dict)
    """Of each harmonised requirement how likely passages answer it (by start and end), those that do not count too."""
    audience: str = ""
    """Whom it speaks to (`compare.audience`), where that is known from the last run."""

    def hear(self, start: int, end: int, matches: Iterable[TopicMatch]) -> None:
        """Keep how likely a passage answers each requirement."""
        for match in matches:
            passages = self.heard.setdefault(match.requirement, {})
            passages[start, end] = max(match.score, passages.get((start, end), 0.0))


def open_document(item: DocumentFindings, outline: Outline) -> DocumentSupport:
    """The document before anything has been gathered."""
    return DocumentSupport(item, body_of(item), Passages(outline), find_intranet(outline.text))


def around(
    gathered: DocumentSupport, unit: Unit | None, rivals: Sequence[HarmonisedRequirement], codebook: Codebook
) -> Surroundings:  # fmt: skip
    """What stands around a unit of the document that answers other questions of a codebook too."""
    paragraph, near = gathered.passages.paragraph_of(unit), gathered.passages.near(unit)
    return Surroundings(paragraph, near, gathered.intranet, rivals, load_sieve(codebook.id))


def forbidding(entry: HarmonisedRequirement, force: str) -> str:
    """Content that must be removed must not occur."""
    return f"{force}_not" if entry.prohibits and force in ("must", "should") else force
