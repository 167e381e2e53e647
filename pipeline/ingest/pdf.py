"""PDF: for each page the text layer or OCR, whichever reads as Swedish, and the page as seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.images import as_webp
from pipeline.ingest.pdf_layer import layer_lines, read_layer, unseen_apart
from pipeline.ingest.pdf_unseen import contrasts, lies_beside_the_print
from pipeline.ingest.side_by_side import PageDone, PageJob, in_order
from pipeline.ingest.tesseract_runs import TesseractRuns
from pipeline.params import IngestSettings

if TYPE_CHECKING:
    from PIL import Image

FEW_LETTERS = 40
"""A page with fewer letters in its text layer and a picture over most of it is a scan with a stamp on it."""

MOSTLY_PICTURE = 0.5
"""Share of the page that a picture covers in a scan."""

AS_GOOD = 0.1
"""By how much less plausible than a text layer beside the print OCR may read."""

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
        NotInstalledError: When a page needs Tesseract and it is missing.
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
        return lambda _: damaged
    try:
        return _reading_job(page, number, path, settings)
    finally:
        page.close()


def _reading_job(page: Any, number: int, path: Path, settings: IngestSettings) -> PageJob:
    """The text layer, or OCR where there is none, it is rubbish or lies beside the print; either needs a picture."""
    from pipeline.ingest.pdf_links import page_links
    from pipeline.ingest.pdf_notes import comment_lines

    layer = read_layer(page)
    lines = layer_lines(page, layer, path=path, number=number)
    comments = tuple(comment_lines(page))
    width, height = page.get_size()
    draft = DraftPage(
        (*lines, *comments), width, height, "text", 1.0, "text layer" if lines else "no text layer",
        links=page_links(page),
    )  # fmt: skip
    text = "\n".join(line.text for line in lines)
    worth = _worth(text)
    letters = sum(c.isalnum() for c in text)
    ocr = partial(_better_reading, draft, comments=comments, settings=settings)
    if letters < FEW_LETTERS and (_picture_share(page) > MOSTLY_PICTURE or (not lines and _has_letters(page))):
        return partial(ocr, image=_rendered(page, settings.resolution, settings), layer="missing", worth=-1.0)
    if worth < settings.min_plausibility and (letters >= MIN_LETTERS_TO_JUDGE or _unmapped(text)):
        return partial(ocr, image=_rendered(page, settings.resolution, settings), layer=f"{worth:.2f}", worth=worth)
    image = _rendered(page, settings.image_resolution, settings)
    seen = contrasts(layer.words, image, width=width)
    if lies_beside_the_print(seen) and _picture_share(page) > MOSTLY_PICTURE:
        # Its places would lead a reader astray: OCR's are right, and need only say as much.
        image, worth = _rendered(page, settings.resolution, settings), worth - AS_GOOD
        return partial(ocr, image=image, layer=f"{worth + AS_GOOD:.2f} beside the print", worth=worth)
    shown, unseen = unseen_apart(layer, seen)
    if unseen:
        lines = layer_lines(page, shown, path=path, number=number) + unseen
        draft = replace(draft, lines=(*lines, *comments), choice="text layer without what the page does not show")
    return lambda _: _with_image(draft, image, resolution=settings.image_resolution, settings=settings)


def _better_reading(
    draft: DraftPage, runs: TesseractRuns, *, image: Image.Image, layer: str, worth: float,
    comments: tuple[DraftLine, ...], settings: IngestSettings,
) -> DraftPage:  # fmt: skip
    """OCR's reading of the page, or the text layer where that reads better; `layer` says what is wrong with it."""
    from pipeline.ingest.ocr import read_page_image

    resolution = image.width * 72 / max(draft.width, 1e-6)
    read, upright = read_page_image(image, runs, resolution=resolution, settings=settings)
    if worth < 0 or _worth("\n".join(line.text for line in read.lines)) > worth:
        # Of a page that was set upright the links lie elsewhere than its words.
        links = draft.links if upright is image else ()
        read = replace(read, lines=(*read.lines, *comments), choice=f"{read.choice}; text layer {layer}", links=links)
        return _with_image(read, upright, resolution=resolution, settings=settings)
    draft = replace(draft, confidence=round(max(worth, 0.0), 4), choice=f"text layer {layer}, OCR no better")
    return _with_image(draft, image, resolution=resolution, settings=settings)


def _with_image(draft: DraftPage, image: Image.Image, *, resolution: float, settings: IngestSettings) -> DraftPage:
    return replace(draft, image=as_webp(image, resolution=resolution, wanted=settings.image_resolution))


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
        return _as_image(page.render(scale=scale, may_draw_forms=True).to_numpy())
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as e:
        raise DocumentFailure("malformed", kind="PDF") from e


def _as_image(dots: Any) -> Image.Image:
    """The image of PDFium's dots (blue, green, red), in grey where it has no colour: a third of the memory."""
    import cv2
    from PIL import Image

    blue, green, red = (cv2.extractChannel(dots, n) for n in range(3))
    colourless = np.array_equal(red, green) and np.array_equal(red, blue)
    return Image.fromarray(red if colourless else cv2.merge((red, green, blue)))


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
    """Whether a text layer, or a word of it such as a heading in a font of its own, is no text but glyph numbers."""
    visible = sum(not c.isspace() for c in text)
    strange = sum(map(_is_strange, text)) + 6 * text.count("(cid:")
    if strange > MAX_UNMAPPED * max(visible, 1):
        return True
    return strange > 0 and any(all(map(_is_strange, word)) and len(set(word)) > 2 for word in text.split())


def _is_strange(character: str) -> bool:
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff"
