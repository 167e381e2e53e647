"""The words that may lie behind a printed one, found by walking the lexicon's automaton with the channel's costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

from pipeline.swedish.channel import INITIAL, Channel, Option
from pipeline.swedish.lexicon import ALONE, BEGINS, ENDS, NATS, TRUSTED, Lexicon, load_lexicon

# The letters that the engine can't print.
LACKING = frozenset("åäö")

_SHORTEST_PART = 3
_MOST_STEPS = 6000
_MOST_KEPT = 20_000
_MOST_WILD_STEPS = 25_000
_WILD_COST = -8.0
_PART_PENALTY = math.log(0.1)
_COMPOUND_PENALTY = math.log(0.05)
# A form that the dictionary has in compounds only, without saying how common it ends them ("-åriga").
_RARE_PART = -15.0
# What smudged dots above a letter are printed as, beside the letter or without it: "é4", "&a", "G6".
_SMUDGES = frozenset("é4&AG6§€£®")
_UNDER_SMUDGES = _SMUDGES | frozenset("aodiO8")
_SMUDGED = math.log(2e-4)
# Signs that stand in no word: where one does, a letter was printed so, likeliest one that the engine lacks.
SYMBOLS = frozenset("&|€@$\\]{}°#")
_SYMBOL_FOR_ANY = math.log(2e-5)
# No learned confusion is of more printed letters.
_LONGEST_READ = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may have been printed as the one at hand.

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
        return any(read.isupper() and not true.startswith(INITIAL) for true, read in self.confusions)


@dataclass(frozen=True, slots=True)
class Search:
    """How candidates are looked for.

    Attributes:
        budget: How improbable the confusions of a word may be together (positive, natural logarithm).
        compounds: Whether to put words together that the lexicon does not hold whole.
        first_part: Whether forms count that only begin compounds, as before a hyphen ("hälso-").
        last_part: Whether forms count that only end compounds, as after a hyphen ("-åring").
        wild: Whether one letter may have become any other, be lost or be added: for words that nothing else explains.
        lacking: Whether only letters that the engine lacks may have been misread, and small ones as capitals: for words
            that exist as printed.
    """

    budget: float
    compounds: bool = False
    first_part: bool = False
    last_part: bool = False
    wild: bool = False
    lacking: bool = False


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
    kept = channel.kept
    if kept is None or lexicon is not load_lexicon():
        return _find(read, lexicon, channel, search)
    key = read, search
    found: list[Candidate] | None = kept.get(key)
    if found is None:
        found = _find(read, lexicon, channel, search)
        if len(kept) < _MOST_KEPT:
            kept[key] = found
    return found


def _find(read: str, lexicon: Lexicon, channel: Channel, search: Search) -> list[Candidate]:
    capital = read[0].isupper()
    shouted = capital and len(read) > 1 and read.isupper()
    printed = read.lower() if shouted else read
    found: dict[tuple[str, bool, bool], Candidate] = {}
    starts = [(printed[0].lower() + printed[1:], False)]
    if capital and not shouted:
        starts.append((printed, True))
    if shouted and len(read) <= _SHORTEST_PART:
        # "SA" at the beginning of a sentence is no abbreviation but "Så" with a misread letter.
        starts.append((read[0].lower() + read[1:], False))
    for text, small in starts:
        for candidate in _Walk(text, lexicon, channel, search, small).run():
            key = (candidate.word, small, candidate.raised)
            if key not in found or _score(found[key]) < _score(candidate):
                found[key] = candidate
    return sorted(found.values(), key=lambda candidate: (-_score(candidate), candidate.word, candidate.small))


def _score(candidate: Candidate) -> float:
    return candidate.channel + candidate.alone


# A place of the walk, made a million times a document and so a plain tuple: node of the automaton, words before it,
# place in the printed word, cost so far, letters of this part and of the parts before, how common those are (log),
# confusions so far, whether one was wild.
_State = tuple[int, int, int, float, str, str, float, tuple[tuple[str, str], ...], bool]


class _Walk:
    """One walk through the automaton along one printed word."""

    __slots__ = ("_channel", "_found", "_lexicon", "_options", "_search", "_small", "_stack", "_text")

    def __init__(self, text: str, lexicon: Lexicon, channel: Channel, search: Search, small: bool) -> None:
        self._text = text
        self._lexicon = lexicon
        self._channel = channel
        self._search = search
        self._small = small
        self._options = [_options_at(text, place, channel, small, search.lacking) for place in range(len(text) + 1)]
        self._found: list[Candidate] = []
        self._stack: list[_State] = [(lexicon.automaton.root, 0, 0, 0.0, "", "", 0.0, (), False)]

    def run(self) -> list[Candidate]:
        """The candidates, in no order; each may come more than once."""
        final = self._lexicon.automaton.final
        end = len(self._text)
        stack, step, wild, compounds = self._stack, self._step, self._search.wild, self._search.compounds
        for _ in range(_MOST_WILD_STEPS if wild else _MOST_STEPS):
            if not stack:
                break
            state = stack.pop()
            if final[state[0]]:
                if state[2] == end:
                    self._accept(state)
                elif compounds:
                    self._begin_part(state)
            step(state)
            if wild and not state[8]:
                self._step_wildly(state)
        return self._found

    def _accept(self, state: _State) -> None:
        lexicon, search = self._lexicon, self._search
        _, index, _, _, part, before, alone, _, _ = state
        flag = lexicon.flags[index]
        if before:
            if flag & ENDS and len(part) >= _SHORTEST_PART:
                self._keep(state, -1, alone + NATS[lexicon.end_costs[index]])
        elif flag & ALONE:
            self._keep(state, index, NATS[lexicon.costs[index]])
        elif search.first_part and flag & BEGINS:
            self._keep(state, index, NATS[lexicon.begin_costs[index]] + _PART_PENALTY)
        elif search.last_part and flag & (ENDS | TRUSTED):
            self._keep(state, index, max(NATS[lexicon.end_costs[index]], _RARE_PART) + _PART_PENALTY)

    def _keep(self, state: _State, index: int, alone: float) -> None:
        _, _, _, cost, part, before, _, confusions, wild = state
        self._found.append(Candidate(before + part, index, cost, alone, self._small, confusions, wild))

    def _begin_part(self, state: _State) -> None:
        lexicon = self._lexicon
        _, index, place, cost, part, before, alone, confusions, _ = state
        if lexicon.flags[index] & BEGINS and len(part) >= _SHORTEST_PART and len(self._text) - place >= _SHORTEST_PART:
            alone += NATS[lexicon.begin_costs[index]] + _COMPOUND_PENALTY
            self._stack.append((lexicon.automaton.root, 0, place, cost, "", before + part, alone, confusions, False))

    def _step(self, state: _State) -> None:
        edges = self._lexicon.automaton.edges
        node, index, place, cost, part, before, alone, confusions, wild = state
        least = -self._search.budget - cost
        push = self._stack.append
        here = edges(node)
        for read, true, share, code in self._options[place]:
            if share < least:
                break  # the rest are less likely still
            edge = here.get(code[0])
            if edge is None:
                continue
            target, total = edge[0], index + edge[1]
            for byte in code[1:]:
                edge = edges(target).get(byte)
                if edge is None:
                    break
                target, total = edge[0], total + edge[1]
            else:
                changed = confusions if read == true else (*confusions, (true if place else INITIAL + true, read))
                push((target, total, place + len(read), cost + share, part + true, before, alone, changed, wild))

    def _step_wildly(self, state: _State) -> None:
        automaton = self._lexicon.automaton
        node, index, place, cost, part, before, alone, confusions, _ = state
        cost += _WILD_COST
        if cost < -self._search.budget:
            return
        read = self._text[place : place + 1]
        for edge in range(automaton.first[node], automaton.first[node + 1]):
            true = chr(automaton.labels[edge])
            target, total = automaton.targets[edge], index + automaton.skips[edge]
            for printed in (read, "") if read else ("",):
                if printed != true:
                    changed = (*confusions, (true, printed))
                    self._stack.append(
                        (target, total, place + len(printed), cost, part + true, before, alone, changed, True)
                    )
        if read:
            self._stack.append((node, index, place + 1, cost, part, before, alone, (*confusions, ("", read)), True))


def _options_at(text: str, place: int, channel: Channel, small: bool, lacking: bool) -> Sequence[Option]:
    """What the letters at a place may stand for, likeliest first; the same letters are looked up once a channel."""
    begins = place == 0
    key = text[place : place + _LONGEST_READ], begins, begins and small, lacking
    options = channel.options.get(key)
    if options is None:
        options = _find_options(*key, channel)
        channel.options[key] = options
    return options


def _find_options(letters: str, begins: bool, small: bool, lacking: bool, channel: Channel) -> list[Option]:
    table = channel.initial if begins else channel.inner
    options: list[Option] = []
    if letters:
        letter = letters[0]
        if letter.isalpha() and not small and letter.lower() == letter:
            share = channel.shares.get((INITIAL + letter if begins else letter, letter))
            # A letter that the rendered pages never held (é, ü) stands for itself.
            options.append((letter, letter, math.log(share) if share else -0.5, _encode(letter)))
    smudged = not _SMUDGES.isdisjoint(letters)
    for length in (1, 2, 3, 0):
        read = letters[:length]
        if len(read) < length:
            continue
        known = table.get(read, ())
        for true, share in known:
            if true != read:
                options.append((read, true, share, _encode(true)))
        if length > 1 and smudged and _SMUDGES.intersection(read) and _UNDER_SMUDGES.issuperset(read):
            met = {true for true, _ in known}
            options += [(read, true, _SMUDGED, _encode(true)) for true in sorted(LACKING) if true not in met]
    if letters and letters[0] in SYMBOLS:
        met = {true for read, true, _, _ in options if read == letters[0]}
        options += [(letters[0], true, _SMUDGED, _encode(true)) for true in sorted(LACKING - met)]
        options += [(letters[0], true, _SYMBOL_FOR_ANY, _encode(true)) for true in ascii_lowercase if true not in met]
    if lacking:
        options = [option for option in options if option[1] in LACKING or option[0].lower() == option[1]]
    return sorted((option for option in options if option[3]), key=lambda option: -option[2])


@lru_cache(maxsize=4096)
def _encode(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return b""
