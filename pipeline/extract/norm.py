"""A norm as the rules find it, and what the rules ask of a clause: negation, subject, actor, infinitive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from pipeline.extract.agents import agent_of
from pipeline.extract.subjects import Actor, Phrase, actor_of, find_subject, sounds_like_an_agent, words_at
from pipeline.swedish.clauses import Clause, put_in, split_clauses
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token
from pipeline.swedish.subordination import COORDINATORS, JOINING, is_for_now

NOT_NEGATING = frozenset({"bara", "enbart", "endast", "minst"})
SAME = "same"
"""The rule of clauses that say of other things what was just said, whose force is that of the duty before."""
ANSWERS = "answers_for"
"""The rule of clauses by which somebody answers for something: "ansvarar för", "är ansvarig för"."""
TRAINED = "trained"
"""The rule by which what only a model finds is known."""
BY_DOING = frozenset({TRAINED, "plain_present"})
"""Rules whose clauses bind whoever does what they tell, though no vocabulary knows the word: "Sidvärden svarar"."""
HABIT = frozenset({"vanligtvis", "ofta", "oftast", "ibland", "vanligen", "numera", "idag"})
"""Adverbs that tell of habits, not of rules."""


@dataclass(frozen=True, slots=True)
class Norm:
    """A clause that binds: token range (end exclusive), verb, modality, actor and the rule that says so."""

    start: int
    end: int
    verb: int
    modality: str
    rule: str
    confidence: float
    subject: Phrase | None
    actor: Actor | None
    conjunct: bool = False
    clause: Clause | None = None


def tells_a_habit(parse: Parse, norm: Norm) -> bool:
    """Whether a clause without a modal tells how things usually are: "Personuppgifter förekommer ofta i text"."""
    low = [t.low for t in parse.tokens[norm.start : min(norm.verb + 3, norm.end)]]
    return not HABIT.isdisjoint(low) and lexicon().modals.keys().isdisjoint(low)


LOOKING_OVER = ("över", "igenom")
ENDING = frozenset({"när", "om", "som", "innan", "eftersom", "medan", "förrän", "ifall", "tills", "såvida"})
"""Words behind a verb with which a clause of its own begins."""


def is_looked_over(tokens: Sequence[Token], verb: int, end: int) -> bool:
    """Whether a verb says that something is gone through: "ses över", "ses igenom", "ser över"."""
    return tokens[verb].low in ("ses", "ser") and verb + 1 < end and tokens[verb + 1].low in LOOKING_OVER


def is_negated(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a negation stands between two tokens; "inte bara" negates nothing.

    What a subordinate clause denies is not denied by the clause before it ("gallras när de inte längre behövs").
    """
    inside = put_in(tokens)
    for i in range(start, min(end, len(tokens))):
        word = tokens[i].low
        if i in inside and start not in inside:
            continue  # "får, men måste inte, bevilja" permits
        if word in ENDING and not is_for_now(tokens, i):
            return False
        if word in lexicon().words["negations"]:
            follows = tokens[i + 1].low if i + 1 < len(tokens) else ""
            if i > start and (tokens[i - 1].low in JOINING or _contrasts(tokens, i)):
                return False  # "Var personlig men inte privat": what is joined is denied, not the rest
            if follows not in NOT_NEGATING or (follows != "minst" and not _goes_further(tokens, i + 2)):
                return True
    return False


def _contrasts(tokens: Sequence[Token], negation: int) -> bool:
    """Whether a negation behind a comma denies words without a verb: "Kontot följer tjänsten, inte personen"."""
    rest = takewhile(lambda t: t.text not in (",", ";", "."), tokens[negation + 1 :])
    return tokens[negation - 1].text == "," and not any(t.pos in ("VERB", "AUX") for t in rest)


def _goes_further(tokens: Sequence[Token], at: int) -> bool:
    """Whether "inte bara" goes on to what holds besides ("utan också", "men även"); if not, "får inte bara" forbids."""
    later = [t.low for t in tokens[at:]]
    return any(one in ("utan", "men") and two != "att" for one, two in pairwise([*later, ""]))


def said_in(parse: Parse, start: int, end: int) -> str:
    """The words of a token range as they stand, white space folded."""
    if start >= end:
        return ""
    return re.sub(r"\s+", " ", parse.text[parse.tokens[start].start : parse.tokens[end - 1].end])


