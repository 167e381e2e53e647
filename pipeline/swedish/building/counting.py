"""Counting words, pairs and triples of source texts, weighed by genre, and packing them into the model files."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from pipeline.swedish.automaton import build_automaton
from pipeline.swedish.building.dictionary import Form
from pipeline.swedish.building.sources import Paragraph
from pipeline.swedish.contexts import fold_letters
from pipeline.swedish.lexicon import ALONE, BEGINS, ENDS, FOREIGN, NAME, NEVER, TRUSTED, Lexicon, write_blocks
from pipeline.swedish.ngrams import BOUNDARY, SPECIAL, tokenize_words

# Statutes are plenty and stiff, general prose is scarce and nearest to what municipalities write.
GENRE_WEIGHTS = {"statute": 0.3, "manual": 0.7, "prose": 6.0}
_GENRE_SHARES = {"statute": 0.15, "manual": 0.05, "prose": 0.10}  # the rest is general word frequency
_UNTRUSTED = 0.05
_DISCOUNT = 0.75
_ID_BITS = 21


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted: words by genre, and weighed pairs and triples with their raw counts."""

    words: dict[str, Counter[str]]
    capitalised: Counter[str]
    pairs: dict[str, Counter[tuple[str, ...]]]
    triples: dict[str, Counter[tuple[str, ...]]]


