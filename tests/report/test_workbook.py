"""The workbook opens elsewhere as what it is: words and numbers, never formulas or links, the same bytes every time."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exchange.paper import READABLE, count_lines, print_scale, row_height
from pipeline.records.comparison import ANSWERS
from pipeline.report.contents import Contents
from pipeline.report.law_words import _english, note_of
from pipeline.report.lists import documents_part, finding_shown, lineage_list, other_of
from pipeline.report.workbook import write_workbook
from pipeline.report.workbook_sheet import MAX_CHARACTERS, in_sight, inert_text, layouts
from pipeline.report.workbook_tables import (
    SheetRows,
    documents_rows,
    lineage_rows,
    requirements_rows,
    values_rows,
)
from pipeline.swedish.texts import load_texts

SHEETS = [
    "Matris", "Läs mig", "Harmoniserade krav", "Krav", "Värden", "Dokument", "Rättningar", "Lagar",
    "Luckor och brister", "Släktskap", "Andelar", "Granskning",
]  # fmt: skip


PADDING = 5 / 7
"""What a file adds to a column's width in characters for the room around them."""


@pytest.fixture(scope="module")
def book(written: Path) -> Any:
    return openpyxl.load_workbook(written / "harmonised_requirements.xlsx")


def rows(sheet: Any, heading_row: int = 1) -> list[dict[str, Any]]:
    """A sheet's rows by heading."""
    lines = list(sheet.iter_rows(min_row=heading_row, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_sheets_stand_in_order_with_filters_and_frozen_headings(book: Any) -> None:
    assert book.sheetnames == SHEETS
    for name in (SHEETS[0], *SHEETS[2:]):
        assert book[name].freeze_panes, name
        assert book[name].auto_filter.ref, name


def test_the_matrix_says_answers_in_words_and_colour(book: Any) -> None:
    sheet = book["Matris"]
    table = {row["Krav"]: row for row in rows(sheet, 6)}
    assert table["Svarstid"]["Ekvik"] == "24 timmar (vardagar) ▲"
    assert table["Svarstid"]["Ålbyn"] == "48 timmar ▽"
    assert table["Blockering av användare"]["Ekvik"] == "– ?", "nobody can be sure of this silence"
    unknown = [str(value) for row in table.values() for value in row.values() if str(value).startswith("Okänt")]
    assert unknown
    assert not any(value.endswith("?") for value in unknown)
    assert list(table["Svarstid"])[2:5] == ["Ekvik", "Ålbyn", "Östnäs"]
    line = next(r for r in sheet.iter_rows(min_row=7) if r[1].value == "Svarstid")
    assert (
        line[2].fill.fgColor.rgb
        != next(r for r in sheet.iter_rows(min_row=7) if r[1].value == "Kriskommunikation")[2].fill.fgColor.rgb
    )
    assert "Frågor ska besvaras inom 24 timmar på vardagar" in line[2].comment.text


def test_a_wide_matrix_breaks_between_municipalities_when_printed(sample: Any, contents: Any, tmp_path: Path) -> None:
    names = [f"Ort {n:02}" for n in range(14)]
    cells = [replace(c, municipality=n) for n in names for c in contents.comparison.cells if c.municipality == "Ekvik"]
    wide = replace(contents, comparison=replace(contents.comparison, cells=tuple(cells)))
    write_workbook(wide, tmp_path / "wide.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "wide.xlsx")["Matris"]
    assert [b.id for b in sheet.col_breaks.brk] == [8, 14]
    assert (sheet.page_setup.orientation, sheet.print_title_cols) == ("landscape", "$A:$B")
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage, "a sheet that is fitted to pages ignores its breaks"
    assert "C2:H5" in {str(merged) for merged in sheet.merged_cells.ranges}, "the note stays on the first page"
    legend = {sheet.cell(line, column).value for line in (3, 4, 5) for column in (1, 2)}
    assert legend == {load_texts("sv")[f"answer.{answer}"] for answer in ANSWERS}, "every page repeats its columns"


def test_the_matrix_note_explains_every_mark(book: Any) -> None:
    said = book["Matris"]["C2"].value
    assert all(mark in said for mark in ("▲ strängast", "▽ mildare", "‖ går inte att rangordna", "60 %", "90 %"))


def test_every_cell_has_its_row_with_quote_and_page(book: Any, sample: Any) -> None:
    table = rows(book["Harmoniserade krav"])
    assert len(table) == len(sample.comparison.cells)
    row = next(r for r in table if r["Kravets id"] == "response_time" and r["Kommun"] == "Ekvik")
    assert (row["Svar"], row["Värde"], row["Sida"]) == ("Anges", "24 timmar (vardagar)", 1)
    assert "Normalform" not in row, "codes are in the CSV"
    assert row["Citat"] == "Frågor ska besvaras inom 24 timmar på vardagar"
    assert row["Fil" if "Fil" in row else "Dokument"] == "ekvik.txt"


def test_silence_has_no_standing(book: Any) -> None:
    table = rows(book["Harmoniserade krav"])
    assert {r["Mot strängaste"] for r in table if r["Svar"].startswith(("Nämns inte", "Okänt"))} == {None}
    assert {r["Mot strängaste"] for r in table} > {"Strängast", "Mildare"}


def test_other_sheets_hold_their_tables(book: Any, sample: Any) -> None:
    counts = {name: book[name].max_row - 1 for name in SHEETS[3:11]}
    assert counts == {
        "Krav": 9,
        "Värden": 4,
        "Dokument": 4,
        "Rättningar": 2,
        "Lagar": 1,
        "Luckor och brister": 4,
        "Släktskap": 1,
        "Andelar": 1,
    }
    (share,) = rows(book["Andelar"])
    assert (share["Harmoniserat krav"], share["Andel"], share["Rättad från"]) == ("Svarstid", 1, 0.38)
    assert {r["Meddelande"] for r in rows(book["Dokument"])} == {None, "Filen är skadad."}
    assert [r["Vikt"] for r in rows(book["Luckor och brister"])] == ["Tungt", "Medel", "Medel", "Lätt"]


def test_a_finding_says_whose_words_the_other_quote_is(contents: Any) -> None:
    cell = next(c for c in contents.comparison.cells if c.requirement == "response_time" and c.municipality == "Ekvik")
    gap = next(f for f in contents.comparison.findings if not f.other_requirement_id)
    compared = replace(gap, municipality="Ålbyn", document_id="", requirement="response_time", other_quote=cell.quote)
    assert other_of(contents, compared) == ("Ekvik", "ekvik.txt")
    assert other_of(contents, replace(compared, document_id=cell.document_id)) == ("", ""), "its own words"
    sentence = next(
        line for line in contents.findings[cell.document_id].outline.text.splitlines() if cell.quote in line
    )
    assert len(sentence) > len(cell.quote)
    assert other_of(contents, replace(compared, other_quote=sentence)) == ("Ekvik", "ekvik.txt"), "the sentence around"
    assert other_of(contents, replace(compared, other_quote=f"En lag: {cell.quote}")) == ("", ""), "nobody's words"


def test_the_words_around_a_name_are_not_told_as_something_to_compare_with(contents: Any) -> None:
    gap = next(f for f in contents.comparison.findings if not f.other_requirement_id)
    around = replace(gap, kind="missing_attachment", quote="grafisk manual", other_quote="Se stadens grafiska manual.")
    assert finding_shown(contents, around)["around"]
    assert not finding_shown(contents, gap)["around"]


def test_whose_document_nobody_knows_has_one_name_in_all_lists(contents: Any) -> None:
    row = contents.comparison.lineage[0]
    documents = [
        replace(d, municipality="", municipality_code="") if d.document_id == row.document_id else d
        for d in contents.comparison.documents
    ]
    nameless = replace(contents, comparison=replace(contents.comparison, documents=tuple(documents)))
    name = f"Okänd ({nameless.file_name(row.document_id)})"
    texts = load_texts("sv")

    def owners(sheet: SheetRows) -> set[str]:
        return {r["municipality"] for r in map(sheet.show, sheet.records)}

    shared = next(r for r in lineage_list(nameless).rows if r["document_id"] == row.document_id)
    assert shared["municipality"] == name
    for sheet in (requirements_rows, values_rows, documents_rows, lineage_rows):
        assert name in owners(sheet(nameless, texts)), sheet
    broken = next(r for r in map(documents_rows(nameless, texts).show, documents) if r["status"] == "quarantined")
    assert broken["municipality"] == ""


def test_a_document_that_is_about_nothing_asked_is_told_to_be_outside(contents: Any) -> None:
    first, *others = contents.comparison.documents
    documents = (replace(first, policy_area=""), *others)
    shown = documents_part(replace(contents, comparison=replace(contents.comparison, documents=documents)))
    assert [d["document_id"] for d in shown if d["outside"]] == [first.document_id]
    assert not any(d["outside"] for d in documents_part(contents))


def test_codes_are_put_in_words(book: Any, contents: Any, tmp_path: Path) -> None:
    said = {(r["Slag"], r["Normalform"]) for r in rows(book["Värden"])}
    assert ("Svarstid", "inom 48 timmar") in said and ("Förbjudet innehåll", "hot") in said
    assert {(r["Filtyp"], r["Område"]) for r in rows(book["Dokument"])} >= {("Textfil", "Sociala medier")}
    (law,) = contents.comparison.legal_references
    (share,) = contents.comparison.statistics
    unknown = replace(law, norm="FL", identifier="", section="A6P1Le", status_on_date="unknown", note="")
    hopeless = replace(share, corrected_low=0.0, corrected_high=1.0)
    changed = replace(contents.comparison, legal_references=(unknown,), statistics=(hopeless,))
    write_workbook(replace(contents, comparison=changed), tmp_path / "words.xlsx")
    book = openpyxl.load_workbook(tmp_path / "words.xlsx")
    (row,) = rows(book["Lagar"])
    assert row["Lagrum"] == "artikel 6.1 e"
    assert "(1986:223) eller förvaltningslagen (2017:900)." in row["Anteckning"]
    (row,) = rows(book["Andelar"])
    assert (row["Rättad andel"], row["Rättad från"], row["Rättad till"]) == (None, None, None)


def test_the_sheets_are_described_in_their_order(book: Any) -> None:
    told = [str(line[0]).partition(":")[0] for line in book["Läs mig"].iter_rows(min_row=2, values_only=True)]
    assert [name for name in told if name in SHEETS] == [name for name in SHEETS if name != "Läs mig"]


def test_english_notes_are_english_or_said_not_to_be(contents: Any) -> None:
    (law,) = contents.comparison.legal_references
    noted = replace(law, note=next(iter(_english())))
    assert note_of(noted, "en") == _english()[noted.note]
    assert note_of(replace(law, note="Något annat."), "en") == "Något annat. (in Swedish; there is no English note)"


def test_nothing_is_a_formula_or_a_link(written: Path, book: Any) -> None:
    for sheet in book.worksheets:
        assert not sheet._hyperlinks, sheet.title
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
    with zipfile.ZipFile(written / "harmonised_requirements.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/"))
    assert any(r["Citat att jämföra med"] == "=cmd()" for r in rows(book["Luckor och brister"]))


def test_people_are_masked_unless_the_setting_says_otherwise(written: Path, contents: Any, tmp_path: Path) -> None:
    def said(file: Path) -> str:
        with zipfile.ZipFile(file) as archive:
            return archive.read("xl/sharedStrings.xml").decode() + archive.read("xl/comments1.xml").decode()

    assert "Karin" not in said(written / "harmonised_requirements.xlsx")
    shown = replace(contents, settings=contents.settings.model_copy(update={"mask_people": False}))
    write_workbook(shown, tmp_path / "open.xlsx")
    assert "Karin Ödman" in said(tmp_path / "open.xlsx")


def test_the_review_sheet_comes_back_as_decisions(written: Path, tmp_path: Path) -> None:
    from pipeline.exchange.review_sheets import read_workbook

    file = tmp_path / "answered.xlsx"
    book = openpyxl.load_workbook(written / "harmonised_requirements.xlsx")
    sheet = book["Granskning"]
    headings = [cell.value for cell in sheet[1]]
    places = [cell.column for cell in sheet[1] if cell.value in {"id", "ankare"}]
    widths = sheet.column_dimensions.values()
    hidden = [any(w.hidden and w.min <= place <= w.max for w in widths) for place in places]
    assert hidden == [True, True]
    line = next(r for r in sheet.iter_rows(min_row=2) if r[headings.index("id")].value == "cell:response_time|Ekvik")
    line[headings.index("Beslut")].value = "Ändra"
    line[headings.index("Nytt värde")].value = "PT48H weekdays"
    book.save(file)
    answered = [row.cells for row in read_workbook(file)[0] if row.cells.get("verdict")]
    assert [(a["id"], a["new_value"]) for a in answered] == [("cell:response_time|Ekvik", "PT48H weekdays")]
    assert '"field": "response_time|Ekvik"' in answered[0]["anchor"]
    validation = sheet.data_validations.dataValidation[0]
    assert validation.formula1 == '"Godkänn,Ändra,Avvisa"'


def test_an_english_review_sheet_is_english_and_comes_back_too(contents: Any, tmp_path: Path) -> None:
    from pipeline.exchange.review_sheets import read_workbook

    settings = contents.settings.model_copy(update={"language": "en"})
    file = tmp_path / "english.xlsx"
    write_workbook(Contents(contents.comparison, contents.material, contents.codebooks, settings), file)
    book = openpyxl.load_workbook(file)
    sheet = book["Review"]
    headings = [cell.value for cell in sheet[1]]
    shown = ["Requirement", "Municipality", "Answer", "Value", "Wording", "Document", "Page", "Confidence", "Reviewed"]
    assert headings[:9] == shown
    line = next(r for r in sheet.iter_rows(min_row=2) if r[headings.index("id")].value == "cell:response_time|Ekvik")
    said = {heading: cell.value for heading, cell in zip(headings, line, strict=True)}
    assert (said["Requirement"], said["Answer"], said["Reviewed"]) == ("Reply time", "Stated", "Not reviewed")
    line[headings.index("Decision")].value = "Reject"
    book.save(file)
    answered = [row.cells for row in read_workbook(file)[0] if row.cells.get("verdict")]
    assert [(a["id"], a["verdict"]) for a in answered] == [("cell:response_time|Ekvik", "Reject")]


def test_the_review_sheet_says_certainty_in_percent(book: Any) -> None:
    headings = [cell.value for cell in book["Granskning"][1]]
    certainty = book["Granskning"].cell(2, headings.index("Säkerhet") + 1)
    assert certainty.number_format == "0 %"
    assert 0 <= certainty.value <= 1


def test_the_same_comparison_gives_the_same_bytes(written: Path, contents: Any, tmp_path: Path) -> None:
    write_workbook(contents, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (written / "harmonised_requirements.xlsx").read_bytes()


@given(st.text(max_size=50), st.integers(0, 20_000))
def test_text_that_is_too_long_is_cut_with_a_mark(start: str, times: int) -> None:
    said = start + "å😀" * times
    shown = inert_text(said, load_texts("sv"))
    assert len(shown.encode("utf-16-le", "replace")) // 2 <= MAX_CHARACTERS
    assert all(c in "\n\t\u00a0" or c.isprintable() for c in shown)
    if times == 20_000:
        assert shown.endswith("[avkortat, hela texten står i tabellens CSV-fil]")


def test_rows_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import xlsxwriter

    from pipeline.report import workbook_sheet

    monkeypatch.setattr(workbook_sheet, "MAX_ROWS", 3)
    book = xlsxwriter.Workbook(tmp_path / "full.xlsx")
    made: list[int] = []

    def show(number: int) -> dict[str, str]:
        made.append(number)
        return {"municipality": f"kommun {number}"}

    workbook_sheet.write_table(
        book.add_worksheet("x"),
        layouts()["laws"],
        SheetRows(range(10), show),
        workbook_sheet.Styles(book, load_texts("sv")),
    )
    book.close()
    assert made == [0, 1, 2], "what is left out is not made either"
    sheet = openpyxl.load_workbook(tmp_path / "full.xlsx")["x"]
    assert sheet.max_row == 5
    assert sheet.cell(5, 1).value == "7 rader fick inte plats i ett kalkylblad. De finns i legal_references.csv."


def test_a_compact_workbook_is_the_same_file(tmp_path: Path) -> None:
    import xlsxwriter

    from pipeline.report.workbook_file import CompactWorkbook

    for name, make in (("plain", xlsxwriter.Workbook), ("compact", CompactWorkbook)):
        book = make(str(tmp_path / name), {"in_memory": True})
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001
        for number, said in enumerate(("åäö €", "\U0001f600 & <", "")):
            sheet, bold = book.add_worksheet(f"blad {number}"), book.add_format({"bold": True})
            sheet.set_row(2, 30, bold)
            sheet.set_column(5, 5, 10, bold)
            for line, style in enumerate((None, bold, None)):
                sheet.write_string(line, 0, said, style)
                sheet.write_number(line, 1, 0.12345678901234567, style)
                sheet.write_number(line, 27, -12, style)
                sheet.write_blank(line, 3, None, style)
                sheet.write_boolean(line, 4, True, style)
                sheet.write_string(line, 5, said, style)
        book.close()
    assert (tmp_path / "plain").read_bytes() == (tmp_path / "compact").read_bytes()


def test_what_lineage_leaves_out_is_said_in_its_sheet_and_list(sample: Any, contents: Any, tmp_path: Path) -> None:
    bounded = replace(contents, comparison=replace(contents.comparison, lineage_left_out=1234))
    write_workbook(bounded, tmp_path / "bounded.xlsx")
    texts = load_texts(sample.settings.language)
    sheet = openpyxl.load_workbook(tmp_path / "bounded.xlsx")[texts["workbook.sheet.lineage"]]
    lines = [line[0] for line in sheet.iter_rows(values_only=True)]
    assert lines[-1] == texts.say("lineage.left_out.many", n=1234)
    assert len(lines) == 2 + len(contents.comparison.lineage)
    assert lineage_list(bounded).about == {"left_out": 1234}
    assert lineage_list(contents).about == {}


def test_every_sheet_is_printed_across_in_type_that_can_be_read(book: Any) -> None:
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0, sheet.title
        assert sheet.print_title_rows == ("$6:$6" if sheet.title == "Matris" else "$1:$1"), sheet.title
        (first, _, last, _) = (*openpyxl.utils.range_boundaries(sheet.print_area.split("!")[1]),)
        widths = {n: d.width - PADDING for d in sheet.column_dimensions.values() for n in range(d.min, d.max + 1)}
        assert print_scale([widths[n] for n in range(first, last + 1)]) >= READABLE, sheet.title


def test_what_is_for_programs_and_who_reviewed_is_not_printed(book: Any) -> None:
    for sheet in book.worksheets[2:]:
        last = openpyxl.utils.range_boundaries(sheet.print_area.split("!")[1])[2]
        behind = [cell.value for cell in sheet[1]][last:]
        printed = [cell.value for cell in sheet[1]][:last]
        assert not any(str(heading).endswith(("id", "ankare")) and heading != "Nummer eller id" for heading in printed)
        if sheet.title == "Granskning":
            assert behind == ["Granskare", "Datum", "id", "ankare"]


def test_a_quote_is_on_one_line_in_a_sheet(contents: Any, tmp_path: Path) -> None:
    changed = [replace(c, start=None, end=None, quote="Svar ges\ninom en dag") for c in contents.comparison.cells]
    broken = replace(contents, comparison=replace(contents.comparison, cells=tuple(changed)))
    write_workbook(broken, tmp_path / "lines.xlsx")
    book = openpyxl.load_workbook(tmp_path / "lines.xlsx")
    assert {row["Citat"] for row in rows(book["Harmoniserade krav"])} == {"Svar ges inom en dag"}
    assert {row["Ordalydelse"] for row in rows(book["Granskning"])} == {"Svar ges inom en dag"}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Kramfors kommun      1 (3)\n\n\n", "Kramfors kommun 1 (3)⏎"),
        ("bygg- \n  lov", "bygg-⏎lov"),
        ("\f", "⏎"),
        ("a b", "a b"),
        ("", ""),
    ],
)
def test_an_edit_takes_no_more_lines_than_its_words(said: str, shown: str) -> None:
    assert in_sight(said) == shown


def test_what_sets_off_a_disposal_is_not_how_long_it_waits(contents: Any) -> None:
    value = next(iter(contents.values.values()))
    waits = replace(value, kind="retention", value="gallras", period="P2Y", trigger="efter 2 år")
    starts = replace(waits, value_id="other", trigger="efter 2 år från publiceringen")
    held = replace(contents)
    object.__setattr__(held, "values", {v.value_id: v for v in (waits, starts)})
    shown = [(row["period"], row["trigger"]) for row in values_rows(held, load_texts("sv")).first(2)]
    assert sorted(shown) == [("2 år", ""), ("2 år", "efter 2 år från publiceringen")]


def test_a_long_name_is_whole_in_the_heading_and_a_row_as_high_as_its_words(contents: Any, tmp_path: Path) -> None:
    name = "Kommunalförbundet Räddningstjänstsamverkansorganisationen Mellansverige"
    cells = [replace(c, municipality=name) for c in contents.comparison.cells if c.municipality == "Ekvik"]
    long = replace(contents, comparison=replace(contents.comparison, cells=tuple(cells)))
    write_workbook(long, tmp_path / "long.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "long.xlsx")["Matris"]
    assert sheet.cell(6, 3).value == name
    assert sheet.cell(6, 3).alignment.wrap_text
    assert sheet.row_dimensions[6].height >= 4 * 13


def test_words_go_to_the_next_line_whole_and_long_ones_are_broken() -> None:
    assert count_lines("kommunikationsavdelningen informationsstrateg", 26) == 2
    assert count_lines("enda kommunikationsavdelning enda", 24) == 3
    assert count_lines("x" * 100, 10) == 10
    assert count_lines("", 10) == count_lines("kort", 10) == 1
    assert count_lines("en\ntvå\ntre", 10) == 3


def test_rows_are_as_tall_as_their_longest_text() -> None:
    assert row_height([("kort", 10)]) == 15
    assert row_height([("ord " * 20, 20), ("kort", 10)]) > row_height([("ord " * 20, 60)])
    assert row_height([("ord " * 9999, 20)]) < 409


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is missing: apt-get install libreoffice-calc")
def test_libreoffice_reads_every_sheet(written: Path, tmp_path: Path) -> None:
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
               "xlsx",
               "--outdir", str(tmp_path / "saved"), str(written / "harmonised_requirements.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    saved = openpyxl.load_workbook(tmp_path / "saved" / "harmonised_requirements.xlsx")
    assert saved.sheetnames == SHEETS
    assert {row["Krav"]: row for row in rows(saved["Matris"], 6)}["Svarstid"]["Ekvik"] == "24 timmar (vardagar) ▲"
    assert saved["Granskning"].data_validations.dataValidation


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is missing: apt-get install libreoffice-calc")
def test_paper_has_type_of_nearly_seven_points_and_no_ids(written: Path, tmp_path: Path) -> None:
    import pdfplumber

    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
               "pdf", "--outdir", str(tmp_path), str(written / "harmonised_requirements.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    with pdfplumber.open(tmp_path / "harmonised_requirements.pdf") as paper:
        for page in paper.pages:
            sizes = Counter(round(char["size"], 1) for char in page.chars if char["top"] < page.height - 50)
            assert sizes.most_common(1)[0][0] >= 6.7, page.page_number
            assert "cell:" not in page.extract_text()


def test_what_all_shares_need_noted_is_told_once_below_them(sample: Any, contents: Any, tmp_path: Path) -> None:
    shares = sample.comparison.statistics[0]
    notes = ("3 av 3. Så få säger lite.", "2 av 3. Så få säger lite.", "1 av 3. Läsfelen är stora.")
    statistics = tuple(
        replace(shares, count=count, note_sv=note, note_en=f"{count} of 3. Tells little.")
        for count, note in zip((3, 2, 1), notes, strict=True)
    )
    few = replace(contents, comparison=replace(sample.comparison, statistics=statistics))
    write_workbook(few, tmp_path / "few.xlsx")
    said = [
        str(cell.value) for row in openpyxl.load_workbook(tmp_path / "few.xlsx")["Andelar"].iter_rows() for cell in row
    ]
    assert [one for one in said if "Så få" in one] == ["Så få säger lite."]
    assert {"3 av 3.", "2 av 3.", "1 av 3. Läsfelen är stora."} <= set(said)
    write_workbook(replace(few, settings=few.settings.model_copy(update={"language": "en"})), tmp_path / "english.xlsx")
    english = openpyxl.load_workbook(tmp_path / "english.xlsx")["Shares"]
    told = [str(cell.value) for row in english.iter_rows() for cell in row]
    assert told.count("Tells little.") == 1
    assert {"3 of 3.", "2 of 3.", "1 of 3."} <= set(told)