def words_of(parse: Parse, start: int, end: int) -> str:
    """The words of a token range in lower case, white space folded."""
    return said_in(parse, start, end).lower()


def own_tokens(parse: Parse, clause: Clause) -> list[Token]:
    """The tokens of a clause without those of the relative clauses in it."""
    told = [c for c in split_clauses(parse) if c.kind == "relative" and clause.start <= c.start < clause.end]
    aside = {i for c in told for i in range(c.start, c.end)} - {clause.finite}
    return [token for token in parse.tokens[clause.start : clause.end] if token.i not in aside]


def norm_of(parse: Parse, clause: Clause, verb: int, modality: str, rule: str, confidence: float) -> Norm:
    """A norm over a clause with its subject and actor; a passive's actor is its agent."""
    subject = find_subject(parse, clause)
    actor = actor_of(parse, subject)
    passive = _is_done_to(parse.tokens[max(verb, 0)]) or becomes(parse.tokens, max(verb, 0))
    ordered = rule == "imperative" and not any("Voice=Pass" in t.morph for t in parse.tokens[verb : clause.end])
    if (actor is None and not ordered) or passive:
        named = agent_of(parse, max(verb, 0) + 1, clause.end) or _giver_of(parse, max(verb, 0) + 1, clause.end)
        actor = named or (actor if not passive else None) or _actor_of_condition(parse, clause)
    if actor is None and clause.finite >= 0:
        actor = _reader_behind(parse, clause.finite)
    if actor is None and rule in BY_DOING and not passive:
        actor = _who_does(parse, subject, clause.finite)
    if (
        actor is not None
        and actor.group == "public"
        and lexicon().has("receiving_verbs", parse.tokens[max(verb, 0)].lemma)
    ):
        actor = None  # who is to be given something is not who has to give it
    return Norm(clause.start, clause.end, verb, modality, rule, confidence, subject, actor, clause.kind == "conjunct")


def _is_done_to(verb: Token) -> bool:
    """Whether a verb is a passive whose subject does nothing: neither "träffas" nor "uppmanas att"."""
    known = lexicon()
    told = known.has("deponents", verb.lemma) or known.has("addressing_verbs", verb.lemma)
    return "Voice=Pass" in verb.morph and not told


_PARTICIPLE = re.compile(r"\w{3,}(?:ad|ade|[dt]|dda|[^aeiouyåäö]da)$")


def becomes(tokens: Sequence[Token], verb: int) -> bool:
    """Whether "bli" makes a passive with the participle behind it: "kan bli blockerad"."""
    behind = tokens[verb + 1] if verb + 1 < len(tokens) else None
    done = behind is not None and behind.pos in ("ADJ", "VERB") and _PARTICIPLE.match(behind.low) is not None
    return tokens[verb].lemma == "bli" and done


def _who_does(parse: Parse, subject: Phrase | None, verb: int) -> Actor | None:
    """The subject of an act as its actor, where it is no medium, document or quality."""
    if subject is None or verb < 0 or is_medium(parse, subject):
        return None
    head = parse.tokens[subject.head]
    low = head.low
    known = lexicon().has("document_nouns", low) or lexicon().has("quality_subjects", low)
    if head.pos not in ("NOUN", "PROPN") or known or lexicon().has("stative_verbs", parse.tokens[verb].lemma):
        return None
    if not sounds_like_an_agent(low):
        return None
    return Actor(words_at(parse, subject), "staff")


def _reader_behind(parse: Parse, verb: int) -> Actor | None:
    """The "vi", "du" or "ni" right behind a verb whose clause something else opens: "Vid hot döljer vi inlägg"."""
    following = parse.tokens[verb + 1].low if verb + 1 < len(parse.tokens) else ""
    if following == "vi":
        return Actor("vi", "organisation")
    return Actor(following, "staff") if following in ("du", "ni") else None


def _giver_of(parse: Parse, start: int, end: int) -> Actor | None:
    """Whose approval or decision there must be: "Det ska finnas ett godkännande från närmaste chef"."""
    tokens = parse.tokens
    given = [
        t.i for t in tokens[start:end] if t.lemma in ("godkännande", "beslut", "medgivande", "tillstånd", "uppdrag")
    ]
    for i in given:
        forbidden = any(t.low == "utan" for t in tokens[max(0, i - 2) : i])  # "inte utan beslut av nämnden"
        if i + 1 < end and tokens[i + 1].low in ("från", "av", "hos") and not forbidden:
            head = next((t.i for t in tokens[i + 2 : end] if t.pos in ("NOUN", "PROPN")), -1)
            if head >= 0:
                return actor_of(parse, Phrase(i + 2, head + 1, head))
    return None


