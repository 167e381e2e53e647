"""The commands from outside: exit status, what goes to standard output, what a person is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.records.comparison import Document
from pipeline.records.requirement import Requirement
from pipeline.tables import read_table
from pipeline.unfinished import mark, unmark

ROOT = Path(__file__).parents[1]
TEXT = """Riktlinjer för sociala medier i Flens kommun

## Ansvar

Kontoansvarig ska svara på frågor inom 24 timmar. Kommentarer med hot ska tas bort.
"""
HEAVY = ("spacy", "numpy", "pandas", "pyarrow", "sklearn", "cv2", "lxml", "docx", "pdfplumber", "openpyxl", "networkx",
         "PIL", "pydantic", "yaml", "psutil", "jinja2", "distributed", "multiprocessing", "tqdm")  # fmt: skip


class Said:
    """What a command gave back."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


Jamka = Callable[..., Said]


@pytest.fixture
def jamka(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Jamka:
    """The command in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("JAMKA_TRACEBACK", raising=False)

    def call(*arguments: object) -> Said:
        capsys.readouterr()
        try:
            status = cli.main([str(a) for a in arguments])
        except SystemExit as end:  # argparse's own way out
            status = int(end.code or 0)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return call


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder of one document."""
    root = tmp_path_factory.mktemp("results")
    (root / "in").mkdir()
    (root / "in" / "flen.txt").write_text(TEXT, "utf-8")
    done = shell("run", root / "in", "--out", root / "out", "--cache", root / "cache", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 dokument läst.\nJämförda: 1 kommun.\n")
    assert str(root / "out" / "report" / "index.html") in done.stdout
    assert done.stderr.splitlines() == [
        f"{word}: 1 av 1 dokument" for word in ("läser", "rättar", "ordnar", "hämtar krav", "jämför", "redovisar")
    ]
    return root


def shell(*arguments: object, **given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=os.environ | {"PYTHONPATH": str(ROOT)} | given
    )


# Start


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["stage", "--help"], []])
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom pipeline import cli\n"
        f"try:\n    cli.main({arguments!r})\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr.splitlines()[-1] == "[]"
    assert ("usage: jamka" in done.stdout) is bool(arguments)


def test_importing_the_library_loads_no_heavy_library() -> None:
    code = f"import sys, pipeline\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_python_m_and_the_script_are_one_command() -> None:
    script = Path(sys.executable).with_name("jamka")
    assert script.exists()
    for command in ([script], [sys.executable, "-m", "pipeline"]):
        done = subprocess.run([*command, "run"], capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == 2
        assert done.stdout == ""
        assert "usage: jamka run" in done.stderr


# Wrong usage, settings, or no input: 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "in"], "Det saknas något på raden: --out."),
        (
            ["draft", "Flen", "--from", "in", "--line", "strängast"],
            "'strängast' går inte att välja för --line. Välj bland",
        ),
        (["run", "in", "--out", "ut", "--beslut", "b"], "Det här förstås inte: --beslut b."),
        (["run", "in", "--out"], "Efter --out ska det stå något."),
        (["jämför"], "'jämför' går inte att välja för COMMAND. Välj bland 'run', "),
    ],
    ids=lambda x: " ".join(x) if isinstance(x, list) else "",
)
def test_wrong_usage_is_told_in_swedish_before_english(jamka: Jamka, arguments: list[str], told: str) -> None:
    said = jamka(*arguments)
    assert said.status == 2
    assert told in said.err
    assert said.err.index(told) < said.err.index("error: ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "COMMAND"),
        (["nosuch"], "nosuch"),
        (["run", "in"], "--out"),
        (["run", "--out", "out"], "SOURCES"),
        (["run", "in", "--out", "out", "--date", "2026-02-30"], "2026-02-30"),
        (["run", "in", "--out", "out", "--workers", "-1"], "-1"),
        (["run", "in", "--out", "out", "--workers", "två"], "två"),
        (["run", "in", "--out", "out", "--engine", "spark"], "spark"),
        (["run", "in", "--out", "out", "--params", "finns-inte.yaml"], "finns-inte.yaml"),
        (["run", "in", "--out", "out", "--params", "in/a.txt"], "in/a.txt"),
        (["run", "in", "--out", "out", "--codebook", "finns-inte"], "finns-inte"),
        (["run", "in", "--out", "out", "--codebook", "in/a.txt"], "in/a.txt"),
        (["run", "in", "--out", "out", "--decisions", "finns-inte"], "finns-inte"),
        (["run", "finns-inte", "--out", "out"], "finns-inte"),
        (["run", "in", "finns-inte", "--out", "out"], "finns-inte"),
        (["run", "tom", "--out", "out"], "inga dokument"),
        (["run", "in", "--out", "in/a.txt"], "in/a.txt"),
        (["run", "in", "--out", "in/a.txt/ut"], "in/a.txt/ut"),
        (["run", ".", "--out", "out"], "bland källorna"),
        (["run", "in", "--out", "in/out"], "bland källorna"),
        (["stage", "nosuch"], "nosuch"),
        (["stage", "ingest"], "data/raw"),
        (["stage", "repair"], "ingest"),
        (["stage", "compare"], "ingest"),
        (["stage", "report"], "ingest"),
        (["stage", "evaluate"], "data/gold"),
        (["repair"], "FILE"),
        (["repair", "finns-inte.txt"], "finns-inte.txt"),
        (["draft", "Flen", "--from", "finns-inte"], "finns-inte"),
        (["draft", "Flen", "--from", "in", "--line", "slappast"], "slappast"),
        (["diff", "in/a.txt", "finns-inte.txt"], "finns-inte.txt"),
        (["diff", "tom", "in/a.txt"], "inga dokument"),
        (["review", "export", "r.xlsx"], "--from"),
        (["review", "export", "r.xlsx", "--from", "finns-inte"], "finns-inte"),
        (["review", "import", "finns-inte.xlsx", "--from", "in"], "finns-inte"),
        (["review", "import", "in/a.txt", "--from", "in"], "in"),
        (["evaluate", "finns-inte"], "finns-inte"),
        (["evaluate", "tom"], "tom"),
    ],
    ids=lambda x: " ".join(x)[:50] if isinstance(x, list) else "",
)
def test_wrong_usage_is_told_and_gives_2(jamka: Jamka, tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "tom").mkdir()
    said = jamka(*arguments)
    assert (said.status, said.out) == (2, ""), said.err
    assert told in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "in" / "out").exists()


