"""The ways to read a printed word: itself, and what lexicon and channel say may lie behind it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.repair.guard import load_guarded_words
from pipeline.repair.lattice import Choice
from pipeline.repair.run_lexicon import RunWords
from pipeline.repair.tokens import Token, model_word
from pipeline.swedish.candidates import Candidate, Search, find_candidates
from pipeline.swedish.channel import INITIAL, Channel, change_channel
from pipeline.swedish.letter_options import LACKING
from pipeline.swedish.lexicon import FOREIGN, NAME, Lexicon
from pipeline.swedish.ngrams import SECTION

_BUDGET = 11.0
# For words that nothing explains within the budget.
_LARGE_BUDGET = 17.0
_MOST_CHOICES = 7
_MOST_CANDIDATES = 12
_POOR = -18.0
# What is explained no better may be any other letter as well.
_FAR_FETCHED = -20.0
# What is explained this well is not doubted to be one word.
_EXPLAINED = -16.0
_SHORTEST_COMPOUND = 6
_SHORTEST_WILD = 4
_LONGEST_DOUBTED = 5
# How much of the probability of words the run's own documents get.
_RUN_SHARE = 0.15
# A choice this much less likely than the best before context is looked at can't win.
_HOPELESS = 13.0
# Words outside the lexicon: names, foreign words, compounds too long to put together.
_UNKNOWN_WORD, _UNKNOWN_LETTER, _UNKNOWN_NAME = -15.0, -1.2, 4.0
# Capitals inside sentences: how common they are in general, and how many words of a document that is worth.
_CAPITALS, _CAPITALS_TRUST = 0.010, 100.0
# Small letters that look like their capitals, and how many words beginning with one the general channel is worth.
_ALIKE, _ALIKE_TRUST, _RARELY, _FEWEST_ODD = frozenset("ckopsuvwxz"), 20.0, 5e-4, 0.8
# Small letters that look so different from their capitals that no engine takes one for the other.
_SHAPED = frozenset("bdefghijlmnrt")
_CAPITAL_COMMON, _COMMONEST_WORD = math.log(0.0008), -8.0
_SMALL_AT_OPENING = math.log(0.10)
_COMMON_WORD = -9.0
_MARK = -3.0
_ABBREVIATION = math.log(1e-4)
_SMALL_NAME = math.log(0.02)


@dataclass(slots=True)
class ChoiceFinder:
    """Finds the choices for printed words; keeps what it found, for most words of a text come again.

    Attributes:
        lexicon: The words.
        channel: The confusions.
        run: Words of the undamaged documents of the run.
        guesses: What a letter taken for any other gave; slow to find, so that a second finder takes them over.
        capitals: The share of capitals among the document's words inside sentences that are no names.
        rough: Whether letters that the engine knows were misread, too.
    """

    lexicon: Lexicon
    channel: Channel
    run: RunWords | None = None
    guesses: dict[str, list[Candidate]] = field(default_factory=dict)
    capitals: float = _CAPITALS
    rough: bool = False
    _found: dict[tuple[str, bool, bool], list[Candidate]] = field(default_factory=dict)
    _choices: dict[tuple[str | bool, ...], list[Choice]] = field(default_factory=dict)
    _marks: dict[str, list[Choice]] = field(default_factory=dict)

    def find(self, token: Token) -> list[Choice]:
        """The choices for a word, the printed one first; not to be changed, for they are kept."""
        # All that the choices depend on: of the words of a page every other stands there more often.
        key = (
            token.text, token.first_part, token.last_part, token.frozen, token.sign, token.opens, token.capital,
            token.shouts,
        )  # fmt: skip
        choices = self._choices.get(key)
        if choices is None:
            choices = self._choices[key] = self._find(token)
        return choices

    def mark(self, mark: str) -> list[Choice]:
        """The one choice for a mark of the n-gram model."""
        if mark not in self._marks:
            self._marks[mark] = [Choice(mark, self.lexicon.index(mark), _MARK, 1.0)]
        return self._marks[mark]

    def _find(self, token: Token) -> list[Choice]:
        itself = self._printed(token)
        if token.frozen:
            return [itself]
        choices: dict[str, Choice] = {itself.text: itself}
        for candidate in self._candidates(token):
            for text, case in self._restore_case(token, candidate):
                choice = Choice(
                    text,
                    candidate.index,
                    candidate.alone,
                    math.exp(candidate.channel + case),
                    candidate.confusions,
                    candidate.wild,
                )
                known = choices.get(text)
                if known is None or (text != token.text and _weight(known) < _weight(choice)):
                    choices[text] = choice
                elif text == token.text:
                    choices[text] = Choice(text, candidate.index, max(itself.alone, candidate.alone), choice.channel)
        ranked = sorted(choices.values(), key=lambda choice: (-_weight(choice), choice.text))
        best = _weight(ranked[0])
        kept = [choice for choice in ranked[:_MOST_CHOICES] if _weight(choice) > best - _HOPELESS]
        printed = choices[token.text]
        return [printed, *(choice for choice in kept if choice.text != token.text)]

    def _printed(self, token: Token) -> Choice:
        word = model_word(token.text.lower())
        index = self.lexicon.index(word)
        if token.frozen:
            return Choice(token.text, self.lexicon.index(SECTION) if token.sign else index, -8.0, 1.0)
        odd = sum(not letter.isalpha() for letter in token.text)
        alone = _UNKNOWN_WORD + _UNKNOWN_LETTER * len(token.text) - 2.0 * odd
        if token.text[0].isupper() and not token.opens:
            alone += _UNKNOWN_NAME
        known = self.lexicon.log_probability(word)
        if known is not None:
            alone = max(alone, known)
        return Choice(token.text, index, alone, 1.0)

    def _candidates(self, token: Token) -> list[Candidate]:
        key = (token.text, token.first_part, token.last_part)
        found = self._found.get(key)
        if found is None:
            found = self._search(token)
            self._found[key] = found
        return found

    def _search(self, token: Token) -> list[Candidate]:
        printed, parts = token.text, (token.first_part, token.last_part)
        # A word that exists is only doubted where the engine lacks the letter: "mediet" does not become "medier".
        # Where other letters went wrong, too, a short one may be any word like it.
        doubted = self.rough and printed.islower() and len(printed) <= _LONGEST_DOUBTED
        known = len(printed) > 1 and self.lexicon.is_trusted(printed) and not doubted
        found = self._look_up(printed, Search(_BUDGET, False, *parts, lacking=known, again=True))
        if _best(found) < _POOR and len(printed) >= _SHORTEST_COMPOUND:
            found = _merge(found, self._look_up(printed, Search(_BUDGET, True, *parts, lacking=known, again=True)))
        found = self._add_run_words(printed, found)
        if known:
            found = [candidate for candidate in found if _lacks_only_letters(candidate)]
            found += self._restore_double(printed)
        elif not found and len(printed) >= _SHORTEST_WILD:
            # Compounds of letters as they come may be anything: only smudges tell that a word was misread so badly.
            smudged = not printed.isascii() or not printed.isalpha()
            compounds = smudged and len(printed) >= _SHORTEST_COMPOUND
            found = self._look_up(printed, Search(_LARGE_BUDGET, compounds, *parts, again=True))
            if _best(found) < _FAR_FETCHED and printed.isalnum():
                found = _merge(self._guess(printed), found)
        return found[:_MOST_CANDIDATES]

    def _restore_double(self, printed: str) -> list[Candidate]:
        """A guarded word whose double letter at the end was read as one that exists, too ("skal" for "skall")."""
        word = printed + printed[-1]
        if word not in load_guarded_words():
            return []
        return [one for one in self._look_up(printed, Search(_BUDGET, again=True)) if one.word == word]

    def explains(self, token: Token) -> bool:
        """Whether the word, or what it may stand for by learned confusions, is a word."""
        compounds = len(token.text) >= _SHORTEST_COMPOUND
        return self.lexicon.is_trusted(token.text) or bool(
            self._look_up(token.text, Search(_BUDGET, compounds, again=True))
        )

    def is_poor(self, token: Token) -> bool:
        """Whether neither the word as printed nor anything that it may stand for is a likely word."""
        if token.frozen or self.lexicon.is_trusted(token.text):
            return False
        return _best(self._candidates(token)) < _EXPLAINED

    def _guess(self, printed: str) -> list[Candidate]:
        if printed not in self.guesses:
            self.guesses[printed] = self._look_up(printed, Search(_LARGE_BUDGET, wild=True))
        return self.guesses[printed]

    def _look_up(self, printed: str, search: Search) -> list[Candidate]:
        return find_candidates(printed, lexicon=self.lexicon, channel=self.channel, search=search)

    def _add_run_words(self, printed: str, found: list[Candidate]) -> list[Candidate]:
        if self.run is None:
            return found
        shares = self.run.shares
        search = Search(_BUDGET, again=True)
        extra = find_candidates(printed, lexicon=self.run.lexicon, channel=self.channel, search=search)
        merged = _merge(
            [_count_anew(one, one.index, _mix(one.alone, shares.get(one.word))) for one in found],
            [_count_anew(one, self.lexicon.index(one.word), _mix(-math.inf, shares.get(one.word))) for one in extra],
        )
        return sorted(merged, key=lambda one: (-one.channel - one.alone, one.word, one.small))

    def _is_name_of_run(self, candidate: Candidate) -> bool:
        """Whether the run's documents only know the word with a capital, and it is too rare for that to be chance."""
        if self.run is None or not self.run.lexicon.flags_of(candidate.word) & NAME:
            return False
        return (self.lexicon.log_probability(candidate.word) or -math.inf) < _COMMON_WORD

    def _restore_case(self, token: Token, candidate: Candidate) -> list[tuple[str, float]]:
        """The candidate as it would stand in the text, with the logarithm of how likely that case is there."""
        printed, word = token.text, candidate.word
        name = bool(self.lexicon.flags_of(word) & NAME) or self._is_name_of_run(candidate)
        word = _keep_capitals(printed, word)
        raised = word[0].upper() + word[1:]
        if (
            len(printed) > 1
            and printed.isupper()
            and sum(letter.isalpha() for letter in printed) > 1
            and not candidate.raised
        ):
            # Short words in capitals are mostly abbreviations ("KS", "TF").
            return [(word.upper(), _ABBREVIATION if len(printed) <= 3 and not token.shouts else 0.0)]
        if printed[0].isupper() and not candidate.small:
            if _hides_case(candidate) and not name:
                # "Ullfredsställande": two small letters were read together as one capital.
                small = (word, _SMALL_AT_OPENING if token.opens else 0.0)
                return [small, (raised, 0.0 if token.opens else self._capital_inside(candidate.alone))]
            return [(raised, 0.0 if token.opens or name else self._capital_inside(candidate.alone))]
        if printed[0].isalpha():
            return [(word, _SMALL_NAME if name else _SMALL_AT_OPENING if candidate.small and token.opens else 0.0)]
        # A digit or symbol hides the case: sentences and names begin with capitals.
        wants = token.capital or name
        return [
            (word, _SMALL_NAME if wants else 0.0),
            (raised, 0.0 if wants else self._capital_inside(candidate.alone)),
        ]

    def _capital_inside(self, alone: float) -> float:
        """How likely a capital is in the middle of a sentence: hardly at all for the commonest words."""
        return math.log(self.capitals) if alone < _COMMONEST_WORD else _CAPITAL_COMMON


