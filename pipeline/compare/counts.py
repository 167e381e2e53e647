"""Counts of a comparison for metrics.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline.records.comparison import ANSWERS, FINDING_KINDS, Comparison, DocumentFindings


def count_metrics(comparison: Comparison, findings: Sequence[DocumentFindings] = ()) -> dict[str, Any]:
    """What a run holds, in numbers; every key is always there, so that two runs can be set side by side.

    Args:
        comparison: The comparison.
        findings: Every document, for the numbers of requirements and values.
    """
    answers = Counter(cell.answer for cell in comparison.cells)
    kinds = Counter(finding.kind for finding in comparison.findings)
    cells = len(comparison.cells)
    extractions = [item.extraction for item in findings if item.extraction is not None]
    return {
        "documents": len(comparison.documents),
        "documents_quarantined": sum(d.status == "quarantined" for d in comparison.documents),
        "documents_truncated": sum(d.completeness == "truncated" for d in comparison.documents),
        "requirements": sum(len(e.requirements) for e in extractions),
        "requirements_with_topic": sum(bool(r.topics) for e in extractions for r in e.requirements),
        # Not "values": a table of DVC takes a column of that name for a method of its own.
        "values_found": sum(len(e.values) for e in extractions),
        "municipalities": len({cell.municipality for cell in comparison.cells}),
        "cells": cells,
        "cells_answered_share": round(sum(answers[a] for a in ANSWERS if a not in ("silent", "unreadable")) / cells, 4)
        if cells
        else 0.0,
        "answers": {answer: answers[answer] for answer in ANSWERS},
        "cells_reviewed": sum(cell.review != "unreviewed" for cell in comparison.cells),
        "relations": len(comparison.relations),
        "legal_references": len(comparison.legal_references),
        "legal_references_repealed": sum(r.status_on_date == "repealed" for r in comparison.legal_references),
        "documents_stale": len(comparison.measure_staleness()),
        "shared_passages": len(comparison.lineage),
        "shared_passages_left_out": comparison.lineage_left_out,
        "findings": {kind: kinds[kind] for kind in FINDING_KINDS},
        "proposed_requirements": len({row.proposal for row in comparison.proposed}),
    }
