"""What a run gives: every promised file, quotes that stand where they say, nothing that acts."""

from __future__ import annotations

import openpyxl

from pipeline import outputs
from pipeline.records.comparison import Cell, Document
from pipeline.records.outline import Metadatum
from pipeline.records.repair import Repair
from pipeline.records.requirement import Requirement, Value
from pipeline.report.exports import OUTPUTS as EXPORTS
from tests.runs.conftest import TEXTS, Run, csv_rows

# What a run gives


def test_every_promised_file_is_there_and_no_other(clean: Run) -> None:
    tables = {name for name, _ in outputs.TABLES} - {"words"}
    promised = {f"{t}.{e}" for t in tables for e in ("csv", "parquet")} | {
        "words.parquet", "harmonised_requirements.xlsx", "comparison_graph.graphml", "comparison_graph.gexf",
        "comparison_graph.json", *EXPORTS, "metrics.json",
    }  # fmt: skip
    assert {p.name for p in clean.out.iterdir() if p.is_file()} == promised
    assert {p.name for p in clean.out.iterdir() if p.is_dir()} == {"texts", "raw", "pages", "report", "areas"}
    assert (clean.out / "report" / "index.html").is_file()
    assert not list(clean.out.rglob("*.part"))


def test_every_file_of_the_sources_has_its_row(clean: Run) -> None:
    rows = {d.file_name: d for d in clean.rows("documents", Document)}
    assert set(rows) == {
        *TEXTS, "blad.pdf", "tom.txt", "tom_kopia.pdf", "kopia.txt", "länk.txt", "mapp.pdf", "paket.zip/inne/b.txt",
        *(name for name in rows if name.endswith("utbrytare.txt")),
    }  # fmt: skip
    bad = {name for name, d in rows.items() if d.status == "quarantined"}
    # What could not be read is not read in a copy either.
    assert {"tom.txt", "tom_kopia.pdf", "länk.txt", "mapp.pdf"} <= bad
    assert not bad & {*TEXTS, "blad.pdf", "kopia.txt", "paket.zip/inne/b.txt"}
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
    assert {p.name for p in (clean.out / "pages").iterdir()} == {
        d.document_id for d in clean.rows("documents", Document) if d.file_name == "blad.pdf"
    }
    assert {p.name for p in clean.out.parent.iterdir()} == {"out", "parts"}
    for path in clean.out.rglob("*"):
        assert path.resolve().is_relative_to(clean.out.resolve())
        assert not {"utbrytare", "passwd", "calc"} & set(path.stem.split("."))
