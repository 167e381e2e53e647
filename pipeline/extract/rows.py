"""The rows of tables: their cells, sentence by sentence, and who does what the others say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.subjects import Actor, uncapitalised
from pipeline.extract.surroundings import heading_actor
from pipeline.records.outline import Outline, Unit
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, parse
from pipeline.swedish.sentences import split_sentences
from pipeline.swedish.tables import CELL_MARK, cells_of, column_at, columns_of, heads_of, stands_over

HEADS = ("doer_heads", "table_heads", "thing_heads", "time_heads", "forbidding_heads", "permitting_heads")
"""The groups of words that stand over columns."""

LONGEST_DOER = 5
"""Words of a cell that names who does something."""


@dataclass(frozen=True, slots=True)
class RowPart:
    """A sentence in a cell of a row; `unit` is the row from where the sentence begins, as its parse counts."""

    cell: int
    unit: Unit
    parse: Parse

    @property
    def is_told(self) -> bool:
        """Whether it has a verb, and so says something rather than naming a thing."""
        return any(t.pos in ("VERB", "AUX") and "VerbForm=Part" not in t.morph for t in self.parse.tokens)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table.

    Attributes:
        is_head: Whether it is its table's first and names what stands below it ("Handlingstyp", "Vem").
        doer: The cell that names who does what the other cells say, -1 where none does. That is the one under a head
            that asks for it ("Vem", "Ansvarig funktion"), else the first where it names a role.
        actor: Who that is.
        parts: Its sentences.
        heads: The words over its columns, by cell; none for a row that is the first.
    """

    is_head: bool
    doer: int
    actor: Actor | None
    parts: tuple[RowPart, ...]
    heads: tuple[str, ...] = ()

    def head_of(self, part: RowPart) -> str:
        """The words over the column that a part stands in, empty where there are none."""
        return self.heads[part.cell] if part.cell < len(self.heads) else ""

    @property
    def told(self) -> tuple[RowPart, ...]:
        """The parts that say something."""
        return tuple(part for part in self.parts if part.is_told)


def parse_rows(outline: Outline, units: Sequence[Unit], *, model: str = "") -> dict[int, TableRow]:
    """The rows of tables among some units, by unit number."""
    under = list(under_heads(outline))
    columns = _columns(outline, under)
    places = [
        (u, *part) for u in units if u.kind == "table_row" for part in _parts(outline, u, columns.get(u.unit, ()))
    ]
    parts: dict[int, list[RowPart]] = {}
    parses = parse([words for *_, words in places], model=model)
    for (unit, cell, start, _), parsed in zip(places, parses, strict=True):
        parts.setdefault(unit.unit, []).append(RowPart(cell, replace(unit, start=start), parsed))
    found: dict[int, TableRow] = {}
    doer: tuple[int, Actor | None] = (-1, None)
    for unit, heads, first in under:
        if unit.unit in parts:
            names = first and _name_columns(heads)
            over = () if first else tuple(heads)
            # A line that goes on with the row above in a further column has its doer.
            doer = doer if parts[unit.unit][0].cell else _doer(outline, unit, heads)
            found[unit.unit] = TableRow(names, *doer, tuple(parts[unit.unit]), over)
    return found


def _columns(outline: Outline, under: Iterable[tuple[Unit, list[str], bool]]) -> dict[int, list[int]]:
    """Where the columns of its table begin, for each row; none where tabs or bars part the cells of the first."""
    found: dict[int, list[int]] = {}
    columns: list[int] = []
    for unit, _, first in under:
        if first:
            line = outline.text[_line_start(outline, unit) : unit.end]
            columns = [] if CELL_MARK.search(line) else columns_of(line)
        found[unit.unit] = columns
    return found


def _line_start(outline: Outline, unit: Unit) -> int:
    return outline.text.rfind("\n", 0, unit.start) + 1


def _parts(outline: Outline, unit: Unit, columns: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Cell, place and words of each sentence of a row."""
    cells = cells_of(outline.text[unit.start : unit.end])
    begins = max(0, column_at(columns, unit.start - _line_start(outline, unit))) if len(cells) == 1 else 0
    for number, cell in enumerate(cells, start=begins):
        for start, end in split_sentences(outline.text, cell.start() + unit.start, cell.end() + unit.start):
            words = outline.text[start:end].replace("\n", " ").rstrip(" .")
            if words:
                yield number, start, words


def under_heads(outline: Outline) -> Iterator[tuple[Unit, list[str], bool]]:
    """Each row with the first row of its table in cells, and whether it is that one.

    A blank line parts tables; not those with nothing but wide gaps between their cells, whose rows it parts too.
    """
    heads: list[str] = []
    above: Unit | None = None
    for unit in outline.units:
        if unit.kind == "table_row":
            own = heads_of(outline.text[unit.start : unit.end])
            parted = above is None or outline.text.count("\n", above.end, unit.start) > 1
            goes_on = (
                above is not None and _is_wide(outline, above) and _is_wide(outline, unit) and not _name_columns(own)
            )
            first = above is None or (parted and not (goes_on and len(own) <= len(heads)))
            heads = own if first else heads
            yield unit, heads, first
        above = unit if unit.kind == "table_row" else None


def _is_wide(outline: Outline, unit: Unit) -> bool:
    """Whether neither tabs nor bars part the cells of a row."""
    return CELL_MARK.search(outline.text, unit.start, unit.end) is None


def _name_columns(cells: Sequence[str]) -> bool:
    """Whether a cell of a row is a word that stands over columns."""
    return any(stands_over(cell, HEADS) for cell in cells)


def _doer(outline: Outline, unit: Unit, heads: Sequence[str]) -> tuple[int, Actor | None]:
    """The cell that names who does something, and who that is; -1 and None where none does."""
    asked = next((i for i, head in enumerate(heads) if lexicon().has("doer_heads", head)), -1)
    cells = [cell[0].strip(" .") for cell in cells_of(outline.text[unit.start : unit.end])]
    if not cells:
        return -1, None
    at = asked if 0 <= asked < len(cells) else 0
    actor = heading_actor(cells[at])
    if actor is None and asked >= 0 and len(cells[at].split()) <= LONGEST_DOER and cells[at][:1].isalpha():
        actor = Actor(uncapitalised(cells[at]), "role")
    return (at, actor) if actor is not None else (-1, None)
