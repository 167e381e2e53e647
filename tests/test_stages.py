"""The stages over a folder: the same bytes whatever the workers and the history, inert output, decisions honoured."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import psutil
import pytest

from pipeline import outputs
from pipeline.exchange.decision_files import write_decisions
from pipeline.executor import open_executor
from pipeline.failures import RunFailure
from pipeline.params import CompareSettings, Params, RunSettings
from pipeline.records.comparison import Cell, Change, Document
from pipeline.records.decision import Decision, DecisionConflict
from pipeline.records.outline import Metadatum
from pipeline.records.repair import Repair
from pipeline.records.requirement import Requirement, Value
from pipeline.stages import STAGES, Work, run_stage, run_stages
from pipeline.tables import read_table

TEXTS = {
    "ale.txt": """Riktlinjer för sociala medier

Ale kommun

Antagen av kommunstyrelsen 2019-03-12

## Bemanning

Kontoansvarig ska bevaka kontot dagligen. Frågor ska besvaras inom 24 timmar på vardagar.
Förvaltningschefen beslutar om nya konton.

## Diarieföring

Inlägg som rör ett ärende ska diarieföras. Kommentarer av ringa betydelse gallras efter två månader.
Hantera personuppgifter enligt personuppgiftslagen (1998:204).
""",
    "sub/flen.txt": """# Riktlinjer för sociala medier i Flens kommun

## Ansvar

Verksamhetschefen ansvarar för att kontot bevakas. Kontoansvarig bör svara på frågor inom två arbetsdagar.

## Innehåll i kommentarer

Kommentarer som innehåller hot eller reklam ska tas bort. Det är inte tillåtet att publicera personuppgifter.
""",
    "skadad.txt": """Riktlinjer för sociala medier i Gnesta kommun

Ansvar

Kontoansvarig skall bevaka kontot dagligen och svara pa fragor inom tva dagar. Verksamhetschefen ansvarar for
att kontot bevakas. Kommentarer som innehaller hot eller reklam skall tas bort. Inlagg som ror ett arende skall
diarieforas. Forvaltningschefen beslutar om nya konton. Det ar inte tillatet att publicera personuppgifter.
""",
    "brev.txt": """Tjänsteskrivelse

Kommunstyrelsen, Tranemo kommun

Ärendebeskrivning

Förvaltningen har tagit fram riktlinjer för sociala medier.

Förslag till beslut

Kommunstyrelsen ska anta riktlinjerna. Konton ska bevakas dagligen.
""",
    "=cmd|' /C calc'!A1.txt": """=HYPERLINK("http://ond.example";"Riktlinjer för sociala medier")

Ydre kommun

## <script>alert(1)</script> @SUM(1+1)

=1+1 ska publiceras. <img src=x onerror=alert(2)> ska aldrig visas.
+46 ska besvaras av kontoansvarig inom 24 timmar. Läs javascript:alert(3) som ska tas bort.
Filen ../../etc/passwd ska sparas i ../../../tmp/ut.txt av </script><script>alert(4)</script> kommunen.
""",
}
ADDED = """Riktlinjer för sociala medier i Lomma kommun

## Ansvar