def count_paragraphs(paragraphs: Iterable[Paragraph]) -> Counts:
    """Count the training part of the sources; every text counts once."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    triples: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    capitalised: Counter[str] = Counter()
    seen: set[str] = set()
    for paragraph in paragraphs:
        if paragraph.split != "train" or paragraph.text in seen:
            continue
        seen.add(paragraph.text)
        tokens = [BOUNDARY, *tokenize_words(paragraph.text), BOUNDARY]
        words[paragraph.genre].update(tokens[1:])
        pairs[paragraph.genre].update(pairwise(tokens))
        triples[paragraph.genre].update(zip(tokens, tokens[1:], tokens[2:], strict=False))
        capitalised.update(word.lower() for word in paragraph.text.split() if word[0].isupper())
    return Counts(dict(words), capitalised, dict(pairs), dict(triples))


def compile_lexicon(
    forms: Iterable[Form], counts: Counts, *, general: Mapping[str, float], english: Iterable[str], names: Iterable[str]
) -> Lexicon:
    """Put dictionary, counts and general word frequencies together.

    Args:
        forms: The dictionary's forms.
        counts: What was counted in the sources.
        general: Share of general text for each word (wordfreq).
        english: Common English words, known but never Swedish.
        names: Names of places and bodies, as written.

    Returns:
        The lexicon; a word's costs hold its probability alone and in compounds.
    """
    flags = _collect_flags(forms, counts, general, english, names)
    shares = _mix_shares(flags, counts, general)
    words = sorted((word for word in flags if _fits(word)), key=lambda word: word.encode("latin-1"))
    begins, ends = _count_parts(flags, shares)
    automaton = build_automaton(word.encode("latin-1") for word in words)
    return Lexicon(
        automaton,
        bytes(flags[word] for word in words),
        bytes(to_byte(shares.get(word, 0.0)) if flags[word] & ALONE else NEVER for word in words),
        bytes(to_byte(begins[word]) if flags[word] & BEGINS else NEVER for word in words),
        bytes(to_byte(ends[word]) if flags[word] & ENDS else NEVER for word in words),
    )


def write_lexicon(lexicon: Lexicon, path: Path) -> None:
    """Write a lexicon as `read_lexicon` reads it."""
    automaton = lexicon.automaton
    write_blocks(
        path,
        {
            "root": array("I", [automaton.root]),
            "first": automaton.first,
            "labels": array("B", automaton.labels),
            "targets": automaton.targets,
            "skips": automaton.skips,
            "final": array("B", automaton.final),
            "flags": array("B", lexicon.flags),
            "costs": array("B", lexicon.costs),
            "begin_costs": array("B", lexicon.begin_costs),
            "end_costs": array("B", lexicon.end_costs),
        },
    )


def to_byte(share: float) -> int:
    """A share as eighths of a bit, at most 254; NEVER for nothing."""
    return NEVER if share <= 0 else min(NEVER - 1, max(0, round(-8 * math.log2(share))))


def _fits(word: str) -> bool:
    return 0 < len(word) <= 50 and all(ord(letter) < 256 for letter in word)


def _collect_flags(
    forms: Iterable[Form], counts: Counts, general: Mapping[str, float], english: Iterable[str], names: Iterable[str]
) -> dict[str, int]:
    flags: dict[str, int] = {}
    for form in forms:
        lower = form.text.lower()
        value = ALONE * form.alone + BEGINS * (form.begins and form.text == lower) + ENDS * form.ends + TRUSTED
        known = flags.get(lower, 0)
        # A word that also exists in small letters is no name.
        capital = NAME if form.text != lower and (not known or known & NAME) else 0
        flags[lower] = ((known | value) & ~NAME) | capital
    for part in (part for name in names for part in name.split()):
        flags.setdefault(part.lower(), ALONE | NAME | TRUSTED)
    written: Counter[str] = Counter()
    for genre in counts.words.values():
        written.update(genre)
    trusted_folds = {fold_letters(word) for word in flags if word != fold_letters(word)}
    for word, count in written.items():
        if count >= 3 and word not in flags and _fits(word):
            flags[word] = ALONE | TRUSTED | (NAME if counts.capitalised[word] > 0.8 * count else 0)
    for word, share in general.items():
        # wordfreq has unaccented web spellings ("aven"): what folds from a dictionary word is not believed.
        if word not in flags and share >= 3e-8 and _fits(word) and word.isalpha() and word not in trusted_folds:
            flags[word] = ALONE
    for foreign in english:
        if foreign not in trusted_folds:
            flags[foreign] = flags.get(foreign, ALONE) | FOREIGN
    for token in SPECIAL:
        flags[token] = ALONE
    return flags


def _mix_shares(flags: Mapping[str, int], counts: Counts, general: Mapping[str, float]) -> dict[str, float]:
    totals = {genre: sum(words.values()) for genre, words in counts.words.items()}
    rest = 1.0 - sum(_GENRE_SHARES[genre] for genre in totals)
    shares: dict[str, float] = {}
    for word, value in flags.items():
        if not value & ALONE:
            continue
        believed = 1.0 if value & TRUSTED else _UNTRUSTED
        share = rest * general.get(word, 0.0) * believed + 1e-9
        for genre, words in counts.words.items():
            share += _GENRE_SHARES[genre] * words[word] / totals[genre]
        shares[word] = share
    return shares


def _count_parts(flags: Mapping[str, int], shares: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """How often each form begins and ends the compounds among the known words, as shares."""
    begins: dict[str, float] = defaultdict(float)
    ends: dict[str, float] = defaultdict(float)
    for word, share in shares.items():
        if len(word) < 6 or share <= 2e-9:
            continue
        weight = math.sqrt(share)
        for cut in range(3, len(word) - 2):
            first, last = word[:cut], word[cut:]
            if flags.get(first, 0) & BEGINS and flags.get(last, 0) & ENDS:
                begins[first] += weight
                ends[last] += weight
    return _normalise(begins, flags, BEGINS), _normalise(ends, flags, ENDS)


def _normalise(counts: Mapping[str, float], flags: Mapping[str, int], flag: int) -> dict[str, float]:
    size = sum(1 for value in flags.values() if value & flag)
    total = sum(counts.values())
    return {word: 0.9 * counts.get(word, 0.0) / total + 0.1 / size for word, value in flags.items() if value & flag}


def compile_ngrams(
    lexicon: Lexicon, counts: Counts, path: Path, *, analogies: Mapping[str, Mapping[str, float]]
) -> None:
    """Write the n-gram model as `read_ngrams` reads it.

    Args:
        lexicon: Gives the words their ids; what holds a word outside it is left out.
        counts: What was counted.
        path: The model file.
        analogies: What `read_analogies` gave.
    """
    ids = {word: lexicon.index(word) for genre in sorted(counts.words) for word in counts.words[genre]}
    lent = {
        lexicon.index(lender): {lexicon.index(word): part for word, part in borrowers.items()}
        for lender, borrowers in analogies.items()
    }
    singles: dict[str, Counter[tuple[str, ...]]] = {
        genre: Counter({(word,): n for word, n in words.items()}) for genre, words in counts.words.items()
    }
    contexts = _weigh(singles, ids, lent)
    weighed_pairs = _weigh(counts.pairs, ids, lent)
    pairs = sorted(
        pair for pair, one in weighed_pairs.items() if one.times >= 2 or not one.only_statutes or one.borrowed
    )
    place = {pair: number for number, pair in enumerate(pairs)}
    pair_shares = [
        weighed_pairs[pair].discounted / max(contexts[pair[:1]].weight, weighed_pairs[pair].weight) for pair in pairs
    ]
    weighed_triples = _weigh(counts.triples, ids, lent)
    triples = sorted(
        (triple for triple, one in weighed_triples.items() if _is_kept(one) and triple[:2] in place),
        key=lambda triple: (place[triple[0], triple[1]], triple[2]),
    )
    triple_shares = [
        weighed_triples[triple].discounted / max(weighed_pairs[triple[:2]].weight, weighed_triples[triple].weight)
        for triple in triples
    ]
    rests = _leave_rest(len(lexicon.flags), (pair[0] for pair in pairs), pair_shares)
    pair_rests = _leave_rest(len(pairs), (place[triple[0], triple[1]] for triple in triples), triple_shares)
    write_blocks(
        path,
        {
            "pairs": _take_differences([(first << _ID_BITS) | second for first, second in pairs]),
            "pair_shares": array("B", map(to_byte, pair_shares)),
            "pair_rests": array("B", map(to_byte, pair_rests)),
            "triples": _take_differences([(place[a, b] << _ID_BITS) | c for a, b, c in triples]),
            "triple_shares": array("B", map(to_byte, triple_shares)),
            "rests": array("B", map(to_byte, rests)),
        },
    )


def _is_kept(triple: _Weighed) -> bool:
    return triple.times >= (1 if triple.in_prose else 2) or (triple.borrowed and triple.times >= 0.5)


def read_analogies(general: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """For each lending word the words that borrow its surroundings, with how much of each count they get."""
    content = yaml.safe_load(Path(__file__).with_name("analogies.yaml").read_text("utf-8"))
    lent: dict[str, dict[str, float]] = defaultdict(dict)
    for word, lenders in sorted(content.items()):
        total = sum(general.get(lender, 0.0) for lender in lenders)
        for lender in lenders:
            lent[lender][word] = general.get(word, 0.0) / total
    return dict(lent)


@dataclass(slots=True)
class _Weighed:
    """An n-gram's weight over the genres, its raw count, and whether general prose has it."""

    weight: float = 0.0
    times: float = 0.0
    in_prose: bool = False
    only_statutes: bool = True
    borrowed: bool = False

    @property
    def discounted(self) -> float:
        # What was seen once, or only borrowed, is kept too, with the quarter that the discount leaves.
        return self.weight * max(self.times - _DISCOUNT, (1 - _DISCOUNT) * self.times) / self.times


