"""The cue language at work: which cues of a list hold for the words of a text, found by an index over words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+(?:[-.]\w+)*")


def split_words(text: str) -> tuple[str, ...]:
    """The case-folded words of a text, in order; hyphenated words and web addresses are one word each."""
    return tuple(_WORD.findall(text.casefold()))


@dataclass(slots=True)
class WordIndex:
    """Finds the patterns that a word fits: exact, with a * at either end, or at both."""

    exact: dict[str, list[int]] = field(default_factory=dict)
    prefixes: dict[str, list[int]] = field(default_factory=dict)
    suffixes: dict[str, list[int]] = field(default_factory=dict)
    infixes: dict[str, list[int]] = field(default_factory=dict)

    def add(self, pattern: str, number: int) -> None:
        """Index a word pattern under a number."""
        kinds = {(False, False): self.exact, (False, True): self.prefixes, (True, False): self.suffixes}
        kind = kinds.get((pattern.startswith("*"), pattern.endswith("*")), self.infixes)
        kind.setdefault(pattern.strip("*").casefold(), []).append(number)

    def find(self, word: str) -> frozenset[int]:
        """The numbers of all patterns that the word fits."""
        return frozenset(self._search(word))

    def _search(self, word: str) -> Iterator[int]:
        yield from self.exact.get(word, ())
        for cut in range(1, len(word) + 1):
            yield from self.prefixes.get(word[:cut], ())
            yield from self.suffixes.get(word[-cut:], ())
        for infix, numbers in self.infixes.items():
            if infix in word:
                yield from numbers


@dataclass(frozen=True, slots=True)
class _Fit:
    """What a word brings: the patterns it fits, the terms that are there with it alone, the phrases it may begin."""

    patterns: frozenset[int]
    terms: frozenset[int]
    phrases: tuple[tuple[tuple[int, ...], int], ...]


@dataclass(frozen=True, slots=True)
class CompiledCue:
    """A cue as numbers of terms: what must occur, what must not, in the order written."""

    owner: int
    wanted: tuple[int, ...]
    unwanted: tuple[int, ...]


class CueIndex:
    """Lists of terms, compiled once; tells which hold for a sequence of words."""

    def __init__(self, cues: Iterable[Sequence[str]]) -> None:
        self._words = WordIndex()
        self._fits: dict[str, _Fit] = {}
        self._terms: dict[str, int] = {}
        self._patterns: dict[str, int] = {}
        self._phrases: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        self._term_of: dict[int, list[int]] = {}
        self.cues = tuple(self._compile(owner, terms) for owner, terms in enumerate(cues))
        self._by_term: dict[int, list[CompiledCue]] = {}
        self._wanting: dict[int, list[tuple[int, int]]] = {}
        self._without_words = tuple(cue for cue in self.cues if not cue.wanted)
        for cue in self.cues:
            for place, term in enumerate(dict.fromkeys(cue.wanted)):
                self._wanting.setdefault(term, []).append((cue.owner, place))
                if place == 0:
                    self._by_term.setdefault(term, []).append(cue)

    @classmethod
    def of_terms(cls, cues: Iterable[str | Sequence[str]]) -> CueIndex:
        """The index of cues as data files list them: one that wants a single term may be that term alone."""
        return cls([cue] if isinstance(cue, str) else cue for cue in cues)

    def find_terms(self, words: Sequence[str]) -> frozenset[int]:
        """The numbers of the terms that occur among the words."""
        fits = [self._fits.get(word) or self._fit(word) for word in words]
        found: set[int] = set()
        for at, fit in enumerate(fits):
            if fit.terms:
                found |= fit.terms
            if fit.phrases:
                found.update(self._phrases_at(fits, at))
        return frozenset(found)

    def count_words(self, words: Sequence[str]) -> int:
        """At how many of the words a term begins."""
        fits = [self._fits.get(word) or self._fit(word) for word in words]
        return sum(bool(fit.terms) or any(True for _ in self._phrases_at(fits, at)) for at, fit in enumerate(fits))

    def holding(self, here: frozenset[int], around: frozenset[int] = frozenset()) -> Iterator[int]:
        """The places in the list of the cues that hold.

        The first wanted term must occur here, the others here or around; an unwanted one must not occur here.
        """
        everywhere = here | around
        for cue in self._without_words:
            if here.isdisjoint(cue.unwanted):
                yield cue.owner
        for term in here:
            for cue in self._by_term.get(term, ()):
                if everywhere.issuperset(cue.wanted) and here.isdisjoint(cue.unwanted):
                    yield cue.owner

    def holds(self, text: str) -> bool:
        """Whether some cue holds for the words of a text."""
        return next(self.holding(self.find_terms(split_words(text))), None) is not None

    def shares(self, here: frozenset[int]) -> Iterator[tuple[int, bool, float]]:
        """For each cue with a wanted term here: its place, whether the first one is, and the share of the others."""
        found: dict[int, list[int]] = {}
        for term in here:
            for owner, place in self._wanting.get(term, ()):
                found.setdefault(owner, []).append(place)
        for owner, places in sorted(found.items()):
            others = len(self.cues[owner].wanted) - 1
            yield owner, 0 in places, sum(place > 0 for place in places) / max(others, 1)

    def _fit(self, word: str) -> _Fit:
        """What a word brings, worked out once: texts have far fewer words than places where they stand."""
        patterns = self._words.find(word)
        terms = frozenset(term for number in patterns for term in self._term_of.get(number, ()))
        phrases = tuple(phrase for number in sorted(patterns) for phrase in self._phrases.get(number, ()))
        return self._fits.setdefault(word, _Fit(patterns, terms, phrases))

    @staticmethod
    def _phrases_at(fits: Sequence[_Fit], at: int) -> Iterator[int]:
        room = len(fits) - at
        for phrase, term in fits[at].phrases:
            if len(phrase) > room:
                continue
            # The first word fits, or the phrase would not be among those that it may begin.
            place = at
            for pattern in phrase[1:]:
                place += 1
                if pattern not in fits[place].patterns:
                    break
            else:
                yield term

    def _compile(self, owner: int, terms: Sequence[str]) -> CompiledCue:
        wanted = tuple(self._number_term(t) for t in terms if not t.startswith("!"))
        unwanted = tuple(self._number_term(t.removeprefix("!")) for t in terms if t.startswith("!"))
        return CompiledCue(owner, wanted, unwanted)

    def _number_term(self, term: str) -> int:
        if term not in self._terms:
            number = self._terms[term] = len(self._terms)
            for alternative in term.split("|"):
                pattern = tuple(self._number_pattern(word) for word in alternative.split())
                if len(pattern) == 1:
                    self._term_of.setdefault(pattern[0], []).append(number)
                else:
                    self._phrases.setdefault(pattern[0], []).append((pattern, number))
        return self._terms[term]

    def _number_pattern(self, word: str) -> int:
        if word not in self._patterns:
            self._patterns[word] = len(self._patterns)
            self._words.add(word, self._patterns[word])
        return self._patterns[word]
