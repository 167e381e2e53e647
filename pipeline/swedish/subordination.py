"""What opens a subordinate clause, and what parts two main clauses."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Token

BOUNDARIES = frozenset({",", ";", ":", "–", "—", "-", "(", ")", "/"})
COORDINATORS = frozenset({"och", "samt", "men", "eller", "utan", "respektive"})
JOINING = frozenset({"och", "samt", "men"})
CONTRASTING = frozenset({"medan", "varefter", "varpå", "varav"})
"""Words that behind a comma go on with what is done besides: "Chefen beslutar, medan redaktören svarar"."""
AS_SOON = frozenset({"fort", "snart", "länge", "långt", "ofta", "tidigt"})
"""Words that open a clause together with "så" before them: "så snart det går"."""
SUBJECT_TAGS = frozenset({"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"})


def find_subordinators(tokens: Sequence[Token], gap: range, finite: int) -> list[int]:
    """The subordinators between two finite verbs, the nearest to the second first.

    The nearest governs it; those further left wait for verbs still to come: "Om frågor som rör ärenden kommer in".
    """
    known = lexicon()
    found: list[int] = []
    supines = 0
    for i in reversed(gap):
        low = tokens[i].low
        if "VerbForm=Sup" in tokens[i].morph and (i == 0 or tokens[i - 1].lemma != "ha"):
            supines += 1  # "den som fått behörighet får": the clause has its verb, "har" is left out
        elif (i == finite - 1 and _opens_contact_clause(tokens, i)) or _is_as_soon(tokens, i, finite):
            found.append(i)
        elif low not in known.words["subordinators"]:
            joined = low in JOINING and _starts_main(tokens, i + 1, finite) and not _is_open(tokens, gap.start, i)
            if not found and (tokens[i].text in (";", ":") or joined):
                return []
        elif _is_subordinator(tokens, i, finite):
            if supines and low in ("som", "där"):
                supines -= 1
            else:
                found.append(i)
    return found


def _is_as_soon(tokens: Sequence[Token], i: int, finite: int) -> bool:
    return i + 2 < finite and tokens[i].low == "så" and tokens[i + 1].low in AS_SOON


def _is_open(tokens: Sequence[Token], start: int, joint: int) -> bool:
    """Whether a clause begun before a coordinator has nothing but subjects so far: "så att tid och avsändare syns"."""
    for i in range(joint - 1, start - 1, -1):
        token = tokens[i]
        if token.low == "där" and i and tokens[i - 1].pos == "NOUN":
            return True
        if token.low == "att" or (token.low in _WHICH and i and tokens[i - 1].pos == "ADP"):
            return i + 1 < joint
        if token.pos not in SUBJECT_TAGS and token.text != ",":
            return False
    return False


_WHICH = frozenset({"vilken", "vilket", "vilka"})


def _is_subordinator(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether a word that can open a subordinate clause does so here."""
    low = tokens[i].low
    follows = tokens[i + 1] if i + 1 < len(tokens) else None
    if _contrasts(tokens, i) or is_for_now(tokens, i) or _asks_with_som(tokens, i):
        return False
    if low == "vare":
        return i > 0 and tokens[i - 1].text == ","  # "får inte förekomma, vare sig det läggs upp av oss eller andra"
    if low == "att":
        return follows is None or not _is_bare_infinitive(tokens, i + 1, finite)
    if low == "som" and follows is not None:
        if follows.low in ("exempelvis", "till", "t.ex.", "bland") or _says_as_what(tokens, i, finite):
            return False
        return not (follows.pos in ("NOUN", "DET", "ADJ", "PROPN", "NUM") and _is_comparison(tokens, i, finite))
    if low in ("om", "sedan", "då", "för", "när", "där", "vad", "därför", "ju"):
        return not _is_no_subordinator(tokens, i, finite)
    return True


