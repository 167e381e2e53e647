"""The Swedish lexicon: which words exist, how common they are, and which compounds can be made of them."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.packed import read_packed, write_packed
from pipeline.swedish.automaton import Automaton

MODELS = Path(__file__).parent / "models" / "repair"

# Flags of a word.
ALONE, BEGINS, ENDS, NAME, TRUSTED, FOREIGN = 1, 2, 4, 8, 16, 32

# A cost byte counts eighths of a bit; 255 stands for "never".
NEVER = 255
NATS = tuple(-byte / 8 * math.log(2) for byte in range(256))

_SHORTEST_PART = 3
# How many words' look-ups are kept.
_MOST_KNOWN = 200_000
_COMPOUND_PENALTY = math.log(0.05)
# A productive compound that nobody has written before is rarer than its parts say.
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in lower case with flags and costs, and the compounds that can be made of them.

    Attributes:
        automaton: Accepts every form, also those that only stand in compounds.
        flags: For each word, ALONE, BEGINS, ENDS, NAME, TRUSTED, FOREIGN added up.
        costs: For each word, its cost alone, in eighths of a bit.
        begin_costs: The same for the word as first part of a compound.
        end_costs: The same for the word as last part of a compound.
        kept: What was found for printed words, for most words of a document stand in others, too.
    """

    automaton: Automaton
    flags: bytes
    costs: bytes
    begin_costs: bytes
    end_costs: bytes
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    _known: dict[str, float | None] = field(default_factory=dict, compare=False, repr=False)
    _indices: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    _flags: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def index(self, word: str) -> int:
        """The word's index, or -1; the word must be in lower case."""
        index = self._indices.get(word)
        if index is None:
            try:
                index = self.automaton.find(word.encode("latin-1"))
            except UnicodeEncodeError:
                index = -1
            if len(self._indices) < _MOST_KNOWN:
                self._indices[word] = index
        return index

    def log_probability(self, word: str) -> float | None:
        """The natural logarithm of the share of running text that the word or compound has; None for no Swedish word.

        Args:
            word: In any case; hyphenated words are judged part by part where the whole is unknown.
        """
        lower = word.lower()
        if lower in self._known:
            return self._known[lower]
        value = self._log_probability(lower)
        if len(self._known) < _MOST_KNOWN:
            self._known[lower] = value
        return value

    def is_word(self, word: str) -> bool:
        """Whether the word, or the compound, is Swedish (or a common English word)."""
        return self.log_probability(word) is not None

    def is_trusted(self, word: str) -> bool:
        """Whether the word exists, and not only in small letters on the web ("til")."""
        flags = self.flags_of(word)
        return self.is_word(word) and (not word.islower() or not flags or bool(flags & TRUSTED))

    def flags_of(self, word: str) -> int:
        """The word's flags, 0 for what is not in the lexicon itself."""
        flags = self._flags.get(word)
        if flags is None:
            index = self.index(word.lower())
            flags = self.flags[index] if index >= 0 else 0
            if len(self._flags) < _MOST_KNOWN:
                self._flags[word] = flags
        return flags

    def _log_probability(self, lower: str) -> float | None:
        index = self.index(lower)
        if index >= 0 and self.flags[index] & ALONE:
            return NATS[self.costs[index]]
        if "-" in lower:
            parts = [self.log_probability(part) for part in lower.split("-") if part]
            known = [part for part in parts if part is not None]
            return sum(known) if known and len(known) == len(parts) else None
        try:
            return self._compound(lower.encode("latin-1"))
        except UnicodeEncodeError:
            return None

    def _compound(self, word: bytes) -> float | None:
        """The best way to put the word together of a first part, middle parts and a last part."""
        best: dict[int, tuple[float, int]] = {0: (0.0, 0)}
        answer: float | None = None
        for start in range(len(word)):
            if start not in best:
                continue
            cost, parts = best[start]
            for end, index in self.automaton.prefixes(word, start):
                if end - start < _SHORTEST_PART:
                    continue
                if end == len(word):
                    if parts and self.flags[index] & ENDS:
                        total = cost + NATS[self.end_costs[index]]
                        answer = total if answer is None else max(answer, total)
                elif self.flags[index] & BEGINS and parts + 1 < _MOST_PARTS:
                    total = cost + NATS[self.begin_costs[index]] + _COMPOUND_PENALTY
                    if end not in best or best[end][0] < total:
                        best[end] = (total, parts + 1)
        return answer


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon that ships with the package; read once per process."""
    return read_lexicon(MODELS / "lexicon.zst")


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon written by the builder."""
    blocks = read_blocks(path)
    automaton = Automaton(
        blocks["root"][0],
        blocks["first"],
        blocks["labels"].tobytes(),
        blocks["targets"],
        blocks["skips"],
        blocks["final"].tobytes(),
    )
    return Lexicon(
        automaton,
        blocks["flags"].tobytes(),
        blocks["costs"].tobytes(),
        blocks["begin_costs"].tobytes(),
        blocks["end_costs"].tobytes(),
    )


def read_blocks(path: Path) -> dict[str, array[int]]:
    """The arrays of a packed model file: a line of JSON with names, types and lengths, then the arrays."""
    held = read_packed(path)
    begin = held.index(b"\n") + 1
    blocks: dict[str, array[int]] = {}
    for name, kind, length in json.loads(held[:begin]):
        block = array(kind)
        end = begin + length * block.itemsize
        block.frombytes(memoryview(held)[begin:end])
        blocks[name], begin = block, end
    return blocks


def write_blocks(path: Path, blocks: dict[str, array[int]]) -> None:
    """Write arrays as `read_blocks` reads them, the same bytes for the same arrays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = json.dumps([[name, block.typecode, len(block)] for name, block in blocks.items()])
    content = b"".join([header.encode("ascii") + b"\n", *(block.tobytes() for block in blocks.values())])
    write_packed(path, content)
