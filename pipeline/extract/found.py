"""A value as the finders give it."""

from __future__ import annotations

from dataclasses import dataclass


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
