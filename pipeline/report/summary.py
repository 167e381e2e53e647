"""The report's first part: the matrix without its evidence, and the figures of the overview."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.codebooks import HarmonisedRequirement
from pipeline.records.comparison import ANSWERS, REVIEWS, TO_STRICTEST, Cell
from pipeline.records.requirement import MODALITIES
from pipeline.report.contents import Contents, standings
from pipeline.report.doubt import is_doubtful
from pipeline.report.lists import finding_shown
from pipeline.report.ranking import rank_answers
from pipeline.report.sources import cell_sources
from pipeline.report.wording import strength, value_in_words
from pipeline.swedish.texts import load_texts
from pipeline.wording import (
    MODALITY_OF,
    PRINCIPLES,
    PUBLIC,
    STAFF,
    asked_of,
    audiences_told,
    is_read,
    kinds_of_bodies,
    name_body,
    partly_ruled,
)

_CODES = "abcdefghijklm"
_MODALITIES = (*MODALITIES, *MODALITY_OF, "")


def summary_part(contents: Contents) -> dict[str, Any]:
    """What the page needs to draw overview and matrix: one letter a cell for each closed set, values by index."""
    values = _Values()
    places = {name: place for place, name in enumerate(contents.municipalities)}
    requirements = []
    for book, requirement in contents.requirements:
        row = [contents.cells.get((book.id, requirement.id, m)) for m in contents.municipalities]
        ranked = rank_answers(filter(None, row), contents.relations_of.get(requirement.id, ()))
        requirements.append(
            {
                "id": requirement.id,
                "codebook": book.id,
                "sv": requirement.label_sv,
                "en": requirement.label_en,
                "about_sv": requirement.description_sv,
                "about_en": requirement.description_en,
                "group": requirement.group,
                "type": requirement.value,
                "stricter": requirement.stricter,
                "answers": _letters(ANSWERS, [c.answer if c else "silent" for c in row]),
                "strictness": _letters(TO_STRICTEST, standings(row)),
                "ranked": [places[name] for name in ranked],
                "modalities": _letters(_MODALITIES, [strength(c, requirement) if c else "" for c in row]),
                "reviews": _letters(REVIEWS, [c.review if c else "unreviewed" for c in row]),
                "values": [values.index(contents, requirement, c) for c in row],
                "confidence": [round(c.confidence, 2) if c else 0 for c in row],
                "documents": [len(cell_sources(contents, c, requirement)) if c else 0 for c in row],
                "doubtful": "".join("?" if c and is_doubtful(c) else "-" for c in row),
            }
        )
    return {
        "codes": {
            "answers": ANSWERS,
            "strictness": TO_STRICTEST,
            "modalities": _MODALITIES,
            "reviews": REVIEWS,
        },
        "codebooks": [{"id": b.id, "sv": b.label_sv, "en": b.label_en} for b in contents.codebooks],
        "groups": [{"id": g.id, "sv": g.sv, "en": g.en} for b in contents.codebooks for g in b.groups],
        "municipalities": _municipalities(contents),
        "asked": {name: sorted(_asked(contents, name)) for name in (PRINCIPLES, PUBLIC)},
        "requirements": requirements,
        "values": values.said,
        "figures": figures(contents)
        | {"stale_laws": sum(finding.kind == "stale_law" for finding in contents.comparison.findings)},
        "attention": _attention(contents),
        "changes": [
            {
                "requirement": c.requirement,
                "municipality": c.municipality,
                "change": c.change,
                "before": c.before,
                "after": c.after,
            }
            for c in contents.material.changes
        ],
        "law_date": contents.material.law_date.isoformat() if contents.material.law_date else "",
        "opens_in": contents.settings.language,
    }


class _Values:
    """Values in words, each once; 0 is no value."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = [("", "")]
        self.places: dict[tuple[str, str], int] = {("", ""): 0}

    def index(self, contents: Contents, requirement: HarmonisedRequirement, cell: Cell | None) -> int:
        """The place of a cell's value among the values, put in where it is new; 0 for no value."""
        if cell is None:
            return 0
        words = contents.mask(cell.document_id).words
        pair = words(cell.value_text), words(value_in_words(cell, requirement, load_texts("en")))
        if pair not in self.places:
            self.places[pair] = len(self.said)
            self.said.append(pair)
        return self.places[pair]


