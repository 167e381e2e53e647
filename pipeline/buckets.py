"""Per-document rows of a stage in hash buckets of Parquet parts: what still holds is reused, what is gone is cleaned.

A stage's folder holds BB/TABLE.parquet for each bucket BB with the rows of the documents whose id falls there, where
there are any, and BB/keys.parquet with the key that each document's rows were made from, and a hash over the rows
themselves. What stands on the rows is keyed by that hash: where a document is worked on again and the same comes of it,
nothing after it is.
BB/sums.json has the sums of these files: a bucket that is not as it was written counts as absent.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.records.stage import StageKey
from pipeline.sums import SUMS, is_intact, write_sums
from pipeline.tables import read_arrow, read_table, read_tables, schema, sort_table, write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

Rows = dict[str, list[Any]]
"""A document's rows by table name."""

SEPARATOR = "\x1f"

KEYS = "keys.parquet"
COMPRESSION = "lz4"
"""How parts are packed: they take a third more room than under zstd and half of the time to read, and all that a run
does over many documents begins with reading them."""

READ_AT_ONCE = 16
"""Buckets of which the rows are made together."""

BATCH = 256
"""Documents worked on before their buckets are written; a killed run has to do two batches again at most, the one
that was worked on and the one that was being written."""


def make_key(*parts: object) -> str:
    """A key over what a result depends on: any change of a part gives another key."""
    said = SEPARATOR.join(str(part) for part in parts)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _hash_rows(rows: Rows) -> str:
    """A hash over a document's rows, table by table; equal rows have the same.

    It is `make_key` over each table's name and rows as Python writes them, row by row: of a long document all of it
    at once would take more memory than the rows.
    """
    said = hashlib.sha256()
    for n, name in enumerate(sorted(name for name in rows if rows[name])):
        said.update(f"{SEPARATOR if n else ''}({name!r}, [".encode())
        for i, row in enumerate(rows[name]):
            said.update(f"{', ' if i else ''}{row!r}".encode("utf-8", "surrogatepass"))
        said.update(b"])")
    return said.hexdigest()


def _read_keys(path: Path) -> list[StageKey]:
    """The keys of a bucket; none where it was written by a version with other columns."""
    try:
        return read_table(StageKey, path)
    except ValueError:
        return []