def read_capitals(tokens: Iterable[Token], lexicon: Lexicon, channel: Channel) -> tuple[float, Channel]:
    """How many capitals a document has inside sentences, and a channel that knows which small letters were read so.

    Handbooks that name menus have ten times the capitals of running prose: the share is of words that are no names and
    begin with letters that no engine takes for their capitals, drawn towards the usual one. Where "k" and its like have
    more capitals than that, the engine made them.

    Args:
        tokens: The words of the document.
        lexicon: Tells which are words and no names.
        channel: The general channel.
    """
    words: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for token in tokens:
        text = token.text
        if token.opens or token.frozen or not text[0].isalpha() or (len(text) > 1 and text.isupper()):
            continue
        alone = lexicon.log_probability(text)
        if alone is not None and not lexicon.flags_of(text) & (NAME | FOREIGN):
            words[text[0].lower()] += 1
            capitals[text[0].lower()] += text[0].isupper()
    shaped = sum(words[letter] for letter in _SHAPED)
    share = (_CAPITALS * _CAPITALS_TRUST + sum(capitals[letter] for letter in _SHAPED)) / (_CAPITALS_TRUST + shaped)
    mistaken: dict[tuple[str, str], float] = {}
    for letter in sorted(_ALIKE & set(words)):
        key = INITIAL + letter, letter.upper()
        odd = capitals[letter] - share * words[letter]
        if odd >= _FEWEST_ODD:
            general = channel.shares.get(key, _RARELY)
            mistaken[key] = (odd + general * _ALIKE_TRUST) / (words[letter] + _ALIKE_TRUST)
    return share, change_channel(channel, {**channel.shares, **mistaken}) if mistaken else channel


