"""How much like readable Swedish a text is, and which of its words look damaged."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from pipeline.swedish.candidates import Search, find_candidates
from pipeline.swedish.channel import load_channel
from pipeline.swedish.lexicon import FOREIGN, MODELS, NATS, TRUSTED, load_lexicon
from pipeline.trees import parse_tree

_TOKEN = re.compile(r"\(cid:\d+\)|[^\W_](?:[^\s]*[^\W_])?|[^\w\s]{3,}|[\ufffd\x00-\x08\x0e-\x1f]+")
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"[\d.,:/§%-]+")
_ADDRESS = re.compile(r"@|://|www\.|\.\w{2,4}$")
_MOJIBAKE = re.compile(r"[ÃÂ][\u0080-\u00bf\u0152-\u2122]|â€|Ã|�|[\x00-\x08\x0e-\x1f]")
_SWEDISH = frozenset("åäöÅÄÖ")
_ODD_SYMBOLS = frozenset("|&€@$\\]{}°")
_SHORT_WORDS = frozenset("iåöaeàé")

# A reading is damaged when another one of the word is e**3.5 times as common and easily printed so.
_MARGIN = 3.5
_BUDGET = 7.0
_UNKNOWN_WORD, _UNKNOWN_LETTER = -11.0, -1.0
# What a token adds: from a word of the lexicon (1) to rubbish (0).
_UNKNOWN_CAPITALISED, _UNKNOWN_SMALL, _MIXED = 0.75, 0.35, 0.15
# A page without words says nothing: it counts as this, with the weight of this many words.
_PRIOR, _PRIOR_WEIGHT = 0.85, 2.0
_FIGURE_WEIGHT = 0.3
_FEWEST_READ = 30
# Damaged words count against a page beyond what they are worth themselves: rendered pages read without å, ä and ö come
# to lie below 0.75 with it, every clean one above 0.97.
_DAMAGE_WEIGHT = 1.5


def plausibility(text: str) -> float:
    """How much like readable Swedish a text is, 0 (rubbish) to 1 (every word known).

    Fair to short pages, names, numbers and English words; low for text read without å, ä and ö, for mojibake and for
    unmapped fonts ("(cid:12)"). Made to compare readings of the same page; undamaged prose lies above 0.9.

    Args:
        text: A page's text.
    """
    total, weight = _PRIOR * _PRIOR_WEIGHT, _PRIOR_WEIGHT
    damaged = 0.0
    words = 0
    for token in _tokens(text):
        if _is_figure(token):
            total, weight = total + _FIGURE_WEIGHT, weight + _FIGURE_WEIGHT
            continue
        value, broken = _rate_token(token)
        total, weight = total + value, weight + 1.0
        words += 1
        damaged += broken
    share = damaged / words if words >= 5 else 0.0
    return max(0.0, min(1.0, total / weight - _DAMAGE_WEIGHT * share))


def damaged_share(text: str) -> float:
    """The estimated share of words that were read wrongly by an engine without å, ä and ö; 0 for text in English.

    Args:
        text: A document, page or paragraph; below five words nothing can be said and the share is 0.
    """
    words = 0
    damaged = 0
    for word in _words(text):
        words += 1
        damaged += _judge_word(word)[1]
    return damaged / words if words >= 5 and not is_english(text) else 0.0


def unread_share(text: str) -> float:
    """The share of words that are neither Swedish nor English nor, by their capital, names; 0 for a few words.

    Whatever has damaged them, or whatever language they are in: in 940 sound texts it lay below 0.2, in texts of which
    every tenth letter was another it lay above 0.3.

    Args:
        text: A document or page; below thirty words nothing can be said.
    """
    words = unread = 0
    for word in _words(text):
        if len(word) > 1:
            words += 1
            unread += not _is_readable(word)
    return unread / words if words >= _FEWEST_READ else 0.0


@lru_cache(maxsize=200_000)
def _is_readable(word: str) -> bool:
    if word.isalpha() and word[0].isupper() and not word.isupper():
        return True
    lexicon, lower = load_lexicon(), word.lower()
    return word.isdigit() or lexicon.log_probability(lower) is not None or bool(lexicon.flags_of(lower) & FOREIGN)


def is_english(text: str) -> bool:
    """Whether at least as many of the small words are English as Swedish, damaged Swedish included."""
    small = _read_small_words()
    words = [word.lower() for word in _WORD.findall(text)]
    english = sum(word in small["english"] for word in words)
    return english > 0 and english >= sum(word in small["swedish"] for word in words)


def swedish_letter_share(text: str) -> float:
    """The share of å, ä and ö among the letters: 5.6 % in real Swedish, none where the engine had no such letters."""
    text = _compose(text)
    letters = sum(map(str.isalpha, text))
    return sum(text.count(letter) for letter in _SWEDISH) / letters if letters else 0.0


def _compose(text: str) -> str:
    """The text with letters and combining marks put together, as files from some systems have them apart."""
    return unicodedata.normalize("NFC", text)


def _tokens(text: str) -> Iterator[str]:
    return (match.group() for match in _TOKEN.finditer(_compose(text)))


def _is_figure(token: str) -> bool:
    """Whether it is a number, a date or an address, which are no words."""
    return bool(_FIGURE.fullmatch(token) or _ADDRESS.search(token))


def _words(text: str) -> Iterator[str]:
    """The words of all tokens but figures and addresses."""
    return (word for token in _tokens(text) for word in _words_of(token))


@lru_cache(maxsize=50_000)
def _words_of(token: str) -> tuple[str, ...]:
    return () if _is_figure(token) else tuple(_split(token))


def _split(token: str) -> list[str]:
    if any(letter in _ODD_SYMBOLS or letter.isdigit() for letter in token):
        return [part for part in re.split(r"[/\-–.,:;'’()]", token) if part]
    return _WORD.findall(token)


def _rate_token(token: str) -> tuple[float, float]:
    """What a token adds to the plausibility, and whether it looks damaged."""
    if token.startswith("(cid:") or _MOJIBAKE.search(token):
        return 0.0, 1.0
    parts = _split(token)
    if not parts:
        return 0.0, 0.0
    values = [_rate_word(part) for part in parts]
    return sum(value for value, _ in values) / len(values), max(broken for _, broken in values)


def _rate_word(word: str) -> tuple[float, float]:
    known, broken, foreign = _judge_word(word)
    if broken:
        return _UNKNOWN_SMALL, 1.0
    if len(word) == 1:
        return (1.0, 0.0) if word.lower() in _SHORT_WORDS or word.isupper() else (0.5, 0.0)
    if known:
        return 1.0, 0.0
    if foreign:
        return 0.9, 0.0
    if not word.isalpha():
        return _MIXED, 0.0
    return (_UNKNOWN_CAPITALISED if word[0].isupper() and not word.isupper() else _UNKNOWN_SMALL), 0.0


@lru_cache(maxsize=1)
def _read_small_words() -> dict[str, frozenset[str]]:
    content = parse_tree((MODELS / "small_words.yaml").read_text("utf-8"))
    return {language: frozenset(words) for language, words in content.items()}


@lru_cache(maxsize=1)
def _commonest() -> float:
    """The logarithm of the share of running text that the commonest word has."""
    return NATS[min(load_lexicon().costs)]


@lru_cache(maxsize=200_000)
def _judge_word(word: str) -> tuple[bool, bool, bool]:
    """Whether a word is Swedish, whether it looks damaged, and whether it is a common English word."""
    lexicon = load_lexicon()
    lower = word.lower()
    flags = lexicon.flags_of(lower)
    foreign = bool(flags & FOREIGN) and not flags & TRUSTED
    alone = lexicon.log_probability(lower)
    if any(letter in _SWEDISH for letter in word) or word.isdigit():
        return alone is not None, False, False
    floor = _UNKNOWN_WORD + _UNKNOWN_LETTER * len(word) if alone is None else alone
    margin = 1.0 if alone is None else _MARGIN
    budget = _BUDGET
    if alone is not None:
        # What even the commonest word would not outweigh, printed so, need not be looked for.
        budget = min(_BUDGET, _commonest() - floor - margin + 1e-6)
    if budget < 0:
        return not foreign, False, foreign
    candidates = find_candidates(word, lexicon=lexicon, channel=load_channel(), search=Search(budget))
    if alone is None and not candidates and len(word) >= 6:
        candidates = find_candidates(
            word, lexicon=lexicon, channel=load_channel(), search=Search(_BUDGET, compounds=True)
        )
    best = max((one.channel + one.alone for one in candidates if one.word != lower), default=-math.inf)
    return alone is not None and not foreign, best > floor + margin, foreign
