"""PDF: for each page the text layer or OCR, whichever reads as Swedish, and the page as seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.images import as_webp
from pipeline.ingest.layout import lay_out
from pipeline.ingest.options import option_lines
from pipeline.ingest.side_by_side import PageDone, PageJob, in_order
from pipeline.params import IngestSettings

if TYPE_CHECKING:
    from PIL import Image

FEW_LETTERS = 40
"""A page with fewer letters in its text layer and a picture over most of it is a scan with a stamp on it."""

MOSTLY_PICTURE = 0.5
"""Share of the page that a picture covers in a scan."""

MIN_LETTERS_TO_JUDGE = 60
"""Fewer letters than this say nothing of whether a text layer is rubbish."""

MAX_UNMAPPED = 0.1
"""Share of characters without a meaning (replacement, private use) from which on a text layer is rubbish."""

REOPENED_AFTER = 25
"""Pages after which a document is opened anew."""

PASSWORD_ERROR = 4
"""PDFium's error for a file that needs a password."""


def read_pdf(
    path: Path, *, settings: IngestSettings, at_once: int = 1, done: PageDone | None = None
) -> list[DraftPage]:
    """The pages of a PDF, `at_once` of them read by OCR at a time; `done` hears of each.

    Raises:
        DocumentFailure: `encrypted`, `malformed`, `too_many_pages` or `too_many_pixels`.
        RunFailure: When a page needs Tesseract and it is missing.
    """
    with _opened(path) as document:
        count = len(document)
        if count > settings.limits.pages:
            raise DocumentFailure("too_many_pages", pages=count, limit=settings.limits.pages)
        if not count:
            raise DocumentFailure("malformed", kind="PDF")
    return list(in_order(_jobs(path, count, settings), count=count, at_once=at_once, done=done))


def _jobs(path: Path, count: int, settings: IngestSettings) -> Iterator[PageJob]:
    """What is left to do for each page. PDFium knows one thread: pages are drawn here, and read in others.

    PDFium keeps what it has parsed of a document, each page's picture too, until the document is closed.
    """
    for first in range(0, count, REOPENED_AFTER):
        with _opened(path) as document:
            for number in range(first, min(first + REOPENED_AFTER, count)):
                yield _page_job(document, number, path, settings)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as e:
        code = getattr(e, "err_code", None)
        if code == PASSWORD_ERROR or "password" in str(e).lower():
            raise DocumentFailure("encrypted") from e
        raise DocumentFailure("malformed", kind="PDF") from e
    try:
        with suppress(pypdfium2.PdfiumError):
            # Before the first page is loaded, or its fields are neither drawn nor known.
            document.init_forms()
        yield document
    finally:
        document.close()


def _page_job(document: Any, number: int, path: Path, settings: IngestSettings) -> PageJob:
    """What is left to do for a page; one that PDFium cannot load is an empty page with its failure."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        failure = DocumentFailure("malformed", kind="PDF")
        damaged = DraftPage((), source="text", confidence=0.0, choice="page is damaged", failure=failure)
        return lambda: damaged
    try:
        return _reading_job(page, _text_layer(page, number, path), settings)
    finally:
        page.close()


def _reading_job(page: Any, layer: Sequence[DraftLine], settings: IngestSettings) -> PageJob:
    """The text layer, or OCR where there is none or it is rubbish; the page's picture is drawn for either."""
    from pipeline.ingest.pdf_links import page_links

    width, height = page.get_size()
    draft = DraftPage(
        tuple(layer), width, height, "text", 1.0, "text layer" if layer else "no text layer", links=page_links(page)
    )
    text = "\n".join(line.text for line in layer)
    worth = _worth(text)
    letters = sum(c.isalnum() for c in text)
    scanned = letters < FEW_LETTERS and (_picture_share(page) > MOSTLY_PICTURE or (not layer and _has_letters(page)))
    if scanned or (worth < settings.min_plausibility and (letters >= MIN_LETTERS_TO_JUDGE or _unmapped(text))):
        image = _rendered(page, settings.resolution, settings)
        return partial(_better_reading, draft, image, scanned=scanned, worth=worth, settings=settings)
    image = _rendered(page, settings.image_resolution, settings)
    return partial(_with_image, draft, image, resolution=settings.image_resolution, settings=settings)


