"""The rows of tables: their cells, sentence by sentence, and who does what the others say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.subjects import Actor, uncapitalised
from pipeline.extract.surroundings import heading_actor
from pipeline.records.outline import Outline, Unit
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, parse
from pipeline.swedish.sentences import split_sentences
from pipeline.swedish.tables import cells_of, heads_of

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
    places = [(u, *part) for u in units if u.kind == "table_row" for part in _parts(outline, u)]
    parts: dict[int, list[RowPart]] = {}
    parses = parse([words for *_, words in places], model=model)
    for (unit, cell, start, _), parsed in zip(places, parses, strict=True):
        parts.setdefault(unit.unit, []).append(RowPart(cell, replace(unit, start=start), parsed))
    found: dict[int, TableRow] = {}
    for unit, heads, first in under_heads(outline):
        if unit.unit in parts:
            names = first and any(any(lexicon().has(group, head) for group in HEADS) for head in heads)
            over = () if first else tuple(heads)
            found[unit.unit] = TableRow(names, *_doer(outline, unit, heads), tuple(parts[unit.unit]), over)
    return found


def _parts(outline: Outline, unit: Unit) -> Iterator[tuple[int, int, str]]:
    """Cell, place and words of each sentence of a row."""
    for number, cell in enumerate(cells_of(outline.text[unit.start : unit.end])):
        for start, end in split_sentences(outline.text, cell.start() + unit.start, cell.end() + unit.start):
            words = outline.text[start:end].replace("\n", " ").rstrip(" .")
            if words:
                yield number, start, words


def under_heads(outline: Outline) -> Iterator[tuple[Unit, list[str], bool]]:
    """Each row with the first row of its table in cells, and whether it is that one; a blank line parts tables."""
    heads: list[str] = []
    above: Unit | None = None
    for unit in outline.units:
        if unit.kind == "table_row":
            first = above is None or outline.text.count("\n", above.end, unit.start) > 1
            heads = heads_of(outline.text[unit.start : unit.end]) if first else heads
            yield unit, heads, first
        above = unit if unit.kind == "table_row" else None


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
