"""The files under pipeline/swedish/data: read as tables, trees or lines, comments left out."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from pipeline.trees import parse_tree

DATA = Path(__file__).parent / "data"


def read_tree(name: str) -> Any:
    """What a YAML file of the data folder holds."""
    return parse_tree((DATA / name).read_text(encoding="utf-8"))


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the data folder, as column to text; an empty cell is an empty string."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_lines(name: str) -> list[str]:
    """The lines of a text file of the data folder, without comments (#) and empty lines."""
    lines = (line.strip() for line in (DATA / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
