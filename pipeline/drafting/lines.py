"""Which of the municipalities' answers a draft follows: the most common, the strictest or the middle one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.codebooks import HarmonisedRequirement
from pipeline.drafting.material import Material
from pipeline.drafting.naming import is_of_one_unit, is_role
from pipeline.records.comparison import ABOVE, BELOW, Cell
from pipeline.wording import is_exact, split_duration

Line = Literal["most_common", "strictest", "median"]
LINES: tuple[Line, ...] = ("most_common", "strictest", "median")

ANSWERING = ("stated", "stated_negatively", "delegated")
FORCE = {"must": 2, "must_not": 2, "should": 1, "should_not": 1, "may": 0, "": 0}


@dataclass(frozen=True, slots=True)
class Position:
    """A rule as one line has it, and the municipalities whose answers it is made of; `told` as in a rule."""

    tokens: tuple[str, ...]
    modality: str
    answer: str
    document: str
    municipalities: tuple[str, ...]
    told: tuple[str, ...] = ()


def answering_cells(material: Material, requirement: str) -> tuple[Cell, ...]:
    """The cells that answer a requirement with a rule or refer to where it stands, by municipality."""
    cells = [c for c in material.cells.get(requirement, ()) if c.answer in ANSWERING and not material.announces(c)]
    return tuple(sorted(cells, key=lambda c: c.municipality))


def tokens_of(cell: Cell) -> tuple[str, ...]:
    """The values of a cell in normal form, without the bare duty."""
    return tuple(dict.fromkeys(t for t in cell.value.split("|") if t and t != "duty"))


def choose_position(material: Material, entry: HarmonisedRequirement, line: Line, *, own: str = "") -> Position | None:
    """What a line says to a requirement, None where no municipality answers it.

    Most common: the whole answer that most give, which may be the document that it is left to; else the modality that
    most give, of a set what at least half of those that name any of it name, of other values the one named most. A role
    that only schools and the like have is followed where nobody names another. Strictest: the answer that stands above
    most others in the comparison; of a set everything that anybody asks for. Median: the answer in the middle of that
    order. Where values have no order, all lines are the most common one. Ties go to the municipality's own answer, then
    to the stricter, then by name.

    Args:
        material: The comparison.
        entry: The harmonised requirement.
        line: Which line.
        own: The municipality that is drafted for.
    """
    cells = answering_cells(material, entry.id)
    stated = [c for c in cells if c.answer == "stated"]
    if not stated:
        return _most_common_answer(cells, own) if cells else None
    if line == "most_common" or entry.stricter == "no_order":
        negative = [c for c in cells if c.answer == "stated_negatively"]
        if len(negative) > len(stated):
            return _position(negative[:1], negative)
        common = _most_common(entry, rank_cells(material, stated), own)
        left = _left_to_one_document(cells, own)
        return left if left is not None and len(left.municipalities) > len(common.municipalities) else common
    ranked = rank_cells(material, stated)
    if line == "strictest" and _is_set(entry):
        return _union(entry, ranked, stated)
    place = 0 if line == "strictest" else (len(ranked) - 1) // 2
    return _position([_nearest_to_own(ranked, place, own)], stated)


def rank_cells(material: Material, cells: Sequence[Cell]) -> list[Cell]:
    """The cells by how many others they stand above less how many stand above them, strictest first.

    The order rests on the comparison's own relations, so that draft and report never call two different answers the
    strictest. Cells that stand alike are ordered by force, number of values and name.
    """
    known = {c.municipality for c in cells}
    score: Counter[str] = Counter()
    for relation in material.relations.get(cells[0].requirement, ()):
        if relation.municipality in known and relation.other_municipality in known:
            score[relation.municipality] += (relation.relation in ABOVE) - (relation.relation in BELOW)
            score[relation.other_municipality] += (relation.relation in BELOW) - (relation.relation in ABOVE)

    def order(cell: Cell) -> tuple[float, int, int, str]:
        """Strictest first: by score (half a step for what compare calls strictest), force, number of values, name."""
        flagged = cell.relation_to_strictest == "strictest"
        return -score[cell.municipality] - flagged / 2, -FORCE[cell.modality], -len(tokens_of(cell)), cell.municipality

    return sorted(cells, key=order)


def _most_common_answer(cells: Sequence[Cell], own: str) -> Position:
    answer = _most(cells, lambda c: [c.answer], own)
    fitting = [c for c in cells if c.answer == answer]
    chosen = next((c for c in fitting if c.municipality == own), fitting[0])
    return _position([chosen], fitting)


def _left_to_one_document(cells: Sequence[Cell], own: str) -> Position | None:
    """The document that most of those who leave the answer to one name, with who names it."""
    left = [c for c in cells if c.answer == "delegated"]
    return _most_common_delegated(left, own) if left else None


def _most_common_delegated(cells: Sequence[Cell], own: str) -> Position:
    document = _most(cells, lambda c: [c.value], own)
    alike = [c for c in cells if c.value == document]
    chosen = next((c for c in alike if c.municipality == own), alike[0])
    return Position((), chosen.modality or "must", "delegated", document, tuple(c.municipality for c in alike))


def _most_common(entry: HarmonisedRequirement, cells: Sequence[Cell], own: str) -> Position:
    modality = _most(cells, lambda c: [c.modality], own)
    naming = [c for c in cells if tokens_of(c)]
    if not naming:
        return Position((), modality, "stated", "", tuple(c.municipality for c in cells if c.modality == modality))
    counts = Counter(t for c in naming for t in tokens_of(c))
    if _is_set(entry):
        chosen = [t for t in sorted(counts) if counts[t] * 2 >= len(naming)] or [_most(naming, tokens_of, own)]
    else:
        # Of those who name only a headmaster, another municipality has none to follow.
        chosen = [_most([c for c in naming if not _is_for_one_unit(c)] or naming, _leading_first, own)]
    supporting = tuple(c.municipality for c in naming if set(tokens_of(c)) & set(chosen))
    return Position(tuple(chosen), modality, "stated", "", supporting)


def _is_for_one_unit(cell: Cell) -> bool:
    """Whether all that a cell names are roles that only schools, libraries and the like have."""
    return all(is_of_one_unit(token) for token in tokens_of(cell))


def _leading_first(cell: Cell) -> list[str]:
    """The values of a cell, first those that its leading quote names: they answer most directly.

    Of "skyndsamt, senast inom två dagar" two days are the limit.
    """
    quote = cell.quote.casefold()
    times = {token: time for token in tokens_of(cell) if (time := split_duration(token)) is not None}
    vague = {token for token, (value, _) in times.items() if not is_exact(value)}
    said = (token for token in tokens_of(cell) if token not in vague or vague == times.keys())
    return sorted(said, key=lambda token: token.casefold() not in quote)


def _union(entry: HarmonisedRequirement, ranked: Sequence[Cell], cells: Sequence[Cell]) -> Position:
    """Everything that anybody asks for, with the force of the one that stands highest.

    Who is to do it is no part of the sum: that is who does it where most is asked.
    """
    roles = [_roles_in(entry, c) for c in sorted(ranked, key=_is_for_one_unit)]
    others = {t for c in cells for t in tokens_of(c)}.difference(*roles)
    tokens = tuple(sorted(others | next(filter(None, roles), set())))
    hardest = max(cells, key=lambda c: (FORCE[c.modality], -ranked.index(c)))
    return Position(tokens, hardest.modality, "stated", "", tuple(c.municipality for c in cells))


def _roles_in(entry: HarmonisedRequirement, cell: Cell) -> set[str]:
    """The values of a cell that are roles; none where roles are no kind of value of the requirement."""
    members = {m.id for m in entry.members}
    return {t for t in tokens_of(cell) if "role" in entry.kinds and t not in members and is_role(t)}


def _position(chosen: Sequence[Cell], cells: Sequence[Cell]) -> Position:
    """The position of one cell, with all municipalities that answer alike."""
    cell = chosen[0]
    alike = [
        c.municipality for c in cells if (c.answer, c.value, c.modality) == (cell.answer, cell.value, cell.modality)
    ]
    document = cell.value if cell.answer == "delegated" else ""
    tokens = () if cell.answer == "delegated" else tokens_of(cell)
    return Position(tokens, cell.modality or "must", cell.answer, document, tuple(alike))


def _nearest_to_own(ranked: Sequence[Cell], place: int, own: str) -> Cell:
    """The cell at a place of the order; the municipality's own where it says the same."""
    cell = ranked[place]
    same = [c for c in ranked if (c.value, c.modality) == (cell.value, cell.modality)]
    return next((c for c in same if c.municipality == own), cell)


def _most(cells: Iterable[Cell], values: Callable[[Cell], Iterable[str]], own: str) -> str:
    """The value that most cells have; of equals the municipality's own, then the one that comes first in the cells."""
    cells = list(cells)
    counts = Counter(v for c in cells for v in values(c))
    mine = {v for c in cells if c.municipality == own for v in values(c)}
    first: dict[str, int] = {}
    for value in (v for c in cells for v in values(c)):
        first.setdefault(value, len(first))
    return min(counts, key=lambda v: (-counts[v], v not in mine, first[v], v))


def _is_set(entry: HarmonisedRequirement) -> bool:
    return entry.value in ("set", "acts", "documents", "channels")
