"""PDFs with a text layer: reading order, paragraphs, fonts, furniture, turned pages, files that are not sound."""

from __future__ import annotations

import io
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipeline.failures import DocumentFailure
from pipeline.ingest import read_document
from pipeline.params import IngestSettings, LimitSettings
from tests.ingest.shown import lines_of

PROSE = (
    "Kommunens verksamheter ska svara på frågor i sociala medier inom en arbetsdag. Den som ansvarar för kontot ska "
    "bevaka det varje vardag och ta bort inlägg som bryter mot lagen. Innan ett inlägg tas bort ska det sparas. "
    "Sekretessbelagda uppgifter får inte publiceras. Allmänna handlingar ska diarieföras om de är av vikt."
)


def column(x: float, y: float, text: str, *, width: int, pitch: float = 14) -> list[tuple[Any, ...]]:
    return [(x, y + n * pitch, 11, line) for n, line in enumerate(textwrap.wrap(text, width))]


def test_two_columns_are_read_one_after_the_other(make_pdf: Any) -> None:
    right = PROSE.replace("Kommunens", "Nämndens")
    page = [
        (60, 60, 18, "Riktlinjer för hela kommunen och alla dess bolag", "Helvetica-Bold"),
        *column(60, 100, PROSE, width=38),
        *column(310, 107, right, width=38),
        (60, 400, 11, "Denna rad går över båda spalterna och står under dem på sidan, hela vägen ut."),
    ]
    reading = read_document(make_pdf([page]))
    text = " ".join(lines_of(reading))
    assert text.index(PROSE) < text.index(right) < text.index("Denna rad går")
    assert reading.source.text_source == "text"


def test_cells_of_a_form_stay_on_their_row(make_pdf: Any) -> None:
    rows = [
        ("Fastställt av", "Ledningsgruppen"),
        ("Datum", "2017-10-03"),
        ("Gäller för", "Alla"),
        ("Dnr", "KS 1"),
        ("Sida", "Ja"),
    ]
    page = [cell for n, (a, b) in enumerate(rows) for cell in ((60, 100 + 14 * n, 11, a), (250, 100 + 14 * n, 11, b))]
    assert lines_of(read_document(make_pdf([page]))) == [f"{a}\t{b}" for a, b in rows]


def test_a_justified_line_of_few_words_is_no_row_of_cells(tmp_path: Path) -> None:
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    style = ParagraphStyle("j", alignment=TA_JUSTIFY, fontSize=11, leading=14, rightIndent=215)
    words = "Frågor om personuppgifter lämnas till kommunikationschefen, som svarar. Beslut om det dokumenteras i "
    words += "dokumenthanteringssystemet och ska följas upp av kommunikationsavdelningen."
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4).build([Paragraph(words, style)])
    reading = read_document(tmp_path / "a.pdf")
    widest = max(b.x0 - a.x1 for a, b in pairwise(reading.words) if a.top == b.top)
    assert widest > 1.8 * 11
    assert "\t" not in reading.text


