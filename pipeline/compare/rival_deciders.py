"""Two roles that decide the same in one document, without a word on which of them has the last one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.codebooks import Codebook, HarmonisedRequirement
from pipeline.compare.cells import BodyDocuments
from pipeline.compare.notices import rivals_told
from pipeline.compare.restrictions import restriction
from pipeline.compare.support import Support
from pipeline.compare.words import says, words
from pipeline.failures import Message
from pipeline.records.comparison import Finding

WEIGHT = 0.6


def find_rival_deciders(codebook: Codebook, bodies: Sequence[BodyDocuments]) -> Iterator[Finding]:
    """Pairs of clauses of one document in force that give the same decision to two roles; one a question.

    Both must name one role alone, for all cases, and neither may tell of an order: "efter samråd med", "på förslag av",
    what a board decides for itself. Of the roles none is the other's head word ("chef", "förvaltningschef").
    """
    for body in bodies:
        for document in body.in_force:
            for entry in codebook.requirements:
                if entry.value != "roles" or not entry.actor_decides:
                    continue
                deciding = [s for s in document.by_requirement.get(entry.id, ()) if _decides(entry, s)]
                pair = next(((a, b) for a, b in combinations(deciding, 2) if _are_rivals(entry, a, b)), None)
                if pair is not None:
                    yield _told(body.municipality, entry, *pair)


def _decides(entry: HarmonisedRequirement, support: Support) -> bool:
    found = support.requirement
    if found is None or support.force != "must" or found.condition or found.exception or support.delegates:
        return False
    return bool(_role(entry, support)) and says("deciding", support.quote) and not says("of_an_order", support.quote)


def _are_rivals(entry: HarmonisedRequirement, one: Support, other: Support) -> bool:
    first, second = _role(entry, one), _role(entry, other)
    general = frozenset(words()["bare_heads"])
    if first == second or {first, second} & general or first.endswith(second) or second.endswith(first):
        return False
    return restriction(one.quote) == restriction(other.quote) and one.part == other.part


def _role(entry: HarmonisedRequirement, support: Support) -> str:
    """The one role that a passage names, empty where it names none or several."""
    roles = support.tokens.said.difference(m.id for m in entry.members)
    return next(iter(roles)) if len(roles) == 1 else ""


def _told(municipality: str, entry: HarmonisedRequirement, one: Support, other: Support) -> Finding:
    first, second = _role(entry, one), _role(entry, other)
    said = Message(
        f"{entry.label_sv}: texten låter både {first} och {second} besluta. Säg vem som beslutar och i vilken ordning.",
        f"{entry.label_en}: the text lets two roles decide. Say who decides, and in what order.",
    )
    return rivals_told(municipality, entry.id, one, other, said, WEIGHT)
