"""Walking the lexicon's automaton along a printed word, each step costing what the channel says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.swedish.automaton import FINAL
from pipeline.swedish.channel import INITIAL, Channel
from pipeline.swedish.letter_options import options_at
from pipeline.swedish.lexicon import ALONE, BEGINS, ENDS, NATS, TRUSTED, Lexicon
from pipeline.swedish.options import STEPS, Option

SHORTEST_PART = 3
_MOST_STEPS = 6000
_MOST_WILD_STEPS = 25_000
_WILD_COST = -8.0
_PART_PENALTY = math.log(0.1)
_COMPOUND_PENALTY = math.log(0.05)
# A form that the dictionary has in compounds only, without saying how common it ends them ("-åriga").
_RARE_PART = -15.0


class Search(NamedTuple):
    """How candidates are looked for.

    Attributes:
        budget: How improbable the confusions of a word may be together (positive, natural logarithm; 19 at most).
        compounds: Whether to put words together that the lexicon does not hold whole.
        first_part: Whether forms count that only begin compounds, as before a hyphen ("hälso-").
        last_part: Whether forms count that only end compounds, as after a hyphen ("-åring").
        wild: Whether one letter may have become any other, be lost or be added: for words that nothing else explains.
        lacking: Whether only letters that the engine lacks may have been misread, and small ones as capitals: for words
            that exist as printed.
        again: Whether the same is looked for with the channels of many documents, so that one walk that goes a little
            further is kept for all of them; not with `wild`.
    """

    budget: float
    compounds: bool = False
    first_part: bool = False
    last_part: bool = False
    wild: bool = False
    lacking: bool = False
    again: bool = False


@dataclass(slots=True)
class Way:
    """A word or compound that was come to, and how; not frozen, for so many are made that it would show.

    Attributes:
        word: In lower case.
        index: Its place in the lexicon, -1 for compounds.
        alone: Logarithm of its probability without context.
        steps: The logarithm of each step's share, and its key among the channel's shares, from the word's beginning.
        confusions: The (true, read) segments that differ.
        wild: Whether one of them was never seen in learning.
        raised: Whether a small letter inside was printed as a capital ("SA" for "så").
    """

    word: str
    index: int
    alone: float
    steps: Sequence[tuple[float, tuple[str, str]]]
    confusions: tuple[tuple[str, str], ...]
    wild: bool
    raised: bool


# How a place of the walk was come to: the way to the place before and the step from there; made into words for the few
# places that are words.
_Trail = tuple["_Trail", Option] | None
# What lies behind the word that is walked along now: the parts of the compound before it, how common those are (log),
# the steps along them, and whether one was wild.
_Past = tuple[str, float, tuple[Option, ...], bool]
# A place of the walk, made a million times a document and so a plain tuple: node of the automaton, words before it,
# place in the printed word, cost so far, how it was come to, what lies behind.
_State = tuple[int, int, int, float, _Trail, _Past]


class Walk:
    """One walk through the automaton along one printed word.

    Attributes:
        ways: The words that were come to, in no order; each may be there more than once.
        complete: Whether nothing was left out for being too much.
    """

    __slots__ = (
        "_end", "_least", "_lexicon", "_options", "_search", "_stack", "_text", "_wanted",
        "complete", "ways",
    )  # fmt: skip

    def __init__(self, text: str, lexicon: Lexicon, channel: Channel, search: Search, *, small: bool) -> None:
        """Walk along a printed word.

        Args:
            text: The word, with a small letter in front where that may stand for itself.
            lexicon: The words.
            channel: The confusions.
            search: What to look for.
            small: Whether the word's first letter is a misread small one.
        """
        self._text, self._end = text, len(text)
        self._lexicon, self._search, self._least = lexicon, search, -search.budget
        self._options = [
            options_at(text, place, channel, small=small, lacking=search.lacking) for place in range(len(text) + 1)
        ]
        self._wanted = [options.wanted for options in self._options]
        self._stack: list[_State] = [(lexicon.automaton.root, 0, 0, 0.0, None, ("", 0.0, (), False))]
        self.ways: list[Way] = []
        self._run()
        self.complete = not self._stack

    def _run(self) -> None:
        automaton, stack, end, wanted = self._lexicon.automaton, self._stack, self._end, self._wanted
        final, pop, push, moves_of = automaton.final, stack.pop, stack.append, automaton.moves_of
        options, numbers, kept = self._options, [one.number for one in self._options], automaton.moves
        floor, wild, compounds = self._least, self._search.wild, self._search.compounds
        for _step in range(_MOST_WILD_STEPS if wild else _MOST_STEPS):
            if not stack:
                break
            state = pop()
            node, index, place, cost, trail, past = state
            if final[node] and (compounds or place == end):
                self._end_word(state)
            least = floor - cost
            free = wild and not past[3] and least <= _WILD_COST
            # Where a letter may still be taken for any other afterwards, a place may go on whatever its edges.
            freely = least - _WILD_COST - 1e-9 if free else 1.0
            moves = kept.get(numbers[place] + node)
            if moves is None:
                moves = moves_of(options[place], node)
            for _, share, length, target, skip, own, option in moves:
                if share < least:
                    break  # the rest are less likely still
                at = place + length
                # Half of all places lead nowhere: they are told before they are made.
                if (
                    own & wanted[at][int((share - least) * STEPS)]
                    or (own & FINAL and (compounds or at == end))
                    or share >= freely
                ):
                    push((target, index + skip, at, cost + share, (trail, option), past))
            if free:
                self._step_wildly(state)

    def _end_word(self, state: _State) -> None:
        if state[2] == self._end:
            self._accept(state)
        else:
            self._begin_part(state)

    def _accept(self, state: _State) -> None:
        lexicon, search = self._lexicon, self._search
        _, index, _, _, trail, (before, alone, _, _) = state
        flag = lexicon.flags[index]
        if before:
            if flag & ENDS and len(_spell(_follow(trail))) >= SHORTEST_PART:
                self._keep(state, -1, alone + NATS[lexicon.end_costs[index]])
        elif flag & ALONE:
            self._keep(state, index, NATS[lexicon.costs[index]])
        elif search.first_part and flag & BEGINS:
            self._keep(state, index, NATS[lexicon.begin_costs[index]] + _PART_PENALTY)
        elif search.last_part and flag & (ENDS | TRUSTED):
            self._keep(state, index, max(NATS[lexicon.end_costs[index]], _RARE_PART) + _PART_PENALTY)

    def _keep(self, state: _State, index: int, alone: float) -> None:
        _, _, _, _, trail, (_, _, past, wild) = state
        steps = (*past, *_follow(trail))
        confusions = tuple([step[4] for step in steps if not step[5]])
        priced = [(step[0], step[4]) for step in steps]
        self.ways.append(Way(_spell(steps), index, alone, priced, confusions, wild, is_raised(confusions)))

    def _begin_part(self, state: _State) -> None:
        lexicon = self._lexicon
        _, index, place, cost, trail, (before, alone, past, _) = state
        if not lexicon.flags[index] & BEGINS or self._end - place < SHORTEST_PART:
            return
        steps = _follow(trail)
        part = _spell(steps)
        if len(part) >= SHORTEST_PART:
            alone += NATS[lexicon.begin_costs[index]] + _COMPOUND_PENALTY
            behind = before + part, alone, (*past, *steps), False
            self._stack.append((lexicon.automaton.root, 0, place, cost, None, behind))

    def _step_wildly(self, state: _State) -> None:
        automaton = self._lexicon.automaton
        node, index, place, cost, trail, (before, alone, steps, _) = state
        cost += _WILD_COST
        past = before, alone, steps, True
        left = int((cost - self._least) * STEPS)
        compounds = self._search.compounds
        leads_on = [
            wanted[left] | (FINAL if compounds or at == self._end else 0)
            for at, wanted in enumerate(self._wanted[place : place + 2], start=place)
        ]
        read = self._text[place : place + 1]
        for edge in range(automaton.first[node], automaton.first[node + 1]):
            true = chr(automaton.labels[edge])
            target, total = automaton.targets[edge], index + automaton.skips[edge]
            for printed in (read, "") if read else ("",):
                if printed != true and automaton.bits[target] & leads_on[len(printed)]:
                    step = _take_wildly(true, printed)
                    self._stack.append((target, total, place + len(printed), cost, (trail, step), past))
        if read and automaton.bits[node] & leads_on[1]:
            self._stack.append((node, index, place + 1, cost, (trail, _take_wildly("", read)), past))


def is_raised(confusions: Sequence[tuple[str, str]]) -> bool:
    """Whether one of the (true, read) segments is a small letter inside a word that was printed as a capital."""
    return any(read.isupper() and not true.startswith(INITIAL) for true, read in confusions)


def _take_wildly(true: str, read: str) -> Option:
    return _WILD_COST, len(read), b"", true, (true, read), False


def _follow(trail: _Trail) -> list[Option]:
    """The steps of a way, from its beginning."""
    steps = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    steps.reverse()
    return steps


def _spell(steps: Sequence[Option]) -> str:
    return "".join([step[3] for step in steps])
