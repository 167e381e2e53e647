"""What a reading shows of a document."""

from __future__ import annotations

from pipeline.records.reading import Reading


def lines_of(reading: Reading, role: str = "body") -> list[str]:
    """The text of each line of one role, in order."""
    return [reading.text[line.start : line.end] for line in reading.lines if line.role == role]
