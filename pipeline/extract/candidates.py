"""Clauses that may bind somebody, described for the model that finds duties no rule finds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.extract.force import POSITIVE
from pipeline.extract.norm import (
    TRAINED,
    Norm,
    find_infinitive,
    has_negated_subject,
    is_negated,
    norm_of,
    receives,
)
from pipeline.extract.rows import TableRow
from pipeline.extract.subjects import actor_of, find_subject
from pipeline.linear import find_model
from pipeline.records.outline import Outline, Unit
from pipeline.swedish.clauses import Clause, split_clauses
from pipeline.swedish.finite import finite_verbs
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, Token, once_a_parse
from pipeline.text_models import Field, TextModel, load_text_model

DUTY_FIELDS = (
    Field("clause", 1.0, 3, 5, pairs=True),
    Field("grammar", 0.9),
    Field("heading", 0.4, 4, 5),
    Field("around", 0.3, 4, 5),
)
"""How a clause is counted for the duties model."""

DUTY = "duty"
"""The duties model's label."""

LIKELY = 0.5
"""Probability from which on a clause that no rule finds is a duty all the same."""

MODELS = Path(__file__).parent / "models"

VALUE_FIELDS = (
    Field("clause", 1.0, 3, 6, pairs=True),
    Field("around", 0.6, 4, 6),
    Field("heading", 0.5, 4, 6),
    Field("grammar", 0.4),
)
"""How a clause is counted for the values model."""

FORBIDS = "forbids"
"""The values model's label for clauses that forbid or remove content; its others are kinds of retention."""

CANDIDATES = frozenset({"main", "conjunct", "imperative", "verbless"})
NEGATION_REACH = 4
"""Words behind the verb among which a negation denies it."""
INSTEAD_REACH = 4
"""Words at a clause's head among which "i stället" says that it holds instead of what is denied."""
FRONTED = 2
"""Words at a clause's head among which a negation denies its verb ("Aldrig får ..."); later it stands in a phrase."""
OPENING = 4
"""Words at a clause's head whose parts of speech are told."""
_FEATURES = ("Tense", "Voice", "Mood", "VerbForm")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause of a unit; start and end are offsets into the reading text, texts its fields for the model.

    `parse` is that of the unit, and of a row of a table that of the sentence in a cell, where `unit` then begins.
    """

    unit: Unit
    parse: Parse
    clause: Clause
    start: int
    end: int
    texts: Mapping[str, str]


def load_model(name: str) -> TextModel:
    """A model that ships with the package: `duties` or `values`."""
    return load_text_model(find_model(MODELS, f"{name}.npz.zst"))


def norm_of_candidate(parse: Parse, candidate: Candidate, *, confidence: float) -> Norm:
    """A candidate as a norm: its modality is that of its modal verb, or must, or must_not where it is negated."""
    tokens, (start, end) = parse.tokens, _bounds(parse.tokens, candidate.clause)
    clause = replace(candidate.clause, start=start, end=end)
    verb = _ruling_verb(tokens, clause)
    opens = verb == clause.finite and is_negated(tokens, start, min(start + FRONTED, verb))
    force, governed, negated = _force_at(parse, clause, verb, low=start if opens else verb)
    plain, against = force or ("must", "must_not")
    modality = against if negated else plain
    if verb != clause.finite and clause.finite >= 0:
        clause = replace(clause, kind="main", finite=verb)
    norm = norm_of(parse, clause, governed if governed >= 0 else verb, modality, TRAINED, confidence)
    return replace(norm, clause=clause)


def norm_behind(parse: Parse, clause: Clause, modality: str, confidence: float) -> Norm:
    """The words behind a joint as a norm: its modality is that of its own modal verb, else of the duty before it.

    What has a finite verb without modal is told as plain as any rule ("och skickas till registrator").
    """
    tokens = parse.tokens
    verb = clause.finite if clause.finite >= 0 else _ruling_verb(tokens, clause)
    force, governed, negated = _force_at(parse, clause, verb, low=clause.start)
    if force is not None:
        plain, against = force
    elif clause.finite < 0 and not negated:
        # An ellipsis: all of its force is that of the words before, but what is to be done instead is not denied.
        plain, against = POSITIVE.get(modality, modality) if _is_instead(tokens, clause) else modality, ""
    else:
        positive = POSITIVE.get(modality, modality)
        plain = "must" if clause.finite >= 0 and positive == "may" else positive
        against = {"must": "must_not", "should": "should_not", "may": "must_not"}[plain]
    kind = against if negated else plain
    return norm_of(parse, clause, governed if governed >= 0 else verb, kind, TRAINED, confidence)


def _is_instead(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a clause tells what is done instead of what is denied: "utan hänvisa", "; i stället används"."""
    before = tokens[clause.start - 1].low if clause.start else ""
    opening = " ".join(t.low for t in tokens[clause.start : clause.start + INSTEAD_REACH])
    return before in ("utan", ";") or "istället" in opening or "i stället" in opening


def _force_at(
    parse: Parse, clause: Clause, verb: int, *, low: int
) -> tuple[tuple[str, str] | None, int, bool]:  # fmt: skip
    """What a modal says plain and denied (None where the verb is none), its infinitive (-1), and whether it is denied.

    Negations count from `low` on.
    """
    modal = parse.tokens[verb].low
    force = lexicon().modals.get(modal) or (("may", "must_not") if modal == "kan" else None)
    governed = find_infinitive(parse.tokens, verb + 1, clause.end) if force is not None else -1
    if modal == "får" and governed < 0 and receives(parse.tokens[verb + 1 : clause.end]):
        force = ("must", "must_not")
    negated = is_negated(parse.tokens, low, min(clause.end, max(governed, verb + NEGATION_REACH)))
    return force, governed, negated or has_negated_subject(parse, clause)


