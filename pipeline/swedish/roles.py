"""Roles in a text: functions, units and bodies, each in canonical singular and with the id they are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.swedish.compounds import HeadFinder
from pipeline.swedish.role_register import Head, Title, loose_words, role_id_of, role_register

_FIRST_PARTS = re.compile(r"((?:[^\W\d_]+-\s*,\s*)*[^\W\d_]+-)\s*,?\s*(?:och|samt|eller|&|/)\s+\Z")
_WORD_BEFORE = re.compile(r"(?<![\w-])([^\W\d_]+)\s+\Z")
_BODY_BEFORE = re.compile(
    r"(?<![\w-])((?:[^\W\d_]+-\s+och\s+)?[^\W\d_]*(?:nämnden|styrelsen|fullmäktige|utskottet|beredningen)s)\s+\Z",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"\b(?:är|vara|blir|bli|varit|också|även|ytterst|gemensamt|själva?|står|görs?|ansvarar)\s+\Z", re.IGNORECASE
)
KEPT = 1 << 14
"""Texts whose roles are kept: several rules ask for those of the same phrase, and documents share sentences."""

_NO_SPACE = re.compile(r"\S*\Z")
_LABEL = re.compile(r"\s*[:|\t]")
_FIELDS = re.compile(r"(?:dokument|innehålls|process|sak)(?:ansvarig|ägare)")
"""Functions that a document's block of facts asks for."""
_CHARGED = re.compile(r"[\s,]+(?:för|enligt|nämnd\w*|myndighet\w*|styrelse\w*)\b")
_NAMED_BEHIND = re.compile(
    r"\s+för\s+(?!att\b|de[tn]?\b|dessa\b|detta\b|en\b|ett\b|sin[at]?\b|vidare\b|kännedom\b|beslut\b|åtgärd\b|svar\b"
    r"|även\b|också\b|alltid\b|dessutom\b|register\b|lista\b|förteckning\b"
    r"|stöd\b|hjälp\b|råd\b|frågor\b|mer\b|ytterligare\b|aktuell|eventuell|kontakt\b|respektive\b|varje\b|alla\b|samtliga\b|hela\b)"
    r"(?:[a-zåäö]+(?:a|al|ern|isk|lig|bar|iv)\s)?(?:(?:utbild|utveckl|plan|upphandl)\w*ing|(?![\wåäö]+ing\b)[a-zåäö]{4,})"
    r"(?:\s+och\s+(?![a-zåäö]*(?:avdelning|enhet|nämnd|förvaltning|chef|styrels|kontor|stab)e[nt]\b)[a-zåäö]{4,})?(?![\wåäö])"
)
"""What a unit is for, where that is its name: "enheten för digitala kanaler", "enheten för extern kommunikation"."""
_DEVICES = re.compile(r"(?i)\b(?:mobil|bärbar|digital|privat|trådlös)a?t?\s+\Z")
"""Words before "enhet" that say that it is a thing: "installeras på kommunens mobila enheter"."""
#: What only names a field of a form ("Handläggare: ...") is less surely a role in a rule.
_LABEL_CONFIDENCE = 0.5
#: "kommunstyrelsens ordförande" and "nämndens arbetsutskott" are one role each, not a body and a role.
_OWNED_HEADS = frozenset({"ordförande", "utskott", "presidium"})


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A role where a text names it.

    Attributes:
        start: Code point where it starts.
        end: Code point after its last.
        quote: The text between them.
        role_id: What it is compared by; the same for informatör and kommunikatör.
        canonical: The text's own role in singular: indefinite, but the one kommunstyrelse is "kommunstyrelsen".
        group: role, unit or body.
        confidence: 0 to 1; a bare "enheten" is surer to be a unit than a form's label, less than a compound.
    """

    start: int
    end: int
    quote: str
    role_id: str
    canonical: str
    group: str
    confidence: float


@lru_cache(maxsize=KEPT)
def find_roles(text: str) -> tuple[RoleMention, ...]:
    """The roles the text names, in order, none overlapping; one for each of "enhets- och avdelningschefer".

    Not found, since they are not roles: kommunen, medarbetare, anställd, tjänsteman, förtroendevald, invånare, polisen.
    """
    found = [*_find_phrases(text), *_find_loose(text), *_find_compounds(text)]
    found.sort(key=lambda role: (role.start, -role.end))
    kept: list[RoleMention] = []
    for role in found:
        if kept and role.start < kept[-1].end:
            if role.end - role.start > kept[-1].end - kept[-1].start:
                kept[-1] = role
            continue
        kept.append(role)
    return tuple(kept)


def canonical_role(name: str) -> tuple[str, str]:
    """Role id and canonical of a role as people write it ("närmsta chefen"); by the words themselves where unknown."""
    found = find_roles(name)
    if found and found[0].end - found[0].start >= len(name.strip()) * 0.6:
        return found[0].role_id, found[0].canonical
    return role_id_of(name), name.strip().lower()


def _find_phrases(text: str) -> Iterator[RoleMention]:
    low = text.lower()
    for letters, pattern, title in role_register().patterns:
        if letters not in low:
            continue
        for match in pattern.finditer(text):
            if match[0].lower().startswith("ansvarig") and _is_predicate(text, match.start()):
                continue
            yield _mention(text, match.start(), match.end(), title, 0.93 if len(title.canonical.split()) > 1 else 0.75)


def _find_loose(text: str) -> Iterator[RoleMention]:
    known = role_register()
    for match in loose_words().finditer(text):
        word = (match["long"] or "").lower()
        title = known.loose.get(word) or known.loose.get(word + "e") or known.exact.get(match["short"] or "")
        if title:
            yield _mention(text, match.start(), match.end(), title, 0.85)


@cache
def _heads() -> HeadFinder:
    return HeadFinder(role_register().heads)


def _find_compounds(text: str) -> Iterator[RoleMention]:
    """Every word that ends in a head: kommunikationschefen, stabsenhet, kansli- och kommunikationsavdelningen."""
    for word in _heads().find(text):
        head, plural = role_register().heads[word.form]
        first = text[word.start : word.head_start]
        if head.takes(first) and not _in_address(text, word.start, word.end):
            yield from _read_compound(text, _Compound(word.start, word.end, first, head, plural))


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether a word is a piece of an address, path or tag; "förvaltningschefer/bolagschefer" are two words."""
    before = text[max(0, start - 1) : start]
    if text[end : end + 1] == "@" or before in ("@", ".", "#", "_"):
        return True
    written = _NO_SPACE.search(text, max(0, start - 60), start)
    return before == "/" and not (written and written[0][:-1].replace("-", "").isalpha())


