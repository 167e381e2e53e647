"""The words of the undamaged documents of a run: names and terms of sister documents are the best lexicon there is."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.records.repair import RunWord
from pipeline.repair.accents import with_whole_letters
from pipeline.swedish.automaton import build_automaton
from pipeline.swedish.lexicon import ALONE, NAME, NEVER, TRUSTED, Lexicon

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class RunLexicon:
    """Words of the run's undamaged documents, sorted, with their counts."""

    words: tuple[RunWord, ...]

    @property
    def sha256(self) -> str:
        """The hash of its content: part of the key of every damaged document."""
        lines = "".join(f"{word.word}\t{word.count}\t{word.documents}\n" for word in self.words)
        return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def build_run_lexicon(texts: Iterable[str]) -> RunLexicon:
    """The words of texts, as written, with how often and in how many texts they stand.

    Args:
        texts: Undamaged texts; which those are is for the caller to know (`score_damage`).
    """
    counts: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for text in texts:
        words = Counter(_WORD.findall(with_whole_letters(text)))
        counts.update(words)
        documents.update(words.keys())
    return RunLexicon(tuple(RunWord(word, counts[word], documents[word]) for word in sorted(counts)))


@dataclass(frozen=True, slots=True)
class RunWords:
    """A run lexicon made ready for look-up: its words as an automaton with flags, and their logarithmic shares."""

    lexicon: Lexicon
    shares: dict[str, float]


@lru_cache(maxsize=4)
def prepare_run_words(run: RunLexicon) -> RunWords:
    """The run lexicon as a small lexicon in lower case; a word that is never written small is a name."""
    counts: Counter[str] = Counter()
    small: set[str] = set()
    for word in run.words:
        lower = word.word.lower()
        if all(ord(letter) < 256 for letter in lower):
            counts[lower] += word.count
            if word.word == lower:
                small.add(lower)
    ordered = sorted(counts, key=lambda word: word.encode("latin-1"))
    total = sum(counts.values()) + 1000
    shares = {word: math.log(counts[word] / total) for word in ordered}
    flags = bytes(ALONE | TRUSTED | (0 if word in small else NAME) for word in ordered)
    costs = bytes(min(254, round(-8 * shares[word] / math.log(2))) for word in ordered)
    never = bytes([NEVER]) * len(ordered)
    return RunWords(
        Lexicon(build_automaton(word.encode("latin-1") for word in ordered), flags, costs, never, never), shares
    )
