"""What a clause says beside what it was written for: an act it names is also among the acts that apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.codebooks import Codebook
from pipeline.drafting.flow import Sentence
from pipeline.drafting.inflection import common_words
from pipeline.drafting.naming import current_act, is_act, is_time, name_act, name_titles
from pipeline.drafting.templates import Wording
from pipeline.drafting.wording import Rule


@dataclass(frozen=True, slots=True)
class Echo:
    """Values of a requirement that a clause says, though it was written for another or for other values.

    Attributes:
        requirement: Whose values they are.
        values: In the normal form of cells; empty where the clause says no more than the bare duty.
        words: The values in Swedish.
        said_in: The requirement whose clause says them, often another, sometimes the same.
    """

    requirement: str
    values: tuple[str, ...]
    words: tuple[str, ...]
    said_in: str


def find_echoes(
    codebook: Codebook, wording: Wording, clauses: Mapping[str, tuple[Rule, Sequence[Sentence]]], *, on: date
) -> tuple[Echo, ...]:
    """All that the clauses of a draft say beside their own, in the order of the clauses, without what is said anyway.

    Acts and documents answer the requirement that asks for all of them, wherever they are named, and an act what it is
    about; the rest is knowledge of the wording (`also`, `as_owner`, `as_document`).

    Args:
        codebook: The requirements.
        wording: How the clauses are said.
        clauses: Rule and sentences by requirement.
        on: The day on which the acts that are named must be in force.
    """
    found = []
    for name in clauses:
        for requirement, values in _beside(codebook, wording, name, clauses, on):
            own = _own(clauses[requirement][0], on) if requirement in clauses else ()
            new = tuple(v for v in values if v not in own)
            if new or (requirement not in clauses and requirement != name):
                found.append(Echo(requirement, new, _in_words(codebook, requirement, new, on), name))
    return tuple(dict.fromkeys(found))


def _beside(
    codebook: Codebook, wording: Wording, name: str, clauses: Mapping[str, tuple[Rule, Sequence[Sentence]]], on: date
) -> Iterator[tuple[str, tuple[str, ...]]]:
    (rule, sentences), also = clauses[name], wording.requirements[name].also
    for key in dict.fromkeys(k for s in sentences for k in (*s.tokens, s.form) if k in also):
        yield from ((requirement, tuple(values)) for requirement, values in also[key].items())
    named = codebook.find(name)
    acts: tuple[str, ...] = ()
    if named is not None and "legal_reference" in named.kinds:
        acts = tuple(dict.fromkeys(current_act(t, on) for s in sentences for t in s.tokens if is_act(t)))
    documents = name_titles(rule.document) if rule.answer == "delegated" else ()
    titles = name_titles("|".join(rule.tokens)) if named is not None and named.value == "documents" else ()
    for other, words in wording.requirements.items():
        left_to = tuple(t for t in titles if t.startswith(words.as_document))
        if left_to and other in clauses and clauses[other][0].answer == "delegated":
            yield other, left_to
        if other != name and words.as_owner and rule.owner.startswith(words.as_owner):
            yield other, (rule.owner,)
    for entry in codebook.requirements:
        if entry.id != name and entry.free_values and entry.value == "acts" and acts:
            yield entry.id, acts
        elif entry.id != name and set(acts).intersection(entry.acts):
            about = tuple(a for a in acts if a in entry.acts)
            yield entry.id, about if "legal_reference" in entry.kinds else ()
        elif entry.id != name and entry.free_values and entry.value == "documents" and documents:
            yield entry.id, documents


def _own(rule: Rule, on: date) -> tuple[str, ...]:
    return name_titles(rule.document) if rule.answer == "delegated" else _current(rule.tokens, on)


def _current(tokens: Sequence[str], on: date) -> tuple[str, ...]:
    return tuple(current_act(t, on) if is_act(t) and not is_time(t) else t for t in tokens)


def _in_words(codebook: Codebook, requirement: str, values: Sequence[str], on: date) -> tuple[str, ...]:
    entry = codebook.find(requirement)
    members = {m.id: m.sv for m in entry.members} if entry else {}
    names = members | dict(common_words()["prohibited_content"])
    return tuple(dict.fromkeys(name_act(v, on) if is_act(v) else str(names.get(v, v)) for v in values))
