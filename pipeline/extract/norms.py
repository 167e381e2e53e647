"""Which clauses of a sentence bind somebody, with what modality, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.clauses import COORDINATORS, Clause, split_clauses
from pipeline.extract.lexicon import lexicon
from pipeline.extract.subjects import Actor, Phrase, actor_of, agent_of, find_subject, phrase_at
from pipeline.swedish.parsing import Parse, Token

PERSONAL = ("role", "unit", "staff", "public")
_NOT_NEGATING = frozenset({"bara", "enbart", "endast", "minst", "sällan", "heller"})
_HABIT = frozenset({"vanligtvis", "ofta", "oftast", "ibland", "vanligen", "numera", "idag"})


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


def find_norms(parse: Parse) -> list[Norm]:
    """The norms of one sentence or list item, in text order, before what the surroundings say of them."""
    found: list[Norm] = []
    clauses = split_clauses(parse)
    for clause in clauses:
        before = found[-1] if found else None
        norm = next((n for rule in _RULES if (n := rule(parse, clause, before)) is not None), None)
        if norm is None:
            continue
        norm = replace(norm, clause=clause)
        if norm.modality == "may" and _invites(parse, norm):
            continue
        found += with_conjuncts(parse, norm) if norm.rule != "phrase" else _with_att_clauses(parse, norm)
    return _apart(parse, found)


def _invites(parse: Parse, norm: Norm) -> bool:
    """Whether a permission is only an invitation to the reader ("Du får gärna tipsa oss"), or a right of anybody."""
    said = words_of(parse, norm.start, norm.end)
    if re.search(r"\bfår (?:du |ni )?(?:alltid |också )?gärna\b|\bär (?:du |ni )?välkom", said):
        return True
    entitled = re.search(r"\b(?:har|äger) rätt att\b", said)
    return bool(entitled) and (norm.actor is None or norm.actor.group not in ("organisation", "role", "unit"))


def is_negated(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a negation stands between two tokens; "inte bara" negates nothing."""
    for i in range(start, min(end, len(tokens))):
        if tokens[i].text.lower() in lexicon().words["negations"]:
            follows = tokens[i + 1].text.lower() if i + 1 < len(tokens) else ""
            if follows not in _NOT_NEGATING:
                return True
    return False


def words_of(parse: Parse, start: int, end: int) -> str:
    """The words of a token range in lower case, white space folded."""
    if start >= end:
        return ""
    return re.sub(r"\s+", " ", parse.text[parse.tokens[start].start : parse.tokens[end - 1].end]).lower()


