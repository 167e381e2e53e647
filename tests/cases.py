"""Cases that stand in YAML files, as parameters of tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml


def read_cases(path: Path, name: Callable[[dict[str, Any]], str]) -> list[Any]:
    """The cases of a file under their names; those with a `known_gap` must fail until somebody closes it."""
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return [pytest.param(case, id=name(case), marks=_gap(case)) for case in found]


def _gap(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True, reason=case["known_gap"])] if "known_gap" in case else []
