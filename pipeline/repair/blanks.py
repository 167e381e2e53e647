"""Blanks that an engine lost or added: "deli" for "del i", "trygg het" for "trygghet"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.repair.choices import ChoiceFinder
from pipeline.repair.lattice import Choice, log_likelihood
from pipeline.repair.layout_words import load_layout_words
from pipeline.repair.tokens import Token
from pipeline.swedish.contexts import fold_letters
from pipeline.swedish.ngrams import BOUNDARY, load_ngrams

# Logarithms of how often a blank is lost beside a small word, and how often one is added inside a word.
_LOST, _ADDED = -6.0, -7.5
# The words on each side that are looked at to decide.
_AROUND = 2
_SHORTEST_JOINED, _SHORTEST_CUT = 5, 3
# Less sure changes of blanks are not passed on: they would hide how the printed words are read.
_LEAST = 0.85


def lay_out_places(tokens: Sequence[Token], finder: ChoiceFinder) -> tuple[list[list[Choice]], list[Token | None]]:
    """The choices for each word and mark of a passage, and the word that each place belongs to (None for marks)."""
    places: list[list[Choice]] = []
    owners: list[Token | None] = []
    for token in tokens:
        if token.silent:
            continue
        for mark in token.context:
            places.append(finder.mark(mark))
            owners.append(None)
        places.append(finder.find(token))
        owners.append(token)
    # What a sentence ends with tells much: "i 30 år." and not "i 30 är.".
    places.append(finder.mark(BOUNDARY))
    owners.append(None)
    return places, owners


def mend_blanks(tokens: Sequence[Token], text: str, finder: ChoiceFinder, *, trust: float) -> list[Token]:
    """The words of a passage with blanks put back and taken out where that makes a likelier text.

    Args:
        tokens: The words as printed.
        text: The text that they stand in.
        finder: Finds the choices for words.
        trust: Exponent on the context model, as for `weigh_choices`.
    """
    mended: list[Token] = []
    at = 0
    while at < len(tokens):
        best, used, odds = [tokens[at]], 1, -math.inf
        for pieces, size, prior in _propose(tokens, at, text, finder):
            before, after = mended[-_AROUND:], tokens[at + size : at + size + _AROUND]
            printed = _judge([*before, *tokens[at : at + size], *after], finder, trust)
            gain = prior + _judge([*before, *pieces, *after], finder, trust) - printed
            if gain > odds:
                best, used, odds = pieces, size, gain
        doubt = 1 / (1 + math.exp(-odds)) if odds > -50 else 0.0
        if doubt < _LEAST:
            best, used, doubt = [tokens[at]], 1, 1.0
        mended += best if doubt == 1.0 else [replace(token, doubt=doubt) for token in best]
        at += used
    return mended


def _judge(tokens: Sequence[Token], finder: ChoiceFinder, trust: float) -> float:
    places, _ = lay_out_places(tokens, finder)
    return log_likelihood(places, load_ngrams(), trust=trust)


def _propose(
    tokens: Sequence[Token], at: int, text: str, finder: ChoiceFinder
) -> Iterator[tuple[list[Token], int, float]]:
    """Other ways to cut the words at a place: the new words, for how many printed ones, and how rare that is."""
    token = tokens[at]
    if token.frozen or token.sign:
        return
    poor = finder.is_poor(token)
    if at + 1 < len(tokens):
        following = tokens[at + 1]
        if _may_join(token, following, text) and (poor or finder.is_poor(following)):
            whole = replace(
                token, end=following.end, text=token.text + following.text, last_part=following.last_part,
                first_part=following.first_part,
            )  # fmt: skip
            if finder.explains(whole):
                yield [whole], 2, _ADDED
    if poor and len(token.text) >= _SHORTEST_CUT and token.text.isalpha():
        before, behind = (
            {fold_letters(word) for word in load_layout_words()[name]} for name in ("glued_before", "glued_behind")
        )
        for cut in range(1, len(token.text)):
            left, right = token.text[:cut], token.text[cut:]
            if right[0].isupper() or (fold_letters(left) not in before and fold_letters(right) not in behind):
                continue
            pieces = _cut(token, cut)
            if all(finder.explains(piece) for piece in pieces):
                yield pieces, 1, _LOST


def _cut(token: Token, cut: int) -> list[Token]:
    return [
        replace(token, end=token.start + cut, text=token.text[:cut], first_part=False),
        replace(
            token, start=token.start + cut, text=token.text[cut:], context=(), opens=False, capital=False,
            last_part=False, glued=True,
        ),
    ]  # fmt: skip


def _may_join(token: Token, following: Token, text: str) -> bool:
    return (
        not (following.frozen or following.opens or following.context or following.sign)
        and text[token.end : following.start] == " "
        and following.text.islower()
        and len(token.text) + len(following.text) >= _SHORTEST_JOINED
    )
