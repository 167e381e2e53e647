"""What is to be done, in words that an analyst can read behind "ska", "får inte" or the name of who is bound."""

from __future__ import annotations

import re

from pipeline.extract.norm import Norm, said_in
from pipeline.extract.subjects import actor_of, phrase_at, uncapitalised
from pipeline.swedish.lexicon import load_lexicon
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token

_STATES = {"ske": "sker", "vara": "är", "bli": "blir", "utgöra": "utgör"}
"""Verbs of which a thing is the subject, in the present."""
_PARTICLES = frozenset(
    {"av", "upp", "in", "ut", "bort", "ned", "ner", "över", "fram", "igenom", "samman", "undan", "till"}
)
_VOWELS = frozenset("aeiouyåäö")
LONGEST_STEM_LESS = 4
"""Letters of a word that is too short to be a present tense: "ger", "ler"."""
_NOT = frozenset({"inte", "ej", "aldrig", "icke"})
_BEFORE_MARK = re.compile(r"\s+(?=[,;:])")
"""The blank that words which are left out leave before a mark: "undvika ironi , eftersom"."""
_NOBODY = ("ingen ", "inget ", "inga ")


def find_action(parse: Parse, norm: Norm, modality: str) -> str:
    """The main verb's lemma with the words behind it; before them what it is done to, where that stands in front.

    What is to be the case is something to see to: "Svar ska ske inom en dag" is "se till att svar sker inom en dag".
    What a modality says already, and who is bound by it, are no part: "får inte", "av kommunikationschefen".

    Args:
        parse: The sentence.
        norm: The clause that binds.
        modality: How it binds, by all its words.
    """
    verb = _main_verb(parse, norm)
    if parse.tokens[verb].pos not in ("VERB", "AUX"):  # a task told in nouns, a row's cell
        return uncapitalised(said_in(parse, norm.start, norm.end)).strip(" ,;:")
    lemma, behind = _deed(parse.tokens[verb]), verb + 1
    if behind < norm.end and _is_particle(parse, behind):
        lemma, behind = f"{lemma} {parse.tokens[behind].low}", behind + 1
    thing, rest = _done_to(parse, norm, verb), _rest(parse, norm, behind, modality)
    if thing and lemma in _STATES and modality.endswith("_not"):
        said = ["låta", thing, lemma, rest]
    elif thing and lemma in _STATES:
        said = ["se till att", thing, _STATES[lemma], rest]
    else:
        there = lemma == "finnas" and norm.actor is None
        said = ["ha" if there else lemma, thing, rest]
    return _BEFORE_MARK.sub("", " ".join(part for part in said if part)).strip(" ,;:")


def _deed(verb: Token) -> str:
    """The verb's lemma; of a passive that the tagger takes for a word of its own ("fattas") what is done."""
    done = verb.lemma.removesuffix("s")
    if "Voice=Pass" in verb.morph and lexicon().has("duty_verbs", done):
        return done
    return _infinitive(verb.lemma) if verb.pos == "VERB" else verb.lemma


def _infinitive(lemma: str) -> str:
    """The infinitive of what the tagger cut too short: "bifog" of "bifogar", "stäm" of "Stäm av"."""
    if lemma[-1:] in _VOWELS or lemma.endswith("s"):
        return lemma
    stem = lemma.removesuffix("er") if len(lemma) > LONGEST_STEM_LESS else lemma
    longer = (f"{stem}a", f"{stem}{stem[-1]}a")
    return next((word for word in longer if load_lexicon().is_word(word)), lemma)


def _main_verb(parse: Parse, norm: Norm) -> int:
    """The verb of the norm, or the one that it only says how to take: "ska lämnas", "är inte tillåtet att skriva"."""
    tokens, verb = parse.tokens, parse.tokens[norm.verb]
    behind = tokens[norm.verb + 1 : norm.end]
    if verb.low in lexicon().modals or verb.low == "kan":
        governed = (t for t in behind if t.pos == "VERB" and ("Inf" in t.morph or "Pass" in t.morph))
        return next((t.i for t in governed if t.low != "komma"), norm.verb)
    if verb.lemma == "vara":
        judged = next((t.i for t in behind if t.pos == "ADJ"), norm.end)
        rules = judged + 2 < norm.end and tokens[judged + 1].low == "att" and "VerbForm=Inf" in tokens[judged + 2].morph
        return judged + 2 if rules else norm.verb
    return norm.verb


def _is_particle(parse: Parse, i: int) -> bool:
    """Whether a token is the particle of the verb right before it: "stängas av", "följs upp"."""
    token = parse.tokens[i]
    return token.low in _PARTICLES and token.dep == "compound:prt"


def _rest(parse: Parse, norm: Norm, start: int, modality: str) -> str:
    """The words behind the verb without the subject, a negation that the modality tells, and the agent."""
    tokens, left_out = parse.tokens, set[int]()
    subject = norm.subject
    if subject is not None and subject.start >= norm.verb:
        left_out.update(range(subject.start, subject.end))
    if modality.endswith("_not"):
        denial = next((t.i for t in tokens[start : min(start + 2, norm.end)] if t.low in _NOT), -1)
        left_out.add(denial)
    if any("Voice=Pass" in t.morph for t in tokens[norm.verb : start]):
        left_out.update(_agent(parse, norm, start))
    words, at = [], start
    for i in range(start, norm.end + 1):
        if i == norm.end or i in left_out:
            words.append(said_in(parse, at, i))
            at = i + 1
    return " ".join(part for part in words if part)


def _agent(parse: Parse, norm: Norm, start: int) -> range:
    """The tokens of "av" and who does it."""
    for i in range(start, norm.end - 1):
        phrase = phrase_at(parse, i + 1, norm.end) if parse.tokens[i].low == "av" else None
        if phrase is not None and actor_of(parse, phrase) is not None:
            return range(i, phrase.end)
    return range(0)


def _done_to(parse: Parse, norm: Norm, verb: int) -> str:
    """What stands in front of the verb and does nothing itself, as inside a sentence; "det" and "inget" are nothing.

    It is the subject, or where who acts stands behind the verb, the object: "Frågor besvarar redaktören".
    """
    tokens, subject = parse.tokens, norm.subject
    acts = norm.actor is not None and "Voice=Pass" not in tokens[verb].morph
    if acts and subject is not None and subject.start > norm.start:
        subject = phrase_at(parse, norm.start, min(subject.start, norm.verb)) if not norm.conjunct else None
        time = subject is not None and lexicon().has("time_nouns", tokens[subject.head].low)
        acts = time or (subject is not None and actor_of(parse, subject) is not None)
    if subject is None or acts or subject.end > verb or tokens[subject.head].low in ("det", "detta"):
        return ""
    first, words = tokens[subject.start], said_in(parse, subject.start, subject.end)
    if words.lower().startswith(_NOBODY):
        return ""
    return words if first.pos == "PROPN" else uncapitalised(words)
