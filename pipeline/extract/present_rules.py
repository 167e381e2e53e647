"""Norms in the plain present tense: what is done here, and who does it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.agents import agent_of
from pipeline.extract.norm import (
    ANSWERS,
    HABIT,
    Norm,
    has_negated_subject,
    is_looked_over,
    is_medium,
    is_negated,
    norm_of,
    own_tokens,
    trimmed,
)  # fmt: skip
from pipeline.extract.subjects import Actor, Phrase, actor_of, find_subject
from pipeline.swedish.clauses import Clause, split_clauses
from pipeline.swedish.finite import passive_forms
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse

_COMPARED = frozenset({"fler", "flest", "oftare", "mest", "sällan"})
"""Words that compare how often something is done: whoever compares describes."""
_ONLY = frozenset({"bara", "endast", "enbart", "inte", "aldrig"})
"""Words by which what is told of media in general is what may be done with them here."""
LONG_VERB = 5
"""Letters from which on a verb's stem tells its participle from other words."""


def by_present_passive(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """A present passive that tells what is done: "Inlägg som innehåller hot raderas"."""
    tokens = parse.tokens
    if clause.kind not in ("main", "conjunct") or clause.finite < 0:
        return None
    verb = tokens[clause.finite]
    low = verb.low
    is_passive = "Voice=Pass" in verb.morph or (low.endswith("s") and verb.pos != "AUX" and _active_lemma(low) != "")
    lemma = verb.lemma if "Voice=Pass" in verb.morph else _active_lemma(low) or verb.lemma
    looked_over = is_looked_over(tokens, clause.finite, clause.end)
    if (
        not is_passive
        or "Tense=Past" in verb.morph
        or (lexicon().has("descriptive_passives", lemma) and not looked_over)
    ):
        return None
    said = {t.low for t in own_tokens(parse, clause)}
    if said & HABIT or tokens[clause.start].low == "för":
        return None  # a habit, or a reason: "..., för handlingarna hålls ordnade där"
    duty = lexicon().has("duty_verbs", lemma) or _active_lemma(low) != ""
    negated = is_negated(tokens, clause.finite + 1, min(clause.end, clause.finite + 4)) or has_negated_subject(
        parse, clause
    )
    if said & _COMPARED and not negated:
        return None  # "Korta texter läses av fler", "Filmer delas mer än bilder": what is, not what shall be
    by_many = agent_of(parse, clause.finite + 1, clause.end) is None and "av" in said and not duty
    used = lemma in ("använda", "utnyttja") or not duty
    restricted = not _ONLY.isdisjoint(said)  # "På arbetstid används sociala medier bara i tjänsten"
    if by_many or (used and not restricted and is_medium(parse, find_subject(parse, clause))):
        return None
    return norm_of(
        parse, clause, clause.finite, "must_not" if negated else "must", "present_passive", 0.75 if duty else 0.55
    )


def by_quantity(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """What holds for each of something is a rule: "Varje konto har en ansvarig"."""
    tokens = parse.tokens
    if clause.kind != "main" or tokens[clause.finite].lemma not in ("ha", "finnas", "innehålla"):
        return None
    said = [t.low for t in tokens[clause.start : clause.end]]
    opens = said[0] in ("varje", "samtliga", "respektive")
    if not opens and not ("varje" in said and tokens[clause.finite].lemma == "finnas"):
        return None
    negated = is_negated(tokens, clause.finite + 1, min(clause.end, clause.finite + 4))
    return norm_of(parse, clause, clause.finite, "must_not" if negated else "must", "quantity", 0.6)


def by_result(parse: Parse, clause: Clause, _: Norm | None) -> Norm | None:
    """What becomes of things, as a rule: "Frågor blir besvarade inom 48 timmar"."""
    tokens = parse.tokens
    if clause.kind not in ("main", "conjunct") or tokens[clause.finite].low != "blir":
        return None
    stems = tuple(v[:-1] for v in lexicon().words["duty_verbs"] if len(v) > LONG_VERB)
    done = [t for t in tokens[clause.finite + 1 : clause.finite + 5] if t.low.endswith(("de", "d", "t", "da"))]
    if not any(t.low.startswith(stems) and t.pos in ("VERB", "ADJ") for t in done):
        return None
    negated = is_negated(tokens, clause.finite + 1, min(clause.end, clause.finite + 4))
    return norm_of(parse, clause, clause.finite, "must_not" if negated else "must", "result", 0.6)


def _active_lemma(passive: str) -> str:
    """The verb of duty whose present passive a form is, empty for none."""
    verbs = lexicon().words["duty_verbs"]
    stem = passive[:-1]
    return next((v for v in (stem, stem + "a") if v in verbs and len(v) > 1), "")


def by_present_active(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """A present tense with somebody of the organisation as subject: "Ansvarig chef beslutar"."""
    tokens = parse.tokens
    if clause.kind not in ("main", "conjunct") or clause.finite < 0:
        return None
    verb = tokens[clause.finite]
    if verb.low == "för":
        verb = replace(verb, pos="VERB", lemma="föra", morph="Tense=Pres")  # the tagger takes it for the preposition
    if verb.pos not in ("VERB", "AUX") or "Tense=Pres" not in verb.morph or "Voice=Pass" in verb.morph:
        return None
    if any("VerbForm=Sup" in t.morph for t in tokens[clause.finite + 1 : clause.finite + 4]):
        return None  # "har tillstyrkt" tells what was done
    negated = is_negated(tokens, clause.finite + 1, min(clause.end, clause.finite + 4))
    modality = "must_not" if negated else "must"
    if clause.kind == "conjunct":
        shares = before is not None and before.rule in ("present_active", "present_passive", ANSWERS, "cleft")
        if shares and before is not None and lexicon().has("duty_verbs", verb.lemma):
            return replace(
                norm_of(parse, clause, clause.finite, modality, "present_active", 0.75),
                actor=before.actor,
                subject=before.subject,
            )
        return None
    norm = norm_of(parse, clause, clause.finite, modality, "present_active", 0.75)
    if verb.lemma == "vara" and norm.subject is not None:
        told = tokens[norm.subject.head].low in lexicon().words["quality_subjects"]
        return replace(norm, rule="quality", confidence=0.6) if told else None
    answers = verb.lemma in ("ansvara", "svara") and "för" in {
        t.low for t in tokens[clause.finite + 1 : clause.finite + 5]
    }
    if answers and norm.actor is not None and norm.actor.group != "public":
        return replace(norm, rule=ANSWERS, confidence=0.92)
    if norm.actor is None or lexicon().has("descriptive_verbs", verb.lemma):
        return None
    if verb.lemma == "bedöma" and any(t.low == "att" for t in tokens[clause.finite + 1 : clause.finite + 4]):
        return None  # an opinion, not a task
    return _weighed(norm, verb.lemma, looks_over=is_looked_over(tokens, clause.finite, clause.end))


def _weighed(norm: Norm, lemma: str, *, looks_over: bool) -> Norm | None:
    """A present tense as a norm, weighed by who does what: a function's acts bind, "vi" binds by promises only."""
    group = norm.actor.group if norm.actor is not None else ""
    duty = looks_over or lexicon().has("duty_verbs", lemma)
    weak = lexicon().has("weak_actives", lemma)
    if group == "organisation":
        if norm.modality == "must_not":
            return replace(norm, confidence=0.6)  # "Vi delar inte annonser": what one does not do, one has ruled out
        return replace(norm, confidence=0.7) if lexicon().has("commitment_verbs", lemma) else None
    if group == "role":
        return norm if duty and not weak else replace(norm, confidence=0.6)
    if group == "unit":
        return norm if duty and not weak else None
    if group in ("staff", "public") and duty and not weak:
        return replace(norm, confidence=0.6)
    return None


def by_relative_duty(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """A standing task told in a relative clause: "till informationschefen som ansvarar för publiceringen"."""
    tokens = parse.tokens
    if clause.kind == "relative" and tokens[clause.subordinator].low in ("vilket", "vilken", "vilka"):
        return _by_added_passive(parse, clause)
    if clause.kind != "relative" or tokens[clause.subordinator].low != "som":
        return None
    if before is not None and before.rule == "cleft":
        return None
    verb = tokens[clause.finite]
    follows = {t.low for t in tokens[clause.finite + 1 : clause.finite + 4]}
    answers = verb.lemma in ("ansvara", "svara") and "för" in follows
    adds = tokens[clause.subordinator - 1].text == "," and lexicon().has("duty_verbs", verb.lemma)
    if not answers and not (adds and "Tense=Pres" in verb.morph):
        return None
    subject = find_subject(parse, clause)
    actor = actor_of(parse, subject)
    if subject is None or actor is None or actor.group not in ("role", "unit"):
        return None
    # A role that opens its sentence is only told apart by the clause ("Chefen som ansvarar för kontot ska ...").
    opens = all(t.pos in ("DET", "ADJ", "PUNCT", "ADV") for t in tokens[: subject.start])
    definite = "Definite=Def" in tokens[subject.head].morph
    if opens or not definite:
        return None
    return replace(norm_of(parse, clause, clause.finite, "must", ANSWERS, 0.7), subject=subject, actor=actor)


def _by_added_passive(parse: Parse, clause: Clause) -> Norm | None:
    """What is done besides with what was just named: "dokumenteras i ett protokoll, vilket bevaras"."""
    tokens, verb = parse.tokens, parse.tokens[clause.finite]
    adds = clause.subordinator > 0 and tokens[clause.subordinator - 1].text == ","
    done = verb.low in passive_forms() and clause.finite <= clause.subordinator + 2
    return norm_of(parse, clause, clause.finite, "must", "present_passive", 0.6) if adds and done else None


def _tells_of_the_past(parse: Parse, clause: Clause) -> bool:
    """Whether a clause tells what has been done: "Regionen har gjort bedömningen att nyttan överväger"."""
    behind = parse.tokens[clause.finite + 1 : clause.finite + 4]
    return parse.tokens[clause.finite].lemma == "ha" and any("VerbForm=Sup" in t.morph for t in behind)


def _is_of_document(parse: Parse, subject: Phrase | None) -> bool:
    """Whether a document is told of: "Kommunikationspolicyn lyfter fram orden nära och trovärdigt"."""
    nouns = tuple(noun for noun in lexicon().words["document_nouns"] if len(noun) > LONG_VERB)
    return subject is not None and parse.tokens[subject.head].low.endswith(nouns)


def plain_norms(parse: Parse) -> list[Norm]:
    """What a sentence says as a plain fact, as a norm: for documents that state all their rules so.

    "Varje kanal har en kontoinnehavare." "Reklam förekommer inte."
    """
    tokens = parse.tokens
    found = []
    for clause in split_clauses(parse):
        if clause.kind not in ("main", "conjunct") or "Tense=Pres" not in tokens[clause.finite].morph:
            continue
        subject = find_subject(parse, clause)
        if tokens[clause.finite].low in ("kan", "vill") or is_medium(parse, subject):
            continue
        said = {t.low for t in tokens[clause.start : clause.end]}
        if (
            said & HABIT
            or tokens[-1].text == "?"
            or _tells_of_the_past(parse, clause)
            or _is_of_document(parse, subject)
        ):
            continue
        negated = is_negated(tokens, clause.start, clause.end) or "uteslutna" in said
        found.append(norm_of(parse, clause, clause.finite, "must_not" if negated else "must", "plain_present", 0.5))
    return found


def verb_initial_norms(parse: Parse, actor: Actor | None, *, rule: str) -> list[Norm]:
    """The tasks in words without a subject, whose doer stands elsewhere: "Planerar innehåll, publicerar och svarar"."""
    tokens = parse.tokens
    start = next((t.i for t in tokens if t.pos not in ("PUNCT", "SYM", "ADV")), -1)
    if start < 0 or tokens[start].pos not in ("VERB", "AUX") or "VerbForm=Fin" not in tokens[start].morph:
        return []
    if "Voice=Pass" in tokens[start].morph:
        return []  # "Bevaras inte": what is done with a thing is nobody's task
    end = trimmed(tokens, start, len(tokens))
    heads = [start]
    for i in range(start + 1, end):
        presents = "VerbForm=Fin" in tokens[i].morph and "Tense=Pres" in tokens[i].morph and tokens[i].pos == "VERB"
        if presents and tokens[i - 1].low in (",", "och", "samt"):
            heads.append(i)
    ends = [*heads[1:], end]
    return [
        Norm(a, trimmed(tokens, a, b), a, "must", rule, 0.75, None, actor, conjunct=n > 0)
        for n, (a, b) in enumerate(zip(heads, ends, strict=True))
        if not lexicon().has("descriptive_verbs", tokens[a].lemma)
    ]
