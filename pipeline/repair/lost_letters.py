"""Words of which a letter was lost for good ("fr\ufffdgor", "f?r"): restored where only one word fits, else flagged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from pipeline.params import RepairSettings
from pipeline.repair.edits import TextEdit, compose_edits, make_edits
from pipeline.repair.guard import MEASURES, TURNING, guard_of, load_guarded_words
from pipeline.repair.lattice import Choice, weigh_choices
from pipeline.repair.tokens import frozen_spans, model_word
from pipeline.swedish.lexicon import NAME, TRUSTED, load_lexicon
from pipeline.swedish.ngrams import BOUNDARY, COMMA, load_ngrams

_LOST = "\ufffd"
_QUESTIONED = re.compile(r"(?<![\w?!.])(?:[^\W\d_]|\?)+(?![\w?])")
_MARK_INSIDE = re.compile(r"\?[^\W\d_]")
_WITH_MARK = re.compile(r"[^\W\d_]{0,40}\ufffd(?:[^\W\d_]|\ufffd)*")
_PIECE = re.compile(r"(?:[^\W_]|[\ufffd?](?=[^\W_])|\ufffd|(?<=[^\W_])\?(?=[ \n][a-zåäö]))+|[.:;!?](?=\s|\Z)|\n\s*\n|,")
_GOES_ON = re.compile(r"[ \n](?:[a-zåäö]|\?[a-zåäö])")
_OPENS = re.compile(r"(?:\A|[.!]\s+|\n\s*\n\s*|(?P<line>\n\s*)|(?P<asked>\?\s+))(?:[-–•*]\s+|[\"”“(]+)*\Z")
_SHORT_LINE = 40
_LETTERS = "åäö"
_MOST_LOST = 5
# From so many words on that a "?" stands in, and most of which can be read, the text prints "?" for letters.
_FEWEST = 3
_AROUND = 4
_TRUST = 0.9
# A word that only falls into known parts, and one that is listed: the lost letter may have been of a name.
_COMPOUND, _LISTED = 0.97, 0.995
_TURNS = 0.98
_UNKNOWN, _MARK = -17.0, -3.0
_DOUBT = 0.5
_MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with lost letters, and the words that it may have been, in lower case."""

    start: int
    end: int
    words: tuple[str, ...]


def restore_lost_letters(text: str, settings: RepairSettings) -> list[TextEdit]:
    """Edits that restore letters of which the file only has U+FFFD or "?", and flags on words that stay in doubt.

    Such a letter was å, ä or ö. Where several words fit, the words around decide, and the same confidence is asked as
    for other words; a word that none fits, or several do, is flagged. A "?" is only doubted inside a word.

    Args:
        text: The text, otherwise with its right characters.
        settings: Confidences from which on edits are applied and suggested.
    """
    edits: list[TextEdit] = []
    for _ in range(_MOST_ROUNDS):
        # A restored word helps those beside it, so that a second repair of the text finds nothing more.
        found = list(_restore(make_edits(text, edits), settings))
        kept = [edit for edit in edits if edit.status == "applied"]
        edits = compose_edits(text, kept, found) if found else kept
        if not any(edit.status == "applied" for edit in found):
            break
    return edits


def _restore(text: str, settings: RepairSettings) -> Iterator[TextEdit]:
    if _LOST not in text and "?" not in text:
        return
    words = sorted([*_find_marked(text), *_find_questioned(text)], key=lambda word: word.start)
    known = {word.start: word for word in words}
    for word in words:
        yield _decide(text, word, known, settings)


def _find_marked(text: str) -> Iterator[_Word]:
    for match in _WITH_MARK.finditer(text):
        printed = match.group()
        # Mostly two of them are the bytes of one letter that were lost one by one ("s\ufffd\ufffd").
        words = _fill(printed.replace(_LOST * 2, _LOST), _LOST) or _fill(printed, _LOST)
        yield _Word(*match.span(), words)


def _find_questioned(text: str) -> list[_Word]:
    """Words that a "?" stands in; at their end only where the text prints "?" for letters and the sentence goes on."""
    if not _MARK_INSIDE.search(text):
        return []
    frozen = frozen_spans(text, 0, len(text))
    inside, edges = [], []
    for match in _QUESTIONED.finditer(text):
        start, end = match.span()
        printed = match.group()
        if "?" not in printed or len(printed) < 2 or any(a < end and start < b for a, b in frozen):
            continue
        if printed.endswith("?"):
            if _GOES_ON.match(text, end):
                edges.append(_Word(start, end, _fill(printed, "?")))
            printed, end = printed.rstrip("?"), start + len(printed.rstrip("?"))
        if "?" in printed:
            inside.append(_Word(start, end, _fill(printed, "?")))
    read = [word for word in inside if word.words]
    # Where only a lone "?" was lost, it may as well be a slip of the writer's ("vad?och").
    if len({text[word.start : word.end] for word in read}) >= _FEWEST and 2 * len(read) > len(inside):
        ends = {word.start for word in edges if word.words}
        return [word for word in inside if word.start not in ends] + [word for word in edges if word.words]
    listed = load_lexicon().flags_of
    return [
        word for word in read
        if text[word.start] != "?" and any(listed(one) & TRUSTED for one in word.words)
        and not _is_two_words(text[word.start : word.end])
    ]  # fmt: skip


