"""Whose questions a document answers: those of the run's codebook, or of another area's."""

from __future__ import annotations

from pipeline.codebooks.areas import score_area
from pipeline.codebooks.codebook import Codebook, list_codebooks, load_codebook
from pipeline.records.outline import Outline

AREA_SCORE = 0.5
"""From so clear a score on a document is about the area of a codebook that does not ship with the program."""


def is_about(outline: Outline, codebook: Codebook) -> bool:
    """Whether a document is about the codebook's area; of one that does not ship, its own area words tell."""
    area = outline.document.policy_area
    if area == codebook.id or codebook.id in list_codebooks():
        return area == codebook.id
    return score_area(codebook, outline.value_of("title"), outline.text) >= AREA_SCORE


def codebook_for(outline: Outline, main: str) -> str:
    """The name of the codebook whose questions a document answers: the run's, or that of its own area.

    A document about no area that has a codebook is read by the run's: it stays out of the cells all the same.

    Args:
        outline: The document.
        main: The run's codebook, by name or path.
    """
    area = outline.document.policy_area
    if area in list_codebooks() and area != main and not is_about(outline, load_codebook(main)):
        return area
    return main