def test_a_ruled_table_is_read_by_rows_and_cells(tmp_path: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    plain = getSampleStyleSheet()["Normal"]
    rows = [
        ["Roll", "Ansvar"],
        ["Ansvarig chef", "Beslutar om verksamheten ska finnas i sociala medier och utser ersättare vid frånvaro."],
        ["Kommunikatör", "Ger stöd."],
    ]
    path = tmp_path / "a.pdf"
    cells = [[Paragraph(cell, plain) for cell in row] for row in rows]
    table = Table(cells, colWidths=[90, 150], style=[("GRID", (0, 0), (-1, -1), 1, "black")])
    around = [Paragraph(f"{word} tabellen.", plain) for word in ("Före", "Efter")]
    SimpleDocTemplate(str(path), pagesize=A4).build([around[0], table, around[1]])
    reading = read_document(path)
    assert lines_of(reading) == ["Före tabellen.", *("\t".join(row) for row in rows), "Efter tabellen."]
    assert [line.style for line in reading.lines] == ["plain", *["table_row"] * 3, "plain"]
    assert [reading.text[w.start : w.end] for w in reading.words] == " ".join(lines_of(reading)).split()


def test_paragraphs_headings_and_fonts(make_pdf: Any) -> None:
    page = [
        (60, 80, 16, "Syfte", "Helvetica-Bold"),
        *column(60, 102, PROSE[:150], width=70),
        *column(60, 160, "Nytt stycke här.", width=70),
    ]
    reading = read_document(make_pdf([page]))
    first, *rest = reading.lines
    assert (first.bold, first.size) == (True, 16)
    assert all((line.bold, line.size) == (False, 11) for line in rest)
    paragraphs = reading.text.split("\n\n")
    assert paragraphs[0] == "Syfte"
    assert paragraphs[-1] == "Nytt stycke här."
    assert len(paragraphs) == 3


def test_word_boxes_lie_where_the_words_are(make_pdf: Any) -> None:
    reading = read_document(make_pdf([[(60, 100, 12, "Ansvarig chef beslutar")]]))
    words = {reading.text[w.start : w.end]: w for w in reading.words}
    assert list(words) == ["Ansvarig", "chef", "beslutar"]
    assert words["Ansvarig"].x0 == pytest.approx(60, abs=1)
    assert 86 < words["chef"].top < 92 < 100 < words["chef"].bottom < 104
    assert words["Ansvarig"].x1 < words["chef"].x0 < words["chef"].x1 < words["beslutar"].x0


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_boxes_of_a_turned_page_are_those_of_the_page_as_seen(tmp_path: Path, rotation: int) -> None:
    import pypdfium2

    lines = ["Ansvarig chef beslutar", "Nämnden ska svara"]
    path = tmp_path / "turned.pdf"
    with pypdfium2.PdfDocument(turned_text(tmp_path / "a.pdf", rotation, lines)) as document:
        document[0].set_rotation(rotation)
        document.save(path)
    reading = read_document(path)
    page = reading.pages[0]
    assert lines_of(reading) == lines
    assert (page.source, page.width > page.height) == ("text", rotation != 180)
    for one, two in pairwise(reading.words):
        assert 0 <= one.x0 < one.x1 <= page.width
        assert 0 <= one.top < one.bottom <= page.height
        assert one.x1 < two.x0 or one.bottom < two.bottom
        assert one.x1 - one.x0 > one.bottom - one.top


def test_running_heads_and_page_numbers_are_set_apart(make_pdf: Any) -> None:
    pages = [
        [
            (60, 40, 9, "Riktlinjer för sociala medier"),
            *column(60, 100, f"{start} {PROSE}", width=80),
            (290, 800, 9, str(n)),
        ]
        for n, start in enumerate(("Här börjar reglerna.", "Kommunen:", "Vad gäller för nämnderna i detta?"), start=1)
    ]
    reading = read_document(make_pdf(pages))
    assert lines_of(reading, "header") == ["Riktlinjer för sociala medier"] * 3
    assert lines_of(reading, "page_number") == ["1", "2", "3"]
    assert not [line for line in lines_of(reading) if line.strip().isdigit()]


def test_a_heading_that_comes_back_inside_the_pages_stays(make_pdf: Any) -> None:
    pages = [[*column(60, 80, PROSE, width=80), (60, 400, 14, "Ansvar"), *column(60, 440, PROSE, width=80)]] * 2
    reading = read_document(make_pdf(pages))
    assert lines_of(reading).count("Ansvar") == 2


def test_a_hyphen_at_a_line_end_stays_a_hyphen(make_pdf: Any) -> None:
    page = [(60, 100, 11, "Den som ansvarar för kommunika-"), (60, 114, 11, "tionen ska svara.")]
    assert read_document(make_pdf([page])).text == "Den som ansvarar för kommunika-\ntionen ska svara."


def test_a_page_image_for_each_page(make_pdf: Any) -> None:
    reading = read_document(make_pdf([[(60, 100, 11, "ett")], [(60, 100, 11, "två")]]))
    assert [image.page for image in reading.images] == [1, 2]
    assert all(image.webp[:4] == b"RIFF" and image.webp[8:12] == b"WEBP" for image in reading.images)


def test_same_file_same_reading(make_pdf: Any) -> None:
    path = make_pdf([column(60, 100, PROSE, width=80)])
    assert read_document(path) == read_document(path)


def test_an_encrypted_file_says_so(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), encrypt="hemligt")
    canvas.drawString(60, 700, "Hemligt")
    canvas.save()
    with pytest.raises(DocumentFailure) as failure:
        read_document(path)
    assert failure.value.code == "encrypted"


def test_a_truncated_file_ends_as_text_or_failure(make_pdf: Any, tmp_path: Path) -> None:
    data = make_pdf([column(60, 100, PROSE, width=80)]).read_bytes()
    for share in (0.1, 0.5, 0.9):
        path = tmp_path / "cut.pdf"
        path.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(DocumentFailure) as failure:
            read_document(path)
        assert failure.value.code in {"malformed", "no_text"}