Kontoansvarig ska bevaka kontot varje vardag. Frågor ska besvaras inom tre dagar. Inlägg får inte innehålla reklam.
"""
PARAMS = Params()


def write_sources(folder: Path) -> Path:
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    (folder / "tom.txt").write_bytes(b"")
    (folder / "kopia.txt").write_bytes(TEXTS["ale.txt"].encode("utf-8"))
    (folder / "länk.txt").symlink_to(folder / "ale.txt")
    (folder / "mapp.pdf").mkdir()
    with zipfile.ZipFile(folder / "paket.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("inne/b.txt"), ADDED.replace("Lomma", "Svalövs"))
        archive.writestr(zipfile.ZipInfo("../../utbrytare.txt"), "Svalövs kommun ska inte hamna utanför.\n")
    return folder


class Run:
    """One folder of results with where its work is kept."""

    def __init__(self, executor: Executor, sources: Path, root: Path) -> None:
        self.executor, self.sources, self.out, self.parts = executor, sources, root / "out", root / "parts"

    def go(self, *, params: Params = PARAMS, decisions: Path | None = None, executor: Executor | None = None) -> Work:
        work = Work((self.sources,), self.out, self.parts, params, executor or self.executor, decisions)
        run_stages(work)
        return work

    def rows(self, name: str, record: type[Any]) -> list[Any]:
        return read_table(record, self.out / f"{name}.parquet")

    def copied(self, root: Path) -> Run:
        shutil.copytree(self.out, root / "out")
        shutil.copytree(self.parts, root / "parts")
        return Run(self.executor, self.sources, root)


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with open_executor(workers=1) as found:
        yield found


@pytest.fixture(scope="module")
def clean(executor: Executor, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The one whole run that the tests look at; nobody changes it."""
    run = Run(executor, write_sources(tmp_path_factory.mktemp("kallor")), tmp_path_factory.mktemp("clean"))
    run.go()
    return run


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def assert_same(one: Path, two: Path) -> None:
    first, second = files(one), files(two)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(run: Run, name: str) -> list[dict[str, str]]:
    return csv_rows(run.out / f"{name}.csv")


# What a run gives


def test_every_promised_file_is_there_and_no_other(clean: Run) -> None:
    tables = {name for name, _ in outputs.TABLES} - {"words"}
    promised = {f"{t}.{e}" for t in tables for e in ("csv", "parquet")} | {
        "words.parquet", "harmonised_requirements.xlsx", "comparison_graph.graphml", "comparison_graph.gexf",
        "comparison_graph.json", "coded_documents.qdpx", "metrics.json",
    }  # fmt: skip
    assert {p.name for p in clean.out.iterdir() if p.is_file()} == promised
    assert {p.name for p in clean.out.iterdir() if p.is_dir()} == {"texts", "raw", "pages", "report"}
    assert (clean.out / "report" / "index.html").is_file()
    assert not list(clean.out.rglob("*.part"))


def test_every_file_of_the_sources_has_its_row(clean: Run) -> None:
    rows = {d.file_name: d for d in clean.rows("documents", Document)}
    assert set(rows) == {
        *TEXTS, "tom.txt", "kopia.txt", "länk.txt", "mapp.pdf", "paket.zip/inne/b.txt",
        *(name for name in rows if name.endswith("utbrytare.txt")),
    }  # fmt: skip
    bad = {name for name, d in rows.items() if d.status == "quarantined"}
    assert {"tom.txt", "länk.txt", "mapp.pdf"} <= bad
    assert not bad & {*TEXTS, "kopia.txt", "paket.zip/inne/b.txt"}
    for name in bad:
        assert rows[name].message
        assert not set("åäöÅÄÖ") & set(rows[name].message_en)
        assert rows[name].message != rows[name].message_en
    assert rows["kopia.txt"].duplicate_of == rows["ale.txt"].document_id
    assert rows["brev.txt"].completeness == "proposal"
    assert rows["ale.txt"].municipality_code == "1440"


def test_every_quote_is_the_reading_text_at_its_place(clean: Run) -> None:
    texts = {p.stem: p.read_text("utf-8") for p in (clean.out / "texts").iterdir()}
    seen = 0
    for name, record in (("requirements", Requirement), ("values", Value), ("metadata", Metadatum), ("cell", Cell)):
        for row in clean.rows("harmonised_requirements" if name == "cell" else name, record):
            if row.start is not None:
                assert row.quote == texts[row.document_id][row.start : row.end]
                seen += 1
    assert seen > 50
    raws = {p.stem: p.read_text("utf-8") for p in (clean.out / "raw").iterdir()}
    repairs = clean.rows("repairs", Repair)
    assert repairs
    for row in repairs:
        assert row.before == raws[row.document_id][row.raw_start : row.raw_end]
        if row.status == "applied":
            assert row.after == texts[row.document_id][row.start : row.end]


