"""The database is a plain SQLite file: typed tables, search in Swedish, the same bytes whenever it is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.exchange.database import Rows, begin_database, end_database, has_begun
from pipeline.records.comparison import CellEvidence
from pipeline.records.outline import Metadatum
from pipeline.records.stage import Passage

EVIDENCE = [
    CellEvidence("social_media", "response_time", "Ekvik", "r1", "", "doc1", 4, 9, "supports", 0.5),
    CellEvidence("social_media", "tone", "Ålbyn", "", "v1", "doc2", 0, 3, "nearest", 0.25),
]
PASSAGES = [
    Passage("doc1", 0, "Frågor ska besvaras inom två dagar 😀", "requirements", "r1", "Ekvik", 1, 4, 9),
    Passage("doc2", 0, "Sekretessbelagda uppgifter får inte publiceras", "texts", "0", "Ålbyn", None, 0, 3),
    Passage("doc2", 1, "halv \ud800 tecken", "texts", "1", "Ålbyn", 1, None, None),
]


def write(file: Path) -> Path:
    begin_database([Rows("cell_evidence", CellEvidence, EVIDENCE), Rows("metadata", Metadatum, [])], PASSAGES, file)
    end_database((), (), file)
    return file


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("besvaras", ["Ekvik"]),
        ("BESVARAS", ["Ekvik"]),
        ("fragor", []),
        ("frågor", ["Ekvik"]),
        ("sekretess*", ["Ålbyn"]),
        ('"får inte publiceras"', ["Ålbyn"]),
        ("ekvik", []),
    ],
)
def test_search_finds_swedish_words(tmp_path: Path, query: str, found: list[str]) -> None:
    with closing(sqlite3.connect(write(tmp_path / "c.sqlite"))) as database:
        rows = database.execute("SELECT municipality FROM search WHERE search MATCH ? ORDER BY rank", (query,))
        assert [name for (name,) in rows] == found


def test_tables_are_typed_and_say_what_their_columns_mean(tmp_path: Path) -> None:
    with closing(sqlite3.connect(write(tmp_path / "c.sqlite"))) as database:
        rows = database.execute(
            "SELECT municipality, start, typeof(score) FROM cell_evidence ORDER BY start"
        ).fetchall()
        assert rows == [("Ålbyn", 0, "real"), ("Ekvik", 4, "real")]
        meaning = "SELECT meaning FROM columns WHERE table_name = 'cell_evidence' AND column_name = 'score'"
        assert "0 to 1" in database.execute(meaning).fetchone()[0]
        assert database.execute("SELECT count(*) FROM metadata").fetchone() == (0,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA page_size").fetchone() == (4096,)


def test_the_same_rows_give_the_same_bytes_and_replace_what_was_there(tmp_path: Path) -> None:
    first = write(tmp_path / "a.sqlite").read_bytes()
    (tmp_path / "b.sqlite").write_bytes(b"an old file")
    (tmp_path / ".b.sqlite.part").write_bytes(b"left by a killed run")
    assert write(tmp_path / "b.sqlite").read_bytes() == first
    assert first[96:100] == bytes(4)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.sqlite", "b.sqlite"]


def test_a_database_written_in_two_steps_is_the_same_and_shows_only_when_it_is_whole(tmp_path: Path) -> None:
    whole, file = write(tmp_path / "whole.sqlite"), tmp_path / "steps" / "steps.sqlite"
    assert not has_begun(file)
    tables = [Rows("cell_evidence", CellEvidence, EVIDENCE), Rows("metadata", Metadatum, [])]
    begin_database(tables[:1], PASSAGES[:2], file)
    assert has_begun(file)
    assert not file.exists()
    end_database(tables[1:], PASSAGES[2:], file)
    assert not has_begun(file)
    assert [p.name for p in file.parent.iterdir()] == [file.name]
    with closing(sqlite3.connect(whole)) as one, closing(sqlite3.connect(file)) as two:
        for name in ("columns", "cell_evidence", "metadata", "search"):
            rows = f"SELECT * FROM {name} ORDER BY rowid"
            assert one.execute(rows).fetchall() == two.execute(rows).fetchall()
        found = "SELECT id FROM search WHERE search MATCH 'inte OR besvaras' ORDER BY rowid"
        assert one.execute(found).fetchall() == two.execute(found).fetchall() != []
