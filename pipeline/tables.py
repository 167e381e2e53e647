"""Tables derived from records: schemas, the data dictionary, writing whole or not at all, reading back."""

from __future__ import annotations

import os
import re
import types
import typing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from functools import cache
from itertools import repeat
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.failures import not_written

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = TypeVar("Row")

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula; in CSV it gets a leading apostrophe."""
_SMALL = tuple(range(1 << 16))
MOST_KNOWN = 500_000
"""Texts remembered while many tables are read, so that equal ones are one object."""
ROWS_AT_ONCE = 20_000
"""Rows of small tables that are read together."""
CSV_ROWS = 50_000
"""Rows made into text at a time."""
LINE_END = "\r\n"
_QUOTED = r'[",\r\n]'
"""What a text in a CSV file may hold only between quotes."""

PARQUET_ROWS = 100_000
"""Rows made into a part of a Parquet file at a time; a table of fewer has one part."""


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file so that a reader sees all of it or the old one: beside, then renamed."""
    with beside(path) as part:
        part.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write a text piece by piece, whole or not at all; what UTF-8 can't hold becomes a question mark."""
    with beside(path) as part, part.open("wb") as out:
        for piece in pieces:
            out.write(piece.encode("utf-8", "replace"))


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A place to write a file's content to, which is put in the file's place when all has been written.

    Raises:
        RunFailure: When it can't be written, for want of room or otherwise.
    """
    with written_into(path.with_name(f".{path.name}.part"), path) as part:
        yield part
        os.replace(part, path)


@contextmanager
def written_into(part: Path, path: Path) -> Iterator[Path]:
    """A place to write what will be a file's content, which is gone where that fails.

    Raises:
        RunFailure: When the file can't be written, for want of room or otherwise.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
    except BaseException as e:  # Ctrl-C too: what was begun is not left lying
        with suppress(OSError):
            part.unlink()
        if isinstance(e, OSError):
            raise not_written(path, e) from e
        raise


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
def _values_of(record: type) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*columns(record))


def as_row(row: Any) -> dict[str, Any]:
    """A record's values by column: many times faster than `dataclasses.asdict`, which looks into each."""
    record: Any = type(row)
    return dict(zip(columns(record), _values_of(record)(row), strict=True))


