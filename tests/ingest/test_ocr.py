"""Scans and photographs through the real Tesseract: right, upright, in place, and told apart from sound text layers."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from benchmarks.ingest.degrade import photocopied, scanned
from pipeline.failures import DocumentFailure
from pipeline.ingest import ocr, read_document
from pipeline.ingest.preparation import is_black_and_white
from pipeline.records.reading import Reading

pytestmark = pytest.mark.tesseract

LINES = (
    "Riktlinjer för sociala medier",
    "Enligt 5 kap. 1 § ska handlingen diarieföras.",
    "Nämnden får inte ändra åtgärderna på egen hand.",
    "Svar ska ges inom 24 timmar till 95 % av frågorna.",
)


def wrong(reading: Reading, lines: tuple[str, ...] = LINES) -> float:
    """Share of the characters that are read wrongly."""
    wanted = " ".join(lines)
    return Levenshtein.distance(" ".join(reading.text.split()), wanted) / len(wanted)


def saved(image: Image.Image, path: Path, **options: Any) -> Path:
    image.save(path, dpi=(200, 200), **options)
    return path


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
def test_a_page_image_is_read(make_page: Any, tmp_path: Path, name: str) -> None:
    reading = read_document(saved(make_page(LINES), tmp_path / name))
    assert wrong(reading) == 0
    assert reading.source.text_source == "ocr"
    assert reading.pages[0].confidence > 0.8
    assert {line.origin for line in reading.lines} == {"ocr"}
    assert len(reading.images) == 1


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_set_upright(make_page: Any, tmp_path: Path, turn: int) -> None:
    lines = (*LINES, "Den som ansvarar för kontot ska bevaka det varje vardag.", "Ersättare ska finnas vid frånvaro.")
    page = make_page(lines, height=1000).rotate(turn, expand=True)
    reading = read_document(saved(page, tmp_path / "a.png"))
    assert wrong(reading, lines) < 0.01
    shown = Image.open(io.BytesIO(reading.images[0].webp))
    assert shown.width > shown.height
    assert reading.pages[0].width > reading.pages[0].height


@pytest.mark.parametrize("degrees", [-6, 4])
def test_a_page_askew_is_read_and_its_boxes_lie_on_the_page_as_seen(
    make_page: Any, tmp_path: Path, degrees: float
) -> None:
    page = make_page(LINES, height=900)
    reading = read_document(saved(page.rotate(degrees, fillcolor=255), tmp_path / "a.png"))
    assert wrong(reading) < 0.01
    words = {reading.text[w.start : w.end]: w for w in reading.words}
    first, last = words["Riktlinjer"], words["frågorna."]
    # The ink of the word lies inside the box, in the page as it was given.
    for word in (first, last):
        box = tuple(round(v * 200 / 72) for v in (word.x0, word.top, word.x1, word.bottom))
        assert page.rotate(degrees, fillcolor=255).crop(box).getextrema()[0] < 60
    assert (first.top < words["medier"].top) == (degrees < 0)


def test_the_pages_of_a_tiff(make_page: Any, tmp_path: Path) -> None:
    pages = [make_page(LINES[:2]), make_page(LINES[2:])]
    path = saved(pages[0], tmp_path / "a.tiff", save_all=True, append_images=pages[1:])
    reading = read_document(path)
    assert wrong(reading) == 0
    assert [page.page for page in reading.pages] == [1, 2]
    assert reading.text[reading.pages[1].start :].startswith("Nämnden")


def test_uneven_light_and_low_resolution(make_page: Any, tmp_path: Path) -> None:
    import numpy as np

    page = np.asarray(make_page(LINES), dtype=float)
    dark = Image.fromarray((page * np.linspace(1.0, 0.35, page.shape[1])[None, :]).astype(np.uint8))
    assert wrong(read_document(saved(dark, tmp_path / "a.png"))) < 0.01
    small = make_page(LINES).resize((827, 350), Image.Resampling.LANCZOS)
    small.save(tmp_path / "b.png", dpi=(100, 100))
    assert wrong(read_document(tmp_path / "b.png")) < 0.01


def test_headings_are_larger_or_bold_and_paragraphs_apart(make_page: Any, tmp_path: Path) -> None:
    page = Image.new("L", (1654, 900), 255)
    page.paste(make_page(["Syfte"], size=56, height=220), (0, 0))
    page.paste(
        make_page(["Nämnden ansvarar för att reglerna följs", "av alla som har ett konto."], height=300), (0, 160)
    )
    page.paste(make_page(["Nytt stycke om gallring av inlägg."], height=300), (0, 400))
    reading = read_document(saved(page, tmp_path / "a.png"))
    assert reading.text.split("\n\n") == [
        "Syfte", "Nämnden ansvarar för att reglerna följs\nav alla som har ett konto.",
        "Nytt stycke om gallring av inlägg.",
    ]  # fmt: skip
    sizes = [line.size for line in reading.lines]
    assert sizes[0] > 1.4 * max(sizes[1:])
    assert max(sizes[1:]) < 1.15 * min(sizes[1:])


def pdf_of(page: Image.Image, path: Path, *, hidden: str = "", first: str = "") -> Path:
    """A PDF with a text page, if `first`, and a scanned page over a hidden text layer."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(595, 252), invariant=1)
    if first:
        canvas.drawString(60, 200, first)
        canvas.showPage()
    canvas.drawImage(ImageReader(page), 0, 0, 595, 252)
    text = canvas.beginText(40, 200)
    text.setTextRenderMode(3)
    for line in hidden.split("\n"):
        text.textLine(line)
    canvas.drawText(text)
    canvas.save()
    return path


