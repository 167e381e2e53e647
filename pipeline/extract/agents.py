"""Who does what a passive tells: "av närmaste chef", "genom förvaltningens försorg"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.standing import ends_means
from pipeline.extract.subjects import Actor, actor_of, group_of, noun_phrase, sounds_like_an_agent, words_at
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token

_MEANS = frozenset({"genom", "via"})


def agent_of(parse: Parse, start: int, end: int) -> Actor | None:
    """The agent of a passive between two tokens: "av närmaste chef", "genom förvaltningens försorg".

    Who "so that" speaks of is to be served by what is done, and does not do it: "så att texten kan läsas av alla".
    """
    tokens = parse.tokens
    end = next((i for i in range(start, min(end, len(tokens)) - 1) if _opens_result(tokens, i)), end)
    for i in range(start, min(end, len(tokens)) - 1):
        if tokens[i].low == "av" and not (_is_done_by(tokens, i) or ends_means(tokens, i) or describes(tokens[i - 1])):
            actor = actor_of(parse, noun_phrase(tokens, i + 1, end))
            if actor is not None and not actor.points_back:
                return actor
    unknown = next((a for i in range(start, min(end, len(tokens)) - 1) if (a := _unknown_agent(parse, i, end))), None)
    return unknown or next((a for i in range(start, min(end, len(tokens)) - 1) if (a := _through(parse, i, end))), None)


def _opens_result(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].low == "så" and tokens[i + 1].low == "att"


def _unknown_agent(parse: Parse, av: int, end: int) -> Actor | None:
    """Who does something by a passive's "av" though no vocabulary knows the word: "kontaktas av arrangören"."""
    tokens = parse.tokens
    if tokens[av].low != "av" or "Voice=Pass" not in tokens[av - 1].morph or describes(tokens[av - 1]):
        return None
    phrase = noun_phrase(tokens, av + 1, end)
    head = tokens[phrase.head] if phrase is not None else None
    if phrase is None or head is None or head.pos != "NOUN" or not _DEFINITE.search(head.low):
        return None
    return Actor(words_at(parse, phrase), "staff") if sounds_like_an_agent(head.low) else None


_DEFINITE = re.compile(r"(?:n|et|na|s)$")


def _through(parse: Parse, i: int, end: int) -> Actor | None:
    """Through whom something is done: "genom arkivets försorg"; with whom it is kept does not say who keeps it."""
    tokens = parse.tokens
    if tokens[i].low not in _MEANS:
        return None
    owner = tokens[i + 1].low.removesuffix("s")
    if i + 2 < end and tokens[i + 2].low == "försorg":
        return Actor(owner, group_of(owner)) if group_of(owner) else None
    actor = actor_of(parse, noun_phrase(tokens, i + 1, end))
    return actor if actor is not None and actor.group in ("role", "unit") else None


_DOINGS = re.compile(r"(?:ande|endet?|ning|ningen|else|beslut|samtycke|tillstånd|uppdrag|delegation)$")


def describes(verb: Token) -> bool:
    """Whether a passive tells how something is rather than who does it: "präglas av öppenhet"."""
    return any(lexicon().has("descriptive_passives", lemma) for lemma in (verb.lemma, verb.lemma.removesuffix("s")))


def _is_done_by(tokens: Sequence[Token], av: int) -> bool:
    """Whether "av" belongs to a noun of what somebody does: "publiceras inte utan godkännande av chef"."""
    before = tokens[av - 1]
    by = tokens[av - 2] if av > 1 else None
    leads = by is not None and (by.pos in ("ADP", "ADJ", "DET") or by.low == "utan")
    return leads and before.pos == "NOUN" and bool(_DOINGS.search(before.low))
