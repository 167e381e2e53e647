"""Where a duty's words hold a second one: "tas ned och skickas till registrator, som diarieför den".

Rules and the duties model find clauses; a joint inside one (a coordinator, a comma, a relative word) may begin another
duty. A logistic curve over facts on both sides of the joint, learned from annotated documents, says whether people see
one there. Facts and weights can be read in models/joints.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.extract.embedding import goes_on_within
from pipeline.linear import find_model, likelihood_of, load_facts
from pipeline.swedish.clauses import Clause, put_in, split_clauses
from pipeline.swedish.finite import finite_verbs
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token

MODELS = Path(__file__).parent / "models"
LIKELY = 0.5
"""Probability from which on a joint begins a duty of its own."""

JOINING = frozenset({"och", "samt", "men", "utan", "så", "medan", "å"})
RELATIVE = frozenset({"som", "vilken", "vilket", "vilka", "varvid", "därvid", "varav", "där", "varefter", "vars"})
MARKS = frozenset({",", ";", ":", "."})
FORMS = ("VerbForm=Inf", "VerbForm=Sup", "VerbForm=Part", "Mood=Imp", "Voice=Pass", "VerbForm=Fin")
LEAST = 1
"""Tokens that must stand on either side."""
REACH = 6
"""Tokens before a verb within which what it hangs on is looked for."""
SHORT, MIDDLING = 2, 6
"""Tokens up to which what follows a joint is short, and middling."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A place in a duty where another may begin: its first token, where the words before it end, and its facts."""

    before: int
    start: int
    facts: frozenset[str]

    def likelihood(self, weights: Mapping[str, float]) -> float:
        """How likely a duty of its own begins here, 0 to 1."""
        return likelihood_of(weights, self.facts)


def load_weights() -> Mapping[str, float]:
    """The weight of each fact, empty where nothing was learned yet."""
    file = find_model(MODELS, "joints.json")
    return load_facts(file) if file.is_file() else {}


def find_joints(parse: Parse, start: int, end: int, rule: str) -> list[Joint]:
    """The joints between two tokens of a sentence, in order.

    Args:
        parse: The sentence.
        start: The duty's first token.
        end: One past its last.
        rule: The rule that found it.
    """
    tokens = parse.tokens
    inside = put_in(tokens)
    conditions = [c for c in split_clauses(parse) if c.kind == "subordinate" and c.subordinator == c.head == -1]
    places = [
        (before, at)
        for before, at in _places(tokens, start, end)
        if before not in inside
        and not goes_on_within(tokens, start, before, at)
        and _says(tokens, start, before)
        and not _awaits_verb(tokens, start, before)
        # "Ställ gärna frågor, så svarar vi": what is before is a condition.
        and not (tokens[at - 1].low == "så" and any(start <= c.start and c.finite < before for c in conditions))
    ]
    finites = frozenset(finite_verbs(tokens))
    stops = [*(before for before, _ in places), end][1:]
    return [
        Joint(before, at, frozenset(_facts(tokens, (start, before), (at, stop), end, finites, rule)))
        for (before, at), stop in zip(places, stops, strict=True)
    ]


def _says(tokens: Sequence[Token], start: int, before: int) -> bool:
    """Whether what stands before a joint says something; "Redaktör:" only names who does what stands behind it."""
    return tokens[before].text != ":" or any(t.pos in ("VERB", "AUX") for t in tokens[start:before])


def _awaits_verb(tokens: Sequence[Token], start: int, before: int) -> bool:
    """Whether a clause is open that has no verb yet: "en skärmdump där namn, datum och klockslag syns"."""
    for i in range(before - 1, start, -1):
        if tokens[i].pos in ("VERB", "AUX") or tokens[i].text in MARKS:
            return False
        if tokens[i].low in ("där", "vars") and tokens[i - 1].pos in ("NOUN", "PROPN"):
            return True
    return False


def clause_behind(parse: Parse, joint: Joint, end: int) -> Clause:
    """The words behind a joint as a clause, with the first finite verb in them."""
    inside = [i for i in finite_verbs(parse.tokens) if joint.start <= i < end]
    if inside and parse.tokens[joint.start].low == "som":  # who does it stands before: "till registrator, som ..."
        return Clause("relative", joint.start, end, inside[0], joint.start)
    return Clause("conjunct", joint.start, end, inside[0] if inside else -1)


