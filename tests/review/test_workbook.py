"""The review workbook out and back, whatever happened to it on the way."""

import dataclasses
import datetime
import shutil
import subprocess

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from pipeline.exchange.paper import READABLE, print_scale
from pipeline.exchange.review_workbook import export_review, import_review
from pipeline.failures import RunFailure
from pipeline.review import AnchorTarget, anchor, apply_to_metadata, read_decisions
from pipeline.tables import write_table


@pytest.fixture
def book(out, tmp_path):
    file = tmp_path / "Granskning mars.xlsx"
    export_review(out, file)
    return file


def table(sheet):
    """The sheet's rows by heading."""
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    return lines[0], lines[1:]


def answer(file, sheet, number, **cells):
    """Fill in cells of a row, counted from 1 below the headings, by heading."""
    workbook = openpyxl.load_workbook(file)
    page = workbook[sheet]
    headings = [c.value for c in page[1]]
    for heading, value in cells.items():
        page.cell(row=number + 1, column=headings.index(heading.replace("_", " ")) + 1, value=value)
    workbook.save(file)


def taken(file, out, tmp_path):
    return import_review(file, out, tmp_path / "decisions")


def test_the_same_output_gives_the_same_workbook(out, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        export_review(out, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_least_sure_stand_first_and_layout_repairs_are_left_out(book):
    workbook = openpyxl.load_workbook(book)
    _, rows = table(workbook["Krav"])
    assert [row[1] for row in rows] == ["ska", "ska"]
    assert "24 timmar" in rows[0][3]
    assert len(table(workbook["Rättningar"])[1]) == 1


def test_every_sheet_is_printed_across_in_type_that_can_be_read_and_without_ids(book):
    for sheet in openpyxl.load_workbook(book).worksheets:
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
        last = range_boundaries(sheet.print_area.split("!")[1])[2]
        widths = {n: d.width - 5 / 7 for d in sheet.column_dimensions.values() for n in range(d.min, d.max + 1)}
        assert print_scale([widths[n] for n in range(1, last + 1)]) >= READABLE, sheet.title
        assert not {"id", "ankare"} & {cell.value for cell in sheet[1][:last]}


def test_hidden_columns_and_drop_downs(book):
    sheet = openpyxl.load_workbook(book)["Krav"]
    headings = [c.value for c in sheet[1]]
    hidden = {n for d in sheet.column_dimensions.values() if d.hidden for n in range(d.min, d.max + 1)}
    assert hidden == {headings.index("id") + 1, headings.index("ankare") + 1}
    assert any("Godkänn" in (v.formula1 or "") for v in sheet.data_validations.dataValidation)


def test_answers_of_every_kind_come_back(book, out, tmp_path):
    answer(book, "Svar", 1, Beslut="Ändra", Nytt_värde="PT48H weekdays", Granskare="Anna", Datum="2026-03-01")
    answer(book, "Krav", 1, Beslut="Ändra", Nytt_värde="bör", Granskare="Anna", Datum=datetime.date(2026, 3, 1))
    answer(book, "Krav", 2, Beslut="Avvisa", Anteckning="Bara exempel", Granskare="Anna", Datum="2026-03-01")
    answer(book, "Värden", 1, Beslut="Ändra", Fält="kalender", Nytt_värde="weekdays", Granskare="A", Datum="2026-03-01")
    answer(book, "Uppgifter", 1, Beslut="godkänd", Granskare="Anna", Datum="2026-03-01")
    answer(book, "Rättningar", 1, Beslut="Godkänn", Granskare="Anna", Datum="2026-03-01")
    report = taken(book, out, tmp_path)
    assert report.problems == () and report.remarks == ()
    said = {(d.target, d.field, d.verdict, d.new_value) for d in report.decisions}
    assert said == {
        ("cell", "response_time|Ydre", "change", "PT48H weekdays"),
        ("requirement", "modality", "change", "should"),
        ("requirement", "", "reject", ""),
        ("value", "response_time.calendar", "change", "weekdays"),
        ("metadata", "title", "accept", ""),
        ("repair", "confusion", "accept", ""),
    }
    assert read_decisions(tmp_path / "decisions")[0] == report.decisions
    for folder, targets in (("texts", ("cell", "requirement", "value", "metadata")), ("raw", ("repair",))):
        text = (out / folder / "doc1.txt").read_text("utf-8")
        decisions = [d for d in report.decisions if d.target in targets]
        anchored, conflicts = anchor(decisions, [AnchorTarget("doc1", decisions[0].sha256, text)])
        assert conflicts == ()
        assert all(text[a.start : a.end] == a.decision.quote for a in anchored)
    assert "Nya beslut: 6 (1 svar, 2 krav, 1 värde, 1 uppgift, 1 rättning)." in report.text


CORRECTED = [
    ("Svar", 1, "", "Nämns inte", {"response_time|Ydre": "silent"}),
    ("Svar", 1, "", "Okänt (text saknas)", {"response_time|Ydre": "unreadable"}),
    ("Svar", 1, "", "inom 24 timmar på vardagar", {"response_time|Ydre": "PT24H weekdays"}),
    ("Svar", 2, "", "enligt krisplan", {"crisis|Ydre": "delegated: krisplan"}),
    ("Svar", 2, "", "får", {"crisis|Ydre": "may"}),
    ("Krav", 1, "", "får inte", {"modality": "must_not"}),
    ("Krav", 1, "kraft", "should_not", {"force": "should_not"}),
    ("Krav", 1, "hör till", "Kriskommunikation, Svarstid", {"topics": "crisis|response_time"}),
    ("Krav", 1, "hör till", "crisis|response_time", {"topics": "crisis|response_time"}),
    ("Krav", 1, "status", "Föreslaget", {"status": "proposed"}),
    ("Värden", 1, "", "inom 2 arbetsdagar", {"response_time": "P2D", "response_time.calendar": "weekdays"}),
    ("Värden", 1, "", "PT48H", {"response_time": "PT48H"}),
    ("Värden", 1, "kalender", "på vardagar", {"response_time.calendar": "weekdays"}),
    ("Värden", 2, "", "sparas i två år", {"retention": "sparas", "retention.period": "P2Y"}),
    ("Värden", 2, "nekat", "ja", {"retention.negated": "true"}),
]


@pytest.mark.parametrize(("sheet", "row", "field", "written", "said"), CORRECTED)
def test_corrections_in_the_words_that_the_sheets_show(book, out, tmp_path, sheet, row, field, written, said):
    cells = {"Fält": field} if field else {}
    answer(book, sheet, row, Beslut="Ändra", Nytt_värde=written, Granskare="Anna", Datum="2026-03-01", **cells)
    report = taken(book, out, tmp_path)
    assert report.problems == ()
    assert {d.field: d.new_value for d in report.decisions} == said


def test_every_wording_that_a_sheet_shows_is_taken_when_written_back(book, out, tmp_path):
    for sheet, column, places in (("Svar", "Värde", (1,)), ("Svar", "Svar", (2,)), ("Värden", "Värde", (1, 2))):
        page = openpyxl.load_workbook(book)[sheet]
        at = [c.value for c in page[1]].index(column) + 1
        for place in places:
            answer(book, sheet, place, Beslut="Ändra", Nytt_värde=page.cell(place + 1, at).value, Granskare="Anna")
    report = taken(book, out, tmp_path)
    assert report.problems == ()
    assert {d.field: d.new_value for d in report.decisions} == {
        "response_time|Ydre": "PT24H", "crisis|Ydre": "silent", "response_time": "PT24H", "retention": "skärmdump",
    }  # fmt: skip


def test_the_sheets_say_the_same_words_and_whose_each_row_is(book):
    workbook = openpyxl.load_workbook(book)
    lines = {name: table(workbook[name]) for name in ("Svar", "Krav", "Värden")}
    shown = {name: [dict(zip(head, row, strict=True)) for row in rows] for name, (head, rows) in lines.items()}
    assert [row["Kommun"] for rows in shown.values() for row in rows] == ["Ydre"] * 6
    assert {row["Svar"] for row in shown["Svar"]} == {"Anges", "Nämns inte"}
    assert {row["Granskad"] for row in shown["Svar"]} == {"Ogranskad"}
    assert shown["Krav"][0]["Hör till"] == "Svarstid"
    assert [(row["Slag"], row["Värde"]) for row in shown["Värden"]] == [
        ("Svarstid", "inom 24 timmar"), ("Bevarande och gallring", "skärmdump"),
    ]  # fmt: skip
    for sheet in lines:
        places = [c.value for c in workbook[sheet][1]]
        assert workbook[sheet].cell(2, places.index("Säkerhet") + 1).number_format == "0 %"


@pytest.mark.parametrize(
    ("sheet", "field", "written", "named"),
    [
        ("Svar", "", "snart nog", ("”snart nog” förstås inte", "kravet Svarstid", "inom 24 timmar", "Nämns inte")),
        ("Krav", "hör till", "Svarstid, Vädret", ("”Vädret” förstås inte", "Kriskommunikation")),
        ("Krav", "status", "kanske", ("fältet status", "Gäller, Föreslaget")),
        ("Värden", "", "snart nog", ("fältet värde", "inom 24 timmar på vardagar")),
        ("Värden", "kalender", "ibland", ("fältet kalender", "på vardagar, under kontorstid")),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_and_the_rest_is_taken(book, out, tmp_path, sheet, field, written, named):
    cells = {"Fält": field} if field else {}
    answer(book, sheet, 1, Beslut="Ändra", Nytt_värde=written, Granskare="Anna", Datum="2026-03-01", **cells)
    answer(book, "Uppgifter", 1, Beslut="Godkänn", Granskare="Anna", Datum="2026-03-01")
    report = taken(book, out, tmp_path)
    assert [d.target for d in report.decisions] == ["metadata"]
    assert f"Kunde inte tas emot: 1 rad.\n  {sheet}, rad 2: Nytt värde ”" in report.text
    assert all(words in report.text for words in named)


def test_a_codebook_that_is_not_at_hand_refuses_nothing(book, out, tmp_path, findings):
    record, cells = findings["harmonised_requirements"]
    write_table([dataclasses.replace(c, codebook="our_own") for c in cells], record, out, "harmonised_requirements")
    answer(book, "Svar", 1, Beslut="Ändra", Nytt_värde="Varannan måne", Granskare="Anna", Datum="2026-03-01")
    answer(book, "Svar", 2, Beslut="Ändra", Nytt_värde="Okänt (text saknas)", Granskare="Anna", Datum="2026-03-01")
    said = {d.field: d.new_value for d in taken(book, out, tmp_path).decisions}
    assert said == {"response_time|Ydre": "Varannan måne", "crisis|Ydre": "unreadable"}


def test_importing_twice_does_nothing(book, out, tmp_path):
    answer(book, "Krav", 1, Beslut="Godkänn", Granskare="Anna", Datum="2026-03-01")
    first = taken(book, out, tmp_path)
    second = taken(book, out, tmp_path)
    assert first.file is not None and second.file is None
    assert second.known == 1 and second.decisions == ()
    assert len(list((tmp_path / "decisions").iterdir())) == 1


def test_who_made_a_document_can_be_said_where_its_text_does_not(findings, out, tmp_path):
    record, (document,) = findings["documents"]
    nameless = dataclasses.replace(document, municipality="", status="ok")
    copy = dataclasses.replace(nameless, document_id="doc2", duplicate_of="doc1")
    write_table([nameless, copy], record, out, "documents")
    file = tmp_path / "g.xlsx"
    export_review(out, file)
    _, rows = table(openpyxl.load_workbook(file)["Uppgifter"])
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("kommun", None, "policys/regler.txt"), ("titel", "Regler", "policys/regler.txt"),
    ]  # fmt: skip
    answer(file, "Uppgifter", 1, Beslut="Ändra", Nytt_värde="Borås", Granskare="Anna", Datum="2026-03-01")
    (decision,) = taken(file, out, tmp_path).decisions
    text = (out / "texts" / "doc1.txt").read_text("utf-8")
    placed, waiting = anchor([decision], [AnchorTarget("doc1", document.sha256, text)])
    applied = apply_to_metadata(findings["metadata"][1], placed, outlines={})
    assert not waiting and not applied.conflicts
    assert {m.field: m.value for m in applied.rows} == {"title": "Regler", "municipality": "Borås"}


def test_files_that_are_there_are_never_changed(book, out, tmp_path):
    folder = tmp_path / "decisions"
    folder.mkdir()
    (folder / "granskning-mars.csv").write_text("inte,ett\nbeslut,alls\n", "utf-8")
    answer(book, "Krav", 1, Beslut="Godkänn")
    taken(book, out, tmp_path)
    assert (folder / "granskning-mars.csv").read_text("utf-8") == "inte,ett\nbeslut,alls\n"


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_sorted_filtered_moved_and_added_to_then_saved_by_libreoffice(book, out, tmp_path, kind):
    answer(book, "Krav", 1, Beslut="Ändra", Nytt_värde="bör", Granskare="Anna", Datum=datetime.date(2026, 3, 1))
    answer(book, "Krav", 2, Beslut="Avvisa", Granskare="Anna", Datum=datetime.date(2026, 3, 1))
    straight = set(taken(book, out, tmp_path).decisions)
    workbook = openpyxl.load_workbook(book)
    headings, rows = table(workbook["Krav"])
    # Rows the other way round, the first column last, one filtered away, one added with neither id nor anchor.
    added = dict.fromkeys(headings)
    added |= {"Dokument": "regler.txt", "Ordalydelse": "Skärmdump sparas", "Modalitet": "ska", "Beslut": "Godkänn",
              "Granskare": "Bo", "Datum": datetime.date(2026, 3, 2)}  # fmt: skip
    sheet = workbook["Krav"]
    sheet.delete_rows(1, sheet.max_row)
    for row in (headings, *reversed(rows), [added[h] for h in headings]):
        sheet.append([*row[1:], row[0]])
    sheet.auto_filter.ref = f"A1:{openpyxl.utils.get_column_letter(len(headings))}4"
    sheet.row_dimensions[2].hidden = True
    workbook.save(book)
    saved = tmp_path / "saved"
    # Through LibreOffice's own format and back, as somebody does who works on it there for a while.
    steps = ((book, kind, saved), (saved / f"{book.stem}.{kind}", "xlsx", saved / "again"))
    for source, form, folder in steps:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", form,
             "--outdir", str(folder), str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    report = import_review(saved / "again" / book.name, out, tmp_path / "elsewhere")
    assert report.problems == ()
    (new,) = set(report.decisions) - straight
    assert set(report.decisions) > straight and len(report.decisions) == 3
    assert (new.field, new.quote, new.new_value, new.author) == ("added", "Skärmdump sparas", "must", "Bo")
    assert new.date == "2026-03-02"


def test_sorted_moved_and_titled(book, out, tmp_path):
    answer(book, "Krav", 1, Beslut="Avvisa", Granskare="Anna", Datum="2026-03-01")
    straight = taken(book, out, tmp_path).decisions
    workbook = openpyxl.load_workbook(book)
    headings, rows = table(workbook["Krav"])
    turned = workbook.create_sheet("Krav (2)", 0)
    turned.append(["Granskning av kommunens regler"])
    turned.append([])
    turned.append(list(reversed(headings)))
    for row in reversed(rows):
        turned.append(list(reversed(row)))
    del workbook["Krav"]
    turned.auto_filter.ref = "A3:M5"
    turned.row_dimensions[4].hidden = True
    other = tmp_path / "other.xlsx"
    workbook.save(other)
    assert import_review(other, out, tmp_path / "elsewhere").decisions == straight


def test_a_reviewer_and_a_date_for_all(book, out, tmp_path):
    workbook = openpyxl.load_workbook(book)
    guide = workbook["Läs mig först"]
    for line in guide.iter_rows():
        if line[0].value in ("Granskare", "Datum"):
            line[1].value = {"Granskare": "Bo", "Datum": "2026-04-02"}[line[0].value]
    workbook.save(book)
    answer(book, "Krav", 1, Beslut="Godkänn")
    (decision,) = taken(book, out, tmp_path).decisions
    assert (decision.author, decision.date) == ("Bo", "2026-04-02")


def test_an_added_requirement(book, out, tmp_path):
    answer(
        book, "Krav", 3, Modalitet="ska", Ordalydelse="Skärmdump  sparas", Dokument="regler.txt", Beslut="Godkänn",
        Granskare="Anna", Datum="2026-03-01",
    )  # fmt: skip
    (decision,) = taken(book, out, tmp_path).decisions
    assert (decision.field, decision.new_value, decision.quote) == ("added", "must", "Skärmdump sparas")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Beslut": "Kanske"}, "”Kanske” är inget beslut"),
        ({"Beslut": "Ändra"}, "nytt värde saknas"),
        ({"Nytt_värde": "bör"}, "inget beslut är valt"),
        ({"Beslut": "Ändra", "Nytt_värde": "borde"}, "ingen modalitet"),
        ({"Beslut": "Godkänn", "Nytt_värde": "bör"}, "Välj Ändra"),
        ({"Beslut": "Ändra", "Nytt_värde": "x", "Fält": "färg"}, "inget fält"),
        ({"Beslut": "Godkänn", "Datum": "i går"}, "”i går” kan inte läsas"),
        ({"Beslut": "Godkänn", "ankare": "{"}, "ankare har ändrats"),
    ],
)
def test_what_could_not_be_taken_is_told(book, out, tmp_path, cells, said):
    answer(book, "Krav", 1, **cells)
    report = taken(book, out, tmp_path)
    assert report.decisions == () and report.file is None
    assert (report.problems[0].sheet, report.problems[0].row) == ("Krav", 2)
    assert said in report.text


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Ordalydelse": "Skärmdump sparas"}, "saknar Dokument"),
        ({"Ordalydelse": "Skärmdump sparas", "Dokument": "annat.txt"}, "finns inte i körningen"),
        ({"Ordalydelse": "Något annat", "Dokument": "regler.txt"}, "inte ordagrant"),
        ({"Ordalydelse": "Skärmdump sparas", "Dokument": "regler.txt"}, "ingen modalitet"),
    ],
)
def test_an_added_row_that_lacks_something(book, out, tmp_path, cells, said):
    answer(book, "Krav", 3, Beslut="Godkänn", **cells)
    assert said in taken(book, out, tmp_path).text


