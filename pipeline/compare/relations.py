"""How the municipalities stand to each other, requirement by requirement, and which answers nobody goes beyond."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

from pipeline.codebooks import Codebook, HarmonisedRequirement
from pipeline.compare.strictness import OPPOSITE, Position, Verdict, compare_positions, is_above, position_of
from pipeline.records.comparison import Cell, Relation

ALL_PAIRS = 40
"""Up to so many municipalities every pair has its row; above, equal ones are tied to the first of their kind, and
only the first ones to each other, for pairs grow with the square. Of more different answers than this, those that most
give are tied to each other, and every other to the commonest alone."""


_Compared: TypeAlias = tuple[Position, Position, Verdict]
"""Two positions, and how the first stands to the second."""


def relate_cells(
    codebook: Codebook, cells: Sequence[Cell], *, on: datetime.date | None = None
) -> tuple[list[Cell], list[Relation]]:
    """The codebook's cells with how they stand to the strictest, and the relations of all that state something.

    Args:
        codebook: The questions.
        cells: The answers.
        on: The run's date: acts that are repealed then make no answer stricter. All acts count where it is left out.
    """
    by_requirement: dict[str, list[Cell]] = {}
    for cell in cells:
        by_requirement.setdefault(cell.requirement, []).append(cell)
    placed: list[Cell] = []
    relations: list[Relation] = []
    for entry in codebook.requirements:
        own = by_requirement.get(entry.id, [])
        held = [_without_repealed(cell, on) if on is not None else cell for cell in own]
        classes = _group_equal(entry, held)
        ordered = combinations(sorted(classes, key=_position_key), 2)
        verdicts = [(one, other, compare_positions(entry, one, other)) for one, other in ordered]
        standing = _stand_to_strictest(entry, classes, verdicts)
        placed += [
            replace(cell, relation_to_strictest=_standing_of(entry, compared, standing))
            for cell, compared in zip(own, held, strict=True)
        ]
        relations += _relate(entry, classes, verdicts)
    return placed, relations


def _without_repealed(cell: Cell, on: datetime.date) -> Cell:
    """A cell as it is compared: without the acts that are repealed, which ask nothing of anybody any more."""
    from pipeline.swedish.law_status import law_status

    said = cell.value.split("|")
    # Numbers of acts alone have such a sign; times and words need no look at the register.
    kept = [token for token in said if not (":" in token or "/" in token) or law_status(token, on).status != "repealed"]
    return cell if len(kept) == len(said) else replace(cell, value="|".join(kept))


def _group_equal(entry: HarmonisedRequirement, cells: Sequence[Cell]) -> dict[Position, list[str]]:
    classes: dict[Position, list[str]] = {}
    for cell in sorted(cells, key=lambda c: c.municipality):
        position = position_of(entry, cell)
        if position is not None:
            classes.setdefault(position, []).append(cell.municipality)
    return classes


def _position_key(position: Position) -> tuple[list[str], str, int]:
    return sorted(position.said), position.modality, position.force


def _stand_to_strictest(
    entry: HarmonisedRequirement,
    classes: dict[Position, list[str]],
    verdicts: Sequence[_Compared],
) -> dict[Position, str]:
    """Each position's place: on the Pareto front or below it.

    The front's members are strictest where everything else is equal or below; where two of it can't be compared there
    is no single strictest, and both are incomparable.
    """
    several = sum(map(len, classes.values())) > 1
    # Which relations a position has to others, not to whom: a set of seven at most, however many there are.
    found: dict[Position, set[str]] = {one: set() for one in classes}
    for one, other, verdict in verdicts:
        found[one].add(verdict.relation)
        found[other].add(OPPOSITE[verdict.relation])
    places: dict[Position, str] = {}
    for one, others in found.items():
        if entry.stricter == "no_order":
            places[one] = ("equal" if several else "none") if others <= {"equal"} else "incomparable"
        elif not others.isdisjoint(("laxer", "narrower")):
            places[one] = "laxer"
        elif not others.isdisjoint(("incomparable", "overlapping")):
            places[one] = "incomparable"
        elif one.force < 0:
            places[one] = "equal" if others or several else "none"  # that nothing is asked is no strictness
        else:
            places[one] = "strictest" if any(map(is_above, others)) or not several else "equal"
    return places


def _standing_of(entry: HarmonisedRequirement, cell: Cell, places: dict[Position, str]) -> str:
    position = position_of(entry, cell)
    if position is not None:
        place = places[position]
        # Where silence counts as laxer, those that state the duty alike are the strictest there are.
        alike = place == "equal" and entry.stricter == "stated_over_silent" and position.force >= 0
        return "strictest" if alike else place
    if cell.answer == "silent" and entry.stricter == "stated_over_silent" and places:
        return "laxer"
    return "none"


def _relate(
    entry: HarmonisedRequirement,
    classes: dict[Position, list[str]],
    verdicts: Sequence[_Compared],
) -> Iterator[Relation]:
    every = sum(map(len, classes.values())) <= ALL_PAIRS
    for position, members in classes.items():
        same = compare_positions(entry, position, position)
        pairs = combinations(members, 2) if every else ((members[0], other) for other in members[1:])
        for one, other in pairs:
            yield from _both_ways(entry, (one, other), (same, same))
    common = sorted(classes, key=lambda p: (-len(classes[p]), _position_key(p)))[:ALL_PAIRS]
    told = {*common} if not every else {*classes}
    for first, second, verdict in verdicts:
        if not (first in told and second in told) and common[0] not in (first, second):
            continue
        back = compare_positions(entry, second, first)  # its reason names the sides in their order
        for one in classes[first] if every else classes[first][:1]:
            for other in classes[second] if every else classes[second][:1]:
                yield from _both_ways(entry, (one, other), (verdict, back))


def _both_ways(
    entry: HarmonisedRequirement, pair: tuple[str, str], verdicts: tuple[Verdict, Verdict]
) -> Iterator[Relation]:
    for (one, other), verdict in zip((pair, pair[::-1]), verdicts, strict=True):
        yield Relation(entry.id, one, other, verdict.relation, verdict.rationale)