def _actor_of_condition(parse: Parse, clause: Clause) -> Actor | None:
    """Who the condition in front speaks of: "Om en verksamhet startar ett konto ska detta rapporteras"."""
    if clause.kind != "main" or parse.tokens[clause.start].low not in ("om", "när", "innan", "då", "ifall"):
        return None
    fronted = [c for c in split_clauses(parse) if c.kind == "subordinate" and c.finite < clause.finite]
    if not fronted or fronted[0].subordinator != clause.start:
        return None
    actor = actor_of(parse, find_subject(parse, fronted[0]))
    return actor if actor is not None and actor.group in ("unit", "role", "staff") and not actor.points_back else None


_BEGIN_SUBORDINATE = frozenset({"som", "om", "när", "innan", "ifall", "eftersom", "varför"})
"""Words behind which the verbs are those of another clause: "får en förklaring till varför det togs bort"."""


def find_infinitive(tokens: Sequence[Token], start: int, end: int) -> int:
    """The infinitive that a modal governs, past subject and adverbs; -1 for none."""
    inside = put_in(tokens)
    for i in range(start, min(end, len(tokens))):
        token = tokens[i]
        low = token.low
        if i in inside and start - 1 not in inside:
            continue
        if low == "att" and i > start:
            return -1 if tokens[start - 1].low != "behöver" else find_infinitive(tokens, i + 1, end)
        if token.pos in ("VERB", "AUX"):
            infinitive = "VerbForm=Inf" in token.morph or "Mood=Imp" in token.morph or low.endswith(("as", "es", "s"))
            if infinitive or "VerbForm=Fin" in token.morph:
                return i
        if low in _BEGIN_SUBORDINATE:
            return _infinitive_after_relative(tokens, i, end)
    return -1


def _infinitive_after_relative(tokens: Sequence[Token], start: int, end: int) -> int:
    """The infinitive behind a relative clause inside the subject ("ska den som ansvarar för kontot spara")."""
    return next((t.i for t in tokens[start:end] if "VerbForm=Inf" in t.morph and tokens[t.i - 1].low != "att"), -1)


def receives(behind: Sequence[Token]) -> bool:
    """Whether "får" tells what somebody gets, by the words behind it, and permits nothing: "får ett eget konto"."""
    told = list(takewhile(lambda t: t.low not in _BEGIN_SUBORDINATE, behind))
    first = next((t for t in told if t.pos not in ("ADV", "PRON")), None)
    named = first is not None and first.pos in ("DET", "ADJ", "NUM", "NOUN")
    return named and not any(_may_be_infinitive(t, before) for before, t in zip([None, *told], told, strict=False))


def _may_be_infinitive(token: Token, before: Token | None) -> bool:
    """Whether a word is an infinitive, or one that the parser may have taken for a noun: "får kontot vila"."""
    bare = token.pos == "NOUN" and (before is None or before.pos not in ("DET", "ADJ", "NUM"))
    return token.pos in ("VERB", "AUX") or token.low.endswith("as") or (bare and token.low.endswith("a"))


def has_negated_subject(parse: Parse, clause: Clause) -> bool:
    """Finds "Inga personuppgifter får publiceras" and "Varken namn eller bilder får förekomma"."""
    if clause.kind != "main":
        return False
    return lexicon().patterns["negated_opening"].match(words_of(parse, clause.start, clause.end)) is not None


def is_medium(parse: Parse, subject: Phrase | None) -> bool:
    """Whether the subject is a medium or platform: what is done with it in general describes."""
    return subject is not None and bool(lexicon().media_subject.search(parse.tokens[subject.head].text))


def trimmed(tokens: Sequence[Token], start: int, end: int) -> int:
    """The end without trailing marks, coordinators and a parenthesis that stands between two conjuncts."""
    while end > start + 1 and (
        tokens[end - 1].text in (",", ";", ":", "–", "-", ".") or tokens[end - 1].low in COORDINATORS
    ):
        end -= 1
    if tokens[end - 1].text == ")":
        opened = next((t.i for t in reversed(tokens[start:end]) if t.text == "("), -1)
        if opened > start + 1 and any(t.low in lexicon().modals for t in tokens[opened:end]):
            return opened
    return end
