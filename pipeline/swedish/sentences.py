"""Where sentences end in Swedish administrative prose."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

# A stop, a closing quote or bracket, white space. What follows decides with what precedes.
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s)")
_WORD_BEFORE = re.compile(r"\S+$")
# Ends of lists, units and months stand at the end of a sentence as often as within one.
_MAY_END = frozenset(
    "mm etc osv mfl kr mkr tkr st tim ggr mån jan feb febr aug sept okt nov dec".split()  # noqa: SIM905 (a list to read)
)
# What stands before a number that heads a line or an item.
_NUMBERING = re.compile(r"[\s•*_>#–—-]*(?:§{1,2}|punkt|steg|artikel|kapitel|bilaga)?", re.IGNORECASE)
# "b. Anmäl det" is the next item of a list on one line.
_NEXT_LETTER = re.compile(r"[a-h][.)]\s+[A-ZÅÄÖ]")
# A space forgotten between two sentences ("tas bort.Därefter"); in an address, file name or number it is none.
_GLUED = re.compile(
    r"(?<![\w@/.:])[^\W\d_]*[a-zåäö]{2}(?P<stop>[.!?])"
    r"(?!(?:Se|Nu|Eu|Com|Org|Net|Pdf|Docx?|Xlsx?|Pptx?|Html?|Jpe?g|Png)\b)"
    r"(?=[A-ZÅÄÖ][a-zåäö]+(?:[\s,;:]|[.!?](?:\s|\Z))|(?:I|Å|Ö)\s)"
)
# "fylls blanketten i." ends a sentence, where "a." heads an item and "J." is an initial.
_PARTICLE = re.compile(r"[a-zåäö]{3,}[\"'”’»]? i\.$")
_OPENING = "\"'”’“«»([*_–—-•"


@cache
def abbreviations() -> frozenset[str]:
    """The abbreviations that don't end a sentence, in lower case with their stop, blanks left out."""
    text = (files("pipeline.swedish") / "data" / "abbreviations.txt").read_text("utf-8")
    lines = (line.strip().replace(" ", "") for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of a paragraph as spans of `text`, without the white space between them.

    Args:
        text: The text the offsets refer to.
        start: Where the paragraph begins.
        end: Where it ends, exclusive; the text's end when left out.
    """
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    glued = {found.end("stop") for found in _GLUED.finditer(text, start, end)}
    spaced = {stop.end(): stop for stop in _STOP.finditer(text, start, end)}
    for place in sorted(glued | spaced.keys()):
        if place in glued or _ends_sentence(text, begin, spaced[place], end):
            spans.append((begin, place))
            begin = place
    spans.append((begin, end))
    trimmed = (_trimmed(text, a, b) for a, b in spans)
    return [(a, b) for a, b in trimmed if a < b]


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    """Whether a stop ends a sentence: by the word before it and the character after it."""
    rest = text[stop.end() : min(end, stop.end() + 40)].lstrip()
    if not rest:
        return False
    first = rest.lstrip(_OPENING)[:1]
    if "!" in stop.group() or "?" in stop.group():
        return not first.islower()
    before = _WORD_BEFORE.search(text, begin, stop.end())
    word = before.group().strip("\"'”’»()[]*_").lower() if before else ""
    if first.islower():
        # Not so "bl. a. Instagram": what stands before is a word, no piece of an abbreviation.
        return bool(_NEXT_LETTER.match(rest)) and len(word) > 3 and word not in abbreviations()
    if not word.endswith("."):
        return True
    if word in abbreviations() or _spelled_apart(text, begin, stop.end()):
        # "m.m." and "etc." may end a sentence; before a capital letter that starts a word they mostly do.
        return _bare(word) in _MAY_END and first.isupper()
    if _PARTICLE.search(text, begin, stop.end()) and first.isupper():
        return True
    # "1." and "§ 4." at the head of a line number what follows; "J." is an initial, not a sentence.
    ahead = text[begin : before.start()].strip() if before else ""
    numbers = re.fullmatch(r"[\d.]{1,6}", word) and (not ahead or _NUMBERING.fullmatch(ahead))
    return not (re.fullmatch(r"[a-zåäö]\.", word) or numbers)


def _spelled_apart(text: str, begin: int, end: int) -> bool:
    """Whether the stop belongs to an abbreviation written with blanks, such as "t. ex."."""
    tail = text[max(begin, end - 10) : end].lower()
    return any(tail.replace(" ", "").endswith(a) and a.count(".") > 1 for a in abbreviations() if a[-2:] == tail[-2:])


def _bare(word: str) -> str:
    return word.replace(".", "")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
