"""Who a clause is about: its subject by place, and whether that is somebody who can be bound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.swedish.clauses import Clause
from pipeline.swedish.normative import lexicon
from pipeline.swedish.openings import opens_clause
from pipeline.swedish.parsing import Parse, Token, once_a_parse
from pipeline.swedish.roles import find_roles

KEPT = 1 << 13
"""Words whose group is kept: the same few come in every document."""

_OPENERS = frozenset({"som", "att", "om", "när", "där", "vad", "hur", "då", "innan"})
"""Words that open a clause within another."""
_JOINING = frozenset({"och", "eller", "samt", ",", "inte", "aldrig", "men"})
"""Words between two verbs of one clause."""
_COORDINATORS = frozenset({"och", "eller", "samt", "/", "och/eller"})
NOMINAL = frozenset({"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"})
_DETERMINERS = frozenset(
    {
        "den",
        "det",
        "de",
        "varje",
        "alla",
        "respektive",
        "samtliga",
        "en",
        "ett",
        "vår",
        "våra",
        "er",
        "era",
        "ditt",
        "din",
    }
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase of a sentence: token range, end exclusive, and its head."""

    start: int
    end: int
    head: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody a clause binds: the word to show, the group, and whether it only points back ("de", "hen").

    "vi" stands for the organisation that speaks, which the document tells (`surroundings.speaking_body`).
    """

    word: str
    group: str
    points_back: bool = False


@once_a_parse
def find_subject(parse: Parse, clause: Clause) -> Phrase | None:
    """The clause's subject: what stands before the finite verb if it is a noun phrase, else what follows the verb."""
    tokens = parse.tokens
    if clause.kind in ("imperative", "verbless", "conjunct") or clause.finite < 0:
        return None
    if clause.kind in ("subordinate", "relative"):
        if clause.kind == "relative" and tokens[clause.subordinator].low in ("som", "vilken", "vilka"):
            return _antecedent(tokens, clause.subordinator) if clause.subordinator + 1 >= clause.finite - 2 else None
        return noun_phrase(tokens, clause.subordinator + 1, clause.finite)
    turned = noun_phrase(tokens, clause.finite + 1, clause.end, pronouns_only=True)
    if turned is not None:
        return turned
    before = _fundament(tokens, clause)
    after = noun_phrase(tokens, _after_adverbs(tokens, clause.finite + 1, clause.end), clause.end, turned=True)
    if before is None:
        return None if _leaves_subject_out(tokens, clause) else after
    # "Förändringar anmäler varje förvaltning": what stands first can be the object when a doer follows an active verb.
    active = "Voice=Pass" not in tokens[clause.finite].morph and actor_of(parse, before) is None
    if active and after is not None and group_of(tokens[after.head].low) in ("role", "unit"):
        return after
    return before