def _weigh(
    counts: Mapping[str, Mapping[tuple[str, ...], int]], ids: Mapping[str, int], lent: Mapping[int, Mapping[int, float]]
) -> dict[tuple[int, ...], _Weighed]:
    weighed: dict[tuple[int, ...], _Weighed] = {}
    for genre in sorted(counts):
        for words, times in counts[genre].items():
            key = tuple(ids.get(word, -1) for word in words)
            if -1 in key:
                continue
            entry = weighed.setdefault(key, _Weighed())
            entry.weight += GENRE_WEIGHTS[genre] * times
            entry.times += times
            entry.in_prose = entry.in_prose or genre == "prose"
            entry.only_statutes = entry.only_statutes and genre == "statute"
    for key, entry in list(weighed.items()):
        for place, lender in enumerate(key):
            for borrower, part in lent.get(lender, {}).items():
                other = weighed.setdefault((*key[:place], borrower, *key[place + 1 :]), _Weighed())
                other.weight += part * entry.weight
                other.times += part * entry.times
                other.only_statutes = other.only_statutes and entry.only_statutes
                other.borrowed = True
    return weighed


def _leave_rest(size: int, contexts: Iterable[int], shares: Iterable[float]) -> list[float]:
    rests = [1.0] * size
    for context, share in zip(contexts, shares, strict=True):
        rests[context] -= share
    return [max(0.02, rest) for rest in rests]


def _take_differences(keys: list[int]) -> array[int]:
    differences = array("Q")
    previous = 0
    for key in keys:
        differences.append(key - previous)
        previous = key
    return differences
