"""What lacks in a municipality's rules, each hole once: steps of its procedures, and what others or the law ask for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.codebooks import Codebook
from pipeline.compare.audience import find_unruled, group_peers
from pipeline.compare.cells import BodyDocuments
from pipeline.compare.examples import Examples
from pipeline.compare.gaps import find_gaps
from pipeline.compare.procedures import find_missing_steps
from pipeline.records.comparison import Cell, Finding


def find_holes(
    codebook: Codebook, bodies: Sequence[BodyDocuments], cells: Sequence[Cell], *, on: datetime.date
) -> Iterator[Finding]:
    """Missing steps, then the gaps that no missing step tells; municipalities are compared with their like.

    Args:
        codebook: The questions.
        bodies: The municipalities with their documents.
        cells: The answers of those that have a document in force.
        on: The run's date.
    """
    examples = Examples(bodies, on=on)
    for peers in group_peers(codebook, bodies, cells):
        gaps = {
            (row.requirement, row.municipality): row for row in find_gaps(codebook, peers, on=on, examples=examples)
        }
        for step in find_missing_steps(codebook, peers.cells, on=on, examples=examples):
            gap = gaps.pop((step.requirement, step.municipality), None)
            # It weighs what the hole weighs, whichever way it is found.
            yield step if gap is None else replace(step, weight=max(step.weight, gap.weight))
        yield from gaps.values()
    yield from find_unruled(bodies)
