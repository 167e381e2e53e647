"""Where a phrase stands beside its verb: in Swedish word order the place tells who acts, whatever the word is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.extract.subjects import Phrase, sounds_like_an_agent
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token

OPENED, TURNED, BY, FRONT, BEHIND, CLEFT = "opened", "turned", "by", "front", "behind", "cleft"
"""Places: behind a verb that opens the sentence ("Finner chefen att"), behind another ("tar en kollega över"), behind
"av", before a verb at a clause's beginning or further in, and what a cleft points out ("är det chefen som")."""

PASSIVE = ":passive"
"""What a place has behind it when its verb is a passive."""

_BETWEEN = 3
"""Adverbs that may stand between a phrase and its verb."""
_PASSIVE_BEFORE = 5
"""Words before a phrase among which the passive stands that its "av" belongs to."""
_ACCOUNT = re.compile(r"konto[nt]?$|kontona$|sid(?:a|an|or|orna)$|kanal(?:en|er|erna)?$|flöden$")
"""Accounts act like those who run them: "Övriga konton delar huvudkontots inlägg"."""
_COLLEAGUE = re.compile(r"kolleg(?:a|an|or|orna)$")
_UNIT_BY_FIELD = re.compile(r"kation$")
"""Units are called by what they do: "Kommunikation arkiverar huvudkontona"."""
_ADJECTIVE = re.compile(r"(?:d[ea]|g[ea])$")
"""How adjectives end that stand for people: "den nyanställde"."""


_AIDS = frozenset({"stöd", "hjälp", "hänsyn", "grund", "följd", "anledning", "räkning"})


def ends_means(tokens: Sequence[Token], av: int) -> bool:
    """Whether "av" ends a preposition of several words: "med stöd av kommunikationsavdelningen"."""
    return av > 1 and tokens[av - 1].low in _AIDS and tokens[av - 2].pos == "ADP"


def place_of(parse: Parse, phrase: Phrase) -> str:
    """Where a phrase stands beside a finite verb, empty where it stands beside none."""
    tokens = parse.tokens
    before, after = _past_adverbs(tokens, phrase.start - 1, -1), _past_adverbs(tokens, phrase.head + 1, 1)
    if after is not None and after.low == "som" and _is_pointed_out(tokens, phrase, before):
        return CLEFT
    if before is not None and "VerbForm=Fin" in before.morph:
        return OPENED if before.i == 0 else TURNED + _voice(before)
    if phrase.start and tokens[phrase.start - 1].low == "av" and not ends_means(tokens, phrase.start - 1):
        near = tokens[max(0, phrase.start - _PASSIVE_BEFORE) : phrase.start - 1]
        return BY + (PASSIVE if any("Voice=Pass" in t.morph for t in near) else "")
    if after is not None and "VerbForm=Fin" in after.morph:
        opens = phrase.start == 0 or tokens[phrase.start - 1].pos in ("PUNCT", "CCONJ")
        return (FRONT if opens else BEHIND) + _voice(after)
    return ""


def _is_pointed_out(tokens: Sequence[Token], phrase: Phrase, before: Token | None) -> bool:
    """Whether "det är" or "är det" stands before a phrase; the parser may take its "det" for an article."""
    words = {tokens[phrase.start].low, *(t.low for t in tokens[max(0, phrase.start - 2) : phrase.start])}
    return before is not None and {"det", "är"} <= words


def _past_adverbs(tokens: Sequence[Token], at: int, step: int) -> Token | None:
    """The first token from a place on that is no adverb, None where the sentence ends or too many stand there."""
    for _ in range(_BETWEEN):
        if not 0 <= at < len(tokens) or tokens[at].pos not in ("ADV", "PART"):
            break
        at += step
    return tokens[at] if 0 <= at < len(tokens) else None


def _voice(verb: Token) -> str:
    return PASSIVE if "Voice=Pass" in verb.morph else ""


def acts(parse: Parse, phrase: Phrase) -> bool:
    """Whether a phrase that no vocabulary knows stands where whoever does something stands."""
    head = parse.tokens[phrase.head]
    if head.low in lexicon().words["time_nouns"] or lexicon().patterns["no_doer"].search(head.low):
        return False
    place = place_of(parse, phrase)
    if place == TURNED:
        told = _any(head.low, (_ACCOUNT.search, _COLLEAGUE.search, sounds_like_an_agent))
        return told or "Definite=Def" in head.morph
    if place == FRONT:
        article = parse.tokens[phrase.start].low in ("den", "de")
        named = _any(head.low, (_ACCOUNT.search, _UNIT_BY_FIELD.search, _COLLEAGUE.search))
        return named or (article and bool(_ADJECTIVE.search(head.low)))
    return place in (BY + PASSIVE, CLEFT)


def _any(word: str, tests: Sequence[Callable[[str], object]]) -> bool:
    return any(test(word) for test in tests)
