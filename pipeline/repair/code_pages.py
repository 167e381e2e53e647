"""Text whose bytes were read by the wrong table: "fšr" (Mac Roman as CP1252), "f”r" (CP850), "f÷r" (the other way)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.repair.edits import TextEdit
from pipeline.swedish.lexicon import load_lexicon

# What the bytes were, and what they were read as. CP437 has å, ä and ö where CP850 has them.
_PAIRS = (
    ("mac_roman", "cp1252"), ("cp850", "cp1252"), ("cp1252", "mac_roman"), ("cp1252", "cp850"), ("cp1252", "cp437"),
)  # fmt: skip
_SWEDISH = "åäöÅÄÖ"
_SHOWN = frozenset("åäöÅÄÖéÉüÜèàáæøÆØ§´«»·½²³–—‘’“”•…©®™€\u00a0")
# A text is taken for misread where so many different words that are none become words, and hardly any does not.
_FEWEST, _MOST_KNOWN = 4, 0.8
_SURE = 0.99


@dataclass(frozen=True, slots=True)
class _Reading:
    """One wrong table: what each character stands for, those that stand for å, ä and ö, and words that hold them."""

    table: Mapping[str, str]
    letters: frozenset[str]
    word: re.Pattern[str]


def decode_pages(text: str) -> list[TextEdit]:
    """Edits that give a text back the characters which a wrong table of bytes took from it.

    The document tells: nearly all its words with such characters must become Swedish words. Then they are decoded, and
    all other characters of the kind too unless the text has å, ä and ö besides, so that only a part of it was misread.
    """
    if text.isascii():
        return []
    best: tuple[int, _Reading] | None = None
    for reading in _load_readings():
        if not reading.letters.isdisjoint(text):
            known = _count_words(text, reading)
            if known and (best is None or known > best[0]):
                best = known, reading
    return list(_decode(text, best[1])) if best else []


def _count_words(text: str, reading: _Reading) -> int:
    """How many different odd words become known ones; 0 where too few do."""
    odd = known = 0
    pieces = {piece for piece in set(text.split()) if not reading.letters.isdisjoint(piece)}
    for word in {word for piece in pieces for word in reading.word.findall(piece)}:
        if any(letter.isalpha() and letter not in reading.letters for letter in word) and not _is_word(word):
            odd += 1
            known += _is_word(_translate(word, reading))
    return known if known >= _FEWEST and known >= _MOST_KNOWN * odd else 0


def _decode(text: str, reading: _Reading) -> Iterator[TextEdit]:
    wholly = not any(letter in text for letter in _SWEDISH)
    places = set(range(len(text))) if wholly else set()
    if not wholly:
        for match in reading.word.finditer(text):
            if not _is_word(match.group()) and _is_word(_translate(match.group(), reading)):
                places.update(range(*match.span()))
    for place in sorted(places):
        after = reading.table.get(text[place])
        if after is not None:
            yield TextEdit(place, place + 1, text[place], after, "code_page", _SURE)


def _translate(word: str, reading: _Reading) -> str:
    return "".join(reading.table.get(letter, letter) for letter in word)


def _is_word(word: str) -> bool:
    return word.isalpha() and load_lexicon().is_word(word)


@lru_cache(maxsize=1)
def _load_readings() -> tuple[_Reading, ...]:
    readings = []
    for true, read in _PAIRS:
        table: dict[str, str] = {}
        for byte in range(0x80, 0x100):
            after = bytes([byte]).decode(true, "replace")
            printed = bytes([byte]).decode(read, "replace")
            if after in _SHOWN and after != printed and printed not in _SWEDISH and printed != "\ufffd":
                table[printed] = after
            if after in _SHOWN and byte < 0xA0:
                # Readers of ISO 8859-1 pass these bytes through as control characters.
                table.setdefault(chr(byte), after)
        letters = frozenset(printed for printed, after in table.items() if after in _SWEDISH)
        listed = re.escape("".join(sorted(letters)))
        word = re.compile(rf"(?:[^\W\d_]|[{listed}]){{0,40}}[{listed}](?:[^\W\d_]|[{listed}])*")
        readings.append(_Reading(table, letters, word))
    return tuple(readings)