def test_ids_are_unique_and_refer_to_what_is_there(clean: Run) -> None:
    requirements, values = clean.rows("requirements", Requirement), clean.rows("values", Value)
    ids = [r.requirement_id for r in requirements]
    assert len(ids) == len(set(ids))
    assert len({v.value_id for v in values}) == len(values)
    assert {v.requirement_id for v in values} <= {*ids, ""}
    documents = {d.document_id for d in clean.rows("documents", Document)}
    for name, record in outputs.TABLES:
        if name == "words":
            continue
        for row in clean.rows(name, record):
            for column in ("document_id", "other_document_id", "earlier"):
                assert getattr(row, column, "") in {*documents, ""}, (name, column)
            for column in ("requirement_id", "other_requirement_id"):
                assert getattr(row, column, "") in {*ids, ""}, (name, column)


def test_every_municipality_has_every_requirement_once(clean: Run) -> None:
    cells = [(c.requirement, c.municipality) for c in clean.rows("harmonised_requirements", Cell)]
    assert len(cells) == len(set(cells))
    requirements, municipalities = {r for r, _ in cells}, {m for _, m in cells}
    assert len(cells) == len(requirements) * len(municipalities)
    assert {"Ale", "Flen", "Gnesta", "Ydre", "Svalöv"} <= municipalities


def test_a_damaged_text_is_repaired_with_the_words_of_the_run(clean: Run) -> None:
    damaged = next(d for d in clean.rows("documents", Document) if d.file_name == "skadad.txt")
    assert damaged.damage_score > 0.04
    text = (clean.out / "texts" / f"{damaged.document_id}.txt").read_text("utf-8")
    assert "diarieföras" in text
    assert "diarieforas" in (clean.out / "raw" / f"{damaged.document_id}.txt").read_text("utf-8")


# Hostile names and words


def test_no_cell_of_a_csv_is_a_formula(clean: Run) -> None:
    guarded = 0
    for path in clean.out.glob("*.csv"):
        for row in csv_rows(path):
            for name, cell in row.items():
                number = name in ("missing_start", "start", "end") or cell.lstrip("-").replace(".", "", 1).isdecimal()
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (path.name, cell)
                guarded += cell.startswith("'=")
    assert guarded >= 3  # the file name, the title, a requirement


def test_no_cell_of_the_workbook_is_a_formula_or_a_link_from_a_document(clean: Run) -> None:
    book = openpyxl.load_workbook(clean.out / "harmonised_requirements.xlsx")
    said = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert not (cell.data_type == "f" and "ond.example" in str(cell.value))
                assert not (isinstance(cell.value, str) and cell.data_type == "f" and "HYPERLINK" in cell.value)
                if cell.hyperlink is not None and cell.hyperlink.target:
                    assert not cell.hyperlink.target.startswith(("javascript", "http://ond", "file:", "\\\\"))
                said += isinstance(cell.value, str) and "1+1 ska publiceras" in cell.value
    assert said


def test_no_script_of_a_document_stands_in_the_report(clean: Run) -> None:
    for path in (clean.out / "report").rglob("*"):
        if path.suffix in (".html", ".js"):
            text = path.read_text("utf-8")
            assert "<script>alert" not in text, path.name
            assert "onerror=alert" not in text or "<img src=x onerror" not in text, path.name


def test_nothing_is_written_outside_and_no_name_comes_from_a_document(clean: Run) -> None:
    ids = {d.document_id for d in clean.rows("documents", Document)}
    assert {p.stem for p in (clean.out / "texts").iterdir()} <= ids
    assert {p.name for p in (clean.out / "pages").iterdir()} <= ids
    assert {p.name for p in clean.out.parent.iterdir()} == {"out", "parts"}
    for path in clean.out.rglob("*"):
        assert path.resolve().is_relative_to(clean.out.resolve())
        assert not {"utbrytare", "passwd", "calc"} & set(path.stem.split("."))


# The same bytes


def test_a_second_run_does_nothing_again_and_changes_nothing(clean: Run, tmp_path: Path) -> None:
    again = clean.copied(tmp_path)
    work = again.go()
    assert work.fresh == dict.fromkeys(STAGES[:4], 0)
    assert_same(clean.out, again.out)
    assert_same(clean.parts, again.parts)


