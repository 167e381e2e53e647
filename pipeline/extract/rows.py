"""The rows of tables: their cells, sentence by sentence, and who does what the others say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.subjects import Actor, uncapitalised
from pipeline.extract.surroundings import heading_actor
from pipeline.records.outline import Outline, Unit
from pipeline.swedish.normative import lexicon
from pipeline.swedish.parsing import Parse, parse
from pipeline.swedish.sentences import split_sentences

_CELL = re.compile(r"[^\t|]+")
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


def parse_rows(outline: Outline, units: Sequence[Unit], *, model: str = "") -> dict[int, tuple[RowPart, ...]]:
    """The parts of the rows among some units, by unit number."""
    places = [
        (u, cell, start, words) for u in units if u.kind == "table_row" for cell, start, words in _parts(outline, u)
    ]
    found: dict[int, list[RowPart]] = {}
    parses = parse([words for *_, words in places], model=model)
    for (unit, cell, start, _), parsed in zip(places, parses, strict=True):
        found.setdefault(unit.unit, []).append(RowPart(cell, replace(unit, start=start), parsed))
    return {number: tuple(parts) for number, parts in found.items()}


def _parts(outline: Outline, unit: Unit) -> Iterator[tuple[int, int, str]]:
    """Cell, place and words of each sentence of a row."""
    for number, cell in enumerate(_cells(outline, unit)):
        for start, end in split_sentences(outline.text, cell.start() + unit.start, cell.end() + unit.start):
            words = outline.text[start:end].replace("\n", " ").rstrip(" .")
            if words:
                yield number, start, words


def _cells(outline: Outline, unit: Unit) -> list[re.Match[str]]:
    """The cells of a row that hold anything; their offsets are those within the row."""
    return [m for m in _CELL.finditer(outline.text[unit.start : unit.end]) if m[0].strip()]


def is_head(outline: Outline, unit: Unit) -> bool:
    """Whether a row is its table's first and names what stands below it ("Handlingstyp", "Vem")."""
    if outline.units[unit.unit].kind != "table_row" or _first_row(outline, unit).unit != unit.unit:
        return False
    return any(
        lexicon().has("doer_heads", head) or lexicon().has("table_heads", head) for head in _heads(outline, unit)
    )


def row_doer(outline: Outline, unit: Unit) -> tuple[int, Actor | None]:
    """The cell of a row that names who does what the other cells say, and who that is; -1 and None where none does.

    That is the cell under a head that asks for it ("Vem", "Ansvarig funktion"), else the first one where it names a
    role.
    """
    asked = next((i for i, head in enumerate(_heads(outline, unit)) if lexicon().has("doer_heads", head)), -1)
    cells = [m[0].strip(" .") for m in _cells(outline, outline.units[unit.unit])]
    at = asked if 0 <= asked < len(cells) else 0
    if not cells:
        return -1, None
    actor = heading_actor(cells[at])
    if actor is None and asked >= 0 and len(cells[at].split()) <= LONGEST_DOER and cells[at][:1].isalpha():
        actor = Actor(uncapitalised(cells[at]), "role")
    return (at, actor) if actor is not None else (-1, None)


def _heads(outline: Outline, unit: Unit) -> list[str]:
    """The cells of the first row of a row's table."""
    return [m[0].strip(" .:").lower() for m in _cells(outline, _first_row(outline, unit))]


def _first_row(outline: Outline, unit: Unit) -> Unit:
    """The first row of the table that a row stands in; a blank line parts tables."""
    at, units = unit.unit, outline.units
    while at > 0 and units[at - 1].kind == "table_row":
        if outline.text.count("\n", units[at - 1].end, units[at].start) > 1:
            break
        at -= 1
    return units[at]


def told_parts(rows: Mapping[int, tuple[RowPart, ...]], unit: Unit) -> tuple[RowPart, ...]:
    """The parts of a row that say something, where any does."""
    return tuple(part for part in rows.get(unit.unit, ()) if part.is_told)
