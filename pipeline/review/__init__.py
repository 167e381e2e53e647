"""Decisions of people: where they belong in this run, what they do to the findings, how far people agree."""

from pipeline.exchange.decision_files import decision_id, read_decisions, write_decisions
from pipeline.review.adding import add_requirement
from pipeline.review.agreement import Agreement, cohens_kappa, krippendorffs_alpha, measure_agreement, pairwise_f1
from pipeline.review.anchoring import AnchorTarget, anchor, by_document
from pipeline.review.applying import (
    Applied,
    apply_to_metadata,
    apply_to_repairs,
    apply_to_requirements,
    apply_to_values,
)
from pipeline.review.cells import apply_to_cells, read_changes

__all__ = [
    "Agreement",
    "AnchorTarget",
    "Applied",
    "add_requirement",
    "anchor",
    "apply_to_cells",
    "apply_to_metadata",
    "apply_to_repairs",
    "apply_to_requirements",
    "apply_to_values",
    "by_document",
    "cohens_kappa",
    "decision_id",
    "krippendorffs_alpha",
    "measure_agreement",
    "pairwise_f1",
    "read_changes",
    "read_decisions",
    "write_decisions",
]
