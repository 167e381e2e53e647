"""The channel: what an engine without å, ä and ö prints for each letter."""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from pipeline.swedish.lexicon import MODELS
from pipeline.swedish.options import Options

# A true segment that begins a word is marked so: engines err otherwise on first letters ("6ver", "Ar" for "är").
INITIAL = "^"

_LEAST_SHARE = 1e-5
# Observations that the other place in the word is worth.
_LENT = 20.0
# So little (natural logarithm) may a document differ from others without another search for its words.
_SLIGHT = 0.1
# So often must a document show a confusion that is new.
_TELLS = 2


@dataclass(frozen=True, slots=True)
class Channel:
    """Confusion shares: for each read segment the true segments it may stand for, with the logarithm of P(read | true).

    Attributes:
        shares: P(read | true) for each (true, read); a true segment at a word's beginning carries INITIAL.
        inner: For each read segment inside a word, (true segment, log share), best first.
        initial: The same for the first letter of a word.
        options: What was looked up for the letters of a place (the search for candidates fills it).
        base: The channel that this one was changed from.
        changed: The read segments whose shares differ from the base's.
        moved: For each (true, read) of the base that has another share here, the logarithm of it.
        gains: For each read segment, at a word's beginning and within, the most that the logarithm of a share grew.
        fresh: The read segments that stand for something here that they did not in the base, or no longer do.
    """

    shares: Mapping[tuple[str, str], float]
    inner: Mapping[str, tuple[tuple[str, float], ...]]
    initial: Mapping[str, tuple[tuple[str, float], ...]]
    options: dict[tuple[str, bool, bool, bool], Options] = field(default_factory=dict, compare=False, repr=False)
    base: Channel | None = field(default=None, compare=False, repr=False)
    changed: frozenset[str] = frozenset()
    moved: Mapping[tuple[str, str], float] = field(default_factory=dict)
    gains: Mapping[tuple[bool, str], float] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()

    def for_word(self, read: str) -> Channel:
        """The channel that a printed word needs: the one that this was changed from, where no change concerns it."""
        if self.base is None:
            return self
        lower = read.lower()
        for segment in self.changed:
            if segment in read or segment in lower:
                return self
        return self.base

    def slack(self, text: str) -> float:
        """How much likelier a reading of a text may be here than in the base, at most; infinite for new readings."""
        if any(segment in text for segment in self.fresh):
            return math.inf
        slack = 0.0
        for (begins, segment), gain in self.gains.items():
            slack += gain * (text.startswith(segment) if begins else text.count(segment, 1))
        return slack


def make_channel(shares: Mapping[tuple[str, str], float]) -> Channel:
    """A channel from P(read | true); identities that are missing are taken as certain."""
    inner: dict[str, list[tuple[str, float]]] = defaultdict(list)
    initial: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (true, read), share in sorted(shares.items()):
        if share < _LEAST_SHARE:
            continue
        if true.startswith(INITIAL):
            initial[read].append((true[1:], math.log(share)))
        else:
            inner[read].append((true, math.log(share)))
    return Channel(dict(shares), _order(inner), _order(initial))


def _order(options: Mapping[str, list[tuple[str, float]]]) -> dict[str, tuple[tuple[str, float], ...]]:
    return {read: tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0]))) for read, pairs in sorted(options.items())}


@lru_cache(maxsize=1)
def load_channel() -> Channel:
    """The channel learned from rendered pages, which ships with the package."""
    return read_channel(MODELS / "confusions.csv")


def read_channel(path: Path) -> Channel:
    """Read confusion counts (columns true, read, count, total) as a channel.

    What was seen at the beginnings of words lends some weight to the insides, and the other way round.
    """
    counts: Counter[tuple[str, str]] = Counter()
    totals: dict[str, int] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            counts[row["true"], row["read"]] = int(row["count"])
            totals[row["true"]] = int(row["total"])
    shares: dict[tuple[str, str], float] = {}
    for body, read in sorted({(true.removeprefix(INITIAL), read) for true, read in counts}):
        places = (body, INITIAL + body)
        total = sum(totals.get(true, 0) for true in places)
        overall = sum(counts[true, read] for true in places) / total
        for true in places:
            shares[true, read] = (counts[true, read] + _LENT * overall) / (totals.get(true, 0) + _LENT)
    return make_channel(shares)


def adapt_channel(channel: Channel, seen: Mapping[tuple[str, str], float], *, trust: float = 60.0) -> Channel:
    """The channel re-weighed by what a document's own confident repairs show.

    Args:
        channel: The general channel.
        seen: For each (true, read) segment of the repairs, how often it was met, doubtful ones in part.
        trust: How many observations the general channel is worth for each true segment.
    """
    counts = seen
    totals: dict[str, float] = defaultdict(float)
    for (true, _), count in counts.items():
        totals[true] += count
    shares: dict[tuple[str, str], float] = {}
    for (true, read), share in channel.shares.items():
        total = totals.get(true, 0.0)
        shares[true, read] = (share * trust + counts.get((true, read), 0.0)) / (trust + total) if total else share
        if not read or abs(math.log(shares[true, read] / share)) < _SLIGHT:
            shares[true, read] = share
    for (true, read), count in sorted(counts.items()):
        # What the rendered pages never showed, but this document does again and again.
        if count >= _TELLS and (true, read) not in shares:
            shares[true, read] = count / (trust + totals[true])
    return change_channel(channel, shares)


def change_channel(channel: Channel, shares: Mapping[tuple[str, str], float]) -> Channel:
    """A channel with other shares that knows what it was changed from.

    Args:
        channel: The channel as it was, or one that was changed itself.
        shares: All shares of the new one.
    """
    base = channel.base or channel
    changed = {read for key, share in shares.items() if channel.shares.get(key) != share for read in key[1:]}
    moved: dict[tuple[str, str], float] = {}
    gains: dict[tuple[bool, str], float] = {}
    fresh: set[str] = set()
    for key, share in shares.items():
        before = base.shares.get(key, 0.0)
        itself = key[0].removeprefix(INITIAL) == key[1]
        if share == before or (max(share, before) < _LEAST_SHARE and not itself):
            continue
        if not share or not before or (min(share, before) < _LEAST_SHARE and not itself):
            fresh.add(key[1])
            continue
        moved[key] = math.log(share)
        place = key[0].startswith(INITIAL), key[1]
        gain = moved[key] - math.log(before)
        if gain > gains.get(place, 0.0):
            gains[place] = gain
    return replace(
        make_channel(shares), base=base, changed=frozenset(changed | channel.changed), moved=moved, gains=gains,
        fresh=frozenset(fresh),
    )  # fmt: skip
