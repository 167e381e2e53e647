"""Packing counted pairs and triples of words into the n-gram model."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.swedish.building.counting import Counts, to_byte
from pipeline.swedish.lexicon import Lexicon, write_blocks
from pipeline.trees import parse_tree

# Statutes are plenty and stiff, general prose is scarce and nearest to what municipalities write.
GENRE_WEIGHTS = {"statute": 0.3, "manual": 0.7, "prose": 6.0, "written": 6.0}
# Genres so scarce that what was met once counts.
_PROSE = frozenset(("prose", "written"))
_DISCOUNT = 0.75
_ID_BITS = 21


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
    content = parse_tree(Path(__file__).with_name("analogies.yaml").read_text("utf-8"))
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
            entry.in_prose = entry.in_prose or genre in _PROSE
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
