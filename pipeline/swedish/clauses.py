"""Sentences cut into clauses by the order of Swedish words.

A Swedish main clause has its finite verb second, a subordinate one begins with its subordinator. Parts of speech and
verb forms are what a small parser gets right; which word hangs on which is what it gets wrong. So clauses are found
from forms and order (Diderichsen's sentence schema), and the tree only breaks ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.swedish.finite import finite_verbs, is_imperative, passive_forms
from pipeline.swedish.normative import lexicon
from pipeline.swedish.openings import opens_clause, opens_condition
from pipeline.swedish.parsing import Parse, Token, once_a_parse
from pipeline.swedish.subordination import JOINING, SUBJECT_TAGS, find_boundary, find_subordinators, is_coordinator


@dataclass(frozen=True, slots=True)
class Clause:
    """A finite clause of a sentence; all numbers are token indices, ends exclusive, -1 for none."""

    kind: str  # main, conjunct (shares the subject before it), relative, subordinate, imperative, verbless
    start: int
    end: int
    finite: int
    subordinator: int = -1
    head: int = -1  # the finite verb before it whose clause it hangs on


@once_a_parse
def split_clauses(parse: Parse) -> tuple[Clause, ...]:
    """The clauses of a sentence in order of their finite verbs; a sentence without one gives a verbless clause.

    What stands in parentheses is cut on its own, so that it does not tear the clause around it.
    """
    inner = _parenthesised(parse.tokens)
    inside = {i for a, b in inner for i in range(a, b)} | put_in(parse.tokens) | _exemplified(parse.tokens)
    outer = [t.i for t in parse.tokens if t.i not in inside]
    clauses = _split(parse.tokens, outer)
    for start, end in inner:
        within = [t.i for t in parse.tokens[start + 1 : end - 1]]
        own = [c for c in _split(parse.tokens, within) if c.kind in ("main", "conjunct", "imperative")]
        if own:
            clauses += own
        else:  # "dataskyddsförordningen (GDPR)": a remark at the very end belongs to its clause
            clauses = [replace(c, end=end) if c.end == start else c for c in clauses]
    return tuple(clauses)


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


def put_in(tokens: Sequence[Token]) -> frozenset[int]:
    """Tokens put in between a modal (or "att") and its infinitive, with the commas around them.

    "Redaktören ska, så långt det är möjligt, svara": what stands between is no clause of its own beside "ska svara".
    """
    found: set[int] = set()
    if sum(token.text == "," for token in tokens) < AROUND:
        return frozenset()
    for token in tokens:
        if token.low not in lexicon().modals and token.low != "att":
            continue
        opened = token.i + 1
        while opened < len(tokens) and tokens[opened].pos in _BEFORE_ASIDE:
            opened += 1
        if opened >= len(tokens) or tokens[opened].text != "," or opened - token.i > _LONGEST_SUBJECT + 1:
            continue
        for closed in range(opened + 2, min(len(tokens) - 1, opened + _LONGEST_ASIDE)):
            if tokens[closed].text == "," and _goes_on_with_infinitive(tokens, closed + 1):
                found.update(range(opened, closed + 1))
                break
    return frozenset(found)


def _exemplified(tokens: Sequence[Token]) -> set[int]:
    """Tokens that name examples between commas: "Lokala initiativ, som egna grupper, är inte tillåtna".

    They have no verb of their own, so "som" opens no clause there, and the verb behind them is the sentence's.
    """
    commas = [token.i for token in tokens if token.text == ","]
    found: set[int] = set()
    for opened, closed in pairwise(commas):
        named = tokens[opened + 2 : closed]
        if tokens[opened + 1].low != "som" or not named or named[0].pos not in SUBJECT_TAGS:
            continue
        if not any(token.pos in ("VERB", "AUX") or token.low == "som" for token in named):
            found.update(range(opened, closed + 1))
    return found


AROUND = 2
"""Commas that an aside lies between; most sentences have fewer and need no look."""
_BEFORE_ASIDE = ("ADV", "PART", "NOUN", "PRON", "PROPN", "DET", "ADJ")
_LONGEST_SUBJECT = 3
_LONGEST_ASIDE = 16
"""Tokens of a subject turned round before an aside, and of an aside, at most."""


def _goes_on_with_infinitive(tokens: Sequence[Token], i: int) -> bool:
    while i < len(tokens) and tokens[i].pos in ("ADV", "PART"):
        i += 1
    low = tokens[i].low if i < len(tokens) else ""
    if low in passive_forms() or (low.endswith("as") and tokens[i].pos != "PROPN"):
        return True
    if not low or tokens[i].pos not in ("VERB", "AUX"):
        return False
    return "VerbForm=Inf" in tokens[i].morph or (low.endswith("a") and "Sup" not in tokens[i].morph)


def _split(all_tokens: Sequence[Token], kept: Sequence[int]) -> list[Clause]:
    """The clauses over some of the tokens, with indices into all of them."""
    whole = len(kept) == len(all_tokens)  # as nearly always: then the numbers are right as they are
    tokens = all_tokens if whole else [replace(all_tokens[i], i=n) for n, i in enumerate(kept)]
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
    if last.kind == "relative" and tokens[last.finite].low in lexicon().modals and last.finite - last.subordinator > 3:
        return [*clauses[:-1], _as_main(tokens, last)]
    # "Den som frågar om ett eget ärende hänvisas": "om" was a preposition after all.
    for place, clause in enumerate(clauses[1:], start=1):
        asks = clause.kind == "subordinate" and tokens[clause.subordinator].low == "om"
        if asks and clause.finite - clause.subordinator > 2:
            return [*clauses[:place], _as_main(tokens, clause), *clauses[place + 1 :]]
    return clauses


def _as_main(tokens: Sequence[Token], clause: Clause) -> Clause:
    return Clause("main", _first_word(tokens, clause.finite), clause.finite, clause.finite)


def _in_sentence(clause: Clause, kept: Sequence[int]) -> Clause:
    """A clause of some tokens with the indices those have in the sentence."""

    def back(i: int) -> int:
        return kept[i] if i >= 0 else -1

    end = kept[clause.end - 1] + 1 if clause.end > clause.start else back(clause.start)
    return Clause(
        clause.kind, back(clause.start), end, back(clause.finite), back(clause.subordinator), back(clause.head)
    )


def _clause_of(
    tokens: Sequence[Token], finite: int, previous: int, before: Sequence[Clause], *, waiting: list[int], more: bool
) -> Clause:
    """The clause of one finite verb; `waiting` are subordinators still without a verb, `more` whether verbs follow."""
    gap = range(previous + 1, finite)
    if is_imperative(tokens, finite, [c.finite for c in before]):
        fronted = not any(c.kind in ("main", "imperative") for c in before)
        # "Mejla oss så svarar vi" is a condition.
        kind = "subordinate" if fronted and _is_followed_by_so(tokens, finite) else "imperative"
        return Clause(kind, _first_word(tokens, finite) if fronted else finite, finite, finite)
    if not _turned_round(tokens, finite):
        waiting += reversed(find_subordinators(tokens, gap, finite))
    if waiting:
        subordinator = waiting.pop()
        relative = tokens[subordinator].low in ("som", "vilket", "vilka", "vilken", "vars", "där")
        nominal = subordinator > 0 and tokens[subordinator - 1].pos not in ("VERB", "AUX")
        start = subordinator
        if start > max(previous, 0) and tokens[start - 1].pos == "ADP":
            start -= 1  # "på vilket sätt"
        kind = "relative" if relative and nominal else "subordinate"
        return Clause(kind, start, finite, finite, subordinator, previous)
    mains = [c for c in before if c.kind in ("main", "conjunct", "imperative")]
    boundary = find_boundary(tokens, gap)
    if not before and more and _opens_with_verb(tokens, finite):
        return Clause(
            "subordinate", finite, finite, finite, -1, -1
        )  # "Tar det längre tid ska den som frågat få besked"
    if not mains:
        resumes = tokens[finite - 1].low == "så" or _follows_condition(tokens, before, boundary, finite)
        resumes = resumes or _follows_aside(tokens, before, boundary, finite)
        if more and boundary >= 0 and before and not (resumes or _has_subject(tokens, boundary, finite)):
            last = before[-1]  # "som strider mot lag eller på annat sätt är olämpliga"
            return Clause(last.kind, boundary + 1, finite, finite, last.subordinator, previous)
        return Clause("main", _first_word(tokens, finite), finite, finite)
    if boundary < 0 and (joint := _joint_before(tokens, before[-1])) >= 0:
        # "..., men frågor som rör ett ärende ska diarieföras": its subject stands before the relative clause.
        return Clause("main", joint + 1, finite, finite, -1, mains[-1].finite)
    if boundary < 0:
        # Nothing parts it from the clause before: the second verb of an embedded clause, or a tagging error.
        return Clause("subordinate", finite, finite, finite, -1, previous)
    has_subject = _has_subject(tokens, boundary, finite)
    last = before[-1]
    resumed = tokens[boundary].low == "samt" or _corrects(tokens, boundary, mains[-1].finite, last.start)
    if not has_subject and last.kind in ("relative", "subordinate") and not resumed:
        # "som strider mot lag eller är olämpliga": the second half of the clause before.
        return Clause(last.kind, boundary + 1, finite, finite, last.subordinator, previous)
    if not has_subject and tokens[boundary].low == "eller":
        # Ways of doing one duty ("döljs eller tas bort"), not two duties.
        return Clause("subordinate", boundary + 1, finite, finite, -1, mains[-1].finite)
    return Clause("main" if has_subject else "conjunct", boundary + 1, finite, finite, -1, mains[-1].finite)


def _follows_condition(tokens: Sequence[Token], before: Sequence[Clause], boundary: int, finite: int) -> bool:
    """Whether a verb stands right behind the comma that ends a turned condition: "Får någon kritik, svarar chefen"."""
    turned = bool(before) and before[-1].kind == "subordinate" and before[-1].start == before[-1].finite
    return turned and boundary == finite - 1 and tokens[boundary].text == ","


def _follows_aside(tokens: Sequence[Token], before: Sequence[Clause], boundary: int, finite: int) -> bool:
    """Whether a verb stands right behind the comma that ends a relative clause set off, or an aside in one.

    "Uttaget, som ofta är en fil, bevaras"; "Den som vill använda ett konto, exempelvis på LinkedIn, är fri att ...".
    """
    if not before or before[-1].kind != "relative" or boundary != finite - 1 or tokens[boundary].text != ",":
        return False
    set_off = tokens[before[-1].subordinator - 1].text == ","
    return set_off or any(t.text == "," for t in tokens[before[-1].finite + 1 : boundary])


def _joint_before(tokens: Sequence[Token], relative: Clause) -> int:
    """What parts the noun that a relative clause belongs to from the main clause before it; -1 where nothing does."""
    if relative.kind != "relative" or relative.head < 0:
        return -1
    ahead = range(relative.head + 1, relative.subordinator)
    joint = next((i for i in reversed(ahead) if tokens[i].low in JOINING or tokens[i].text == ";"), -1)
    subject = tokens[joint + 1 : relative.subordinator]
    plain = bool(subject) and all(t.pos in SUBJECT_TAGS for t in subject)
    return joint if joint >= 0 and plain else -1


def _corrects(tokens: Sequence[Token], boundary: int, main: int, below: int) -> bool:
    """Whether "utan" goes on from a denial in the main clause: "behöver inte sparas om ..., utan kan gallras"."""
    denied = any(t.low in lexicon().words["negations"] for t in tokens[main:below])
    return denied and tokens[boundary].low == "utan"


def _opens_with_verb(tokens: Sequence[Token], finite: int) -> bool:
    """Whether a sentence begins with its verb and subject turned round, as a condition without "om" does."""
    follows = tokens[finite + 1] if finite + 1 < len(tokens) else None
    return (
        opens_clause(tokens, finite)
        and (not _reads_as_order(tokens[finite]) or opens_condition(tokens, finite))
        and follows is not None
        and follows.pos in ("PRON", "NOUN", "DET", "PROPN", "ADJ", "NUM")
        and tokens[-1].text != "?"
        and not _is_first_of_two(tokens, finite)
    )


def _reads_as_order(verb: Token) -> bool:
    """Whether a form is an imperative, by itself or as one that staff are told by."""
    return "Mood=Imp" in verb.morph or verb.low in lexicon().words["imperatives"]


def _is_followed_by_so(tokens: Sequence[Token], imperative: int) -> bool:
    """Whether "så" with a verb and its subject behind an imperative say what comes of doing it."""
    return any(
        so.low == "så" and "VerbForm=Fin" in verb.morph and subject.pos in SUBJECT_TAGS
        for so, verb, subject in zip(
            tokens[imperative + 1 :], tokens[imperative + 2 :], tokens[imperative + 3 :], strict=False
        )
    )


def _is_first_of_two(tokens: Sequence[Token], finite: int) -> bool:
    """Whether a verb in front is joined to the next one, as tasks are: "Följer riktlinjen och meddelar chefen"."""
    following = next((t.i for t in tokens[finite + 1 :] if "VerbForm=Fin" in t.morph), -1)
    if following <= 0:
        return False
    return tokens[following - 1].low in JOINING or (
        tokens[following - 1].text == "," and _are_tasks(tokens, finite, following)
    )


def _are_tasks(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Whether verbs behind a comma and "och" share a doer who is not named: "Planerar, svarar på ... och utbildar".

    In a condition with its verb in front both verbs have a subject behind them, or the second is an imperative.
    """
    if tokens[first].low in lexicon().modals or tokens[first + 1].pos in ("PRON", "DET"):
        return False
    later = [t.i for t in tokens[second + 1 :] if "VerbForm=Fin" in t.morph and tokens[t.i - 1].low in JOINING]
    verbs = (first, second, *later)
    if not later or any("Mood=Ind" not in tokens[i].morph or "Voice=Pass" in tokens[i].morph for i in verbs):
        return False
    return not any(t.head in verbs and t.dep.startswith(("nsubj", "expl", "csubj")) for t in tokens)


