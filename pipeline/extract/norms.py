"""Which clauses of a sentence bind somebody: the rules in their order, and what they leave out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.extract.conjuncts import with_conjuncts
from pipeline.extract.modal_rules import (
    by_cleft,
    by_continuation,
    by_exemption,
    by_imperative,
    by_measure,
    by_modal,
    by_permission,
    by_phrase,
    by_same,
    by_state,
)  # fmt: skip
from pipeline.extract.norm import Norm, trimmed, words_of
from pipeline.extract.present_rules import (
    by_present_active,
    by_present_passive,
    by_quantity,
    by_relative_duty,
    by_result,
)
from pipeline.swedish.clauses import Clause, split_clauses
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, once_a_parse

RULES: tuple[Callable[[Parse, Clause, Norm | None], Norm | None], ...] = (
    by_same, by_continuation, by_exemption, by_modal, by_cleft, by_measure, by_imperative, by_phrase, by_state,
    by_permission, by_present_passive, by_present_active, by_quantity, by_result, by_relative_duty,
)  # fmt: skip
"""Each looks at one clause, knowing the norm found before it; the first that finds something decides."""


FORBORNE = {"must": "must_not", "should": "should_not"}
"""A duty to forbear forbids: "bör avstå från att skriva"."""


@once_a_parse
def find_norms(parse: Parse) -> tuple[Norm, ...]:
    """The norms of one sentence or list item, in text order, before what the surroundings say of them."""
    found: list[Norm] = []
    clauses = split_clauses(parse)
    for clause in clauses:
        before = found[-1] if found else None
        norm = next((n for rule in RULES if (n := rule(parse, clause, before)) is not None), None)
        if norm is None:
            continue
        norm = replace(norm, clause=clause)
        if parse.tokens[norm.verb].lemma == "avstå":
            norm = replace(norm, modality=FORBORNE.get(norm.modality, norm.modality))
        if norm.modality == "may" and is_invitation(parse, norm):
            continue
        found += with_conjuncts(parse, norm)
    return tuple(_apart(parse, found))


def is_invitation(parse: Parse, norm: Norm) -> bool:
    """Whether a permission is only an invitation to the reader ("Du får gärna tipsa oss"), or a right of anybody."""
    said = words_of(parse, norm.start, norm.end)
    if lexicon().patterns["invites"].search(said):
        return True
    entitled = norm.rule == "phrase" and re.search(r"\b(?:har|äger) rätt att\b", said)  # not in a condition
    return bool(entitled) and (norm.actor is None or norm.actor.group not in ("organisation", "role", "unit"))


def _apart(parse: Parse, norms: list[Norm]) -> list[Norm]:
    """The norms with a non-restrictive relative clause taken out of the norm before it."""
    tokens = parse.tokens
    result: list[Norm] = []
    for norm in norms:
        last = result[-1] if result else None
        if last is not None and norm.clause is not None and norm.clause.kind == "relative" and last.end > norm.start:
            result[-1] = replace(last, end=trimmed(tokens, last.start, norm.start))
        result.append(norm)
    return result
