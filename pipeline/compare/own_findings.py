"""What an analyst should look at in one document, whatever the others say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pipeline.compare.documents import body_of
from pipeline.compare.legal_conflicts import find_legal_conflicts
from pipeline.compare.notices import notice
from pipeline.compare.staleness import find_copy_residue, find_stale_names
from pipeline.failures import Message
from pipeline.records.comparison import DocumentFindings, Finding
from pipeline.records.requirement import Requirement

ORPHAN_WEIGHT = {"must": 0.5, "should": 0.3}
"""A prohibition binds all and a permission nobody: neither needs an owner."""

_OPPOSED = ({"must", "must_not"}, {"should", "should_not"}, {"must", "should_not"}, {"should", "must_not"})


def find_own_findings(item: DocumentFindings, *, on: datetime.date) -> Iterator[Finding]:
    """What can be found in one document without looking at others; nothing in a copy of another file."""
    if item.outline is not None and not item.source.duplicate_of:
        yield from find_orphans(item)
        yield from find_opposed_duties(item)
        yield from find_legal_conflicts(item, on=on)
        yield from find_truncation(item)
        yield from find_stale_names(item, on=on)
        yield from find_copy_residue(item)


def find_opposed_duties(item: DocumentFindings) -> Iterator[Finding]:
    """Duties of one document that demand and forbid the same action of the same actor under the same condition."""
    if item.extraction is None:
        return
    by_action: dict[tuple[str, str, str], list[Requirement]] = {}
    for requirement in item.extraction.requirements:
        if requirement.action and not requirement.exception and requirement.status == "in_force":
            key = tuple(t.casefold() for t in (requirement.action, requirement.actor, requirement.condition))
            by_action.setdefault((key[0], key[1], key[2]), []).append(requirement)
    for same in by_action.values():
        first = same[0]
        for other in same[1:]:
            if {first.modality, other.modality} in _OPPOSED:
                yield _opposed(item, first, other)


def find_orphans(item: DocumentFindings) -> Iterator[Finding]:
    """Duties in force that name nobody who is to fulfil them."""
    for requirement in item.extraction.requirements if item.extraction else ():
        weight = ORPHAN_WEIGHT.get(requirement.force, 0.0)
        if requirement.actor or requirement.actor_group == "public" or requirement.status != "in_force" or not weight:
            continue
        yield notice(
            "orphan_duty",
            body_of(item),
            document_id=requirement.document_id,
            requirement=requirement.topics.split("|")[0],
            requirement_id=requirement.requirement_id,
            quote=requirement.quote,
            said=Message(
                "Kravet säger inte vem som ska göra det. Ange en ansvarig.",
                "The duty does not say who is to fulfil it. Name somebody.",
            ),
            weight=weight,
        )


def find_truncation(item: DocumentFindings) -> Iterator[Finding]:
    """The document that breaks off, with the titles of what lacks."""
    outline = item.outline
    if outline is None or outline.document.completeness != "truncated":
        return
    missing = outline.document.missing.replace("|", ", ")
    start = outline.document.missing_start
    said_sv, said_en = (f": {missing} saknas", f": {missing} lacks") if missing else ("", "")
    yield notice(
        "truncation",
        body_of(item),
        document_id=item.source.document_id,
        quote=outline.text[start:].strip()[:200] if start >= 0 else "",
        said=Message(
            f"Dokumentet bryts av{said_sv}. Det som inte sägs kan stå i den del som saknas; skaffa hela texten.",
            f"The document breaks off{said_en}. What it does not say may stand in the lost part; get the whole text.",
        ),
        weight=0.9,
    )


def _opposed(item: DocumentFindings, first: Requirement, other: Requirement) -> Finding:
    shared = sorted(set(first.topics.split("|")) & set(other.topics.split("|")))
    return notice(
        "conflict",
        body_of(item),
        document_id=item.source.document_id,
        requirement=shared[0] if shared else "",
        requirement_id=first.requirement_id,
        other_requirement_id=other.requirement_id,
        quote=first.quote,
        other_quote=other.quote,
        said=Message(
            "Samma sak krävs på ett ställe och avråds eller förbjuds på ett annat, under samma villkor.",
            "The same is demanded in one place and advised against or forbidden in another, on the same terms.",
        ),
        weight=0.8,
    )