def _is_two_words(printed: str) -> bool:
    """Whether the "?" ends one word and another follows ("vad?och")."""
    parts = printed.split("?")
    return len(parts) == 2 and all(len(part) > 1 and load_lexicon().is_trusted(part) for part in parts)


def _fill(printed: str, mark: str) -> tuple[str, ...]:
    """The words that the printed one may have been, listed ones before compounds; none where too much is lost."""
    lexicon = load_lexicon()
    lost = printed.count(mark)
    if lost > _MOST_LOST or lost == len(printed) or (lost > 2 and 2 * lost > len(printed)):
        return ()
    pattern = printed.lower().replace("%", "").replace(mark, "%s")
    filled = [pattern % letters for letters in product(_LETTERS, repeat=lost)]
    listed = [word for word in filled if lexicon.flags_of(word) & TRUSTED and lexicon.is_word(word)]
    return tuple(listed or [word for word in filled if len(word) > len("åååå") and lexicon.is_word(word)])


def _decide(text: str, word: _Word, known: dict[int, _Word], settings: RepairSettings) -> TextEdit:
    printed = text[word.start : word.end]
    if not word.words:
        return TextEdit(word.start, word.end, printed, printed, "unread_word", _DOUBT, "suggested")
    shares = _weigh(text, word, known)
    best = max(range(len(shares)), key=lambda number: shares[number])
    said = word.words[best]
    share = min(shares[best], _LISTED if load_lexicon().index(said) >= 0 else _COMPOUND)
    opens = _opens(text, word.start)
    after = _as_printed(printed, said, opens=opens)
    guard = guard_of(printed, after, opens=opens)
    # "för" where "får" would fit, too, turns a rule around as much as the other way.
    kinds = load_guarded_words()
    turning = next((kinds[one] for one in word.words if kinds.get(one) in TURNING), "")
    if share < settings.suggest_above:
        return TextEdit(word.start, word.end, printed, printed, "unread_word", _DOUBT, "suggested")
    status = "applied" if share >= _threshold(guard, settings, turning=bool(turning)) else "suggested"
    guard = guard or (turning if status == "suggested" else "")
    rule = f"guarded_{guard}" if guard else "lost_letter"
    return TextEdit(word.start, word.end, printed, after, rule, round(share, 4), status)


def _threshold(guard: str, settings: RepairSettings, *, turning: bool) -> float:
    if turning:
        return max(settings.apply_guarded_above, _TURNS)
    return settings.apply_above if guard in MEASURES or not guard else settings.apply_guarded_above


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, or a line of its own, begins here; where "?" stands for letters it ends none."""
    opening = _OPENS.search(text, max(0, start - 12), start)
    if opening is None or (opening["asked"] and text[start] == "?"):
        return False
    before = text[: opening.start()].rsplit("\n", 1)[-1]
    return not opening["line"] or len(before) < _SHORT_LINE


def _weigh(text: str, word: _Word, known: dict[int, _Word]) -> list[float]:
    """The probability of each reading, by the words around, which may have lost letters themselves."""
    before = list(_PIECE.finditer(text, max(0, word.start - 80), word.start))[-_AROUND:]
    behind: list[re.Match[str]] = []
    for match in _PIECE.finditer(text, word.end, word.end + 120):
        behind.append(match)
        if len(behind) == _AROUND:
            break
    places = [_mark(BOUNDARY)] if not before else [_choices(match, known) for match in before]
    at = len(places)
    places.append([_choice(one) for one in word.words])
    places += [_choices(match, known) for match in behind]
    if word.end + 1 >= len(text.rstrip()):
        places.append(_mark(BOUNDARY))
    return weigh_choices(places, load_ngrams(), trust=_TRUST)[at]


def _choices(match: re.Match[str], known: dict[int, _Word]) -> list[Choice]:
    piece = match.group()
    other = known.get(match.start())
    if other is not None and other.words:
        return [_choice(one) for one in other.words]
    if piece == ",":
        return _mark(COMMA)
    return [_choice(model_word(piece.lower()))] if piece[0].isalnum() else _mark(BOUNDARY)


def _choice(word: str) -> Choice:
    lexicon = load_lexicon()
    alone = lexicon.log_probability(word)
    return Choice(word, lexicon.index(word), _UNKNOWN if alone is None else alone, 1.0)


def _mark(mark: str) -> list[Choice]:
    return [Choice(mark, load_lexicon().index(mark), _MARK, 1.0)]


def _as_printed(printed: str, word: str, *, opens: bool) -> str:
    """The word with the capitals that were printed, and one in front where a sentence or a name begins."""
    letters = [letter for letter in printed if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return word.upper()
    cased = word if len(word) != len(printed) else "".join(
        letter.upper() if seen.isupper() else letter for seen, letter in zip(printed, word, strict=True)
    )  # fmt: skip
    name = bool(load_lexicon().flags_of(word) & NAME)
    raised = printed[0].isupper() or (not printed[0].isalpha() and (opens or name))
    return cased[0].upper() + cased[1:] if raised else cased
