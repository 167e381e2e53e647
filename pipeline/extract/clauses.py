"""Sentences cut into clauses by the order of Swedish words.

A Swedish main clause has its finite verb second, a subordinate one begins with its subordinator. Parts of speech and
verb forms are what a small parser gets right; which word hangs on which is what it gets wrong. So clauses are found
from forms and order (Diderichsen's sentence schema), and the tree only breaks ties.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.extract.lexicon import lexicon
from pipeline.swedish.parsing import Parse, Token

_PRESENT = re.compile(r"(?i)(r|s|vet|vill|kan|ska|skall|måste|må)$")
"""How a Swedish present tense ends: "grova" and "skrift" are none, whatever a tagger says."""
GOVERNING = frozenset({"kan", "kunde", "vill", "skulle", "brukar", "låter", "hinner", "torde"})
"""Verbs beside the modals of duty that take a bare infinitive."""
BOUNDARIES = frozenset({",", ";", ":", "–", "—", "-", "(", ")", "/"})
COORDINATORS = frozenset({"och", "samt", "men", "eller", "utan", "respektive"})
JOINING = frozenset({"och", "samt", "men"})
SUBJECT_TAGS = frozenset({"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A finite clause of a sentence; all numbers are token indices, ends exclusive, -1 for none."""

    kind: str  # main, conjunct (shares the subject before it), relative, subordinate, imperative, verbless
    start: int
    end: int
    finite: int
    subordinator: int = -1
    head: int = -1  # the finite verb before it whose clause it hangs on


def split_clauses(parse: Parse) -> list[Clause]:
    """The clauses of a sentence in order of their finite verbs; a sentence without one gives a verbless clause.

    What stands in parentheses is cut on its own, so that it does not tear the clause around it.
    """
    inner, outer = _parenthesised(parse.tokens), []
    inside = {i for a, b in inner for i in range(a, b)}
    outer = [t.i for t in parse.tokens if t.i not in inside]
    clauses = _split(parse.tokens, outer)
    for start, end in inner:
        within = [t.i for t in parse.tokens[start + 1 : end - 1]]
        own = [c for c in _split(parse.tokens, within) if c.kind in ("main", "conjunct", "imperative")]
        if own:
            clauses += own
        else:  # "dataskyddsförordningen (GDPR)": a remark at the very end belongs to its clause
            clauses = [replace(c, end=end) if c.end == start else c for c in clauses]
    return clauses


