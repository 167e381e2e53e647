"""A second opinion on words that differ only in å, ä and ö, from the model trained for just that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.repair.lattice import Choice
from pipeline.repair.tokens import model_word
from pipeline.swedish.contexts import fold_letters, load_contexts
from pipeline.swedish.ngrams import BOUNDARY
from pipeline.swedish.slots import load_slots

# Exponents of the two opinions; they see much of the same evidence, so neither counts fully. Tuned on the tuning part.
LATTICE_TRUST, CONTEXT_TRUST = 0.7, 0.7
# The same for the opinion on kinds of words, which is asked where the others leave a doubt.
SLOT_TRUST = 0.6
_CLEAR, _LEAST_LIFT = 0.9995, 1e-3
# Words of the document this sure tell about doubtful ones that begin as they do, from so many letters on.
_TELLS, _SHORTEST_TOLD, _SHORTEST_STEM, _ENDING = 0.999, 5, 4, 2
# Exponent of how many such words there are, and how many count.
DOCUMENT_TRUST = 1.0
_MOST_TELLING = 8


def weigh_confusable(places: Sequence[Sequence[Choice]], weights: Sequence[Sequence[float]]) -> list[list[float]]:
    """The weights of `weigh_choices`, with those of confusable words shared out anew.

    Args:
        places: The choices for each word of a passage.
        weights: Their probabilities.
    """
    best = [
        fold_letters(model_word(choices[max(range(len(choices)), key=lambda number: shares[number])].text))
        for choices, shares in zip(places, weights, strict=True)
    ]
    padded = [BOUNDARY, BOUNDARY, *best, BOUNDARY, BOUNDARY]
    result: list[list[float]] = []
    for place, (choices, shares) in enumerate(zip(places, weights, strict=True)):
        result.append(_share_anew(choices, list(shares), padded, place + 2))
    return result


def weigh_slots(places: Sequence[Sequence[Choice]], weights: Sequence[Sequence[float]]) -> list[list[float]]:
    """The weights of doubtful words, shared out anew by the kind of word that each place wants.

    Args:
        places: The choices for each word of a passage.
        weights: Their probabilities.
    """
    words = [[model_word(choice.text.lower()) for choice in choices] for choices in places]
    best = [
        names[max(range(len(names)), key=lambda number: shares[number])]
        for names, shares in zip(words, weights, strict=True)
    ]
    padded = [BOUNDARY, BOUNDARY, *best, BOUNDARY, BOUNDARY]
    result: list[list[float]] = []
    for place, (names, shares) in enumerate(zip(words, weights, strict=True)):
        if len(set(names)) < 2 or max(shares) >= _CLEAR:
            result.append(list(shares))
            continue
        around = (padded[place], padded[place + 1], padded[place + 3], padded[place + 4])
        lifts = load_slots().weigh(names, around)
        anew = [share * max(lift, _LEAST_LIFT) ** SLOT_TRUST for share, lift in zip(shares, lifts, strict=True)]
        total = sum(anew)
        result.append([share / total for share in anew] if total > 0 else list(shares))
    return result


class DocumentStems:
    """How the sure words of a document begin: where it speaks of a "värde", "varden" is hardly "vården"."""

    __slots__ = ("_stems", "_words")

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()

    def add(self, word: str, share: float) -> None:
        """Count a word that was read with this probability, if that is sure enough."""
        if share >= _TELLS and len(word) >= _SHORTEST_TOLD:
            lower = word.lower()
            self._words[lower] += 1
            self._stems.update(lower[:length] for length in range(_SHORTEST_STEM, len(lower) + 1))

    def count(self, word: str) -> int:
        """How many other words begin like this one (in lower case), all but its ending."""
        if len(word) < _SHORTEST_TOLD:
            return 0
        same = self._stems[word[: max(_SHORTEST_STEM, len(word) - _ENDING)]] - self._words[word]
        return min(_MOST_TELLING, same)


def weigh_document(
    places: Sequence[Sequence[Choice]], weights: Sequence[Sequence[float]], stems: DocumentStems
) -> list[list[float]]:
    """The weights of doubtful words that differ only in å, ä and ö, shared out anew by the other words of the document.

    Args:
        places: The choices for each word of a passage.
        weights: Their probabilities.
        stems: How the sure words of the document begin.
    """
    result: list[list[float]] = []
    for choices, shares in zip(places, weights, strict=True):
        anew = list(shares)
        if len(shares) > 1 and max(shares) < _CLEAR:
            best = fold_letters(choices[max(range(len(choices)), key=lambda number: shares[number])].text)
            inside = [number for number, choice in enumerate(choices) if fold_letters(choice.text) == best]
            mass = sum(shares[number] for number in inside)
            for number in inside:
                anew[number] *= (1 + stems.count(choices[number].text.lower())) ** DOCUMENT_TRUST
            total = sum(anew[number] for number in inside)
            for number in inside:
                anew[number] *= mass / total if total > 0 else 1.0
        result.append(anew)
    return result


def _share_anew(choices: Sequence[Choice], shares: list[float], sentence: Sequence[str], place: int) -> list[float]:
    words = [choice.text.lower() for choice in choices]
    opinion = load_contexts().weigh(sentence[place], sentence, place) if len(set(words)) > 1 else {}
    inside = [number for number, word in enumerate(words) if word in opinion]
    if len({words[number] for number in inside}) < 2:
        return shares
    mass = sum(shares[number] for number in inside)
    anew = {number: shares[number] ** LATTICE_TRUST * opinion[words[number]] ** CONTEXT_TRUST for number in inside}
    total = sum(anew.values())
    for number in inside:
        shares[number] = mass * anew[number] / total if total > 0 else shares[number]
    return shares
