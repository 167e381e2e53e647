"""Tables: sorted, typed, inert in a spreadsheet, exact in Parquet, whole or not there."""

from __future__ import annotations

import csv
import errno
import io
import os
import random
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import tables
from pipeline.failures import RunFailure
from pipeline.records.column import column
from pipeline.tables import (
    columns,
    dictionary,
    read_table,
    read_tables,
    to_arrow,
    to_frame,
    write_parquet,
    write_table,
    write_whole,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of every type."""

    KEY: ClassVar[tuple[str, ...]] = ("name", "number")

    name: str = column("A name", values=("a", "b|c", ""))
    number: int = column("A number")
    share: float = column("A share")
    sure: bool = column("Whether")
    place: int | None = column("Where, or nowhere")


def sample(name: str = "a", number: int = 1, share: float = 0.5, sure: bool = True, place: int | None = None) -> Sample:
    return Sample(name, number, share, sure, place)


def csv_rows(folder: Path, name: str = "t") -> list[list[str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_formula_is_inert_in_csv_and_exact_in_parquet(tmp_path: Path, start: str) -> None:
    said = f'{start}HYPERLINK("http://x";"y")'
    write_table([sample(said)], Sample, tmp_path, "t")
    assert csv_rows(tmp_path)[1][0] == "'" + said
    assert read_table(Sample, tmp_path / "t.parquet") == [sample(said)]


@pytest.mark.parametrize("said", [" =1+1", "a=b", "–5", "'quoted", "", "1-2", "#NAME?", "\n=x"])
def test_other_text_stays_as_it_is(tmp_path: Path, said: str) -> None:
    write_table([sample(said)], Sample, tmp_path, "t")
    assert csv_rows(tmp_path)[1][0] == said


def test_negative_numbers_are_numbers(tmp_path: Path) -> None:
    write_table([sample(number=-1, share=-0.25, place=-7)], Sample, tmp_path, "t")
    assert csv_rows(tmp_path)[1] == ["a", "-1", "-0.25", "true", "-7"]


def test_csv_is_what_the_contract_says(tmp_path: Path) -> None:
    write_table([sample('räksmörgås, "citat"\noch rad', place=None, sure=False)], Sample, tmp_path, "t")
    content = (tmp_path / "t.csv").read_bytes()
    assert content.startswith(b"name,number,share,sure,place\r\n")
    assert content == 'name,number,share,sure,place\r\n"räksmörgås, ""citat""\noch rad",1,0.5,false,\r\n'.encode()


def test_an_empty_table_has_its_header_and_its_types(tmp_path: Path) -> None:
    write_table([], Sample, tmp_path, "t")
    assert csv_rows(tmp_path) == [["name", "number", "share", "sure", "place"]]
    assert read_table(Sample, tmp_path / "t.parquet") == []
    assert to_frame([], Sample).dtypes.astype(str).to_dict()["number"].lower() == "int64"


rows_of = st.lists(
    st.builds(
        sample,
        st.text(max_size=8),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False),
        st.booleans(),
        st.none() | st.integers(0, 10**9),
    ),
    max_size=8,
    unique_by=lambda r: (r.name, r.number),
)


@settings(max_examples=60, deadline=None)
@given(rows_of)
def test_parquet_gives_back_exactly_what_went_in_sorted(rows: list[Sample]) -> None:
    import pyarrow.parquet as pq

    table = to_arrow(rows, Sample)
    sink = io.BytesIO()
    pq.write_table(table, sink)
    found = [Sample(**row) for row in pq.read_table(io.BytesIO(sink.getvalue())).to_pylist()]
    assert found == sorted(rows, key=lambda r: (r.name, r.number))


@settings(max_examples=25, deadline=None)
@given(rows=rows_of, seed=st.integers(0, 5))
def test_the_order_of_the_rows_given_does_not_show(tmp_path_factory: pytest.TempPathFactory, rows: list[Sample],
                                                   seed: int) -> None:  # fmt: skip
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    write_table(rows, Sample, one, "t")
    write_table(random.Random(seed).sample(rows, len(rows)), Sample, two, "t")
    for name in ("t.csv", "t.parquet"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(max_size=12), max_size=6))
def test_any_text_comes_back_from_csv_but_for_the_apostrophe(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    write_table([sample(text, n) for n, text in enumerate(texts)], Sample, folder, "t")
    found = {int(row[1]): row[0] for row in csv_rows(folder)[1:]}
    assert found == {n: "'" + t if t[:1] and t[0] in "=+-@\t\r" else t for n, t in enumerate(texts)}


def test_a_table_written_in_parts_is_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [Sample(f"d{n % 7}", n, 0.5 * n, n % 2 == 0, None) for n in range(50)]
    write_parquet(rows, Sample, tmp_path / "whole.parquet")
    monkeypatch.setattr(tables, "PARQUET_ROWS", 8)
    write_parquet(rows, Sample, tmp_path / "parts.parquet")
    assert read_table(Sample, tmp_path / "parts.parquet") == read_table(Sample, tmp_path / "whole.parquet")


@pytest.mark.parametrize("at_once", [1, 5, 100])
def test_tables_read_together_are_those_read_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(tables, "ROWS_AT_ONCE", at_once)
    sizes = (3, 0, 1, 4, 2)
    paths = [tmp_path / f"{place}.parquet" for place in range(len(sizes))]
    for place, (path, size) in enumerate(zip(paths, sizes, strict=True)):
        write_parquet([Sample(f"d{place}", n, 0.5, n % 2 == 0, None) for n in range(size)], Sample, path)
    wanted = [row for path in paths for row in read_table(Sample, path)]
    assert len(wanted) == sum(sizes)
    assert list(read_tables(Sample, paths)) == wanted
    assert list(read_tables(Sample, [])) == []


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "new" / "t.csv"
    write_whole(target, "gammal\n")

    def cut_off(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:3])
        raise OSError(errno.ENOSPC, "disk full")

    monkeypatch.setattr(Path, "write_bytes", cut_off)
    with pytest.raises(RunFailure, match="no space left") as caught:
        write_whole(target, "ny och längre\n")
    assert str(target) in caught.value.message.sv
    assert target.read_text("utf-8") == "gammal\n"
    assert [p.name for p in target.parent.iterdir()] == ["t.csv"]


def test_writing_renames_beside_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Path, Path]] = []
    real = os.replace

    def watch(src: Path, dst: Path) -> None:
        seen.append((Path(src), Path(dst)))
        real(src, dst)

    monkeypatch.setattr(os, "replace", watch)
    write_table([sample()], Sample, tmp_path, "t")
    assert {dst.name for _, dst in seen} == {"t.csv", "t.parquet"}
    assert all(src.parent == dst.parent and src.name != dst.name for src, dst in seen)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["t.csv", "t.parquet"]


def test_newlines_are_written_as_given(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "a\nb\r\nå")
    assert (tmp_path / "a").read_bytes() == b"a\nb\r\n\xc3\xa5"


def test_a_table_without_a_column_says_what_to_do(tmp_path: Path) -> None:
    @dataclass(frozen=True, slots=True)
    class Wider(Sample):
        KEY: ClassVar[tuple[str, ...]] = ("name",)
        extra: str = column("New")

    write_parquet([sample()], Sample, tmp_path / "t.parquet")
    with pytest.raises(ValueError, match=r"lacks the columns extra; run the stage"):
        read_table(Wider, tmp_path / "t.parquet")
    with pytest.raises(FileNotFoundError):
        read_table(Sample, tmp_path / "none.parquet")


def test_columns_of_a_record() -> None:
    assert columns(Sample) == {
        "name": (str, False), "number": (int, False), "share": (float, False), "sure": (bool, False),
        "place": (int, True),
    }  # fmt: skip


def test_a_frame_has_the_records_columns_and_order() -> None:
    frame = to_frame([sample("b", place=4), sample("a")], Sample)
    assert list(frame.columns) == list(columns(Sample))
    assert list(frame["name"]) == ["a", "b"]
    assert [tuple(r) for r in frame.itertuples(index=False)][1] == astuple(sample("b", place=4))


def test_the_dictionary_tells_types_values_and_order() -> None:
    said = dictionary([("samples", Sample)])
    assert "## samples\n\nA row of every type.\n\nSorted by name, number." in said
    assert "| name | str | A name. One of: a, b\\|c, (empty) |" in said
    assert "| place | int or empty | Where, or nowhere |" in said
