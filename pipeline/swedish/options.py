"""What letters of a printed word may stand for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from pipeline.swedish.automaton import LABEL_BITS

# One thing that letters may stand for: the logarithm of its share, how many printed letters it takes, the true ones'
# bytes in the automaton, the true letters, its key among the channel's shares, and whether they stand for themselves.
Option = tuple[float, int, bytes, str, tuple[str, str], bool]

# In steps of this part of 1 (natural logarithm) it is known what may be had for how much.
STEPS = 2
_MOST_STEPS = 40
_numbers = count(1)


class Options:
    """All that the letters at a place may stand for.

    Attributes:
        begins: For each byte that true letters begin with, the options that do, each with its place among all.
        wanted: For each cost in STEPS the bits (LABEL_BITS) of what may begin here for it, or for one step more: a
            state of the automaton none of whose edges has one of them leads nowhere.
        lasting: Whether they are those of all documents, not of one.
        number: Tells them apart, with room for the number of a state below.
    """

    __slots__ = ("begins", "lasting", "number", "wanted")

    def __init__(self, options: Sequence[Option], *, lasting: bool) -> None:
        """Take the options, likeliest first."""
        self.lasting = lasting
        self.begins: dict[int, list[tuple[int, Option]]] = {}
        for rank, option in enumerate(options):
            self.begins.setdefault(option[2][0], []).append((rank, option))
        self.number = next(_numbers) << 32
        self.wanted: list[int] = []
        bits = at = 0
        for step in range(_MOST_STEPS):
            while at < len(options) and -options[at][0] * STEPS <= step + 1 + 1e-6:
                bits |= LABEL_BITS[options[at][2][0]]
                at += 1
            self.wanted.append(bits)
