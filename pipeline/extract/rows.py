"""The rows of tables: their cells, sentence by sentence, and who does what the others say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.subjects import Actor, uncapitalised
from pipeline.extract.surroundings import heading_actor
from pipeline.records.outline import Outline, Unit
from pipeline.swedish.durations import find_durations
from pipeline.swedish.finite import finite_verbs
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, parse
from pipeline.swedish.sentences import split_sentences
from pipeline.swedish.tables import CELL_MARK, HEADS, cells_of, column_at, columns_of, heads_of, items_of, stands_over

LONGEST_DOER = 5
"""Words of a cell that names who does something."""
_WHO = re.compile(r"(?i)\bsom\b")
"""What may stand with a verb in such a cell: "Den som publicerar"."""


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
        """The parts that say something; not a cell that describes somebody ("Den som publicerar")."""
        named = self.doer if self.actor is not None else -1
        return tuple(p for p in self.parts if p.is_told and not (p.cell == named and _WHO.search(p.parse.text)))


def parse_rows(outline: Outline, units: Sequence[Unit], *, model: str = "") -> dict[int, TableRow]:
    """The rows of tables among some units, by unit number."""
    under = list(under_heads(outline))
    columns = _columns(outline, under)
    widths = {unit.unit: len(heads) for unit, heads, _ in under}
    places = [
        (u, *part)
        for u in units
        if u.kind == "table_row"
        for part in _parts(outline, u, columns.get(u.unit, ()), widths.get(u.unit, 0))
    ]
    parts: dict[int, list[RowPart]] = {}
    parses = parse([words for *_, words in places], model=model)
    for (unit, cell, start, _), parsed in zip(places, parses, strict=True):
        parts.setdefault(unit.unit, []).append(RowPart(cell, replace(unit, start=start), parsed))
    found: dict[int, TableRow] = {}
    carried: tuple[int, Actor | None] = (-1, None)
    over: list[str] = []
    section = -1
    for unit, heads, first in under:
        if unit.unit not in parts:
            continue
        if section != unit.section or (first and heads != over):
            carried = (-1, None)
        over, section = heads, unit.section
        is_head = (first or _is_repeated(outline, unit, heads)) and _name_columns(heads)
        if not is_head:
            carried = _doer(parts[unit.unit], outline, unit, heads, carried)
        doer = (-1, None) if is_head else carried
        found[unit.unit] = TableRow(is_head, *doer, tuple(parts[unit.unit]), () if first else tuple(heads))
    return found


def _is_repeated(outline: Outline, unit: Unit, heads: Sequence[str]) -> bool:
    """Whether a row says the words over the columns again, as on a table's next page."""
    return heads_of(outline.text[unit.start : unit.end]) == heads


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


def _parts(outline: Outline, unit: Unit, columns: Sequence[int], width: int) -> Iterator[tuple[int, int, str]]:
    """Cell, place and words of each sentence of a row."""
    cells = cells_of(outline.text[unit.start : unit.end], width)
    begins = max(0, column_at(columns, unit.start - _line_start(outline, unit))) if len(cells) == 1 else 0
    for number, cell in enumerate(cells, start=begins):
        at = unit.start + cell.start
        for low, high in items_of(outline.text[at : unit.start + cell.end]):
            for start, end in split_sentences(outline.text, at + low, at + high):
                words = outline.text[start:end].replace("\n", " ").rstrip(" .")
                if words:
                    yield number, start, words


def under_heads(outline: Outline) -> Iterator[tuple[Unit, list[str], bool]]:
    """Each row with the first row of its table in cells, and whether it is that one.

    A blank line parts tables; not those with nothing but wide gaps between their cells, whose rows it parts too, nor
    the two pages over which a table goes.
    """
    heads: list[str] = []
    above: Unit | None = None
    for unit in outline.units:
        if unit.kind == "table_row":
            own = heads_of(outline.text[unit.start : unit.end])
            parted = above is None or outline.text.count("\n", above.end, unit.start) > 1
            goes_on = above is not None and _may_go_on(outline, above, unit) and not _name_columns(own)
            first = above is None or (parted and not (goes_on and len(own) <= len(heads)))
            heads = own if first else heads
            yield unit, heads, first
        above = unit if unit.kind == "table_row" else None


def _may_go_on(outline: Outline, above: Unit, unit: Unit) -> bool:
    """Whether a row behind a blank line may belong to the same table as the one before it."""
    if outline.page_of(above.start) != outline.page_of(unit.start):
        return above.section == unit.section
    return _is_wide(outline, above) and _is_wide(outline, unit)


def _is_wide(outline: Outline, unit: Unit) -> bool:
    """Whether neither tabs nor bars part the cells of a row."""
    return CELL_MARK.search(outline.text, unit.start, unit.end) is None


def _name_columns(cells: Sequence[str]) -> bool:
    """Whether a cell of a row is a word that stands over columns."""
    return any(stands_over(cell, HEADS) for cell in cells)


def _doer(
    parts: Sequence[RowPart], outline: Outline, unit: Unit, heads: Sequence[str], above: tuple[int, Actor | None]
) -> tuple[int, Actor | None]:  # fmt: skip
    """The cell that names who does something, and who that is; -1 and None where none does.

    Where that cell is empty it is whoever does what the row above says: the cell spans both, or says nothing twice.
    """
    asked = next((i for i, head in enumerate(heads) if lexicon().has("doer_heads", head)), -1)
    at = max(asked, 0)
    own = [part for part in parts if part.cell == at]
    if not own and above[1] is not None:
        return above
    cells = [cell.words.strip(" .") for cell in cells_of(outline.text[unit.start : unit.end], len(heads))]
    at = at if own and at < len(cells) else 0
    actor = heading_actor(cells[at]) if at < len(cells) else None
    if actor is None and asked >= 0 and own and _may_name_somebody(cells[at], own):
        actor = Actor(uncapitalised(cells[at]), "role")
    return (at, actor) if actor is not None else (-1, None)


def _may_name_somebody(words: str, parts: Sequence[RowPart]) -> bool:
    """Whether the words of a cell may be a name for who does something: no sentence ("Ska spara bilder"), no time."""
    if not words[:1].isalpha() or len(words.split()) > LONGEST_DOER or find_durations(words):
        return False
    return _WHO.search(words) is not None or not any(finite_verbs(part.parse.tokens) for part in parts)
