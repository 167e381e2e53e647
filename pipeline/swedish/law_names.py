"""Where a text names an act: by name, long title, abbreviation, number or European act, before they are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.swedish.datafiles import read_lines
from pipeline.swedish.law_register import Act, name_key, register
from pipeline.swedish.law_titles import Title, read_title

# The second spelling of förordning is the commonest slip; the rest of the name then decides what was meant.
_HEAD = re.compile(
    r"(?:lag|balk|förordning|förodning|förordnig|regeringsform|konvention|direktiv)(?:en|et)?s?(?!\w)", re.IGNORECASE
)
_BEFORE = re.compile(r"[\w\-\u2010\u2011]*\Z")
_WORD_BEFORE = re.compile(r"(?<![\w-])([^\W\d_]+)[ \u00a0]\Z")
_SUSPENDED = re.compile(
    r"((?:[^\W\d_]+-\s*,\s*)*[^\W\d_]+(?:-(?=\s*(?:och|&))|-?(?=\s*,?\s)))\s*,?\s*(?:och|&|samt|eller)\s+\Z"
)
_QUALIFIER = re.compile(
    r"(?:\bEU(?::s|s|´s|’s|:S)\s+|\bEuropaparlamentets\s+och\s+rådets\s+)?(?:\b(?:allmänna|allmän)\s+)?\Z|\bFN(?::s|s)\s+\Z",
    re.IGNORECASE,
)
_CUE = re.compile(r"(?:\benligt|\bmed stöd av|\benlighet med|\bi|\bföljer?|\bföljs|\bfölja)\s+\Z", re.IGNORECASE)
_HEADS = ("lag", "förordning", "grundlag", "balk")
#: A misspelling is resolved to the one curated name within this many letters, longer names allowing two.
_FUZZY_LENGTH, _FUZZY_LONG = 10, 17


@dataclass(frozen=True, slots=True)
class Name:
    """One naming of an act: its span and what it may stand for. `how` says by which way it was found."""

    start: int
    end: int
    act: Act
    how: str  # name | title | numbered | abbreviation | number | unknown
    confidence: float
    alternatives: tuple[Act, ...] = ()


def find_names(text: str) -> list[Name]:
    """Every name of an act in -lag, -förordning, -balk ..., long titles included; in order, not overlapping."""
    names: list[Name] = []
    reach = 0
    for match in _HEAD.finditer(text):
        if match.start() < reach:
            continue
        found = list(_read_name(text, match, floor=reach))
        names += found
        if found:
            reach = found[-1].end
    return names


def _read_name(text: str, head: re.Match[str], *, floor: int) -> Iterator[Name]:
    before = _BEFORE.search(text, max(floor, head.start() - 60), head.start())
    start = before.start() if before else head.start()
    word, end = text[start : head.end()], head.end()
    bare = start == head.start() or (word[:3].upper() == "EU-" and start + 3 == head.start())
    if bare and not word.lower().startswith("regeringsform"):
        split = _split_name(text, start, end, floor)
        title = None if split else read_title(text, head.start(), end)
        if split:
            yield split
        elif title:
            yield _from_title(title, min(start, _qualified(text, start, floor)))
        return
    act = register().names.get(name_key(word))
    joined = _coordinated(text, start, word, floor)
    yield from joined
    if joined and joined[-1].end == end:
        return
    # "data skyddsförordningen": the cut name of an act that policies cite outweighs a whole one that they do not.
    cut = None if act and act.norm in register().curated_norms else _split_name(text, start, end, floor)
    if cut:
        yield cut
        return
    if act:
        yield Name(_qualified(text, start, floor), end, act, "name", 0.99)
        return
    guess = _misspelt(word) or _unknown(word, bool(_CUE.search(text, max(0, start - 20), start)))
    if guess:
        act, confidence = guess
        how = "name" if act.identifiers else "unknown"
        yield Name(start, end, act, how, confidence)


def _coordinated(text: str, start: int, word: str, floor: int) -> list[Name]:
    """Names made with a first part: "offentlighets- och sekretesslagen" is one, "tryckfrihets- och ..." is two."""
    before = _SUSPENDED.search(text, max(floor, start - 80), start)
    if not before:
        return []
    parts = [part.strip() for part in before[1].split(",")]
    together = f"{parts[-1]} och {word}"
    whole = register().names.get(name_key(together))
    resolved = (whole, 0.99) if whole else _misspelt(together)
    if resolved:
        act, confidence = resolved
        return [Name(before.start() + before[1].rindex(parts[-1]), start + len(word), act, "name", confidence)]
    found = []
    at = before.start()
    for part in parts:
        at = text.index(part, at)
        acts = [register().names.get(name_key(part + head)) for head in _HEADS] if part.endswith("-") else []
        known = next((act for act in acts if act), None)
        if known:
            found.append(Name(at, at + len(part), known, "name", 0.97))
        at += len(part)
    return found


def _split_name(text: str, start: int, end: int, floor: int) -> Name | None:
    """A name that a space has cut: "data skyddsförordningen", "förvaltnings lagen"."""
    before = _WORD_BEFORE.search(text, max(floor, start - 40), start)
    if not before:
        return None
    whole = text[before.start() : end]
    act = register().names.get(name_key(whole))
    if not act:
        joined = _coordinated(text, before.start(), whole, floor)
        return joined[-1] if joined and joined[-1].end == end else None
    return Name(before.start(), end, act, "name", 0.95)


def _from_title(title: Title, start: int) -> Name:
    how = "numbered" if title.numbered else "title" if title.act.identifiers else "unknown"
    return Name(min(start, title.start), title.end, title.act, how, title.confidence)


def _qualified(text: str, start: int, floor: int) -> int:
    """Where the name starts with what belongs to it: "EU:s dataskyddsförordning", "allmänna dataskyddsförordningen"."""
    before = _QUALIFIER.search(text, max(floor, start - 40), start)
    return before.start() if before and before[0].strip() else start


@cache
def _not_acts() -> tuple[str, ...]:
    return tuple(name_key(ending) for ending in read_lines("not_acts.txt"))


def _unknown(word: str, cue: bool) -> tuple[Act, float] | None:
    """A name that fits nothing known and is plainly an act: definite -lagen or -förordningen, no team, no proposal."""
    bare = word.removesuffix("s")
    if len(bare) < 8 or not re.search(r"(?:lag|förordning)en$", bare.lower()):
        return None
    # -slagen is more often a kind (energislagen) than an act: it needs a word like "enligt" before it.
    if name_key(bare).endswith(_not_acts()) or (bare.lower().endswith("slagen") and not cue):
        return None
    return Act(bare if bare[:2].isupper() else bare.lower(), ()), 0.6


@cache
def _misspelt(word: str) -> tuple[Act, float] | None:
    """The one curated name that a word misses by a letter or two, as long as no other name lies as near."""
    from rapidfuzz.distance import OSA

    key = name_key(word)
    if len(key) < _FUZZY_LENGTH:
        return None
    reach = 2 if len(key) >= _FUZZY_LONG else 1
    # "upphovrättslagen" ends like "rättslagen", which is no act; but so does the act that is meant.
    ends = tuple(ending for ending in _not_acts() if key.endswith(ending))
    near = [
        (distance, known)
        for known in register().curated
        if known[0] == key[0]
        and known.endswith(ends or ("",))
        and (distance := OSA.distance(key, known, score_cutoff=reach)) <= reach
    ]
    best = [known for distance, known in near if distance == min(near)[0]]
    return (register().names[best[0]], 0.85) if len(best) == 1 else None
