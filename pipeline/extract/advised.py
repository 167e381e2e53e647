"""Whom advice binds: "Regionen rekommenderar sina medarbetare att ..." binds the staff, not the region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.subjects import Actor, actor_of, phrase_at
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token

_OWN = frozenset({"sin", "sina", "alla", "samtliga"})
_ADVISE = frozenset({"rekommenderar", "avråder", "uppmanar", "uppmuntrar", "råder", "anmodar"})
_NEAR = 6
"""Words between the verb and the "att" or "från" that says what is advised, at most."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Who is told by advice, None where the words do not say, and the words of who gives it, in small letters."""

    told: Actor | None
    adviser: frozenset[str]


def find_advice(parse: Parse, inside: Sequence[Token]) -> Advice | None:
    """The advice in the words of a duty, None where they give none.

    Args:
        parse: The sentence.
        inside: The tokens of the duty, in order.
    """
    verb = next((t for t in inside if t.low in _ADVISE), None)
    if verb is None:
        return None
    tokens, end = parse.tokens, inside[-1].i + 1
    att = next((t.i for t in tokens[verb.i + 1 : min(end, verb.i + 2 + _NEAR)] if t.low in ("att", "från")), -1)
    if att < 0:
        return None
    at = verb.i + 1
    while at < att and (tokens[at].pos in ("ADV", "PART") or tokens[at].low in _OWN):
        at += 1
    # "rekommenderar medarbetare att", else "rekommenderar att du"
    told = actor_of(parse, phrase_at(parse, at if at < att else att + 1, att if at < att else end))
    adviser = frozenset(t.low for t in tokens[inside[0].i : verb.i + 2])
    known = told is not None and not told.points_back and told.group != "organisation"
    return Advice(told if known else None, adviser - lexicon().words["subordinators"])
