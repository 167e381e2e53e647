"""The report's lists as parts: documents, findings, law status, lineage, pairs for the graph, method and figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from pipeline.records.comparison import Finding
from pipeline.report.contents import Contents
from pipeline.report.parts import part_name
from pipeline.report.summary import sorted_findings

NEIGHBOURS = 12
"""Pairs shown of each municipality: with 290 of them all 42,000 pairs would say nothing."""

_DOCUMENT_FIELDS = (
    "document_id", "file_name", "duplicate_of", "media_type", "pages", "text_source", "municipality", "title",
    "document_type", "document_date", "adopted_by", "adopted_date", "revised_date", "valid_until", "diary_number",
    "responsible", "applies_to", "supersedes", "policy_area", "damage_score", "completeness", "status", "message",
    "message_en",
)  # fmt: skip


def documents_part(contents: Contents) -> list[dict[str, Any]]:
    """Every file of the run with its metadata, people masked."""
    result = []
    for document in sorted(contents.comparison.documents, key=lambda d: (d.file_name, d.document_id)):
        words = contents.mask(document.document_id).words
        row = {name: getattr(document, name) for name in _DOCUMENT_FIELDS}
        shown = {name: words(value) if isinstance(value, str) else value for name, value in row.items()}
        found = contents.findings.get(document.document_id)
        shown["requirements"] = len(found.extraction.requirements) if found and found.extraction else 0
        shown["part"] = part_name(document.document_id)
        shown["damage_score"] = round(document.damage_score, 4)
        result.append(shown)
    return result


def findings_part(contents: Contents) -> list[dict[str, Any]]:
    """All findings, the weightiest first, each with the place its words stand at."""
    return [_finding(contents, finding) for finding in sorted_findings(contents)]


def _finding(contents: Contents, finding: Finding) -> dict[str, Any]:
    words = contents.mask(finding.document_id).words
    place = contents.found.get(finding.requirement_id) or contents.values.get(finding.value_id)
    return {
        "kind": finding.kind,
        "municipality": finding.municipality,
        "document": finding.document_id,
        "requirement": finding.requirement,
        "quote": words(finding.quote),
        "other_quote": words(finding.other_quote),
        "sv": words(finding.message_sv),
        "en": words(finding.message_en),
        "weight": round(finding.weight, 3),
        "page": place.page if place else None,
        "start": place.start if place else None,
        "end": place.end if place else None,
    }


def laws_part(contents: Contents) -> list[dict[str, Any]]:
    """Every citation of an act with what has become of the act."""
    rows = sorted(contents.comparison.legal_references, key=lambda r: (r.norm, r.municipality, r.document_id, r.start))
    result = []
    for row in rows:
        shown = asdict(row)
        shown["quote"] = contents.quote(row.document_id, row.start, row.end, said=row.quote)
        result.append(shown)
    return result


def lineage_part(contents: Contents) -> list[dict[str, Any]]:
    """Shared passages, the longest first."""
    rows = sorted(
        contents.comparison.lineage,
        key=lambda r: (-(r.end - r.start), r.document_id, r.other_document_id, r.start, r.other_start),
    )
    result = []
    for row in rows:
        one, other = contents.documents.get(row.document_id), contents.documents.get(row.other_document_id)
        result.append(
            {
                **asdict(row),
                "quote": contents.quote(row.document_id, row.start, row.end, said=row.quote),
                "other_quote": contents.quote(
                    row.other_document_id, row.other_start, row.other_end, said=row.other_quote
                ),
                "similarity": round(row.similarity, 3),
                "municipality": one.municipality if one else "",
                "other_municipality": other.municipality if other else "",
            }
        )
    return result


def graph_part(contents: Contents) -> list[dict[str, Any]]:
    """Pairs of municipalities that answer alike or share text: the nearest neighbours of each."""
    place = {name: i for i, name in enumerate(contents.municipalities)}
    counts: dict[tuple[int, int], Counter[str]] = {}
    for relation in contents.comparison.relations:
        one, other = place.get(relation.municipality), place.get(relation.other_municipality)
        if one is not None and other is not None and one < other:
            counts.setdefault((one, other), Counter())[relation.relation] += 1
    for row in contents.comparison.lineage:
        names = [
            contents.documents[d].municipality
            for d in (row.document_id, row.other_document_id)
            if d in contents.documents
        ]
        pair = sorted(place[name] for name in names if name in place)
        if len(pair) == 2 and pair[0] != pair[1]:
            counts.setdefault((pair[0], pair[1]), Counter())["shared"] += 1
    ranked = sorted(counts, key=lambda p: (-counts[p]["shared"], -_alike(counts[p]), p))
    kept: list[tuple[int, int]] = []
    degree: Counter[int] = Counter()
    for pair in ranked:
        if min(degree[pair[0]], degree[pair[1]]) < NEIGHBOURS:
            kept.append(pair)
            degree.update(pair)
    return [{"one": a, "other": b, **dict(sorted(counts[a, b].items()))} for a, b in sorted(kept)]


def _alike(count: Counter[str]) -> float:
    """Share of the compared answers that are equal."""
    compared = sum(n for kind, n in count.items() if kind != "shared")
    return count["equal"] / compared if compared else 0.0


def method_part(contents: Contents) -> dict[str, Any]:
    """Figures of quality and of the municipalities with their uncertainty, and decisions that found no place."""
    return {
        "scorecard": contents.material.scorecard,
        "statistics": [asdict(row) for row in contents.comparison.statistics],
        "conflicts": [asdict(row) for row in contents.material.conflicts],
        "proposed": [
            {
                "proposal": row.proposal,
                "label": contents.mask(row.document_id).words(row.label),
                "municipality": row.municipality,
                "document": row.document_id,
                "start": row.start,
                "end": row.end,
                "quote": contents.quote(row.document_id, row.start, row.end, said=row.quote),
            }
            for row in contents.comparison.proposed
        ],
    }
