"""Learning the channel: aligning what pages said with what was read, and counting which letters became which."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.swedish.channel import INITIAL

_LONGEST = 3
# What was seen less often is a slip of the alignment.
_FEWEST, _FEWEST_LONG = 2, 3
_SWEDISH = frozenset("åäö")
# A page where more of the letters went wrong than this was not read but guessed.
_WORST_PAGE = 0.12


def align_pages(gold: str, read: str) -> list[tuple[str, str, int]]:
    """The segments that differ, as (true, read, offset in gold), neighbouring edits taken together."""
    segments: list[tuple[str, str, int]] = []
    opened: tuple[int, int, int, int] | None = None
    for op in Levenshtein.opcodes(gold, read):
        if op.tag == "equal":
            if opened:
                segments.append((gold[opened[0] : opened[1]], read[opened[2] : opened[3]], opened[0]))
            opened = None
        elif opened:
            opened = (opened[0], op.src_end, opened[2], op.dest_end)
        else:
            opened = (op.src_start, op.src_end, op.dest_start, op.dest_end)
    if opened:
        segments.append((gold[opened[0] : opened[1]], read[opened[2] : opened[3]], opened[0]))
    return segments


def count_confusions(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int]]:
    """Counts of (true, read) segments and of the true segments, from pairs of page texts.

    A capital that stays a capital counts as its small letter; a small letter read as a capital keeps the capital, for
    that is an error of its own.
    """
    counts: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for gold_page, read_page in pairs:
        gold, read = " ".join(gold_page.split()), " ".join(read_page.split())
        if Levenshtein.distance(gold, read) > _WORST_PAGE * len(gold):
            continue
        letters = gold.lower()
        for place, letter in enumerate(letters):
            totals[_mark(gold, place, letter)] += 1
            if place:
                totals[_mark(gold, place - 1, letters[place - 1 : place + 1])] += 1
        for true, seen, place in align_pages(gold, read):
            for piece, printed, offset in _cut(*_lean(gold, true, seen, place)):
                counts[_mark(gold, offset, piece.lower()), printed.lower() if piece.isupper() else printed] += 1
    return _keep_usable(counts, totals)


def _keep_usable(counts: Counter[tuple[str, str]], totals: Counter[str]) -> dict[tuple[str, str], tuple[int, int]]:
    kept: dict[tuple[str, str], tuple[int, int]] = {}
    wrong: Counter[str] = Counter()
    for (true, seen), count in sorted(counts.items()):
        wrong[true] += count
        letters = true.removeprefix(INITIAL)
        if _is_usable(letters, seen) and count >= (_FEWEST if len(letters) == 1 else _FEWEST_LONG):
            kept[true, seen] = (count, totals[true])
    for true, total in sorted(totals.items()):
        letter = true.removeprefix(INITIAL)
        if len(letter) == 1 and letter.isalpha() and total > wrong[true]:
            kept[true, letter] = (total - wrong[true], total)
    return kept


def write_confusions(confusions: dict[tuple[str, str], tuple[int, int]], path: Path) -> None:
    """Write the table that `read_channel` reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["true", "read", "count", "total"])
        for (true, read), (count, total) in sorted(confusions.items()):
            writer.writerow([true, read, count, total])


def _mark(gold: str, place: int, letter: str) -> str:
    return INITIAL + letter if place == 0 or not gold[place - 1].isalnum() else letter


def _lean(gold: str, true: str, read: str, place: int) -> tuple[str, str, int]:
    """A letter lost or added is told with its neighbour in the word: "il" read as "l", "l" as "li", "ll" as "l"."""
    after = place + len(true)
    if not true and place and gold[place - 1].isalpha():
        return gold[place - 1], gold[place - 1] + read, place - 1
    if not read and len(true) == 1 and true.lower() not in _SWEDISH:
        previous, following = gold[place - 1 : place] if place else "", gold[after : after + 1]
        if previous.isalpha() and (previous == true or not following.isalpha()):
            return previous + true, previous, place - 1
        if following.isalpha():
            return true + following, following, place
    return true, read, place


def _cut(true: str, read: str, place: int) -> list[tuple[str, str, int]]:
    """Segments of equal length are cut letter by letter; others are kept whole."""
    if len(true) == len(read):
        return [(a, b, place + offset) for offset, (a, b) in enumerate(zip(true, read, strict=True)) if a != b]
    return [(true, read, place)]


def _is_usable(true: str, read: str) -> bool:
    if not true or len(true) > 2 or len(read) > _LONGEST or not true.isalpha() or any(map(str.isspace, read)):
        return False
    # Other accents than ours the engine can print, é for one.
    if not all(letter.isascii() or letter in _SWEDISH for letter in true):
        return False
    return bool(read) or true in _SWEDISH
