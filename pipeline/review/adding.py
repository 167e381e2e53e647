"""A requirement that only a reviewer saw, as a row like those that were found."""

from __future__ import annotations

from pipeline.codebooks import FIT, ClauseText, Codebook, match_topics
from pipeline.records.decision import AnchoredDecision
from pipeline.records.outline import Outline
from pipeline.records.requirement import MODALITIES, Requirement

RULE = "review"
"""What stands where other requirements name the rule that found them."""


def add_requirement(item: AnchoredDecision, outline: Outline, codebook: Codebook | None = None) -> Requirement:
    """The requirement of an anchored decision with the field `added`; its modality is the decision's new value.

    Args:
        item: Anchored in the outline's text.
        outline: The document's outline, for its words, page, headings and municipality.
        codebook: What tells which harmonised requirements it is about; without it the row has no topics.
    """
    decision = item.decision
    quote = outline.text[item.start : item.end]
    modality = decision.new_value if decision.new_value in MODALITIES else "must"
    headings = _headings(outline, item.start)
    topics: tuple[str, ...] = ()
    if codebook is not None:
        clause = ClauseText(quote, headings[-1] if headings else "", "", "", modality, frozenset())
        topics = tuple(sorted(match.requirement for match in match_topics(codebook, clause) if match.score >= FIT))
    return Requirement(
        requirement_id=f"a{decision.decision_id}",
        document_id=item.document_id,
        municipality=outline.document.municipality,
        page=outline.page_of(item.start),
        start=item.start,
        end=item.end,
        quote=quote,
        section=" > ".join(headings),
        modality=modality,
        force=modality,
        actor="",
        actor_explicit=False,
        actor_group="",
        action="",
        condition="",
        exception="",
        procedure="",
        step=None,
        topics="|".join(topics),
        status="proposed" if outline.document.completeness == "proposal" else "in_force",
        rule=RULE,
        repair_dependent=False,
        confidence=1.0,
    )


def _headings(outline: Outline, offset: int) -> list[str]:
    """The titles above an offset, outermost first."""
    by_ordinal = {section.section: section for section in outline.sections}
    inside = [s for s in outline.sections if s.start <= offset < s.end]
    at = max(inside, key=lambda s: (s.level, s.start), default=None)
    titles: list[str] = []
    while at is not None:
        if at.title:
            titles.insert(0, at.title)
        at = by_ordinal.get(at.parent)
    return titles
