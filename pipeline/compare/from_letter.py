"""What a letter or minutes answer by the document that they propose: what they say of it, and the draft behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.codebooks import Codebook
from pipeline.compare.from_duties import from_requirements
from pipeline.compare.from_text import STATEMENT_CONFIDENCE, from_statements, read_parts
from pipeline.compare.letters import name_of_proposed, start_of_draft
from pipeline.compare.support import DocumentSupport, Support
from pipeline.compare.values import Tokens
from pipeline.compare.words import says

_CLAUSES = re.compile(r",|;|\b(?:medan|men|dock)\b")


def from_letter(
    gathered: DocumentSupport, codebook: Codebook, least: float
) -> Iterator[tuple[str, Support]]:  # fmt: skip
    """What the document that a letter proposes is about: the answer stands there, and not here.

    Args:
        gathered: The letter.
        codebook: The questions.
        least: Fit to a topic from which on it counts.
    """
    outline = gathered.passages.outline
    proposed = Tokens(refers_to=name_of_proposed(outline) or gathered.item.source.file_name)
    draft = start_of_draft(outline)
    for name, found in (
        *_announced_in(gathered, codebook, draft, least),
        *_held_by_draft(gathered, codebook, draft, least),
    ):
        yield name, replace(found, tokens=proposed, delegates=True, exempt=False)


def _held_by_draft(
    gathered: DocumentSupport, codebook: Codebook, draft: int, least: float
) -> Iterator[tuple[str, Support]]:  # fmt: skip
    """What the annexed draft itself asks and says."""
    rules = gathered.item.extraction.requirements if gathered.item.extraction else ()
    yield from from_requirements(gathered, codebook, [r for r in rules if r.start >= draft], least)
    yield from ((name, found) for name, found in from_statements(gathered, codebook, least) if found.start >= draft)


def _announced_in(
    gathered: DocumentSupport, codebook: Codebook, draft: int, least: float
) -> Iterator[tuple[str, Support]]:  # fmt: skip
    """What the letter says that the proposed document is about."""
    passages, document = gathered.passages, gathered.passages.outline.document
    for unit in passages.outline.units:
        text, heading = passages.read(unit), passages.heading_of(unit)
        if (
            unit.start >= draft
            or unit.kind == "heading"
            or not (says("covered_by_proposal", text) or says("heads_proposal", heading))
        ):
            continue
        # What the letter says to be as it was is no news of the document that it proposes.
        news = " ".join(clause for clause in _CLAUSES.split(text) if not says("unchanged", clause))
        told = read_parts(codebook, news if says("unchanged", text) else text, heading) if news else {}
        for name, score in told.items():
            if score >= least:
                place = (document.document_id, passages.outline.page_of(unit.start), unit.start, unit.end, text)
                yield name, Support(*place, score, STATEMENT_CONFIDENCE, Tokens())