def _weight(choice: Choice) -> float:
    return choice.alone + (math.log(choice.channel) if choice.channel > 0 else -math.inf)


def _mix(alone: float, share: float | None) -> float:
    """A word's general probability mixed with its share of the run's documents, as logarithms."""
    return math.log((1 - _RUN_SHARE) * math.exp(alone) + (_RUN_SHARE * math.exp(share) if share is not None else 0.0))


def _count_anew(one: Candidate, index: int, alone: float) -> Candidate:
    """The candidate with another index and probability."""
    return Candidate(one.word, index, one.channel, alone, one.small, one.confusions, one.wild)


def _best(found: list[Candidate]) -> float:
    return max((candidate.channel + candidate.alone for candidate in found), default=-math.inf)


def _merge(found: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    known = {(candidate.word, candidate.small, candidate.raised) for candidate in found}
    return found + [one for one in more if (one.word, one.small, one.raised) not in known]


def _keep_capitals(printed: str, word: str) -> str:
    """The word with the capitals inside that were printed ("LibreOffice"), misread ones apart ("fylIning", "pA")."""
    inside = printed[1:]
    if inside == inside.lower() or len(printed) != len(word) or printed.isupper():
        return word
    return "".join(
        letter.upper() if place and seen.isupper() and seen.lower() == letter else letter
        for place, (seen, letter) in enumerate(zip(printed, word, strict=True))
    )


def _hides_case(candidate: Candidate) -> bool:
    """Whether the printed first letter stands for two, so that its size says nothing of theirs."""
    first = next(iter(candidate.confusions), ("", ""))[0]
    return first.startswith(INITIAL) and len(first) > len(INITIAL) + 1


def _lacks_only_letters(candidate: Candidate) -> bool:
    bodies = [(true.removeprefix(INITIAL), read) for true, read in candidate.confusions]
    return all(true in LACKING or true == read.lower() for true, read in bodies)
