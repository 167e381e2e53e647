"""Counting words, pairs and triples of source texts, and compiling the lexicon from counts and dictionary."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipeline.swedish.automaton import build_automaton
from pipeline.swedish.building.dictionary import Form
from pipeline.swedish.building.sources import Paragraph, take_training
from pipeline.swedish.contexts import fold_letters
from pipeline.swedish.lexicon import ALONE, BEGINS, ENDS, FOREIGN, NAME, NEVER, TRUSTED, Lexicon, write_blocks
from pipeline.swedish.ngrams import BOUNDARY, SPECIAL, tokenize_words

_GENRE_SHARES = {"statute": 0.15, "manual": 0.05, "prose": 0.10, "written": 0.05}  # the rest is general word frequency
_UNTRUSTED = 0.05


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
    for paragraph in take_training(paragraphs):
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
    total = sum(counts.values()) or 1.0
    return {word: 0.9 * counts.get(word, 0.0) / total + 0.1 / size for word, value in flags.items() if value & flag}