def _has_subject(tokens: Sequence[Token], boundary: int, finite: int) -> bool:
    """Whether a finite verb has a subject of its own after a boundary, before it or turned round behind it."""
    between = [t for t in tokens[boundary + 1 : finite] if t.pos not in ("ADV", "PART", "PUNCT")]
    return (bool(between) and between[0].pos in SUBJECT_TAGS) or _inverted(tokens, finite, between)


def _turned_round(tokens: Sequence[Token], finite: int) -> bool:
    """Whether the subject follows the verb, which it does in main clauses only ("..., ska ni ta ärendet vidare")."""
    follows = tokens[finite + 1].low if finite + 1 < len(tokens) else ""
    modal = tokens[finite].low in lexicon().modals
    return finite > 0 and (follows in ("du", "ni", "vi", "man", "jag") or (modal and follows in ("det", "den", "hen")))


def _first_word(tokens: Sequence[Token], finite: int) -> int:
    """The first token of a sentence's first main clause: what stands before it belongs to it."""
    return next((t.i for t in tokens[: finite + 1] if t.pos not in ("PUNCT", "SYM") or t.text in "\"'”("), 0)


def _inverted(tokens: Sequence[Token], finite: int, between: Sequence[Token]) -> bool:
    """Whether the subject follows the verb because something else stands first ("dit ska ni lämna")."""
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
    while end > start + 1 and (tokens[end - 1].pos == "PUNCT" or is_coordinator(tokens, end - 1)):
        if tokens[end - 1].text in ")\"”'":
            break
        end -= 1
    return end
