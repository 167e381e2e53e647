"""Verbs that look like another word: "Kommunikationsenheten för en förteckning över kommunens konton".

The parser reads "för" as the preposition nearly everywhere. Where a clause would then have no verb at all, and what
stands around the word speaks for the verb, the sentence is parsed with a verb of the same length in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.swedish.datafiles import read_tree

if TYPE_CHECKING:
    from pipeline.swedish.parsing import Token

_BOUNDARIES = frozenset(",;:.!?()–")
_BETWEEN = frozenset({"DET", "ADJ", "ADV", "PRON"})
"""What may stand between the verb and its object."""


@dataclass(frozen=True, slots=True)
class Homograph:
    """A form that can be a verb; the fields are those of homographs.yaml."""

    lemma: str
    stand_in: str
    subjects: frozenset[str]
    objects: tuple[str, ...]
    not_subjects: frozenset[str]
    particles: frozenset[str]


@cache
def homographs() -> dict[str, Homograph]:
    """The forms that can be verbs, by form in small letters."""
    return {
        form: Homograph(
            said["lemma"], said["stand_in"], frozenset(said["subjects"]), tuple(said["objects"]),
            frozenset(said["not_subjects"]), frozenset(said["particles"]),
        )
        for form, said in read_tree("homographs.yaml").items()
    }  # fmt: skip


def hidden_verbs(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens of a parse that are verbs though it takes them for something else."""
    known = homographs()
    return tuple(t for t in tokens if t.pos != "VERB" and t.low in known and _is_verb(tokens, t.i))


def with_stand_ins(text: str, verbs: Sequence[Token]) -> str:
    """The text with a plain verb for each of them: as long, so that all offsets hold."""
    for verb in verbs:
        text = text[: verb.start] + homographs()[verb.low].stand_in + text[verb.end :]
    return text


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    known = homographs()[tokens[at].low]
    before = list(_in_clause(tokens, range(at - 1, -1, -1)))
    behind = list(_in_clause(tokens, range(at + 1, len(tokens))))
    if not behind or behind[0].low == "att" or _has_verb(behind):
        return False
    if at > 0 and tokens[at - 1].low in known.subjects:
        return True
    if _has_verb(before):
        return False
    if behind[0].low in known.particles:
        return True
    if not before:
        return False
    subject = before[0]
    definite = "Definite=Def" in subject.morph or any(t.pos == "DET" for t in before[1:3])
    named = subject.pos in ("NOUN", "PROPN") and definite and subject.low not in known.not_subjects
    return named and _has_object(behind, known.objects)


def _in_clause(tokens: Sequence[Token], order: range) -> Iterator[Token]:
    """The tokens in this order until another clause or phrase begins."""
    for i in order:
        if tokens[i].text in _BOUNDARIES or tokens[i].pos in ("CCONJ", "SCONJ") or tokens[i].low == "som":
            return
        yield tokens[i]


def _has_verb(tokens: Sequence[Token]) -> bool:
    return any("VerbForm=Fin" in token.morph for token in tokens)


def _has_object(behind: Sequence[Token], objects: tuple[str, ...]) -> bool:
    """Whether the first noun is one of the objects, alone or at the end of a compound ("kanalförteckning")."""
    for token in behind:
        if token.low.endswith(objects):
            return True
        if token.pos not in _BETWEEN:
            return False
    return False
