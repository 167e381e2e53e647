"""A document that frees of a duty altogether and elsewhere always asks all of it: which holds, nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.codebooks import Codebook, HarmonisedRequirement
from pipeline.compare.cells import BodyDocuments
from pipeline.compare.notices import rivals_told
from pipeline.compare.support import DocumentSupport, Support
from pipeline.compare.words import says
from pipeline.failures import Message
from pipeline.records.comparison import Cell, Finding

WEIGHT = 0.7


def find_freed_of_all(codebook: Codebook, bodies: Sequence[BodyDocuments], cells: Sequence[Cell]) -> Iterator[Finding]:
    """Exemptions of everything ("Allmänna handlingar behöver inte diarieföras") beside "ska alltid diarieföras".

    An exemption under a condition, of some only ("av ringa betydelse", "som hålls ordnade", "övriga"), or whose own
    sentence goes on to what is asked all the same, frees of nothing that the other asks; and what is asked of some only
    ("Uppgifter som omfattas av sekretess ska alltid") is the exception to the exemption. One finding a question; where
    the cell tells the contradiction itself, none.
    """
    told = {(cell.municipality, cell.requirement) for cell in cells if cell.answer == "conflicting"}
    for body in bodies:
        for document in body.in_force:
            for entry in codebook.requirements:
                supports = document.by_requirement.get(entry.id, ())
                freeing = next((s for s in supports if _frees_of_all(document, s)), None)
                if freeing is None or (body.municipality, entry.id) in told:
                    continue
                asking = next((s for s in supports if _always_asks(s) and _stands_apart(document, freeing, s)), None)
                if asking is not None:
                    yield _told(body.municipality, entry, freeing, asking)


def _frees_of_all(document: DocumentSupport, support: Support) -> bool:
    found = support.requirement
    if found is None or not support.exempt or found.condition or found.exception:
        return False
    unit = document.passages.unit_at(support.start)
    around = document.passages.read(unit) if unit is not None else support.quote
    return says("of_all_records", support.quote) and not says("of_some_records", around)


def _always_asks(support: Support) -> bool:
    """Whether a passage always asks something of all that the exemption frees, not of some."""
    found = support.requirement
    asks = found is not None and not support.exempt and support.force == "must" and says("always", support.quote)
    return asks and says("of_all_records", support.quote) and not says("of_some_records", support.quote)


def _stands_apart(document: DocumentSupport, one: Support, other: Support) -> bool:
    return document.passages.unit_at(one.start) != document.passages.unit_at(other.start)


def _told(municipality: str, entry: HarmonisedRequirement, freeing: Support, asking: Support) -> Finding:
    said = Message(
        f"{entry.label_sv}: på ett ställe ska det alltid göras, på ett annat behövs det inte alls. "
        "Skriv undantaget så att det framgår vad det gäller.",
        f"{entry.label_en}: in one place it is always to be done, in another it need not be done at all. "
        "Say what the exemption is for.",
    )
    return rivals_told(municipality, entry.id, asking, freeing, said, WEIGHT)
