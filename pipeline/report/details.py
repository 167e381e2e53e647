"""The report's detail of one municipality: every cell with all its evidence, loaded when somebody looks."""

from __future__ import annotations

from typing import Any

from pipeline.codebooks import HarmonisedRequirement
from pipeline.records.comparison import Cell, CellEvidence
from pipeline.records.requirement import Requirement
from pipeline.report.contents import Contents
from pipeline.report.law_words import act_called, instead_of, note_of
from pipeline.report.lists import finding_shown, laws_shown
from pipeline.report.sources import cell_sources, source_values
from pipeline.swedish.section_names import tell_section
from pipeline.swedish.texts import LANGUAGES, load_texts
from pipeline.tables import as_row
from pipeline.wording import name_own_force

ELSEWHERE = ("gap", "stale_law")
"""Kinds of findings that a municipality's page tells in its own lists."""
SHOWN_FINDINGS = 15


def municipality_part(contents: Contents, municipality: str) -> dict[str, Any]:
    """One municipality's cells by requirement with quote, rule, law references and all passages; what to look at."""
    cells = {
        requirement.id: _cell(contents, cell, requirement)
        for book, requirement in contents.requirements
        if (cell := contents.cells.get((book.id, requirement.id, municipality))) is not None
    }
    relations: dict[str, list[dict[str, str]]] = {}
    for row in contents.relations.get(municipality, ()):
        relations.setdefault(row.requirement, []).append(
            {"other": row.other_municipality, "relation": row.relation, "rationale": row.rationale}
        )
    findings = [f for f in contents.own_findings.get(municipality, ()) if f.kind not in ELSEWHERE]
    stale = [r for r in contents.own_laws.get(municipality, ()) if r.status_on_date == "repealed"]
    return {
        "municipality": municipality, "cells": cells, "relations": relations,
        "findings": [finding_shown(contents, finding) for finding in findings[:SHOWN_FINDINGS]],
        "findings_total": len(findings),
        "stale": list(laws_shown(contents, stale)),
        "versions": [as_row(row) for row in contents.own_versions.get(municipality, ())],
        "families": [as_row(row) for row in contents.own_families.get(municipality, ())],
    }  # fmt: skip


def _cell(contents: Contents, cell: Cell, requirement: HarmonisedRequirement) -> dict[str, Any]:
    key = cell.codebook, cell.requirement, cell.municipality
    passages = [_passage(contents, row) for row in contents.evidence.get(key, ())]
    return {
        "value": cell.value,
        "document": cell.document_id,
        "page": cell.page,
        "start": cell.start,
        "end": cell.end,
        "quote": contents.quote(cell.document_id, cell.start, cell.end, said=cell.quote),
        "confidence": round(cell.confidence, 3),
        "passages": passages,
        "laws": _laws(contents, passages),
        "sources": [
            {"document": source.document_id, "owner": source.owner}
            | {language: source_values(cell, requirement, source, load_texts(language)) for language in LANGUAGES}
            for source in cell_sources(contents, cell, requirement)
        ],
    }


def _passage(contents: Contents, row: CellEvidence) -> dict[str, Any]:
    found = contents.found.get(row.requirement_id)
    value = contents.values.get(row.value_id)
    outline = contents.findings[row.document_id].outline if row.document_id in contents.findings else None
    page = found.page if found else value.page if value else outline.page_of(row.start) if outline else None
    shown: dict[str, Any] = {
        "relation": row.relation,
        "score": round(row.score, 3),
        "document": row.document_id,
        "page": page,
        "start": row.start,
        "end": row.end,
        "quote": contents.quote(row.document_id, row.start, row.end),
    }
    if found:
        shown["requirement"] = requirement_shown(contents, found)
    if value:
        shown["value"] = {"kind": value.kind, "value": contents.mask(row.document_id).words(value.value)}
    return shown


def requirement_shown(contents: Contents, found: Requirement) -> dict[str, Any]:
    """What the report says of one requirement: who must do what, when, and which rule found it."""
    words = contents.mask(found.document_id).words
    return {
        "id": found.requirement_id,
        "modality": name_own_force(found, found.modality),
        "force": name_own_force(found, found.force),
        "actor": words(found.actor),
        "actor_explicit": found.actor_explicit,
        "actor_group": found.actor_group,
        "action": words(found.action),
        "condition": words(found.condition),
        "exception": words(found.exception),
        "section": words(found.section),
        "status": found.status,
        "rule": found.rule,
        "repair_dependent": found.repair_dependent,
        "confidence": round(found.confidence, 3),
        "topics": found.topics.split("|") if found.topics else [],
    }


def _laws(contents: Contents, passages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The law references inside the passages that carry or contradict the cell, each act once."""
    acts: dict[tuple[str, str, str], dict[str, Any]] = {}
    for passage in passages:
        if passage["relation"] == "nearest":
            continue
        for row in contents.laws.get(passage["document"], ()):
            key = row.norm, row.identifier, row.section
            if row.start < passage["end"] and row.end > passage["start"] and key not in acts:
                acts[key] = {
                    "norm": act_called(row.norm, row.identifier),
                    "identifier": row.identifier,
                    "section": row.section,
                    "status": row.status_on_date,
                    "use_instead": instead_of(row),
                    **{f"section_{language}": tell_section(row.section, language) for language in LANGUAGES},
                    **{f"note_{language}": note_of(row, language) for language in LANGUAGES},
                }
    return [acts[key] for key in sorted(acts)]
