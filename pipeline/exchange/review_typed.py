"""What a reviewer writes under "Nytt värde", in the codes that decisions are kept in; or why it says none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pipeline.codebooks import HarmonisedRequirement, list_codebooks, load_codebook
from pipeline.exchange.review_sheets import AnsweredRow
from pipeline.exchange.review_words import plain, said, words
from pipeline.records.comparison import Cell, Document
from pipeline.records.requirement import MODALITIES, Value
from pipeline.tables import read_table
from pipeline.wording import (
    CellReader,
    NotUnderstood,
    ValueReader,
    codes,
    fold,
    force_of,
    read_list,
    say,
    value_choices,
)

Row = TypeVar("Row")


class Refused(Exception):
    """A row that can't be taken; says why, in Swedish."""


def shipped_entries(codebooks: Sequence[str] = ()) -> dict[str, HarmonisedRequirement]:
    """The harmonised requirements that come with the program by id; those of the codebooks named here first."""
    names = sorted(list_codebooks(), key=lambda name: (name in codebooks, name))
    return {entry.id: entry for name in names for entry in load_codebook(name).requirements}


def labels_of(cells: Sequence[Cell]) -> dict[str, str]:
    """What harmonised requirements are called in Swedish, by id: those of a run, and all that come with the program."""
    shipped = {name: entry.label_sv for name, entry in shipped_entries().items()}
    return shipped | {cell.requirement: cell.label_sv for cell in cells}


class Typed:
    """What of an output folder tells what a reviewer means; a table that is not there tells nothing."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def _read(self, record: type[Row], name: str) -> list[Row]:
        table = self.out / f"{name}.parquet"
        return read_table(record, table) if table.is_file() else []

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The documents by file name."""
        return {d.file_name: d for d in self._read(Document, "documents")}

    @cached_property
    def _cells(self) -> Mapping[str, Cell]:
        return {f"{c.requirement}|{c.municipality}": c for c in self._read(Cell, "harmonised_requirements")}

    @cached_property
    def _readers(self) -> Mapping[str, CellReader]:
        """What reads each requirement's cells; of a codebook that is not ours only what its cells show is known."""
        own: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in self._cells.values():
            own[cell.requirement].append(cell)
        used = sorted({cell.codebook for cell in self._cells.values()})
        foreign = {c.requirement for c in self._cells.values() if c.codebook and c.codebook not in list_codebooks()}
        entries = shipped_entries(used)
        names = sorted({*entries, *own})
        return {name: CellReader(None if name in foreign else entries.get(name), own[name]) for name in names}

    @cached_property
    def _values(self) -> ValueReader:
        return ValueReader(self._read(Value, "values"))

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What the harmonised requirements are called, by id."""
        return labels_of(list(self._cells.values()))

    def changes(self, row: AnsweredRow, anchor: Mapping[str, Any], written: str) -> dict[str, str]:
        """The fields that a row changes, each with its new value in our codes.

        Raises:
            Refused: When what is written says nothing that can stand there; says what can.
        """
        target, field = str(anchor["target"]), str(anchor["field"])
        if target == "cell":
            return {field: self._cell(field, written)}
        if target == "requirement":
            column = _column(row, target) or "modality"
            return {column: self._column_of_requirement(column, written)}
        if target == "value":
            columns = self._columns_of_value(field, _column(row, target) or "value", written)
            return {field if name == "value" else f"{field}.{name}": code for name, code in columns.items()}
        return {field: written}

    def _cell(self, field: str, written: str) -> str:
        requirement = field.partition("|")[0]
        reader = self._readers.get(requirement) or CellReader(None)
        try:
            return str(reader.read(written, self._cells.get(field)))
        except NotUnderstood as unknown:
            place = f"för kravet {self.labels.get(requirement, requirement)}"
            raise _not_understood(str(unknown), place, reader.choices) from unknown

    def _column_of_requirement(self, column: str, written: str) -> str:
        if column in ("modality", "force"):
            return modality_of(written)
        known = {"status": codes("status"), "topics": self._topics}.get(column)
        if known is None:
            return written
        try:
            return "|".join(sorted(set(read_list(written, known, lambda _: ""))))
        except NotUnderstood as unknown:
            shown = (
                self.labels.values() if column == "topics" else (said("status", s) for s in ("in_force", "proposed"))
            )
            raise _not_understood(
                str(unknown), f"i fältet {_named('requirement', column)}", ", ".join(shown)
            ) from unknown

    @cached_property
    def _topics(self) -> Mapping[str, str]:
        """Harmonised requirements by their labels and ids."""
        return {fold(label): name for name, label in self.labels.items()} | {fold(name): name for name in self.labels}

    def _columns_of_value(self, kind: str, column: str, written: str) -> dict[str, str]:
        try:
            return self._values.read(kind, column, written)
        except NotUnderstood as unknown:
            place = f"i fältet {_named('value', column)}"
            raise _not_understood(str(unknown), place, value_choices(kind, column)) from unknown


def modality_of(written: str) -> str:
    """The code of a modality.

    Raises:
        Refused: When it is none.
    """
    modality = force_of(written)
    if not modality:
        raise Refused(f"”{written}” är ingen modalitet. Skriv {', '.join(say('modalities', m) for m in MODALITIES)}.")
    return modality


def _not_understood(written: str, place: str, choices: str) -> Refused:
    name = words()["columns"]["new_value"]["name"]
    return Refused(f"{name} ”{written}” förstås inte. Skriv {place}: {choices}.")


def _named(target: str, column: str) -> str:
    """What a reviewer calls a column."""
    return next(str(name) for name, code in words()["fields"][target].items() if code == column)


def _column(row: AnsweredRow, target: str) -> str:
    """The column that a reviewer chose to change, by our name; empty where none is chosen."""
    chosen, names = row.cells.get("field", ""), words()["fields"][target]
    column = str(names.get(plain(chosen), chosen))
    if column and column not in names.values():
        raise Refused(f"”{chosen}” är inget fält som kan ändras. Välj {', '.join(names)}.")
    return column
