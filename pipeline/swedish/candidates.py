"""The words that may lie behind a printed one, found by walking the lexicon's automaton with the channel's costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.swedish.channel import Channel, load_channel
from pipeline.swedish.lexicon import Lexicon
from pipeline.swedish.walk import SHORTEST_PART, Search, Walk, Way, is_raised

__all__ = ["Candidate", "Search", "find_candidates"]

_MOST_KEPT = 40_000
# Walks with the general channel go this much further (natural logarithm), so that what a document's own channel finds
# is among what they find: nine in ten words differ by less.
_FURTHER = 1.0


@dataclass(slots=True)
class Candidate:
    """A word that may have been printed as the one at hand; not frozen, for so many are made that it would show.

    Attributes:
        word: In lower case.
        index: Its place in the lexicon, -1 for compounds.
        channel: Logarithm of the probability that it is printed so.
        alone: Logarithm of its probability without context.
        small: Whether its first letter is small although the printed one is a capital ("Ar" for "är").
        confusions: The (true, read) segments that differ.
        wild: Whether one of them was never seen in learning.
    """

    word: str
    index: int
    channel: float
    alone: float
    small: bool
    confusions: tuple[tuple[str, str], ...]
    wild: bool = False

    @property
    def raised(self) -> bool:
        """Whether a small letter inside was printed as a capital ("SA" for "så")."""
        return is_raised(self.confusions)


def find_candidates(read: str, *, lexicon: Lexicon, channel: Channel, search: Search) -> list[Candidate]:
    """The lexicon's words that may have been printed as `read`, by walking the automaton with channel costs.

    Args:
        read: The printed word, without punctuation around it.
        lexicon: The words.
        channel: The confusions.
        search: What to look for.

    Returns:
        The best candidate for each word, best first by channel and frequency together.
    """
    channel = channel.for_word(read)
    if channel is not load_channel():
        return _find(read, lexicon, channel, search)
    key = read, search
    found: list[Candidate] | None = lexicon.kept.get(key)
    if found is None:
        found = _find(read, lexicon, channel, search)
        if len(lexicon.kept) < _MOST_KEPT:
            lexicon.kept[key] = found
    return found


def _find(read: str, lexicon: Lexicon, channel: Channel, search: Search) -> list[Candidate]:
    capital = read[0].isupper()
    shouted = capital and len(read) > 1 and read.isupper()
    printed = read.lower() if shouted else read
    starts = [(printed[0].lower() + printed[1:], False)]
    if capital and not shouted:
        starts.append((printed, True))
    if shouted and len(read) <= SHORTEST_PART:
        # "SA" at the beginning of a sentence is no abbreviation but "Så" with a misread letter.
        starts.append((read[0].lower() + read[1:], False))
    found: dict[tuple[str, bool, bool], Candidate] = {}
    for text, small in starts:
        for way, cost in _weigh_ways(text, lexicon, channel, search, small=small):
            key = way.word, small, way.raised
            known = found.get(key)
            if known is None or _score(known) < cost + way.alone:
                found[key] = Candidate(way.word, way.index, cost, way.alone, small, way.confusions, way.wild)
    return sorted(found.values(), key=lambda candidate: (-_score(candidate), candidate.word, candidate.small))


def _score(candidate: Candidate) -> float:
    return candidate.channel + candidate.alone


def _weigh_ways(
    text: str, lexicon: Lexicon, channel: Channel, search: Search, *, small: bool
) -> Iterator[tuple[Way, float]]:
    """The ways to words that the search allows, each with its cost."""
    ways, moved = None, channel.moved
    general = (channel.base or channel) is load_channel()
    if general and search.again and channel.slack(text) <= _FURTHER:
        # Most of a document's words need no walk of their own: only what the steps cost is another.
        ways = _walk_further(text, lexicon, search, small=small)
    if ways is None:
        ways, moved = Walk(text, lexicon, channel, search, small=small).ways, {}
    least = -search.budget
    for way in ways:
        cost = 0.0
        for usual, key in way.steps:
            share = moved.get(key, usual)
            if share < least - cost:
                break
            cost += share
        else:
            yield way, cost


def _walk_further(text: str, lexicon: Lexicon, search: Search, *, small: bool) -> list[Way] | None:
    """What the general channel finds beyond the search's budget, too; None where that is too much. Kept."""
    key = text, small, search
    if key in lexicon.kept:
        ways: list[Way] | None = lexicon.kept[key]
        return ways
    walk = Walk(text, lexicon, load_channel(), search._replace(budget=search.budget + _FURTHER), small=small)
    ways = walk.ways if walk.complete else None
    if len(lexicon.kept) < _MOST_KEPT:
        lexicon.kept[key] = ways
    return ways