def _ruling_verb(tokens: Sequence[Token], clause: Clause) -> int:
    """The verb that says what is to be done: the finite one, or behind a condition without "om" the next one.

    "Vet du inte svaret skriver du det", "Har någon skrivit en uppgift bör den döljas".
    """
    finite = clause.finite
    if finite < 0:
        return next((t.i for t in tokens[clause.start : clause.end] if t.pos in ("VERB", "AUX")), clause.start)
    if finite > clause.start:
        return finite
    later = [i for i in finite_verbs(tokens) if clause.start < i < clause.end]
    inner = {t.i for t in tokens[clause.start : clause.end] if t.low in lexicon().words["subordinators"]}
    return next((i for i in later if not any(clause.start < j < i for j in inner)), finite)


def list_candidates(
    outline: Outline, parses: Mapping[int, Parse], rows: Mapping[int, TableRow], *, public_sections: frozenset[int]
) -> list[Candidate]:  # fmt: skip
    """Every clause that could be a duty, in text order.

    Args:
        outline: The document's structure.
        parses: The parses of the units that are looked at, by unit number.
        rows: Those that are rows of tables: their sentences are looked at where any has a verb.
        public_sections: The sections that speak to the commenting public.
    """
    of_type, recommends = f"type:{outline.value_of('document_type')}", f"recommends:{outline.document.recommends}"
    found = []
    for number, parse in sorted(parses.items()):
        unit = outline.units[number]
        if not parse.tokens or parse.text.rstrip().endswith("?"):
            continue
        around = outline.lead_in_of(unit)
        section = outline.sections[unit.section]
        told = [of_type, f"public:{unit.section in public_sections}", recommends]
        told += [f"unit:{unit.kind}", f"section:{section.kind}", f"led:{unit.lead_in >= 0}"]
        told_in = rows[number].told if number in rows else ()
        for place, parsed in [(part.unit, part.parse) for part in told_in] or [(unit, parse)]:
            for clause in _standing_clauses(parsed):
                start, end = _bounds(parsed.tokens, clause)
                if end <= start:
                    continue
                first, last = parsed.tokens[start], parsed.tokens[end - 1]
                texts = {
                    "clause": parsed.text[first.start : last.end],
                    "grammar": " ".join([*told, *_grammar(parsed, clause)]),
                    "heading": section.title,
                    "around": f"{around} {parse.text}",
                }
                found.append(Candidate(place, parsed, clause, place.start + first.start, place.start + last.end, texts))
    return found


def _standing_clauses(parse: Parse) -> list[Clause]:
    """The clauses that can bind by themselves; a sentence that seems to have none is taken as one.

    "Den som trots påpekanden fortsätter kan spärras": where a verb in the middle was missed, the last one is the main.
    """
    clauses = split_clauses(parse)
    standing = [clause for clause in clauses if clause.kind in CANDIDATES]
    if standing or not clauses:
        return standing
    last = max(clause.finite for clause in clauses)
    return [Clause("main", 0, len(parse.tokens), last)]


def _bounds(tokens: Sequence[Token], clause: Clause) -> tuple[int, int]:
    """The clause's token range without marks at its ends."""
    start, end = clause.start, clause.end
    while start < end and tokens[start].pos in ("PUNCT", "SYM", "CCONJ"):
        start += 1
    while end > start and tokens[end - 1].pos in ("PUNCT", "SYM", "CCONJ"):
        end -= 1
    return start, end


@once_a_parse
def _grammar(parse: Parse, clause: Clause) -> tuple[str, ...]:
    """What the parse says of a clause, as tokens without blanks."""
    return tuple(_tell_grammar(parse, clause))


def _tell_grammar(parse: Parse, clause: Clause) -> Iterator[str]:
    tokens = parse.tokens
    yield f"kind:{clause.kind}"
    yield "opens:" + "_".join(t.pos for t in tokens[clause.start : clause.start + OPENING])
    if any(t.low in lexicon().words["negations"] for t in tokens[clause.start : clause.end]):
        yield "negated"
    if clause.finite < 0:
        yield f"first:{tokens[clause.start].pos}"
        return
    verb = tokens[clause.finite]
    features = dict(part.split("=", 1) for part in verb.morph.split("|") if "=" in part)
    form = "_".join(features.get(name, "") for name in _FEATURES)
    subject = find_subject(parse, clause)
    actor = actor_of(parse, subject)
    group = actor.group if actor is not None else "none"
    head = tokens[subject.head] if subject is not None else None
    noun = f"{head.pos}_{'Def' if 'Definite=Def' in head.morph else 'Ind'}" if head is not None else "none"
    modal = verb.low if verb.low in lexicon().modals else ""
    yield f"form:{form}"
    yield f"lemma:{verb.lemma}"
    yield f"modal:{modal}"
    yield f"group:{group}"
    yield f"subject:{noun}"
    inverted = subject is not None and subject.head > clause.finite
    yield f"order:{'inverted' if inverted else 'straight'}"
    yield f"group_form:{group}_{form}"
    yield f"group_kind:{group}_{clause.kind}"
    if head is not None:
        yield f"head:{re.sub(r'[^a-zåäöé]', '', head.lemma.lower())}"
    following = next((t for t in tokens[clause.finite + 1 : clause.end] if t.pos == "VERB"), None)
    if following is not None:
        yield f"then:{following.lemma}"
