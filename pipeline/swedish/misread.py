"""Words that the tagger nearly always misreads in these texts, told by their form and what stands beside them.

A genitive taken for a verb ("elevers namn"), a plural that ends as a present does ("svarstider"), the "var" of "var
tredje månad", an adverb taken for a supine ("upprepat"), a participle beside an adjective taken for a past tense ("nya
och avslutade konton"), a title of two letters ("vd"). Own observations on texts
written for the project; the parser itself is not trained on them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.swedish.normative import lexicon
from pipeline.swedish.openings import JOINS, SUBJECTS, VERBS, opens_condition

if TYPE_CHECKING:
    from pipeline.swedish.parsing import Token

_NOUN = re.compile(r"(?i)\w{3,}(?:heter|tider|ingar|tioner|iteter|elser)$")
_PARTICIPLE = re.compile(r"(?i)\w{2,}(?:ade|dda|[^aeiouyåäö][dt]a)$|o\w{3,}da$")
_INFINITIVE = re.compile(r"[aoåäöeiuys]$")
"""How an infinitive ends, active or passive."""
_NOMINAL = ("NOUN", "PROPN", "ADJ")
_TITLES = frozenset({"vd", "Vd", "VD"})
_PRESENT = "Mood=Ind|Tense=Pres|VerbForm=Fin|Voice=Act"
_PLURALS = frozenset(
    {"länkar", "delar", "leder", "mallar", "listar", "texter", "planer", "kontroller", "rapporter", "publicer"}
)
"""Plurals that a verb of duty has for a present too, or that its stem makes."""
LONG = 6
"""Letters from which on a verb's present is no other word."""


def corrected(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a sentence, the misread ones with their right part of speech; the tree stays as it is."""
    return [_corrected(token, tokens) for token in tokens]


def _corrected(token: Token, tokens: Sequence[Token]) -> Token:
    if token.pos in VERBS:
        return _corrected_verb(token, tokens)
    if token.pos in ("NOUN", "PROPN") and token.low.endswith("r") and _is_present(token, tokens):
        return replace(token, pos="VERB", morph=_PRESENT)
    if token.text in _TITLES and token.pos not in ("NOUN", "PROPN"):
        return replace(token, pos="NOUN", morph="")
    if token.low == "respektive" and _is_each(token, tokens):
        return replace(token, pos="DET", morph="")
    return token


def _corrected_verb(token: Token, tokens: Sequence[Token]) -> Token:
    """A word that the tagger takes for a verb."""
    follows = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
    no_infinitive = "VerbForm=Inf" in token.morph and not _INFINITIVE.search(token.low)  # "Skolor, bibliotek och andra"
    if token.dep == "nmod:poss" or _NOUN.match(token.text) or no_infinitive:
        return replace(token, pos="NOUN", morph="Case=Gen" if token.dep == "nmod:poss" else "")
    if token.low == "var" and follows is not None and "NumType=Ord" in follows.morph:
        return replace(token, pos="DET", morph="")
    if token.low == "upprepat" and follows is not None and "VerbForm=Fin" in follows.morph:
        return replace(token, pos="ADV", morph="")  # "den som upprepat bryter mot reglerna"
    if "Mood=Imp" in token.morph and opens_condition(tokens, token.i):
        return replace(token, morph=_PRESENT)
    if _is_attribute(token, tokens) or _is_behind_noun(token, tokens):
        return replace(token, pos="ADJ", morph="")
    return token


def _is_present(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether what the tagger takes for a noun is the present of a verb of duty, or what "så" leads to."""
    if token.i == 0:  # "Ansöker om konto" under a role's name
        told = any("VerbForm=Fin" in t.morph for t in tokens[1:3])
        return token.low in _presents() and len(tokens) > 1 and not told
    if token.pos != "NOUN" or token.i + 1 >= len(tokens):
        return False
    before, behind = tokens[token.i - 1], tokens[token.i + 1]
    resumed = before.low == "så" and behind.low in SUBJECTS  # "Mejla oss så återkommer vi"
    return resumed or (token.low in _presents() and before.pos not in ("DET", "ADJ", "ADP", "NUM", "CCONJ"))


@cache
def _presents() -> frozenset[str]:
    """Presents of the verbs of duty that are nothing else ("kontaktar", "ansöker")."""
    verbs = [verb for verb in lexicon().words["duty_verbs"] if len(verb) >= LONG and verb.endswith("a")]
    return frozenset({f"{verb}r" for verb in verbs} | {f"{verb[:-1]}er" for verb in verbs}) - _PLURALS


def _is_each(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether "respektive" stands before its noun as "varje" does, and joins no two: "av respektive chef"."""
    behind = tokens[token.i + 1 : token.i + 2]
    ahead = tokens[token.i - 1 : token.i] if token.i else ()
    return any(t.pos in _NOMINAL for t in behind) and not any(t.pos in _NOMINAL for t in ahead)


def _is_behind_noun(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a form of a participle tells of the noun that the sentence begins with: "Bilder skapade med AI märks".

    The sentence's own verb then follows before anything else begins.
    """
    if "Tense=Past" not in token.morph or not _PARTICIPLE.match(token.low) or token.i + 2 >= len(tokens):
        return False
    ahead = tokens[: token.i]
    if not ahead or ahead[-1].pos != "NOUN" or any(t.pos not in ("NOUN", "ADJ", "DET") for t in ahead):
        return False
    if tokens[token.i + 1].pos != "ADP":
        return False
    rest = takewhile(lambda t: t.pos not in ("CCONJ", "SCONJ", "PUNCT", "PRON"), tokens[token.i + 2 :])
    return any(t.low in lexicon().modals or "Tense=Pres|VerbForm=Fin" in t.morph for t in rest)


def _is_attribute(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a form of a participle is joined to an adjective before it, and both stand before a noun."""
    past = "Tense=Past" in token.morph or ("VerbForm=Inf" in token.morph and token.low.startswith("o"))
    if not past or token.i < 2 or not _PARTICIPLE.match(token.low) or tokens[token.i - 1].low not in JOINS:
        return False
    if tokens[token.i - 2].pos != "ADJ":
        return False
    behind = token.i + 1
    while behind < len(tokens) and (tokens[behind].low in JOINS or tokens[behind].pos == "ADJ"):
        behind += 1
    return behind < len(tokens) and tokens[behind].pos == "NOUN"
