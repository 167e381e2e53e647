"""Municipalities and regions in a text: by name with "kommun", by body, by domain; and which one a document is from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.swedish.letters import without_marks
from pipeline.swedish.municipality_register import (
    Municipality,
    MunicipalityRegister,
    by_code,
    by_name,
    genitive,
    municipality_register,
)

__all__ = [
    "MunicipalityCandidate",
    "MunicipalityMention",
    "by_code",
    "by_name",
    "find_municipalities",
    "genitive",
    "municipality_in_name",
    "municipality_of",
]

_CAPITAL = re.compile(r"(?<![\w@./\-])[A-ZÅÄÖ][\w]*(?:-[A-ZÅÄÖ]\w+)*")
_KOMMUN = re.compile(r"\s+(?:kommun(?:en)?s?\b|kommunala?\b|kommun(?=[a-zåäö]))", re.IGNORECASE)
_SMALL = re.compile(r"(?<![\w@./\-])(?P<name>[a-zåäö]+(?:-[a-zåäö]+)?)[ \u00a0]kommun(?:en)?s?\b")
_STAD = re.compile(r"\s+(?:stads?|kommunkoncern|municipality)\b", re.IGNORECASE)
_BODY_BEFORE = re.compile(
    r"(?:[a-zåäö]*(?:styrelsen|nämnden|fullmäktige|utskottet|förvaltningen|kontoret|chefen|direktören)|kommunen|staden|invånarna|invånare|medborgarna)"
    r"\s+i\s+\Z|\bkommunen\s+\Z|\bstaden\s+\Z|\bvi\s+i\s+\Z",
    re.IGNORECASE,
)
_SEAT_BEFORE = re.compile(
    r"\b(?:[a-zåäö]*rätten|länsstyrelsen|[a-zåäö]*arkivet|åklagarkammaren|universitetet|polisen)\s+i\s+\Z",
    re.IGNORECASE,
)
"""What the state has in a town: a court names where it sits, not whose document it is."""
_PLACE_BEFORE = re.compile(r"(?:\b(?:i|från|för|till|inom|över|runt)|\bvisit)\s+\Z", re.IGNORECASE)
_PERSON_BEFORE = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+\s+\Z")
#: "Örebro län" is a county, "Lund Svensson" a person.
_LONGER_AFTER = re.compile(r"[ \u00a0](?:läns?\b|[A-ZÅÄÖ])")
_DOMAIN = re.compile(r"(?<![\w\-.])(?:[a-zåäö0-9\-]+\.){0,6}[a-zåäö0-9\-]+\.[a-z]{2,12}\b", re.IGNORECASE)
_TITLE_REACH = 400
"""How far a title page reaches."""
_ALONE_WEIGHT, _TITLE_WEIGHT, _HEAD_WEIGHT = 4.0, 3.0, 1.2
"""How much more than one further down a mention on the title page says about whose document it is: one that has a line
for itself, as a letterhead has; one in a title; one in a sentence, which may name any municipality."""
_LEAST_CONFIDENCE = 0.5
NAMED_AS_BODY = 0.7
"""Confidence above which a mention is of the municipality and not of a place that bears its name."""


@dataclass(frozen=True, slots=True)
class MunicipalityMention:
    """A municipality or region in a text: span, name in the register, code, kind (municipality | region)."""

    start: int
    end: int
    quote: str
    name: str
    code: str
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class MunicipalityCandidate:
    """A municipality that a document may be from: its share of the evidence, and the mention that says it best.

    `owns` tells whether the best mention names it as a body ("X kommun", a domain), not only as a place.
    """

    name: str
    code: str
    kind: str
    score: float
    start: int
    end: int
    quote: str
    owns: bool


def find_municipalities(text: str) -> list[MunicipalityMention]:
    """The municipalities and regions the text names, in order.

    Names that are words or people too (Vara, Mark, Ale, Nora) are found only beside "kommun", a body or in a domain;
    other bare names are places as often as municipalities, and have a confidence of at most 0.6.
    """
    found = [*_find_domains(text), *_find_names(text), *_find_small(text)]
    return sorted(found, key=lambda one: (one.start, one.end))


def municipality_of(text: str, *, heads: str = "") -> list[MunicipalityCandidate]:
    """Which municipality a document is from: candidates, best first, with scores that add up to 1.

    What counts is "X kommun", domains and bodies, more on the title page than later, most in a letterhead or title, and
    each repetition less than the one before it: a text copied from elsewhere may name its origin. Of two with the same
    weight the one named first comes first.

    Args:
        text: The document's text.
        heads: What its pages bear above and below the text; it counts as the title page does. Who is named only there
            has no place in the text: start and end are 0 and the quote is empty.
    """
    weights: dict[tuple[str, str], float] = defaultdict(float)
    times: dict[tuple[str, str], int] = defaultdict(int)
    best: dict[tuple[str, str], MunicipalityMention] = {}
    found = [(one, _weight_of_place(text, one)) for one in find_municipalities(text)]
    found += [(replace(m, start=0, end=0, quote=""), _HEAD_WEIGHT) for m in find_municipalities(heads)]
    for mention, weight in found:
        key = (mention.kind, mention.code)
        sure = mention.confidence if mention.confidence > NAMED_AS_BODY else mention.confidence * 0.2
        times[key] += 1
        weights[key] += sure * weight / times[key] ** 0.5
        if key not in best or (mention.quote and mention.confidence > best[key].confidence):
            best[key] = mention
    total = sum(weights.values())
    ranked = sorted(weights, key=lambda key: (-round(weights[key], 6), best[key].start, key))
    return [
        MunicipalityCandidate(
            best[key].name,
            key[1],
            key[0],
            round(weights[key] / total, 4),
            best[key].start,
            best[key].end,
            best[key].quote,
            best[key].confidence > NAMED_AS_BODY,
        )
        for key in ranked
    ]


def _weight_of_place(text: str, mention: MunicipalityMention) -> float:
    """How much the place of a mention adds to what it says of whose document it is."""
    if mention.start >= _TITLE_REACH:
        return 1.0
    line = text[text.rfind("\n", 0, mention.start) + 1 :].partition("\n")[0].strip(" \t#*")
    if line == mention.quote:
        return _ALONE_WEIGHT
    return _HEAD_WEIGHT if line.endswith(".") else _TITLE_WEIGHT


def municipality_in_name(name: str) -> Municipality | None:
    """The municipality that a file's or folder's name gives ("Soderhamn_riktlinje.docx"), None for none or several.

    Names that are words too (Vara, Mark) count only beside "kommun"; letters may have lost their dots and rings.
    """
    words = re.findall(r"[^\W\d_]+", without_marks(name.lower()))
    found: dict[str, bool] = {}
    for one in municipality_register().by_code.values():
        parts = without_marks(one.name.lower()).split()
        for n in range(len(words)):
            if one.kind != "municipality" or words[n : n + len(parts)] not in (parts, [*parts[:-1], f"{parts[-1]}s"]):
                continue
            behind = "".join(words[n + len(parts) : n + len(parts) + 1])
            if behind not in ("lan", "lans"):
                sure = behind == "kommun" or one.name.lower() not in municipality_register().ambiguous
                found[one.code] = sure or found.get(one.code, False)
    code, sure = next(iter(found.items()), ("", False))
    return by_code(code) if len(found) == 1 and sure else None


def _find_domains(text: str) -> Iterator[MunicipalityMention]:
    domains = municipality_register().domains
    for match in _DOMAIN.finditer(text):
        labels = match[0].lower().split(".")
        for first in range(len(labels) - 1):
            one = domains.get(".".join(labels[first:]))
            if one:
                yield _mention(text, match.start(), match.end(), one, 0.93)
                break


def _find_names(text: str) -> Iterator[MunicipalityMention]:
    known = municipality_register()
    reach = 0
    for match in _CAPITAL.finditer(text):
        if match.start() < reach:
            continue
        start, end = match.span()
        key = match[0].lower()
        for longer in known.longer.get(key, ()):
            whole = re.compile(r"\s+".join(map(re.escape, longer.split())) + r"(?!\w)", re.IGNORECASE).match(
                text, start
            )
            if whole:
                end, key = whole.end(), longer
                break
        mention = _read_title(text, start, end, key, known) or _read_name(text, start, end, key, known)
        if mention:
            reach = mention.end
            yield mention


def _find_small(text: str) -> Iterator[MunicipalityMention]:
    """Names that a careless text writes in small letters, where they are no words: "ängelholms kommun"."""
    known = municipality_register()
    for match in _SMALL.finditer(text):
        ones = known.forms.get(match["name"])
        if ones and ones[0].name.lower() not in known.ambiguous:
            yield _mention(text, match.start(), match.end(), ones[0], 0.85)


def _read_title(text: str, start: int, end: int, key: str, known: MunicipalityRegister) -> MunicipalityMention | None:
    """Names that say it all by themselves: Borås Stad, Region Skåne, Västra Götalandsregionen."""
    one = known.titles.get(key)
    if not one or (len(key) <= 3 and not text[start:end].isupper()):
        return None
    return _mention(text, start, end, one, 0.97)


def _read_name(text: str, start: int, end: int, key: str, known: MunicipalityRegister) -> MunicipalityMention | None:
    ones = known.forms.get(key)
    if not ones:
        return None
    one = ones[0]
    kommun = _KOMMUN.match(text, end) or _STAD.match(text, end)
    before = text[max(0, start - 60) : start]
    if kommun:
        return _mention(text, start, kommun.end(), one, 0.98)
    if _SEAT_BEFORE.search(before):
        return None
    county = text[end:].lstrip(" \u00a0")[:3] == "län"
    body = _BODY_BEFORE.search(before)
    if body and not county and text[end : end + 1] != "-":
        return _mention(text, start, end, one, 0.9)
    if one.name.lower() in known.ambiguous or (
        _PERSON_BEFORE.search(before[-20:]) and not _PLACE_BEFORE.search(before)
    ):
        return None
    follows = text[end : end + 1]
    if follows == "-" or _LONGER_AFTER.match(text, end):
        return None
    confidence = 0.6 if _PLACE_BEFORE.search(before) or key != one.name.lower() else 0.5
    return _mention(text, start, end, one, confidence) if confidence >= _LEAST_CONFIDENCE else None


def _mention(text: str, start: int, end: int, one: Municipality, confidence: float) -> MunicipalityMention:
    return MunicipalityMention(start, end, text[start:end], one.name, one.code, one.kind, confidence)
