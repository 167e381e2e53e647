"""Which documents to review next: those in which most of what is doubtful about the shares lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.codebooks import Codebook
from pipeline.compare.cells import BodyDocuments
from pipeline.records.comparison import Cell, ReviewNext

MOST_REQUIREMENTS = 5
"""Requirements named of each document."""


def rank_for_review(codebook: Codebook, bodies: Sequence[BodyDocuments], cells: Iterable[Cell]) -> list[ReviewNext]:
    """The documents of a codebook by how much a review of all their answers would narrow the shares, best first.

    A share is a mean over the municipalities, each answer right with the probability that is its confidence; so its
    variance from errors of reading is the sum of confidence times one minus confidence over the answers, by the square
    of their number, and a review takes the reviewed answers' part of it away. An answer with a quote lies in its
    document, one without in all that were read for it, in equal parts. Unreadable cells are left out: no review of the
    document that is there answers them.

    Args:
        codebook: The questions.
        bodies: Everybody whose documents were compared.
        cells: The answers that the shares count.
    """
    read = {b.municipality: [d.item.source.document_id for d in b.holding] for b in bodies}
    doubts: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for cell in cells:
        if cell.review != "unreviewed" or cell.answer == "unreadable":
            continue
        documents = [cell.document_id] if cell.document_id else read.get(cell.municipality, [])
        for document in documents:
            doubt = cell.confidence * (1 - cell.confidence) / len(documents)
            doubts.setdefault((document, cell.municipality), []).append((-doubt, cell.requirement))
    sums = {key: -sum(sorted(doubt for doubt, _ in own)) for key, own in doubts.items()}
    whole = sum(sorted(sums.values())) or 1.0
    ranked = sorted(sums, key=lambda key: (-round(sums[key], 9), key))
    return [
        ReviewNext(
            codebook=codebook.id,
            rank=rank,
            document_id=document,
            municipality=municipality,
            cells=len(doubts[document, municipality]),
            doubt=round(sums[document, municipality], 4),
            share=round(sums[document, municipality] / whole, 4),
            requirements="|".join(name for _, name in sorted(doubts[document, municipality])[:MOST_REQUIREMENTS]),
        )
        for rank, (document, municipality) in enumerate(ranked, start=1)
    ]
