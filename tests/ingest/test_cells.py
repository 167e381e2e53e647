"""Cells of tables in every format: lists, several lines, spans; and which tables are only frames."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import read_document
from pipeline.ingest.cells import CellLook, cell_text, holds_data
from pipeline.records.reading import Reading
from tests.ingest.shown import lines_of
from tests.ingest.test_docx import NUMBERING, cell, item, p
from tests.ingest.test_other_formats import odt

ROLES = ["Roll\tUppgift\tNär", "Redaktör\tSvara på frågor\tInom 24 timmar", "\tSpara bilder\tVarje år"]
TASKS = ["Uppgift\tAnsvarig", "- Öppna konton  - Föra en förteckning\tChefen"]


def rows_of(reading: Reading) -> list[str]:
    return [reading.text[line.start : line.end] for line in reading.lines if line.style == "table_row"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Svara på frågor", "Spara skärmdumpar"], "Svara på frågor  Spara skärmdumpar"),
        (["Svara på", "frågor"], "Svara på frågor"),
        (["Anna Berg", "Chef"], "Anna Berg Chef"),
        (["Svara på frågor.", "Spara bilder."], "Svara på frågor. Spara bilder."),
        (["Ska:", "- svara", "- spara"], "Ska:  - svara  - spara"),
        (["• Svara på", "frågor", "• Spara"], "• Svara på frågor  • Spara"),
        ([], ""),
    ],
)
def test_items_of_a_cell_stand_behind_two_blanks(lines: list[str], text: str) -> None:
    assert cell_text(lines) == text


def test_a_full_line_goes_on_in_the_next() -> None:
    lines = ["Kontakta kommunens", "Kontaktcenter"]
    assert cell_text(lines, whole=[False]) == "Kontakta kommunens Kontaktcenter"


@pytest.mark.parametrize(
    ("rows", "data"),
    [
        ([["Roll", "Ansvar"], ["Chef", "*Utse redaktör"]], True),
        ([["Uppgift", "Ansvarig"], ["*Utse redaktör", "Chef"]], True),
        ([["Facebook", "*Nyheter"], ["Instagram", "*Bilder"]], True),
        ([["Välkommen till vår sida om sociala medier i kommunen.", "*Nyheter"], ["Mer att läsa.", "*Länkar"]], False),
        ([["Meny", "*Start"]], False),
        ([["Syfte", "#Bakgrund"], ["Ansvar", "#Chefen"]], False),
    ],
)
def test_a_table_with_lists_holds_data_or_frames_a_page(rows: list[list[str]], data: bool) -> None:
    look = [[CellLook(c.lstrip("*#"), listed=c[0] == "*", headed=c[0] == "#") for c in row] for row in rows]
    assert holds_data(look) is data


def test_cells_of_a_word_file(make_docx: Any) -> None:
    def table(*rows: list[str]) -> str:
        return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"

    def merged(state: str, text: str = "") -> str:
        return f'<w:tc><w:tcPr><w:vMerge w:val="{state}"/></w:tcPr>{p(text)}</w:tc>'

    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("Före start")}</w:tc>'
    roles = table(
        [cell(p("Roll")), cell(p("Uppgift")), cell(p("När"))],
        [merged("restart", "Redaktör"), cell(p("Svara på frågor")), cell(p("Inom 24 timmar"))],
        [merged("continue"), cell(p("Spara bilder")), cell(p("Varje år"))],
        [wide, cell(p("Varje år"))],
    )
    tasks = table(
        [cell(p("Uppgift")), cell(p("Ansvarig"))],
        [cell(item("Öppna konton", 1) + item("Föra en förteckning", 1)), cell(p("Chefen"))],
    )
    reading = read_document(make_docx(roles + p("Text.") + tasks, numbering=NUMBERING))
    assert rows_of(reading) == [*ROLES, "Före start\t\tVarje år", *TASKS]


def test_cells_of_an_opendocument_text(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def one(*words: str, more: str = "") -> str:
        said = "".join(f"<text:p>{w}</text:p>" for w in words)
        return f"<table:table-cell {more}>{said}</table:table-cell>"

    items = "".join(
        f"<text:list-item><text:p>{w}</text:p></text:list-item>" for w in ("Öppna konton", "Föra en förteckning")
    )
    body = (
        "<table:table>" + row(one("Roll"), one("Uppgift"), one("När"))
        + row(one("Redaktör", more='table:number-rows-spanned="2"'), one("Svara på frågor"), one("Inom 24 timmar"))
        + row("<table:covered-table-cell/>", one("Spara bilder"), one("Varje år")) + "</table:table>"
        + "<text:p>Text.</text:p><table:table>" + row(one("Uppgift"), one("Ansvarig"))
        + row(f"<table:table-cell><text:list>{items}</text:list></table:table-cell>", one("Chefen")) + "</table:table>"
    )  # fmt: skip
    assert rows_of(read_document(odt(tmp_path / "a.odt", body))) == [*ROLES, *TASKS]


def test_cells_of_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><table><tr><th>Roll<th>Uppgift<th>När</tr><tr><td rowspan=2>Redaktör<td>Svara på frågor"
        "<td>Inom 24 timmar</tr><tr><td>Spara bilder<td>Varje år</tr><tr><td colspan=2>Före start<td>Varje år</tr>"
        "</table><p>Text.</p><table><tr><th>Uppgift<th>Ansvarig</tr><tr><td><ul><li>Öppna konton"
        "<li>Föra en förteckning</ul><td>Chefen</tr></table></body></html>",
        "utf-8",
    )
    assert rows_of(read_document(path)) == [*ROLES, "Före start\t\tVarje år", *TASKS]


def test_cells_of_a_rich_text(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi\trowd\pard\intbl Uppgift\cell Ansvarig\cell\row\trowd\pard\intbl{\listtext\pard\u8226?\tab}"
        rb"\'d6ppna konton\par{\listtext\pard\u8226?\tab}F\'f6ra en f\'f6rteckning\cell Chefen\cell\row"
        rb"\trowd\pard\intbl\cell Svara\line p\'e5 fr\'e5gor\cell\row\pard Text\par"
        rb"\trowd\pard\intbl Dokumenttyp\par Riktlinje\cell Antagen\par 2021-05-04\cell\row\pard Slut}"
    )
    assert lines_of(read_document(path)) == [
        *TASKS, "\tSvara på frågor", "Text", "Dokumenttyp\tRiktlinje", "Antagen\t2021-05-04", "Slut",
    ]  # fmt: skip


def test_cells_of_a_pdf(tmp_path: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    plain = getSampleStyleSheet()["Normal"]

    def build(name: str, rows: list[list[list[str]]], widths: list[int]) -> list[str]:
        cells = [[[Paragraph(line, plain) for line in one] for one in row] for row in rows]
        style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
        grid = Table(cells, colWidths=widths, style=style)
        SimpleDocTemplate(str(tmp_path / name), pagesize=A4).build([grid, Paragraph("Slut.", plain)])
        return rows_of(read_document(tmp_path / name))

    tasks = [
        [["Uppgift"], ["Ansvarig"]],
        [["• Öppna konton", "• Föra en förteckning"], ["Chefen"]],
        [["Svara på frågor", "Spara bilder när de har tagits bort ur Kommunens flöde"], ["Redaktör"]],
    ]
    assert build("a.pdf", tasks, [180, 100]) == [
        "Uppgift\tAnsvarig", "• Öppna konton  • Föra en förteckning\tChefen",
        "Svara på frågor  Spara bilder när de har tagits bort ur Kommunens flöde\tRedaktör",
    ]  # fmt: skip
    stacked = [
        [["Dokumenttyp", "Riktlinje"], ["Antagen av", "Kommunstyrelsen"]],
        [["Antagen", "2021-05-04"], ["Diarienummer", "KS 2021/2"]],
    ]
    assert build("b.pdf", stacked, [150, 150]) == ["\t".join(one) for row in stacked for one in row]


def test_a_word_that_a_narrow_cell_cut_is_whole(tmp_path: Path) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 10)
    width = 8 + stringWidth("Kommunikationsenhet", "Helvetica", 10)
    for x in (60, 60 + width, 200 + width):
        canvas.line(x, 700, x, 760)
    for y in (700, 730, 760):
        canvas.line(60, y, 200 + width, y)
    for x, y, words in (
        (64, 748, "Ansvarig"), (64 + width, 748, "Uppgift"),
        (64, 718, "Kommunikationsenhet"), (64, 706, "en"), (64 + width, 718, "Svarar på frågor"),
    ):  # fmt: skip
        canvas.drawString(x, y, words)
    canvas.save()
    assert rows_of(read_document(tmp_path / "a.pdf")) == [
        "Ansvarig\tUppgift", "Kommunikationsenheten\tSvarar på frågor",
    ]  # fmt: skip


@pytest.mark.parametrize("shaded", [False, True])
def test_a_table_without_lines_is_read_by_its_columns(tmp_path: Path, shaded: bool) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    plain = getSampleStyleSheet()["Normal"]
    rows = [
        ["Roll", "Uppgift", "När"],
        ["Redaktör", "Svara på frågor i de kanaler som kommunen har i sociala medier", "Inom 24 timmar på vardagar"],
        ["Chefen", "Utse ersättare", "Före start"],
        ["", "Följa upp kontot", "Varje år"],
        ["Registrator", "Diarieföra inlägg som leder till ett ärende hos kommunen", "Samma dag"],
    ]
    bands: list[Any] = [("BACKGROUND", (c, r), (c, r), "lightgrey") for r in (0, 2, 4) for c in (0, 1, 2)]
    look = [("VALIGN", (0, 0), (-1, -1), "TOP"), *(bands if shaded else [])]
    grid = Table([[Paragraph(c, plain) for c in row] for row in rows], colWidths=[90, 150, 90], style=look)
    prose = "tabellen står ett stycke löpande text som går över hela raden, från kant till kant och en bit på nästa."
    around = [Paragraph(f"{word} {prose}", plain) for word in ("Före", "Efter")]
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4).build([around[0], grid, around[1]])
    reading = read_document(tmp_path / "a.pdf")
    assert rows_of(reading) == ["\t".join(row) for row in rows]
    assert "\n\n" not in reading.text[reading.text.index("Roll") : reading.text.index("Efter")].strip()
    assert reading.text.split("\n\n")[-1].startswith("Efter")


def test_a_heading_and_its_text_are_no_table(make_pdf: Any) -> None:
    page = [(60, 80, 11, "Roll"), (250, 80, 11, "Svarar alltid på alla frågor som kommer in"), (60, 96, 11, "Text.")]
    assert rows_of(read_document(make_pdf([page]))) == []
