"""What rows of tables say, whom they bind, and which values they own: the tables in tables.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import extract_requirements
from pipeline.extract.beside import MEASURES
from pipeline.swedish.tables import cells_of, heads_of, items_of
from tests.cases import read_cases
from tests.texts import outline_of

CASES = read_cases(Path(__file__).with_name("tables.yaml"), lambda case: case["text"][:60].replace("\n", " / "))


@pytest.mark.parametrize("case", CASES)
def test_table(case: dict[str, Any]) -> None:
    found = extract_requirements(outline_of(case["text"] + "\n"))
    requirements = found.requirements
    assert [r.quote for r in requirements] == [duty["quote"] for duty in case["duties"]]
    for requirement, duty in zip(requirements, case["duties"], strict=True):
        assert requirement.actor == duty["actor"]
        assert set(duty.get("topics", ())) <= set(requirement.topics.split("|"))
        own = [v for v in found.values if v.requirement_id == requirement.requirement_id and v.kind in MEASURES]
        if "values" in duty:
            assert [f"{v.kind} {v.value}" for v in own] == duty["values"]


@pytest.mark.parametrize(
    ("row", "columns", "words"),
    [
        ("a\tb\tc", 3, ["a", "b", "c"]),
        ("\tb\tc", 3, ["", "b", "c"]),
        ("a\t\tc", 3, ["a", "", "c"]),
        ("a\t\tc", 2, ["a", "c"]),
        ("| a | | c |", 3, ["a", "", "c"]),
        ("a    b | c", 3, ["a", "b", "c"]),
        ("a\t| b\t|\tc", 4, ["a", "b", "c"]),
        ("", 3, []),
    ],
)
def test_the_cells_of_a_row(row: str, columns: int, words: list[str]) -> None:
    cells = cells_of(row, columns)
    assert [cell.words for cell in cells] == words
    assert [row[cell.start : cell.end].strip() for cell in cells] == words


def test_a_head_may_have_an_empty_cell_in_front() -> None:
    assert heads_of("\tVem\tNär:") == ["", "vem", "när"]
    assert heads_of("Vem\t\tNär:") == ["vem", "när"]


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("Svara på frågor", ["Svara på frågor"]),
        ("• Svara • Spara", ["Svara", "Spara"]),
        ("Svara  Spara", ["Svara", "Spara"]),
        ("Ska:  – svara  – spara", ["Ska:", "svara", "spara"]),
        ("1. Svara  2. Spara", ["Svara", "Spara"]),
        ("svara  eller spara", ["svara  eller spara"]),
        ("Mellan 8 – 16", ["Mellan 8 – 16"]),
    ],
)
def test_the_items_of_a_cell(cell: str, items: list[str]) -> None:
    assert [cell[start:end].strip() for start, end in items_of(cell)] == items
