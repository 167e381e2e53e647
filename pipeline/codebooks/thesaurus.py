"""What words mean, told by their synonyms: a model that has learned of "hänvisa" then knows something of "slussa".

The thesaurus lists synonyms of words in the form that dictionaries have. A word of a text is looked up by the forms
that its endings may come from, of which those count that the thesaurus knows; of a compound that it does not know, the
last part that it does. Nothing is parsed, so that a headline or a damaged line has its meanings too.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

from pipeline.codebooks.cues import split_words
from pipeline.packed import read_packed

FILE = Path(__file__).parent / "models" / "synonyms.zst"

_ENDINGS = (
    ("", ""), ("s", ""),
    # verbs: "raderar", "raderade", "raderats", "radera"; "hänvisas"; "stänger", "stängt"; "följd"; "når", "nådde"
    ("ar", "a"), ("ade", "a"), ("at", "a"), ("as", "a"), ("ades", "a"), ("ats", "a"), ("ande", "a"), ("ad", "a"),
    ("er", "a"), ("te", "a"), ("de", "a"), ("t", "a"), ("es", "a"), ("ts", "a"), ("d", "a"), ("ende", "a"), ("s", "a"),
    ("r", "a"), ("r", ""), ("das", ""), ("ddes", ""), ("dde", ""),
    # nouns: "kontot", "sidorna", "lådan", "medarbetares"
    ("en", ""), ("n", ""), ("et", ""), ("t", ""), ("ar", ""), ("er", ""), ("or", "a"), ("ar", "e"), ("arna", ""),
    ("erna", ""), ("orna", "a"), ("arna", "e"), ("na", ""), ("en", "e"), ("ens", ""), ("ets", ""), ("arnas", ""),
    ("ernas", ""), ("rna", ""), ("an", "a"), ("ans", "a"),
    # adjectives: "vänliga", "vänligare", "vänligast"
    ("a", ""), ("are", ""), ("ast", ""), ("aste", ""),
)  # fmt: skip
"""Endings of forms, and what the dictionary's form has in their place."""

_SHORTEST, _PART = 2, 4
"""Letters at least of a word, and of the last part of a compound."""

_EMPTY = frozenset({
    "och", "i", "att", "det", "som", "en", "ett", "på", "är", "av", "för", "den", "med", "till", "de", "inte", "om",
    "ska", "kan", "har", "man", "från", "vi", "så", "men", "vid", "eller", "får", "du", "ni", "dem", "sig", "sin",
    "bör", "måste",
})  # fmt: skip
"""Words that say nothing of what a sentence is about."""

_ROOM = 1 << 16
_TEXTS = 1 << 13


@lru_cache(maxsize=_TEXTS)
def tell_meanings(text: str) -> str:
    """The words that a text's words are forms of and their synonyms, each without blanks, in the order of the text.

    A word that the thesaurus does not know stands for itself; words that say nothing of a text's subject are left out.
    A verb is looked up with the word behind it too ("ta bort" as "ta_bort").
    """
    words = split_words(text)
    told: list[str] = []
    for word, behind in zip_longest(words, words[1:], fillvalue=""):
        if word not in _EMPTY:
            told += _meanings(word, behind)
    return " ".join(told)


@lru_cache(maxsize=_ROOM)
def _meanings(word: str, behind: str) -> tuple[str, ...]:
    known = _synonyms()
    heads = _heads(word) or _last_part(word)
    heads += tuple(pair for head in heads if (pair := f"{head} {behind}") in known)
    if not heads:
        return (word,)
    return tuple(said.replace(" ", "_") for head in heads for said in (head, *known[head]))


def _heads(word: str) -> tuple[str, ...]:
    """The words of the thesaurus that a word may be a form of."""
    known = _synonyms()
    bases = (word[: len(word) - len(end)] + base for end, base in _ENDINGS if word.endswith(end))
    return tuple(dict.fromkeys(base for base in bases if len(base) >= _SHORTEST and base in known))


def _last_part(word: str) -> tuple[str, ...]:
    """Those that the longest last part of a compound may be a form of."""
    parts = (word[at:] for at in range(_SHORTEST, len(word) - _PART + 1))
    found = (tuple(head for head in _heads(part) if len(head) >= _PART) for part in parts)
    return next((heads for heads in found if heads), ())


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Each word of the thesaurus with its synonyms."""
    lines = (line.split("|") for line in read_packed(FILE).decode("utf-8").splitlines() if not line.startswith("#"))
    return {word: tuple(synonyms) for word, *synonyms in lines}
