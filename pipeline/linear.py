"""Linear models over facts that can be read, and where the files of all learned models lie."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

BIAS = "bias"
"""The weight that a table of facts gives to all, whatever their facts."""
_MODELS = 16
_ELSEWHERE: ContextVar[Path | None] = ContextVar("models_elsewhere", default=None)


@contextmanager
def models_from(folder: Path) -> Iterator[None]:
    """Inside the block models of a folder take the place of those that ship: to read what they were not made from."""
    token = _ELSEWHERE.set(folder)
    try:
        yield
    finally:
        _ELSEWHERE.reset(token)


def models_folder() -> Path | None:
    """The folder whose models replace those that ship, None where none do; whoever keeps scores keys them by it."""
    return _ELSEWHERE.get()


def find_model(place: Path, name: str) -> Path:
    """Where a model's file lies: among those that ship, or in the folder that takes their place."""
    return _file_in(models_folder() or place, name)


@lru_cache(maxsize=_MODELS)
def _file_in(folder: Path, name: str) -> Path:
    return folder / name


@lru_cache(maxsize=_MODELS)
def load_facts(path: Path) -> Mapping[str, float]:
    """The weight of each fact of a model that is a table of facts, loaded once a process.

    Raises:
        FileNotFoundError: When there is no such file.
    """
    weights: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return weights


def likelihood_of(weights: Mapping[str, float], facts: Iterable[str]) -> float:
    """How likely facts make it, 0 to 1, by the logistic curve over their weights and the one that all have."""
    return 1 / (1 + math.exp(-weights.get(BIAS, 0.0) - add_facts(weights, facts)))


def add_facts(weights: Mapping[str, float], facts: Iterable[str]) -> float:
    """What facts come to together; in one order, so that the last digits are the same everywhere."""
    return sum((weights.get(fact, 0.0) for fact in sorted(facts)), 0.0)
