"""Tesseract missing, without a model, hanging, crashing, printing rubbish: each has its end and its message."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytesseract
import pytest
from PIL import Image

from pipeline.failures import DocumentFailure
from pipeline.ingest import read_document
from pipeline.ingest.tesseract import Manner, installed_models, recognise
from pipeline.params import IngestSettings, LimitSettings
from tests.ingest.fakes import HEAD, LISTED, Faker


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.png"
    Image.new("L", (300, 300), 255).save(path)
    return path


def printing(table: str, tmp_path: Path) -> str:
    (tmp_path / "table").write_bytes(table.encode("utf-8", "surrogateescape"))
    return f'{LISTED}cat {tmp_path}/table > "$2.tsv"\n'


def test_a_missing_program_says_how_to_get_it(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(tmp_path / "nowhere"))
    installed_models.cache_clear()
    with pytest.raises(DocumentFailure) as failure:
        read_document(page)
    assert failure.value.code == "program_missing"
    assert "apt-get install tesseract-ocr" in failure.value.message.sv
    assert "brew install tesseract" in failure.value.message.en


def test_a_missing_model_is_named(page: Path, fake: Faker) -> None:
    fake('printf "List:\\nswe\\n"')
    with pytest.raises(DocumentFailure) as failure:
        read_document(page)
    assert failure.value.code == "model_missing"
    assert "Latin" in failure.value.message.sv


def test_a_model_in_the_folder_script_is_found(fake: Faker) -> None:
    fake('printf "List:\\nscript/Latin\\nswe\\n"')
    assert installed_models("Latin+swe") == "script/Latin+swe"


@pytest.mark.parametrize(
    ("script", "code"), [("echo broken >&2; exit 1", "crash"), ("kill -ABRT $$", "crash"), ("exit 0", "crash")]
)
def test_a_crash_is_the_documents_failure(page: Path, fake: Faker, script: str, code: str) -> None:
    fake(LISTED + script)
    with pytest.raises(DocumentFailure) as failure:
        read_document(page)
    assert failure.value.code == code


def test_a_hang_is_ended_and_the_program_killed(page: Path, fake: Faker, tmp_path: Path) -> None:
    fake(f"{LISTED}echo $$ > {tmp_path}/pid; exec sleep 600")
    limits = LimitSettings(seconds_per_page=1)
    with pytest.raises(DocumentFailure) as failure:
        read_document(page, settings=IngestSettings(limits=limits))
    assert (failure.value.code, failure.value.details["seconds"]) == ("time", "1")
    pid = int((tmp_path / "pid").read_text())
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").exists() and " Z " in Path(f"/proc/{pid}/stat").read_text():
            return
        time.sleep(0.1)
    pytest.fail("the program is still there")


def test_one_bad_page_does_not_take_the_others_with_it(fake: Faker, tmp_path: Path) -> None:
    table = HEAD + "5\t1\t1\t1\t1\t1\t10\t10\t90\t20\t95\tText\n"
    (tmp_path / "table").write_text(table, "utf-8")
    fake(f'{LISTED}if grep -aq "2400 1800" "$1"; then exit 1; fi; cat {tmp_path}/table > "$2.tsv"')
    path = tmp_path / "a.tiff"
    broken, sheet = (Image.new("L", (width, 300), 255) for width in (400, 300))
    broken.save(path, save_all=True, append_images=[sheet])
    reading = read_document(
        path, pages_at_once=1
    )  # the program in Tesseract's place breaks on the wide page, six times enlarged
    assert reading.text == "Text"
    assert [page.confidence for page in reading.pages] == [0.0, 0.95]
    assert "crash" in reading.pages[0].choice


@pytest.mark.parametrize(
    "rows",
    [
        '5\t1\t1\t1\t1\t1\t10\t10\t90\t20\t95\t"Ja\n5\t1\t1\t1\t1\t2\t110\t10\t90\t20\t95\tNej\n',
        "5\t1\t1\t1\t1\t1\tx\ty\n5\t1\t1\t1\t1\t1\t10\t10\t90\t20\t95\t\"Ja\n\x00\n5\t1\t1\t1\t1\t2\t110\t10\t90\t20\t400\tNej\n",
        "4\t1\t1\t1\t1\t0\t0\t0\t300\t30\t-1\t\n5\t1\t1\t1\t1\t1\t10\t10\t90\t20\t95\t\"Ja\nrubbish\n5\t1\t1\t1\t1\t2\t110\t10\t90\t20\t95\tNej\n",
    ],
)  # fmt: skip
def test_quotes_and_broken_rows_swallow_nothing(fake: Faker, tmp_path: Path, page: Path, rows: str) -> None:
    fake(printing(HEAD + rows, tmp_path))
    reading = read_document(page)
    assert reading.text == '"Ja Nej'
    assert all(0 <= word.confidence <= 1 for word in reading.words)


@pytest.mark.parametrize("table", ["", "\udcff\udcfe\udc80", HEAD, "no table at all\n" * 50, HEAD + "5\t" * 500])
def test_rubbish_is_no_text(fake: Faker, tmp_path: Path, page: Path, table: str) -> None:
    fake(printing(table, tmp_path))
    with pytest.raises(DocumentFailure) as failure:
        read_document(page)
    assert failure.value.code == "no_text"


def test_one_thread_for_each_page(fake: Faker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    fake(f'{LISTED}echo "$OMP_THREAD_LIMIT $*" > {tmp_path}/called; printf "{HEAD!r}" > "$2.tsv"'.replace("'", ""))
    words: list[Any] = recognise(Image.new("L", (9, 9)), Manner("Latin+swe", 300), seconds=9)
    assert words == []
    called = (tmp_path / "called").read_text("utf-8").split()
    assert called[0] == "1"
    assert called[called.index("-l") + 1] == "Latin+swe"
    assert called[called.index("--dpi") + 1] == "300"
