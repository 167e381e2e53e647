"""Several things written in one cell, told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pipeline.wording.words import fold

_PIECE = re.compile(r"(?:[\"”“»«][^\"”“»«]*[\"”“»«]|[^,;|\n])+")
_AND = re.compile(r"\s+(?:och|samt|&)\s+", re.IGNORECASE)


class NotUnderstood(ValueError):
    """Written words that say nothing we know; the message is the words."""


def read_list(written: str, known: Mapping[str, str], read: Callable[[str], str]) -> list[str]:
    """The codes of things written with commas, bars or "och" between them.

    Args:
        written: What a person wrote.
        known: Codes by their folded words; the longest words that are known come first, for a title may hold a comma.
        read: Gives the code of any other thing, empty where it understands none.

    Raises:
        NotUnderstood: Where a piece is neither known nor understood.
    """
    pieces = [piece.strip() for piece in _PIECE.findall(written) if piece.strip()]
    if not pieces:
        raise NotUnderstood(written)
    found: list[str] = []
    while pieces:
        for end in range(len(pieces), 0, -1):
            code = known.get(fold(", ".join(pieces[:end])))
            if code:
                found.append(code)
                break
        else:
            end = 1
            found += _read_piece(pieces[0], known, read)
        del pieces[:end]
    return found


def _read_piece(piece: str, known: Mapping[str, str], read: Callable[[str], str]) -> list[str]:
    for parts in ([piece], _AND.split(piece)):
        codes = [known.get(fold(part)) or read(part) for part in parts]
        if all(codes):
            return codes
    raise NotUnderstood(piece)
