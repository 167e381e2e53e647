"""Names and direct numbers of officials, masked for display: the same number of characters, so that offsets hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from pipeline.trees import parse_tree

DOT = "•"

_NAME_WORD = r"[A-ZÅÄÖÉÜ][a-zåäöéèüáíóøæ]+(?:-[A-ZÅÄÖÉÜ][a-zåäöéèüáíóøæ]+)?"
_NAME = rf"{_NAME_WORD}(?:[ \t]+(?:[A-ZÅÄÖ]\.|von|af|de|{_NAME_WORD})){{1,3}}"
# 0322-61 61 27, 08-123 45 67, +46 70 123 45 67; not dates (01-11-2010), not the middle of longer numbers.
_PHONE = re.compile(
    r"(?<![\w.:/-])(?!0\d-\d\d-\d{4}\b)(?:\+46[ \u00a0]?\(?0?\)?|0)[1-9]\d{0,2}[ \u00a0/–-]{0,3}\d{2,3}"
    r"(?:[ \u00a0–-]?\d{2,3}){1,3}(?![\w:]|[.-]\d)"
)
# A dot between two names of letters marks a person's address; kommun@ and info@ are functions and stay.
_ADDRESS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?\.[^\W\d_][\w-]*(?:\.[\w-]+)?@[\w-]+(?:\.[\w-]+)+")
_PERSONAL_NUMBER = re.compile(
    r"(?<![\w-])(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[-+]\d{4}(?![\w-])"
)


@dataclass(frozen=True, slots=True)
class People:
    """The patterns made of people.yaml."""

    labelled: re.Pattern[str]
    beside_function: re.Pattern[str]
    function_first: re.Pattern[str]
    named_function: re.Pattern[str]
    """What every match of function_first ends with: quick to look for, and most texts have none."""
    letter_head: re.Pattern[str]
    signed: re.Pattern[str]
    public_number: re.Pattern[str]
    """What stands before a telephone number that is nobody's own."""
    not_names: frozenset[str]
    not_endings: tuple[str, ...]
    functions: tuple[str, ...]


@lru_cache(maxsize=1)
def _people() -> People:
    """The patterns, read once."""
    known = parse_tree(Path(__file__).with_name("people.yaml").read_text("utf-8"))
    labels = "|".join(re.escape(label) for label in sorted(known["labels"], key=len, reverse=True))
    function = rf"(?i:[a-zåäö/ -]{{0,40}}(?:{'|'.join(known['functions'])}))"
    named = rf"[ \t]*(?::[ \t]*|,[ \t]*)?(?P<name>(?-i:{_NAME}))"
    return People(
        re.compile(
            rf"(?im:^|(?<=[ \t*|(]))(?i:{labels})[ \t]*\*{{0,2}}:\*{{0,2}}[ \t]*\n?[ \t]*(?P<name>(?-i:{_NAME}))"
        ),
        # "Cecilia Knutsson, stabschef" and a name on the line above the function.
        re.compile(
            rf"(?P<name>{_NAME})[ \t]*(?:,[ \t]*|[ \t]*\n[ \t]*|[ \t]+[–-][ \t]+|[ \t]*\([ \t]*){function}(?![a-zåäö])"
        ),
        # "kommunikationschef Anna Ek", and glued in a signature: "KommunikationschefAnna Ek".
        re.compile(rf"\b{function}{named}"),
        re.compile(rf"(?i:{'|'.join(known['functions'])}){named}"),
        # "Från: Ek Karin <…>", and a head without an address before the next head.
        re.compile(
            rf"(?im)^(?:{'|'.join(known['letter_people'])}):[ \t]*(?P<name>(?-i:{_NAME}))"
            rf"(?=[ \t]*(?:[<\[(;]|\n[ \t]*(?:{'|'.join(known['letter_heads'])}):))"
        ),
        # "/Karin", and the line below "Med vänlig hälsning".
        re.compile(
            rf"(?m)^[ \t]*(?:/[ \t]?|(?i:{'|'.join(known['sign_offs'])})[ \t]*[,.!]?[ \t]*\n\s*/?[ \t]?)"
            rf"(?P<name>{_NAME_WORD}(?:[ \t]+{_NAME_WORD}){{0,2}})[ \t]*$"
        ),
        re.compile(rf"(?i)\b(?:{'|'.join(known['public_numbers'])})\b[^.!?\d]{{0,40}}$"),
        frozenset(known["not_names"]),
        tuple(known["not_name_endings"]),
        tuple(known["functions"]),
    )


