"""Worn print read with Swedish in mind: of what each word's picture allows, the word that Swedish expects there.

Where a copy has lost dots and strokes, the picture alone no longer tells "for" from "för". Each word's strings are
weighed by their share in Tesseract's lattice, by how easily worn print gives them for a word (`worn_print.csv`), and by
the n-gram model after the word before (a noisy channel: Kernighan, Church and Gale 1990). Words with a figure are left
alone, and so are those that nothing better explains: names, other languages.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from pipeline.ingest.ocr_lattice import is_plain, log_share, strings_of
from pipeline.ingest.tesseract import SeenWord
from pipeline.swedish.candidates import Candidate, Search, find_candidates
from pipeline.swedish.channel import INITIAL, Channel, make_channel
from pipeline.swedish.lexicon import NAME, load_lexicon
from pipeline.swedish.ngrams import load_ngrams
from pipeline.swedish.plausibility import is_english

LANGUAGE = 1.4
"""What the logarithm of a word's probability in Swedish weighs beside that of its picture."""

MARGIN = 0.5
"""By how much another word must be likelier than the one that was read."""

MIN_KNOWN = 0.5
"""Share of a page's words that are Swedish as read; on others the lexicon has nothing to say."""

SURE_AT_MOST = 0.6
"""Confidence of a word that was chosen so."""

MARKS = frozenset("§%@–—•€$&+=*<>[]{}|\\_~^#")
"""What Tesseract's Swedish model cannot print, or prints for something else: a word with such a mark stays as read."""

_ROW = 64
"""Pixels: words are looked for by rows of that height."""

_BUDGET, _STRINGS, _CANDIDATES = 9.0, 5, 12
_SHORTEST_COMPOUND, _LONGEST = 6, 30
# Logarithms of what words outside the lexicon are worth, whole and a letter: names are more often right than others.
_UNKNOWN, _UNKNOWN_LETTER, _UNKNOWN_NAME, _UNKNOWN_NAME_LETTER = -11.0, -1.0, -9.0, -0.8
# What capitals inside cost, marks inside, a small letter after a stop, a capital or a stop within a sentence.
_ODD_CAPITALS, _ODD_MARKS, _SMALL_AFTER_STOP, _CAPITAL_WITHIN, _STOP_WITHIN = -3.0, -3.0, -1.0, -3.0, -2.0
_DOTTED = {"a": "åä", "o": "ö", "e": "é"}
_PARTS = re.compile(r"^([^\w]*)(.*?)([^\w]*)$", re.DOTALL)
_HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STOPS = frozenset(".:!?")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word stands: what the word before says of it, and the first letter after it."""

    previous: int = -1
    begins: bool = True
    following: str = ""


def choose_words(words: Sequence[SeenWord], others: Sequence[Sequence[SeenWord]] = ()) -> tuple[list[SeenWord], int]:
    """The words of a page, each as the likeliest of what its pictures allow, and how many were changed by that.

    Args:
        words: Those of a page in reading order.
        others: Other readings of the same page, in the same pixels: another model, strokes of another width.
    """
    if not _is_swedish(words):
        return list(words), 0
    seen = [_beside(words, other) for other in others]
    chosen: list[SeenWord] = []
    place, changed = _Place(), 0
    for number, word in enumerate(words):
        following = words[number + 1].text if number + 1 < len(words) else ""
        readings = [word, *(found for other in seen if (found := other[number]) is not None)]
        text = _choose(readings, replace(place, following=following[:1]))
        if text != word.text:
            changed += 1
            word = replace(word, text=text, confidence=min(word.confidence, SURE_AT_MOST))  # noqa: PLW2901
        chosen.append(word)
        place = _after(text)
    return chosen, changed


def with_marks(words: Sequence[SeenWord], whole: Sequence[SeenWord]) -> list[SeenWord]:
    """The words of a reading by a model that lacks some marks, and for words with such marks what all models read."""
    result = []
    for word, other in zip(words, _beside(words, whole), strict=True):
        marked = other is not None and not MARKS.isdisjoint(other.text)
        result.append(replace(word, text=other.text, steps=()) if other is not None and marked else word)
    return result


def _beside(words: Sequence[SeenWord], other: Sequence[SeenWord]) -> list[SeenWord | None]:
    """For each word the one of another reading that has its place on the page, None where there is none."""
    rows: dict[int, list[SeenWord]] = {}
    for word in other:
        for row in range(word.top // _ROW, (word.top + word.height) // _ROW + 1):
            rows.setdefault(row, []).append(word)
    found: list[SeenWord | None] = []
    for word in words:
        near = rows.get((word.top + word.height // 2) // _ROW, ())
        found.append(next((one for one in near if _same_place(word, one)), None))
    return found


def _same_place(word: SeenWord, other: SeenWord) -> bool:
    across = min(word.left + word.width, other.left + other.width) - max(word.left, other.left)
    down = min(word.top + word.height, other.top + other.height) - max(word.top, other.top)
    return across > 0.85 * max(word.width, other.width) and down > 0.5 * min(word.height, other.height)


def _is_swedish(words: Sequence[SeenWord]) -> bool:
    cores = [core for core in (_parts(word.text)[1] for word in words) if len(core) > 1 and core.isalpha()]
    known = sum(load_lexicon().is_word(core) for core in cores)
    return known >= MIN_KNOWN * len(cores) > 0 and not is_english(" ".join(cores))


def _parts(text: str) -> tuple[str, str, str]:
    """A word and the marks before and after it."""
    found = _PARTS.match(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")


def _after(text: str) -> _Place:
    _, core, marks = _parts(text)
    begins = not core or not _STOPS.isdisjoint(marks)
    return _Place(-1 if begins else load_lexicon().index(core.lower()), begins)


def _choose(readings: Sequence[SeenWord], place: _Place) -> str:
    read = readings[0].text
    _, core, _ = _parts(read)
    if not core or len(core) > _LONGEST or any(c.isdigit() for c in core) or not MARKS.isdisjoint(read):
        return read
    strings = _strings(readings)
    best = sorted(strings, key=lambda s: (-strings[s], s))[:_STRINGS]
    scores: dict[str, float] = {}
    for string in {*best, read}:
        for text, score in _ways(string, place):
            scores[text] = max(scores.get(text, float("-inf")), strings[string] + score)
    found = max(sorted(scores), key=lambda text: scores[text])
    better = scores[found] > scores[read] + MARGIN
    # One word that nobody knows is no better than another, and names are spelt with capitals anywhere ("LinkedIn").
    same = len(core) > 1 and found.lower() == read.lower()
    return found if better and not same and load_lexicon().is_word(_parts(found)[1]) else read


def _strings(readings: Sequence[SeenWord]) -> dict[str, float]:
    """What a word's pictures may say, with the logarithms of the shares, the mean over all that have a lattice."""
    lattices = [reading.steps for reading in readings if reading.steps]
    if not lattices:
        return {readings[0].text: 0.0}
    strings = {reading.text for reading in readings}
    for steps in lattices:
        if not is_plain(steps):
            found = strings_of(steps)
            strings.update(sorted(found, key=lambda s: (-found[s], s))[:_STRINGS])
    return {string: sum(log_share(string, steps) for steps in lattices) / len(lattices) for string in strings}


