"""Jämka: from a folder of municipal policy documents to a comparison that can be defended line by line.

Each stage's function is public and works without a folder on disk:

    reading = read_document(Path("riktlinje.pdf"))
    repaired = repair_document(reading)
    outline = outline_document(repaired)
    extraction = extract_requirements(outline, repairs=repaired.repairs)
    found = [DocumentFindings(reading.source, repaired.damage_score, outline, extraction)]
    comparison = compare_requirements(found)
    write_report(comparison, ReportMaterial(found), Path("resultat"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.compare import compare_requirements
    from pipeline.extract import extract_requirements
    from pipeline.ingest import read_document
    from pipeline.outline import outline_document
    from pipeline.records.comparison import DocumentFindings
    from pipeline.repair import repair_document
    from pipeline.report import ReportMaterial, write_report

__all__ = [
    "DocumentFindings",
    "ReportMaterial",
    "compare_requirements",
    "extract_requirements",
    "outline_document",
    "read_document",
    "repair_document",
    "write_report",
]

_ROOMS = {
    "DocumentFindings": "pipeline.records.comparison",
    "ReportMaterial": "pipeline.report",
    "compare_requirements": "pipeline.compare",
    "extract_requirements": "pipeline.extract",
    "outline_document": "pipeline.outline",
    "read_document": "pipeline.ingest",
    "repair_document": "pipeline.repair",
    "write_report": "pipeline.report",
}


def __getattr__(name: str) -> Any:
    """A public name, its room imported on first use: the command line must start without language work."""
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
