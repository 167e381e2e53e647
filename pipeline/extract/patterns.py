"""The value finders' patterns, read once from values.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.trees import parse_tree


@dataclass(frozen=True, slots=True)
class Patterns:
    """Compiled patterns, without regard to case."""

    uses_of_time: tuple[tuple[str, re.Pattern[str]], ...]
    retention: tuple[tuple[str, re.Pattern[str]], ...]
    kept_papers: re.Pattern[str]
    saved_things: re.Pattern[str]
    delegating: re.Pattern[str]
    governing_rules: re.Pattern[str]
    retention_triggers: re.Pattern[str]
    prohibited: tuple[tuple[str, re.Pattern[str]], ...]
    forbidding: re.Pattern[str]
    counted: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The patterns that ship with the package."""
    data: dict[str, Any] = parse_tree((files("pipeline.extract") / "values.yaml").read_text("utf-8"))
    return Patterns(
        uses_of_time=_named(data["uses_of_time"]),
        retention=_named(data["retention"]),
        kept_papers=_any(data["kept_papers"], whole=False),
        saved_things=_any(data["saved_things"], whole=False),
        delegating=re.compile(data["delegating"], re.IGNORECASE),
        governing_rules=re.compile(data["governing_rules"], re.IGNORECASE),
        retention_triggers=re.compile(data["retention_triggers"], re.IGNORECASE),
        prohibited=_named(data["prohibited_content"]),
        forbidding=re.compile(data["forbidding"], re.IGNORECASE),
        counted=_any(data["counted"], whole=True),
    )


def _named(groups: dict[str, list[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _any(words, whole=True)) for name, words in groups.items())


def _any(words: list[str], *, whole: bool) -> re.Pattern[str]:
    left = r"(?<![\wåäö-])" if whole else ""
    return re.compile(left + "(?:" + "|".join(words) + ")", re.IGNORECASE)
