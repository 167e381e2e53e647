"""The finite verbs of a sentence: by form, by the closed list of modals, by imperatives at a clause's head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.swedish.normative import lexicon
from pipeline.swedish.openings import opens_clause, opens_condition
from pipeline.swedish.parsing import Token
from pipeline.swedish.subordination import SUBJECT_TAGS, find_boundary, find_subordinators

_PRESENT = re.compile(r"(?i)(r|s|vet|vill|kan|ska|skall|måste|må)$")
"""How a Swedish present tense ends: "grova" and "skrift" are none, whatever a tagger says."""
_BARE_PASSIVE = re.compile(r"[^aeiouyåäö]s$")
"""How a passive ends that is no infinitive: "byts", "följs"; "bytas" and "ses" may be one."""
GOVERNING = frozenset({"kan", "kunde", "vill", "skulle", "brukar", "låter", "hinner", "torde"})
"""Verbs beside the modals of duty that take a bare infinitive."""


def finite_verbs(tokens: Sequence[Token]) -> list[int]:
    """Indices of the finite verbs: by form, by the closed list of modals, by imperatives at a clause's head."""
    found: list[int] = []
    for token in tokens:
        low = token.low
        if low in lexicon().modals:
            if not (low == "får" and token.pos == "NOUN"):
                found.append(token.i)
        elif is_imperative(tokens, token.i, found) or (
            _looks_finite(tokens, token) and not _is_infinitive_here(tokens, token, found)
        ):
            found.append(token.i)
    return [*found, *_main_behind_condition(tokens)] if len(found) == 1 and opens_with_condition(tokens) else found


def _main_behind_condition(tokens: Sequence[Token]) -> list[int]:
    """The main verb of a sentence that is not only a condition, a present passive with its subject behind it.

    "Får vi in hot polisanmäls det": what looks like the infinitive of "får" is finite, for the sentence asks nothing.
    """
    for token in tokens[2:-1]:
        behind = tokens[token.i + 1].low
        if token.low in passive_forms() and behind in _SUBJECTS | {"det", "den", "detta", "dessa", "de"}:
            return [token.i]
    return []


def opens_with_condition(tokens: Sequence[Token]) -> bool:
    """Whether a sentence that asks nothing begins with a finite verb and its subject: a condition without "om"."""
    opening = next((t.i for t in tokens if t.pos not in ("PUNCT", "SYM")), -1)
    if opening < 0 or opening + 1 >= len(tokens) or tokens[-1].text == "?":
        return False
    verb, follows = tokens[opening], tokens[opening + 1]
    if "Mood=Imp" in verb.morph and follows.low not in _SUBJECTS:
        return False
    finite = verb.low in lexicon().modals or (verb.pos in ("VERB", "AUX") and _PRESENT.search(verb.text))
    subject = follows.low in _SUBJECTS | {"det", "den", "någon"} or follows.pos in ("NOUN", "PROPN", "DET")
    return bool(finite) and subject


_SUBJECTS = frozenset({"du", "ni", "vi", "man", "jag", "hen"})
"""Pronouns that are nothing but subjects: behind a verb they say that it is no imperative."""


def _looks_finite(tokens: Sequence[Token], token: Token) -> bool:
    """Whether a form is finite: the tagger says so, or it is the present passive of a verb of duty after a verb."""
    if token.low == "för":
        ours = token.pos == "VERB" and token.i > 0 and tokens[token.i - 1].low in _SUBJECTS
        return ours or _keeps_account(tokens, token.i)
    if _is_genitive(tokens, token.i) or _is_supine(tokens, token.i):
        return False
    if opens_clause(tokens, token.i) and lexicon().has("opening_verbs", token.low):
        return True
    if token.low in lexicon().words["missed_presents"]:
        return True
    if token.pos in ("VERB", "AUX"):
        finite = "VerbForm=Fin" in token.morph and "Mood=Imp" not in token.morph
        if "VerbForm=Inf|Voice=Pass" in token.morph and tokens[token.i - 1].low != "att":
            return True  # "fattas": infinitive and present are one form; what stands before decides
        return finite and not ("Tense=Pres" in token.morph and not _PRESENT.search(token.text))
    return token.i > 0 and token.low in passive_forms() and token.pos in _MISREAD


