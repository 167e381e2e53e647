"""The comparison as one SQLite file with full-text search, for those who query."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from pipeline.records.stage import Passage
from pipeline.tables import beside, column_meanings, columns

PAGE_SIZE = 4096
WORDS_AT_ONCE = 1 << 26
"""Bytes of the index that are gathered before they are written: fewer parts are merged, a fifth of its time less."""
_VERSION_AT, _VERSION_LENGTH = 96, 4
"""Where a SQLite file names the library that wrote it: a note for people, the same file must not differ by it."""

SEARCHED = ("words", "kind", "id", "municipality", "document_id", "page", "start", "end")
"""The columns of `search`, in order; only words are looked for."""

_KINDS = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER"}


@dataclass(frozen=True, slots=True)
class Rows:
    """One table: its name, the record that tells its columns, and the rows."""

    name: str
    record: type
    rows: Iterable[Any]


def write_database(tables: Iterable[Rows], passages: Iterable[Passage], file: Path) -> None:
    """Write the tables, `search` (FTS5) over the passages, and `columns`, which says what each column means.

    Words are folded to lower case and keep their dots: å, ä and ö are letters of their own. The same rows in the same
    order give the same bytes: no clock, a fixed page size, a compacted file without the library's version in it.

    Raises:
        RunFailure: When it can't be written, for want of room or otherwise.
    """
    with beside(file) as part:
        part.unlink(missing_ok=True)  # a killed run's, to which SQLite would add
        _fill(part, tables, passages)
        with part.open("r+b") as written:
            written.seek(_VERSION_AT)
            written.write(bytes(_VERSION_LENGTH))


def _fill(part: Path, tables: Iterable[Rows], passages: Iterable[Passage]) -> None:
    """Write the tables, the index and the meanings into a new database.

    Raises:
        OSError: When SQLite can't write them.
    """
    try:
        _write(part, tables, passages)
    except sqlite3.OperationalError as e:
        full = e.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)
        raise OSError(errno.ENOSPC if full else errno.EIO, str(e)) from e


def _write(part: Path, tables: Iterable[Rows], passages: Iterable[Passage]) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as database:
        database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        database.execute("CREATE TABLE columns (table_name TEXT, column_name TEXT, meaning TEXT)")
        for table in tables:
            _add_table(database, table)
        kept = [f"{name} UNINDEXED" for name in SEARCHED[1:]]
        database.execute(
            f"CREATE VIRTUAL TABLE search USING fts5({', '.join([SEARCHED[0], *kept])}, "
            "tokenize = 'unicode61 remove_diacritics 0')"
        )
        database.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (WORDS_AT_ONCE,))
        database.executemany("INSERT INTO search VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _tuples(Passage, SEARCHED, passages))
        database.execute("INSERT INTO search (search) VALUES ('optimize')")
        database.execute("COMMIT")
        database.execute("VACUUM")


def _add_table(database: sqlite3.Connection, table: Rows) -> None:
    """One table with its rows, an index on each of its ids, and what its columns mean."""
    names = columns(table.record)
    shape = ", ".join(f'"{name}" {_KINDS[kind]}' for name, (kind, _) in names.items())
    database.execute(f'CREATE TABLE "{table.name}" ({shape})')
    places = ", ".join("?" * len(names))
    database.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', _tuples(table.record, names, table.rows))  # noqa: S608 - ours
    for name in names:
        if name.endswith("_id") or name in ("requirement", "municipality"):
            database.execute(f'CREATE INDEX "{table.name}_{name}" ON "{table.name}" ("{name}")')
    meanings = column_meanings(table.record)
    database.executemany("INSERT INTO columns VALUES (?, ?, ?)", ((table.name, n, meanings[n]) for n in names))


def _tuples(record: type, names: Iterable[str], rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows as they are put in; half a surrogate pair, which a database can't hold, becomes a question mark."""
    kinds = columns(record)
    values, texts = attrgetter(*names), attrgetter(*(name for name in names if kinds[name][0] is str))
    for row in rows:
        try:
            "".join(texts(row)).encode("utf-8")
        except UnicodeEncodeError:
            yield tuple(v.encode("utf-8", "replace").decode("utf-8") if isinstance(v, str) else v for v in values(row))
        else:
            yield values(row)