def _batches(grouped: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The buckets in order, as many at a time as hold a batch of documents."""
    batch: list[str] = []
    for bucket in sorted(grouped):
        batch.append(bucket)
        if sum(len(grouped[b]) for b in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(slots=True)
class Store:
    """The per-document tables of one stage below a folder."""

    folder: Path
    tables: Mapping[str, type]
    buckets: int
    _keys: dict[str, dict[str, StageKey]] | None = field(default=None)
    """The keys of the documents of each bucket that can be read, once they were asked for."""
    _intact: dict[str, bool] = field(default_factory=dict)
    """Which buckets are as they were written, of those that were looked at; each is summed once."""

    def bucket_of(self, document_id: str) -> str:
        """The name of the bucket a document's rows lie in."""
        number = int(hashlib.sha256(document_id.encode()).hexdigest()[:8], 16) % self.buckets
        return f"{number:04x}"

    def keys(self) -> dict[str, str]:
        """Each stored document's key."""
        return {i: row.key for i, row in self._stored().items()}

    def holding(self, wanted: Mapping[str, str]) -> list[str]:
        """The stored documents whose key is the wanted one."""
        return [i for i, key in self.keys().items() if wanted.get(i) == key]

    def contents(self) -> dict[str, str]:
        """A hash over each stored document's rows."""
        return {i: row.content for i, row in self._stored().items()}

    def damaged(self) -> list[str]:
        """The buckets that were written whole and are not as they were; their documents count as not worked on."""
        # A killed write leaves no sums, which is no damage.
        return [f.name for f in sorted(self.folder.glob("*/")) if (f / SUMS).exists() and not self._is_intact(f.name)]

    def _is_intact(self, bucket: str) -> bool:
        if bucket not in self._intact:
            self._intact[bucket] = is_intact(self.folder / bucket, [KEYS])
        return self._intact[bucket]

    def _folders(self) -> list[Path]:
        """The buckets that can be read, in order."""
        return [folder for folder in sorted(self.folder.glob("*/")) if self._is_intact(folder.name)]

    def _parts(self, table: str, folders: Sequence[Path]) -> list[Path]:
        """The files of one table in some buckets; a bucket that has no rows of it has none."""
        return [part for folder in folders if (part := folder / f"{table}.parquet").exists()]

    def _keys_of(self, bucket: str) -> dict[str, StageKey]:
        if self._keys is None:
            found = {folder.name: _read_keys(folder / KEYS) for folder in self._folders()}
            self._keys = {name: {row.document_id: row for row in rows} for name, rows in found.items()}
        return self._keys.get(bucket, {})

    def _stored(self) -> dict[str, StageKey]:
        return {i: row for folder in self._folders() for i, row in self._keys_of(folder.name).items()}

    def read(self, document_ids: Sequence[str], *, only: Collection[str] = ()) -> Iterator[tuple[str, Rows]]:
        """The rows of the documents that have any, bucket by bucket; of some tables where they are named."""
        known: dict[str, str] = {}
        grouped = self._grouped(document_ids)
        buckets = sorted(grouped)
        for start in range(0, len(buckets), READ_AT_ONCE):
            some = buckets[start : start + READ_AT_ONCE]
            rows = self._rows_in(some, only=only, known=known)
            yield from ((i, rows[i]) for bucket in some for i in grouped[bucket] if i in rows)

    def rows(self, table: str, record: type | None = None) -> Iterator[Any]:
        """All rows of one table, bucket by bucket, as another record of fewer columns where one is given.

        A bucket that was not written whole has none.
        """
        yield from read_tables(record or self.tables[table], self._parts(table, self._folders()))

    def table(self, table: str) -> pa.Table:
        """All rows of one table in its order, as Arrow: large ones would take several times the memory as records."""
        record = self.tables[table]
        wanted = schema(record)
        parts = [read_arrow(part).select(wanted.names).cast(wanted) for part in self._parts(table, self._folders())]
        return sort_table(parts, record)

    def refresh(
        self,
        wanted: Mapping[str, str],
        work: Callable[[Sequence[str]], Iterable[tuple[str, Rows]]],
        *,
        again: Collection[str] = (),
    ) -> list[str]:
        """Bring the store to the wanted documents and keys; gives the ids that were worked on.

        Args:
            wanted: Each document's key; documents that are not in it are removed.
            work: Gives the rows of the documents it is handed.
            again: Documents to work on though their key holds, because something beside their rows is gone.
        """
        self._clean()
        known = {i: row for i, row in self._stored().items() if i not in again}
        stale = [i for i, key in wanted.items() if i not in known or known[i].key != key]
        gone = [i for i in known if i not in wanted]
        grouped = self._grouped([*stale, *gone])
        holding = self._grouped([i for i, row in known.items() if wanted.get(i) == row.key])
        # One batch is written while the next is worked on; leaving the block waits for what is being written.
        with ThreadPoolExecutor(1) as writer:
            written: Future[None] | None = None
            for batch in _batches(grouped):
                ours = [i for b in batch for i in grouped[b] if i in wanted]
                fresh = dict(work(ours)) if ours else {}
                if written is not None:
                    written.result()
                written = writer.submit(self._rewrite, batch, grouped, holding, wanted, fresh)
            if written is not None:
                written.result()
        return stale

    def _rewrite(
        self,
        buckets: Sequence[str],
        grouped: Mapping[str, list[str]],
        holding: Mapping[str, list[str]],
        wanted: Mapping[str, str],
        fresh: Mapping[str, Rows],
    ) -> None:
        """Write some buckets anew, with the rows that hold and the fresh ones."""
        for bucket in buckets:
            known = self._keys_of(bucket)
            # Tables of an older version may lack columns; where nothing of them holds they are not read.
            here = set(holding.get(bucket, ()))
            kept = {i: rows for i, rows in self._rows_in([bucket]).items() if i in here} if here else {}
            kept |= {i: fresh[i] for i in grouped[bucket] if i in fresh}
            contents = {i: _hash_rows(fresh[i]) if i in fresh else known[i].content for i in kept}
            self._write(bucket, kept, [StageKey(i, wanted[i], contents[i]) for i in kept])

    def _clean(self) -> None:
        """Remove buckets that were not written whole or are damaged, and those of another number of buckets."""
        for folder in sorted(self.folder.glob("*/")):
            ids = self._keys_of(folder.name)
            if not ids or any(self.bucket_of(i) != folder.name for i in ids):
                self._remove(folder)

    def _write(self, bucket: str, rows: Mapping[str, Rows], keys: Sequence[StageKey]) -> None:
        """Write one bucket; the sums come last, so that a killed run leaves no key without its rows."""
        folder = self.folder / bucket
        if not rows:
            self._remove(folder)
            return
        self._forget(bucket)
        (folder / SUMS).unlink(missing_ok=True)
        tables = {name: [row for r in rows.values() for row in r.get(name, ())] for name in self.tables}
        # Thousands of files without a row would take as long to open as all others; those of a version with other
        # tables would lie there for good.
        parts = {f"{name}.parquet": found for name, found in tables.items() if found}
        for part in folder.glob("*.parquet"):
            if part.name not in (KEYS, *parts):
                part.unlink()
        for name, found in tables.items():
            if found:
                write_parquet(found, self.tables[name], folder / f"{name}.parquet", compression=COMPRESSION)
        write_parquet(keys, StageKey, folder / KEYS, compression=COMPRESSION)
        write_sums(folder, [KEYS, *parts])
        self._intact[bucket] = True
        if self._keys is not None:
            self._keys[bucket] = {row.document_id: row for row in keys}

    def _remove(self, folder: Path) -> None:
        self._forget(folder.name)
        shutil.rmtree(folder, ignore_errors=True)

    def _forget(self, bucket: str) -> None:
        self._intact.pop(bucket, None)
        if self._keys is not None:
            self._keys.pop(bucket, None)

    def _rows_in(
        self, buckets: Sequence[str], *, only: Collection[str] = (), known: dict[str, str] | None = None
    ) -> dict[str, Rows]:  # fmt: skip
        """The stored rows of some buckets by document; none of those that are not there as they were written."""
        intact = [bucket for bucket in buckets if self._is_intact(bucket)]
        rows: dict[str, Rows] = {i: {n: [] for n in self.tables} for bucket in intact for i in self._keys_of(bucket)}
        for name, record in self.tables.items():
            if only and name not in only:
                continue
            parts = self._parts(name, [self.folder / bucket for bucket in intact])
            found: Iterable[Any] = read_tables(record, parts, known=known)
            for row in found:
                rows[row.document_id][name].append(row)
        return rows

    def _grouped(self, document_ids: Sequence[str]) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for i in document_ids:
            groups.setdefault(self.bucket_of(i), []).append(i)
        return groups
