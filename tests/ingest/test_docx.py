"""Word files: every word a reader sees, once, in order."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from pipeline.failures import DocumentFailure
from pipeline.ingest import read_document
from tests.ingest.shown import lines_of

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="&#xF0B7;"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
    '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
    "</w:lvlOverride></w:num>"
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Rubrik2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Egen rubrik"/><w:basedOn w:val="Rubrik2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Punktlista"><w:name w:val="List Bullet"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, number: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(content: str) -> str:
    return f"<w:tc>{content}</w:tc>"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (p("Ett") + p("Två"), ["Ett", "Två"]),
        ("<w:p>" + run("Ska ") + f"<w:ins>{run('alltid ')}</w:ins>" + "<w:del><w:r><w:delText>aldrig </w:delText></w:r>"
         "</w:del>" + run("svara") + "</w:p>", ["Ska alltid svara"]),
        (f"<w:p><w:moveFrom>{run('bort')}</w:moveFrom><w:moveTo>{run('hit')}</w:moveTo></w:p>", ["hit"]),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Första halvan </w:t></w:r></w:p>" + p("andra halvan"),
         ["Första halvan andra halvan"]),
        ("<w:p><w:hyperlink><w:r><w:t>länk</w:t></w:r></w:hyperlink></w:p>", ["länk"]),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + p("I kontroll") + "</w:sdtContent></w:sdt>", ["I kontroll"]),
        ("<w:p><w:sdt><w:sdtContent><w:r><w:t>fält</w:t></w:r></w:sdtContent></w:sdt></w:p>", ["fält"]),
        ("<w:p>" + run("synlig") + run("dold", "<w:vanish/>") + "</w:p>", ["synlig"]),
        ("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>",
         ["a", "b\tc-d"]),
        ('<w:p><w:r><w:br w:type="page"/><w:t>efter sidbrytning</w:t></w:r></w:p>', ["efter sidbrytning"]),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>1</w:t></w:r></w:p>", ["1"]),
    ],
)  # fmt: skip
def test_what_a_reader_sees_and_nothing_else(make_docx: Any, body: str, wanted: list[str]) -> None:
    assert lines_of(read_document(make_docx(body))) == wanted


def test_a_text_box_stands_once_after_its_paragraph(make_docx: Any) -> None:
    box = "<w:txbxContent>" + p("I rutan") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Före</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        + box
        + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        + box
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + p("Efter")
    )
    assert lines_of(read_document(make_docx(body))) == ["Före", "I rutan", "Efter"]


def test_lists_are_counted_as_word_counts_them(make_docx: Any) -> None:
    body = (
        item("punkt", 1) + item("inre", 1, 1) + item("ett", 2) + item("två", 2) + item("a", 2, 1) + item("b", 2, 1)
        + item("tre", 2) + item("ny", 2, 1) + item("sju", 3) + p("stilens", '<w:pStyle w:val="Punktlista"/>')
    )  # fmt: skip
    reading = read_document(make_docx(body, numbering=NUMBERING, styles=STYLES))
    assert lines_of(reading) == [
        "- punkt", "  - inre", "1. ett", "2. två", "  2.a) a", "  2.b) b", "3. tre", "  3.a) ny", "7. sju", "- stilens",
    ]  # fmt: skip
    assert {line.style for line in reading.lines} == {"list_item"}
    assert [line.level for line in reading.lines] == [1, 2, 1, 1, 2, 2, 1, 2, 1, 1]


def test_a_page_break_in_a_list_item_leaves_its_bullet(make_docx: Any) -> None:
    broken = item("punkt", 1).replace("<w:t ", '<w:br w:type="page"/><w:t ')
    assert lines_of(read_document(make_docx(broken, numbering=NUMBERING))) == ["- punkt"]


def test_headings_by_style_by_outline_level_and_by_what_a_style_builds_on(make_docx: Any) -> None:
    body = (
        p("Rubrik", '<w:pStyle w:val="Rubrik2"/>') + p("Egen", '<w:pStyle w:val="Egen"/>')
        + p("Nivå", '<w:outlineLvl w:val="0"/>') + p("Ring", '<w:pStyle w:val="Ring"/>') + p("Text")
    )  # fmt: skip
    reading = read_document(make_docx(body, styles=STYLES))
    assert [(line.style, line.level) for line in reading.lines] == [
        ("heading", 2), ("heading", 2), ("heading", 1), ("plain", 0), ("plain", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (
            [[["Dokumenttyp", "Riktlinje"], ["Giltig t.o.m.", "2024-03-01"]], [["Ägare", "Anna Berg", "chef"], []]],
            ["Dokumenttyp\tRiktlinje", "Giltig t.o.m.\t2024-03-01", "Ägare\tAnna Berg chef"],
        ),
        (
            [[["Fastställd av: KS", "Datum: 2020-03-04"], ["Gäller för: Alla nämnder"]]],
            ["Fastställd av: KS", "Datum: 2020-03-04", "Gäller för: Alla nämnder"],
        ),
        (
            [[["Roll"], ["Ansvar"]], [["Redaktör", "vid kansliet"], ["Publicera inlägg", "Svara på frågor"]]],
            ["Roll\tAnsvar", "Redaktör vid kansliet\tPublicera inlägg  Svara på frågor"],
        ),
        (
            [[["Frågor besvaras.", "Inom ett dygn."], ["Svara alltid.", "Var saklig."]]],
            ["Frågor besvaras. Inom ett dygn.\tSvara alltid. Var saklig."],
        ),
    ],
)  # fmt: skip
def test_labels_over_their_values_in_cells_are_rows_of_two(
    cells: list[list[list[str]]], wanted: list[str], make_docx: Any
) -> None:
    rows = ["".join(cell("".join(map(p, lines)) or p("")) for lines in row) for row in cells]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    reading = read_document(make_docx(p("Före") + table))
    assert [line for line in reading.text.split("\n") if line][1:] == wanted


def test_a_table_is_rows_and_a_frame_is_text(make_docx: Any) -> None:
    nested = "<w:tbl><w:tr>" + cell(p("x")) + cell(p("y")) + "</w:tr></w:tbl>"
    data = (
        "<w:tbl><w:tr>"
        + cell(p("Roll"))
        + cell(p("Ansvar"))
        + "</w:tr><w:tr>"
        + cell(p("Chef"))
        + cell(p("Beslutar") + nested)
        + "</w:tr></w:tbl>"
    )
    frame = "<w:tbl><w:tr>" + cell(p("Inramat ett") + p("Inramat två")) + "</w:tr></w:tbl>"
    reading = read_document(make_docx(data + frame))
    assert lines_of(reading) == ["Roll\tAnsvar", "Chef\tBeslutar x\ty", "Inramat ett", "Inramat två"]
    assert [line.style for line in reading.lines] == ["table_row", "table_row", "plain", "plain"]


def test_check_boxes_show_their_state(make_docx: Any) -> None:
    def box(state: str) -> str:
        state = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
        return f"<w:p><w:r><w:fldChar>{state}</w:fldChar></w:r>{run(' Policy')}</w:p>"

    body = box('<w:default w:val="1"/>') + box('<w:default w:val="1"/><w:checked w:val="0"/>')
    body += (
        "<w:p><w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
        + run(" Plan")
        + "</w:p>"
    )
    body += '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run(" Rutin") + "</w:p>"
    reading = read_document(make_docx(body))
    assert lines_of(reading) == ["☒ Policy", "☐ Policy", "☒ Plan", "☒ Rutin"]
    assert [line.style for line in reading.lines][:3] == ["check_box"] * 3


def test_notes_heads_and_comments_stand_apart(make_docx: Any) -> None:
    notes = '<w:footnote w:type="separator">' + p("---") + "</w:footnote><w:footnote>" + p("En not") + "</w:footnote>"
    reading = read_document(
        make_docx(
            p("Text"), header=p("Kommunen"), footer=p("Sidfot"), footnotes=notes,
            comments="<w:comment>" + p("Stämmer det?") + "</w:comment>",
        )
    )  # fmt: skip
    assert [(line.role, reading.text[line.start : line.end]) for line in reading.lines] == [
        ("body", "Text"), ("header", "Kommunen"), ("footer", "Sidfot"), ("footnote", "En not"),
        ("annotation", "Stämmer det?"),
    ]  # fmt: skip


def test_entities_are_not_resolved(make_docx: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemligt", "utf-8")
    path = make_docx(p("x"))
    evil = tmp_path / "evil.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(evil, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(
                    b"<w:document", f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{secret}">]><w:document'.encode(), 1
                )
                data = data.replace(b">x<", b">&e;<")
            new.writestr(name, data)
    with pytest.raises(DocumentFailure) as failure:
        read_document(evil)
    assert failure.value.code == "malformed"


def test_a_bomb_is_not_unpacked(make_docx: Any) -> None:
    path = make_docx(p("x"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/other.xml", " " * 60_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(DocumentFailure) as failure:
        read_document(path)
    assert failure.value.code == "too_large"


@pytest.mark.parametrize(
    "body", ["<w:p><w:r><w:t>oavslutad", "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000]
)
def test_broken_xml_is_a_failure(make_docx: Any, body: str) -> None:
    with pytest.raises(DocumentFailure) as failure:
        read_document(make_docx(body))
    assert failure.value.code == "malformed"


def test_deep_but_sound_nesting_ends(make_docx: Any) -> None:
    body = "<w:tbl><w:tr><w:tc>" * 60 + p("djupt") + "</w:tc></w:tr></w:tbl>" * 60
    assert lines_of(read_document(make_docx(body))) == ["djupt"]
