"""In which order a requirement's answers are told: from the strictest down, an exact one before a vague one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from pipeline.records.comparison import ABOVE, Cell, Relation
from pipeline.wording import is_exact, split_duration

LAST = ("conflicting", "delegated", "unreadable", "silent")
"""Answers that can't be ranked, in the order in which they follow those that can."""


def rank_answers(cells: Iterable[Cell], relations: Sequence[Relation]) -> list[str]:
    """The municipalities of a requirement's cells from the strictest answer down, those that say nothing last.

    No answer stands before one that is stricter. Where several could come next an exact one goes before a vague one
    ("skyndsamt" can be compared with no time), and then the one that fewest steps lead down to.

    Args:
        cells: A requirement's cells.
        relations: How the requirement's answers stand to each other.
    """
    by_name = {cell.municipality: cell for cell in sorted(cells, key=lambda cell: cell.municipality)}
    alike = _alike(by_name, relations)
    above: dict[str, set[str]] = {first: set() for first in alike.values()}
    for row in relations:
        if row.relation in ABOVE and row.municipality in alike and row.other_municipality in alike:
            above[alike[row.other_municipality]].add(alike[row.municipality])
    places = {first: place for place, first in enumerate(_from_the_top(by_name, above))}
    return sorted(by_name, key=lambda name: (_rankable(by_name[name]), places[alike[name]], name))


def _rankable(cell: Cell) -> int:
    return LAST.index(cell.answer) + 1 if cell.answer in LAST else 0


def _alike(names: Iterable[str], relations: Sequence[Relation]) -> Mapping[str, str]:
    """For each municipality the first by the alphabet that answers as it does."""
    first = {name: name for name in names}
    for row in relations:
        if row.relation == "equal" and row.other_municipality < first.get(row.municipality, ""):
            first[row.municipality] = row.other_municipality
    return first


def _from_the_top(by_name: Mapping[str, Cell], above: Mapping[str, set[str]]) -> list[str]:
    """Those that stand for others, each after all that are above it."""
    vague = {name: _is_vague(cell) for name, cell in by_name.items() if name in above}
    below: dict[str, list[str]] = {name: [] for name in vague}
    for name in vague:
        for one in above[name]:
            below[one].append(name)
    steps, reached = dict.fromkeys(vague, 1), dict.fromkeys(vague, 0)
    ready = [(vague[name], 1, name) for name in vague if not above[name]]
    heapify(ready)
    placed: dict[str, None] = {}
    while len(placed) < len(vague):
        # Nothing is above itself by way of others; should two rows say so all the same, the list still ends.
        waiting = ((vague[name], steps[name], name) for name in vague if name not in placed)
        name = (heappop(ready) if ready else min(waiting))[-1]
        if name in placed:
            continue
        placed[name] = None
        for one in below[name]:
            steps[one] = max(steps[one], steps[name] + 1)
            reached[one] += 1
            if reached[one] == len(above[one]):
                heappush(ready, (vague[one], steps[one], one))
    return list(placed)


def _is_vague(cell: Cell) -> bool:
    """Whether all that a cell says of time is a word without a figure."""
    times = [time for token in cell.value.split("|") if (time := split_duration(token)) is not None]
    return bool(times) and not any(is_exact(value) for value, _ in times)
