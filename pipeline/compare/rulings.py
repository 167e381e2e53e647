"""What people decided about cells, applied before anything is derived from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.codebooks import Codebook
from pipeline.compare.values import put_in_words
from pipeline.records.comparison import ANSWERS, Cell
from pipeline.records.decision import AnchoredDecision

REVIEW_OF = {"accept": "accepted", "change": "changed", "reject": "rejected"}


def rule_on_cells(codebook: Codebook, cells: Sequence[Cell], decisions: Sequence[AnchoredDecision]) -> list[Cell]:
    """The cells as people decided them; the field of such a decision is "requirement|municipality".

    The new value is an answer ("silent"), a value ("PT24H weekdays"), or both ("stated: PT24H weekdays"). A rejected
    cell is silent: what it rested on was none.
    """
    ruled = {(cell.requirement, cell.municipality): cell for cell in cells}
    for anchored in _in_order(decisions):
        name, _, municipality = anchored.decision.field.partition("|")
        cell = ruled.get((name, municipality))
        if cell is not None:
            ruled[name, municipality] = _rule(codebook, cell, anchored)
    return list(ruled.values())


def _in_order(decisions: Iterable[AnchoredDecision]) -> list[AnchoredDecision]:
    own = [d for d in decisions if d.decision.target == "cell"]
    return sorted(own, key=lambda d: (d.decision.date, d.decision.decision_id))


def _rule(codebook: Codebook, cell: Cell, anchored: AnchoredDecision) -> Cell:
    verdict = anchored.decision.verdict
    ruled = replace(cell, review=REVIEW_OF[verdict], confidence=1.0)
    if verdict == "reject":
        return _without_answer(ruled, "silent")
    if verdict == "accept":
        return ruled
    first, colon, rest = anchored.decision.new_value.partition(":")
    answer, value = (first.strip(), rest.strip()) if first.strip() in ANSWERS else ("", anchored.decision.new_value)
    if answer in ("silent", "unreadable"):
        return _without_answer(ruled, answer)
    if answer and not colon:
        return replace(ruled, answer=answer)
    entry = codebook.find(cell.requirement)
    said = {token.strip() for token in value.split("|") if token.strip()}
    spoken = put_in_words(entry, said, cell.modality, cell.quote) if entry else value
    return replace(ruled, answer=answer or "stated", value="|".join(sorted(said)), value_text=spoken)


def _without_answer(cell: Cell, answer: str) -> Cell:
    return replace(
        cell,
        answer=answer,
        modality="",
        value="",
        value_text="",
        document_id="",
        page=None,
        start=None,
        end=None,
        quote="",
    )
