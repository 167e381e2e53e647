"""What an analyst should look at: conflicts, duties that nobody owns, texts that break off, and the rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from pipeline.codebooks import Codebook
from pipeline.compare.cell_conflicts import find_cell_conflicts
from pipeline.compare.cells import BodyDocuments, cells_in_force
from pipeline.compare.freed_of_all import find_freed_of_all
from pipeline.compare.holes import find_holes
from pipeline.compare.impossible_times import find_impossible_times
from pipeline.compare.missing import find_missing_documents
from pipeline.compare.opposed import find_opposed_duties
from pipeline.compare.orphans import fold_orphans
from pipeline.compare.rival_deciders import find_rival_deciders
from pipeline.records.comparison import Comparison, Finding


def find_findings(
    findings: Iterable[Finding],
    comparison: Comparison,
    grouped: Sequence[tuple[Codebook, Sequence[BodyDocuments]]],
    *,
    on: datetime.date,
) -> tuple[Finding, ...]:
    """All findings of a run, the weightiest first within a kind.

    Args:
        findings: What was found in each document by itself.
        comparison: What has been compared so far: the cells with their evidence.
        grouped: The codebooks with the municipalities whose documents belong to them.
        on: The run's date.
    """
    found: list[Finding] = []
    for codebook, bodies in grouped:
        cells = [cell for cell in comparison.cells if cell.codebook == codebook.id]
        evidence = [row for row in comparison.evidence if row.codebook == codebook.id]
        found += find_cell_conflicts(codebook, bodies, cells, evidence)
        found += find_rival_deciders(codebook, bodies)
        found += find_freed_of_all(codebook, bodies, cells)
        in_force = cells_in_force(bodies, cells)
        found += find_impossible_times(codebook, in_force)
        found += find_holes(codebook, bodies, in_force, on=on)
        found += find_missing_documents(bodies, cells)
        for body in bodies:
            found += find_opposed_duties([d.item for d in body.in_force], across=True)
    gone = _gone(grouped)
    found += (row for row in findings if row.document_id not in gone)
    unique = {tuple(getattr(row, name) for name in Finding.KEY): row for row in fold_orphans(found, grouped)}
    return tuple(sorted(unique.values(), key=lambda r: (r.kind, -r.weight, r.municipality, r.document_id, r.quote)))


def _gone(grouped: Sequence[tuple[Codebook, Sequence[BodyDocuments]]]) -> set[str]:
    """The documents that are no longer in force: nobody has to mend them."""
    return {key for _, bodies in grouped for body in bodies for key in body.gone}
