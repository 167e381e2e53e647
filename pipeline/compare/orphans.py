"""Duties that nobody owns, over a document and over all: what is owned elsewhere is none, and like ones are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.codebooks import ClauseText, Codebook, match_topics
from pipeline.compare.own_findings import NO_OWNER
from pipeline.compare.owners import Owners
from pipeline.compare.support import Support
from pipeline.records.comparison import DocumentFindings, Finding
from pipeline.records.requirement import Requirement

if TYPE_CHECKING:
    from pipeline.compare.cells import BodyDocuments

KIND = "orphan_duty"

UNCOMMON = 0.3
"""Part of its weight that a duty without owner has where nobody else names an owner of such duties."""


def owned_topics(
    item: DocumentFindings, codebook: Codebook, supports: Sequence[tuple[str, Support]], *, least: float
) -> frozenset[str]:
    """The questions of which a document says somewhere whose task they are.

    Args:
        item: The document.
        codebook: The questions.
        supports: What it says to them: question and passage.
        least: Fit from which on a task in a list of roles is one of a question.
    """
    owned = {name for name, support in supports if support.requirement is not None and _has_owner(support.requirement)}
    for task in Owners(item).tasks_of_roles():
        owned |= {match.requirement for match in match_topics(codebook, ClauseText(task, "")) if match.score >= least}
    return frozenset(owned)


def _has_owner(requirement: Requirement) -> bool:
    """Whether a duty is laid on a role or a unit; "medarbetare" is everybody and "kommunen" all of them together."""
    return bool(requirement.actor) and requirement.actor_group in ("role", "unit")


def fold_orphans(
    findings: Iterable[Finding], grouped: Sequence[tuple[Codebook, Sequence[BodyDocuments]]]
) -> Iterator[Finding]:
    """The findings, with one a document and question for all its duties without owner.

    It weighs the more the more of the other municipalities name an owner of such duties. What is laid on a function
    that is gone is a finding of its own.
    """
    shares = _shares(grouped)
    like: dict[tuple[str, str], list[Finding]] = {}
    for row in findings:
        if row.kind == KIND and row.message_sv == NO_OWNER.sv:
            like.setdefault((row.document_id, row.requirement), []).append(row)
        else:
            yield row
    for rows in like.values():
        first = max(rows, key=lambda row: row.weight)
        share = shares.get((first.requirement, first.municipality), 0.0)
        folded = replace(first, weight=round(first.weight * (UNCOMMON + (1 - UNCOMMON) * share), 4))
        more = len(rows) - 1
        if more:
            sv = f" Det gäller {more} ställe{'n' if more > 1 else ''} till i dokumentet."
            en = f" The same holds in {more} more place{'s' if more > 1 else ''}."
            folded = replace(folded, message_sv=folded.message_sv + sv, message_en=folded.message_en + en)
        yield folded


def _shares(grouped: Sequence[tuple[Codebook, Sequence[BodyDocuments]]]) -> Mapping[tuple[str, str], float]:
    """For each question and municipality the share of the others with duties on it that name an owner of one."""
    shares: dict[tuple[str, str], float] = {}
    for codebook, bodies in grouped:
        for entry in codebook.requirements:
            naming = {body.municipality: _names_owner(body, entry.id) for body in bodies}
            having = sum(owner is not None for owner in naming.values())
            owned = sum(owner is True for owner in naming.values())
            for name, owner in naming.items():
                others = having - (owner is not None)
                shares[entry.id, name] = (owned - (owner is True)) / others if others else 1.0
    return shares


def _names_owner(body: BodyDocuments, requirement: str) -> bool | None:
    """Whether a municipality's documents name an owner of a question's duties; None where there are no such duties."""
    duties = [
        support.requirement
        for document in body.in_force
        for support in document.by_requirement.get(requirement, ())
        if support.requirement is not None
    ]
    return any(map(_has_owner, duties)) if duties else None
