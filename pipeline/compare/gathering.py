"""All that a document says to a codebook's requirements."""

from __future__ import annotations

from pipeline.codebooks import Codebook
from pipeline.codebooks.belonging import is_about
from pipeline.compare.from_duties import from_requirements
from pipeline.compare.from_letter import from_letter
from pipeline.compare.from_text import from_free_values, from_pointers, from_statements
from pipeline.compare.support import DocumentSupport, open_document
from pipeline.records.comparison import DocumentFindings


def belongs(item: DocumentFindings, codebook: Codebook) -> bool:
    """Whether a document is about the codebook's area; copies of a file of the run don't count twice."""
    if item.outline is None or item.extraction is None or item.source.duplicate_of:
        return False
    return is_about(item.outline, codebook)


def gather_support(item: DocumentFindings, codebook: Codebook, *, min_topic_score: float) -> DocumentSupport:
    """All that a document says to a codebook's requirements, in the order of the text.

    Raises:
        ValueError: When the document was never read.
    """
    if item.outline is None or item.extraction is None:
        raise ValueError(f"{item.source.file_name} has not been read")
    gathered = open_document(item, item.outline)
    document = item.outline.document
    if document.proposes_another:
        for name, found in from_letter(gathered, codebook, min_topic_score):
            gathered.by_requirement.setdefault(name, []).append(found)
        return gathered
    # A draft holds what it proposes itself, and answers with it.
    held = [r for r in item.extraction.requirements if r.status != "proposed" or document.is_draft]
    for name, found in from_requirements(gathered, codebook, held, min_topic_score):
        gathered.by_requirement.setdefault(name, []).append(found)
    for entry in codebook.requirements:
        taken = gathered.by_requirement.setdefault(entry.id, [])
        taken += list(from_free_values(gathered, codebook, entry))
    for name, found in from_statements(gathered, codebook, min_topic_score):
        gathered.by_requirement.setdefault(name, []).append(found)
    for name, found in from_pointers(gathered, codebook, min_topic_score):
        gathered.by_requirement.setdefault(name, []).append(found)
    for found_list in gathered.by_requirement.values():
        found_list.sort(key=lambda s: (s.start, s.end))
    return gathered
