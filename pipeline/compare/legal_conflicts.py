"""Clauses that contradict an act: the rules of legal_conflicts.yaml over the duties of one document."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.codebooks.cues import CueIndex, split_words
from pipeline.compare.documents import body_of
from pipeline.compare.notices import notice
from pipeline.compare.passages import Passages
from pipeline.failures import Message
from pipeline.records.comparison import DocumentFindings, Finding
from pipeline.records.outline import Unit
from pipeline.records.requirement import Requirement
from pipeline.swedish.legal_duties import LegalDuty, legal_duties
from pipeline.trees import parse_tree

PATH = Path(__file__).with_name("legal_conflicts.yaml")


class LegalRule(BaseModel):
    """One way to contradict an act; legal_conflicts.yaml says what each field means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    duty: str
    requirement: str
    modality: tuple[str, ...] = ()
    statements: bool = False
    joined: bool = False
    clause: tuple[tuple[str, ...], ...] = Field(min_length=1)
    conditions: Literal["none", "any"]
    around: Literal["clause", "paragraph"] = "clause"
    unless: tuple[str, ...] = ()
    weight: float = Field(gt=0, le=1)
    sv: str
    en: str


class LegalConflicts(BaseModel):
    """The whole of legal_conflicts.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[str, str]
    rules: tuple[LegalRule, ...]


@cache
def legal_conflicts() -> LegalConflicts:
    """The rules, checked.

    Raises:
        ValueError: When a rule or a quotation names a duty that legal_duties.yaml does not have.
    """
    content = LegalConflicts.model_validate(parse_tree(PATH.read_text("utf-8")))
    known = {duty.duty_id for duty in legal_duties()}
    unknown = sorted(({rule.duty for rule in content.rules} | set(content.words)) - known)
    if unknown:
        raise ValueError(f"{PATH.name} names duties that are not in the register: {', '.join(unknown)}")
    return content


def find_legal_conflicts(item: DocumentFindings, *, on: datetime.date) -> Iterator[Finding]:
    """The clauses of one document that contradict an act in force on a day, each with its words and the act's.

    A duty under a condition or with an exception contradicts nothing, unless the rule says that the condition itself
    may. Copies and documents that only propose another are no text in force.
    """
    if item.outline is None or item.extraction is None or item.outline.document.completeness == "proposal":
        return
    rules, duties = _in_force(on)
    passages = Passages(item.outline)
    bound: set[int] = set()
    joined: set[tuple[int, str]] = set()
    for requirement in item.extraction.requirements:
        unit = passages.unit_at(requirement.start)
        if unit is not None:
            bound.add(unit.unit)
        if requirement.status != "in_force":
            continue
        own = list(_holding(rules, requirement.quote))
        whole = _joined(rules, requirement.quote, _row_of(passages, unit)) if unit is not None else []
        for rule, words in [*((rule, requirement.quote) for rule in own), *whole]:
            key = (unit.unit if unit is not None else -1, rule.id)
            if key in joined or _allows(rule, requirement, passages, unit):
                continue
            if rule.joined:
                joined.add(key)
            yield _contradiction(item, rule, duties[rule.duty], words, requirement.requirement_id)
    for unit in passages.rule_units:
        if unit.unit not in bound:
            words = passages.read(unit)
            for rule in _holding(rules, words):
                if rule.statements and not _is_lawful(rule, [words]):
                    yield _contradiction(item, rule, duties[rule.duty], words, "")


def lawful_text_of(duty: LegalDuty) -> str:
    """What an act says, to stand beside a clause: its own words where they were at hand, else the register's sentence.

    Source first; where nobody has read the act, that it must be.
    """
    return f"{duty.source}: {legal_conflicts().words.get(duty.duty_id, duty.text_sv)}{duty.check_sv}"


def _allows(rule: LegalRule, requirement: Requirement, passages: Passages, unit: Unit | None) -> bool:
    """Whether what the rule looks for is lawful here: by modality, condition, exception, or the words around."""
    if rule.modality and requirement.modality not in rule.modality:
        return True
    if rule.conditions == "none" and (_limits(requirement.condition) or requirement.exception):
        return True
    said = [requirement.quote, requirement.condition, requirement.exception]
    if unit is not None:
        # The whole sentence, for the clause may be cut before the words that make it lawful.
        said += [passages.read(unit), passages.lead_in_of(unit)]
        if rule.around == "paragraph":
            said.append(passages.paragraph_of(unit))
    return _is_lawful(rule, said)


def _limits(condition: str) -> bool:
    """Whether a condition says in which cases a clause holds; "innan de raderas" only says in which order."""
    return bool(condition) and not condition.casefold().startswith(("innan ", "före "))


@cache
def _in_force(on: datetime.date) -> tuple[CueRules, dict[str, LegalDuty]]:
    day = on.isoformat()
    duties = {d.duty_id: d for d in legal_duties() if d.since <= day and (not d.ends or day < d.ends)}
    return CueRules(rule for rule in legal_conflicts().rules if rule.duty in duties), duties


class CueRules:
    """Some rules with the one index that tells which of them a text concerns."""

    def __init__(self, rules: Iterable[LegalRule]) -> None:
        pairs = [(rule, terms) for rule in rules for terms in rule.clause]
        self.rules = [rule for rule, _ in pairs]
        self.index = CueIndex(terms for _, terms in pairs)


def _holding(rules: CueRules, text: str) -> Iterator[LegalRule]:
    found = rules.index.find_terms(split_words(text))
    seen: set[str] = set()
    for place in sorted(rules.index.holding(found)) if found else ():
        rule = rules.rules[place]
        if rule.id not in seen:
            seen.add(rule.id)
            yield rule


LONGEST_CELL = 4
"""Words of a table's cell that became a line of its own: "Ingen skärmdump"."""


def _row_of(passages: Passages, unit: Unit) -> str:
    """A sentence, with the cell behind it where both are cells of a table that lost its lines."""
    following = passages.beside(unit, 1)
    words = passages.read(unit)
    if following is None or following.section != unit.section or words.rstrip().endswith((".", "!", "?", ":")):
        return words
    cell = passages.read(following)
    if len(split_words(cell)) > LONGEST_CELL or cell.rstrip().endswith((".", "!", "?", ":")):
        return words
    return passages.outline.text[unit.start : following.end]


def _joined(rules: CueRules, clause: str, sentence: str) -> Iterator[tuple[LegalRule, str]]:
    """The rules that a sentence breaks by two of its clauses together, with its words."""
    if sentence != clause:
        yield from ((rule, sentence) for rule in _holding(rules, sentence) if rule.joined)


@cache
def _unless(rule_id: str) -> CueIndex:
    rule = next(rule for rule in legal_conflicts().rules if rule.id == rule_id)
    return CueIndex([[words] for words in rule.unless])


def _is_lawful(rule: LegalRule, said: Iterable[str]) -> bool:
    index = _unless(rule.id)
    return bool(index.find_terms(split_words(" . ".join(filter(None, said)))))


def _contradiction(
    item: DocumentFindings, rule: LegalRule, duty: LegalDuty, quote: str, requirement_id: str
) -> Finding:
    return notice(
        "conflict",
        body_of(item),
        document_id=item.source.document_id,
        requirement=rule.requirement,
        requirement_id=requirement_id,
        quote=quote,
        other_quote=lawful_text_of(duty),
        said=Message(f"{rule.sv} {duty.source}{duty.doubt_sv}.", f"{rule.en} {duty.source}{duty.doubt_en}."),
        weight=rule.weight,
    )