def test_a_workbook_that_is_not_there_is_told_as_that(jamka: Jamka, tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    said = jamka("review", "import", "finns-inte.xlsx", "--from", "ut")
    assert said.status == 2
    assert said.err.startswith("finns-inte.xlsx kan inte läsas: den finns inte.\n")


def test_messages_are_in_both_languages(jamka: Jamka) -> None:
    assert jamka("repair", "x.txt").err == "x.txt finns inte.\nx.txt does not exist.\n"


# Some documents failed: 1


def test_a_quarantined_document_gives_1_and_the_rest_is_whole(jamka: Jamka, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    said = jamka("run", "in", "--out", "out", "--workers", "1")
    assert said.status == 1
    assert "Kunde inte läsas: b.txt: Filen är tom." in said.out
    assert len(read_table(Requirement, tmp_path / "out" / "requirements.parquet")) == 2
    # A lone failure is told the same way.
    (tmp_path / "in" / "a.txt").unlink()
    assert jamka("run", "in", "--out", "out", "--workers", "1").status == 1
    assert read_table(Requirement, tmp_path / "out" / "requirements.parquet") == []


def test_a_stage_gives_0_though_a_document_is_quarantined(jamka: Jamka, tmp_path: Path) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "a.txt").write_bytes(b"")
    for stage in ("ingest", "repair", "outline", "extract", "compare", "report"):
        said = jamka("stage", stage)
        assert (said.status, said.out) == (0, ""), said.err
    assert "quarantined" in (tmp_path / "data" / "processed" / "documents.csv").read_text("utf-8")


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 300])
def test_repair_and_diff_of_what_can_not_be_read_give_1(jamka: Jamka, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    (tmp_path / "good.txt").write_text(TEXT, "utf-8")
    for arguments in (["repair", "bad.txt"], ["repair", "."], ["diff", "good.txt", "bad.txt", "--out", "d.csv"]):
        said = jamka(*arguments)
        assert (said.status, said.out) == (1, ""), said.err
    assert not (tmp_path / "d.csv").exists()


# A missing program: 3; an error of ours: 4


def test_a_missing_tesseract_gives_3_with_how_to_get_it(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (400, 300), 255).save(tmp_path / "sida.png")
    path = f"{tmp_path}"
    for arguments in (["repair", tmp_path / "sida.png"], ["run", tmp_path / "sida.png", "--out", tmp_path / "out"]):
        done = shell(*arguments, PATH=path, XDG_CACHE_HOME=str(tmp_path / "cache"))
        assert (done.returncode, done.stdout) == (3, ""), done.stderr
        assert "apt" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_scan_waits_for_tesseract_and_the_others_go_on(tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    for name in "bcde":
        Image.new("L", (400, 300), 250 - ord(name)).save(tmp_path / "in" / f"{name}.png")
    arguments = ["run", tmp_path / "in", "--out", tmp_path / "out", "--cache", tmp_path / "cache", "--workers", "1"]
    done = shell(*arguments, PATH=f"{tmp_path}")
    assert done.returncode == 1, done.stderr
    (line,) = (line for line in done.stdout.splitlines() if "väntar" in line)
    assert line.startswith("4 dokument väntar på ett program")
    assert "b.png, c.png, d.png och 1 till. Programmet Tesseract saknas" in line
    assert "Kunde inte läsas" not in done.stdout
    rows = {d.file_name: d for d in read_table(Document, tmp_path / "out" / "documents.parquet")}
    assert [rows[f"{name}.png"].status for name in "bcde"] == ["quarantined"] * 4
    assert "apt-get install tesseract-ocr" in rows["b.png"].message
    assert "apt-get install tesseract-ocr" in rows["b.png"].message_en
    assert len(read_table(Requirement, tmp_path / "out" / "requirements.parquet")) == 2
    # Once it is there they are tried again, and say something else: there is nothing on these pages.
    said = '#!/bin/sh\n[ "$1" = --list-langs ] && printf "List:\\nLatin\\nswe\\n" || exit 1\n'
    (tmp_path / "tesseract").write_text(said)
    (tmp_path / "tesseract").chmod(0o755)
    done = shell(*arguments, PATH=f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    assert done.returncode == 1, done.stderr
    assert "väntar" not in done.stdout
    assert "Kunde inte läsas: b.png" in done.stdout


def test_an_error_of_ours_gives_4_and_asks_for_a_report(jamka: Jamka, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise ZeroDivisionError("oväntat")

    monkeypatch.setattr("pipeline.repairing.repair_file", broken)
    said = jamka("repair", "a.txt")
    assert (said.status, said.out) == (4, "")
    assert "ZeroDivisionError: oväntat" in said.err
    assert "JAMKA_TRACEBACK=1" in said.err
    monkeypatch.setenv("JAMKA_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        jamka("repair", "a.txt")


def test_a_cache_that_can_not_be_written_to_gives_2(jamka: Jamka, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "fil").write_text("", "utf-8")
    said = jamka("run", "a.txt", "--out", "out", "--cache", "fil", "--workers", "1")
    assert (said.status, said.out) == (2, "")
    assert "Mappen fil/" in said.err and "kan inte skapas" in said.err
    assert "can't be made" in said.err


@pytest.mark.parametrize("most", [400, 9_000, 60_000, 120_000])
def test_a_full_disk_gives_2_and_says_where(results: Path, tmp_path: Path, most: int) -> None:
    arguments = ["run", results / "in", "--out", tmp_path / "out", "--cache", tmp_path / "cache", "--workers", "1"]
    code = (
        "import resource, sys\nfrom pipeline import cli\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\nsys.exit(cli.main({[*map(str, arguments)]!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert f"Det finns ingen plats kvar på disken för {tmp_path}" in done.stderr
    assert f"There is no space left on the disk for {tmp_path}" in done.stderr
    assert not list(tmp_path.rglob(".*.part"))
    # With room again the run goes on to the same results.
    done = shell(*arguments)
    assert done.returncode == 0, done.stderr
    cells = "harmonised_requirements.csv"
    assert (tmp_path / "out" / cells).read_bytes() == (results / "out" / cells).read_bytes()


def test_interrupting_is_told_plainly(jamka: Jamka, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.repairing.repair_file", interrupted)
    said = jamka("repair", "a.txt")
    assert (said.status, said.out) == (130, "")
    assert "Avbrutet" in said.err


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT * 3_000, "utf-8")
    command = f"{sys.executable} -m pipeline repair {tmp_path / 'a.txt'} | head -c 10; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Riktlinjer", "")


# Done: 0, and results only on standard output


@pytest.mark.parametrize("ending", ["", "\n", "\n\n\n"])
def test_repair_gives_the_text_and_its_final_newline_as_it_was(jamka: Jamka, tmp_path: Path, ending: str) -> None:
    damaged = "Inlägg skall diarieforas. Fragor besvaras skyndsamt. Kontoansvarig tar bort hotfulla kommentarer."
    (tmp_path / "a.txt").write_bytes(f"{damaged}{ending}".encode())
    said = jamka("repair", "a.txt", "--out", "b.txt", "--log", "logg/c.csv")
    assert (said.status, said.out) == (0, "")
    text = (tmp_path / "b.txt").read_bytes().decode("utf-8")
    assert text.rstrip("\n") + ending == text
    log = (tmp_path / "logg" / "c.csv").read_text("utf-8").splitlines()
    assert log[0].startswith("document_id,page,start,end,raw_start,raw_end,before,after,rule,confidence,status")
    assert len(log) > 1
    assert "diarieföras" in text


def test_repair_writes_utf_8_to_standard_output_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Frågor till nämnden – ”snarast” ☃\r\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "repair", tmp_path / "a.txt"], capture_output=True, check=False, cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("utf-8").startswith("Frågor till nämnden – ")
    assert done.stdout.endswith("☃\n".encode())


def test_a_run_can_be_told_in_any_locale(results: Path) -> None:
    arguments = ("run", results / "in", "--out", results / "out", "--cache", results / "cache", "--workers", "1")
    done = shell(*arguments, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "1 dokument" in done.stdout


def test_a_run_again_does_nothing_and_says_the_same(results: Path) -> None:
    done = shell("run", results / "in", "--out", results / "out", "--cache", results / "cache", "--workers", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 dokument")


def test_the_cache_lies_outside_the_results(jamka: Jamka, tmp_path: Path, results: Path) -> None:
    assert not {p.name for p in (results / "out").iterdir()} & {"stages", "cache", "parts"}
    assert {p.name for p in next((results / "cache").iterdir()).iterdir()} == {
        "ingest", "repair", "outline", "extract", "compare", "report", "exchange", "run.json",
    }  # fmt: skip


def test_the_results_can_be_reviewed_drafted_and_compared(jamka: Jamka, tmp_path: Path, results: Path) -> None:
    said = jamka("review", "export", "granska.xlsx", "--from", results / "out")
    assert (said.status, said.out) == (0, "granska.xlsx\n")
    said = jamka("review", "import", "granska.xlsx", "--from", results / "out", "--decisions", "beslut")
    assert said.status == 0
    said = jamka("draft", "Flen", "--from", results / "out", "--out", "utkast/flen.docx")
    assert said.status == 0
    written = [Path(line) for line in said.out.splitlines()]
    assert tmp_path / "utkast" / "flen.docx" in [tmp_path / p for p in written]
    assert all(path.is_file() for path in written)
    (tmp_path / "gammal.txt").write_text(TEXT, "utf-8")
    (tmp_path / "ny.txt").write_text(TEXT.replace("24 timmar", "två dagar"), "utf-8")
    said = jamka("diff", "gammal.txt", "ny.txt", "--out", "skillnad.csv")
    assert said.status == 0
    assert "två dagar" in (tmp_path / "skillnad.csv").read_text("utf-8")


def test_who_reads_a_folder_of_two_runs_is_warned(jamka: Jamka, tmp_path: Path, results: Path) -> None:
    commands = (
        ["review", "export", "granska.xlsx"], ["review", "import", "granska.xlsx", "--decisions", "beslut"],
        ["draft", "Flen", "--out", "flen.docx"],
    )  # fmt: skip
    mark(results / "out")
    try:
        for command in commands:
            said = jamka(*command, "--from", results / "out")
            assert said.status == 0
            assert "Varning: körningen" in said.err
            assert "Warning: the run" in said.err
    finally:
        unmark(results / "out")
    assert all(jamka(*command, "--from", results / "out").err == "" for command in commands)


def test_evaluate_prints_the_scorecard(jamka: Jamka, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.txt").write_text(TEXT, "utf-8")
    quote = "Kommentarer med hot ska tas bort"
    start = TEXT.index(quote)
    gold = {
        "slug": "a", "sha256": "", "metadata": {"municipality": "Flen"},
        "obligations": [{"start": start, "end": start + len(quote), "modality": "must", "actor": None, "action": "",
                         "categories": []}],
        "public_duties": [], "response_times": [], "retention": [], "prohibited": [], "legal_refs": [], "roles": [],
        "cells": [], "family": "a", "split": "test",
    }  # fmt: skip
    (tmp_path / "gold" / "a.json").write_text(json.dumps(gold), "utf-8")
    before = sorted(p.name for p in tmp_path.iterdir())
    said = jamka("evaluate", "gold", "--out", "kort.json")
    assert said.status == 0, said.err
    assert said.out.strip()
    assert json.loads((tmp_path / "kort.json").read_text("utf-8"))
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "cache") == sorted({*before, "kort.json"} - {"cache"})
    assert "Against the last scorecard" not in said.out

    again = jamka("evaluate", "gold", "--out", "kort.json")
    assert "Against the last scorecard: 0 gains, 0 losses" in again.out
    gold["obligations"][0]["modality"] = "should"  # type: ignore[index]
    (tmp_path / "gold" / "a.json").write_text(json.dumps(gold), "utf-8")
    changed = jamka("evaluate", "gold", "--against", "kort.json")
    assert "Against the last scorecard: 0 gains, 1 losses" in changed.out
    assert "–" in next(line for line in changed.out.splitlines() if line.startswith("legal_reference"))
    (tmp_path / "annat.json").write_text("[]", "utf-8")
    assert jamka("evaluate", "gold", "--against", "annat.json").status == 2
