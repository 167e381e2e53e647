"""Times of one municipality that cannot both be kept: answers within hours on an account that is read once a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from pipeline.codebooks import Codebook
from pipeline.compare.notices import notice
from pipeline.failures import Message
from pipeline.records.comparison import Cell, Finding
from pipeline.swedish.calendar import HOURS_A_DAY, between_hours, interval_hours
from pipeline.wording import is_exact, rule_of, say_answer, split_duration

ANSWERED, READ = "response_time", "monitoring"
"""How soon what comes in is answered, and how often it is looked for; a codebook without these has no such times."""

WEIGHT = 0.7
MARGIN = 1.5
"""How much longer the time between two readings must be: three hours of the office beside twice a day may be kept."""
_DAY, _TWICE = 24.0, 12.0


def find_impossible_times(codebook: Codebook, cells: Sequence[Cell]) -> Iterator[Finding]:
    """Answers that are due, by working hours, before the account is read again; with both quotes.

    Only one exact time for all answers counts, and of how often the most often; what may be done binds nobody.
    """
    answered, read = codebook.find(ANSWERED), codebook.find(READ)
    if answered is None or read is None:
        return
    reading = {c.municipality: c for c in cells if c.requirement == READ and c.answer == "stated"}
    for cell in cells:
        other = reading.get(cell.municipality)
        if cell.requirement != ANSWERED or cell.answer != "stated" or other is None or "may" in _forces(cell, other):
            continue
        times = rule_of(answered, cell)
        intervals = [hours for token in rule_of(read, other) if (hours := _hours_between(token)) is not None]
        if len(times) != 1 or not intervals or _due(next(iter(times))) * MARGIN >= min(intervals):
            continue
        soon, often = (say_answer(e, "stated", rule_of(e, c), c.modality) for e, c in ((answered, cell), (read, other)))
        yield notice(
            "conflict",
            cell.municipality,
            document_id=cell.document_id,
            requirement=ANSWERED,
            quote=cell.quote,
            other_quote=other.quote,
            said=Message(
                f"Svar ska lämnas {soon}, men kontot bevakas inte oftare än {often}: den som skriver kan få vänta "
                "längre. Läs oftare eller ange en svarstid som går att hålla.",
                "Answers are due sooner than the account is read again. Read it more often, or give a time to answer "
                "that can be kept.",
            ),
            weight=WEIGHT,
        )


def _forces(*cells: Cell) -> set[str]:
    return {cell.modality for cell in cells}


def _due(token: str) -> float:
    """The most working hours within which an answer must be there; without end where no figure says."""
    told = split_duration(token)
    return interval_hours(*told)[1] if told is not None and is_exact(told[0]) else inf


def _hours_between(token: str) -> float | None:
    """The working hours between two readings, None where no figure says; twice a day is half a working day."""
    told = split_duration(token)
    if told is None or not is_exact(told[0]):
        return None
    hours = between_hours(told[0])[0]
    return hours if hours < _TWICE else hours / _DAY * HOURS_A_DAY if hours <= _DAY else _weekly(hours)


def _weekly(hours: float) -> float:
    """Working hours within more than a day by the clock: five days of seven."""
    return hours / _DAY * HOURS_A_DAY * 5 / 7