def _asked(contents: Contents, audience: str) -> set[str]:
    """The requirements that documents for an audience answer."""
    return {name for book in contents.codebooks for name in asked_of(audience, book)}


def _letters(closed: tuple[str, ...], values: list[str]) -> str:
    """A closed set's values as one letter each: 13,000 cells stay small and quick to compare."""
    return "".join(_CODES[closed.index(value)] for value in values)


def _municipalities(contents: Contents) -> list[dict[str, Any]]:
    documents: dict[str, list[str]] = {name: [] for name in contents.municipalities}
    for document in contents.documents_by_name:
        name = name_body(document.municipality, document.file_name)
        if name in documents and is_read(document):
            documents[name].append(document.document_id)
    kinds = kinds_of_bodies(contents.comparison.documents)
    audiences = audiences_told(contents.comparison.findings)
    partial = partly_ruled(contents.comparison.findings)
    result = []
    for name in contents.municipalities:
        own = [contents.documents[d] for d in documents[name]]
        result.append(
            {
                "name": name,
                "unruled": name in contents.unruled,
                "audience": audiences.get(name, STAFF),
                "partial": name in partial,
                "kind": kinds.get(name, "unknown"),
                "documents": documents[name],
                "completeness": sorted({d.completeness for d in own if d.completeness}),
                "damaged": max((d.damage_score for d in own), default=0.0),
                "dates": sorted({d.revised_date or d.adopted_date for d in own if d.revised_date or d.adopted_date}),
            }
        )
    return result


def figures(contents: Contents) -> dict[str, int]:
    """The counts that overview, method and workbook show."""
    comparison, material = contents.comparison, contents.material
    answers = Counter(cell.answer for cell in comparison.cells)
    ruled = Counter(cell.answer for cell in comparison.cells if cell.municipality not in contents.unruled)
    found = contents.found.values()
    return {
        "files": len(comparison.documents),
        "documents": sum(map(is_read, comparison.documents)),
        "quarantined": sum(d.status == "quarantined" for d in comparison.documents),
        "duplicates": sum(d.status == "ok" and bool(d.duplicate_of) for d in comparison.documents),
        "municipalities": len(contents.municipalities),
        "harmonised": len(contents.requirements),
        "requirements": sum(r.status == "in_force" and r.actor_group != "public" for r in found),
        "proposed": sum(r.status == "proposed" for r in found),
        "public_duties": sum(r.status == "in_force" and r.actor_group == "public" for r in found),
        "values": len(contents.values),
        "cells": len(comparison.cells),
        **{f"cells_{answer}": answers[answer] for answer in ANSWERS},
        "cells_unruled": sum(cell.municipality in contents.unruled for cell in comparison.cells),
        **{f"ruled_{answer}": ruled[answer] for answer in ANSWERS},
        "reviewed": sum(cell.review != "unreviewed" for cell in comparison.cells),
        "repairs": sum(r.status == "applied" for r in material.repairs),
        "suggested_repairs": sum(r.status == "suggested" for r in material.repairs),
        "findings": len(comparison.findings),
        "repealed_laws": sum(law.status_on_date == "repealed" for law in comparison.legal_references),
        "lineage": len(comparison.lineage),
        "conflicts": len(material.conflicts),
        "changes": len(material.changes),
    }


def _attention(contents: Contents) -> list[dict[str, Any]]:
    """The findings to look at first: the weightiest, at most three of a kind."""
    seen: Counter[str] = Counter()
    chosen: list[dict[str, Any]] = []
    for finding in contents.findings_by_weight:
        if seen[finding.kind] < 3 and len(chosen) < 10:
            seen[finding.kind] += 1
            chosen.append(finding_shown(contents, finding))
    return chosen