def _places(tokens: Sequence[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the words before a joint end, and where those behind it begin; a relative word belongs to them."""
    i = start + LEAST
    while i < end - LEAST:
        at = i
        while at < end and (tokens[at].text in MARKS or tokens[at].low in JOINING):
            at += 1
        relative = at < end and tokens[at].low in RELATIVE
        if (at > i or relative) and at < end:
            yield i, at
            i = at + 1
        else:
            i = at + 1


def _facts(
    tokens: Sequence[Token], left: tuple[int, int], right: tuple[int, int], end: int, finites: frozenset[int], rule: str
) -> Iterator[str]:
    """What stands on both sides: the joining words, the first words behind, verbs and subjects, what they share."""
    (low, before), (at, stop) = left, right
    first = tokens[at]
    joint = "_".join(t.low for t in tokens[before:at]) or "-"
    word = first.low
    if word in RELATIVE:
        joint += f"_{word}"
        first = tokens[at + 1] if at + 1 < stop else first
    own = [i for i in range(at, stop) if i in finites]
    form = _form(first)
    opened = "fin" if own and own[0] <= at + 1 else "later" if own else "none"
    nominal = any(t.pos in ("NOUN", "PRON", "PROPN") for t in tokens[at : own[0]]) if own else False
    size = "short" if stop - at <= SHORT else "middling" if stop - at <= MIDDLING else "long"
    for fact in (
        "", f"first:{first.pos}", f"form:{form}", f"word:{first.low}", f"verb:{opened}", f"size:{size}",
        f"subject:{nominal}", f"verb:{opened}:subject:{nominal}", f"last:{stop == end}",
        f"before:{tokens[before - 1].pos}", f"pair:{first.pos}_{tokens[at + 1].pos if at + 1 < stop else ''}",
    ):  # fmt: skip
        yield f"joint:{joint}:{fact}"
        yield fact or "any"
    ahead = [i for i in range(low, before) if tokens[i].pos in ("VERB", "AUX")]
    behind = [i for i in range(at, stop) if tokens[i].pos in ("VERB", "AUX")]
    same = bool(ahead) and bool(behind) and _form(tokens[ahead[-1]]) == _form(tokens[behind[0]])
    yield f"same:{same}:{form}"
    yield f"verbs:{min(len(ahead), 2)}:{min(len(behind), 2)}"
    yield f"joint:{joint}:verbs:{min(len(ahead), 2)}:{min(len(behind), 2)}"
    ruled = _ruled_by(tokens, low, ahead[-1]) if ahead else "none"
    yield f"ruled:{ruled}:{form}"
    yield f"ruled:{ruled}:{opened}:{nominal}"
    yield f"joint:{joint}:ruled:{ruled}:{opened}"
    modal = next((tokens[i].low for i in behind if tokens[i].low in lexicon().modals), "")
    yield f"modal:{modal}"
    yield f"rule:{rule}"
    yield f"rule:{rule}:form:{form}"
    negated = any(t.low in lexicon().words["negations"] for t in tokens[at:stop])
    yield f"negated:{negated}:{opened}"
    yield f"digit:{any(re.search(r'[0-9]', t.text) for t in tokens[at:stop])}:{opened}"
    if behind:
        yield f"lemma:{tokens[behind[0]].lemma}"


def _ruled_by(tokens: Sequence[Token], low: int, verb: int) -> str:
    """What the last verb before a joint hangs on: "för att", "att" behind a noun or a verb, a modal, or nothing."""
    for i in range(verb - 1, max(low, verb - REACH) - 1, -1):
        word = tokens[i].low
        if word == "att":
            ahead = tokens[i - 1] if i > low else None
            return (
                "för_att"
                if ahead is not None and ahead.low in ("för", "till")
                else (f"{ahead.pos}_att" if ahead is not None else "att")
            )
        if word in lexicon().modals:
            return "modal"
        if tokens[i].pos in ("VERB", "AUX"):
            return "verb"
    return "none"


def _form(token: Token) -> str:
    return token.pos + "".join("+" + name.split("=")[1] for name in FORMS if name in token.morph)
