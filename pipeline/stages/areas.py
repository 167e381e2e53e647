"""Which policy area each document of a run is compared in, and the areas beside the run's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.records.comparison import Comparison, DocumentFindings
from pipeline.stages.findings import Kept

if TYPE_CHECKING:
    from pipeline.compare import WeighedDocument


def codebook_of(work: Kept, found: DocumentFindings) -> str:
    """The name of the codebook that a document is read by, the run's where it was not read."""
    from pipeline.codebooks.belonging import codebook_for

    main = work.params.extract.codebook
    return codebook_for(found.outline, main) if found.outline is not None else main


def elsewhere_of(work: Kept, findings: Iterable[DocumentFindings]) -> frozenset[str]:
    """The documents of other areas than the run's own."""
    main = work.params.extract.codebook
    return frozenset(f.source.document_id for f in findings if codebook_of(work, f) != main)


def for_main(
    work: Kept, findings: Sequence[DocumentFindings], weighed: Mapping[str, WeighedDocument]
) -> dict[str, WeighedDocument]:
    """The documents as the run's codebook sees them: of another area only citations and findings of their own count."""
    others = elsewhere_of(work, findings)
    return {i: replace(w, belongs=False, supports=(), nearest=()) if i in others else w for i, w in weighed.items()}


def of_main_area(work: Kept, findings: Sequence[DocumentFindings]) -> list[DocumentFindings]:
    """The documents, those of other areas without topics: ids of another codebook mean other questions."""
    others = elsewhere_of(work, findings)
    return [_without_topics(f) if f.source.document_id in others else f for f in findings]


def compare_areas(
    work: Kept, findings: Sequence[DocumentFindings], weighed: Mapping[str, WeighedDocument]
) -> dict[str, Comparison]:
    """The documents of each other area compared among themselves, by the name of its codebook."""
    from pipeline.codebooks import load_codebook
    from pipeline.compare import compare_requirements

    areas: dict[str, list[DocumentFindings]] = {}
    others = elsewhere_of(work, findings)
    for found in findings:
        if found.source.document_id in others:
            areas.setdefault(codebook_of(work, found), []).append(found)
    compared = {}
    for name, own in sorted(areas.items()):
        ids = [f.source.document_id for f in own if f.source.document_id in weighed]
        compared[name] = compare_requirements(
            own, codebooks=(load_codebook(name),), settings=work.params.compare,
            weighed={name: {i: weighed[i] for i in ids}},
        )  # fmt: skip
    return compared


def _without_topics(found: DocumentFindings) -> DocumentFindings:
    if found.extraction is None:
        return found
    rows = tuple(replace(r, topics="") for r in found.extraction.requirements)
    return replace(found, extraction=replace(found.extraction, requirements=rows))
