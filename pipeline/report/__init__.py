"""What people open: the report, the workbook and the coded documents of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.codebooks import Codebook, list_codebooks, load_codebook
from pipeline.params import ReportSettings
from pipeline.records.comparison import Comparison
from pipeline.report.material import ReportMaterial

if TYPE_CHECKING:
    from pipeline.report.contents import Contents

__all__ = ["ReportMaterial", "write_report", "write_views"]


def write_report(
    comparison: Comparison,
    material: ReportMaterial,
    folder: Path,
    *,
    codebooks: Sequence[Codebook] | None = None,
    settings: ReportSettings | None = None,
) -> None:
    """Write what people open into a folder: the same comparison gives the same bytes.

    Writes report/index.html with all it needs, harmonised_requirements.xlsx, and the formats of other programs
    (`pipeline.report.exports`), each whole or not at all. People's names and direct numbers are masked in all of them
    unless the settings say otherwise.

    Args:
        comparison: What follows from all documents together.
        material: The tables and files beside it; the documents with their outlines at least.
        folder: Where the files go.
        codebooks: Those the comparison was made with. All that come with the program when left out.
        settings: Language and masking; defaults when left out.
    """
    from pipeline.report.contents import Contents
    from pipeline.report.exports import material_at_hand, write_exports
    from pipeline.report.shards import all_exchanged, all_shards

    books = map(load_codebook, list_codebooks()) if codebooks is None else codebooks
    contents = Contents(comparison, material, tuple(books), settings or ReportSettings())
    contents = replace(contents, material=replace(material, shards=all_shards(contents)))
    write_views(contents, folder)
    write_exports(material_at_hand(contents, all_exchanged(contents)), folder)


def write_views(contents: Contents, folder: Path) -> None:
    """Write report/ and the workbook."""
    from pipeline.report.site import write_site
    from pipeline.report.workbook import write_workbook

    write_site(contents, folder)
    write_workbook(contents, folder / "harmonised_requirements.xlsx")
