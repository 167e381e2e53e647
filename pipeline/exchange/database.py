"""The comparison as one SQLite file with full-text search, for those who query."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from pipeline.records.stage import Passage
from pipeline.tables import beside, column_meanings, columns, written_into

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


def begin_database(tables: Iterable[Rows], passages: Iterable[Passage], file: Path) -> None:
    """Write a database's first tables and passages beside the file; `end_database` puts it in its place.

    Raises:
        RunFailure: When it can't be written, for want of room or otherwise.
    """
    with written_into(_begun(file), file) as part:
        part.unlink(missing_ok=True)  # a killed run's, to which SQLite would add
        with _failing_as_files_do(), _opened(part) as database:
            database.execute("CREATE TABLE columns (table_name TEXT, column_name TEXT, meaning TEXT)")
            kept = [f"{name} UNINDEXED" for name in SEARCHED[1:]]
            database.execute(
                f"CREATE VIRTUAL TABLE search USING fts5({', '.join([SEARCHED[0], *kept])}, "
                "tokenize = 'unicode61 remove_diacritics 0')"
            )
            database.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (WORDS_AT_ONCE,))
            _add(database, tables, passages)


def has_begun(file: Path) -> bool:
    """Whether a database has been begun that is not yet in its place."""
    return _begun(file).exists()


def end_database(tables: Iterable[Rows], passages: Iterable[Passage], file: Path) -> None:
    """Add a database's last tables and passages to what was begun, and put it in its place.

    Words are folded to lower case and keep their dots: å, ä and ö are letters of their own. The same rows in the same
    order give the same bytes: no clock, a fixed page size, a compacted file without the library's version in it.

    Raises:
        RunFailure: When it can't be written, for want of room or otherwise.
    """
    with beside(file) as part:
        os.replace(_begun(file), part)
        with _failing_as_files_do(), _opened(part) as database:
            _add(database, tables, passages)
            database.execute("INSERT INTO search (search) VALUES ('optimize')")
            database.execute("COMMIT")
            database.execute("VACUUM")
        with part.open("r+b") as written:
            written.seek(_VERSION_AT)
            written.write(bytes(_VERSION_LENGTH))


def _begun(file: Path) -> Path:
    """Where a database lies until it is whole."""
    return file.with_name(f".{file.name}.begun.part")


@contextmanager
def _failing_as_files_do() -> Iterator[None]:
    """SQLite's words for what it can't write, as an error of files.

    Raises:
        OSError: When SQLite can't write.
    """
    try:
        yield
    except sqlite3.OperationalError as e:
        full = e.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)
        raise OSError(errno.ENOSPC if full else errno.EIO, str(e)) from e


@contextmanager
def _opened(part: Path) -> Iterator[sqlite3.Connection]:
    """A database to write to, all at once: nobody reads it before it is whole."""
    with closing(sqlite3.connect(part, isolation_level=None)) as database:
        database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        yield database
        if database.in_transaction:
            database.execute("COMMIT")


def _add(database: sqlite3.Connection, tables: Iterable[Rows], passages: Iterable[Passage]) -> None:
    for table in tables:
        _add_table(database, table)
    _insert(database, "INSERT INTO search VALUES (?, ?, ?, ?, ?, ?, ?, ?)", SEARCHED, passages)


def _add_table(database: sqlite3.Connection, table: Rows) -> None:
    """One table with its rows, an index on each of its ids, and what its columns mean."""
    names = columns(table.record)
    shape = ", ".join(f'"{name}" {_KINDS[kind]}' for name, (kind, _) in names.items())
    database.execute(f'CREATE TABLE "{table.name}" ({shape})')
    places = ", ".join("?" * len(names))
    _insert(database, f'INSERT INTO "{table.name}" VALUES ({places})', tuple(names), table.rows)  # noqa: S608 - ours
    for name in names:
        if name.endswith("_id") or name in ("requirement", "municipality"):
            database.execute(f'CREATE INDEX "{table.name}_{name}" ON "{table.name}" ("{name}")')
    meanings = column_meanings(table.record)
    database.executemany("INSERT INTO columns VALUES (?, ?, ?)", ((table.name, n, meanings[n]) for n in names))


def _insert(database: sqlite3.Connection, said: str, names: Sequence[str], rows: Iterable[Any]) -> None:
    """Put rows in; half a surrogate pair, which a database can't hold, becomes a question mark."""
    waiting: Iterator[tuple[Any, ...]] = map(attrgetter(*names), rows)
    last: tuple[Any, ...] = ()

    def told() -> Iterator[tuple[Any, ...]]:
        nonlocal last
        for row in waiting:
            last = row
            yield row

    refused = True
    while refused:
        try:
            database.executemany(said, told())
            refused = False
        except UnicodeEncodeError:  # the last row that was asked for; those behind it are still waiting
            clean = (v.encode("utf-8", "replace").decode("utf-8") if isinstance(v, str) else v for v in last)
            database.execute(said, tuple(clean))
