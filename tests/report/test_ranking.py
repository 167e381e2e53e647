"""The order in which a requirement's answers are told."""

from __future__ import annotations

from typing import Any

from pipeline.codebooks import load_codebook
from pipeline.compare.relations import relate_cells
from pipeline.records.comparison import Cell, Relation
from pipeline.report.ranking import rank_answers
from pipeline.swedish.calendar import interval_hours
from tests.rows import row

BOOK = load_codebook("social_media")


def told(requirement: str, **values: Any) -> list[str]:
    """The municipalities in order; a value that is an answer's name is that answer without a value."""
    cells = [
        row(Cell, codebook=BOOK.id, requirement=requirement, municipality=name, modality="must",
            **({"answer": value} if value in ("silent", "delegated") else {"answer": "stated", "value": value}))
        for name, value in values.items()
    ]  # fmt: skip
    placed, relations = relate_cells(BOOK, cells)
    return rank_answers(placed, relations)


def test_a_vague_time_follows_the_exact_ones_and_goes_before_what_it_is_stricter_than() -> None:
    order = told("response_time", A="skyndsamt", B="duty", C="silent", D="P2D weekdays", E="PT24H weekdays",
                 F="delegated", G="PT24H")  # fmt: skip
    assert order == ["G", "E", "D", "A", "B", "F", "C"]


def test_equal_answers_stand_together_and_no_answer_before_a_stricter_one() -> None:
    assert told("prohibited_content", A="threats", B="advertising", C="hate_speech|threats", D="advertising",
                E="advertising|hate_speech|threats") == ["E", "B", "D", "C", "A"]  # fmt: skip


def test_rows_that_go_round_are_told_once_each() -> None:
    one, other = (row(Cell, requirement="tone", municipality=name, answer="stated") for name in "AB")
    round_about = [row(Relation, requirement="tone", municipality=a, other_municipality=b, relation="stricter")
                   for a, b in ("AB", "BA")]  # fmt: skip
    assert rank_answers([one, other], round_about) == ["A", "B"]


def test_the_help_on_times_says_what_the_calendar_does() -> None:
    days, weekdays, office = (interval_hours("PT24H", calendar) for calendar in ("any", "weekdays", "working_hours"))
    assert days < weekdays < office
