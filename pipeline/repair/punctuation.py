"""Marks that a poor scan took for one another, on damaged pages only: stops and commas, quotation marks, bullets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.repair.edits import TextEdit
from pipeline.repair.openers import weigh_opener
from pipeline.swedish.lexicon import Lexicon, load_lexicon
from pipeline.swedish.ngrams import BOUNDARY, COMMA, load_ngrams
from pipeline.swedish.sentences import abbreviations

_COMMA_CAPITAL = re.compile(
    r"(?P<left>(?<!\w)[^\W\d_]{2,}\)?|\d\))(?P<mark>,)(?P<gap>[ \n]|\n\s*\n)(?P<right>[A-ZÅÄÖ][a-zåäöé]*)"
    r"(?=[ \n]+(?:[a-zåäöé]|\(\d{4}))"
)
_CAPITAL_INSIDE = re.compile(r"[a-zåäöé] [A-ZÅÄÖ][a-zåäöé]")
_SMALL_INSIDE = re.compile(r"[a-zåäöé] [a-zåäöé]")
# A speck beside a full stop.
_DOUBLE = re.compile(r"(?<=[a-zåäö]{2})(?P<printed>\.,|,\.)(?=[ \n]+[A-ZÅÄÖ][a-zåäö])")
_FOR_EXAMPLE = re.compile(r"(?<=[a-zåäöé,.] )(?P<printed>Lex|tex|t-ex|t,ex|l\.ex|Lcx|t\.cx)\.(?= [a-zåäöé])")
# An "i" behind a line's end may be an "I" that was read badly.
_STOP_SMALL = re.compile(
    r"(?<![\w.])(?P<left>[^\W\d_]{2,})(?P<mark>\.)(?:[ \n](?P<right>[a-zåäöé]{2,})(?![\w.)@/])| (?=i [a-zåäö]))"
)
_DOUBLE_SMALL = re.compile(r"(?<![\w.])(?P<left>[a-zåäö]{2,})(?P<printed>\.,|,\.)(?=[ \n][a-zåäö]{2})")
# What ends no sentence, whatever the words: an item of a list that goes on small, and a year. And the comma behind an
# item's number.
_STOP_ITEM = re.compile(r"(?<=[a-zåäö]{3})(?P<printed>\.)(?=[ \n](?:\d{1,2}\.|[b-h]\)) [a-zåäö]{2})")
_STOP_YEAR = re.compile(r"(?<![\d:/-])(?:19|20)\d\d(?P<printed>\.)(?=[ \n][a-zåäö]{2,}[ \n])")
_NUMBER_COMMA = re.compile(r"(?:^|\n|[.:] )\d{1,2}(?P<printed>,)(?= [A-ZÅÄÖ][a-zåäö]+ [a-zåäö])")
# "anbudet,\n3. Har": none of 515 items of the written texts that begin with a capital follows a comma.
_COMMA_ITEM = re.compile(r"(?<=[a-zåäö]{3})(?P<printed>,)(?=[ \t]*\n\s*\d{1,2}\. (?P<right>[A-ZÅÄÖ][a-zåäöé]+)[ \n])")
# "lagen (1970-428)": of 47,620 numbers of acts in Swedish statutes and written texts all but two have a colon.
_ACT_NUMBER = re.compile(
    r"(?:[Ll]ag|balk|[Ff]örordning)(?:en)? \((?:1[6-9]|20)\d\d(?P<printed>[-.,])(?=\d{1,4}\))(?!(?:19|20)\d\d\))"
)
# "Lag (2010:1966)," as a sentence of its own: of 29,000 in Swedish statutes all end so, or where the paragraph does.
_AMENDED_BY = re.compile(
    r"(?:[.:] (?:Lag|Förordning)|upphävts genom (?:lag|förordning)) \((?:1[6-9]|20)\d\d[-:.,]\d{1,4}\)(?P<printed>,)"
    r"(?=\s+[A-ZÅÄÖ\d])"
)
_CURVED = re.compile(r"[‘’](?=\w)|(?<=[\w.,!?])[‘’]")
_CURVED_PAIRS = re.compile("[“”]")
_LIKE_BULLETS = re.compile(r"^[ \t]*(?P<mark>[+«¢°]|--)(?= [^\W\d_])", re.MULTILINE)
# A capital in the middle of a sentence is a name: only words this common (natural logarithm) open sentences for sure.
# Rarer ones do on a new line, and where such capitals are rare; where menus are named, many words have them.
_COMMON, _NAMES_MENUS = -9.5, 0.025
# Capitals that an engine prints for small letters.
_LIKE_SMALL = frozenset("AOCKPSUVWXZ")
# A paragraph of so many words that ends with a comma is no salutation; of 5,500 of the written texts before a capital
# two end so, both where the next page's head follows.
_PROSE = 12
# Brackets reach no farther, and over no blank line.
_REACH, _CLOSES = 200, re.compile(r"(?:[^()\n]|\n(?!\n))*\)")
# So much likelier must the words around make the mark that stands there before it is left.
_MARGIN = 4.0
# A scan that takes one mark for the other does it again. Of 35 stops before a small letter on pages with fewer of
# them 34 had been commas (the pages of the four sets that may be read).
_FEWEST = 3
_SURE, _ONCE, _DOUBTFUL = 0.985, 0.94, 0.5
_MISREAD_SHORT = "lex"
# Logarithms of how common a mark is, and a word outside the lexicon.
_MARK, _RARE = -3.0, -20.0


def repair_punctuation(text: str, spans: Sequence[tuple[int, int]]) -> list[TextEdit]:
    """Edits that put a full stop before a sentence's capital and a comma before a small letter.

    A comma becomes a full stop where a common word with a capital goes on, which is no name; a full stop becomes a
    comma where the word before is no abbreviation, a small letter follows and the words around don't speak against it.

    Args:
        text: The text with its words repaired.
        spans: The damaged passages in it.
    """
    found = sorted(
        (edit for start, end in spans for edit in _repair_span(text, start, end)), key=lambda edit: edit.raw_start
    )
    # Two rules may see the same mark.
    return [edit for at, edit in enumerate(found) if at == 0 or found[at - 1].raw_end <= edit.raw_start]


def _repair_span(text: str, start: int, end: int) -> Iterator[TextEdit]:
    yield from _repair_stops(text, start, end)
    yield from _repair_quotes(text, start, end)
    yield from _repair_bullets(text, start, end)
    for match in _DOUBLE.finditer(text, start, end):
        yield TextEdit(*match.span(), match["printed"], ".", "punctuation", _SURE)
    for match in _DOUBLE_SMALL.finditer(text, start, end):
        if not _is_short(match["left"]):
            yield TextEdit(*match.span("printed"), match["printed"], ",", "punctuation", _SURE)
    for pattern, after in ((_STOP_ITEM, ","), (_STOP_YEAR, ","), (_NUMBER_COMMA, "."), (_AMENDED_BY, ".")):
        for match in pattern.finditer(text, start, end):
            yield TextEdit(*match.span("printed"), match["printed"], after, "punctuation", _ONCE)
    for match in _COMMA_ITEM.finditer(text, start, end):
        if match["right"][0] not in _LIKE_SMALL or (weigh_opener(match["right"]) or _RARE) > _COMMON:
            yield TextEdit(*match.span("printed"), match["printed"], ".", "punctuation", _ONCE)
    for match in _ACT_NUMBER.finditer(text, start, end):
        yield TextEdit(*match.span("printed"), match["printed"], ":", "guarded_number", _SURE)
    for match in _FOR_EXAMPLE.finditer(text, start, end):
        yield TextEdit(*match.span("printed"), match["printed"], "t.ex", "abbreviation", _ONCE)


def _repair_quotes(text: str, start: int, end: int) -> Iterator[TextEdit]:
    """Single quotation marks made one kind: Swedish has no "‘", and curved ones only beside other curved ones.

    An engine that curves straight marks prints "‘" for those that open; where curved ones stood it has no cause to.
    """
    straight = "'" in text[start:end] or "‘" in text[start:end] or not _CURVED_PAIRS.search(text, start, end)
    for match in _CURVED.finditer(text, start, end):
        after = "'" if straight else "’"
        if match.group() != after:
            yield TextEdit(*match.span(), match.group(), after, "quotation_mark", _SURE)


def _repair_bullets(text: str, start: int, end: int) -> Iterator[TextEdit]:
    """Symbols that open several lines and stand for no word are bullets."""
    found: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _LIKE_BULLETS.finditer(text, start, end):
        found[match["mark"]].append(match)
    for mark, matches in sorted(found.items()):
        if len(matches) > 1:
            for match in matches:
                yield TextEdit(*match.span("mark"), mark, "•", "bullet", _SURE)


def _repair_stops(text: str, start: int, end: int) -> Iterator[TextEdit]:
    lexicon = load_lexicon()
    capitals = len(_CAPITAL_INSIDE.findall(text, start, end))
    menus = capitals > _NAMES_MENUS * (capitals + len(_SMALL_INSIDE.findall(text, start, end)))
    commas = [
        match
        for match in _COMMA_CAPITAL.finditer(text, start, end)
        if _opens_sentence(match, menus=menus)
        and not _stands_in_brackets(match)
        and not _speaks_for(COMMA, match, lexicon)
    ]
    stops = [
        match
        for match in _STOP_SMALL.finditer(text, start, end)
        if _goes_on(match, lexicon) and not _speaks_for(BOUNDARY, match, lexicon)
    ]
    for matches, after in ((commas, "."), (stops, ",")):
        again = len(matches) >= _FEWEST
        for match in matches:
            place = match.start("mark")
            # The engine, which lacks "Å", may have printed it as a small letter.
            doubtful = after == "," and _right_of(match)[0] in "åäö"
            sure = _SURE if again else _DOUBTFUL if doubtful else _ONCE
            status = "applied" if sure > _DOUBTFUL else "suggested"
            yield TextEdit(place, place + 1, match["mark"], after, "punctuation", sure, status)


def _opens_sentence(match: re.Match[str], *, menus: bool) -> bool:
    """Whether the word with a capital is no name, so that a sentence begins with it."""
    word = match["right"]
    if len(match["gap"]) > 1:
        paragraph = match.string[: match.start("mark")].rpartition("\n\n")[2]
        return len(paragraph.split()) >= _PROSE
    alone = weigh_opener(word)
    if alone is None:
        return False
    if not match["left"].islower():
        # Names are listed with commas.
        return alone > _COMMON
    # "Andras" may be a misread "ändras".
    return alone > _COMMON or match["gap"] == "\n" or not (menus or len(word) == 1 or word[0] in "AO")


def _stands_in_brackets(match: re.Match[str]) -> bool:
    """Whether brackets stand around the mark, inside of which no sentence ends ("(Klipp ut, Klistra in, Ta bort)")."""
    place = match.start("mark")
    before, behind = match.string[max(0, place - _REACH) : place], match.string[place : place + _REACH]
    return before.rfind("(") > before.rfind(")") and _CLOSES.match(behind) is not None


def _goes_on(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether neither word can be part of an abbreviation, or of what no sentence holds."""
    left = match["left"].lower()
    return not _is_short(left) and lexicon.is_word(left) and lexicon.is_word(_right_of(match))


