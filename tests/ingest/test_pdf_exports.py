"""PDFs as office and layout programs export them: spaced letters, side notes, comments, hidden and misplaced text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.colors import Color, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest import read_document
from pipeline.ingest.assembly import DraftWord
from pipeline.ingest.layout import LaidWord
from pipeline.ingest.side_notes import lay_out_with_notes
from tests.ingest.shown import lines_of

HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
WORDS = (
    "Kommunens konton i sociala medier är en del av den kommunala verksamheten och omfattas av samma regler som annan "
    "kommunikation och den som ansvarar för ett konto ska bevaka kommentarer varje vardag"
)


def canvas_at(path: Path) -> Canvas:
    return Canvas(str(path), pagesize=A4, invariant=1)


def write(canvas: Canvas, x: float, y: float, text: str, *, size: float = 10, **more: Any) -> None:
    canvas.setFont("Helvetica", size)
    canvas.drawString(x, A4[1] - y, text, **more)


def rows(words: str, letters: int) -> list[str]:
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


@pytest.mark.parametrize("space", [1.5, 3.0, 5.0])
def test_letter_spaced_words_are_words(tmp_path: Path, space: float) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    write(canvas, 60, 100, "RIKTLINJER", size=18, charSpace=space)
    write(canvas, 60, 130, "Sociala medier i kommunen", size=14, charSpace=space)
    at = 60.0
    for letter in "SOCIALA MEDIER":
        # As layout programs write it: each letter at its place, and no space between the words.
        if letter != " ":
            write(canvas, at, 160, letter, size=14)
        at += canvas.stringWidth(letter, "Helvetica", 14) + space
    canvas.save()
    assert lines_of(read_document(tmp_path / "a.pdf")) == ["RIKTLINJER", "Sociala medier i kommunen", "SOCIALA MEDIER"]


def test_letters_in_the_cells_of_a_row_stay_apart(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    for n, letter in enumerate("ABCDEF"):
        write(canvas, 60 + 20 * n, 100, letter)
        write(canvas, 60 + 8.5 * n, 130, str(n))
    canvas.save()
    assert lines_of(read_document(tmp_path / "a.pdf")) == ["A B C D E F", "0 1 2 3 4 5"]


@pytest.mark.parametrize("left", [False, True])
def test_side_notes_stand_whole_before_the_paragraph_beside_them(tmp_path: Path, left: bool) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    at, beside = (170, 50) if left else (50, 440)
    text = rows(WORDS + " " + WORDS, 70)
    for n, line in enumerate(text):
        write(canvas, at, 100 + 13 * n, line)
    for n, line in enumerate(("Se även lagen", "om offentlighet")):
        write(canvas, beside, 128 + 9 * n, line, size=7.5)
    write(canvas, beside, 174, "Och arkivlagen", size=7.5)
    canvas.save()
    assert lines_of(read_document(tmp_path / "a.pdf")) == ["Se även lagen", "om offentlighet", "Och arkivlagen", *text]


def test_a_box_of_facts_beside_the_text_stands_whole(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    text = rows(f"{WORDS} {WORDS} {WORDS}", 60)
    for n, line in enumerate(text):
        write(canvas, 50, 100 + 13 * n, line)
    write(canvas, 400, 108, "Fakta")
    facts = ["Beslutad av", "kommunstyrelsen", "Gäller till 2027"]
    for n, line in enumerate(facts):
        write(canvas, 400, 121 + 10 * n, line, size=8)
    canvas.save()
    assert lines_of(read_document(tmp_path / "a.pdf")) == ["Fakta", *facts, *text]


BOX = ((108, "Svar räknas"), (117, "från frågan."), (135, "Helger räknas inte."), (153, "Kontakt"))
NOTES = ((117, "Första noten"), (126, "går vidare."), (146, "Andra noten"))


@pytest.mark.parametrize(("beside", "first"), [(BOX, 4), (NOTES, 2)])
def test_the_paragraphs_of_a_box_stay_together_and_notes_beside_paragraphs_apart(
    tmp_path: Path, beside: tuple[tuple[int, str], ...], first: int
) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    text, feet = rows(f"{WORDS} {WORDS}", 60)[:7], [100, 113, 126, 146, 159, 172, 185]
    for line, foot in zip(text, feet, strict=True):
        write(canvas, 50, foot, line)
    for foot, line in beside:
        write(canvas, 400, foot, line, size=8)
    canvas.save()
    small = [line for _, line in beside]
    assert lines_of(read_document(tmp_path / "a.pdf")) == [*small[:first], *text[:3], *small[first:], *text[3:]]


def test_a_label_for_each_row_is_no_side_note(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    text = rows(WORDS + " " + WORDS, 60)
    for n, line in enumerate(text):
        write(canvas, 60, 100 + 13 * n, f"Rad{n}", size=8)
        write(canvas, 150, 100 + 13 * n, line)
    canvas.save()
    assert lines_of(read_document(tmp_path / "a.pdf")) == [f"Rad{n}\t{line}" for n, line in enumerate(text)]


PLACES = st.tuples(st.integers(0, 60), st.integers(0, 30), st.sampled_from([7.0, 8.0, 10.0, 14.0]), st.integers(1, 40))


@given(st.lists(PLACES, max_size=60), st.integers(0, 12))
def test_no_word_is_lost_or_doubled_beside_a_column(places: list[tuple[int, int, float, int]], count: int) -> None:
    words = [
        LaidWord(
            DraftWord(f"w{n}" * (long // 2 or 1), 10.0 * x, 20.0 * y, 10.0 * x + 5 * long, 20.0 * y + size),
            20.0 * y + size, size,
        )
        for n, (x, y, size, long) in enumerate(places)
    ]  # fmt: skip
    feet = range(10, 10 + 13 * count, 13)
    words += [LaidWord(DraftWord("text" * 10, 150, foot - 10, 400, foot), foot, 10.0) for foot in feet]
    lines = lay_out_with_notes(words, origin="text")
    assert sorted(w.text for line in lines for w in line.words) == sorted(w.word.text for w in words)


def test_what_the_page_does_not_show_stands_apart(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    for n, line in enumerate(rows(WORDS, 70)):
        write(canvas, 60, 100 + 13 * n, line)
    canvas.setFillColor(white)
    write(canvas, 60, 300, "vitt på vitt")
    canvas.setFillColor(Color(0, 0.2, 0.5))
    canvas.rect(50, A4[1] - 355, 300, 30, fill=1, stroke=0)
    canvas.setFillColor(white)
    write(canvas, 60, 345, "vit rubrik på blått")
    canvas.setFillColor(black)
    write(canvas, 60, 400, "maskat namn")
    canvas.rect(55, A4[1] - 403, 90, 13, fill=1, stroke=0)
    write(canvas, 60, 420, "synlig rad")
    canvas.save()
    reading = read_document(tmp_path / "a.pdf")
    assert lines_of(reading) == [*rows(WORDS, 70), "vit rubrik på blått", "synlig rad"]
    assert lines_of(reading, "annotation") == ["vitt på vitt", "maskat namn"]


def raw_pdf(path: Path, content: str, resources: str, *objects: str, root: str = "") -> Path:
    """A PDF of one page from its own words; its further objects are 5, 6, ..."""
    first = (
        f"<</Type/Catalog/Pages 2 0 R{root}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
    )
    body = "".join(f"{n} 0 obj\n{said}\nendobj\n" for n, said in enumerate((*first, *objects), start=1))
    # PDFium makes the file's missing list of objects itself.
    path.write_text(f"%PDF-1.7\n{body}trailer<</Root 1 0 R>>\n%%EOF", "latin-1")
    return path


def shown(y: float, text: str, font: str = "F1") -> str:
    return f"BT /{font} 14 Tf 72 {y} Td ({text}) Tj ET\n"


def test_a_layer_that_is_switched_off_stands_apart(tmp_path: Path) -> None:
    content = shown(760, "Synlig rad") + "/OC /M0 BDC\n" + shown(700, "utkast") + "EMC\n" + shown(680, "Ny rad")
    layers = "/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]/Order[5 0 R]>>>>"
    resources = f"/Properties<</M0 5 0 R>>/Font<</F1{HELVETICA}>>>>"
    path = raw_pdf(tmp_path / "a.pdf", content, resources, "<</Type/OCG/Name(Utkast)>>", root=layers)
    reading = read_document(path)
    assert lines_of(reading) == ["Synlig rad", "Ny rad"]
    assert lines_of(reading, "annotation") == ["utkast"]


def test_a_heading_whose_font_says_nothing_of_its_letters_is_read_by_ocr(tmp_path: Path) -> None:
    glyphs = "".join(f"<{code:02X}> <{0xE000 + code:04X}>\n" for code in range(65, 123))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n58 beginbfchar\n{glyphs}endbfchar\nendcmap end end"
    )
    content = shown(780, "Riktlinjer", "F2")
    content += "".join(
        shown(740 - 20 * n, line) for n, line in enumerate(rows(WORDS.replace("ä", "a").replace("ö", "o"), 60))
    )
    resources = f"/Font<</F1{HELVETICA}>>/F2{HELVETICA}/ToUnicode 5 0 R>>>>"
    stream = f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream"
    reading = read_document(raw_pdf(tmp_path / "a.pdf", content, resources, stream))
    assert reading.source.text_source == "ocr"
    assert lines_of(reading)[0] == "Riktlinjer"


@pytest.mark.parametrize(("shift", "source"), [(0.0, "text"), (250.0, "ocr")])
def test_a_scans_text_layer_is_taken_only_where_it_lies_on_the_print(
    tmp_path: Path, make_page: Any, shift: float, source: str
) -> None:
    lines = rows(WORDS, 50)
    page = make_page(lines, size=30, height=2339)
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.drawImage(ImageReader(page), 0, 0, *A4)
    for n, line in enumerate(lines):
        text = canvas.beginText(43, A4[1] - (100 + 45 * n + 28) * 0.36 - shift)
        text.setFont("Helvetica", 10.4)
        text.setTextRenderMode(3)
        text.textLine(line)
        canvas.drawText(text)
    canvas.save()
    reading = read_document(tmp_path / "a.pdf")
    assert reading.source.text_source == source
    assert " ".join(lines_of(reading)) == WORDS
    assert abs(reading.words[0].top - 100 * 0.36) < 8


@pytest.mark.parametrize(("font", "code", "wanted"), [("OpenSymbol", 0xB7, "•"), ("Wingdings-Regular", 0xE0, "→")])
def test_a_glyph_of_a_symbol_font_is_its_character(tmp_path: Path, font: str, code: int, wanted: str) -> None:
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n1 begincodespacerange <00> <FF> "
        f"endcodespacerange\n1 beginbfchar\n<41> <{0xF000 + code:04X}>\nendbfchar\nendcmap end end"
    )
    resources = f"/Font<</F1{HELVETICA}>>/F2<</Type/Font/Subtype/Type1/BaseFont/AAAAAA+{font}/ToUnicode 5 0 R>>>>"
    content = "BT /F2 14 Tf 50 760 Td (A) Tj ET\n" + shown(760, "Svara alltid inom en dag")
    stream = f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream"
    reading = read_document(raw_pdf(tmp_path / "a.pdf", content, resources, stream))
    assert lines_of(reading) == [f"{wanted} Svara alltid inom en dag"]


def test_comments_are_annotations_and_typed_text_is_text(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    for n, line in enumerate(rows(WORDS, 70)):
        write(canvas, 60, 100 + 13 * n, line)
    canvas.textAnnotation("Stämmer\ndetta?", Rect=(500, 700, 520, 720))
    canvas.highlightAnnotation("Skriv om", Rect=(60, 730, 300, 745))
    canvas.freeTextAnnotation("Dnr KS 2024/12", DA="/Helv 12 Tf 0 g", Rect=(60, 500, 300, 530))
    canvas.save()
    reading = read_document(tmp_path / "a.pdf")
    assert lines_of(reading) == [*rows(WORDS, 70), "Dnr KS 2024/12"]
    assert lines_of(reading, "annotation") == ["Stämmer detta?", "Skriv om"]
