"""Swedish normative language as data, read once from normative.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.swedish.datafiles import read_tree


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The extractor's words; forms and lemmas in lower case, patterns over lower-case text."""

    modals: dict[str, tuple[str, str]]
    words: dict[str, frozenset[str]]
    states: tuple[tuple[str, re.Pattern[str]], ...]
    forces: tuple[tuple[re.Pattern[str], frozenset[str], str], ...]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    account_openers: tuple[re.Pattern[str], ...]
    hearsay_openers: tuple[re.Pattern[str], ...]
    patterns: dict[str, re.Pattern[str]]
    actors: dict[str, frozenset[str]]
    role_ending: re.Pattern[str]
    unit_ending: re.Pattern[str]
    media_subject: re.Pattern[str]

    def proposes(self, text: str) -> bool:
        """Whether the words put something forward that nobody has decided ("Förvaltningen föreslår att")."""
        return self.patterns["proposes"].search(text) is not None

    def has(self, group: str, word: str) -> bool:
        """Whether a word belongs to a group of normative.yaml."""
        return word in self.words[group]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    data: dict[str, Any] = read_tree("normative.yaml")
    actors = data["actors"]
    return Lexicon(
        modals={form: (pair[0], pair[1]) for form, pair in data["modals"].items()},
        words={
            name: frozenset(v) for name, v in data.items() if isinstance(v, list) and all(isinstance(x, str) for x in v)
        },
        # Negated states are looked for first: "inte tillåtet" contains "tillåtet".
        states=tuple(
            (
                modality,
                re.compile(rf"\b(?:är|vara|blir|anses) (?:\w+ ){{0,2}}?(?:{'|'.join(data['states'][modality])})(?!\w)"),
            )
            for modality in ("must_not", "should_not", "must", "should", "may")
        ),
        forces=tuple((re.compile(p), frozenset(of), becomes) for p, of, becomes in data["forces"]),
        phrases=tuple((re.compile(pattern), modality) for pattern, modality in data["phrases"]),
        account_openers=tuple(re.compile(p) for p in data["account_openers"]),
        hearsay_openers=tuple(re.compile(p) for p in data["hearsay_openers"]),
        patterns={name: re.compile(p, re.IGNORECASE) for name, p in data["patterns"].items()},
        actors={name: frozenset(words) for name, words in actors.items()},
        media_subject=re.compile(data["media_subjects"]),
        role_ending=_ending(actors["role_endings"]),
        unit_ending=_ending(actors["unit_endings"]),
    )


def _ending(words: list[str]) -> re.Pattern[str]:
    """A pattern for words that end in one of some words, alone or as the last part of a compound."""
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?i)(?:^|[\wåäö-])(?:{'|'.join(longest_first)})$")