def _better_reading(
    draft: DraftPage, image: Image.Image, *, scanned: bool, worth: float, settings: IngestSettings
) -> DraftPage:
    """OCR's reading of the page, or the text layer where that reads better."""
    from pipeline.ingest.ocr import read_page_image

    resolution = image.width * 72 / max(draft.width, 1e-6)
    read, upright = read_page_image(image, resolution=resolution, settings=settings)
    if scanned or _worth("\n".join(line.text for line in read.lines)) > worth:
        choice = f"{read.choice}; text layer {'missing' if scanned else f'{worth:.2f}'}"
        # Of a page that was set upright the links lie elsewhere than its words.
        read = replace(read, choice=choice, links=draft.links if upright is image else ())
        return _with_image(read, upright, resolution=resolution, settings=settings)
    draft = replace(draft, confidence=round(worth, 4), choice=f"text layer {worth:.2f}, OCR no better")
    return _with_image(draft, image, resolution=resolution, settings=settings)


def _with_image(draft: DraftPage, image: Image.Image, *, resolution: float, settings: IngestSettings) -> DraftPage:
    return replace(draft, image=as_webp(image, resolution=resolution, wanted=settings.image_resolution))


def _text_layer(page: Any, number: int, path: Path) -> list[DraftLine]:
    """The lines of the page's text layer in reading order, ruled tables as rows; empty where it has none."""
    import pypdfium2

    from pipeline.ingest.pdf_boxes import with_boxes
    from pipeline.ingest.pdf_tables import may_have_tables, take_tables, with_tables
    from pipeline.ingest.pdf_words import marginal_lines, page_words, quarter_turns

    try:
        words, turned = page_words(page)
        turns = quarter_turns(page) if len(turned) > len(words) else 0
        if turns:
            # The page lies on its side, without the mark that would turn it: here and in its picture it stands upright.
            page.set_rotation((page.get_rotation() + 90 * turns) % 360)
            words, turned = page_words(page)
    except pypdfium2.PdfiumError:
        return []
    if len(turned) > len(words):
        # Its letters stand at odd angles: OCR sees whether it can set them upright.
        return []
    words = with_boxes(page, words)
    if not words or turns or not may_have_tables(page):
        return option_lines(lay_out(words, origin="text")) + marginal_lines(turned)
    tables, others = take_tables(path, number, words)
    return with_tables(option_lines(lay_out(others, origin="text")), tables) + marginal_lines(turned)


def _has_letters(page: Any) -> bool:
    """Whether there is something written on a page whose text layer was not taken."""
    import pypdfium2.raw as pdfium

    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3))


def _rendered(page: Any, resolution: int, settings: IngestSettings) -> Image.Image:
    """The page as an image; a giant page at fewer dots an inch, so that it stays inside the limit of pixels.

    Raises:
        DocumentFailure: `too_many_pixels` when it would be too coarse to read.
    """
    import pypdfium2

    width, height = page.get_size()
    area = max(width, 1.0) * max(height, 1.0)
    scale = min(resolution / 72, (settings.limits.pixels / area) ** 0.5)
    if not area < float("inf") or scale < 0.1:
        raise DocumentFailure("too_many_pixels", pixels=round(min(area, 1e18)), limit=settings.limits.pixels)
    try:
        image: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil()
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as e:
        raise DocumentFailure("malformed", kind="PDF") from e
    return _grey_if_colourless(image.convert("RGB"))


def _grey_if_colourless(image: Image.Image) -> Image.Image:
    """The image in grey where it has no colour: a third of the memory for each page in work."""
    from PIL import ImageChops

    red, green, blue = image.split()
    same = ImageChops.difference
    colourless = same(red, green).getbbox() is None and same(red, blue).getbbox() is None
    return red if colourless else image


def _picture_share(page: Any) -> float:
    """Share of the page under its largest picture."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    largest = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        largest = max(largest, abs(right - left) * abs(top - bottom))
    return float(largest / max(width * height, 1.0))


def _worth(text: str) -> float:
    """How much a reading looks like language, 0 to 1; characters without a meaning count against it."""
    visible = [c for c in text if not c.isspace()]
    if not visible:
        return 0.0
    if _unmapped(text):
        return 0.0
    if len(visible) < MIN_LETTERS_TO_JUDGE:
        return 1.0
    from pipeline.swedish.plausibility import plausibility

    return plausibility(text)


def _unmapped(text: str) -> bool:
    visible = sum(not c.isspace() for c in text)
    strange = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text) + 6 * text.count("(cid:")
    return strange > MAX_UNMAPPED * max(visible, 1)