def test_rows_that_contradict_each_other_are_not_taken(book, out, tmp_path):
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Krav"]
    sheet.append([c.value for c in sheet[2]])
    workbook.save(book)
    answer(book, "Krav", 1, Beslut="Godkänn", Granskare="Anna", Datum="2026-03-01")
    answer(book, "Krav", 3, Beslut="Avvisa", Granskare="Anna", Datum="2026-03-01")
    report = taken(book, out, tmp_path)
    assert report.decisions == ()
    assert [p.row for p in report.problems] == [2, 4]


def test_no_reviewer_is_remarked(book, out, tmp_path):
    answer(book, "Krav", 1, Beslut="Godkänn")
    report = taken(book, out, tmp_path)
    assert len(report.decisions) == 1
    assert "utan granskare och datum" in report.text


def test_a_silent_cell_has_no_document(book, out, tmp_path):
    answer(book, "Svar", 2, Beslut="Godkänn", Granskare="Anna", Datum="2026-03-01")
    (decision,) = taken(book, out, tmp_path).decisions
    assert (decision.field, decision.sha256, decision.quote) == ("crisis|Ydre", "", "")
    ((item,), conflicts) = anchor([decision], [])
    assert item.document_id == "" and conflicts == ()


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_told(out, tmp_path, content):
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(RunFailure, match="can't be read"):
        import_review(tmp_path / "x.xlsx", out, tmp_path)


def test_a_workbook_of_something_else_is_told(out, tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["Namn", "Summa"])
    workbook.save(tmp_path / "x.xlsx")
    with pytest.raises(RunFailure, match="no sheet with a column of decisions"):
        import_review(tmp_path / "x.xlsx", out, tmp_path)


def test_an_output_folder_that_is_none_is_told(tmp_path):
    with pytest.raises(RunFailure, match=r"documents\.parquet"):
        export_review(tmp_path, tmp_path / "x.xlsx")


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_saved_by_libreoffice(book, out, tmp_path):
    answer(book, "Krav", 1, Beslut="Ändra", Nytt_värde="bör", Granskare="Anna", Datum=datetime.date(2026, 3, 1))
    straight = taken(book, out, tmp_path).decisions
    folder = tmp_path / "saved"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder), str(book)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert import_review(folder / book.name, out, tmp_path / "elsewhere").decisions == straight