@dataclass(frozen=True, slots=True)
class _Compound:
    """A word that ends in a head: its span, what stands before the head in it, and whether it is plural."""

    start: int
    end: int
    first: str
    head: Head
    plural: bool


def _read_compound(text: str, found: _Compound) -> Iterator[RoleMention]:
    start, head = found.start, found.head
    name = _lower_first(found.first) + head.word
    others = _FIRST_PARTS.search(text, max(0, start - 70), start) if found.first else None
    if others and (head.group == "role" or found.plural):
        at = others.start()
        for part in others[1].split(","):
            bare = part.strip()
            at = text.index(bare, at)
            title = _title_of(_lower_first(bare.rstrip("-")) + head.word, head.group)
            yield _mention(text, at, at + len(bare), title, head.compound - 0.05)
            at += len(bare)
    elif others:
        name = re.sub(r"\s+", " ", _lower_first(text[others.start() : start])) + name
        start = others.start()
    if name == "personuppgiftsansvarig" and (_is_predicate(text, start) or _CHARGED.match(text, found.end)):
        return  # what the law calls the one who answers for the data, not a function
    if text[start : found.end] == "Teams":
        return  # the program, as it is written
    if name == "enhet" and _DEVICES.search(text, max(0, start - 20), start):
        return
    start, name = _take_words_before(text, start, name, head)
    end = found.end
    behind = _NAMED_BEHIND.match(text, end) if head.group == "unit" and not found.first else None
    if behind:
        end, name = behind.end(), name + " ".join(["", *behind[0].split()])
    confidence = head.compound if found.first or " " in name else head.alone
    label = _LABEL.match(text, end) if head.group == "role" else None
    if label and _starts_line(text, start):
        if _FIELDS.fullmatch(name):
            return
        confidence = min(confidence, _LABEL_CONFIDENCE) if label[0].endswith(":") else confidence
    yield _mention(text, start, end, _title_of(name, head.group), confidence)


def _is_predicate(text: str, at: int) -> bool:
    """Whether words from `at` on say what somebody is ("nämnden är ansvarig"), not who somebody is."""
    return _PREDICATE.search(text, max(0, at - 16), at) is not None


def _take_words_before(text: str, start: int, name: str, head: Head) -> tuple[int, str]:
    """The role with the words before it that belong to it: "närmsta chefen", "kommunstyrelsens ordförande"."""
    if head.word in _OWNED_HEADS:
        body = _BODY_BEFORE.search(text, max(0, start - 60), start)
        if body:
            return body.start(), f"{' '.join(_lower_first(body[1]).split())} {name}"
    before = _WORD_BEFORE.search(text, max(0, start - 20), start)
    adjective = role_register().adjectives.get(before[1].lower()) if before else None
    if before and adjective and head.group in adjective[1]:
        if adjective[0] == "ansvarig" and _is_predicate(text, before.start()):
            return start, name
        return before.start(), f"{adjective[0]} {name}"
    return start, name


def _title_of(name: str, group: str) -> Title:
    title = role_register().titles.get(name.lower()) or role_register().titles.get(name.lower() + "n")
    return title or Title(role_id_of(name), name, group)


def _lower_first(words: str) -> str:
    """Small letters, but not in capitals that stand for words (IT-, HR-, VA-)."""
    return re.sub(
        r"[^\W\d_]+", lambda m: m[0] if len(m[0]) > 1 and m[0].isupper() and len(m[0]) < 4 else m[0].lower(), words
    )


def _starts_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(" \t*-•#|")


def _mention(text: str, start: int, end: int, title: Title, confidence: float) -> RoleMention:
    quote = text[start:end]
    return RoleMention(start, end, quote, title.role_id, title.canonical, title.group, round(confidence, 2))
