"""Cutting a text into the words that character repair may touch, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.repair.numbers import doubtful_figures
from pipeline.swedish.letter_options import SYMBOLS
from pipeline.swedish.lexicon import NAME, load_lexicon
from pipeline.swedish.ngrams import BOUNDARY, COMMA, NUMBER, SECTION

# Symbols that engines print for letters, inside words or alone ("p&", "|", "f€r").
_WORD = re.compile(rf"(?:[^\W_]|[{re.escape(''.join(sorted(SYMBOLS)))}])+")
_AT_EDGES = frozenset("|@$\\]{}°#")
# Those that nobody writes right before a word: they were its first letter ("{or", "#r", "\\jud").
_FOR_LETTERS = frozenset("{}#\\")
# A "G" or an "O" may be an "ö" ("{Gr").
_HIDES_SMALL = re.compile(r"[^A-ZÅÄÖ]*[a-zåäöé][^A-ZÅÄÖ]*|[GO][a-zåäöé]+")
# Brackets that nothing closes or opens, and a call inside a sentence, may be an "l" ("[angsamt", "Fol]", "skal! vi").
_CLOSED, _OPENED = re.compile(r"[^\n\[]{0,80}\]"), re.compile(r"\[[^\n\]]{0,80}\Z")
_SHUT = re.compile(r"(?:[^()\n]|\n(?!\n)){0,300}\)")
_GOES_ON_SMALL = re.compile(r"![ \n][a-zåäö]")
# Addresses of the net and of people are never touched; nor are file paths and hashtags.
_FROZEN = re.compile(
    # A "#" within a word, or before one letter or two, was a letter.
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?<!\w)#\w{3,}"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:se|com|org|net|nu|eu|fi|no|dk|gov|info|html?|pdf|docx?|xlsx?)\b(?:/\S*)?",
    re.IGNORECASE,
)
_ENDS_CLAUSE = re.compile(r"[.:;?!•]|\n\s*\n|\n\s*[-–—*»«¢]\s")
_ITEM = re.compile(r"(?:^|\n)[ \t]*[-–—•*»«¢][ \t]*$")
_ENDS_SENTENCE = re.compile(r"[.?!][^\w\n]*\s|\n\s*\n")
# What engines without "§" print for it after a number.
_LIKE_SIGNS = frozenset(("8", "88"))
_SIGN = re.compile(r"[§$]")
_CAPITALISED = re.compile(r" ([A-ZÅÄÖ][^\W\d_]+)")
# A line of prose has at least so many words for each "i".
_WORDS_FOR_BAR = 4
# A table's line with one bar has hardly more words, and something stands on both sides of it.
_MOST_IN_CELLS = 8
_CELL_BEGINS = re.compile(r"(?:^| )\| (?=[A-ZÅÄÖ\d])")
_CELLS = re.compile(r"\S \| \S")
_FARTHEST = 200
_BAR = re.compile(r" \|(?= )")
_ENDS_PARAGRAPH = re.compile(r"\|[ \t]*(?:\n[ \t]*\n|\n?\Z)")
_SENTENCE_ENDED = re.compile(r"[^\W\d_][.?!][ \n]\Z")
# Where a number is to be expected ("| kap. 2 §", "den | juli", "Sida | (3)") a bar is a "1"; numbers are not guessed.
_FOR_ONE = re.compile(
    r"\| (?:kap\b|-\w|\(\d|miljon|miljard)"
    r"|(?<=\bden )\|\s(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b"
)
# "4 Ansvar" and "4.2 Ansvar" are headings; of "1 Ansvar" the figure may be an "I".
_NUMBERED = re.compile(r"\n[ \t]*(?!1 )\d{1,2}(?:\.\d{1,2})* \Z")
_FIRST, _SECOND = re.compile(r"\n[ \t]*1 \Z"), re.compile(r"\n[ \t]*2 [A-ZÅÄÖ]")
# Abbreviations that stand within a sentence: what is before them and what follows belong together.
_WITHIN_SENTENCE = re.compile(
    r"\b(?:t\.? ?ex|[Ll]ex|bl\.? ?a|s\. ?k|f\. ?d|d\. ?v\. ?s|fr\. ?o\. ?m|t\. ?o\. ?m|m\. ?a\. ?o|resp|ca|dvs|jfr)"
    r"\.(?= )"
)
# Behind a word that is no abbreviation a stop before a small letter is more often a comma that was read badly.
_STOPS, _NO_SHORT = frozenset((". ", ".\n")), 4
# Behind a line this much shorter than the next a capital begins anew.
_ROOM = 0.7
_FIGURES = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """One word as printed.

    Attributes:
        start: Offset in the text.
        end: Offset, exclusive.
        text: The word.
        context: What stands between it and the word before, as tokens of the n-gram model.
        opens: Whether a sentence, a line item or a heading begins here.
        frozen: Whether it must stay (a number, part of an address).
        capital: Whether a sentence begins here, so that a capital is to be expected.
        first_part: Whether a hyphen follows ("hälso- och sjukvård").
        last_part: Whether a hyphen comes before ("16-åring").
        shouts: Whether its line is written in capitals.
        silent: Whether it is part of an abbreviation that says nothing of the words around it ("t.ex.").
        sign: Whether it is a figure that stands where a section sign would ("3 8").
        glued: Whether it lost the blank before it: it was cut from the end of a printed word.
        doubt: Probability that the blank was lost, or that one was added which the text here leaves out.
    """

    start: int
    end: int
    text: str
    context: tuple[str, ...]
    opens: bool
    frozen: bool
    capital: bool = False
    first_part: bool = False
    last_part: bool = False
    shouts: bool = False
    sign: bool = False
    glued: bool = False
    doubt: float = 1.0
    silent: bool = False


def cut_tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The words of text[start:end] in order; figures are frozen words."""
    last = len(text) if end is None else end
    frozen = sorted([*frozen_spans(text, start, last), *doubtful_figures(text, start, last)])
    within = [match.span() for match in _WITHIN_SENTENCE.finditer(text, start, last)]
    ends = {end for _, end in within}
    carried: tuple[str, ...] = ()
    previous = start
    at = 0
    for match in _WORD.finditer(text, start, last):
        begin, stop = _trim(match)
        if begin >= stop:
            continue
        begin, stop = _take_signs(text, begin, stop)
        word = text[begin:stop]
        gap = text[previous:begin]
        if previous + 1 in ends:
            gap = gap[1:]
        while at < len(frozen) and frozen[at][1] <= begin:
            at += 1
        fixed = (at < len(frozen) and frozen[at][0] <= begin) or _is_figure(text, begin, word) or _is_rule(text, begin)
        slipped = gap in _STOPS and word.islower() and text[max(start, previous - _NO_SHORT) : previous].isalpha()
        opens = previous == start or (not slipped and bool(_ENDS_CLAUSE.search(gap))) or _is_numbered(text, begin)
        # A bar has no size: "Andelen i procent\n| industriländer bor fyra av fem" goes on with an "I".
        anew = gap == "\n" and (word[0].isupper() or word == "|") and _is_cut_short(text, previous)
        opens = opens or anew
        context: tuple[str, ...] = (
            (BOUNDARY,) if opens else (COMMA,) if slipped or "," in gap else (SECTION,) if _SIGN.search(gap) else ()
        )
        capital = opens and (previous == start or _ENDS_SENTENCE.search(gap) is not None) and not _ITEM.search(gap)
        capital = capital or (anew and word == "|")
        hyphens = text[stop : stop + 1] == "-", begin > 0 and text[begin - 1] == "-"
        sign = word in _LIKE_SIGNS and gap == " " and text[previous - 1 : previous].isdigit()
        silent = any(first <= begin and stop <= end for first, end in within)
        context, opens, carried = carried or context, opens or BOUNDARY in carried, ()
        if silent:
            context, carried, opens, fixed, capital = (), context, False, True, False
        yield Token(
            begin, stop, word, context, opens, fixed, capital, *hyphens, _shouts(text, begin, stop), sign, silent=silent
        )
        previous = stop