@cache
def schema(record: type) -> pa.Schema:
    """The Arrow schema of a record's table."""
    import pyarrow as pa

    kinds: dict[type, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    kinds[bytes] = pa.binary()
    return pa.schema([pa.field(n, kinds[t], nullable=maybe) for n, (t, maybe) in columns(record).items()])


def to_arrow(rows: Iterable[Any], record: type) -> pa.Table:
    """The rows as an Arrow table in the record's own order of rows (its KEY), each column typed."""
    return _as_arrow(in_order(rows, record), record)


def in_order(rows: Iterable[Any], record: type) -> list[Any]:
    """The rows as their table has them: sorted by the record's KEY."""
    return sorted(rows, key=_getter(tuple(record.KEY)))  # type: ignore[attr-defined]


def _as_arrow(rows: Sequence[Any], record: type) -> pa.Table:
    import pyarrow as pa

    wanted = schema(record)
    arrays = [pa.array(map(attrgetter(field.name), rows), type=field.type, size=len(rows)) for field in wanted]
    return pa.Table.from_arrays(arrays, schema=wanted)


def _getter(names: tuple[str, ...]) -> Callable[[Any], Any]:
    return attrgetter(*names)


def sort_table(parts: Sequence[pa.Table], record: type) -> pa.Table:
    """Arrow tables of one record as one, in the record's order of rows, without making a record of any row."""
    import pyarrow as pa

    whole = pa.concat_tables(parts) if parts else schema(record).empty_table()
    # Arrow compares the bytes of UTF-8, which gives the order of code points, as Python does.
    return whole.sort_by([(name, "ascending") for name in record.KEY]).combine_chunks()  # type: ignore[attr-defined]


def write_parquet(
    rows: Iterable[Any] | pa.Table, record: type, path: Path, *, compression: str = "zstd"
) -> None:  # fmt: skip
    """Write a record's table as Parquet: sorted, exact, without anything that changes from run to run.

    Args:
        rows: Records in any order, or an Arrow table of them in theirs.
        record: Their type.
        path: The file.
        compression: How its columns are packed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if isinstance(rows, pa.Table):
        with beside(path) as part:
            pq.write_table(rows, part, compression=compression, store_schema=False)
        return
    ordered = in_order(rows, record)
    with (
        beside(path) as part,
        pq.ParquetWriter(part, schema(record), compression=compression, store_schema=False) as writer,
    ):
        # A long document's rows a part at a time: as Arrow they take half as much again as they do as records.
        for start in range(0, max(1, len(ordered)), PARQUET_ROWS):
            writer.write_table(_as_arrow(ordered[start : start + PARQUET_ROWS], record))


def write_table(rows: Iterable[Any] | pa.Table, record: type, folder: Path, name: str) -> None:
    """Write folder/name.csv (for people and spreadsheets) and folder/name.parquet (exact)."""
    import pyarrow as pa

    table = rows if isinstance(rows, pa.Table) else to_arrow(rows, record)
    write_parquet(table, record, folder / f"{name}.parquet")
    write_csv(table, folder / f"{name}.csv")


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as people and spreadsheets read it."""
    with beside(path) as part, part.open("wb") as file:
        file.write((",".join(table.column_names) + LINE_END).encode())
        for start in range(0, table.num_rows, CSV_ROWS):
            file.writelines((line + LINE_END).encode() for line in _csv_lines(table.slice(start, CSV_ROWS)))


def _csv_lines(table: pa.Table) -> list[str]:
    """Each row as RFC 4180 has it: no text a spreadsheet takes for a formula, six digits of a number, truth in words.

    Column by column in Arrow: row by row takes three times as long, and among thousands of documents half a minute.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    formula = f"^[{''.join(map(re.escape, FORMULA_STARTS))}]"
    mark, quote = _text("'"), _text('"')
    columns = []
    for field, column in zip(table.schema, table.combine_chunks().columns, strict=True):
        said = _as_text(column, field.type)
        if pa.types.is_string(field.type):
            said = pc.if_else(pc.match_substring_regex(said, formula), _joined(mark, said), said)
            quoted = _joined(quote, pc.replace_substring(said, '"', '""'), quote)
            said = pc.if_else(pc.match_substring_regex(said, _QUOTED), quoted, said)
        columns.append(said)
    lines: list[str] = _joined(*columns, by=",").to_pylist()
    return lines


def _joined(*parts: Any, by: str = "") -> Any:
    """Columns of text and single texts joined row by row."""
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(*parts, _text(by))


def _text(words: str) -> pa.Scalar:
    """Words of Arrow's own, for Arrow calls for pandas to tell what a plain string is (`pipeline.arrow`)."""
    import pyarrow as pa

    return pa.scalar(words, type=pa.string())


def _as_text(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    """A column's values as a CSV file has them; what is missing is empty."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if kind == pa.bool_():
        said = pc.if_else(column, _text("true"), _text("false"))
    elif kind == pa.float64():
        # A number stands in many rows, so each is made into text once.
        found = column.combine_chunks().dictionary_encode()
        texts = pa.array([f"{number:.6g}" for number in found.dictionary.to_pylist()], type=pa.string())
        said = texts.take(found.indices)
    else:
        said = column.cast(pa.string())
    return pc.fill_null(said, _text(""))


def inert(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def read_table(record: type[Row], path: Path, *, known: dict[str, str] | None = None) -> list[Row]:
    """The rows of a Parquet table as records, in the table's order.

    Args:
        record: Their type.
        path: The table.
        known: Texts of tables read before: equal ones become one object, and new ones are added while there are few.

    Raises:
        FileNotFoundError: When the table is not there.
        ValueError: When it lacks a column of the record.
    """
    return list(read_tables(record, [path], known=known))


def read_tables(
    record: type[Row], paths: Iterable[Path], *, known: dict[str, str] | None = None
) -> Iterator[Row]:  # fmt: skip
    """The rows of several Parquet tables as records, one table after the other.

    Small tables are put together before their rows are made: to begin with a column takes as long as hundreds of rows
    of it. Arguments and errors are those of `read_table`.
    """
    waiting: list[pa.Table] = []
    for path in paths:
        waiting.append(_columns_of(record, path))
        if sum(table.num_rows for table in waiting) >= ROWS_AT_ONCE:
            yield from _records(record, waiting, known)
            waiting = []
    yield from _records(record, waiting, known)


def rows_of(table: pa.Table, record: type[Row]) -> Iterator[Row]:
    """The rows of an Arrow table as records, so many at a time that not all of them are there at once."""
    for start in range(0, table.num_rows, ROWS_AT_ONCE):
        yield from _records(record, [table.slice(start, ROWS_AT_ONCE)], None)


def _columns_of(record: type, path: Path) -> pa.Table:
    """A table with the columns of a record alone, in its order."""
    names = list(columns(record))
    table = read_arrow(path, names)
    missing = [name for name in names if name not in table.column_names]
    if missing:
        raise ValueError(f"{path} lacks the columns {', '.join(missing)}; run the stage that writes it again")
    return table.select(names)


def _records(
    record: type[Row], tables: Sequence[pa.Table], known: dict[str, str] | None
) -> Iterable[Row]:  # fmt: skip
    import pyarrow as pa

    if not tables:
        return ()
    whole = pa.concat_tables(tables)
    rows = list(map(object.__new__, repeat(record, whole.num_rows)))
    for name, column in zip(whole.column_names, whole.columns, strict=True):
        # Through the slot itself: a frozen record's own way in takes three times as long, half of all reading.
        deque(map(getattr(record, name).__set__, rows, _values(column, known)), maxlen=0)
    return rows


def _values(column: pa.ChunkedArray, known: dict[str, str] | None) -> list[Any]:
    """A column's values; equal texts are one object, or ids and codes on every row would fill half of the memory."""
    import pyarrow as pa

    if column.type == pa.int64():
        # Nearly all are offsets into texts: as objects of their own they would fill as much as what they point at.
        return [_SMALL[n] if n is not None and 0 <= n < len(_SMALL) else n for n in column.to_pylist()]
    if column.type != pa.string():
        values: list[Any] = column.to_pylist()
        return values
    encoded = column.combine_chunks().dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    if known is not None:
        share = known.setdefault if len(known) < MOST_KNOWN else known.get
        texts = [share(text, text) for text in texts]
    if encoded.null_count:
        return [None if place is None else texts[place] for place in encoded.indices.to_pylist()]
    return [texts[place] for place in encoded.indices.to_pylist()]


def read_arrow(path: Path, names: Sequence[str] | None = None) -> pa.Table:
    """A Parquet table as it stands, or what it has of some columns.

    Raises:
        FileNotFoundError: When the table is not there.
    """
    import pyarrow.parquet as pq

    # Not read_table: looking for datasets takes it three times as long as a small part takes to read.
    with pq.ParquetFile(path) as file:
        return file.read(columns=names, use_threads=False)


def to_frame(rows: Iterable[Any], record: type) -> pd.DataFrame:
    """The rows as a pandas frame, in the record's order of rows and columns; whole numbers may be missing."""
    return _as_frame(to_arrow(rows, record))


def _as_frame(table: pa.Table) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    whole_numbers = {pa.int64(): pd.Int64Dtype()}
    frame: pd.DataFrame = table.to_pandas(types_mapper=whole_numbers.get)
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
