"""What people decided about cells, applied before anything is derived from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.codebooks import Codebook
from pipeline.records.comparison import Cell
from pipeline.records.decision import AnchoredDecision
from pipeline.wording import CellChange, say_answer, without_answer

REVIEW_OF = {"accept": "accepted", "change": "changed", "reject": "rejected"}


def rule_on_cells(codebook: Codebook, cells: Sequence[Cell], decisions: Sequence[AnchoredDecision]) -> list[Cell]:
    """The cells as people decided them; the field of such a decision is "requirement|municipality".

    The new value is an answer ("silent"), a force ("must"), a value ("PT24H weekdays"), or several of them ("delegated:
    arkivplan", "should: PT24H weekdays"). A rejected cell is silent: what it rested on was none.
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
        return without_answer(ruled, "silent")
    if verdict == "accept":
        return ruled
    changed = CellChange.parse(anchored.decision.new_value).apply(ruled)
    entry, said = codebook.find(cell.requirement), changed.value.split("|") if changed.value else []
    spoken = (
        say_answer(entry, changed.answer, said, changed.modality, quote=changed.quote) if entry else ", ".join(said)
    )
    return replace(changed, value_text=spoken)