_MISREAD = ("NOUN", "PROPN", "ADJ", "ADV", "ADP", "X")
"""What a tagger takes a present passive for that it never met."""


def _is_supine(tokens: Sequence[Token], i: int) -> bool:
    """Whether a passive form is a supine behind its "har": "Har ingen ersättare utsetts"."""
    return tokens[i].low.endswith("ts") and any(t.low in ("har", "hade", "ha") for t in tokens[max(0, i - 4) : i])


def _is_genitive(tokens: Sequence[Token], i: int) -> bool:
    """Whether a form in -as belongs to the noun behind it ("uppgifter om enskildas hälsa")."""
    if not tokens[i].text.endswith("as") or not 0 < i < len(tokens) - 1:
        return False
    return tokens[i - 1].pos == "ADP" and tokens[i + 1].pos in ("NOUN", "ADJ")


def _keeps_account(tokens: Sequence[Token], i: int) -> bool:
    """Whether "för" is the verb ("Enheten för en lista över konton") rather than the preposition."""
    before = tokens[i - 1] if i else None
    if before is None or (before.pos not in ("NOUN", "PROPN", "PRON", "ADV") and before.low not in ("och", "samt")):
        return False
    around = {t.low for t in tokens[i + 1 : i + 5]}
    keeps = any(w.endswith(tuple(lexicon().words["account_nouns"])) for w in around)
    # What follows may have verbs of its own: "Enheten för en lista över konton och erbjuder utbildning".
    joined = tokens[i - 1].low in ("och", "samt")  # "bistår med råd och för en lista"
    return keeps and (joined or not any("VerbForm=Fin" in t.morph for t in tokens[: i + 5] if t.i != i))


@cache
def passive_forms() -> frozenset[str]:
    """Present passives of the verbs of duty ("raderas", "anmäls")."""
    verbs = lexicon().words["duty_verbs"]
    return frozenset(v + "s" for v in verbs if len(v) > 3) | frozenset(v[:-1] + "s" for v in verbs if len(v) > 5)


def _is_infinitive_here(tokens: Sequence[Token], token: Token, finites: Sequence[int]) -> bool:
    """Whether a form tagged finite stands where only an infinitive can.

    "rapporteras" is infinitive and present alike: after a modal without a subject of its own it is the infinitive.
    """
    before = tokens[token.i - 1].low if token.i else ""
    if before == "att" and "Pres" not in token.morph:
        return True
    if not token.low.endswith("s") or not finites or _BARE_PASSIVE.search(token.low):
        return False
    last = finites[-1]
    if tokens[last].low not in lexicon().modals and tokens[last].low not in GOVERNING:
        return False
    stretch = tokens[last + 1 : token.i]
    opened = lexicon().words["subordinators"]
    if not any("VerbForm=Inf" in t.morph or t.low in opened for t in stretch):
        return True  # a modal has its infinitive before anything else begins
    boundary = find_boundary(tokens, range(last + 1, token.i))
    between = [t for t in tokens[boundary + 1 : token.i] if t.pos not in ("ADV", "PART", "PUNCT")]
    if boundary < 0:
        # Without a coordinator a second infinitive hangs on the first ("bör kunna raderas"); else a new clause begins.
        words = [t for t in stretch if t.pos not in ("ADV", "PART")]
        return bool(words) and "VerbForm=Inf" in words[-1].morph
    if any("VerbForm=Inf" in t.morph for t in between):
        return "VerbForm=Inf" in between[-1].morph  # "som kan skada eller genera någon utelämnas": both have their own
    return not between or between[0].pos not in SUBJECT_TAGS


_MARKS = (",", ";", "–", "—")


