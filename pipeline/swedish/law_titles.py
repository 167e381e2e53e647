"""Acts named by their long title or number: "lagen (1998:112) om ansvar för elektroniska anslagstavlor"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.swedish.law_register import Act, register

NUMBER = r"(?:SFS\s*:?\s*(?:nr\.?\s*)?)?(?P<number>(?:1[6-9]|20)\d{2}:\d{1,4})"
_NUMBER_AFTER = re.compile(rf"\s*(?:\(\s*{NUMBER}\s*\)|(?<=\s){NUMBER.replace('number', 'bare')}(?!\d))", re.IGNORECASE)
_LINK = re.compile(r",?\s+(?=(?:om|med|angående|mot|på|för|till|av)\s)", re.IGNORECASE)
_WORD = re.compile(r"[\w:]+(?:-(?!\w)|-\w+)*")
_NUMBER_LATER = re.compile(rf"[^.;:?!()\n]{{0,110}}?\(\s*{NUMBER}\s*\)", re.IGNORECASE)
#: Words that a guessed title does not run past, and that no guessed title starts with or holds.
_STOP = frozenset(
    [
        "och",
        "samt",
        "eller",
        "som",
        "ska",
        "skall",
        "måste",
        "får",
        "kan",
        "bör",
        "är",
        "gäller",
        "anger",
        "säger",
        "finns",
        "har",
        "ställer",
        "kräver",
        "reglerar",
        "innebär",
        "men",
        "så",
        "att",
        "när",
        "vid",
        "enligt",
        "vilket",
        "vilken",
        "genom",
        "då",
        "där",
        "ger",
        "gör",
        "inte",
    ]
)
_CLAUSE = frozenset(
    [
        "kommunen",
        "du",
        "vi",
        "ni",
        "man",
        "den",
        "det",
        "detta",
        "denna",
        "dessa",
        "någon",
        "inte",
        "hur",
        "vem",
        "att",
        "en",
        "ett",
    ]
)
_CRIMES = frozenset(
    ["hets", "förtal", "hot", "ofredande", "uppvigling", "förolämpning", "barnpornografi", "våldsskildring"]
)
_TITLE_WORDS = 7


@dataclass(frozen=True, slots=True)
class Title:
    """A long title found: its span, from the word "lag" on, the act it names, and whether it had its number."""

    start: int
    end: int
    act: Act
    confidence: float
    numbered: bool = False


def read_title(text: str, start: int, end: int) -> Title | None:
    """The act that the bare word lag, lagen or förordning at start to end begins, by its title or number.

    Returns:
        None for "denna lag", "enligt lagen" and the like: the antecedent is not guessed.
    """
    head = text[start:end]
    number = _NUMBER_AFTER.match(text, end)
    if number:
        identifier = number["number"] or number["bare"]
        return _numbered(text, start, number.end(), identifier)
    if head.lower().startswith(("direktiv", "konvention", "balk")):
        return None
    link = _LINK.match(text, end)
    if not link:
        return None
    known = _longest_known(text, link.end())
    if known:
        act, stop, certain = known
        return Title(start, stop, act, 0.98 if certain else 0.9)
    return _unknown_title(text, start, link.end(), head)


def _numbered(text: str, start: int, end: int, identifier: str) -> Title:
    act = register().by_identifier.get(identifier)
    stop = end
    link = _LINK.match(text, end)
    if link:
        known = _longest_known(text, link.end())
        stop = max(stop, _shared_words(text, link.end(), register().long_titles.get(identifier, ())))
        if known and (act is None or identifier in known[0].identifiers):
            stop = max(stop, known[1])
            act = act or known[0]
        if act is None and stop == end:
            stop = _guess_end(text, link.end()) or stop
    if act is None:
        return Title(start, stop, Act(_as_written(text[start:stop]), (identifier,)), 0.9, numbered=True)
    return Title(start, stop, Act(act.norm, (identifier,)), 0.99, numbered=True)


def _words_from(text: str, at: int, count: int) -> list[tuple[str, int]]:
    """The next words, lower case, with where each ends; a full stop, bracket or blank line ends the run."""
    words: list[tuple[str, int]] = []
    place = at
    while len(words) < count:
        match = _WORD.search(text, place, place + 60)
        if not match or re.search(r"[.;?!()]|\n\s*\n|\n\s*[-•–*]", text[place : match.start()]):
            break
        word = match[0].lower().rstrip(":")
        words.append(("eu:s" if word == "eus" else word, match.end()))
        place = match.end()
    return words


def _longest_known(text: str, at: int) -> tuple[Act, int, bool] | None:
    """The longest title of the register that the words from here on spell, and where it ends."""
    words = _words_from(text, at, 30)
    flat = [word for written, _ in words for word in re.findall(r"[\w:]+", written)]
    ends = [end for written, end in words for _ in re.findall(r"[\w:]+", written)]
    for title, act in register().titles.get(" ".join(flat[:2]), []):
        if tuple(flat[: len(title)]) == title:
            return act, ends[len(title) - 1], len(title) > 2
    return None


def _shared_words(text: str, at: int, title: tuple[str, ...]) -> int:
    """Where the text stops following a statute's own title; 0 where it does not follow it at all."""
    end = 0
    for (word, stop), expected in zip(_words_from(text, at, len(title)), title, strict=False):
        if word != expected:
            break
        if len(word) > 3:
            end = stop
    return end


def _guess_end(text: str, at: int) -> int:
    """Where the title of an act that no register has seems to end; 0 where it is none."""
    end = 0
    words = _words_from(text, at, _TITLE_WORDS + 1)
    if len(words) < 2 or words[1][0] in _CLAUSE:
        return 0
    for word, stop in words[:_TITLE_WORDS]:
        if word in _STOP or word in ("lagen", "förordningen", "balken"):
            break
        if word in ("i", "av", "till", "för", "på", "om"):
            continue  # a title does not end in a preposition
        end = stop
        if stop < len(text) and text[stop] in ",.;:()\n":
            break
    return end


def _unknown_title(text: str, start: int, at: int, head: str) -> Title | None:
    """An act named by a title that fits nothing known: kept as written, with the number if one follows."""
    later = _NUMBER_LATER.match(text, at)
    if later:
        identifier = later["number"]
        act = register().by_identifier.get(identifier)
        name = text[start : text.rindex("(", at, later.end())].rstrip()
        return Title(start, later.end(), Act(act.norm if act else _as_written(name), (identifier,)), 0.9)
    if not head.lower().startswith(("lagen", "förordningen")) or text[at : at + 3].lower() != "om ":
        return None
    end = _guess_end(text, at)
    last = text[at:end].rsplit(maxsplit=1)[-1] if end else ""
    # "lagen om hets mot folkgrupp" names a crime, and the crime alone is no reference.
    if _CRIMES & set(text[at:end].lower().split()):
        return None
    # "lagen om kommunen inte svarar" is a condition: a title has no definite noun at its end.
    if not end or re.search(r"(?:en|et|na|ar|er|as|es)$", last) or len(text[at:end].split()) < 2:
        return None
    return Title(start, end, Act(_as_written(text[start:end]), ()), 0.55)


def _as_written(name: str) -> str:
    """A name as it stands, on one line, with a small first letter and without its number."""
    bare = re.sub(r"\s+", " ", re.sub(r"\(\s*(?:SFS\s*)?\d{4}:\d+\s*\)", " ", name)).strip()
    bare = bare or name.strip()
    return bare[0].lower() + bare[1:]