def test_too_many_pages_are_refused_before_any_is_read(make_pdf: Any) -> None:
    path = make_pdf([[(60, 100, 11, "sida")]] * 5)
    with pytest.raises(DocumentFailure) as failure:
        read_document(path, settings=IngestSettings(limits=LimitSettings(pages=4)))
    assert (failure.value.code, failure.value.details["pages"]) == ("too_many_pages", 5)


def test_a_giant_page_is_drawn_small_or_refused(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    for side, sound in ((5_000, True), (2_000_000, False)):
        path = tmp_path / f"{side}.pdf"
        canvas = Canvas(str(path), pagesize=(side, side))
        canvas.drawString(60, side - 200, "Text på ett stort papper")
        canvas.save()
        if sound:
            assert read_document(path).text == "Text på ett stort papper"
        else:
            with pytest.raises(DocumentFailure) as failure:
                read_document(path)
            assert failure.value.code == "too_many_pixels"


def turned_text(path: Path, degrees: int, lines: list[str], *, upright: str = "") -> Path:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    if upright:
        canvas.drawString(90, 700, upright)
    canvas.translate(60 if degrees == 90 else 500, {90: 100, 180: 700, 270: 800}[degrees])
    canvas.rotate(degrees)
    canvas.setFont("Helvetica", 14)
    for n, line in enumerate(lines):
        canvas.drawString(0, -24 * n, line)
    canvas.save()
    return path


def test_a_mark_up_along_the_edge_is_set_apart(tmp_path: Path) -> None:
    path = turned_text(
        tmp_path / "a.pdf", 90, ["Blankett KS 12"], upright="Nämnden ska svara på alla frågor inom en dag."
    )
    reading = read_document(path)
    assert lines_of(reading) == ["Nämnden ska svara på alla frågor inom en dag."]
    assert lines_of(reading, "stamp") == ["Blankett KS 12"]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(tmp_path: Path, degrees: int) -> None:
    lines = [
        "Nämnden ska svara på alla frågor inom en dag.",
        "Ansvarig chef utser en ersättare.",
        "Kontot ska bevakas.",
    ]
    reading = read_document(turned_text(tmp_path / "a.pdf", degrees, lines))
    assert lines_of(reading) == lines
    page = reading.pages[0]
    assert page.source == "text"
    assert (page.width > page.height) == (degrees != 180)
    assert [w.top for w in reading.words] == sorted(w.top for w in reading.words)
    shown = Image.open(io.BytesIO(reading.images[0].webp))
    assert (shown.width > shown.height) == (degrees != 180)


@pytest.mark.tesseract
def test_a_page_whose_letters_stand_aslant_is_read_by_ocr(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842), invariant=1)
    canvas.rotate(30)
    canvas.setFont("Helvetica", 14)
    for n in range(12):
        canvas.drawString(200, 500 - 24 * n, "Kommunen ska svara på frågor.")
    canvas.save()
    try:
        assert read_document(tmp_path / "a.pdf").pages[0].source == "ocr"
    except DocumentFailure as failure:
        assert failure.code == "no_text"


def test_a_ligature_is_its_letters_inside_the_word(tmp_path: Path) -> None:
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts/Vera.ttf")))
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setFont("Vera", 11)
    for n in range(4):
        canvas.drawString(72, 700 - 14 * n, "Of\ufb01ciella konton ska ha den gra\ufb01ska pro\ufb01len.")
    canvas.save()
    reading = read_document(tmp_path / "a.pdf")
    assert reading.text.split("\n") == ["Officiella konton ska ha den grafiska profilen."] * 4


