"""Buckets: what still holds is reused, what is gone is cleaned, and no state on disk gives another result."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import buckets
from pipeline.buckets import Rows, Store, make_key
from pipeline.records.column import column
from pipeline.tables import write_parquet
from pipeline.versions import hash_code
from tests.folders import files


@dataclass(frozen=True, slots=True)
class Note:
    """A row of a document."""

    KEY: ClassVar[tuple[str, ...]] = ("document_id", "number")

    document_id: str = column("The document")
    number: int = column("Its number")
    said: str = column("What it was made from")


TABLES = {"notes": Note, "extras": Note}


class Worker:
    """Makes the rows of documents from their keys and remembers what it was asked for."""

    def __init__(self, keys: dict[str, str]) -> None:
        self.keys, self.asked = keys, []

    keys: dict[str, str]
    asked: list[str]

    def __call__(self, ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
        for i in ids:
            self.asked.append(i)
            yield i, {"notes": [Note(i, n, self.keys[i]) for n in range(2)], "extras": []}


def refresh(folder: Path, keys: dict[str, str], *, count: int = 8) -> tuple[Store, Worker]:
    store, worker = Store(folder, TABLES, count), Worker(keys)
    assert sorted(store.refresh(keys, worker)) == sorted(worker.asked)
    return store, worker


def assert_as_if_done_at_once(folder: Path, keys: dict[str, str], *, count: int) -> None:
    """The store holds the bytes of one that did everything in one go."""
    refresh(folder / "clean", keys, count=count)
    clean = files(folder / "clean")
    shutil.rmtree(folder / "clean")
    assert files(folder) == clean


def keys_of(*numbers: int, said: str = "k") -> dict[str, str]:
    return {f"d{n:03}": f"{said}{n}" for n in numbers}


def test_first_run_does_everything_and_the_next_nothing(tmp_path: Path) -> None:
    keys = keys_of(*range(30))
    store, worker = refresh(tmp_path, keys)
    assert sorted(worker.asked) == sorted(keys)
    assert {(r.document_id, r.said) for r in store.rows("notes")} == set(keys.items())
    before = files(tmp_path)
    again, worker = refresh(tmp_path, keys)
    assert worker.asked == []
    assert files(tmp_path) == before
    assert again.keys() == keys


def test_a_changed_key_does_that_document_again_and_no_other(tmp_path: Path) -> None:
    refresh(tmp_path, keys_of(*range(30)))
    keys = keys_of(*range(30)) | {"d007": "new"}
    store, worker = refresh(tmp_path, keys)
    assert worker.asked == ["d007"]
    assert {(r.document_id, r.said) for r in store.rows("notes")} == set(keys.items())


def test_a_table_without_rows_has_no_file(tmp_path: Path) -> None:
    class Generous(Worker):
        def __call__(self, ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
            return ((i, {**rows, "extras": [Note(i, 0, "more")]}) for i, rows in super().__call__(ids))

    keys = keys_of(1)
    Store(tmp_path, TABLES, 1).refresh(keys, Generous(keys))
    assert [p.name for p in sorted(tmp_path.glob("*/*.parquet"))] == ["extras.parquet", "keys.parquet", "notes.parquet"]
    store, _ = refresh(tmp_path, keys_of(1, said="next"))
    assert [p.name for p in sorted(tmp_path.glob("*/*.parquet"))] == ["keys.parquet", "notes.parquet"]
    assert (list(store.rows("extras")), store.table("extras").num_rows) == ([], 0)
    assert store.damaged() == []


def test_a_table_that_is_no_more_has_no_file_after_its_bucket_is_written_again(tmp_path: Path) -> None:
    refresh(tmp_path / "store", {"a": "1"}, count=1)
    store = Store(tmp_path / "store", {"extras": Note}, 1)
    store.refresh({"a": "2"}, lambda ids: ((i, {"extras": [Note(i, 0, "2")]}) for i in ids))
    assert sorted(p.name for p in (tmp_path / "store" / "0000").iterdir()) == [
        "extras.parquet",
        "keys.parquet",
        "sums.json",
    ]


def test_a_store_knows_its_keys_after_they_changed(tmp_path: Path) -> None:
    store, worker = Store(tmp_path, TABLES, 2), Worker(keys_of(1, 2, 3))
    store.refresh(worker.keys, worker)
    assert store.keys() == worker.keys
    worker = Worker(keys_of(2, 3) | {"d003": "new", "d004": "k4"})
    store.refresh(worker.keys, worker)
    assert store.keys() == worker.keys == Store(tmp_path, TABLES, 2).keys()
    assert store.contents() == Store(tmp_path, TABLES, 2).contents()


def test_removed_documents_vanish_with_their_buckets(tmp_path: Path) -> None:
    refresh(tmp_path, keys_of(*range(30)))
    store, worker = refresh(tmp_path, keys_of(3))
    assert worker.asked == []
    assert [r.document_id for r in store.rows("notes")] == ["d003", "d003"]
    assert [p.name for p in tmp_path.iterdir()] == [store.bucket_of("d003")]
    refresh(tmp_path, {})
    assert files(tmp_path) == {}


changes = st.lists(
    st.dictionaries(st.integers(0, 12), st.sampled_from("abc"), max_size=8), min_size=1, max_size=4
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(runs=changes, count=st.sampled_from([1, 3, 16]))
def test_any_history_ends_in_the_bytes_of_a_clean_run(
    tmp_path_factory: pytest.TempPathFactory, runs: list[dict[int, str]], count: int
) -> None:
    used, clean = tmp_path_factory.mktemp("used"), tmp_path_factory.mktemp("clean")
    for run in runs:
        keys = {f"d{n}": key for n, key in run.items()}
        refresh(used, keys, count=count)
    refresh(clean, dict(sorted(keys.items())), count=count)
    assert files(used) == files(clean)


def test_a_bucket_without_its_keys_is_done_again(tmp_path: Path) -> None:
    keys = keys_of(*range(30))
    store, _ = refresh(tmp_path, keys)
    before = files(tmp_path)
    bucket = store.bucket_of("d004")
    (tmp_path / bucket / "keys.parquet").unlink()
    # What a killed write leaves: tables of the new run beside those of the old one.
    write_parquet([Note("d004", 0, "torn")], Note, tmp_path / bucket / "notes.parquet")
    _, worker = refresh(tmp_path, keys)
    assert set(worker.asked) == {i for i in keys if store.bucket_of(i) == bucket}
    assert files(tmp_path) == before


def test_rows_without_keys_are_never_read(tmp_path: Path) -> None:
    store, _ = refresh(tmp_path, keys_of(*range(30)))
    bucket = store.bucket_of("d004")
    (tmp_path / bucket / "keys.parquet").unlink()
    store = Store(tmp_path, TABLES, 8)
    assert "d004" not in {r.document_id for r in store.rows("notes")}
    assert [i for i, _ in store.read(["d004"])] == []


def damage(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        middle = len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        path.write_bytes({"cut": content[:-9], "empty": b"", "flipped": flipped}[how])


@pytest.mark.parametrize("how", ["gone", "cut", "empty", "flipped"])
@pytest.mark.parametrize("name", ["keys.parquet", "notes.parquet", "sums.json"])
def test_a_damaged_part_counts_as_absent_and_is_done_again(tmp_path: Path, name: str, how: str) -> None:
    keys = keys_of(*range(30))
    store, _ = refresh(tmp_path, keys)
    before, bucket = files(tmp_path), store.bucket_of("d004")
    lost = {i for i in keys if store.bucket_of(i) == bucket}
    damage(tmp_path / bucket / name, how)
    store = Store(tmp_path, TABLES, 8)
    assert store.damaged() == ([] if (name, how) == ("sums.json", "gone") else [bucket])
    assert set(store.keys()) == set(keys) - lost
    assert {r.document_id for r in store.rows("notes")} == set(keys) - lost
    assert set(store.table("notes").column("document_id").to_pylist()) == set(keys) - lost
    assert [i for i, _ in store.read(sorted(lost))] == []
    store, worker = refresh(tmp_path, keys)
    assert set(worker.asked) == lost
    assert store.damaged() == []
    assert files(tmp_path) == before


def test_any_flipped_byte_of_a_bucket_is_found(tmp_path: Path) -> None:
    refresh(tmp_path, keys_of(4), count=1)
    for path in sorted(tmp_path.glob("*/*")):
        whole = path.read_bytes()
        for n in range(0, len(whole), 7):
            path.write_bytes(whole[:n] + bytes([whole[n] ^ 0x10]) + whole[n + 1 :])
            assert Store(tmp_path, TABLES, 1).damaged() == ["0000"], (path.name, n)
        path.write_bytes(whole)
    assert Store(tmp_path, TABLES, 1).damaged() == []


def test_a_killed_write_of_a_document_that_is_then_removed_leaves_nothing(tmp_path: Path) -> None:
    store, _ = refresh(tmp_path, keys_of(*range(30)))
    bucket = store.bucket_of("d004")
    (tmp_path / bucket / "keys.parquet").unlink()
    kept = {i: k for i, k in keys_of(*range(30)).items() if store.bucket_of(i) != bucket}
    store, worker = refresh(tmp_path, kept)
    assert worker.asked == []
    assert {r.document_id for r in store.rows("notes")} == set(kept)
    assert not (tmp_path / bucket).exists()


def test_another_number_of_buckets_loses_and_doubles_nothing(tmp_path: Path) -> None:
    keys = keys_of(*range(30))
    for count in (8, 3, 64, 1):
        store, _ = refresh(tmp_path, keys, count=count)
        assert sorted(r.document_id for r in store.rows("notes")) == sorted(2 * list(keys)), count
        assert sorted(i for i, _ in store.read(list(keys))) == sorted(keys), count
    assert_as_if_done_at_once(tmp_path, keys, count=1)


def test_a_table_of_an_older_version_is_done_again_not_read(tmp_path: Path) -> None:
    @dataclass(frozen=True, slots=True)
    class Older:
        KEY: ClassVar[tuple[str, ...]] = ("document_id",)
        document_id: str = column("The document")

    refresh(tmp_path, keys_of(*range(9)))
    for part in tmp_path.glob("*/notes.parquet"):
        write_parquet([], Older, part)
    # Another version of the code is another key of every document.
    keys = keys_of(*range(9), said="next")
    store, worker = refresh(tmp_path, keys)
    assert sorted(worker.asked) == sorted(keys)
    assert {(r.document_id, r.said) for r in store.rows("notes")} == set(keys.items())


def test_a_kill_between_batches_keeps_what_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "BATCH", 4)
    keys = keys_of(*range(30))

    class Killed(Worker):
        def __call__(self, ids: Sequence[str]) -> Iterable[tuple[str, Rows]]:
            if len(self.asked) > 12:
                raise KeyboardInterrupt
            return super().__call__(ids)

    worker = Killed(keys)
    with pytest.raises(KeyboardInterrupt):
        Store(tmp_path, TABLES, 16).refresh(keys, worker)
    _, second = refresh(tmp_path, keys, count=16)
    assert not set(second.asked) & set(worker.asked)
    assert set(second.asked) | set(worker.asked) == set(keys)
    assert_as_if_done_at_once(tmp_path, keys, count=16)


def test_a_document_the_work_gives_nothing_for_is_tried_again(tmp_path: Path) -> None:
    store = Store(tmp_path, TABLES, 4)
    assert store.refresh({"d1": "k"}, lambda ids: ()) == ["d1"]
    assert store.keys() == {}
    assert Store(tmp_path, TABLES, 4).refresh({"d1": "k"}, Worker({"d1": "k"})) == ["d1"]


def test_a_document_can_be_done_again_though_its_key_holds(tmp_path: Path) -> None:
    keys = keys_of(*range(9))
    refresh(tmp_path, keys)
    before = files(tmp_path)
    store, worker = Store(tmp_path, TABLES, 8), Worker(keys)
    assert store.refresh(keys, worker, again={"d003", "gone"}) == worker.asked == ["d003"]
    assert files(tmp_path) == before
    assert [sorted(rows) for _, rows in store.read(["d003"])] == [["extras", "notes"]]
    ((_, rows),) = store.read(["d003"], only=("notes",))
    assert (len(rows["notes"]), rows["extras"]) == (2, [])


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_keys_differ_whenever_a_part_differs(one: list[str], two: list[str]) -> None:
    if any("\x1f" in part for part in [*one, *two]) or {len(one), len(two)} & {0}:
        return  # the separator never stands in what keys are made of
    assert (make_key(*one) == make_key(*two)) == (one == two)


@given(st.dictionaries(st.sampled_from(["notes", "extras"]), st.lists(st.text(), max_size=4), max_size=2))
def test_rows_are_hashed_as_python_writes_them(said: dict[str, list[str]]) -> None:
    rows: Rows = {name: [Note("a", n, text) for n, text in enumerate(texts)] for name, texts in said.items()}
    wanted = make_key(*(repr((name, rows[name])) for name in sorted(rows) if rows[name]))
    assert buckets._hash_rows(rows) == wanted


def test_the_hash_of_code_sees_every_change_and_nothing_else(tmp_path: Path) -> None:
    room = tmp_path / "here" / "room"
    (room / "inner").mkdir(parents=True)
    (room / "a.py").write_text("1", "utf-8")
    (room / "inner" / "b.yaml").write_text("2", "utf-8")
    first = hash_code([room])
    (room / "__pycache__").mkdir()
    (room / "__pycache__" / "a.pyc").write_bytes(b"3")
    (room / ".a.py.swp").write_bytes(b"4")
    shutil.copytree(room, tmp_path / "there" / "room")
    assert hash_code([room]) == first == hash_code([tmp_path / "there" / "room"])
    (room / "inner" / "b.yaml").write_text("2 ", "utf-8")
    second = hash_code([room])
    (room / "inner" / "b.yaml").rename(room / "inner" / "c.yaml")
    assert len({first, second, hash_code([room])}) == 3
    assert hash_code([room / "a.py"]) != hash_code([room / "inner" / "c.yaml"])
