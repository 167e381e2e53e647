"""Duties that demand and forbid the same, inside a document or between documents of one municipality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.codebooks.cues import split_words
from pipeline.compare.documents import body_of
from pipeline.compare.notices import notice
from pipeline.compare.states import deed_of
from pipeline.compare.values import is_freeing
from pipeline.failures import Message
from pipeline.records.comparison import DocumentFindings, Finding
from pipeline.records.requirement import Requirement

_OPPOSED = (
    {"must", "must_not"}, {"should", "should_not"}, {"must", "should_not"}, {"should", "must_not"}, {"may", "must_not"},
)  # fmt: skip

_SAID = {
    True: Message(
        "Samma sak krävs eller tillåts på ett ställe och avråds eller förbjuds på ett annat, under samma villkor.",
        "The same is demanded or allowed in one place and advised against or forbidden in another, on the same terms.",
    ),
    False: Message(
        "Ett av kommunens dokument kräver eller tillåter vad ett annat avråder från eller förbjuder, på samma villkor.",
        "One of the municipality's documents demands or allows what another warns of or forbids, on the same terms.",
    ),
}
"""By whether both stand in one document."""


def find_opposed_duties(items: Sequence[DocumentFindings], *, across: bool = False) -> Iterator[Finding]:
    """Duties that demand or allow and forbid the same action of the same actor on the same condition, with both quotes.

    A duty with an exception is left out: the exception may be what the other says. Conditions are compared word by
    word; where they differ nothing is called a conflict.

    Args:
        items: The documents that are read together, all of one municipality.
        across: Look for pairs of different documents instead of pairs inside one.
    """
    by_action: dict[tuple[tuple[str, ...], ...], list[tuple[DocumentFindings, Requirement]]] = {}
    for item in items:
        for requirement in item.extraction.requirements if item.extraction else ():
            frees = requirement.modality == "may" and is_freeing(requirement)  # who need not do it may be forbidden to
            if requirement.action and not requirement.exception and not frees and requirement.status == "in_force":
                said = (deed_of(requirement.action), requirement.actor, requirement.condition)
                by_action.setdefault(tuple(map(split_words, said)), []).append((item, requirement))
    for same in by_action.values():
        # Each against the first of every document and modality: repetitions of a conflict say nothing new.
        firsts: dict[tuple[str, str], tuple[DocumentFindings, Requirement]] = {}
        for item, other in same:
            for first_item, first in firsts.values():
                one_document = item.source.document_id == first_item.source.document_id
                if {first.modality, other.modality} in _OPPOSED and one_document != across:
                    yield _opposed(first_item, first, other, one_document=one_document)
            firsts.setdefault((item.source.document_id, other.modality), (item, other))


def _opposed(item: DocumentFindings, first: Requirement, other: Requirement, *, one_document: bool) -> Finding:
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
        said=_SAID[one_document],
        weight=0.8,
    )
