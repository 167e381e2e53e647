"""Everybody whom a sentence names: who could do something, by what word, and how it hangs on the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.standing import acts, ends_means, place_of
from pipeline.extract.subjects import (
    NOMINAL,
    Actor,
    Phrase,
    actor_of,
    group_of,
    phrase_at,
    pronoun_at,
    sounds_like_an_agent,
    uncapitalised,
    words_at,
)
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token, once_a_parse
from pipeline.swedish.roles import find_roles

READERS = frozenset({"du", "ni", "vi"})
AGENT = "agent"
"""The group of a subject that no list knows, but whose word ends as those for people and groups do."""
ACTING = "acting"
"""The group of a word that no list knows, but that stands where whoever does something stands."""
DOER = "staff"
"""The group of somebody whom only what is done makes an actor: "På helger tar receptionen över"."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_ENDING = re.compile(r"(?:arna|erna|orna|ar|er|or|en|et|an|n|t|a|e)\Z")
SHORTEST = 5
"""Letters of a word from which on it is told without its ending."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a unit: first token, head, how it hangs on the rest (relation, preposition), its place."""

    actor: Actor
    start: int
    head: int
    relation: str
    preposition: str
    definite: bool
    place: str


@once_a_parse
def find_mentions(parse: Parse, we: Actor) -> tuple[Mention, ...]:
    """Everybody whom a sentence names, in text order; a role inside a longer phrase too.

    Args:
        parse: The sentence.
        we: The organisation that "vi" is.
    """
    return tuple(_name_mentions(parse, we))


def _name_mentions(parse: Parse, we: Actor) -> Iterator[Mention]:
    covered: set[int] = set()
    heads: set[int] = set()
    for phrase in _phrases(parse):
        head = parse.tokens[phrase.head]
        if _is_told_of_subject(parse.tokens, head):
            covered.add(head.i)
            continue
        actor = actor_of(parse, phrase)
        low = head.low
        told = head.dep in SUBJECTS and head.pos in ("NOUN", "PROPN")
        timed = low in lexicon().words["time_nouns"]  # "Sex veckor före valet lånar vi inte ut vår plats"
        if actor is None and told and not timed and not lexicon().patterns["abstract_ending"].search(low):
            actor = Actor(words_at(parse, phrase), AGENT if sounds_like_an_agent(low) else f"other_{low[-3:]}")
        if actor is None and acts(parse, phrase):
            actor = Actor(words_at(parse, phrase), ACTING)
        if actor is None or actor.points_back:
            continue
        if head.low in ("vi", "oss"):
            actor = we
        covered.update(range(phrase.start, phrase.head + 1))
        heads.add(phrase.head)
        yield _mention(parse, actor, phrase)
    for token in parse.tokens:
        if token.low in READERS and token.i not in heads:  # what the parser takes for part of a longer phrase
            actor = we if token.low == "vi" else Actor(token.low, DOER)
            yield _mention(parse, actor, Phrase(token.i, token.i + 1, token.i))
    for role in find_roles(parse.text):
        own = [t.i for t in parse.tokens if t.start >= role.start and t.end <= role.end]
        if own and not covered & set(own):
            group = "unit" if role.group in ("unit", "body") else "role"
            word = uncapitalised(role.quote)
            if "Case=Gen" in parse.tokens[own[-1]].morph:
                word = word.removesuffix("s")
            yield _mention(parse, Actor(word, group), Phrase(own[0], own[-1] + 1, own[-1]))


def name_again(parse: Parse, doers: frozenset[str], found: Sequence[Mention]) -> Iterator[Mention]:
    """Where a sentence names somebody who does something elsewhere in the document, and nothing else tells it."""
    known = {mention.head for mention in found}
    for token in parse.tokens:
        if token.pos in ("NOUN", "PROPN", "ADJ") and token.i not in known and base_of(token.text) in doers:
            yield _mention(parse, Actor(uncapitalised(token.text), DOER), Phrase(token.i, token.i + 1, token.i))


def base_of(word: str) -> str:
    """The last word of somebody's name without its ending: "sidvärden", "sidvärdar" and "sidvärdens" are the same."""
    last = word.rsplit(maxsplit=1)[-1].casefold().removesuffix("s") if word.strip() else ""
    return _ENDING.sub("", last) if len(last) > SHORTEST else last


def _phrases(parse: Parse) -> Iterator[Phrase]:
    """The noun phrases of a sentence from left to right."""
    tokens, at = parse.tokens, 0
    while at < len(tokens):
        phrase = None
        if tokens[at].low in READERS:
            phrase = pronoun_at(parse, at)
        elif tokens[at].pos in NOMINAL:
            phrase = phrase_at(parse, at, len(tokens))
        elif _is_named(tokens, at):
            phrase = Phrase(at, at + 1, at)
        if phrase is not None:
            yield phrase
        at = max(at, phrase.head if phrase is not None else at) + 1


def _is_named(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word names somebody that the parser does not take for a noun: "lägger biblioteket ut", "byts av it"."""
    token = tokens[at]
    if token.pos in ("AUX", "PUNCT", "PART", "SCONJ", "CCONJ", "ADP"):
        return False
    behind_by = at > 0 and tokens[at - 1].low == "av"
    return behind_by or (token.pos != "VERB" and group_of(token.low) in ("role", "unit"))


def _is_told_of_subject(tokens: Sequence[Token], head: Token) -> bool:
    """Whether an adjective says what the subject is, and names nobody beside it: "De är ansvariga för kontot"."""
    if head.pos != "ADJ":
        return False
    beside = {t.dep for t in tokens if t.head == head.i and t.i != head.i}
    return "cop" in beside and not beside.isdisjoint(SUBJECTS)


def _mention(parse: Parse, actor: Actor, phrase: Phrase) -> Mention:
    head, first = parse.tokens[phrase.head], parse.tokens[phrase.start]
    ahead = parse.tokens[phrase.start - 1] if phrase.start else None
    preposition = ahead.low if ahead is not None and ahead.pos == "ADP" else ""
    if "Case=Gen" in head.morph:
        preposition = "genitive"
    elif ahead is not None and ends_means(parse.tokens, ahead.i):
        preposition = "med"  # "med stöd av": beside whoever does it
    definite = "Definite=Def" in head.morph
    return Mention(actor, first.i, phrase.head, head.dep, preposition, definite, place_of(parse, phrase))
