"""Norms by their marks: modals, imperatives, fixed phrases, states, clefts, continuations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.norm import (
    ANSWERS,
    SAME,
    Norm,
    find_infinitive,
    has_negated_subject,
    is_negated,
    norm_of,
    own_tokens,
    words_of,
)
from pipeline.extract.subjects import EACH, Actor, Phrase, actor_of, group_of, is_each, phrase_at
from pipeline.records.requirement import EXEMPTION
from pipeline.swedish.clauses import Clause, split_clauses
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token


def by_exemption(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """What frees somebody of a duty: "är inte skyldig att", "slipper", "undantas från", "det krävs inget"."""
    if clause.kind not in ("main", "conjunct") or clause.finite < 0:
        return None
    if not lexicon().patterns["exempts"].search(words_of(parse, clause.start, clause.end)):
        return None
    norm = norm_of(parse, clause, clause.finite, "may", EXEMPTION, 0.75)
    return None if norm.actor is not None and norm.actor.group == "public" else norm


def by_state(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """Finds "är skyldig att", "är inte tillåtet", "det är viktigt att"."""
    if clause.kind not in ("main", "conjunct", "verbless"):
        return None
    said = _own_words(parse, clause)
    for modality, pattern in lexicon().states:
        found = pattern.search(said)
        if found and _NOT_FORBIDDEN.search(said):
            return None  # "Det är inte förbjudet att kritisera kommunen" is no order
        if found:
            norm = norm_of(parse, clause, clause.finite, modality, "state", 0.75)
            return replace(norm, rule=ANSWERS, confidence=0.92) if _answers(norm, said) else norm
    return None


def _own_words(parse: Parse, clause: Clause) -> str:
    """The words of a clause without those of its relative clauses: "Inlägg som är olämpliga tas bort" says "tas bort".

    Of a cleft ("Det är chefen som är ansvarig för kontot") the relative clause is what is said.
    """
    start, tokens = _behind_condition(parse, clause), parse.tokens
    first = tokens[clause.start].low if clause.start < len(tokens) else ""
    if clause.finite < 0 or (first == "det" and tokens[clause.finite].lemma in ("vara", "bli")):
        return words_of(parse, start, clause.end)
    return " ".join(t.low for t in own_tokens(parse, clause) if t.i >= start)


_NOT_FORBIDDEN = re.compile(r"\b(?:inte|ej) (?:förbju|otillåt)")
_ANSWERS = re.compile(r"\bansvarig[ae]?(?: [\wåäö]+)? för\b")


def _answers(norm: Norm, said: str) -> bool:
    """Whether somebody of the organisation, or whom a word points back to, is told to answer for something."""
    return norm.actor is not None and norm.actor.group != "public" and bool(_ANSWERS.search(said))


def _behind_condition(parse: Parse, clause: Clause) -> int:
    """Where a clause's own words begin: at its verb where a condition without "om" stands before that.

    "Är du osäker på om bilden är tillåten tillfrågas chefen" says what is to be done in its last two words.
    """
    opening = split_clauses(parse)[0]
    turned = opening.kind == "subordinate" and opening.subordinator < 0 and opening.start == clause.start
    return clause.finite if turned and clause.finite > opening.finite else clause.start


def by_phrase(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """Fixed expressions: "har ansvar för", "kommer att tas bort", "accepteras inte", "förbehåller sig rätten"."""
    if clause.kind not in ("main", "conjunct"):
        return None
    said = words_of(parse, _behind_condition(parse, clause), clause.end)
    for pattern, modality in lexicon().phrases:
        if pattern.search(said):
            norm = norm_of(parse, clause, clause.finite, modality, "phrase", 0.8)
            return replace(norm, actor=_burdened(parse, clause) or norm.actor)
    return None


_BURDENS = frozenset({"uppgift", "uppgifter", "ansvar", "skyldighet", "sak", "roll", "uppdrag"})


def _burdened(parse: Parse, clause: Clause) -> Actor | None:
    """On whom a duty lies where that is not the subject: "Det åligger nämnden", "Ansvaret ligger på chefen"."""
    tokens = parse.tokens
    for i in range(clause.start, clause.end - 1):
        low = tokens[i].low
        if low in ("åligger", "åvilar"):
            return actor_of(parse, phrase_at(parse, i + 1, _end_of_burdened(tokens, i + 1, clause.end)))
        if low == "är" and re.match(r"(?i)\w*ansvarig|\w*ägare|kontaktperson", tokens[clause.start].text):
            return actor_of(parse, phrase_at(parse, i + 1, clause.end))
        if low in _BURDENS and i >= EACH and is_each(tokens, i - EACH):
            return Actor("var och en", "staff")
        if low in _BURDENS and i and tokens[i - 1].low.endswith("s"):
            return _known(tokens[i - 1].low.removesuffix("s"))
        if low in ("målsättning", "ambition") and i:
            owner = tokens[i - 1].low.removesuffix("s")
            return Actor("vi", "organisation") if owner == "vår" else _known(owner)
        if low in ("på", "hos") and tokens[i - 1].low in ("ligger", "vilar", "ankommer", "faller"):
            return actor_of(parse, phrase_at(parse, i + 1, clause.end))
    return None


def _known(word: str) -> Actor | None:
    return Actor(word, group_of(word)) if group_of(word) else None


def _end_of_burdened(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where those end on whom a duty lies: before "att", and not before what tells who they are has its verb."""
    told = any(t.low == "som" for t in tokens[start:end])
    atts = (t.i for t in tokens[start:end] if t.low == "att")
    return next((i for i in atts if not told or any("VerbForm=Fin" in t.morph for t in tokens[start:i])), end)