def _says_as_what(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether "som" at a sentence's head says as what something is done: "Som profilbild används vapnet"."""
    opens = tokens[i].text[:1].isupper() and all(t.pos in ("PUNCT", "SYM") for t in tokens[:i])
    return opens and i + 1 < finite and all(t.pos in ("NOUN", "ADJ", "ADP", "DET") for t in tokens[i + 1 : finite])


def _asks_with_som(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word that asks has the "som" of its clause behind it: "Vilka regler som gäller ska framgå"."""
    if tokens[i].low not in _ASKING:
        return False
    som = next((t.i for t in tokens[i + 1 : i + _LONGEST_ASKED + 2] if t.low == "som"), -1)
    return som > i + 1 and all(t.pos in ("NOUN", "ADJ", "DET", "ADV") for t in tokens[i + 1 : som])


_ASKING = frozenset({"vilka", "vilken", "vilket", "vem", "vad"})
_LONGEST_ASKED = 2
"""Words that stand at most between a word that asks and its "som"."""


def is_for_now(tokens: Sequence[Token], i: int) -> bool:
    """Whether "tills" opens no clause, being half of an adverb: "får tills vidare inte startas"."""
    return tokens[i].low == "tills" and i + 1 < len(tokens) and tokens[i + 1].low == "vidare"


def _opens_contact_clause(tokens: Sequence[Token], i: int) -> bool:
    """Whether a pronoun right behind a noun opens a relative clause without "som" ("effekten vi vill uppnå")."""
    return tokens[i].low in ("vi", "du", "ni", "man", "de", "hen") and i > 0 and tokens[i - 1].pos == "NOUN"


def _is_bare_infinitive(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether an infinitive follows "att", adverbs between them left aside."""
    while i < finite and tokens[i].pos in ("ADV", "PART"):
        i += 1
    return i < finite and ("VerbForm=Inf" in tokens[i].morph or "Mood=Imp" in tokens[i].morph)


def _is_no_subordinator(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether a word such as "om" is a preposition or an adverb here: its clause would have no room for a subject."""
    low = tokens[i].low
    if low == "om" and i + 1 < len(tokens) and tokens[i + 1].low in ("sin", "sitt", "sina", "sig", "igen", "och"):
        return True  # what belongs to a subject is no subject; "om och om igen"
    if low == "om" and tokens[finite - 1].low in JOINING:
        return True  # "beslutar om kontot och utser": what is joined shares the subject before it
    if low == "om" and finite - i > 1:
        # After a noun it is a preposition ("frågor om verksamheten ska"), after a verb it asks ("bedömer om ... ska").
        return i > 0 and tokens[i - 1].pos in ("NOUN", "PROPN")
    if tokens[i].pos == "SCONJ" and low in ("när", "då") and finite - i > 1:
        return False
    if tokens[i].pos == "ADP" or i + 1 == finite:
        return True
    if low in ("där", "då", "sedan", "därför"):
        # As the first word of a main clause it is followed by the verb itself.
        return finite == i + 1
    return tokens[i].pos == "ADV" and low == "ju"


def _is_comparison(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether "som" compares ("som anställd") rather than opening a relative clause whose object comes first."""
    following = tokens[i + 1 : finite]
    nouns = [t for t in following if t.pos in ("NOUN", "PROPN")]
    return len(nouns) >= 1 and following[-1].pos in ("NOUN", "PROPN", "ADJ") and len(following) <= 2 and finite - i > 3


def _starts_main(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether what follows a coordinator is a main clause of its own: a subject, then the verb."""
    between = [t for t in tokens[i:finite] if t.pos not in ("ADV", "PART")]
    if not between or any(t.low in lexicon().words["subordinators"] for t in between):
        return False
    return all(t.pos in SUBJECT_TAGS or t.pos == "ADP" for t in between) and any(
        t.pos in ("NOUN", "PRON", "PROPN") for t in between
    )


def find_boundary(tokens: Sequence[Token], gap: range) -> int:
    """The coordinator or mark that parts two main clauses: the last coordinator, else the last mark; -1 for none."""
    coordinators = [i for i in gap if is_coordinator(tokens, i) and not _joins_nouns(tokens, i, gap.stop)]
    stops = [i for i in gap if tokens[i].text == ";"]
    if coordinators:
        # Behind a semicolon all up to the verb is one clause: "...; inlägg om kriser och olyckor bevaras".
        return stops[-1] if stops and coordinators[-1] != stops[-1] + 1 else coordinators[-1]
    marks = [i for i in gap if tokens[i].text in BOUNDARIES]
    return marks[-1] if marks else -1


def is_coordinator(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word joins what stands on both sides; "respektive" behind a preposition is a determiner.

    "Enligt respektive nämnds plan", but "tas bort respektive döljs".
    """
    low = tokens[i].low
    if _contrasts(tokens, i):
        return True
    return low in COORDINATORS and not (low == "respektive" and (i == 0 or tokens[i - 1].pos == "ADP"))


def _contrasts(tokens: Sequence[Token], i: int) -> bool:
    return i > 0 and tokens[i - 1].text == "," and tokens[i].low in CONTRASTING


def _joins_nouns(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether a coordinator stands inside the subject right before the verb ("frågor och svar ska")."""
    if tokens[i - 1].text.endswith("-"):
        return True
    head = [t for t in tokens[i + 1 : finite] if t.pos not in ("ADV", "PART")]
    plain = bool(head) and all(t.pos in ("NOUN", "PROPN", "ADJ") for t in head) and len(head) <= 2
    earlier = [t for t in tokens[max(0, i - 3) : i] if t.text == ","]
    return plain and bool(earlier) and tokens[i - 1].pos in ("NOUN", "PROPN") and len(head) == 1