def _ways(string: str, place: _Place) -> Iterator[tuple[str, float]]:
    """What a string may stand for, itself first, each with its worth beside the picture's."""
    before, core, after = _parts(string)
    if not core or any(c.isdigit() for c in core):
        return
    ends = _STOP_WITHIN if after == "." and place.following.islower() and "." not in core else 0.0
    yield string, ends + LANGUAGE * (_likeliness(core, place) + _shape(core, place))
    known = load_lexicon().is_word(core)
    for candidate in _candidates(core):
        if known and not _only_dots(core.lower(), candidate.word):
            # A word as good as another is read as it stands; dots, and the dot of an i, are what is lost unseen.
            continue
        text = candidate.word if candidate.small else _cased(core, candidate.word)
        alone = load_ngrams().log_probability(-1, place.previous, candidate.index, candidate.alone)
        yield before + text + after, ends + candidate.channel + LANGUAGE * (alone + _shape(text, place))


def _only_dots(read: str, word: str) -> bool:
    """Whether a word differs from what was read by dots and rings only that are not on the paper, or by capitals."""
    return len(read) == len(word) and all(a == b or b in _DOTTED.get(a, "") for a, b in zip(read, word, strict=True))


def _likeliness(core: str, place: _Place) -> float:
    """The logarithm of a word's probability after the one before it."""
    lexicon = load_lexicon()
    alone = lexicon.log_probability(core)
    if alone is not None:
        return load_ngrams().log_probability(-1, place.previous, lexicon.index(core.lower()), alone)
    if core[0].isupper():
        return _UNKNOWN_NAME + _UNKNOWN_NAME_LETTER * len(core)
    return _UNKNOWN + _UNKNOWN_LETTER * len(core)


def _shape(core: str, place: _Place) -> float:
    """What capitals and marks where none are looked for take off a word's worth."""
    worth = 0.0 if _HYPHENED.fullmatch(core) else _ODD_MARKS
    if core.isupper() and len(core) > 1:
        return worth
    if not core[1:].islower() and core[1:].isalpha():
        worth += _ODD_CAPITALS
    if core[0].isupper() and not place.begins and not load_lexicon().flags_of(core.lower()) & NAME:
        worth += _CAPITAL_WITHIN
    if core[0].islower() and place.begins:
        worth += _SMALL_AFTER_STOP
    return worth


def _cased(core: str, word: str) -> str:
    if len(core) > 1 and core.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if core[:1].isupper() else word


@lru_cache(maxsize=20_000)
def _candidates(core: str) -> tuple[Candidate, ...]:
    search = Search(_BUDGET, compounds=len(core) >= _SHORTEST_COMPOUND)
    return tuple(find_candidates(core, lexicon=load_lexicon(), channel=_worn_print(), search=search)[:_CANDIDATES])


@lru_cache(maxsize=1)
def _worn_print() -> Channel:
    """What worn print is read as, by worn_print.csv; a letter is as a rule read as itself."""
    shares: dict[tuple[str, str], float] = {}
    for letter in "abcdefghijklmnopqrstuvwxyzåäöéèüABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉ":
        shares[letter, letter] = shares[INITIAL + letter, letter] = 0.9
    rows = csv.DictReader(resources.files("pipeline.ingest").joinpath("worn_print.csv").read_text("utf-8").splitlines())
    for row in rows:
        for true in (row["true"], INITIAL + row["true"]):
            shares[true, row["read"]] = float(row["share"])
    return make_channel(shares)