def test_three_workers_and_another_folder_give_the_same_bytes(clean: Run, tmp_path: Path) -> None:
    other = Run(clean.executor, write_sources(tmp_path / "annan mapp med å"), tmp_path)
    with open_executor(workers=3) as three:
        other.go(executor=three, params=Params(run=RunSettings(workers=3, buckets=5)))
    assert_same(clean.out, other.out)


def test_an_added_document_changes_no_other_documents_ids(clean: Run, tmp_path: Path) -> None:
    more = clean.copied(tmp_path)
    more.sources = write_sources(tmp_path / "kallor")
    (more.sources / "aaa.txt").write_text(ADDED, "utf-8")
    work = more.go()
    added = next(d.document_id for d in more.rows("documents", Document) if d.file_name == "aaa.txt")
    assert work.fresh["ingest"] == 1
    # The damaged text is repaired with the run's words, so it is looked at again; the others are not.
    assert work.fresh["extract"] <= 2
    damaged = {d.document_id for d in more.rows("documents", Document) if d.damage_score > 0.04}
    for name, record in (("requirements", Requirement), ("values", Value)):
        before = [r for r in clean.rows(name, record) if r.document_id not in damaged]
        after = [r for r in more.rows(name, record) if r.document_id not in {*damaged, added}]
        assert before == after
        assert any(r.document_id == added for r in more.rows(name, record))
    # And when it is taken away again all is as it was, but for what has changed since the last run.
    (more.sources / "aaa.txt").unlink()
    more.go()
    shutil.copy(clean.out / "changes.csv", more.out)
    shutil.copy(clean.out / "changes.parquet", more.out)
    assert {n for n, c in files(more.out).items() if not n.startswith(("report/", "harmonised_requirements.xlsx"))
            and c != files(clean.out).get(n)} == set()  # fmt: skip
    assert not list(more.parts.rglob(f"*{added}*"))


def test_changes_tell_what_is_new_against_the_last_run(clean: Run, tmp_path: Path) -> None:
    assert table(clean, "changes") == []
    run = clean.copied(tmp_path)
    run.sources = write_sources(tmp_path / "kallor")
    (run.sources / "ale.txt").write_text(TEXTS["ale.txt"].replace("24 timmar", "48 timmar"), "utf-8")
    (run.sources / "kopia.txt").unlink()
    run.go()
    changed = run.rows("changes", Change)
    assert ("response_time", "Ale") in {(c.requirement, c.municipality) for c in changed}
    assert {c.municipality for c in changed} == {"Ale"}
    change = next(c for c in changed if c.requirement == "response_time")
    assert (change.change, "PT24H" in change.before, "PT48H" in change.after) == ("altered", True, True)
    # Run again with nothing new, the table still tells of the last change.
    before = files(run.out)
    run.go()
    assert files(run.out) == before


def test_only_what_depends_on_a_setting_is_done_again(clean: Run, tmp_path: Path) -> None:
    run = clean.copied(tmp_path)
    work = run.go(params=Params(compare=CompareSettings(nearest=1)))
    assert work.fresh == dict.fromkeys(STAGES[:4], 0)
    work = run.go(params=Params(extract=PARAMS.extract.model_copy(update={"min_confidence": 0.9})))
    assert {name for name, count in work.fresh.items() if count} == {"extract"}
    assert len(run.rows("requirements", Requirement)) < len(clean.rows("requirements", Requirement))