def test_drawn_bullets_stand_before_their_items(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(72, 714, "Tänk på att:")
    for n, item in enumerate(("skriva korta meningar", "svara samma dag", "undvika förkortningar")):
        canvas.circle(76, 700 - 14 * n + 3, 1.5, fill=1, stroke=0)
        canvas.drawString(84, 700 - 14 * n, item)
    canvas.drawString(72, 640, "En punkt")
    canvas.circle(125, 643, 1.5, fill=1, stroke=0)  # within a line a spot is no bullet
    canvas.drawString(130, 640, "i raden.")
    canvas.save()
    assert lines_of(read_document(tmp_path / "a.pdf")) == [
        "Tänk på att:", "• skriva korta meningar", "• svara samma dag", "• undvika förkortningar", "En punkt i raden.",
    ]  # fmt: skip


def test_cells_keep_their_columns_and_a_heading_its_place_below(tmp_path: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    plain = getSampleStyleSheet()["Normal"]
    rows = [["Version", "Beslutad av", "Datum"], ["1", "", "2020-03-04"], ["2", "Kommunstyrelsen", ""]]
    grid = Table(rows, colWidths=[60, 100, 80], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    below = [Paragraph("Allmänt", plain), Paragraph("Kommunen finns i sociala medier för invånarna. " * 6, plain)]
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4).build([grid, *below])
    lines = lines_of(read_document(tmp_path / "a.pdf"))
    assert lines[:4] == ["Version\tBeslutad av\tDatum", "1\t\t2020-03-04", "2\tKommunstyrelsen", "Allmänt"]


def test_labels_in_small_type_over_their_values_are_read_with_them(tmp_path: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    plain = getSampleStyleSheet()["Normal"]
    box = [[["Dokumenttyp", "Riktlinje"], ["Beslutad av", "Kommunstyrelsen"]],
           [["Diarienummer", "KS 2020/12"], ["Gäller för", "Alla nämnder"]]]  # fmt: skip
    cells = [
        [[Paragraph(f"<font size=7>{one}</font>", plain), Paragraph(two, plain)] for one, two in row] for row in box
    ]
    grid = Table(cells, colWidths=[150, 150], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4).build([grid, Paragraph("Slut.", plain)])
    lines = lines_of(read_document(tmp_path / "a.pdf"))
    assert lines[:4] == ["\t".join(cell) for row in box for cell in row]


def test_rows_of_a_table_over_pages_are_no_running_heads(tmp_path: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate, Table

    rows = [["Uppgift", "När"], *([f"Steg {n}: redaktören ska svara", f"{n} dagar"] for n in range(1, 101))]
    grid = Table(rows, colWidths=[260, 80], repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4).build([grid])
    reading = read_document(tmp_path / "a.pdf")
    assert len(reading.pages) > 2
    assert [line for line in lines_of(reading) if line.startswith("Steg")] == [
        f"Steg {n}: redaktören ska svara\t{n} dagar" for n in range(1, 101)
    ]


def test_a_running_head_in_a_ruled_row_is_one(tmp_path: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

    def head(canvas: Any, document: Any) -> None:
        row = [["Riktlinjer för sociala medier", "KS 2021/45", f"Sida {document.page} av 3"]]
        table = Table(row, colWidths=[220, 110, 110], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
        table.wrapOn(canvas, 440, 40)
        table.drawOn(canvas, 72, 790)

    document = BaseDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=[Frame(72, 72, 450, 690)], onPage=head))
    document.build([Paragraph(f"Stycke {n}. {PROSE}", getSampleStyleSheet()["Normal"]) for n in range(40)])
    assert not any("Sida" in line for line in lines_of(read_document(tmp_path / "a.pdf")))


@pytest.mark.parametrize(
    ("row", "role"),
    [
        ((60, 40, 8, "HÖGANÄS KOMMUN – HANDBOK"), "header"),
        ((290, 800, 11, "1"), "page_number"),
        ((60, 800, 11, "Nässjö kommun | 571 80 Nässjö | nassjo.se"), "footer"),
        ((60, 800, 9, "Organisationsnummer 212000-0530"), "footer"),
        # A title in large print, a footnote, and a line that the text above goes on in.
        ((60, 40, 14, "Riktlinje för sociala medier"), "body"),
        ((60, 800, 8, "1 Se www.skr.se"), "footnote"),
        ((60, 768, 11, "Frågor: 0383-971 00, info@nassjo.se"), "body"),
    ],
)
def test_head_and_foot_of_the_only_page(make_pdf: Any, row: tuple[Any, ...], role: str) -> None:
    text = [(60, 100 + 14 * n, 11, line) for n, line in enumerate(textwrap.wrap(PROSE + "1 " + PROSE * 6, 80))]
    reading = read_document(make_pdf([[row, *text[:46], (60, 754, 11, "För frågor om riktlinjen,")]]))
    assert [line.role for line in reading.lines if reading.text[line.start : line.end] == row[3]] == [role]


def test_the_only_page_has_a_footer_where_it_says_again_what_stands_at_its_head(make_pdf: Any) -> None:
    head = [(60, 60, 18, "Riktlinje för kommunikation"), (60, 84, 11, "Sotenäs kommun")]
    for last, roles in (("Sotenäs kommun, Riktlinje för kommunikation", 1), ("Anna Berg, kommunchef i Sotenäs", 0)):
        page = [*head, *column(60, 120, PROSE, width=80), (60, 790, 9, last)]
        reading = read_document(make_pdf([page]))
        assert len(lines_of(reading, "footer")) == roles
        assert (last in lines_of(reading)) is not bool(roles)
