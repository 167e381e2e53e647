"""Which reading of a word is right: every opinion on it, weighed by what pages with known words showed each is worth.

A log-linear model over the readings of a place. Its facts are what the words around say (the n-gram model, the model of
confusable words, the kinds of words that the place wants), what the document says elsewhere, what had to be misread for
it, and whether the printed word stands by itself; one more reading, "none of these", keeps the probabilities honest
where the true word is not among them. The weights are models/repair/opinions.csv, learned by
`python -m benchmarks.repair.opinions`.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.repair.lattice import Choice
from pipeline.repair.surroundings import Ourselves, tell_surroundings
from pipeline.repair.tokens import Token, model_word
from pipeline.swedish.channel import INITIAL
from pipeline.swedish.contexts import fold_letters, load_contexts
from pipeline.swedish.lexicon import MODELS, NAME, load_lexicon
from pipeline.swedish.ngrams import BOUNDARY
from pipeline.swedish.slots import load_slots

WEIGHTS = MODELS / "opinions.csv"
NONE = "none"
# Where the n-gram model leaves no doubt, the dearer opinion on kinds of words is not asked for.
_CLEAR = 0.9995
_LEAST_SHARE, _LEAST_LIFT = 1e-7, 1e-3
# Words of the document this sure tell about doubtful ones that begin as they do, from so many letters on.
_TELLS, _SHORTEST_TOLD, _SHORTEST_STEM, _ENDING = 0.98, 5, 4, 2
_SURE = 0.9
_MOST_TELLING = 8
_NO_PLACES = 1.0
# A document is read roughly where this share of its words was; of short ones little is known.
_ROUGH_SHARE, _FEW_WORDS, _LITTLE_KNOWN, _RATHER_SURE = 0.03, 50, 0.5, 0.8
# Opinions also count with their extremes cut off: what was never seen is not impossible.
_SOFT_CONTEXT, _SOFT_KIND = 0.1, 0.2
_SWEDISH = frozenset("åäö")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzåäö")
# Longer words are no more likely to be read right than words of so many letters.
_LONGEST = 12
USUAL_CAPITALS = 0.010
"""The share of capitals inside sentences, of words that are no names, in documents at large."""

Facts = dict[str, float]


class FirstReading:
    """What a first reading of a document showed: its sure words and how they begin, and how roughly it was read.

    Where it speaks of a "värde", "varden" is hardly "vården". Where letters went wrong that the engine has, words that
    look odd are the engine's; elsewhere they may be the author's own.
    """

    __slots__ = ("_odd", "_places", "_read", "_seen", "_stems", "_words", "capitals", "ourselves")

    def __init__(self, capitals: float = USUAL_CAPITALS) -> None:
        """Begin with nothing read.

        Args:
            capitals: The share of capitals among the document's words inside sentences that are no names.
        """
        self.capitals = capitals
        self.ourselves = Ourselves()
        self._read: dict[str, Counter[str]] = {}
        self._places: dict[int, str] = {}
        self._words: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        self._seen = 0
        self._odd = 0

    @property
    def roughness(self) -> float:
        """How many of the words had other letters misread than å, ä and ö: 0 for none, 1 for many."""
        return min(1.0, (self._odd + _LITTLE_KNOWN) / (_ROUGH_SHARE * (self._seen + _FEW_WORDS)))

    def add(self, token: Token, word: str, share: float, *, odd: bool) -> None:
        """Count a word that was read with this probability.

        Args:
            token: The printed word.
            word: The likeliest reading.
            share: Its probability.
            odd: Whether other letters than å, ä and ö had to be misread for it.
        """
        lower = word.lower()
        self._read.setdefault(token.text.lower(), Counter())[lower] += 1
        self._places[token.start] = lower
        self._seen += 1
        self._odd += odd and share >= _RATHER_SURE
        if share >= _SURE:
            self.ourselves.add(token, lower)
        if share >= _TELLS and len(word) >= _SHORTEST_TOLD:
            self._words[lower] += 1
            self._stems.update(lower[:length] for length in range(_SHORTEST_STEM, len(lower) + 1))

    def elsewhere(self, token: Token, word: str) -> float:
        """How much of the other places where the same was printed read this word (in lower case), drawn to nothing."""
        read = self._read.get(token.text.lower())
        if read is None:
            return 0.0
        own = self._places.get(token.start)
        others = sum(read.values()) - 1
        return (read[word] - (own == word)) / (others + _NO_PLACES)

    def count(self, word: str) -> int:
        """How many other sure words begin like this one (in lower case), all but its ending."""
        if len(word) < _SHORTEST_TOLD:
            return 0
        same = self._stems[word[: max(_SHORTEST_STEM, len(word) - _ENDING)]] - self._words[word]
        return min(_MOST_TELLING, same)

    def repeats(self, word: str) -> int:
        """How often the word itself stands in the document for sure."""
        return min(_MOST_TELLING, self._words[word])


@dataclass(frozen=True, slots=True)
class Opinions:
    """The weight of each fact."""

    weights: Mapping[str, float]

    def judge(self, facts: Sequence[Facts], none: Facts) -> list[float]:
        """The probability of each reading; what is missing from 1 is that of none of them.

        Args:
            facts: The facts of each reading.
            none: The facts that speak for another word.
        """
        scores = [self._score(one) for one in (*facts, none)]
        top = max(scores)
        shares = [math.exp(score - top) for score in scores]
        total = sum(shares)
        return [share / total for share in shares[:-1]]

    def _score(self, facts: Facts) -> float:
        weights = self.weights
        score = 0.0
        for name, value in facts.items():
            score += weights.get(name, 0.0) * value
        return score


@lru_cache(maxsize=1)
def load_opinions() -> Opinions:
    """The weights that ship with the package; read once per process."""
    return read_opinions(WEIGHTS)


def read_opinions(path: Path) -> Opinions:
    """Read weights (columns fact, weight)."""
    with path.open(encoding="utf-8", newline="") as stream:
        return Opinions({row["fact"]: float(row["weight"]) for row in csv.DictReader(stream)})


def gather_facts(
    owners: Sequence[Token | None],
    places: Sequence[Sequence[Choice]],
    weights: Sequence[Sequence[float]],
    first: FirstReading,
) -> list[tuple[list[Facts], Facts] | None]:
    """For each place the facts of its choices and of none of them; None where there is nothing to choose.

    Args:
        owners: The word that each place belongs to, None for marks.
        places: The choices for each.
        weights: Their probabilities by the n-gram model.
        first: What a first reading showed, nothing on that itself.
    """
    contexts = _ask_contexts(places, weights)
    likeliest = [
        max(range(len(choices)), key=lambda n: _log(shares[n]) + opinion[n])
        for choices, shares, opinion in zip(places, weights, contexts, strict=True)
    ]
    words = [model_word(choices[best].text.lower()) for choices, best in zip(places, likeliest, strict=True)]
    padded = [BOUNDARY, BOUNDARY, *words, BOUNDARY, BOUNDARY]
    gathered: list[tuple[list[Facts], Facts] | None] = []
    for place, (owner, choices, shares) in enumerate(zip(owners, places, weights, strict=True)):
        if owner is None or _is_settled(owner, choices, shares):
            gathered.append(None)
            continue
        around = (padded[place], padded[place + 1], padded[place + 3], padded[place + 4])
        facts = _tell_choices(owner, choices, shares, contexts[place], around, first)
        behind = owners[place + 1] if place + 1 < len(owners) else None
        beside = tell_surroundings(owner, owners[place - 1] if place else None, behind, choices, first.ourselves)
        for fact, more in zip(facts, beside, strict=True):
            fact.update(more)
        gathered.append((facts, _tell_none(owner, choices, shares, first)))
    return gathered


def _is_settled(token: Token, choices: Sequence[Choice], shares: Sequence[float]) -> bool:
    """Whether nothing speaks against the printed word, which comes first: it exists and no other may stand here."""
    return len(choices) < 2 or (shares[0] >= _CLEAR and load_lexicon().is_trusted(token.text))


def _ask_contexts(places: Sequence[Sequence[Choice]], weights: Sequence[Sequence[float]]) -> list[list[float]]:
    """For each choice what the model of confusable words adds: the logarithm of its opinion over that of no opinion."""
    best = [
        fold_letters(model_word(choices[max(range(len(choices)), key=lambda number: shares[number])].text))
        for choices, shares in zip(places, weights, strict=True)
    ]
    padded = [BOUNDARY, BOUNDARY, *best, BOUNDARY, BOUNDARY]
    asked: list[list[float]] = []
    for place, choices in enumerate(places, start=2):
        words = [choice.text.lower() for choice in choices]
        opinion = load_contexts().weigh(padded[place], padded, place) if len(set(words)) > 1 else {}
        inside = {word for word in words if word in opinion}
        if len(inside) < 2:
            asked.append([0.0] * len(words))
        else:
            even = math.log(len(inside))
            asked.append([_log(opinion[word]) + even if word in opinion else 0.0 for word in words])
    return asked


def _tell_choices(
    token: Token,
    choices: Sequence[Choice],
    shares: Sequence[float],
    context: Sequence[float],
    around: tuple[str, str, str, str],
    first: FirstReading,
) -> list[Facts]:
    printed = token.text
    names = [model_word(choice.text.lower()) for choice in choices]
    doubtful = max(shares) < _CLEAR and len(set(names)) > 1
    lifts = load_slots().weigh(names, around) if doubtful else [1.0] * len(names)
    best = max(range(len(choices)), key=lambda number: shares[number])
    kin = fold_letters(choices[best].text)
    asked = any(context)
    exists = load_lexicon().is_trusted(printed)
    length = _measure_length(printed)
    told: list[Facts] = []
    for choice, name, share, opinion, lift in zip(choices, names, shares, context, lifts, strict=True):
        log = _log(share)
        kind = math.log(max(lift, _LEAST_LIFT))
        facts: Facts = {"ngrams": log, "kind": kind, "kind_soft": math.log(lift + _SOFT_KIND)}
        facts["alone"] = choice.alone / 10
        if exists:
            facts["exists_ngrams"], facts["exists_kind"], facts["exists_alone"] = log, kind, facts["alone"]
        if not token.opens and choice.text[0].isupper() and _is_raised(choice.text):
            facts["capital"], facts["capital_share"] = 1.0, math.log(first.capitals / USUAL_CAPITALS)
        if asked:
            facts["ngrams_beside_context"] = log
            facts["context"], facts["context_soft"] = opinion, math.log(math.exp(opinion) + _SOFT_CONTEXT)
            if exists:
                facts["exists_context"] = opinion
        if fold_letters(choice.text) == kin:
            facts["stems"] = math.log(1 + first.count(name))
            facts["elsewhere"] = first.elsewhere(token, name)
            facts["repeats"] = math.log(1 + first.repeats(name))
        if choice.text == printed:
            facts["printed_word" if exists else "printed_no_word"] = 1.0
            if _is_odd(printed):
                facts["printed_odd"] = 1.0
        else:
            facts.update(_tell_misread(printed, choice))
            if printed.isdigit():
                # "1" for "i": what kind of word the place wants says more here, for figures are of a kind of their own.
                facts["figure"], facts["figure_kind"] = 1.0, facts.get("kind", 0.0)
            facts["length"] = length
            facts["rough"] = first.roughness
            facts["rough_misread"] = first.roughness * facts["misread"]
            if "common_letters" in facts:
                facts["rough_common_letters"] = first.roughness
        told.append(facts)
    return told


def _tell_misread(printed: str, choice: Choice) -> Facts:
    """The facts of a reading that is not what was printed."""
    facts: Facts = {"misread": math.log(max(choice.channel, 1e-9)) / 10, "rare": choice.alone / 10}
    if choice.text[0].isupper() != printed[0].isupper() and printed[0].isalpha():
        facts["case"] = 1.0
        if choice.text[0] in _SWEDISH:
            facts["case_lacking"] = 1.0
    if choice.wild:
        facts["wild"] = 1.0
    if choice.index < 0:
        facts["compound"] = 1.0
    if not all(read for _, read in choice.confusions):
        facts["dropped"] = 1.0
    if not any(true.removeprefix(INITIAL) in _SWEDISH for true, _ in choice.confusions):
        facts["common_letters"] = 1.0
    return facts


def _tell_none(token: Token, choices: Sequence[Choice], shares: Sequence[float], first: FirstReading) -> Facts:
    """The facts that speak for a word that is not among the choices, by the likeliest of them."""
    best = choices[max(range(len(choices)), key=lambda number: shares[number])]
    facts: Facts = {NONE: 1.0, "none_rough": first.roughness, "none_length": _measure_length(token.text)}
    facts["none_ngrams"] = _log(max(shares))
    if _is_odd(token.text):
        facts["none_odd"] = 1.0
    if best.text == token.text:
        facts["none_but_printed_word" if load_lexicon().is_trusted(best.text) else "none_but_printed_no_word"] = 1.0
        return facts
    for name, value in _tell_misread(token.text, best).items():
        facts[f"none_{name}"] = value
    if token.text[0].isupper() and not token.opens:
        facts["none_capital"] = 1.0
    if load_lexicon().is_trusted(token.text):
        facts["none_exists"] = 1.0
    if len(token.text) <= 2:
        facts["none_short"] = 1.0
    return facts


def _is_raised(word: str) -> bool:
    """Whether only its place could give the word its capital: it is neither a name nor all capitals."""
    return not (len(word) > 1 and word.isupper()) and not load_lexicon().flags_of(word) & NAME


def _is_odd(printed: str) -> bool:
    """Whether signs are among the letters, or letters that Swedish hardly has ("é")."""
    return not _LETTERS.issuperset(printed.lower())


def _measure_length(word: str) -> float:
    return min(len(word), _LONGEST) / 10


def _log(share: float) -> float:
    return math.log(max(share, _LEAST_SHARE))
