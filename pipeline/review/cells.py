"""What decisions do to the harmonised table's cells, which are found by requirement and municipality."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.codebooks import Codebook
from pipeline.records.comparison import Cell
from pipeline.records.decision import AnchoredDecision, DecisionConflict
from pipeline.review.anchoring import conflict
from pipeline.review.applying import Applied
from pipeline.wording import CellReader, NotUnderstood, rule_on

MEASURED = ("duration", "count")
"""Forms of value that are compared by their size: nothing can stand there that has none and is not known as vague."""


def read_changes(
    decisions: Iterable[AnchoredDecision], codebook: Codebook
) -> tuple[list[AnchoredDecision], list[DecisionConflict]]:
    """The decisions, those that put a time or a number into a cell with it in codes; and those that put none there.

    A workbook of a codebook that is not at hand when it is read back, or a person who writes the file by hand, leaves
    words: "inom 24 timmar" is PT24H. What is neither is kept as a conflict that says what can be written.
    """
    read: list[AnchoredDecision] = []
    conflicts: list[DecisionConflict] = []
    for item in decisions:
        decision = item.decision
        entry = codebook.find(decision.field.partition("|")[0]) if decision.target == "cell" else None
        if entry is None or entry.value not in MEASURED or decision.verdict != "change":
            read.append(item)
            continue
        reader = CellReader(entry)
        try:
            understood = str(reader.read(decision.new_value))
        except NotUnderstood:
            reason = f"”{decision.new_value}” kan inte stå i svaret. Skriv {reader.choices}."
            conflicts.append(conflict(decision, reason, document_id=item.document_id))
        else:
            read.append(replace(item, decision=replace(decision, new_value=understood)))
    return read, conflicts


def apply_to_cells(cells: Sequence[Cell], decisions: Iterable[AnchoredDecision]) -> Applied[Cell]:
    """The cells after decisions of target `cell`; the field is "requirement|municipality".

    Accept makes the answer sure. Change puts a value ("PT24H weekdays"), an answer ("silent"), a force ("must") or
    several of them ("delegated: dokumenthanteringsplan"). Reject makes the cell silent, for the
    evidence was none; the table still has its row, marked rejected. A decision on a cell that was silent waits when the
    cell has got a quote since, and one with a quote when the cell now rests on another document.
    """
    at = {f"{c.requirement}|{c.municipality}": n for n, c in enumerate(cells)}
    rows = list(cells)
    rejected: list[Cell] = []
    conflicts: list[DecisionConflict] = []
    used: list[str] = []
    for item in sorted((d for d in decisions if d.decision.target == "cell"), key=lambda d: d.decision.decision_id):
        number = at.get(item.decision.field)
        reason = _stale(item, rows[number]) if number is not None else "Svaret finns inte i jämförelsen längre."
        if number is None or reason:
            nearest = rows[number].quote if number is not None else ""
            conflicts.append(conflict(item.decision, reason, document_id=item.document_id, nearest=nearest))
            continue
        if item.decision.verdict == "reject":
            rejected.append(rows[number])
        rows[number] = _decide(rows[number], item.decision.verdict, item.decision.new_value)
        used.append(item.decision.decision_id)
    return Applied(tuple(rows), tuple(rejected), tuple(conflicts), tuple(sorted(used)))


def _stale(item: AnchoredDecision, cell: Cell) -> str:
    """Why a decision is no longer about the cell as it stands, in Swedish; empty when it is."""
    decision = item.decision
    if decision.verdict == "change":
        return ""
    if not decision.quote and cell.quote:
        return "Kommunen svarade inte på kravet när beslutet togs, men gör det nu."
    if decision.quote and cell.document_id and item.document_id and cell.document_id != item.document_id:
        return "Svaret hämtas nu ur ett annat dokument än när beslutet togs."
    return ""


def _decide(cell: Cell, verdict: str, new_value: str) -> Cell:
    ruled = rule_on(cell, verdict, new_value)
    return replace(ruled, value_text=ruled.value.replace("|", ", ")) if verdict == "change" else ruled
