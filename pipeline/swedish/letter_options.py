"""What the letters at a place of a printed word may stand for, made ready for walking the lexicon's automaton."""

from __future__ import annotations

import math
from functools import lru_cache
from string import ascii_lowercase

from pipeline.swedish.channel import INITIAL, Channel
from pipeline.swedish.options import Option, Options

# The letters that the engine can't print.
LACKING = frozenset("åäö")
# Signs that stand in no word: where one does, a letter was printed so, likeliest one that the engine lacks.
SYMBOLS = frozenset("&|€@$\\]{}°#")
# One that nothing closes was a letter, too, where it is taken for part of a word.
_BRACKET = "("

# What smudged dots above a letter are printed as, beside the letter or without it: "é4", "&a", "G6".
_SMUDGES = frozenset("é4&AG6§€£®")
_UNDER_SMUDGES = _SMUDGES | frozenset("aodiO8")
_SMUDGED = math.log(2e-4)
_SYMBOL_FOR_ANY = math.log(2e-5)
# No learned confusion is of more printed letters.
_LONGEST_READ = 3


def options_at(text: str, place: int, channel: Channel, *, small: bool, lacking: bool) -> Options:
    """What the letters at a place may stand for, likeliest first; the same letters are looked up once a channel.

    Args:
        text: The printed word.
        place: The place in it; the one behind its last letter may have lost letters, too.
        channel: The confusions.
        small: Whether the word's first letter is a misread small one, so that it can't stand for itself.
        lacking: Whether only letters that the engine lacks may have been misread, and small ones as capitals.
    """
    letters, begins = text[place : place + _LONGEST_READ], place == 0
    key = letters, begins, begins and small, lacking
    options = channel.options.get(key)
    if options is None:
        base = channel.for_word(letters)
        if base is not channel:
            # No change of this document's channel concerns these letters.
            options = options_at(text, place, base, small=small, lacking=lacking)
        else:
            # Where no confusion takes the letters together, those that follow the first make no difference.
            telling = letters if len(letters) < 2 or _tell(letters, channel, begins) else letters[0]
            options = channel.options.get((telling, *key[1:]))
            if options is None:
                options = channel.options[telling, begins, key[2], lacking] = Options(
                    _find_options(telling, begins, key[2], lacking, channel), lasting=channel.base is None
                )
        channel.options[key] = options
    return options


def _tell(letters: str, channel: Channel, begins: bool) -> bool:
    """Whether more than the first of the letters may have been read for something together."""
    table = channel.initial if begins else channel.inner
    return letters[:2] in table or letters in table or not _SMUDGES.isdisjoint(letters)


def _find_options(letters: str, begins: bool, small: bool, lacking: bool, channel: Channel) -> list[Option]:
    table = channel.initial if begins else channel.inner
    found: list[tuple[str, str, float]] = []
    if letters:
        letter = letters[0]
        if letter.isalpha() and not small and letter.lower() == letter:
            share = channel.shares.get((INITIAL + letter if begins else letter, letter))
            # A letter that the rendered pages never held (é, ü) stands for itself.
            found.append((letter, letter, math.log(share) if share else -0.5))
    smudged = not _SMUDGES.isdisjoint(letters)
    for length in (1, 2, 3, 0):
        read = letters[:length]
        if len(read) < length:
            continue
        known = table.get(read, ())
        found += [(read, true, share) for true, share in known if true != read]
        if length > 1 and smudged and _SMUDGES.intersection(read) and _UNDER_SMUDGES.issuperset(read):
            met = {true for true, _ in known}
            found += [(read, true, _SMUDGED) for true in sorted(LACKING) if true not in met]
    if letters and (letters[0] in SYMBOLS or letters[0] == _BRACKET):
        met = {true for read, true, _ in found if read == letters[0]}
        found += [(letters[0], true, _SMUDGED) for true in sorted(LACKING - met)]
        found += [(letters[0], true, _SYMBOL_FOR_ANY) for true in ascii_lowercase if true not in met]
    if lacking:
        found = [one for one in found if one[1] in LACKING or one[0].lower() == one[1]]
    found.sort(key=lambda one: -one[2])
    return [_pack(read, true, share, begins) for read, true, share in found if _encode(true)]


def _pack(read: str, true: str, share: float, begins: bool) -> Option:
    return share, len(read), _encode(true), true, (INITIAL + true if begins else true, read), read == true


@lru_cache(maxsize=4096)
def _encode(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return b""