def _by_state(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """ "är skyldig att", "är inte tillåtet", "det är viktigt att"."""
    if clause.kind not in ("main", "conjunct", "verbless"):
        return None
    said = words_of(parse, clause.start, clause.end)
    for modality, pattern in lexicon().states:
        found = pattern.search(said)
        if found:
            return _norm(parse, clause, clause.finite, modality, "state", 0.75)
    return None


def _by_phrase(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """Fixed expressions: "har ansvar för", "kommer att tas bort", "accepteras inte", "förbehåller sig rätten"."""
    if clause.kind not in ("main", "conjunct"):
        return None
    said = words_of(parse, clause.start, clause.end)
    for pattern, modality in lexicon().phrases:
        if pattern.search(said):
            norm = _norm(parse, clause, clause.finite, modality, "phrase", 0.8)
            return replace(norm, actor=_burdened(parse, clause) or norm.actor)
    return None


def _burdened(parse: Parse, clause: Clause) -> Actor | None:
    """On whom a duty lies where that is not the subject: "Det åligger nämnden", "Ansvaret ligger på chefen"."""
    tokens = parse.tokens
    for i in range(clause.start, clause.end - 1):
        low = tokens[i].text.lower()
        if low in ("åligger", "åvilar"):
            return actor_of(parse, phrase_at(parse, i + 1, clause.end))
        if low in ("på", "hos") and tokens[i - 1].text.lower() in ("ligger", "vilar", "ankommer"):
            return actor_of(parse, phrase_at(parse, i + 1, clause.end))
    return None


def _by_modal(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """A modal with its infinitive: "ska besvaras", "får inte publicera", "behöver inte diarieföras"."""
    if clause.finite < 0 or not _may_hold_norm(parse, clause):
        return None
    tokens = parse.tokens
    modal = tokens[clause.finite].text.lower()
    if modal not in lexicon().modals:
        return None
    verb = _infinitive(tokens, clause.finite + 1, clause.end)
    if verb < 0:
        if modal in ("får", "behöver"):
            return None
        verb = clause.finite
    if (
        verb > clause.finite
        and "VerbForm=Sup" in (tokens[verb + 1].morph if verb + 1 < len(tokens) else "")
        and tokens[verb].text == "ha"
    ):
        return None  # hearsay: "ska ha skrivit"
    negated = is_negated(tokens, clause.finite + 1, verb) or _negated_subject(parse, clause)
    if clause.kind in ("relative", "subordinate", "conjunct"):
        negated = negated or is_negated(tokens, clause.start, clause.finite)
    plain, against = lexicon().modals[modal]
    confidence = {"main": 0.95, "conjunct": 0.95, "imperative": 0.9}.get(clause.kind, 0.6)
    norm = _norm(parse, clause, verb, against if negated else plain, f"modal_{modal}", confidence)
    if modal == "behöver" and not negated and tokens[verb].lemma not in ("finnas", "vara", "ha") and norm.actor is None:
        return replace(norm, confidence=0.5)
    return norm


def _by_permission(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """ "kan" where it permits or empowers; where it only tells what is possible it is no norm."""
    tokens = parse.tokens
    if clause.kind not in ("main", "conjunct") or tokens[clause.finite].text.lower() != "kan":
        return None
    verb = _infinitive(tokens, clause.finite + 1, clause.end)
    if verb < 0 or is_negated(tokens, clause.finite, verb):
        return None
    norm = _norm(parse, clause, verb, "may", "permission", 0.6)
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


def _by_cleft(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """ "Det är ansvarig chef som beslutar"."""
    tokens = parse.tokens
    if clause.kind != "main" or tokens[clause.finite].text.lower() not in ("är", "blir"):
        return None
    around = {t.text.lower() for t in tokens[max(0, clause.finite - 1) : clause.finite + 2]}
    if "det" not in around:
        return None
    som = next((t.i for t in tokens[clause.finite + 1 : clause.end] if t.text.lower() == "som"), -1)
    verb = next(
        (t.i for t in tokens[som + 1 : clause.end] if t.pos in ("VERB", "AUX") and "VerbForm=Fin" in t.morph), -1
    )
    if som < 0 or verb < 0:
        return None
    subject = _between(parse, clause.finite + 1, som)
    actor = actor_of(parse, subject)
    if actor is None or not (
        lexicon().has("duty_verbs", tokens[verb].lemma) or tokens[verb].text.lower() in lexicon().modals
    ):
        return None
    modality = lexicon().modals.get(tokens[verb].text.lower(), ("must", "must_not"))[
        is_negated(tokens, clause.finite, verb)
    ]
    return replace(_norm(parse, clause, verb, modality, "cleft", 0.9), subject=subject, actor=actor)


def _by_imperative(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """An order to the reader: "Använd inte ...", "Rådgör alltid med ..."."""
    if clause.kind != "imperative":
        return None
    tokens = parse.tokens
    low = tokens[clause.finite].text.lower()
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
    return _norm(parse, clause, clause.finite, modality, "imperative", 0.85)


def _by_continuation(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """ "Det innebär att besvara inlägg": what a duty just stated comes to."""
    tokens = parse.tokens
    if clause.kind != "main" or tokens[clause.finite].lemma not in lexicon().words["continuations"]:
        return None
    if words_of(parse, clause.start, clause.finite) not in ("det", "detta"):
        return None
    follows = tokens[clause.finite + 1].text.lower() if clause.finite + 1 < clause.end else ""
    if follows != "att":
        return _norm(parse, clause, clause.finite, "must", "continuation", 0.45)
    nxt = tokens[clause.finite + 2] if clause.finite + 2 < clause.end else None
    if nxt is not None and ("VerbForm=Inf" in nxt.morph or "Mood=Imp" in nxt.morph):
        return _norm(parse, clause, nxt.i, "must", "continuation", 0.8)
    modal = next((t for t in tokens[clause.finite + 2 : clause.end] if t.text.lower() in lexicon().modals), None)
    if modal is None:
        return None
    verb = _infinitive(tokens, modal.i + 1, clause.end)
    pair = lexicon().modals[modal.text.lower()]
    negated = is_negated(tokens, clause.finite + 2, verb if verb > 0 else modal.i + 2)
    return _norm(parse, clause, max(verb, modal.i), pair[negated], "continuation", 0.8)


def _by_present_passive(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """A present passive that tells what is done: "Inlägg som innehåller hot raderas"."""
    tokens = parse.tokens
    if clause.kind not in ("main", "conjunct") or clause.finite < 0:
        return None
    verb = tokens[clause.finite]
    low = verb.text.lower()
    is_passive = "Voice=Pass" in verb.morph or (low.endswith("s") and verb.pos != "AUX" and _active_lemma(low) != "")
    lemma = verb.lemma if "Voice=Pass" in verb.morph else _active_lemma(low) or verb.lemma
    follows = tokens[clause.finite + 1].text.lower() if clause.finite + 1 < clause.end else ""
    looked_over = lemma == "se" and follows in ("över", "igenom")
    if (
        not is_passive
        or "Tense=Past" in verb.morph
        or (lexicon().has("descriptive_passives", lemma) and not looked_over)
    ):
        return None
    said = {t.text.lower() for t in tokens[clause.start : clause.end]}
    if said & _HABIT:
        return None
    duty = lexicon().has("duty_verbs", lemma) or _active_lemma(low) != ""
    by_many = agent_of(parse, clause.finite + 1, clause.end) is None and "av" in said and not duty
    if by_many or _is_medium(parse, find_subject(parse, clause)):
        return None
    negated = is_negated(tokens, clause.finite + 1, min(clause.end, clause.finite + 4)) or _negated_subject(
        parse, clause
    )
    return _norm(
        parse, clause, clause.finite, "must_not" if negated else "must", "present_passive", 0.75 if duty else 0.55
    )


def _active_lemma(passive: str) -> str:
    """The verb of duty whose present passive a form is, empty for none."""
    verbs = lexicon().words["duty_verbs"]
    stem = passive[:-1]
    return next((v for v in (stem, stem + "a") if v in verbs and len(v) > 1), "")


def _by_present_active(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """A present tense with somebody of the organisation as subject: "Ansvarig chef beslutar"."""
    tokens = parse.tokens
    if clause.kind not in ("main", "conjunct") or clause.finite < 0:
        return None
    verb = tokens[clause.finite]
    if verb.text.lower() == "för":
        verb = replace(verb, pos="VERB", lemma="föra", morph="Tense=Pres")  # the tagger takes it for the preposition
    if verb.pos not in ("VERB", "AUX") or "Tense=Pres" not in verb.morph or "Voice=Pass" in verb.morph:
        return None
    negated = is_negated(tokens, clause.finite + 1, min(clause.end, clause.finite + 4))
    modality = "must_not" if negated else "must"
    if clause.kind == "conjunct":
        shares = before is not None and before.rule in ("present_active", "present_passive", "answers_for", "cleft")
        if shares and before is not None and lexicon().has("duty_verbs", verb.lemma):
            return replace(
                _norm(parse, clause, clause.finite, modality, "present_active", 0.75),
                actor=before.actor,
                subject=before.subject,
            )
        return None
    norm = _norm(parse, clause, clause.finite, modality, "present_active", 0.75)
    if verb.lemma == "vara" and norm.subject is not None:
        told = tokens[norm.subject.head].text.lower() in lexicon().words["quality_subjects"]
        return replace(norm, rule="quality", confidence=0.6) if told else None
    answers = verb.lemma in ("ansvara", "svara") and "för" in {
        t.text.lower() for t in tokens[clause.finite + 1 : clause.finite + 5]
    }
    if answers and norm.actor is not None and norm.actor.group != "public":
        return replace(norm, rule="answers_for", confidence=0.92)
    if norm.actor is None or lexicon().has("descriptive_verbs", verb.lemma):
        return None
    if verb.lemma == "bedöma" and any(t.text.lower() == "att" for t in tokens[clause.finite + 1 : clause.finite + 4]):
        return None  # an opinion, not a task
    return _weighed(norm, verb.lemma)


def _weighed(norm: Norm, lemma: str) -> Norm | None:
    """A present tense as a norm, weighed by who does what: a function's acts bind, "vi" binds by promises only."""
    group = norm.actor.group if norm.actor is not None else ""
    duty, weak = lexicon().has("duty_verbs", lemma), lexicon().has("weak_actives", lemma)
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


def _by_relative_duty(parse: Parse, clause: Clause, before: Norm | None) -> Norm | None:
    """A standing task told in a relative clause: "till informationschefen som ansvarar för publiceringen"."""
    tokens = parse.tokens
    if clause.kind != "relative" or tokens[clause.subordinator].text.lower() != "som":
        return None
    if before is not None and before.rule == "cleft":
        return None
    verb = tokens[clause.finite]
    follows = {t.text.lower() for t in tokens[clause.finite + 1 : clause.finite + 4]}
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
    return replace(_norm(parse, clause, clause.finite, "must", "answers_for", 0.7), subject=subject, actor=actor)


_RULES: tuple[Callable[[Parse, Clause, Norm | None], Norm | None], ...] = (
    _by_continuation, _by_modal, _by_cleft, _by_imperative, _by_phrase, _by_state, _by_permission, _by_present_passive,
    _by_present_active, _by_relative_duty,
)  # fmt: skip


def _norm(parse: Parse, clause: Clause, verb: int, modality: str, rule: str, confidence: float) -> Norm:
    """A norm over a clause with its subject and actor; a passive's actor is its agent."""
    subject = find_subject(parse, clause)
    actor = actor_of(parse, subject)
    passive = "Voice=Pass" in parse.tokens[max(verb, 0)].morph
    if actor is None or passive:
        named = agent_of(parse, max(verb, 0) + 1, clause.end) or _giver_of(parse, max(verb, 0) + 1, clause.end)
        actor = named or (actor if not passive else None) or _actor_of_condition(parse, clause)
    return Norm(clause.start, clause.end, verb, modality, rule, confidence, subject, actor, clause.kind == "conjunct")


def _giver_of(parse: Parse, start: int, end: int) -> Actor | None:
    """Whose approval or decision there must be: "Det ska finnas ett godkännande från närmaste chef"."""
    tokens = parse.tokens
    given = [
        t.i for t in tokens[start:end] if t.lemma in ("godkännande", "beslut", "medgivande", "tillstånd", "uppdrag")
    ]
    for i in given:
        if i + 1 < end and tokens[i + 1].text.lower() in ("från", "av", "hos"):
            head = next((t.i for t in tokens[i + 2 : end] if t.pos in ("NOUN", "PROPN")), -1)
            if head >= 0:
                return actor_of(parse, Phrase(i + 2, head + 1, head))
    return None


def _actor_of_condition(parse: Parse, clause: Clause) -> Actor | None:
    """Who the condition in front speaks of: "Om en verksamhet startar ett konto ska detta rapporteras"."""
    if clause.kind != "main" or parse.tokens[clause.start].text.lower() not in ("om", "när", "innan", "då", "ifall"):
        return None
    fronted = [c for c in split_clauses(parse) if c.kind == "subordinate" and c.finite < clause.finite]
    if not fronted or fronted[0].subordinator != clause.start:
        return None
    actor = actor_of(parse, find_subject(parse, fronted[0]))
    return actor if actor is not None and actor.group in ("unit", "role", "staff") and not actor.points_back else None


def _may_hold_norm(parse: Parse, clause: Clause) -> bool:
    """Whether a modal in this kind of clause can bind: main clauses, and relative ones that add rather than restrict."""
    if clause.kind in ("main", "conjunct"):
        return True
    if clause.kind == "relative":
        return clause.subordinator > 0 and parse.tokens[clause.subordinator - 1].text == ","
    return False


def _infinitive(tokens: Sequence[Token], start: int, end: int) -> int:
    """The infinitive that a modal governs, past subject and adverbs; -1 for none."""
    for i in range(start, min(end, len(tokens))):
        token = tokens[i]
        low = token.text.lower()
        if low == "att" and i > start:
            return -1 if tokens[start - 1].text.lower() != "behöver" else _infinitive(tokens, i + 1, end)
        if token.pos in ("VERB", "AUX"):
            infinitive = "VerbForm=Inf" in token.morph or "Mood=Imp" in token.morph or low.endswith(("as", "es", "s"))
            if infinitive or "VerbForm=Fin" in token.morph:
                return i
        if low in ("som", "om", "när"):
            return _infinitive_after_relative(tokens, i, end)
    return -1


def _infinitive_after_relative(tokens: Sequence[Token], start: int, end: int) -> int:
    """The infinitive behind a relative clause inside the subject ("ska den som ansvarar för kontot spara")."""
    return next(
        (t.i for t in tokens[start:end] if "VerbForm=Inf" in t.morph and tokens[t.i - 1].text.lower() != "att"), -1
    )


def _negated_subject(parse: Parse, clause: Clause) -> bool:
    """ "Inga personuppgifter får publiceras"."""
    first = parse.tokens[clause.start].text.lower() if clause.start < len(parse.tokens) else ""
    return first in ("inga", "ingen", "inget", "aldrig", "inte") and clause.kind == "main"


def _between(parse: Parse, start: int, end: int) -> Phrase | None:
    """The noun phrase between two tokens, for clefts."""
    tokens = [t for t in parse.tokens[start:end] if t.pos not in ("ADV", "PUNCT") and t.text.lower() != "det"]
    nouns = [t for t in tokens if t.pos in ("NOUN", "PROPN", "PRON", "ADJ")]
    return Phrase(tokens[0].i, tokens[-1].i + 1, nouns[-1].i) if nouns else None


def _is_medium(parse: Parse, subject: Phrase | None) -> bool:
    """Whether the subject is a medium or platform: what is done with it in general describes."""
    return subject is not None and bool(lexicon().media_subject.search(parse.tokens[subject.head].text))


def _has_particle(tokens: Sequence[Token], verb: int, particles: Sequence[str]) -> bool:
    return any(t.text.lower() in particles for t in tokens[verb + 1 : verb + 6])


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
        if tokens[clause.finite].text.lower() in ("kan", "vill") or _is_medium(parse, subject):
            continue
        said = {t.text.lower() for t in tokens[clause.start : clause.end]}
        if said & _HABIT or tokens[-1].text == "?":
            continue
        negated = is_negated(tokens, clause.start, clause.end) or "uteslutna" in said
        found.append(_norm(parse, clause, clause.finite, "must_not" if negated else "must", "plain_present", 0.5))
    return found


def verb_initial_norms(parse: Parse, actor: Actor | None, *, rule: str) -> list[Norm]:
    """The tasks in words without a subject, whose doer stands elsewhere: "Planerar innehåll, publicerar och svarar"."""
    tokens = parse.tokens
    start = next((t.i for t in tokens if t.pos not in ("PUNCT", "SYM", "ADV")), -1)
    if start < 0 or tokens[start].pos not in ("VERB", "AUX") or "VerbForm=Fin" not in tokens[start].morph:
        return []
    end = _trimmed(tokens, start, len(tokens))
    heads = [start]
    for i in range(start + 1, end):
        presents = "VerbForm=Fin" in tokens[i].morph and "Tense=Pres" in tokens[i].morph and tokens[i].pos == "VERB"
        if presents and tokens[i - 1].text.lower() in (",", "och", "samt"):
            heads.append(i)
    ends = [*heads[1:], end]
    return [
        Norm(a, _trimmed(tokens, a, b), a, "must", rule, 0.75, None, actor, conjunct=n > 0)
        for n, (a, b) in enumerate(zip(heads, ends, strict=True))
        if not lexicon().has("descriptive_verbs", tokens[a].lemma)
    ]


def with_conjuncts(parse: Parse, norm: Norm) -> list[Norm]:
    """A norm and what is co-ordinated with its verb or its "att" clause, each with its own words."""
    return [piece for part in _with_conjuncts(parse, norm) for piece in _with_att_clauses(parse, part)]


def _with_conjuncts(parse: Parse, norm: Norm) -> list[Norm]:
    """A norm and the further infinitives under the same modal, each with its own words."""
    tokens = parse.tokens
    heads = [norm.verb]
    imperative = norm.rule == "imperative"
    finite_rule = norm.rule in ("present_active", "present_passive", "answers_for", "permission", "state", "cleft")
    if imperative or finite_rule or norm.verb < 0:
        return [norm]
    starts: list[int] = []
    for i in range(norm.verb + 1, norm.end):
        token = tokens[i]
        if not _is_infinitive(token) or _depth(tokens, norm.verb, i):
            continue
        lead = i - 1
        while lead > norm.verb and tokens[lead].pos in ("ADV", "PART") and tokens[lead].text.lower() != "bort":
            lead -= 1
        if lead - 2 > norm.verb and tokens[lead].pos == "NOUN" and tokens[lead - 1].pos == "ADP":
            lead -= 2  # "och vid behov polisanmälas"
        if tokens[lead].text.lower() not in (",", "och", "samt", "men"):
            continue
        heads.append(i)
        starts.append(lead + 1)
    if not starts:
        return [norm]
    ends = [*starts[1:], norm.end]
    first = replace(norm, end=_trimmed(tokens, norm.start, starts[0]))
    rest = [
        replace(norm, start=a, end=_trimmed(tokens, a, b), verb=v, conjunct=True, confidence=norm.confidence * 0.97)
        for a, b, v in zip(starts, ends, heads[1:], strict=True)
    ]
    return [first, *[_own_negation(parse, n) for n in rest]]


def _with_att_clauses(parse: Parse, norm: Norm) -> list[Norm]:
    """A norm over several "att" clauses as one norm each: "ser till att kontot bevakas och att frågor besvaras"."""
    tokens = parse.tokens
    atts = [t.i for t in tokens[norm.start : norm.end] if t.text.lower() == "att" and t.i > norm.verb]
    further = [i for i in atts[1:] if tokens[i - 1].text.lower() in (",", "och", "samt")]
    if not further or norm.verb < 0:
        return [norm]
    ends = [*further[1:], norm.end]
    first = replace(norm, end=_trimmed(tokens, norm.start, further[0]))
    rest = [
        replace(norm, start=a, end=_trimmed(tokens, a, b), verb=_verb_after(tokens, a, b), conjunct=True)
        for a, b in zip(further, ends, strict=True)
    ]
    return [first, *rest]


def _verb_after(tokens: Sequence[Token], start: int, end: int) -> int:
    return next((t.i for t in tokens[start:end] if t.pos in ("VERB", "AUX")), start)


def _own_negation(parse: Parse, norm: Norm) -> Norm:
    """A later conjunct has its own negation or none: "ska inte publiceras utan tas bort" forbids only the first."""
    negated = is_negated(parse.tokens, norm.start, norm.verb)
    if negated and norm.modality in ("must", "may"):
        return replace(norm, modality="must_not")
    return norm


def _is_infinitive(token: Token) -> bool:
    return token.pos in ("VERB", "AUX") and (
        "VerbForm=Inf" in token.morph
        or "Mood=Imp" in token.morph
        or ("VerbForm=Fin" in token.morph and token.text.endswith("as"))
    )


def _depth(tokens: Sequence[Token], start: int, i: int) -> bool:
    """Whether an infinitive hangs inside something else: after "att", or in a clause of its own."""
    before = tokens[i - 1].text.lower()
    if before == "att":
        return True
    for j in range(i - 1, start, -1):
        low = tokens[j].text.lower()
        if low in (",", "och", "samt", "men", ")"):
            after = {t.text.lower() for t in tokens[j + 1 : i]}
            inside = {t.text.lower() for t in tokens[start + 1 : j]}
            # "för att sköta kontroll och besvara": the purpose's own co-ordination, unless a comma closes it.
            in_purpose = "att" in inside and low != "," and not (inside & {"som"})
            return bool(after & lexicon().words["subordinators"]) or in_purpose
        if low in lexicon().words["subordinators"]:
            return True
    return False


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> int:
    """The end without trailing marks, coordinators and a parenthesis that stands between two conjuncts."""
    while end > start + 1 and (
        tokens[end - 1].text in (",", ";", ":", "–", "-", ".") or tokens[end - 1].text.lower() in COORDINATORS
    ):
        end -= 1
    if tokens[end - 1].text == ")":
        opened = next((t.i for t in reversed(tokens[start:end]) if t.text == "("), -1)
        if opened > start + 1 and any(t.text.lower() in lexicon().modals for t in tokens[opened:end]):
            return opened
    return end


def _apart(parse: Parse, norms: list[Norm]) -> list[Norm]:
    """The norms with a non-restrictive relative clause taken out of the norm before it."""
    tokens = parse.tokens
    result: list[Norm] = []
    for norm in norms:
        last = result[-1] if result else None
        if last is not None and norm.clause is not None and norm.clause.kind == "relative" and last.end > norm.start:
            result[-1] = replace(last, end=_trimmed(tokens, last.start, norm.start))
        result.append(norm)
    return result