def find_people(text: str) -> list[tuple[int, int]]:
    """Spans of personal names, direct telephone numbers, personal addresses and personal identity numbers.

    Offsets are code points of the text, ends exclusive; spans are sorted and don't overlap. A name found once beside a
    label or function is found wherever the document says it again.
    """
    people = _people()
    patterns = (_PERSONAL_NUMBER, *((_ADDRESS,) if "@" in text else ()))
    spans = {m.span() for pattern in patterns for m in pattern.finditer(text)}
    spans |= {
        m.span()
        for m in _PHONE.finditer(text)
        if not people.public_number.search(text[max(0, m.start() - 70) : m.start()])
    }
    spans |= {m.span("name") for m in people.signed.finditer(text) if _can_be_name(m["name"].split()[0], people)}
    names: set[str] = set()
    for match in people.letter_head.finditer(text):
        name = _trimmed(match["name"], people)
        # Mail programs put the surname first.
        names |= {name, " ".join((*name.split()[1:], name.split()[0]))} if name else set()
    labelled = chain(people.labelled.finditer(text), people.beside_function.finditer(text))
    for match in chain(labelled, _functions_first(text, people)):
        name = _trimmed(match["name"], people)
        if name:
            names.add(name)
    for name in sorted(names):
        first, *_, last = name.split()
        # Signed once in full, then by first initial or glued to the word before.
        for form in (name, f"{first[0]}. {last}"):
            pattern = re.compile(re.escape(form).replace(r"\ ", r"\s+") + r"(?![a-zåäö])s?")
            spans |= {m.span() for m in pattern.finditer(text)}
    return merge_spans(spans)


def _functions_first(text: str, people: People) -> Iterator[re.Match[str]]:
    """Names after a function, looked for in the lines that can hold one: no match goes over a line's end."""
    end = -1
    for found in people.named_function.finditer(text):
        if found.start() > end:
            end = text.find("\n", found.start())
            end = len(text) if end < 0 else end
            yield from people.function_first.finditer(text, text.rfind("\n", 0, found.start()) + 1, end)


def _trimmed(name: str, people: People) -> str:
    """The leading words of a match that can be a person's name; empty where fewer than two are."""
    kept: list[str] = []
    for word in name.split():
        if not _can_be_name(word, people):
            break
        kept.append(word)
    return " ".join(kept) if len(kept) >= 2 else ""


def _can_be_name(word: str, people: People) -> bool:
    low = word.lower()
    return low not in people.not_names and not low.endswith((*people.not_endings, *people.functions))


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans sorted, those that touch joined to one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with every character but white space inside the spans replaced by a dot; its length stays."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = [c if c.isspace() else DOT for c in characters[start:end]]
    return "".join(characters)


@dataclass(frozen=True, slots=True)
class Mask:
    """One document's text as it may be shown.

    Attributes:
        text: The reading text with people masked, as long as the reading text itself.
        spans: What is masked, offsets in the reading text.
        hidden: The masked words themselves with what stands instead, longest first.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()

    def quote(self, start: int, end: int) -> str:
        """The characters of a span, masked."""
        return self.text[start:end]

    def words(self, said: str) -> str:
        """A string that was taken from the document and has lost its place, masked."""
        for before, after in self.hidden:
            said = said.replace(before, after)
        return said


def mask_document(text: str, *, people: bool) -> Mask:
    """A document's text as it may be shown; unchanged where people are not to be masked."""
    if not people:
        return Mask(text)
    return _hide(text, find_people(text))


def write_mask(mask: Mask) -> str:
    """What a mask hides, as one string: start-end, blank-separated."""
    return " ".join(f"{start}-{end}" for start, end in mask.spans)


def read_mask(text: str, hidden: str) -> Mask:
    """The mask of a text whose hidden spans were written by `write_mask`."""
    return _hide(text, [(int(start), int(end)) for start, _, end in (s.partition("-") for s in hidden.split())])


def _hide(text: str, found: Sequence[tuple[int, int]]) -> Mask:
    if not found:
        return Mask(text)
    spans, shown = tuple(found), mask_spans(text, found)
    hidden = {text[start:end]: shown[start:end] for start, end in spans}
    return Mask(shown, spans, tuple(sorted(hidden.items(), key=lambda pair: (-len(pair[0]), pair))))
