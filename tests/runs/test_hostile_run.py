"""A whole run over files that mean harm or are broken: each ends as text or as a row that says why not."""

from __future__ import annotations

import shutil
import unicodedata
from concurrent.futures import Executor
from pathlib import Path

import pytest

from pipeline.params import Params
from pipeline.records.comparison import Document
from tests.runs.conftest import Run
from tests.runs.hostile import write_hostile

LIMITS = {"bytes": 5_000_000, "seconds": 120, "megabytes": 1_500, "seconds_per_page": 60}
PARAMS = Params.model_validate({"ingest": {"limits": LIMITS}})


@pytest.fixture(scope="module")
def hostile(executor: Executor, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, dict[str, str]]:
    sources = tmp_path_factory.mktemp("onda")
    expected = write_hostile(sources)
    if shutil.which("soffice") is None:
        expected["kapad.doc"] = "program_missing"
    run = Run(executor, sources, tmp_path_factory.mktemp("run"))
    run.go(params=PARAMS)
    return run, expected


def test_each_file_ends_as_text_or_as_a_row_that_says_why(hostile: tuple[Run, dict[str, str]]) -> None:
    run, expected = hostile
    rows = {d.file_name: d for d in run.rows("documents", Document)}
    store = run.go(params=PARAMS).store("ingest")
    codes = {f.document_id: f.code for f in store.rows("failures")}
    found = {name: codes.get(row.document_id, "") for name, row in rows.items()}
    wanted = {unicodedata.normalize("NFC", name): code for name, code in expected.items()}
    members = {name for name in rows if name.startswith("namn.zip/")}
    inside = {name.partition("/")[0]: code for name, code in found.items() if name.startswith("djup.zip/")}
    assert {name: code for name, code in found.items() if "/" not in name} | inside == wanted
    assert {found[name] for name in members} == {""}
    assert {name.rpartition("/")[2] for name in members} == {"ut.txt", "x.txt", "y.txt"}
    for row in rows.values():
        assert (row.status == "quarantined") == bool(row.message)


def test_nothing_of_them_acts_or_leaks(hostile: tuple[Run, dict[str, str]]) -> None:
    run, _ = hostile
    for path in (run.out / "texts").iterdir():
        assert "root:" not in path.read_text("utf-8")
    pages = [p for p in (run.out / "report").rglob("*") if p.suffix in {".html", ".js"}]
    assert pages
    for path in pages:
        said = path.read_text("utf-8")
        assert "<script>alert" not in said
        assert 'href="javascript:' not in said
    names = {p.name for p in run.out.rglob("*")} | {p.name for p in Path(run.out).parent.iterdir()}
    assert not names & {"ut.txt", "x.txt", "y.txt", "x.exe"}
