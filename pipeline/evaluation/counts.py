"""What scoring one document gives: counts by measure, missed and false items, and how sure each finding was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a measure was hit, of how many findings and how many gold items."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.hits + other.hits, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Hits by findings; 0 where nothing was found."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Hits by gold items; 0 where there are none."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def errors(self) -> int:
        """Missed gold items and false findings together."""
        return self.found + self.gold - 2 * self.hits


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One thing that was missed or falsely found, so that two scorecards can be told apart item by item.

    Items are the same in two runs when measure, document, kind of error, place in the gold's text and words are the
    same; what was found instead (`detail`) may differ.
    """

    measure: str
    slug: str
    error: str
    start: int
    end: int
    text: str
    detail: str = ""

    @property
    def key(self) -> tuple[str, str, str, int, int, str]:
        """What makes it the same item in another run."""
        return self.measure, self.slug, self.error, self.start, self.end, self.text


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding with the confidence it was given and whether it was right."""

    target: str
    confidence: float
    right: bool


@dataclass(slots=True)
class DocumentScore:
    """The counts of one document; filled while it is scored."""

    slug: str
    split: str = ""
    tallies: dict[str, Tally] = field(default_factory=dict)
    shares: set[str] = field(default_factory=set)
    modalities: list[tuple[str, str]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    def add(self, measure: str, hits: int, found: int, gold: int) -> None:
        """Count a measure; several calls for one measure add up."""
        self.tallies[measure] = self.tallies.get(measure, Tally()) + Tally(hits, found, gold)

    def add_share(self, measure: str, right: Iterable[bool]) -> None:
        """Count a measure that is a share: one answer for each gold item, right or wrong."""
        answers = list(right)
        self.shares.add(measure)
        self.add(measure, sum(answers), len(answers), len(answers))


def excerpt(text: str, start: int, end: int) -> str:
    """The words between two offsets on one line, at most 110 characters."""
    return " ".join(text[start:end].split())[:110]
