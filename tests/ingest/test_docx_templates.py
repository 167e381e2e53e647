"""Word files as municipalities' templates and systems make them: fields, styles that hide, list styles, symbols."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.ingest import read_document
from tests.ingest.shown import lines_of
from tests.ingest.test_docx import cell, p, run

REFERENCES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DIAGRAMS = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006/main"


def field(code: str, result: str, inner: str = "") -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{inner}{marks[1]}{result}{marks[2]}"


def level(number: int, kind: str, text: str, more: str = "") -> str:
    said = f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{said}</w:lvl>'


def styled(text: str, style: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def in_list(number: int, deep: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="{number}"/></w:numPr>'


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (run("Se sidan ") + field("PAGEREF _Ref1", run("4")) + run("."), "Se sidan 4."),
        # What a condition tests is no text, only what it comes to.
        (run("Status: ") + field("IF", run("Utkast"), field("DOCPROPERTY Status", run("Gällande"))),
         "Status: Utkast"),
        (run("Status: ") + field("IF", run("Utkast"), f'<w:fldSimple w:instr="DOCPROPERTY x">{run("y")}</w:fldSimple>'),
         "Status: Utkast"),
        (run("Index") + field('XE "index"', "") + run(" kvar"), "Index kvar"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Policy"/>'
         '<w:listEntry w:val="Riktlinje"/></w:ddList></w:ffData></w:fldChar></w:r>'
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "Riktlinje"),
    ],
)  # fmt: skip
def test_fields_show_their_results(make_docx: Any, body: str, wanted: str) -> None:
    assert lines_of(read_document(make_docx(f"<w:p>{body}</w:p>"))) == [wanted]


@pytest.mark.parametrize("unfilled", [True, False])
def test_what_a_form_asks_for_is_no_text_until_it_is_filled_in(make_docx: Any, unfilled: bool) -> None:
    mark = "<w:showingPlcHdr/>" if unfilled else ""
    control = f"<w:sdt><w:sdtPr>{mark}<w:date/></w:sdtPr><w:sdtContent>{{}}</w:sdtContent></w:sdt>"
    body = f"<w:p>{run('Datum: ')}{control.format(run('Klicka här.'))}</w:p>{control.format(p('Ange syfte'))}"
    long = p("Redaktören ska " + "svara på frågor och " * 8)
    wanted = ["Datum:"] if unfilled else ["Datum: Klicka här.", "Ange syfte"]
    found = [line.strip() for line in lines_of(read_document(make_docx(body + control.format(long))))]
    assert found[:-1] == wanted
    assert found[-1].startswith("Redaktören ska")


def test_what_a_style_hides_is_no_text(make_docx: Any) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Help"><w:name w:val="Hjälptext"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="More"><w:name w:val="Mer"/><w:basedOn w:val="Help"/></w:style>'
        '<w:style w:type="character" w:styleId="Dold"><w:name w:val="Dold"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        styled("Skriv syftet här", "Help") + styled("och här", "More")
        + "<w:p>" + run("Synlig ") + run("dold ", '<w:rStyle w:val="Dold"/>') + run("igen") + "</w:p>"
        + '<w:p><w:pPr><w:pStyle w:val="Help"/></w:pPr>' + run("visad", '<w:vanish w:val="0"/>') + "</w:p>"
    )  # fmt: skip
    assert lines_of(read_document(make_docx(body, styles=styles))) == ["Synlig igen", "visad"]


def test_headings_are_numbered_on_the_level_that_the_list_ties_to_their_style(make_docx: Any) -> None:
    tied = "".join(
        level(n, "decimal", ".".join(f"%{i + 1}" for i in range(n + 1)), f'<w:pStyle w:val="H{n + 1}"/>')
        for n in range(3)
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{tied}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2, 3)
    )
    styles += '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Egen"/><w:basedOn w:val="H3"/></w:style>'
    body = styled("Ett", "H1") + styled("Två", "H2") + styled("Tre", "H3") + styled("Fyra", "Own") + styled("Fem", "H2")
    reading = read_document(make_docx(body, styles=styles, numbering=numbering))
    assert lines_of(reading) == ["1 Ett", "1.1 Två", "1.1.1 Tre", "1.1.2 Fyra", "1.2 Fem"]


def test_a_list_style_has_its_levels_where_it_is_defined(make_docx: Any) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Lista"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Lista"/>'
        f"{level(0, 'lowerLetter', '%1)')}</w:abstractNum>"
        f'<w:abstractNum w:abstractNumId="2">{level(0, "upperRoman", "%1.")}'
        f"{level(1, 'decimal', '%1.%2', '<w:isLgl/>')}</w:abstractNum>"
        + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(3))
    )
    body = p("första", in_list(1)) + p("andra", in_list(1)) + p("Kapitel", in_list(3)) + p("lagen", in_list(3, 1))
    wanted = ["a) första", "b) andra", "I. Kapitel", "  1.1 lagen"]
    assert lines_of(read_document(make_docx(body, numbering=numbering))) == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + run(" chefen"), ["→ chefen"]),
        (run("minst ") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 5"), ["minst ≥ 5"]),
        (run("&#xF0FE;", '<w:rFonts w:ascii="Wingdings"/>') + run(" Riktlinje ")
         + run("o", '<w:rFonts w:hAnsi="Wingdings"/>') + run(" Policy"), ["☒ Riktlinje", "☐ Policy"]),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>' + run(" Plan"), ["☐ Plan"]),
        (run("Dokumenttyp: ") + run("☐ Policy ☒ Plan"), ["Dokumenttyp:", "☐ Policy", "☒ Plan"]),
        # Words that someone set in a font of pictures by mistake stay words.
        (run("Riktlinje", '<w:rFonts w:ascii="Symbol"/>'), ["Riktlinje"]),
    ],
)  # fmt: skip
def test_symbols_are_characters_and_options_lines(make_docx: Any, body: str, wanted: list[str]) -> None:
    reading = read_document(make_docx(f"<w:p>{body}</w:p>"))
    assert lines_of(reading) == wanted
    assert all((line.style == "check_box") == (reading.text[line.start] in "☐☒") for line in reading.lines)


def test_a_table_inside_a_row_has_rows_of_its_own(make_docx: Any) -> None:
    def table(*rows: list[str]) -> str:
        return "<w:tbl>" + "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in rows) + "</w:tbl>"

    inner = table([p("a1"), p("b1")], [p("a2"), p("b2")])
    body = table([p("Roll"), p("Ansvar")], [p("Yttre"), inner + p("efter")])
    assert lines_of(read_document(make_docx(body))) == ["Roll\tAnsvar", "Yttre", "a1\tb1", "a2\tb2", "efter"]


def test_a_diagrams_words_are_text(make_docx: Any) -> None:
    place = f'<w:r><w:drawing><d:relIds xmlns:d="{DIAGRAMS}" xmlns:r="{REFERENCES}" r:dm="r0"/></w:drawing></w:r>'
    shapes = "".join(f"<d:pt><d:t><a:p><a:r><a:t>{t}</a:t></a:r></a:p></d:t></d:pt>" for t in ("Lag", "Policy"))
    data = f'<d:dataModel xmlns:d="{DIAGRAMS}" xmlns:a="{DRAWINGS}">{shapes}</d:dataModel>'
    path = make_docx(p("Styrkedja") + f"<w:p>{place}</w:p>" + p("Efter"), diagramData=data)
    assert lines_of(read_document(path)) == ["Styrkedja", "Lag", "Policy", "Efter"]


@pytest.mark.parametrize(
    ("chunk", "wanted", "choice"),
    [
        ("<html><body><h1>Inifrån</h1></body></html>", ["Före", "Inifrån", "Efter"], "Word"),
        ("MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>Inifrån</p>", ["Före", "Inifrån", "Efter"],
         "Word"),
        ("Inifrån\n", ["Före", "Inifrån", "Efter"], "Word"),
        (r"{\rtf1 Inifr\'e5n}", ["Före", "Inifrån", "Efter"], "Word"),
        ("PK\x03\x04", ["Före", "Efter"], "Word; 1 embedded documents not read"),
    ],
)  # fmt: skip
def test_a_document_inside_the_document_stands_at_its_place(
    make_docx: Any, chunk: str, wanted: list[str], choice: str
) -> None:
    body = p("Före") + f'<w:altChunk xmlns:r="{REFERENCES}" r:id="r0"/>' + p("Efter")
    reading = read_document(make_docx(body, aFChunk=chunk.encode()))
    assert lines_of(reading) == wanted
    assert reading.pages[0].choice == choice


def test_a_document_inside_a_cell_is_read_and_one_that_is_missing_is_counted(make_docx: Any) -> None:
    def chunk(reference: str) -> str:
        return f'<w:altChunk xmlns:r="{REFERENCES}" r:id="{reference}"/>'

    table = "<w:tbl><w:tr>" + cell(p("Ansvar")) + cell(chunk("r0")) + "</w:tr></w:tbl>"
    reading = read_document(make_docx(table + f"<w:p/>{chunk('r9')}", aFChunk=b"<p>Chefen beslutar.</p>"))
    assert lines_of(reading) == ["Ansvar\tChefen beslutar."]
    assert reading.pages[0].choice == "Word; 1 embedded documents not read"