def frozen_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where addresses of the net and of people, file names and hashtags stand in text[start:end]."""
    return [match.span() for match in _FROZEN.finditer(text, start, end)]


def model_word(word: str) -> str:
    """The word as the n-gram model knows it."""
    return NUMBER if word[:1].isdigit() and _FIGURES.fullmatch(word) else word


def _is_figure(text: str, start: int, word: str) -> bool:
    """Whether the word is a number or the tail of one ("2.0m"); a lone "1" may be an "i"."""
    tail = word[0].isdigit() and start > 1 and text[start - 1] in ".,:" and text[start - 2].isdigit()
    return tail or (_FIGURES.fullmatch(word) is not None and word != "1")


def _is_numbered(text: str, start: int) -> bool:
    """Whether a heading begins here, behind its number."""
    if not text[start].isupper():
        return False
    if _NUMBERED.search(text, max(0, start - 12), start):
        return True
    # A "1" is no "I" where a "2" opens a line soon after.
    return (
        _FIRST.search(text, max(0, start - 12), start) is not None
        and _SECOND.search(text, start, start + _FARTHEST) is not None
    )


def _is_cut_short(text: str, end: int) -> bool:
    """Whether the line that ends here had room for more, by the line behind it."""
    line = end - (text.rfind("\n", 0, end) + 1)
    stop = text.find("\n", end + 1)
    return line < _ROOM * ((stop if stop > 0 else len(text)) - end - 1)


def _is_rule(text: str, start: int) -> bool:
    """Whether a lone "|" divides its line ("Aneby kommun | Box 53") and is no "i".

    It does where there are several in a line of few words, where a capital goes on that begins no name, beside another
    in the line where one does ("ledig eller sjuk | informatör | Stöttar"), and in a table beside a line that has such a
    one ("Telefon | 0550-100 00"). Nor is it an "i" where a number is to be expected, or where a paragraph ends.
    """
    if text[start] != "|":
        return False
    if _ENDS_PARAGRAPH.match(text, start):
        return True
    begin = text.rfind("\n", 0, start) + 1
    end = (text.find("\n", start) + 1 or len(text) + 1) - 1
    line = text[begin:end]
    if _FOR_ONE.match(text, start) or _has_many_bars(line) or _stands_in_row(text, begin, start, end):
        return True
    if _goes_on_anew(text, start):
        # A sentence ends before it, and a line of prose goes on: "Det räcker inte. | BNP räknas inte allt" has an "I".
        return len(line.split()) <= _MOST_IN_CELLS or not _SENTENCE_ENDED.search(text[max(0, start - 3) : start])
    above = text[max(0, begin - _FARTHEST) : begin].rstrip().rpartition("\n")[2]
    below = text[end : end + _FARTHEST].lstrip().partition("\n")[0]
    return _has_cells(line) and any(
        _has_cells(other) and (_has_many_bars(other) or _goes_on_anew(other, other.index("|")))
        for other in (above, below)
    )


def _has_many_bars(line: str) -> bool:
    bars = f" {line} ".count(" | ")
    if bars <= 1:
        return False
    return len(line.split()) < bars * (_WORDS_FOR_BAR + 1) or len(_CELL_BEGINS.findall(line)) == bars


def _stands_in_row(text: str, begin: int, start: int, end: int) -> bool:
    """Whether another bar of the line text[begin:end] divides it for sure: a capital goes on in a sentence unended."""
    bars = (match.start() + 1 for match in _BAR.finditer(text, begin, end))
    return any(
        bar != start and _goes_on_anew(text, bar) and not _SENTENCE_ENDED.search(text[max(0, bar - 3) : bar])
        for bar in bars
    )


def _goes_on_anew(text: str, start: int) -> bool:
    """Whether a word with a capital that is no name follows the bar."""
    following = _CAPITALISED.match(text, start + 1)
    return following is not None and not load_lexicon().flags_of(following[1]) & NAME


def _has_cells(line: str) -> bool:
    return _CELLS.search(line) is not None and len(line.split()) <= _MOST_IN_CELLS


def _trim(match: re.Match[str]) -> tuple[int, int]:
    """The word without symbols at its edges, unless a letter may hide behind them: "p&" and a lone "|" stay whole."""
    start, end, word = match.start(), match.end(), match.group()
    if word == "|":
        return start, end
    while start < end and word[start - match.start()] in _AT_EDGES:
        start += 1
    while start < end and word[end - 1 - match.start()] in _AT_EDGES:
        end -= 1
    body = match.string[start:end]
    if start - match.start() == 1 and word[0] in _FOR_LETTERS and _HIDES_SMALL.fullmatch(body):
        start -= 1
    return (start, end) if any(letter.isalnum() for letter in body) else (start, start)


def _take_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """The word with a bracket before or behind it and a call behind it, where that was an "l" or another letter."""
    word, lexicon = text[start:end], load_lexicon()
    before = text[max(0, start - 80) : start]
    if text[end : end + 1] == "]" and not lexicon.is_trusted(word) and not _OPENED.search(before):
        return start, end + 1
    if _GOES_ON_SMALL.match(text, end) and word.isalpha() and lexicon.is_trusted(word + "l"):
        return start, end + 1
    if before[-1:] == "[" and not before[-2:-1].strip() and word.islower() and not _CLOSED.match(text, end):
        return start - 1, end
    # Of eight words like "(rfarande" that nothing closes all that no list has lost a letter (pages that may be read).
    if before[-1:] == "(" and not before[-2:-1].strip() and not lexicon.is_trusted(word) and not _SHUT.match(text, end):
        return (start - 1, end) if _HIDES_SMALL.fullmatch(word) and word.isalpha() else (start, end)
    return start, end


def _shouts(text: str, start: int, end: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    return len(line) > 2 * (end - start) and line.isupper()