def is_imperative(tokens: Sequence[Token], i: int, finites: Sequence[int]) -> bool:
    """Whether the token is an imperative: at its sentence's head, after a fronted adverbial, beside another one."""
    token = tokens[i]
    low = token.low
    known = lexicon().words["imperatives"]
    if not token.text[:1].isalpha() or (low not in known and not _is_bare_verb(tokens, i)):
        return False
    follows = tokens[i + 1] if i + 1 < len(tokens) else None
    each = low == "var" and follows is not None and follows.low == "och"  # "Var och en ansvarar för sitt konto"
    if each or (follows is not None and _follows_no_imperative(follows)) or opens_condition(tokens, i):
        return False
    if opens_clause(tokens, i):
        if (
            follows is not None
            and follows.low in ("inte", "aldrig", "alltid", "gärna")
            and not low.endswith(("r", "s"))
        ):
            return True
        return token.pos == "VERB" or (low in known and (follows is None or follows.pos not in ("VERB", "AUX")))
    before = tokens[i - 1].low
    if low not in known:
        return False
    if before == "eller" and finites and tokens[finites[0]].low in _ASKING and low.endswith("a"):
        return False  # "Be låntagaren ringa eller logga in": another thing to ask for
    if before in (*_MARKS, "och", "samt", "eller", "men") and finites and is_imperative(tokens, finites[0], ()):
        has_object = _has_object(tokens, i)
        return has_object or (low not in _QUALITIES and (token.pos == "VERB" or before in _MARKS))
    if before == "men" and "Mood=Imp" in token.morph:
        return True  # "Humor är bra, men undvik ironi"
    if before == ":":
        # "Vår grundregel är enkel: skriv inget ..."; but "Någon skriver om en sjuk: ta bort" is a case and its duty.
        told = not finites or (tokens[finites[-1]].low == "är" and "Mood=Imp" in token.morph)
        return told and (follows is None or follows.pos != "VERB")
    return before == "," and _is_all_condition(tokens, finites)


def _has_object(tokens: Sequence[Token], i: int) -> bool:
    """Whether what a tagger takes for a noun or adjective has an object as an imperative would: "och texta filmen"."""
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if behind is not None and behind.low in ("inte", "aldrig"):
        return True  # "och förkorta inte"
    return behind is not None and behind.pos in ("NOUN", "DET", "PRON") and tokens[i].low.endswith("a")


_ASKING = frozenset({"be", "låt", "uppmana"})
"""Imperatives by which somebody is asked to do something."""
_QUALITIES = frozenset({"öppna"})
"""Imperatives that tell a quality where no object follows: "Var ärliga och öppna mot den som frågar"."""


def _follows_no_imperative(token: Token) -> bool:
    """Whether what stands before a word is no imperative: before a finite verb or a subject ("Vet du inte svaret")."""
    low = token.low
    return low in lexicon().modals or low in _SUBJECTS or "VerbForm=Fin" in token.morph


def _is_all_condition(tokens: Sequence[Token], finites: Sequence[int]) -> bool:
    """Whether the finite verbs of a sentence so far are those of a condition, with a word for it or without."""
    if opens_with_condition(tokens):  # "Får du kritik, ta den på allvar"
        return all(f == finites[0] or _is_subordinate(tokens, f) for f in finites)
    opened = len(find_subordinators(tokens, range(finites[-1]), finites[-1])) if finites else 0
    return tokens[0].pos in ("ADP", "SCONJ") and opened >= len(finites)


def _is_bare_verb(tokens: Sequence[Token], i: int) -> bool:
    """Whether a form without an ending of tense can be an imperative; "inte" or "alltid" behind it make it one."""
    if "Mood=Imp" in tokens[i].morph:
        return not tokens[i].low.endswith("s")  # "Anställds egen adress"
    followed = i + 1 < len(tokens) and tokens[i + 1].low in ("inte", "aldrig", "alltid")
    return followed and opens_clause(tokens, i) and tokens[i].pos in ("VERB", "NOUN", "PROPN", "ADJ")


def _is_subordinate(tokens: Sequence[Token], finite: int) -> bool:
    return bool(find_subordinators(tokens, range(finite), finite))
