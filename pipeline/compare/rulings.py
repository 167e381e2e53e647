"""What people decided about cells, applied before anything is derived from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.codebooks import Codebook
from pipeline.records.comparison import Cell
from pipeline.records.decision import AnchoredDecision
from pipeline.wording import asides_of, rule_on, say_answer, say_asides


def rule_on_cells(codebook: Codebook, cells: Sequence[Cell], decisions: Sequence[AnchoredDecision]) -> list[Cell]:
    """The cells as people decided them; the field of such a decision is "requirement|municipality".

    The new value is an answer ("silent"), a force ("must"), a value ("PT24H weekdays"), or several of them ("delegated:
    arkivplan", "should: PT24H weekdays").
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
    ruled = rule_on(cell, anchored.decision.verdict, anchored.decision.new_value)
    if anchored.decision.verdict != "change":
        return ruled
    entry, said = codebook.find(cell.requirement), ruled.value.split("|") if ruled.value else []
    if entry is None:
        return replace(ruled, value_text=", ".join(said))
    # What stood behind the rule still does, as long as a rule is left.
    kept = {time: name for time, name in asides_of(entry, cell).items() if time in said and ruled.answer == "stated"}
    asides, rule = (kept, [t for t in said if t not in kept]) if kept.keys() < {*said} else ({}, said)
    spoken = say_answer(entry, ruled.answer, rule, ruled.modality, quote=ruled.quote)
    return replace(ruled, value_text=spoken + say_asides(entry, asides))