def test_a_scanned_pdf_and_one_with_a_page_of_text(make_page: Any, tmp_path: Path) -> None:
    reading = read_document(pdf_of(make_page(LINES), tmp_path / "a.pdf"))
    assert wrong(reading) == 0
    assert (reading.source.text_source, reading.pages[0].source) == ("ocr", "ocr")
    assert reading.pages[0].width == pytest.approx(595, abs=1)
    mixed = read_document(pdf_of(make_page(LINES), tmp_path / "b.pdf", first="Beslut i nämnden"))
    assert mixed.source.text_source == "mixed"
    assert [page.source for page in mixed.pages] == ["text", "ocr"]


def test_a_sound_hidden_text_layer_is_kept_and_rubbish_is_read_again(make_page: Any, tmp_path: Path) -> None:
    sound = read_document(pdf_of(make_page(LINES), tmp_path / "a.pdf", hidden="\n".join(LINES)))
    assert sound.source.text_source == "text"
    rubbish = "\n".join("".join(chr(33 + (7 * ord(c)) % 90) for c in line) for line in LINES)
    again = read_document(pdf_of(make_page(LINES), tmp_path / "b.pdf", hidden=rubbish))
    assert again.source.text_source == "ocr"
    assert wrong(again) == 0


def test_same_image_same_reading(make_page: Any, tmp_path: Path) -> None:
    path = saved(make_page(LINES), tmp_path / "a.png")
    assert read_document(path) == read_document(path)


def test_a_bad_copy_is_read_better_with_thicker_strokes(
    make_page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = make_page(LINES * 3, size=36, width=2000, height=1000)
    copy, dots = photocopied(sheet, np.random.default_rng(4))
    copy.save(tmp_path / "a.png", dpi=(dots, dots))
    found = read_document(tmp_path / "a.png")
    monkeypatch.setattr(ocr, "BAD_COPY", 0.0)
    before = read_document(tmp_path / "a.png")
    assert wrong(found, LINES * 3) < wrong(before, LINES * 3)
    assert "strokes thickened" in found.pages[0].choice


def test_black_and_white_is_told_from_grey(make_page: Any) -> None:
    page = make_page(LINES)
    assert is_black_and_white(page.point(lambda v: 255 if v > 140 else 0))
    assert not is_black_and_white(scanned(page, np.random.default_rng(0))[0])


def test_a_telephones_heic_is_read(make_page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heif = pytest.importorskip("pillow_heif")
    heif.from_pillow(make_page(LINES).convert("RGB")).save(tmp_path / "a.heic", quality=90)
    (tmp_path / "a.heic").rename(tmp_path / "a.jpg")
    reading = read_document(tmp_path / "a.jpg")
    assert reading.source.media_type == "image/heic"
    assert wrong(reading) == 0
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(DocumentFailure) as told:
        read_document(tmp_path / "a.jpg")
    assert told.value.code == "program_missing"
    assert "pip install" in told.value.message.sv
