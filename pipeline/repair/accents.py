"""Letters that stand apart from their dots and rings ("a" + U+0308, "a¨", "¨a") are put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.repair.edits import TextEdit, make_edits
from pipeline.swedish.lexicon import load_lexicon

_MARKED = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_ACCENTED = re.compile(r"(?<![\d¨˚°´])(?=[^\W\d_]{0,40}[¨˚°´])(?:[^\W\d_]|[¨˚°´])+")
_LETTERS = {
    ("¨", "a"): "ä", ("¨", "o"): "ö", ("¨", "A"): "Ä", ("¨", "O"): "Ö", ("˚", "a"): "å", ("˚", "A"): "Å",
    ("°", "a"): "å", ("°", "A"): "Å", ("´", "e"): "é", ("´", "E"): "É",
}  # fmt: skip
_ACCENTS = frozenset(accent for accent, _ in _LETTERS)
# Whether a document prints the accent before its letter or behind is known from so many words, each a known one.
_FEWEST = 3
_KNOWN, _BY_CUSTOM = 0.99, 0.95


def compose_letters(text: str) -> list[TextEdit]:
    """Edits that put letters and their marks together; compatibility forms (ligatures, "²") are left as they are.

    A combining mark belongs to the letter before it, whatever the word. A spacing accent may stand before its letter or
    behind it: where that makes a word, and in other words as the document has it elsewhere.
    """
    edits = []
    for match in () if unicodedata.is_normalized("NFC", text) else _MARKED.finditer(text):
        whole = unicodedata.normalize("NFC", match.group())
        if whole != match.group():
            edits.append(TextEdit(*match.span(), match.group(), whole, "combining_mark", 1.0))
    if not _ACCENTS.isdisjoint(text):
        edits += _compose_accents(text)
    return sorted(edits, key=lambda edit: edit.raw_start)


def with_whole_letters(text: str) -> str:
    """The text with letters and their marks put together, for judging it as its reader sees it."""
    edits = compose_letters(text)
    return make_edits(text, edits) if edits else text


def _compose_accents(text: str) -> list[TextEdit]:
    lexicon = load_lexicon()
    words = []
    custom = [0, 0]
    for match in _ACCENTED.finditer(text):
        readings = [_read(match, before=before) for before in (True, False)]
        known = [edits is not None and lexicon.is_word(_apply(match, edits)) for edits in readings]
        words.append((readings, known))
        if known.count(True) == 1:
            custom[known.index(True)] += 1
    usual = custom.index(max(custom))
    found: list[TextEdit] = []
    for readings, known in words:
        if any(known):
            found += readings[known.index(True) if known.count(True) == 1 else usual] or []
        elif max(custom) >= _FEWEST:
            found += [_less_sure(edit) for edit in readings[usual] or []]
    return found


def _read(match: re.Match[str], *, before: bool) -> list[TextEdit] | None:
    """The edits that give each accent of a word to the letter beside it; None where one has no such letter."""
    text, (start, end) = match.string, match.span()
    edits = []
    at = start
    while at < end:
        pair = (text[at], text[at + 1 : at + 2]) if before else (text[at + 1 : at + 2], text[at])
        if pair in _LETTERS and at + 1 < end:
            edits.append(TextEdit(at, at + 2, text[at : at + 2], _LETTERS[pair], "spacing_accent", _KNOWN))
            at += 2
        elif text[at] in _ACCENTS:
            return None
        else:
            at += 1
    return edits


def _apply(match: re.Match[str], edits: Sequence[TextEdit]) -> str:
    start = match.start()
    pieces, at = [], start
    for edit in edits:
        pieces += [match.string[at : edit.raw_start], edit.after]
        at = edit.raw_end
    return "".join([*pieces, match.string[at : match.end()]])


def _less_sure(edit: TextEdit) -> TextEdit:
    return TextEdit(edit.raw_start, edit.raw_end, edit.before, edit.after, edit.rule, _BY_CUSTOM)
