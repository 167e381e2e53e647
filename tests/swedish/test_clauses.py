"""Clauses by word order: the pairs in clauses.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.swedish.clauses import split_clauses
from pipeline.swedish.parsing import parse

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "clauses.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_clauses(case: dict[str, Any]) -> None:
    parsed = next(iter(parse([case["text"]])))
    found = split_clauses(parsed)
    said = [[c.kind, parsed.tokens[c.finite].text if c.finite >= 0 else ""] for c in found]
    assert said == [list(clause) for clause in case["clauses"]]
    assert all(0 <= c.start <= c.end <= len(parsed.tokens) for c in found)
