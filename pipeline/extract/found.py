"""Duties and values as the finders give them, before they have ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.extract.subjects import Actor
from pipeline.records.outline import Section, Unit


@dataclass(frozen=True, slots=True)
class Found:
    """A value before it has an id; start and end are offsets into the reading text."""

    kind: str
    start: int
    end: int
    value: str
    confidence: float
    identifier: str = ""
    calendar: str = ""
    of: str = ""
    period: str = ""
    trigger: str = ""
    refers_to: str = ""
    negated: bool = False
    by_lead: bool = False
    """Whether only the lead-in says it: an item of a list of things that are kept."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A norm in its document; start and end are offsets into the reading text."""

    unit: Unit
    section: Section
    start: int
    end: int
    modality: str
    actor: Actor | None
    actor_explicit: bool
    action: str
    condition: str
    exception: str
    lead_words: str
    rule: str
    confidence: float
    procedure: str = ""
    step: int | None = None


def duty_around(value: Found, duties: Iterable[Duty]) -> Duty | None:
    """The duty that a value stands in, None where it stands in none."""
    return next((d for d in duties if d.start <= value.start and value.end <= d.end), None)