def _leaves_subject_out(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a task begins with its active verb, its subject being the heading's: "Utbildar redaktörer"."""
    verb = tokens[clause.finite]
    told = "Voice=Pass" not in verb.morph and verb.low not in lexicon().modals
    return told and opens_clause(tokens, clause.finite)


def _fundament(tokens: Sequence[Token], clause: Clause) -> Phrase | None:
    """The noun phrase that a main clause begins with, or None when it begins with something else."""
    start = clause.start
    while start < clause.finite and (
        tokens[start].pos in ("PUNCT", "CCONJ")
        or tokens[start].low == "respektive"
        or tokens[start].low in lexicon().words["leading_adverbs"]
    ):
        start += 1
    if start >= clause.finite:
        return None
    first = tokens[start]
    if lexicon().has("opening_verbs", first.low):
        return None  # "Saknas ersättare ansvarar chefen": a condition stands in front
    if first.low in ("endast", "bara", "enbart", "även", "också", "inte", "minst", "högst"):
        start += 1
        first = tokens[start] if start < clause.finite else first
    asks = first.low in lexicon().words["interrogatives"] and not is_each(tokens, start)
    if first.pos not in NOMINAL or asks:
        return None
    phrase = noun_phrase(tokens, start, clause.finite)
    if phrase is None or tokens[phrase.head].low in lexicon().words["time_nouns"]:
        return None
    return phrase


EACH = 3
"""Words of "var och en"."""


def is_each(tokens: Sequence[Token], start: int) -> bool:
    """Whether "var och en" begins at a token, "var och ens" too."""
    low = [t.low for t in tokens[start : start + EACH]]
    return low[:2] == ["var", "och"] and low[2:] in (["en"], ["ens"])


def noun_phrase(
    tokens: Sequence[Token], start: int, end: int, *, pronouns_only: bool = False, turned: bool = False
) -> Phrase | None:
    """The noun phrase that begins at `start`: its nominal words, co-ordinated ones, and what hangs on them.

    Behind its verb (`turned`) a subject ends where the object begins: "övertar ersättaren kontoansvarigs uppgifter".
    """
    if start >= end or start >= len(tokens):
        return None
    first = tokens[start]
    if pronouns_only:
        personal = first.low in ("vi", "ni", "du", "man", "de", "det", "detta", "dessa", "den", "hen")
        if personal and start + 1 < end and tokens[start + 1].low == "som":
            return Phrase(start, _relative_end(tokens, start + 1, end), start)
        alone = first.low in ("vi", "ni", "du", "man", "hen")  # never the beginning of a longer phrase
        bare = alone or start + 1 >= len(tokens) or tokens[start + 1].pos not in ("ADJ", "NOUN", "PROPN")
        return Phrase(start, start + 1, start) if personal and bare else None
    if is_each(tokens, start):
        told = start + EACH < end and tokens[start + EACH].low == "som"
        stop = _relative_end(tokens, start + EACH, end) if told else start + EACH
        return Phrase(start, stop, start + EACH - 1)
    if first.pos not in NOMINAL:
        return None
    head, i, joined = -1, start, False
    while (
        i < end
        and tokens[i].low not in ("som", "vars")
        and (tokens[i].pos in NOMINAL or _joins(tokens, i, end) or _grades(tokens, i, start, end))
    ):
        if i > start and tokens[i].pos == "DET" and not _joins(tokens, i - 1, end) and tokens[i - 1].pos != "DET":
            break  # the next phrase begins: "sparar den kontoansvariga en skärmbild"
        if turned and i > start and _is_whole(tokens[i - 1]) and tokens[i].pos in ("NOUN", "ADJ"):
            break
        joined = joined or (i > start and _joins(tokens, i, end))
        pronoun = tokens[i].low in lexicon().actors["anaphors"]  # "hen" is in no treebank
        if pronoun or tokens[i].pos in ("NOUN", "PROPN", "PRON") or (tokens[i].pos in ("ADJ", "DET") and head < 0):
            # The last noun is the head ("den ordinarie redaktören"), a name behind it only says who.
            if head < 0 or tokens[head].pos not in ("NOUN", "PROPN") or (tokens[i].pos == "NOUN" and not joined):
                head = i
        elif tokens[i].pos == "ADJ" and tokens[head].low in ("den", "det", "de"):
            head = i  # "den kontoansvariga"
        i += 1
    if head < 0:
        return None
    # "Den som ansvarar för kontot", "Inlägg som strider mot lag": the relative clause belongs to the phrase.
    stop = _relative_end(tokens, i, end) if i < end and tokens[i].low == "som" else i
    return Phrase(start, max(stop, head + 1), head)


def _grades(tokens: Sequence[Token], i: int, start: int, end: int) -> bool:
    """Whether an adverb says more of an adjective behind an article: "den redaktionellt ansvarige"."""
    between = start < i < end - 1 and tokens[i].pos == "ADV"
    return between and tokens[i - 1].low in ("den", "det", "de") and tokens[i + 1].pos == "ADJ"


def _is_whole(token: Token) -> bool:
    """Whether a noun is definite and no genitive, so that another noun behind it begins a phrase of its own."""
    return token.pos == "NOUN" and "Definite=Def" in token.morph and "Case=Gen" not in token.morph


def _relative_end(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a relative clause inside a subject ends: before the infinitive of the clause around it, else at its end.

    A modal of its own governs an infinitive of its own: "ska den som vill starta ett konto kontakta ...".
    """
    governs = False
    for token in tokens[start + 1 : end]:
        before = tokens[token.i - 1].low
        if "VerbForm=Fin" in token.morph:
            governs = token.pos == "AUX" or token.low in lexicon().modals
        elif "VerbForm=Inf" in token.morph and before != "att" and token.i > start + 1:
            if not governs and before not in ("och", "eller"):
                return token.i
            governs = False
    return end


def _joins(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether a coordinator, or a comma before one, joins two nominals inside the phrase."""
    if i + 1 >= end or tokens[i + 1].pos not in NOMINAL:
        return False
    if tokens[i].text != ",":
        return tokens[i].low in _COORDINATORS
    following = next((t for t in tokens[i + 1 : end] if t.pos not in NOMINAL), None)
    return following is not None and _joins(tokens, following.i, end)


def _after_adverbs(tokens: Sequence[Token], start: int, end: int) -> int:
    while start < end and tokens[start].pos in ("ADV", "PART"):
        start += 1
    return start


def _antecedent(tokens: Sequence[Token], subordinator: int) -> Phrase | None:
    """The noun phrase right before a relative "som"."""
    end = subordinator
    while end > 0 and tokens[end - 1].pos == "PUNCT":
        end -= 1
    start = end
    while start > 0 and tokens[start - 1].pos in NOMINAL:
        start -= 1
    return noun_phrase(tokens, start, end) if start < end else None


def words_at(parse: Parse, phrase: Phrase) -> str:
    """A noun phrase's words without leading articles and relative clauses."""
    relative = next((t.i for t in parse.tokens[phrase.start : phrase.end] if t.low == "som"), phrase.end)
    return _words(parse, phrase.start, max(relative, phrase.head + 1))


def phrase_at(parse: Parse, start: int, end: int) -> Phrase | None:
    """The noun phrase that begins at a token, None where none does."""
    while (
        start < end and parse.tokens[start].low in ("respektive", "samtliga") and parse.tokens[start].pos not in NOMINAL
    ):
        start += 1
    return noun_phrase(parse.tokens, start, end)


def pronoun_at(parse: Parse, start: int) -> Phrase | None:
    """The personal pronoun at a token as a phrase of its own, None where it begins a longer one."""
    return noun_phrase(parse.tokens, start, len(parse.tokens), pronouns_only=True)


@once_a_parse
def actor_of(parse: Parse, phrase: Phrase | None) -> Actor | None:
    """The actor a noun phrase names, None where it names a thing."""
    if phrase is None:
        return None
    tokens = parse.tokens
    head = tokens[phrase.head]
    low = head.low
    relative = next((t for t in tokens[phrase.start : phrase.end] if t.low == "som"), None)
    each, first = is_each(tokens, phrase.start), tokens[phrase.start].low
    if first in lexicon().words["interrogatives"] and not each:
        return None  # "vilka personer som svarar": a question, not somebody
    if first in ("antal", "antalet") or low in ("ingen", "inget", "inga"):
        return None  # "Ingen får publicera": everybody is bound, and nobody named
    told = _end_of_relative(tokens, relative.i, phrase.end) if relative is not None else phrase.end
    if low in ("den", "de") and relative is not None and _addresses_us(tokens, relative.i, phrase.end):
        return Actor(_words(parse, phrase.start, told), "public")
    if each or (low in ("den", "de", "alla", "ingen", "någon", "en", "du", "ni") and relative is not None):
        return Actor(_words(parse, phrase.start, told), "staff")
    group = group_of(low, parse.text[tokens[phrase.start].start : tokens[phrase.end - 1].end])
    if not group:
        return None
    if group == "pointing":
        return Actor(low, "", points_back=True)
    if group == "organisation" and low in ("vi", "oss"):
        return Actor("vi", "organisation")
    stop = relative.i if relative is not None else _end_of_role(parse, phrase)
    return Actor(_words(parse, phrase.start, stop), group)


def _end_of_relative(tokens: Sequence[Token], relative: int, end: int) -> int:
    """Where a relative clause ends: at the next finite verb that nothing joins to its own ("den som hotas anmäler")."""
    awaited = True
    for token in tokens[relative + 1 : end]:
        if token.low in _OPENERS:
            awaited = True  # a clause within it has a verb of its own
        elif "VerbForm=Fin" in token.morph:
            if not awaited and tokens[token.i - 1].low not in _JOINING:
                return token.i
            awaited = False
    return end


def _addresses_us(tokens: Sequence[Token], relative: int, end: int) -> bool:
    """Whether a relative clause tells of somebody outside who turns to the municipality: "den som ställer en fråga"."""
    verb = next((t for t in tokens[relative + 1 : end] if t.pos in ("VERB", "AUX")), None)
    # "den som skriver privat" works for us, and so does whoever writes "för kommunens räkning".
    of_us = any(_OURS.match(t.text) for t in tokens[relative + 1 : end])
    return verb is not None and not of_us and lexicon().has("outside_verbs", verb.lemma)


_OURS = re.compile(r"(?i)privat|tjänsten$|yrkesroll|uppdrag|räkning$|vägnar$|anställd|medarbetare")


def _end_of_role(parse: Parse, phrase: Phrase) -> int:
    """The end of the phrase, or of a longer role that begins in it ("ansvarig för kontot")."""
    tokens = parse.tokens
    start, end = tokens[phrase.start].start, tokens[phrase.end - 1].end
    for mention in find_roles(parse.text[start : end + 60]):
        if start + mention.start < end < start + mention.end:
            return next((t.i + 1 for t in tokens if t.end >= start + mention.end), phrase.end)
    return phrase.end


def group_of(word: str, phrase: str = "") -> str:
    """The group of an actor by the head of its phrase, empty for a thing, "pointing" for a word that points back."""
    known = _group_of_word(word)
    if known:
        return known
    mentions = find_roles(phrase or word)
    ending = next((m for m in mentions if word in m.quote.lower() or m.quote.lower().endswith(word)), None)
    if ending is None:
        return ""
    return "unit" if ending.group in ("unit", "body") else "role"


@lru_cache(maxsize=KEPT)
def _group_of_word(word: str) -> str:
    """The group that a word has by the lists and endings of actors alone, empty where it has none."""
    known = lexicon().actors
    if word in known["anaphors"]:
        return "pointing"
    for group in ("organisation", "public", "unit", "staff"):
        if word in known[group]:
            return group
    if word.startswith(tuple(known["no_units"])):
        return ""
    if lexicon().role_ending.search(word):
        return "role"
    return "unit" if lexicon().unit_ending.search(word) else ""


def sounds_like_an_agent(word: str) -> bool:
    """Whether a word in lower case ends as those for people and groups of people do: "kanalvärden", "innehavare"."""
    told = lexicon().patterns
    return bool(told["doer_ending"].search(word)) and not any(told[n].search(word) for n in ("thing_ending", "no_doer"))


def uncapitalised(name: str) -> str:
    """A role's name as it stands inside a sentence; an abbreviation keeps its capitals ("VD", "IT-chefen")."""
    return name if name.isupper() or name[1:2].isupper() else name[:1].lower() + name[1:]


def _words(parse: Parse, start: int, end: int) -> str:
    """The phrase's words without leading articles, in lower case but for names and abbreviations."""
    tokens = list(parse.tokens[start:end])
    while len(tokens) > 1 and tokens[0].low in _DETERMINERS and tokens[1].low != "som":
        tokens.pop(0)
    said = re.sub(r"\s+", " ", parse.text[tokens[0].start : tokens[-1].end]).strip(" ,.;:")
    said = re.sub(r"^(?:\d+(?:\.\d+)*\.?\s+|(?:\d+\s*)?§\s*)", "", said) or said  # the number of a paragraph
    return said if tokens[0].pos == "PROPN" else uncapitalised(said)
