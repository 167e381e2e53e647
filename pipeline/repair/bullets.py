"""Bullets that ran into one line are set on lines of their own again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.repair.edits import TextEdit
from pipeline.repair.layout_words import load_layout_words

# These stand for nothing else between spaces; a dash does.
_SURE = "•▪●◦■□◆➢►✓"
_BULLETS = frozenset(_SURE + "»")
_LINE = re.compile(r"^(?P<indent>[ \t]*)(?P<bullet>[-–—*»" + _SURE + r"])[ \t]+(?P<body>.*)$", re.MULTILINE)
_PARTED = re.compile(rf"(?<![{_SURE}\t])\t(?!\t|$)")
"""A tab between two cells, not the one behind a bullet."""
_ANY_LINE = re.compile(r"^.*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.?!](?:\s|$)")
_FEWEST_LETTERS = 4


def split_run_in_bullets(text: str) -> list[TextEdit]:
    """Edits that begin a new line before bullets in the middle of a line.

    "•" and its like, "»" too, are bullets wherever they stand between spaces in a line that has two of them. A dash is
    one only in an item of a list set with dashes whose items are phrases: small first letter, no full stop, every piece
    likewise. Ranges ("8 - 16") and dashes in running sentences stay.
    """
    lines = list(_ANY_LINE.finditer(text))
    edits: list[TextEdit] = []
    for number, line in enumerate(lines):
        match = _LINE.match(line.group())
        if _PARTED.search(match["body"] if match else line.group()):
            continue  # the bullets of a table's cell: what stands beside it belongs to all of them
        if match is None:
            edits += _split_sure(line.start(), line.group(), "")
        elif match["bullet"] in _SURE or match["bullet"] == "»":
            edits += _split_sure(line.start(), line.group(), match["indent"])
        elif _stands_in_phrase_list(lines, number, match):
            edits += _split_dashes(line.start(), match)
    return edits


def _split_sure(start: int, line: str, indent: str) -> Iterator[TextEdit]:
    # Most lines have none at all.
    for bullet in sorted(_BULLETS.intersection(line)):
        places = [match.start() for match in re.finditer(rf"(?:(?<=\s)|^){re.escape(bullet)}(?=\s+\S)", line)]
        if len(places) < 2:
            continue
        for place in places:
            head = line[:place].rstrip()
            if head:
                yield TextEdit(
                    start + len(head), start + place, line[len(head) : place], "\n" + indent, "run_in_bullet", 0.98
                )


def _stands_in_phrase_list(lines: list[re.Match[str]], number: int, match: re.Match[str]) -> bool:
    """Whether the item has at least two neighbours with the same bullet, all of them phrases."""
    neighbours = []
    for step in (-1, 1):
        other = number + step
        while 0 <= other < len(lines):
            item = _LINE.match(lines[other].group())
            if item is None or item["bullet"] != match["bullet"] or item["indent"] != match["indent"]:
                break
            neighbours.append(item["body"].strip())
            other += step
    phrases = [body for body in neighbours if _is_phrase(body)]
    return len(phrases) >= 2 and len(phrases) >= 0.6 * len(neighbours)


def _is_phrase(body: str) -> bool:
    return bool(body) and body[0].islower() and not _SENTENCE_END.search(body)


def _split_dashes(start: int, match: re.Match[str]) -> Iterator[TextEdit]:
    body, bullet = match["body"].rstrip(), match["bullet"]
    pieces = re.split(rf"[ \t]+{re.escape(bullet)}[ \t]+", body)
    if len(pieces) < 3 or not all(_is_item(piece) for piece in pieces):
        return
    at = match.start("body")
    for separator in re.finditer(rf"[ \t]+(?={re.escape(bullet)}[ \t])", body):
        yield TextEdit(
            start + at + separator.start(),
            start + at + separator.end(),
            separator.group(),
            "\n" + match["indent"],
            "run_in_bullet",
            0.95,
        )


def _is_item(piece: str) -> bool:
    first = piece.split(maxsplit=1)[0] if piece.split() else ""
    letters = sum(letter.isalpha() for letter in piece)
    return (
        _is_phrase(piece)
        and letters >= _FEWEST_LETTERS
        and first.lower().rstrip(",") not in load_layout_words()["goes_on"]
    )