def by_modal(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """A modal with its infinitive: "ska besvaras", "får inte publicera", "behöver inte diarieföras"."""
    if clause.finite < 0 or not _may_hold_norm(parse, clause):
        return None
    tokens = parse.tokens
    modal = tokens[clause.finite].low
    if modal not in lexicon().modals:
        return None
    verb = find_infinitive(tokens, clause.finite + 1, clause.end)
    if verb < 0:
        if modal in ("får", "behöver"):
            return None
        verb = clause.finite
    behind = tokens[verb + 1].morph if verb + 1 < len(tokens) else ""
    if tokens[verb].text == "ha" and "VerbForm=Sup" in behind and "Voice=Pass" not in behind:
        return None  # hearsay: "ska ha skrivit"; but "ska ha besvarats" asks for it to be done by then
    negated = is_negated(tokens, clause.finite + 1, verb) or has_negated_subject(parse, clause)
    if clause.kind in ("relative", "subordinate", "conjunct"):
        negated = negated or is_negated(tokens, clause.start, clause.finite)
    plain, against = lexicon().modals[modal]
    confidence = {"main": 0.95, "conjunct": 0.95, "imperative": 0.9}.get(clause.kind, 0.6)
    norm = norm_of(parse, clause, verb, against if negated else plain, f"modal_{modal}", confidence)
    if modal == "behöver" and not negated and tokens[verb].lemma not in ("finnas", "vara", "ha") and norm.actor is None:
        return replace(norm, confidence=0.5)
    return norm


def _may_hold_norm(parse: Parse, clause: Clause) -> bool:
    """Whether a modal in this kind of clause can bind: in main clauses, and in relative ones that add."""
    if clause.kind in ("main", "conjunct"):
        return True
    if clause.kind == "relative":
        return clause.subordinator > 0 and parse.tokens[clause.subordinator - 1].text == ","
    return False


def by_permission(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """Finds "kan" where it permits or empowers; where it only tells what is possible it is no norm."""
    tokens = parse.tokens
    if clause.kind not in ("main", "conjunct"):
        return None
    following = tokens[clause.finite + 1 : clause.finite + 2]
    if tokens[clause.finite].low == "äger" and any("VerbForm=Inf" in t.morph for t in following):
        return norm_of(parse, clause, clause.finite + 1, "may", "permission", 0.8)  # old style: "äger utfärda"
    if tokens[clause.finite].low != "kan":
        return None
    verb = find_infinitive(tokens, clause.finite + 1, clause.end)
    if verb < 0 or is_negated(tokens, clause.finite, verb):
        return None
    norm = norm_of(parse, clause, verb, "may", "permission", 0.6)
    lemma = tokens[verb].lemma
    passive = "Voice=Pass" in tokens[verb].morph
    takes_away = lemma != "ta" or _has_particle(tokens, verb, ("bort",))
    if (
        lexicon().has("power_verbs", lemma)
        and takes_away
        and (passive or (norm.actor is not None and norm.actor.group != "public"))
    ):
        return norm
    if (
        lexicon().has("permit_verbs", lemma)
        and norm.actor is not None
        and norm.actor.group in ("role", "unit", "staff")
    ):
        return replace(norm, confidence=0.5)
    return None


def _has_particle(tokens: Sequence[Token], verb: int, particles: Sequence[str]) -> bool:
    return any(t.low in particles for t in tokens[verb + 1 : verb + 6])


def by_measure(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """Finds "Att blockera är en åtgärd som endast får vidtas av chefen": the relative clause says what holds."""
    tokens = parse.tokens
    if clause.kind != "main" or tokens[clause.finite].low != "är":
        return None
    som = next((t.i for t in tokens[clause.finite + 1 : clause.end] if t.low == "som"), -1)
    measure = som > 0 and tokens[som - 1].low in lexicon().words["measure_nouns"]
    modal = next((t for t in tokens[som + 1 : som + 4] if t.low in lexicon().modals), None)
    verb = find_infinitive(tokens, modal.i + 1, clause.end) if measure and modal is not None else -1
    if modal is None or verb < 0:
        return None
    modality = lexicon().modals[modal.low][is_negated(tokens, som + 1, verb)]
    return norm_of(parse, clause, verb, modality, "measure", 0.7)


def by_cleft(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """Finds "Det är ansvarig chef som beslutar"."""
    tokens = parse.tokens
    if clause.kind != "main" or tokens[clause.finite].low not in ("är", "blir"):
        return None
    around = {t.low for t in tokens[max(0, clause.finite - 1) : clause.finite + 2]}
    if "det" not in around:
        return None
    som = next((t.i for t in tokens[clause.finite + 1 : clause.end] if t.low == "som"), -1)
    verb = next(
        (t.i for t in tokens[som + 1 : clause.end] if t.pos in ("VERB", "AUX") and "VerbForm=Fin" in t.morph), -1
    )
    if som < 0 or verb < 0 or any(t.low in ("om", "att", "när") for t in tokens[clause.finite + 1 : som]):
        return None  # "Det är bra om den som svarar skriver sitt namn"
    subject = _between(parse, clause.finite + 1, som)
    actor = actor_of(parse, subject)
    negated = is_negated(tokens, clause.finite, verb)
    passive = "Voice=Pass" in tokens[verb].morph and lexicon().has("duty_verbs", tokens[verb].lemma)
    if actor is None and passive and not negated:
        # "Det är bara följande som döljs"; "Det är inte allt som döljs" forbids nothing
        return replace(norm_of(parse, clause, verb, "must", "cleft", 0.7), subject=subject)
    if actor is None or not (lexicon().has("duty_verbs", tokens[verb].lemma) or tokens[verb].low in lexicon().modals):
        return None
    modality = lexicon().modals.get(tokens[verb].low, ("must", "must_not"))[negated]
    return replace(norm_of(parse, clause, verb, modality, "cleft", 0.9), subject=subject, actor=actor)


def _between(parse: Parse, start: int, end: int) -> Phrase | None:
    """The noun phrase between two tokens, for clefts."""
    tokens = [t for t in parse.tokens[start:end] if t.pos not in ("ADV", "PUNCT") and t.low != "det"]
    nouns = [t for t in tokens if t.pos in ("NOUN", "PROPN", "PRON", "ADJ")]
    return Phrase(tokens[0].i, tokens[-1].i + 1, nouns[-1].i) if nouns else None


def by_imperative(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """An order to the reader: "Använd inte ...", "Rådgör alltid med ..."."""
    if clause.kind != "imperative":
        return None
    tokens = parse.tokens
    low = tokens[clause.finite].low
    rest = words_of(parse, clause.finite + 1, clause.end)
    if low in ("se", "läs", "mer", "klicka", "gilla") and not rest.startswith(
        ("till", "över", "igenom", "inte", "aldrig")
    ):
        return None  # pointers to other pages
    if not rest:
        return None  # a label, or half a menu
    negated = is_negated(tokens, clause.finite + 1, min(clause.end, clause.finite + 4))
    modality = "must_not" if negated else "must"
    if low in lexicon().words["avoiding"]:
        modality = "should_not"
    elif low in lexicon().words["advising_imperatives"] or rest.startswith("gärna") or " gärna " in f" {rest} ":
        modality = "should_not" if negated else "should"
    elif low == "glöm":
        modality = "must"
    return norm_of(parse, clause, clause.finite, modality, "imperative", 0.85)


def by_continuation(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """Finds "Det innebär att besvara inlägg": what a duty just stated comes to."""
    tokens = parse.tokens
    if clause.kind != "main":
        return None
    if tokens[clause.finite].lemma == "vara":
        return _by_rule_noun(parse, clause)
    if tokens[clause.finite].lemma not in lexicon().words["continuations"]:
        return None
    said = words_of(parse, clause.start, clause.finite)
    follows = [t.low for t in tokens[clause.finite + 1 : min(clause.finite + 3, clause.end)]]
    if said.startswith(("för ", "i praktiken")) and follows[:1] in (["det"], ["detta"]) and follows[1:] == ["att"]:
        return _told(parse, clause, clause.finite + 3)  # "För våra kanaler innebär det att de läses dagligen"
    if said not in ("det", "detta"):
        return None
    if follows[:1] != ["att"]:
        return norm_of(parse, clause, clause.finite, "must", "continuation", 0.45)
    nxt = tokens[clause.finite + 2] if clause.finite + 2 < clause.end else None
    if nxt is not None and ("VerbForm=Inf" in nxt.morph or "Mood=Imp" in nxt.morph):
        return norm_of(parse, clause, nxt.i, "must", "continuation", 0.8)
    answering = _answering(parse, clause)
    modal = next((t for t in tokens[clause.finite + 2 : clause.end] if t.low in lexicon().modals), None)
    if answering is not None:
        return answering
    if modal is None:
        told = _told(parse, clause, clause.finite + 2)
        return told if told is not None and "Voice=Pass" in tokens[told.verb].morph else None
    verb = find_infinitive(tokens, modal.i + 1, clause.end)
    pair = lexicon().modals[modal.low]
    negated = is_negated(tokens, clause.finite + 2, verb if verb > 0 else modal.i + 2)
    return norm_of(parse, clause, max(verb, modal.i), pair[negated], "continuation", 0.8)


def _told(parse: Parse, clause: Clause, start: int) -> Norm | None:
    """What the clause below says is done: by its present passive, or by somebody who acts."""
    tokens = parse.tokens
    verb = next((i for i in range(start, clause.end) if "VerbForm=Fin" in tokens[i].morph), -1)
    if verb < 0 or "Tense=Past" in tokens[verb].morph:
        return None
    negated = is_negated(tokens, start, min(clause.end, verb + 3))
    norm = norm_of(parse, clause, verb, "must_not" if negated else "must", "continuation", 0.75)
    if "Voice=Pass" in tokens[verb].morph:
        return None if lexicon().has("descriptive_passives", tokens[verb].lemma) else norm
    doer = actor_of(parse, phrase_at(parse, start, verb))
    acts = doer is not None and doer.group not in ("", "public")
    return replace(norm, actor=doer) if acts and not lexicon().has("descriptive_verbs", tokens[verb].lemma) else None


def _answering(parse: Parse, clause: Clause) -> Norm | None:
    """Finds "Det innebär att varje nämnd ansvarar för sidan": the clause below says who answers for what."""
    tokens = parse.tokens
    below = range(clause.finite + 2, clause.end)
    verb = next((i for i in below if "VerbForm=Fin" in tokens[i].morph), -1)
    answers = verb > 0 and tokens[verb].lemma in ("ansvara", "svara") and tokens[verb + 1].low == "för"
    doer = actor_of(parse, phrase_at(parse, clause.finite + 2, verb)) if answers else None
    return replace(norm_of(parse, clause, verb, "must", ANSWERS, 0.8), actor=doer) if doer is not None else None


def by_same(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """Finds "Detsamma gäller klagomål": what holds of the things told before holds of others; so does its force."""
    if clause.kind not in ("main", "conjunct") or clause.finite < 0:
        return None
    if not lexicon().patterns["same_holds"].match(words_of(parse, clause.start, clause.end)):
        return None
    return norm_of(parse, clause, clause.finite, "must", SAME, 0.7)


def _by_rule_noun(parse: Parse, clause: Clause) -> Norm | None:
    """Finds "Huvudregeln är att inlägg inte registreras": the clause below says what the rule is."""
    tokens = parse.tokens
    if clause.finite + 2 >= clause.end or tokens[clause.finite + 1].low != "att":
        return None
    if words_of(parse, clause.start, clause.finite).split(" ")[-1] not in lexicon().words["rule_nouns"]:
        return None
    verb = next((t.i for t in tokens[clause.finite + 2 : clause.end] if t.pos in ("VERB", "AUX")), -1)
    if verb < 0:
        return None
    plain, against = lexicon().modals.get(tokens[verb].low, ("must", "must_not"))
    negated = is_negated(tokens, clause.finite + 2, verb + 1)
    main = find_infinitive(tokens, verb + 1, clause.end) if tokens[verb].low in lexicon().modals else verb
    subject = phrase_at(parse, clause.finite + 2, verb)
    norm = norm_of(parse, clause, max(main, verb), against if negated else plain, "continuation", 0.8)
    doer = actor_of(parse, subject) if "Voice=Pass" not in tokens[norm.verb].morph else norm.actor
    return replace(norm, subject=subject, actor=doer)
