"""The smallest automaton that accepts a list of words, and how it is built (Daciuk and others 2000, sorted input)."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.swedish.options import Option, Options

# A bit for each byte, so that a state's edges can be held against what is looked for at once: one for each of the 28
# commonest letters, the rare ones share the last. Numbers of 30 bits are the fastest there are.
_OWN_BITS = "abcdefghijklmnoprstuvxyzåäöé".encode("latin-1")
LABEL_BITS = tuple(1 << (_OWN_BITS.index(byte) if byte in _OWN_BITS else 28) for byte in range(256))
# The bit of states in which a word ends.
FINAL = 1 << 29
# Moves of so many states and places are kept, some 300 bytes each.
_MOST_KEPT = 200_000

# A step that an option allows from a state: the option's place among all, the logarithm of its share, how many printed
# letters it takes, the state that it leads to, how many words are accepted before those behind it, that state's bits,
# and the option.
Move = tuple[int, float, int, int, int, int, "Option"]


@dataclass(frozen=True, slots=True)
class Automaton:
    """The smallest automaton that accepts a list of words; a word's index is its place in the sorted list.

    Attributes:
        root: The state to begin in.
        first: For each state, where its edges begin; one more at the end.
        labels: For each edge, the byte (Latin-1) it reads; sorted within a state.
        targets: For each edge, the state it leads to.
        skips: For each edge, how many words are accepted before those behind it.
        final: For each state, 1 if a word ends there.
        moves: For a place's options (their number) and a state what they lead to, as far as it was asked for.
    """

    root: int
    first: array[int]
    labels: bytes
    targets: array[int]
    skips: array[int]
    final: bytes
    moves: dict[int, list[Move]] = field(default_factory=dict, compare=False, repr=False)
    _bits: array[int] = field(default_factory=lambda: array("I"), compare=False, repr=False)

    @property
    def bits(self) -> array[int]:
        """For each state the bits of its edges' labels, and FINAL if a word ends there; worked out when first asked."""
        if not self._bits:
            import numpy

            first = numpy.frombuffer(self.first, dtype=numpy.uint32)
            bits = (numpy.frombuffer(self.final, dtype=numpy.uint8) > 0).astype(numpy.uint32) * numpy.uint32(FINAL)
            labels = numpy.array(LABEL_BITS, dtype=numpy.uint32)[numpy.frombuffer(self.labels, dtype=numpy.uint8)]
            numpy.bitwise_or.at(bits, numpy.repeat(numpy.arange(len(bits)), numpy.diff(first)), labels)
            self._bits.frombytes(bits.tobytes())
        return self._bits

    def moves_of(self, options: Options, state: int) -> list[Move]:
        """What the options lead to from a state, likeliest first; kept for options that last, which are met again."""
        begins, bits = options.begins, self.bits
        moves: list[Move] = []
        for edge in range(self.first[state], self.first[state + 1]):
            known = begins.get(self.labels[edge])
            if known is None:
                continue
            target, skip = self.targets[edge], self.skips[edge]
            own = bits[target]
            for rank, option in known:
                share, length, code, *_ = option
                if len(code) == 1:
                    moves.append((rank, share, length, target, skip, own, option))
                else:
                    last, words = self._follow(code[1:], target, skip)
                    if last >= 0:
                        moves.append((rank, share, length, last, words, bits[last], option))
        moves.sort()
        if options.lasting and len(self.moves) < _MOST_KEPT:
            self.moves[options.number + state] = moves
        return moves

    def _follow(self, word: bytes, state: int, skip: int) -> tuple[int, int]:
        """Where a word leads to from a state, -1 for nowhere, and how many words are accepted before."""
        for byte in word:
            edge = self.labels.find(byte, self.first[state], self.first[state + 1])
            if edge < 0:
                return -1, 0
            skip += self.skips[edge]
            state = self.targets[edge]
        return state, skip

    def find(self, word: bytes) -> int:
        """The index of a word, or -1."""
        state, index = self.root, 0
        for byte in word:
            edge = self.labels.find(byte, self.first[state], self.first[state + 1])
            if edge < 0:
                return -1
            index += self.skips[edge]
            state = self.targets[edge]
        return index if self.final[state] else -1

    def prefixes(self, word: bytes, start: int) -> list[tuple[int, int]]:
        """All words that begin at `start` in `word`, as (end, index)."""
        state, index = self.root, 0
        found: list[tuple[int, int]] = []
        for position in range(start, len(word)):
            edge = self.labels.find(word[position], self.first[state], self.first[state + 1])
            if edge < 0:
                break
            index += self.skips[edge]
            state = self.targets[edge]
            if self.final[state]:
                found.append((position + 1, index))
        return found


class _State:
    __slots__ = ("edges", "final", "number", "words")

    def __init__(self) -> None:
        self.edges: list[tuple[int, _State]] = []
        self.final = False
        self.number = -1
        self.words = 0


def build_automaton(words: Iterable[bytes]) -> Automaton:
    """The automaton of words that come sorted and without doubles; a word's index is its place in that order.

    Raises:
        ValueError: The words are not sorted.
    """
    register: dict[tuple[bool, tuple[tuple[int, int], ...]], _State] = {}

    def freeze(state: _State) -> _State:
        key = (state.final, tuple((label, child.number) for label, child in state.edges))
        known = register.get(key)
        if known is not None:
            return known
        state.number = len(register)
        state.words = int(state.final) + sum(child.words for _, child in state.edges)
        register[key] = state
        return state

    root = _State()
    path = [root]
    previous = b""
    for word in words:
        if word <= previous and previous:
            raise ValueError(f"the words are not sorted at {word!r}")
        common = 0
        limit = min(len(word), len(previous))
        while common < limit and word[common] == previous[common]:
            common += 1
        _close(path, common, freeze)
        for label in word[common:]:
            child = _State()
            path[-1].edges.append((label, child))
            path.append(child)
        path[-1].final = True
        previous = word
    _close(path, 0, freeze)
    return _pack(freeze(root), [*register.values()])


def _close(path: list[_State], depth: int, freeze: Callable[[_State], _State]) -> None:
    while len(path) > depth + 1:
        child = path.pop()
        label, _ = path[-1].edges[-1]
        path[-1].edges[-1] = (label, freeze(child))


def _pack(root: _State, states: list[_State]) -> Automaton:
    first, targets, skips = array("I", [0]), array("I"), array("I")
    labels, final = bytearray(), bytearray()
    for state in sorted(states, key=lambda state: state.number):
        skip = int(state.final)
        for label, child in state.edges:
            labels.append(label)
            targets.append(child.number)
            skips.append(skip)
            skip += child.words
        final.append(state.final)
        first.append(len(labels))
    return Automaton(root.number, first, bytes(labels), targets, skips, bytes(final))