def _right_of(match: re.Match[str]) -> str:
    """The word behind the mark; what the pattern names no word of is an "i"."""
    return match["right"] or "i"


def _is_short(word: str) -> bool:
    """Whether a word in small letters is an abbreviation, or "Lex." where that is a misread one."""
    return word + "." in abbreviations() or word in _without_stops() or word == _MISREAD_SHORT


@lru_cache(maxsize=1)
def _without_stops() -> frozenset[str]:
    """Abbreviations of several words without the stops inside them, and their last words ("bla.", "el. dyl.")."""
    several = [short for short in abbreviations() if short.count(".") > 1]
    return frozenset([*(short.replace(".", "") for short in several), *(short.split(".")[-2] for short in several)])


def _speaks_for(mark: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the words on both sides speak clearly for the mark that stands there."""
    ngrams = load_ngrams()
    left, right = lexicon.index(match["left"].rstrip(")").lower()), lexicon.index(_right_of(match).lower())
    alone = lexicon.log_probability(_right_of(match)) or _RARE
    scores = {}
    for sign in (COMMA, BOUNDARY):
        index = lexicon.index(sign)
        scores[sign] = ngrams.log_probability(-1, left, index, _MARK) + ngrams.log_probability(
            left, index, right, alone
        )
    return scores[mark] - scores[BOUNDARY if mark == COMMA else COMMA] > _MARGIN
