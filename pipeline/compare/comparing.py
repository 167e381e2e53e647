"""The comparison of all documents of a run, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.codebooks import Codebook, list_codebooks, load_codebook
from pipeline.compare.cells import BodyDocuments, cells_in_force, fill_cells, group_bodies
from pipeline.compare.documents import describe_documents
from pipeline.compare.families import find_family_changes, find_kin
from pipeline.compare.findings import find_findings
from pipeline.compare.law import sort_references
from pipeline.compare.lineage import trace_lineage
from pipeline.compare.proposals import propose_requirements
from pipeline.compare.relations import relate_cells
from pipeline.compare.reviewing import rank_for_review
from pipeline.compare.rulings import rule_on_cells
from pipeline.compare.statistics import count_answers
from pipeline.compare.versions import find_version_changes, outdated
from pipeline.compare.weighing import WeighedDocument, weigh_all
from pipeline.params import CompareSettings
from pipeline.records.comparison import Comparison, DocumentFindings
from pipeline.records.decision import AnchoredDecision


def compare_requirements(
    findings: Sequence[DocumentFindings],
    *,
    codebooks: Sequence[Codebook] | None = None,
    settings: CompareSettings | None = None,
    decisions: Sequence[AnchoredDecision] = (),
    weighed: Mapping[str, Mapping[str, WeighedDocument]] | None = None,
) -> Comparison:
    """What follows from all documents together: the harmonised table with its evidence, relations, law and findings.

    Pure, and the same whatever order the documents come in.

    Args:
        findings: Every file of the run, quarantined ones too.
        codebooks: The questions put to the documents; a document answers those of its own policy area. All that come
            with the program when left out.
        settings: Thresholds, and the date on which the law's status is given; defaults when left out.
        decisions: What people decided about cells: relations, statistics and findings follow them.
        weighed: What each document comes to by itself, by codebook and document_id, where it is already known.
    """
    settings = settings or CompareSettings()
    codebooks = [load_codebook(name) for name in list_codebooks()] if codebooks is None else codebooks
    weighed = weighed or {}
    weighed = {c.id: weighed.get(c.id) or weigh_all(findings, c, settings) for c in codebooks}
    # What is cited and found in a document by itself is the same whatever the codebook; its own knows what it is about.
    alone: dict[str, WeighedDocument] = {}
    for codebook in codebooks:
        alone |= {i: own for i, own in weighed[codebook.id].items() if own.belongs or i not in alone}
    areas = {i: c.id for c in codebooks for i, own in weighed[c.id].items() if own.belongs}
    references = sort_references(row for own in alone.values() for row in own.references)
    traced = trace_lineage(findings, settings, {i: own.sentences for i, own in alone.items()})
    kin = find_kin(traced.rows, (f.outline for f in findings if f.outline is not None))
    parts: defaultdict[str, list[Any]] = defaultdict(list)
    grouped: list[tuple[Codebook, Sequence[BodyDocuments]]] = []
    for codebook in codebooks:
        bodies = group_bodies(findings, weighed[codebook.id], settings)
        if bodies:
            grouped.append((codebook, bodies))
            for name, rows in _compare_bodies(codebook, bodies, weighed[codebook.id], settings, decisions):
                parts[name] += rows
            parts["families"] += find_family_changes(codebook, bodies, weighed[codebook.id], kin, settings)
    everybody = [body for _, bodies in grouped for body in bodies]
    compared = Comparison(
        documents=describe_documents(findings, outdated(everybody, settings.date), areas),
        legal_references=references,
        cells=tuple(parts["cells"]),
        evidence=tuple(parts["evidence"]),
        relations=tuple(parts["relations"]),
        lineage=traced.rows,
        findings=(),
        statistics=tuple(parts["statistics"]),
        proposed=tuple(parts["proposed"]),
        review_next=tuple(parts["review_next"]),
        versions=tuple(parts["versions"]),
        families=tuple(parts["families"]),
        lineage_left_out=traced.left_out,
    )
    own_findings = (row for own in alone.values() for row in own.findings)
    return replace(compared, findings=find_findings(own_findings, compared, grouped, on=settings.date))


def _compare_bodies(
    codebook: Codebook,
    bodies: Sequence[BodyDocuments],
    weighed: Mapping[str, WeighedDocument],
    settings: CompareSettings,
    decisions: Sequence[AnchoredDecision],
) -> Iterator[tuple[str, Iterable[Any]]]:
    """What follows for the municipalities of one codebook: each part of a comparison by its name, with its rows."""
    filled, evidence = fill_cells(codebook, bodies, weighed, settings)
    cells, relations = relate_cells(codebook, rule_on_cells(codebook, filled, decisions), on=settings.date)
    yield "cells", cells
    yield "evidence", evidence
    yield "relations", relations
    ruling = cells_in_force(bodies, cells)
    yield "statistics", count_answers(codebook, ruling, unruled=len(bodies) - len({c.municipality for c in ruling}))
    yield "proposed", propose_requirements(codebook, bodies)
    yield "review_next", rank_for_review(codebook, bodies, ruling)
    yield "versions", find_version_changes(codebook, bodies, weighed, cells, settings)