def _parenthesised(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Stretches in parentheses, brackets included; an unclosed one counts for nothing."""
    found, opened = [], -1
    for token in tokens:
        if token.text == "(" and opened < 0:
            opened = token.i
        elif token.text == ")" and opened >= 0:
            found.append((opened, token.i + 1))
            opened = -1
    return found


def _split(all_tokens: Sequence[Token], kept: Sequence[int]) -> list[Clause]:
    """The clauses over some of the tokens, with indices into all of them."""
    tokens = [replace(all_tokens[i], i=n) for n, i in enumerate(kept)]
    finites = finite_verbs(tokens)
    if not finites:
        return [Clause("verbless", kept[0], kept[-1] + 1, -1)] if kept else []
    clauses: list[Clause] = []
    waiting: list[int] = []
    previous = -1
    for finite in finites:
        clauses.append(_clause_of(tokens, finite, previous, clauses, waiting=waiting, more=finite != finites[-1]))
        previous = finite
    return [_in_sentence(c, kept) for c in _with_ends(_with_main(clauses, tokens), tokens)]


def _with_main(clauses: list[Clause], tokens: Sequence[Token]) -> list[Clause]:
    """The clauses of a sentence, one of which is its main one.

    Where none is, a relative clause has lost its own verb to the tagger and taken the sentence's modal instead
    ("Skrivelse som tillför ett ärende sakuppgift skall diarieföras").
    """
    last = clauses[-1]
    if any(c.kind in ("main", "conjunct", "imperative") for c in clauses):
        return clauses
    lost = last.kind == "relative" and tokens[last.finite].text.lower() in lexicon().modals
    # "Den som frågar om ett eget ärende hänvisas": "om" was a preposition after all.
    asked = len(clauses) > 1 and last.kind == "subordinate" and tokens[last.subordinator].text.lower() == "om"
    if not (lost or asked) or last.finite - last.subordinator <= 3:
        return clauses
    return [*clauses[:-1], Clause("main", _first_word(tokens, last.finite), last.finite, last.finite)]


def _in_sentence(clause: Clause, kept: Sequence[int]) -> Clause:
    """A clause of some tokens with the indices those have in the sentence."""

    def back(i: int) -> int:
        return kept[i] if i >= 0 else -1

    end = kept[clause.end - 1] + 1 if clause.end > clause.start else back(clause.start)
    return Clause(
        clause.kind, back(clause.start), end, back(clause.finite), back(clause.subordinator), back(clause.head)
    )


def finite_verbs(tokens: Sequence[Token]) -> list[int]:
    """Indices of the finite verbs: by form, by the closed list of modals, by imperatives at a clause's head."""
    found: list[int] = []
    for token in tokens:
        low = token.text.lower()
        if low in lexicon().modals:
            if not (low == "får" and token.pos == "NOUN"):
                found.append(token.i)
        elif _is_imperative(tokens, token.i, found) or (_looks_finite(tokens, token) and not _is_infinitive_here(tokens, token, found)):
            found.append(token.i)
    return found


def _looks_finite(tokens: Sequence[Token], token: Token) -> bool:
    """Whether a form is finite: the tagger says so, or it is the present passive of a verb of duty after a verb."""
    if token.text.lower() == "för":
        return _keeps_account(tokens, token.i)
    if token.pos in ("VERB", "AUX"):
        finite = "VerbForm=Fin" in token.morph and "Mood=Imp" not in token.morph
        if "VerbForm=Inf|Voice=Pass" in token.morph and tokens[token.i - 1].text.lower() != "att":
            return True  # "fattas": infinitive and present are one form; what stands before decides
        return finite and not ("Tense=Pres" in token.morph and not _PRESENT.search(token.text))
    return token.i > 0 and token.text.lower() in passive_forms() and token.pos in ("NOUN", "PROPN", "ADJ", "ADV", "X")


def _keeps_account(tokens: Sequence[Token], i: int) -> bool:
    """Whether "för" is the verb ("Enheten för en lista över konton") rather than the preposition."""
    if not i or tokens[i - 1].pos not in ("NOUN", "PROPN", "PRON", "ADV"):
        return False
    around = {t.text.lower() for t in tokens[i + 1 : i + 5]}
    keeps = any(w.endswith(tuple(lexicon().words["account_nouns"])) for w in around)
    return keeps and not any("VerbForm=Fin" in t.morph for t in tokens)


@cache
def passive_forms() -> frozenset[str]:
    """Present passives of the verbs of duty ("raderas", "anmäls")."""
    verbs = lexicon().words["duty_verbs"]
    return frozenset(v + "s" for v in verbs if len(v) > 3) | frozenset(v[:-1] + "s" for v in verbs if len(v) > 5)


def _is_infinitive_here(tokens: Sequence[Token], token: Token, finites: Sequence[int]) -> bool:
    """Whether a form tagged finite stands where only an infinitive can.

    "rapporteras" is infinitive and present alike: after a modal without a subject of its own it is the infinitive.
    """
    before = tokens[token.i - 1].text.lower() if token.i else ""
    if before == "att" and "Pres" not in token.morph:
        return True
    if not token.text.lower().endswith("s") or not finites:
        return False
    last = finites[-1]
    if tokens[last].text.lower() not in lexicon().modals and tokens[last].text.lower() not in GOVERNING:
        return False
    if not any(
        "VerbForm=Inf" in t.morph or t.text.lower() in lexicon().words["subordinators"]
        for t in tokens[last + 1 : token.i]
    ):
        return True  # a modal has its infinitive before anything else begins
    boundary = _boundary(tokens, range(last + 1, token.i))
    between = [t for t in tokens[boundary + 1 : token.i] if t.pos not in ("ADV", "PART", "PUNCT")]
    if boundary < 0:
        return not any(t.text.lower() in lexicon().words["subordinators"] for t in tokens[last + 1 : token.i])
    return not between or between[0].pos not in SUBJECT_TAGS


def _is_imperative(tokens: Sequence[Token], i: int, finites: Sequence[int]) -> bool:
    """Whether the token is an imperative: at the head of its sentence, after a fronted adverbial, beside another one."""
    token = tokens[i]
    low = token.text.lower()
    known = lexicon().words["imperatives"]
    if not token.text[:1].isalpha() or (low not in known and not _is_bare_verb(tokens, i)):
        return False
    follows = tokens[i + 1] if i + 1 < len(tokens) else None
    if follows is not None and (follows.text.lower() in lexicon().modals or "VerbForm=Fin" in follows.morph):
        return False
    if _opens_clause(tokens, i):
        if (
            follows is not None
            and follows.text.lower() in ("inte", "aldrig", "alltid", "gärna")
            and not low.endswith(("r", "s"))
        ):
            return True
        return token.pos == "VERB" or (low in known and (follows is None or follows.pos not in ("VERB", "AUX")))
    before = tokens[i - 1].text.lower()
    if low not in known:
        return False
    if before in (",", "och", "samt", "eller", "men") and finites and _is_imperative(tokens, finites[0], ()):
        return token.pos == "VERB" or before == ","
    if before == ":":
        return token.pos == "VERB" and not finites
    return before == "," and tokens[0].pos in ("ADP", "SCONJ") and all(_is_subordinate(tokens, f) for f in finites)


def _is_bare_verb(tokens: Sequence[Token], i: int) -> bool:
    """Whether a form has no ending of tense and so can be an imperative, for certain where "inte" or "alltid" follows."""
    if "Mood=Imp" in tokens[i].morph:
        return True
    follows = tokens[i + 1].text.lower() if i + 1 < len(tokens) else ""
    return (
        follows in ("inte", "aldrig", "alltid")
        and _opens_clause(tokens, i)
        and tokens[i].pos in ("VERB", "NOUN", "PROPN", "ADJ")
    )


def _is_subordinate(tokens: Sequence[Token], finite: int) -> bool:
    return bool(_subordinators(tokens, range(finite), finite))


def _opens_clause(tokens: Sequence[Token], i: int) -> bool:
    """Whether nothing but marks stands before the token."""
    return all(t.pos in ("PUNCT", "SYM") for t in tokens[:i])


def _clause_of(
    tokens: Sequence[Token], finite: int, previous: int, before: Sequence[Clause], *, waiting: list[int], more: bool
) -> Clause:
    """The clause of one finite verb, given the one before it, subordinators that wait for a verb, and if more follow."""
    gap = range(previous + 1, finite)
    if _is_imperative(tokens, finite, [c.finite for c in before]):
        fronted = not any(c.kind in ("main", "imperative") for c in before)
        return Clause("imperative", _first_word(tokens, finite) if fronted else finite, finite, finite)
    if not _turned_round(tokens, finite):
        waiting += reversed(_subordinators(tokens, gap, finite))
    if waiting:
        subordinator = waiting.pop()
        relative = tokens[subordinator].text.lower() in ("som", "vilket", "vilka", "vilken", "vars", "där")
        nominal = subordinator > 0 and tokens[subordinator - 1].pos not in ("VERB", "AUX")
        start = subordinator
        if start > max(previous, 0) and tokens[start - 1].pos == "ADP":
            start -= 1  # "på vilket sätt"
        kind = "relative" if relative and nominal else "subordinate"
        return Clause(kind, start, finite, finite, subordinator, previous)
    mains = [c for c in before if c.kind in ("main", "conjunct", "imperative")]
    boundary = _boundary(tokens, gap)
    if not before and more and _opens_with_verb(tokens, finite):
        return Clause(
            "subordinate", finite, finite, finite, -1, -1
        )  # "Tar det längre tid ska den som frågat få besked"
    if not mains:
        if more and boundary >= 0 and before and not _has_subject(tokens, boundary, finite):
            last = before[-1]  # "som strider mot lag eller på annat sätt är olämpliga"
            return Clause(last.kind, boundary + 1, finite, finite, last.subordinator, previous)
        return Clause("main", _first_word(tokens, finite), finite, finite)
    if boundary < 0:
        # Nothing parts it from the clause before: the second verb of an embedded clause, or a tagging error.
        return Clause("subordinate", finite, finite, finite, -1, previous)
    has_subject = _has_subject(tokens, boundary, finite)
    last = before[-1]
    if not has_subject and last.kind in ("relative", "subordinate") and tokens[boundary].text.lower() != "samt":
        # "som strider mot lag eller är olämpliga": the second half of the clause before.
        return Clause(last.kind, boundary + 1, finite, finite, last.subordinator, previous)
    return Clause("main" if has_subject else "conjunct", boundary + 1, finite, finite, -1, mains[-1].finite)


def _opens_with_verb(tokens: Sequence[Token], finite: int) -> bool:
    """Whether a sentence begins with its verb and subject turned round, as a condition without "om" does."""
    follows = tokens[finite + 1] if finite + 1 < len(tokens) else None
    return (
        _opens_clause(tokens, finite)
        and "Mood=Imp" not in tokens[finite].morph
        and tokens[finite].text.lower() not in lexicon().words["imperatives"]
        and follows is not None
        and follows.pos in ("PRON", "NOUN", "DET", "PROPN")
        and tokens[-1].text != "?"
    )


def _has_subject(tokens: Sequence[Token], boundary: int, finite: int) -> bool:
    """Whether a finite verb has a subject of its own after a boundary, before it or turned round behind it."""
    between = [t for t in tokens[boundary + 1 : finite] if t.pos not in ("ADV", "PART", "PUNCT")]
    return (bool(between) and between[0].pos in SUBJECT_TAGS) or _inverted(tokens, finite, between)


def _turned_round(tokens: Sequence[Token], finite: int) -> bool:
    """Whether the subject follows the verb, which it does in main clauses only ("..., ska ni ta ärendet vidare")."""
    follows = tokens[finite + 1].text.lower() if finite + 1 < len(tokens) else ""
    modal = tokens[finite].text.lower() in lexicon().modals
    return finite > 0 and (follows in ("du", "ni", "vi", "man", "jag") or (modal and follows in ("det", "den", "hen")))


def _first_word(tokens: Sequence[Token], finite: int) -> int:
    """The first token of a sentence's first main clause: what stands before it belongs to it."""
    return next((t.i for t in tokens[: finite + 1] if t.pos not in ("PUNCT", "SYM") or t.text in "\"'”("), 0)


def _subordinators(tokens: Sequence[Token], gap: range, finite: int) -> list[int]:
    """The subordinators between two finite verbs, the nearest to the second first.

    The nearest governs it; those further left wait for verbs still to come: "Om frågor som rör ärenden kommer in".
    """
    known = lexicon()
    found: list[int] = []
    supines = 0
    for i in reversed(gap):
        low = tokens[i].text.lower()
        if "VerbForm=Sup" in tokens[i].morph and (i == 0 or tokens[i - 1].lemma != "ha"):
            supines += 1  # "den som fått behörighet får": the clause has its verb, "har" is left out
        elif i == finite - 1 and _opens_contact_clause(tokens, i):
            found.append(i)
        elif low not in known.words["subordinators"]:
            if not found and (tokens[i].text in (";", ":") or (low in JOINING and _starts_main(tokens, i + 1, finite))):
                return []
        elif _is_subordinator(tokens, i, finite):
            if supines and low == "som":
                supines -= 1
            else:
                found.append(i)
    return found


def _is_subordinator(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether a word that can open a subordinate clause does so here."""
    low = tokens[i].text.lower()
    follows = tokens[i + 1] if i + 1 < len(tokens) else None
    if low == "att":
        return follows is None or not _is_bare_infinitive(tokens, i + 1, finite)
    if low == "som" and follows is not None:
        if follows.text.lower() in ("exempelvis", "till", "t.ex.", "bland"):
            return False
        return not (follows.pos in ("NOUN", "DET", "ADJ", "PROPN", "NUM") and _is_comparison(tokens, i, finite))
    if low in ("om", "sedan", "då", "för", "när", "där", "vad", "därför", "ju"):
        return not _is_no_subordinator(tokens, i, finite)
    return True


def _opens_contact_clause(tokens: Sequence[Token], i: int) -> bool:
    """Whether a pronoun right behind a noun opens a relative clause without "som" ("effekten vi vill uppnå")."""
    return tokens[i].text.lower() in ("vi", "du", "ni", "man", "de", "hen") and i > 0 and tokens[i - 1].pos == "NOUN"


def _is_bare_infinitive(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether an infinitive follows "att", adverbs between them left aside."""
    while i < finite and tokens[i].pos in ("ADV", "PART"):
        i += 1
    return i < finite and ("VerbForm=Inf" in tokens[i].morph or "Mood=Imp" in tokens[i].morph)


def _is_no_subordinator(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether a word such as "om" is a preposition or an adverb here: its clause would have no room for a subject."""
    low = tokens[i].text.lower()
    if (
        low == "om"
        and i + 1 < len(tokens)
        and tokens[i + 1].text.lower() in ("sin", "sitt", "sina", "sig", "igen", "och")
    ):
        return True  # what belongs to a subject is no subject; "om och om igen"
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
    if not between or any(t.text.lower() in lexicon().words["subordinators"] for t in between):
        return False
    return all(t.pos in SUBJECT_TAGS or t.pos == "ADP" for t in between) and any(
        t.pos in ("NOUN", "PRON", "PROPN") for t in between
    )


def _boundary(tokens: Sequence[Token], gap: range) -> int:
    """The coordinator or mark that parts two main clauses: the last coordinator, else the last mark; -1 for none."""
    coordinators = [i for i in gap if tokens[i].text.lower() in COORDINATORS and not _joins_nouns(tokens, i, gap.stop)]
    if coordinators:
        return coordinators[-1]
    marks = [i for i in gap if tokens[i].text in BOUNDARIES]
    return marks[-1] if marks else -1


def _joins_nouns(tokens: Sequence[Token], i: int, finite: int) -> bool:
    """Whether a coordinator stands inside the subject right before the verb ("frågor och svar ska", "ljud- och bildfiler")."""
    if tokens[i - 1].text.endswith("-"):
        return True
    head = [t for t in tokens[i + 1 : finite] if t.pos not in ("ADV", "PART")]
    plain = bool(head) and all(t.pos in ("NOUN", "PROPN", "ADJ") for t in head) and len(head) <= 2
    earlier = [t for t in tokens[max(0, i - 3) : i] if t.text == ","]
    return plain and bool(earlier) and tokens[i - 1].pos in ("NOUN", "PROPN") and len(head) == 1


def _inverted(tokens: Sequence[Token], finite: int, between: Sequence[Token]) -> bool:
    """Whether the subject follows the verb because something else stands first ("dit ska ni lämna", "och där ska det stå")."""
    follows = tokens[finite + 1] if finite + 1 < len(tokens) else None
    return bool(between) and follows is not None and follows.pos in ("PRON", "DET", "PROPN")


def _with_ends(clauses: list[Clause], tokens: Sequence[Token]) -> list[Clause]:
    """The clauses with their ends: a main clause takes in the clauses that hang on it, up to the next main one."""
    result = []
    for n, clause in enumerate(clauses):
        following = next((c for c in clauses[n + 1 :] if c.kind in ("main", "conjunct", "imperative")), None)
        end = len(tokens) if following is None else following.start
        if following is not None and end <= clause.finite:
            end = following.finite  # a clause inside the words before the main verb
        if clause.kind in ("relative", "subordinate"):
            closing = [t.i for t in tokens[clause.finite + 1 : end] if t.text in (",", ")", ";")]
            after = [c.start for c in clauses[n + 1 :] if c.start > clause.finite]
            end = min([end, *closing[:1], *after[:1]])
        result.append(
            Clause(
                clause.kind,
                clause.start,
                _without_tail(tokens, clause.start, end),
                clause.finite,
                clause.subordinator,
                clause.head,
            )
        )
    return result


def _without_tail(tokens: Sequence[Token], start: int, end: int) -> int:
    """The end without the marks and coordinators that lead to the next clause."""
    while end > start + 1 and (tokens[end - 1].pos == "PUNCT" or tokens[end - 1].text.lower() in COORDINATORS):
        if tokens[end - 1].text in ")\"”'":
            break
        end -= 1
    return end
