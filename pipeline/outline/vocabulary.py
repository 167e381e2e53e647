"""The words by which the outline knows the parts of a document, read once from vocabulary.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.trees import parse_tree


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The outline's words and patterns; patterns are over lower-case text."""

    leading_on: frozenset[str]
    title_openers: frozenset[str]
    asking: frozenset[str]
    particles: frozenset[str]
    finite_verbs: frozenset[str]
    section_titles: tuple[tuple[str, re.Pattern[str]], ...]
    letter_titles: tuple[re.Pattern[str], ...]
    draft_marks: re.Pattern[str]
    closing_lines: re.Pattern[str]
    decided_titles: re.Pattern[str]
    minutes_titles: re.Pattern[str]
    proposing_titles: re.Pattern[str]
    adopted_here: re.Pattern[str]
    document_words: frozenset[str]
    document_types: tuple[tuple[str, re.Pattern[str]], ...]
    metadata_labels: tuple[tuple[str, re.Pattern[str]], ...]
    adopting_stems: tuple[str, ...]
    keeping_stems: tuple[str, ...]
    replacing_stems: tuple[str, ...]
    applying_stems: tuple[str, ...]
    metadata_lines: dict[str, re.Pattern[str]]
    keepers: tuple[re.Pattern[str], ...]
    keepers_of_it: tuple[re.Pattern[str], ...]
    recommends: tuple[re.Pattern[str], ...]
    site_lines: re.Pattern[str]
    site_signs: tuple[re.Pattern[str], ...]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with the package."""
    data = parse_tree((files("pipeline.outline") / "vocabulary.yaml").read_text("utf-8"))
    parts: dict[str, str] = data["parts"]

    def line(pattern: str) -> re.Pattern[str]:
        while (named := _PART.search(pattern)) is not None:
            pattern = pattern[: named.start()] + parts[named[1]] + pattern[named.end() :]
        return re.compile(pattern, re.IGNORECASE)

    return Vocabulary(
        leading_on=frozenset(data["leading_on"]),
        title_openers=frozenset(data["title_openers"]),
        asking=frozenset(data["asking"]),
        particles=frozenset(data["particles"]),
        finite_verbs=frozenset(data["finite_verbs"]),
        section_titles=_named(data["section_titles"]),
        letter_titles=tuple(re.compile(p) for p in data["letter_titles"]),
        draft_marks=re.compile(data["draft_marks"]),
        closing_lines=re.compile(_either(data["closing_lines"]), re.IGNORECASE),
        decided_titles=re.compile(data["decided_titles"]),
        minutes_titles=re.compile(data["minutes_titles"]),
        proposing_titles=re.compile(data["proposing_titles"]),
        adopted_here=re.compile(data["adopted_here"]),
        document_words=frozenset(data["document_words"]),
        document_types=_named(data["document_types"]),
        metadata_labels=_named(data["metadata_labels"]),
        adopting_stems=tuple(data["adopting_stems"]),
        keeping_stems=tuple(data["keeping_stems"]),
        replacing_stems=tuple(data["replacing_stems"]),
        applying_stems=tuple(data["applying_stems"]),
        metadata_lines={name: line(p) for name, p in data["metadata_lines"].items()},
        keepers=tuple(map(line, data["keepers"])),
        keepers_of_it=tuple(map(line, data["keepers_of_it"])),
        recommends=tuple(re.compile(p) for p in data["recommends"]),
        site_lines=re.compile(_either(data["site_lines"])),
        site_signs=tuple(re.compile(p) for p in data["site_signs"]),
    )


_PART = re.compile(r"\{([a-z_]+)\}")
"""The name of a part, in braces; what is said of repetitions holds figures."""


def _named(groups: dict[str, list[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(_either(patterns))) for name, patterns in groups.items())


def _either(patterns: list[str]) -> str:
    """A pattern for what any of the patterns matches."""
    return "|".join(f"(?:{p})" for p in patterns)


def may_say(stems: tuple[str, ...], words: str) -> bool:
    """Whether words hold one of some stems, in whatever case: what is asked of a line before an expression is."""
    low = words.lower()
    return any(stem in low for stem in stems)


def type_of(words: str) -> str:
    """The document type a title or label names, empty where none; the type named first wins."""
    best: tuple[int, str] | None = None
    for name, pattern in vocabulary().document_types:
        for found in re.finditer(rf"(?<![\wåäö-])(?:{pattern.pattern})(?![\wåäö-])", words.lower()):
            if best is None or found.start() < best[0]:
                best = (found.start(), name)
            break
    return best[1] if best else ""
