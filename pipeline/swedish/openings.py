"""What a sentence opens with, told from its tokens alone: its first verb, and whether that one is a condition's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.swedish.parsing import Token

VERBS = ("VERB", "AUX")
JOINS = frozenset({"och", "eller", "samt", "respektive", ","})
SUBJECTS = frozenset({"vi", "du", "ni", "man", "det", "den", "de", "hen", "detta", "dessa"})
"""What stands behind a verb as its subject."""
_OPENING = frozenset(
    {"som", "om", "när", "innan", "där", "då", "eftersom", "medan", "tills", "hur", "vad", "vilka", "vilken"}
)
"""What opens a clause of its own, in which a finite verb says nothing of the one before it."""


def opens_clause(tokens: Sequence[Token], i: int) -> bool:
    """Whether nothing but marks stands before the token."""
    return all(tokens[at].pos in ("PUNCT", "SYM") for at in range(i))


def opens_condition(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a sentence's first verb, a present or imperative by its form, is that of a condition without "om".

    It is where the next finite verb opens no clause of its own and has its subject behind it: "Rör ärendet dig tar vi
    kontakt", "Begär någon att få se inlägget ska det lämnas ut".
    """
    if not tokens[verb].low.endswith("r") or not opens_clause(tokens, verb):
        return False
    if _has_subject_and_object(tokens, verb):
        return True
    for token in tokens[verb + 2 : -1]:
        if token.low in _OPENING or token.text in (":", ";"):
            return False
        if token.pos in VERBS and "Tense=Pres" in token.morph and "VerbForm=Fin" in token.morph:
            before, behind = tokens[token.i - 1].low, tokens[token.i + 1]
            done_to = "Voice=Pass" in token.morph and behind.pos in ("NOUN", "DET", "PROPN")
            # "Rör frågan en elev svarar rektor": a subject before the verb would make it one of a clause without "som".
            parted = before != "," and any(t.text == "," for t in tokens[verb : token.i])
            does = behind.pos in ("NOUN", "PROPN") and before not in SUBJECTS - {"det"} and not parted
            return before not in JOINS - {","} and before != "att" and (behind.low in SUBJECTS or done_to or does)
    return False


def _has_subject_and_object(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a subject and an object stand between a verb and the comma before the next one: "Rör det en elev, ta"."""
    comma = next((t.i for t in tokens[verb + 1 : -1] if t.text == ","), verb)
    between = tokens[verb + 1 : comma]
    if len(between) <= 1 or tokens[comma + 1].pos not in VERBS:
        return False
    first, *rest = between
    subject = first.low in SUBJECTS or (first.pos == "NOUN" and "Definite=Def" in first.morph)
    return subject and rest[0].pos in ("DET", "PRON", "NOUN") and all(t.pos not in VERBS for t in rest)
