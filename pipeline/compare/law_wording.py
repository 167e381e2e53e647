"""What in a passage is worded by law: two who repeat an act's words have not taken them from each other.

The acts that municipal texts repeat are kept as numbers of their runs of longer words (law_runs.zst, written by
benchmarks/law_runs.py from the statutes, which are free of copyright): a run that stands there is the act's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np

from pipeline.compare.commonplaces import LEAST_LETTERS, STEM, pairs_of
from pipeline.compare.sentences import own_words
from pipeline.packed import read_packed

PATH = Path(__file__).with_name("law_runs.zst")

RUN = 4
"""Longer words in a row that are an act's own: three of "ska lämna den enskilde" anybody writes."""

MOST_BY_LAW = 0.5
"""Share of the words that two passages have in common from which on they have it from the act."""

_BETWEEN = frozenset({"eller", "samt"})


def runs_of(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The runs of longer words of a text: the number of each, which is the same everywhere, and its stems.

    The acts that it names are left out: "uppvigling i 16 kap. 5 § brottsbalken, hets mot folkgrupp i ..." is a list of
    crimes, which municipalities write without the sections, and with "eller" elsewhere.
    """
    words = own_words(text)[0].split(" ")
    stems = [word[:STEM] for word in words if len(word) >= LEAST_LETTERS and word not in _BETWEEN]
    for at in range(len(stems) - RUN + 1):
        run = tuple(stems[at : at + RUN])
        yield int.from_bytes(blake2b(" ".join(run).encode(), digest_size=4).digest(), "little"), run


@lru_cache(maxsize=1 << 14)
def stems_by_law(text: str) -> frozenset[str]:
    """The longer words of a text, by their beginnings, that stand in a run of an act."""
    known = _runs()
    return frozenset(stem for number, run in runs_of(text) if number in known for stem in run)


def is_worded_by_law(one: str, other: str) -> bool:
    """Whether what two passages have in common is an act's wording for the most part."""
    shared = pairs_of(own_words(one)[0]) & pairs_of(own_words(other)[0])
    stems = {stem for pair in shared for stem in pair}.difference(_BETWEEN)
    by_law = stems & (stems_by_law(one) | stems_by_law(other))
    return bool(stems) and len(by_law) >= MOST_BY_LAW * len(stems)


@cache
def _runs() -> frozenset[int]:
    return frozenset(np.frombuffer(read_packed(PATH), dtype="<u4").tolist())
