"""The smallest automaton that accepts a list of words, and how it is built (Daciuk and others 2000, sorted input)."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

# States whose edges are kept as a table, some 300 bytes each.
_MOST_KEPT = 200_000


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
    """

    root: int
    first: array[int]
    labels: bytes
    targets: array[int]
    skips: array[int]
    final: bytes
    _edges: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict, compare=False, repr=False)

    def edges(self, state: int) -> dict[int, tuple[int, int]]:
        """The edges of a state as byte: (target, skip); those of states met often are kept."""
        edges = self._edges.get(state)
        if edges is None:
            edges = {
                self.labels[edge]: (self.targets[edge], self.skips[edge])
                for edge in range(self.first[state], self.first[state + 1])
            }
            if len(self._edges) < _MOST_KEPT:
                self._edges[state] = edges
        return edges

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
