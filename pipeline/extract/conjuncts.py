"""Norms cut where their verbs or "att" clauses are co-ordinated: each duty has its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.embedding import goes_on_within
from pipeline.extract.force import POSITIVE
from pipeline.extract.norm import ANSWERS, Norm, is_negated, trimmed
from pipeline.extract.subjects import Actor, actor_of, phrase_at
from pipeline.swedish.clauses import put_in
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token


def with_conjuncts(parse: Parse, norm: Norm) -> list[Norm]:
    """A norm and what is co-ordinated with its verb or its "att" clause, each with its own words."""
    # A fixed phrase is not a verb with objects of its own to be told apart.
    parts = _with_conjuncts(parse, norm) if norm.rule != "phrase" else [norm]
    return [piece for part in parts for piece in _with_att_clauses(parse, part)]


def _with_conjuncts(parse: Parse, norm: Norm) -> list[Norm]:
    """A norm and the further infinitives under the same modal, each with its own words."""
    tokens = parse.tokens
    heads = [norm.verb]
    imperative = norm.rule == "imperative"
    finite_rule = norm.rule in ("present_active", "present_passive", ANSWERS, "permission", "state", "cleft")
    if imperative or finite_rule or norm.verb < 0:
        return [norm]
    starts: list[int] = []
    inside = put_in(tokens)
    for i in range(norm.verb + 1, norm.end):
        token = tokens[i]
        if not _is_infinitive(token) or _depth(tokens, norm.verb, i) or _points_elsewhere(tokens, i):
            continue
        lead = i - 1
        while lead > norm.verb and _says_how(tokens[lead]):
            lead -= 1
        if lead - 2 > norm.verb and tokens[lead].pos == "NOUN" and tokens[lead - 1].pos == "ADP":
            lead -= 2  # "och vid behov polisanmälas"
        instead = tokens[lead].low == "utan" and norm.modality in POSITIVE
        if (tokens[lead].low not in (",", "och", "samt", "men") and not instead) or lead in inside:
            continue
        if goes_on_within(tokens, norm.start, lead, lead + 1):
            continue
        heads.append(i)
        starts.append(lead + 1)
    if not starts:
        return [norm]
    ends = [*starts[1:], norm.end]
    first = replace(norm, end=trimmed(tokens, norm.start, starts[0]))
    rest = [
        replace(norm, start=a, end=trimmed(tokens, a, b), verb=v, conjunct=True, confidence=norm.confidence * 0.97)
        for a, b, v in zip(starts, ends, heads[1:], strict=True)
    ]
    return [first, *[_own_negation(parse, n) for n in rest]]


def _with_att_clauses(parse: Parse, norm: Norm) -> list[Norm]:
    """A norm over several "att" clauses as one norm each: "ser till att kontot bevakas och att frågor besvaras"."""
    tokens = parse.tokens
    atts = [t.i for t in tokens[norm.start : norm.end] if t.low == "att" and t.i > norm.verb]
    # "innebär att nämnden ansvarar för ... och att chefen ..." has the first of them before the verb.
    within = norm.rule == ANSWERS and any(t.low == "att" for t in tokens[norm.start : max(norm.verb, norm.start)])
    further = [i for i in (atts if within else atts[1:]) if tokens[i - 1].low in (",", "och", "samt")]
    if not further or norm.verb < 0 or tokens[atts[0] - 1].low == "om":
        return [norm]  # "upplysning om att ..., att ... och att ...": what is told, not what is done
    ends = [*further[1:], norm.end]
    first = replace(norm, end=trimmed(tokens, norm.start, further[0]))
    rest = [
        replace(
            norm, start=a, end=trimmed(tokens, a, b), verb=_verb_after(tokens, a, b), conjunct=True,
            actor=_own_doer(parse, norm, a, b) or norm.actor,
        )
        for a, b in zip(further, ends, strict=True)
    ]  # fmt: skip
    return [first, *rest]


def _own_doer(parse: Parse, norm: Norm, att: int, end: int) -> Actor | None:
    """Who an "att" clause says answers for something: "... och att varje chef ansvarar för informationen"."""
    verb = _verb_after(parse.tokens, att, end)
    return actor_of(parse, phrase_at(parse, att + 1, verb)) if norm.rule == ANSWERS and verb > att + 1 else None


def _points_elsewhere(tokens: Sequence[Token], i: int) -> bool:
    """Whether a "se" behind a comma only says where more stands: "Språket ska vara enkelt, se bilaga 4"."""
    follows = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return tokens[i].low in ("se", "jfr", "jämför") and follows not in ("till", "över", "igenom", "ut")


def _verb_after(tokens: Sequence[Token], start: int, end: int) -> int:
    return next((t.i for t in tokens[start:end] if t.pos in ("VERB", "AUX")), start)


def _own_negation(parse: Parse, norm: Norm) -> Norm:
    """A later conjunct has its own negation or none: "ska inte publiceras utan tas bort" forbids only the first."""
    negated = is_negated(parse.tokens, norm.start, norm.verb)
    if not negated and parse.tokens[norm.start - 1].low == "utan":  # "ska inte raderas utan bemötas"
        return replace(norm, modality=POSITIVE.get(norm.modality, norm.modality))
    if negated and norm.modality in ("must", "may"):
        return replace(norm, modality="must_not")
    return norm


def _is_infinitive(token: Token) -> bool:
    return token.pos in ("VERB", "AUX") and (
        "VerbForm=Inf" in token.morph
        or "Mood=Imp" in token.morph
        or ("VerbForm=Fin" in token.morph and token.text.endswith("as"))
    )


def _says_how(token: Token) -> bool:
    """Whether a word between a coordinator and its infinitive is an adverb, whatever it is tagged: "skriftligen"."""
    return (token.pos in ("ADV", "PART") and token.low != "bort") or token.low.endswith("ligen")


def _says_when(token: Token) -> bool:
    """Whether a word that may open a clause is an adverb here: "ta en skärmdump och sedan radera inlägget"."""
    return token.low == "sedan" and token.pos == "ADV"


def _depth(tokens: Sequence[Token], start: int, i: int) -> bool:
    """Whether an infinitive hangs inside something else: after "att", or in a clause of its own."""
    before = tokens[i - 1].low
    if before == "att":
        return True
    for j in range(i - 1, start, -1):
        low = tokens[j].low
        if low in (",", "och", "samt", "men", ")"):
            after = {t.low for t in tokens[j + 1 : i] if not _says_when(t)}
            inside = {t.low for t in tokens[start + 1 : j]}
            # "för att sköta kontroll och besvara": the purpose's own co-ordination, unless a comma closes it.
            in_purpose = "att" in inside and low != "," and not (inside & {"som"})
            return bool(after & lexicon().words["subordinators"]) or in_purpose
        if low in lexicon().words["subordinators"] and not _says_when(tokens[j]):
            return True
    return False
