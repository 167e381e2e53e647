"""Tables derived from records: schemas, the data dictionary, writing whole or not at all, reading back."""

from __future__ import annotations

import io
import os
import types
import typing
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = TypeVar("Row")

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula; in CSV it gets a leading apostrophe."""


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file so that a reader sees all of it or the old one: beside, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    os.replace(beside, path)


@cache
def columns(record: type[Any]) -> dict[str, tuple[type, bool]]:
    """The record's columns in order, each with its plain type and whether it may be missing."""
    hints = typing.get_type_hints(record)
    result: dict[str, tuple[type, bool]] = {}
    for item in fields(record):
        hint = hints[item.name]
        options = [t for t in typing.get_args(hint) if t is not types.NoneType] if typing.get_args(hint) else [hint]
        result[item.name] = (options[0], len(options) < len(typing.get_args(hint)))
    return result


@cache
def schema(record: type) -> pa.Schema:
    """The Arrow schema of a record's table."""
    import pyarrow as pa

    kinds: dict[type, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return pa.schema([pa.field(n, kinds[t], nullable=maybe) for n, (t, maybe) in columns(record).items()])


def to_arrow(rows: Iterable[Any], record: type) -> pa.Table:
    """The rows as an Arrow table in the record's own order of rows (its KEY), each column typed."""
    import pyarrow as pa

    key = tuple(record.KEY)  # type: ignore[attr-defined]
    ordered = sorted(rows, key=lambda row: tuple(getattr(row, name) for name in key))
    names = list(columns(record))
    by_column = list(zip(*(astuple(row) for row in ordered), strict=True)) if ordered else [()] * len(names)
    arrays = [pa.array(values, type=field.type) for values, field in zip(by_column, schema(record), strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema(record))


def write_parquet(rows: Iterable[Any], record: type, path: Path) -> None:
    """Write a record's table as Parquet: sorted, exact, without anything that changes from run to run."""
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(to_arrow(rows, record), sink, compression="zstd", store_schema=False)
    write_whole(path, sink.getvalue())


def write_table(rows: Iterable[Any], record: type, folder: Path, name: str) -> None:
    """Write folder/name.csv (for people and spreadsheets) and folder/name.parquet (exact)."""
    rows = list(rows)
    write_parquet(rows, record, folder / f"{name}.parquet")
    frame = to_frame(rows, record)
    for column, (kind, _) in columns(record).items():
        if kind is str:
            frame[column] = frame[column].map(inert)
        elif kind is bool:
            frame[column] = frame[column].map({True: "true", False: "false"})
    content = frame.to_csv(index=False, lineterminator="\r\n", float_format="%.6g")
    write_whole(folder / f"{name}.csv", content)


def inert(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def read_table(record: type[Row], path: Path) -> list[Row]:
    """The rows of a Parquet table as records, in the table's order.

    Raises:
        FileNotFoundError: When the table is not there.
        ValueError: When it lacks a column of the record.
    """
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    kind: Any = record
    names = list(columns(kind))
    missing = [name for name in names if name not in table.column_names]
    if missing:
        raise ValueError(f"{path} lacks the columns {', '.join(missing)}; run the stage that writes it again")
    return [record(*values) for values in zip(*(table.column(n).to_pylist() for n in names), strict=True)]


def to_frame(rows: Iterable[Any], record: type) -> pd.DataFrame:
    """The rows as a pandas frame, in the record's order of rows and columns; whole numbers may be missing."""
    import pandas as pd
    import pyarrow as pa

    whole_numbers = {pa.int64(): pd.Int64Dtype()}
    frame: pd.DataFrame = to_arrow(rows, record).to_pandas(types_mapper=whole_numbers.get)
    return frame


def column_meanings(record: type[Any]) -> dict[str, str]:
    """What each column of a record means, its closed set of values included, by name in the record's order."""
    meanings = {}
    for item in fields(record):
        values = [v or "(empty)" for v in item.metadata.get("values", ())]
        said = item.metadata.get("meaning", "")
        meanings[item.name] = said + (f". One of: {', '.join(values)}" if values else "")
    return meanings


def dictionary(tables: Sequence[tuple[str, type]]) -> str:
    """The data dictionary in Markdown: every table, every column, its type, values and meaning."""
    lines = [
        "# Data dictionary",
        "",
        "Made from the table schemas by `python -m pipeline.dictionary`; do not edit.",
        "",
    ]
    for table, record in tables:
        lines += [f"## {table}", "", (record.__doc__ or "").strip().splitlines()[0], ""]
        lines += [f"Sorted by {', '.join(record.KEY)}.", ""]  # type: ignore[attr-defined]
        lines += ["| column | type | meaning |", "| --- | --- | --- |"]
        for name, said in column_meanings(record).items():
            kind, maybe = columns(record)[name]
            shown = said.replace("|", "\\|")
            lines.append(f"| {name} | {kind.__name__}{' or empty' if maybe else ''} | {shown} |")
        lines.append("")
    return "\n".join(lines)