# Killed runs


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.8, 0.99])
def test_a_run_that_ends_at_any_write_goes_on_to_the_same_bytes(
    clean: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    run = Run(clean.executor, clean.sources, tmp_path)
    real, at = os.replace, 0
    writes = len(files(clean.out)) + len(files(clean.parts)) - len(files(clean.out / "report"))

    def killed(src: Any, dst: Any) -> None:
        nonlocal at
        at += 1
        if at > writes * share:
            raise KeyboardInterrupt
        real(src, dst)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        run.go()
    monkeypatch.setattr(os, "replace", real)
    run.go()
    assert_same(clean.out, run.out)
    assert_same(clean.parts, run.parts)


def test_a_run_killed_in_the_middle_goes_on_to_the_same_bytes(clean: Run, tmp_path: Path) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    command = [sys.executable, "-m", "pipeline", "run", clean.sources, "--out", out, "--cache", cache, "--workers", "1"]
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not list(cache.glob("*/repair/*/keys.parquet")):
        time.sleep(0.01)
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not (out / "documents.csv").exists()
    _, alive = psutil.wait_procs(family, timeout=60)
    assert not alive
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "tom.txt" in done.stdout
    assert_same(clean.out, out)


# Stages on their own


def test_stages_alone_say_what_is_missing(executor: Executor, tmp_path: Path) -> None:
    work = Work((tmp_path / "in",), tmp_path / "out", tmp_path / "parts", PARAMS, executor)
    (tmp_path / "in").mkdir()
    for stage in STAGES:
        with pytest.raises(RunFailure) as caught:
            run_stage(work, stage)
        assert caught.value.status == 2


def test_results_may_not_lie_among_the_sources(executor: Executor, clean: Run, tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "kallor")
    with pytest.raises(RunFailure, match="lies among the sources"):
        Run(executor, sources, sources).go()
    with pytest.raises(RunFailure, match="no codebook"):
        run = Run(executor, sources, tmp_path)
        run.go(params=Params(extract=PARAMS.extract.model_copy(update={"codebook": "finns inte"})))
    assert not run.parts.exists()  # told before anything is read


# Decisions of people


@pytest.fixture(scope="module")
def decided(clean: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, dict[str, Decision]]:
    """A run with one decision of each kind, and some that fit nothing."""
    root = tmp_path_factory.mktemp("decided")
    decide = _decider(clean)
    given = {
        "modality": decide("requirement", "ale.txt", "Förvaltningschefen beslutar om nya konton", "change",
                           field="modality", new_value="should"),
        "rejected": decide("requirement", "sub/flen.txt", "Det är inte tillåtet att publicera personuppgifter",
                           "reject"),
        "added": decide("requirement", "ale.txt", "Riktlinjer för sociala medier", "accept", field="added",
                        new_value="may"),
        "value": decide("value", "ale.txt", "inom 24 timmar på vardagar", "change", field="response_time",
                        new_value="PT12H"),
        "metadata": decide("metadata", "ale.txt", "2019-03-12", "change", field="adopted_date", new_value="2019-03-13"),
        "cell": decide("cell", "sub/flen.txt", "Kontoansvarig bör svara på frågor inom två arbetsdagar", "change",
                       field="response_time|Flen", new_value="PT24H weekdays"),
        "repair": decide("repair", "skadad.txt", "diarieforas", "change", new_value="diarieföras snarast", raw=True),
        "page": decide("page", "skadad.txt", "", "reject", raw=True),
        "gone": replace(decide("requirement", "ale.txt", "Kontoansvarig ska bevaka kontot dagligen", "accept"),
                        sha256="f" * 64, quote="Detta har aldrig stått i någon text alls", prefix="", suffix="xyz"),
        "nowhere": replace(decide("cell", "ale.txt", "", "accept"), field="response_time|Atlantis"),
    }  # fmt: skip
    given = {name: replace(d, decision_id=f"b-{name}") for name, d in given.items()}
    folder = root / "beslut"
    folder.mkdir()
    write_decisions(given.values(), folder / "a.csv")
    (folder / "b.csv").write_text("target,verdict,quote\ncell,kanske,Hej\n", "utf-8")
    run = clean.copied(root)
    run.go(decisions=folder)
    return run, given


def _decider(run: Run) -> Callable[..., Decision]:
    documents = {d.file_name: d for d in run.rows("documents", Document)}

    def decide(
        target: str, name: str, quote: str, verdict: str, *, field: str = "", new_value: str = "", raw: bool = False
    ) -> Decision:
        document = documents[name]
        folder = run.out / ("raw" if raw else "texts")
        text = (folder / f"{document.document_id}.txt").read_text("utf-8")
        at = text.index(quote) if quote else None
        prefix = text[max(0, at - 40) : at] if at is not None else ""
        suffix = text[at + len(quote) : at + len(quote) + 40] if at is not None else ""
        return Decision(
            "", target, field, document.sha256, quote, prefix, suffix, at, verdict, new_value, "Anna", "2026-03-01", ""
        )  # fmt: skip

    return decide


def _requirement(run: Run, quote: str, municipality: str = "Ale") -> list[Requirement]:
    found = run.rows("requirements", Requirement)
    return [r for r in found if (r.quote, r.municipality) == (quote, municipality)]


def test_decisions_on_requirements_are_honoured(clean: Run, decided: tuple[Run, dict[str, Decision]]) -> None:
    run, _ = decided
    (found,) = _requirement(run, "Förvaltningschefen beslutar om nya konton")
    assert (found.modality, found.confidence) == ("should", 1.0)
    assert _requirement(run, "Det är inte tillåtet att publicera personuppgifter", "Flen") == []
    assert len(_requirement(clean, "Det är inte tillåtet att publicera personuppgifter", "Flen")) == 1
    (added,) = _requirement(run, "Riktlinjer för sociala medier")
    assert (added.modality, added.rule, added.municipality) == ("may", "review", "Ale")


def test_what_is_decided_of_the_modality_has_that_force(decided: tuple[Run, dict[str, Decision]]) -> None:
    run, _ = decided
    (found,) = _requirement(run, "Förvaltningschefen beslutar om nya konton")
    assert found.force == "should"


def test_decisions_on_values_metadata_and_repairs_are_honoured(decided: tuple[Run, dict[str, Decision]]) -> None:
    run, given = decided
    times = [v for v in run.rows("values", Value) if v.kind == "response_time" and v.value == "PT12H"]
    assert len(times) == 1
    documents = {d.file_name: d for d in run.rows("documents", Document)}
    assert documents["ale.txt"].adopted_date == "2019-03-13"
    text = (run.out / "texts" / f"{documents['skadad.txt'].document_id}.txt").read_text("utf-8")
    assert "diarieföras snarast" in text
    repair = [r for r in run.rows("repairs", Repair) if r.after == "diarieföras snarast"]
    assert [(r.status, r.confidence, r.before) for r in repair] == [("applied", 1.0, given["repair"].quote)]


def test_decisions_on_cells_are_honoured(decided: tuple[Run, dict[str, Decision]]) -> None:
    run, _ = decided
    cell = next(
        c for c in run.rows("harmonised_requirements", Cell)
        if (c.requirement, c.municipality) == ("response_time", "Flen")
    )  # fmt: skip
    assert (cell.value, cell.review, cell.confidence) == ("PT24H weekdays", "changed", 1.0)
    # What a value corrected by a person says reaches the cell too.
    ale = next(
        c for c in run.rows("harmonised_requirements", Cell)
        if (c.requirement, c.municipality) == ("response_time", "Ale")
    )  # fmt: skip
    assert ale.value.startswith("PT12H")


def test_what_can_not_be_honoured_waits_with_its_reason(decided: tuple[Run, dict[str, Decision]]) -> None:
    run, _ = decided
    conflicts = {c.decision_id: c for c in run.rows("decision_conflicts", DecisionConflict)}
    assert set(conflicts) == {"b-gone", "b-nowhere", "b-page", "b.csv:2"}
    assert all(c.reason for c in conflicts.values())


def test_decisions_are_made_the_same_way_twice_and_taken_back_when_they_go(
    clean: Run, decided: tuple[Run, dict[str, Decision]], tmp_path: Path
) -> None:
    run, _ = decided
    again = run.copied(tmp_path)
    work = again.go(decisions=run.out.parent / "beslut")
    assert work.fresh == dict.fromkeys(STAGES[:4], 0)
    assert_same(run.out, again.out)
    again.go()
    for name in ("requirements", "values", "metadata", "repairs", "harmonised_requirements", "decision_conflicts"):
        assert (again.out / f"{name}.csv").read_bytes() == (clean.out / f"{name}.csv").read_bytes(), name


def test_a_row_of_a_rejected_requirement_leaves_no_value_hanging(decided: tuple[Run, dict[str, Decision]]) -> None:
    run, _ = decided
    ids = {r.requirement_id for r in run.rows("requirements", Requirement)}
    assert {v.requirement_id for v in run.rows("values", Value)} <= {*ids, ""}
