"""Where links lead is kept as data, at the words that are the link; nothing is followed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import read_document
from pipeline.ingest.assembly import DraftLine
from pipeline.ingest.links import MAX_TARGET, closing, folded, marks_of, opening, unmarked, with_links
from pipeline.records.reading import Reading

PLACE = "https://www.riksdagen.se/sv/dokument?id=sfs-2009-400"


def links(reading: Reading) -> list[tuple[str, str]]:
    for link in reading.links:
        assert reading.text[link.raw_start : link.raw_end] == link.text
    return [(link.text, link.target) for link in reading.links]


def test_links_of_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><body><p>Enligt  <a href='{PLACE}'>offentlighets- och <b>sekretesslagen</b> </a> gäller sekretess.</p>"
        "<p><a name='x'>Ankare</a> och <a href='javascript:alert(1)'>knapp</a></p>"
        "<ul><li>En <a href='a.html'>punkt</a></li></ul>"
        "<table><tr><td>Ett</td><td>se <a href='b.html'>tabell</a> två</td></tr></table>"
        "<a href='c.html'><h2>Rubrik</h2><p>och text</p></a></body></html>",
        "utf-8",
    )
    reading = read_document(path)
    assert links(reading) == [
        ("offentlighets- och sekretesslagen", PLACE), ("knapp", "javascript:alert(1)"), ("punkt", "a.html"),
        ("tabell", "b.html"), ("Rubrik", "c.html"), ("och text", "c.html"),
    ]  # fmt: skip
    assert "Enligt offentlighets- och sekretesslagen gäller sekretess." in reading.text
    assert "- En punkt" in reading.text


def test_links_of_a_word_file(make_docx: Any) -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Läs </w:t></w:r><w:hyperlink r:id="l1" xmlns:r="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships"><w:r><w:t>lagen</w:t></w:r></w:hyperlink>'
        "<w:r><w:t>.</w:t></w:r></w:p>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://x.se/a" </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>fält</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> efter</w:t></w:r></w:p>'
        "<w:p><w:fldSimple w:instr='HYPERLINK \"https://x.se/b\"'><w:r><w:t>enkelt</w:t></w:r></w:fldSimple></w:p>"
    )
    path = make_docx(body)
    _add_relation(path, f'<Relationship Id="l1" Type="x/hyperlink" Target="{PLACE}" TargetMode="External"/>')
    reading = read_document(path)
    assert links(reading) == [("lagen", PLACE), ("fält", "https://x.se/a"), ("enkelt", "https://x.se/b")]
    assert reading.text == "Läs lagen.\n\nfält efter\n\nenkelt"


def _add_relation(path: Path, relation: str) -> None:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace("</Relationships>", f"{relation}</Relationships>")
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def test_links_of_a_pdf_lie_where_its_areas_are(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    for rotation in (0, 90, 180, 270):
        canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842), invariant=1)
        canvas.setPageRotation(rotation)
        canvas.setFont("Helvetica", 12)
        if rotation:
            canvas.translate(595 / 2, 842 / 2)
            canvas.rotate(rotation)
            canvas.translate(-250, -700)
        canvas.drawString(60, 700, "Läs mer om lagen här. Kommunen ska svara inom en arbetsdag på alla frågor.")
        x = 60 + canvas.stringWidth("Läs mer om ", "Helvetica", 12)
        canvas.linkURL(PLACE, (x, 697, x + canvas.stringWidth("lagen här", "Helvetica", 12), 711), relative=1)
        canvas.save()
        assert links(read_document(tmp_path / "a.pdf")) == [("lagen här.", PLACE)], rotation


@given(st.lists(st.tuples(st.text("ab \t"), st.text(max_size=30)), max_size=5))
def test_marks_leave_the_text_as_it_was(parts: list[tuple[str, str]]) -> None:
    marked = "".join(opening(target) + text + closing(opening(target)) for text, target in parts)
    plain = "".join(text for text, _ in parts)
    assert unmarked(marked) == plain
    for line in with_links([DraftLine(marked)]):
        assert line.text == plain
        for link in line.links:
            assert line.text[link.start : link.end].strip()
            assert 0 < len(link.target) <= MAX_TARGET
            assert "\n" not in link.target


@given(st.lists(st.sampled_from([" ", "\n", "a", "bc", opening("x"), closing("x")]), max_size=12))
def test_white_space_is_folded_as_if_no_mark_were_there(parts: list[str]) -> None:
    text = "".join(parts)
    assert unmarked(folded(text)) == " ".join(unmarked(text).split())
    assert marks_of(folded(text)) == marks_of(text)


def test_a_link_goes_on_over_line_breaks_and_ends() -> None:
    mark = opening("x")
    lines = with_links([DraftLine(f"a {mark}b"), DraftLine("c"), DraftLine(f"d{closing(mark)} e"), DraftLine("f")])
    assert [[(line.text[s.start : s.end], s.target) for s in line.links] for line in lines] == [
        [("b", "x")], [("c", "x")], [("d", "x")], [],
    ]  # fmt: skip


def test_a_documents_own_noncharacters_are_no_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><body><p>{'Kommunen ska svara. ' * 9}{opening('x')}b{closing('x')}</p></body></html>", "utf-8"
    )
    reading = read_document(path)
    assert not reading.links
    assert not any(0xFDD0 <= ord(c) <= 0xFDEF for c in reading.text)
