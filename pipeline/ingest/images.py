"""Image files: PNG, JPEG, TIFF with many pages, WebP, HEIC; each frame is a page that Tesseract reads."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftPage
from pipeline.ingest.dots import smaller
from pipeline.ingest.ocr import read_page_image
from pipeline.ingest.side_by_side import PageDone, in_order
from pipeline.ingest.tesseract_runs import TesseractRuns
from pipeline.params import IngestSettings, LimitSettings

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "HEIF")
"""What Pillow may open: without such a list it starts Ghostscript for whatever looks like PostScript."""

A4_WIDTH = 8.27
"""Inches: an image that does not say its resolution is taken for a photographed or scanned A4 page."""

QUALITY = 60
"""Of the page images in the report: letters stay clear, an A4 page takes 40 to 80 kB."""


HOW_TO_GET_HEIC = "pip install 'jamka[heic]' (pillow-heif)"
"""What the message says; saving the photograph as JPEG does as well."""


def read_heic(
    path: Path, *, settings: IngestSettings, at_once: int = 1, done: PageDone | None = None
) -> list[DraftPage]:
    """The page of a telephone's HEIC photograph, by pillow-heif where it is installed.

    Raises:
        DocumentFailure: `program_missing` without pillow-heif, and what `read_image` raises.
        NotInstalledError: When Tesseract or a model is missing.
    """
    try:
        from pillow_heif import register_heif_opener
    except ImportError as e:
        raise DocumentFailure("program_missing", program="pillow-heif", how=HOW_TO_GET_HEIC) from e
    # Only the picture itself, not what telephones put beside it.
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    return read_image(path, settings=settings, at_once=at_once, done=done)


def read_image(
    path: Path, *, settings: IngestSettings, at_once: int = 1, done: PageDone | None = None
) -> list[DraftPage]:
    """The pages of an image file, read by Tesseract `at_once` at a time; `done` hears of each.

    Raises:
        DocumentFailure: `malformed`, `too_many_pages` or `too_many_pixels`.
        NotInstalledError: When Tesseract or a model is missing.
    """
    with warnings.catch_warnings():
        # Pillow warns of odd metadata, which says nothing of whether the picture is sound.
        warnings.simplefilter("ignore")
        count = _count(path, settings.limits)
        jobs = (
            partial(_read_frame, frame, resolution=resolution, settings=settings)
            for frame, resolution in _frames(path, count, settings.limits)
        )
        return list(in_order(jobs, count=count, at_once=at_once, done=done))


def _read_frame(frame: Image.Image, runs: TesseractRuns, *, resolution: float, settings: IngestSettings) -> DraftPage:
    page, upright = read_page_image(frame, runs, resolution=resolution, settings=settings)
    return replace(page, image=as_webp(upright, resolution=resolution, wanted=settings.image_resolution))


def as_webp(page: Image.Image, *, resolution: float, wanted: int) -> bytes:
    """The page as seen, as WebP at `wanted` dots an inch; never enlarged."""
    from PIL import Image

    shown = np.asarray(page if page.mode in {"RGB", "L"} else page.convert("RGB"))
    small = smaller(shown, min(wanted / resolution, 16_000 / max(page.size)))
    out = io.BytesIO()
    Image.fromarray(small).convert("RGB").save(out, "WEBP", quality=QUALITY, method=1)
    return out.getvalue()


@contextmanager
def _opened(path: Path, limits: LimitSettings) -> Iterator[Image.Image]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path, formats=FORMATS) as image:
            yield image
    except Image.DecompressionBombError as e:
        raise DocumentFailure("too_many_pixels", pixels="många / many", limit=limits.pixels) from e
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError) as e:
        raise DocumentFailure("malformed", kind="bild") from e


def _count(path: Path, limits: LimitSettings) -> int:
    """How many pages there are: other formats than TIFF hold a film or a thumbnail in further frames."""
    with _opened(path, limits) as image:
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if count > limits.pages:
        raise DocumentFailure("too_many_pages", pages=count, limit=limits.pages)
    return count


def _frames(path: Path, count: int, limits: LimitSettings) -> Iterator[tuple[Image.Image, float]]:
    """Each frame turned upright by what the camera noted, on white, with its dots an inch."""
    from PIL import ImageOps

    with _opened(path, limits) as image:
        for number in range(count):
            image.seek(number)
            if image.width * image.height > limits.pixels:
                raise DocumentFailure("too_many_pixels", pixels=image.width * image.height, limit=limits.pixels)
            frame = _on_white(ImageOps.exif_transpose(image))
            yield frame, _resolution(image, frame)


def _on_white(image: Image.Image) -> Image.Image:
    """The image in grey or colour; what is transparent becomes paper."""
    from PIL import Image

    if image.mode in {"L", "RGB"}:
        return image
    if image.mode in {"1", "CMYK", "YCbCr"}:
        return image.convert("L" if image.mode == "1" else "RGB")
    if image.mode.startswith("I"):
        # Sixteen bits a pixel: Pillow would cut off what is brighter than 255.
        return image.point(lambda v: v / 256).convert("L")
    over = image.convert("RGBA")
    paper = Image.new("RGBA", over.size, "white")
    return Image.alpha_composite(paper, over).convert("RGB")


def _resolution(image: Image.Image, frame: Image.Image) -> float:
    """Dots an inch as the file says, if a page of a sane size comes out of it; else as an A4 page's."""
    said = image.info.get("dpi")
    try:
        dots = float(said[0]) if said else 0.0
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dots = 0.0
    short, long = min(frame.size), max(frame.size)
    if 70 <= dots <= 1300 and 3.5 <= short / dots <= 20:
        return dots
    # A strip cut out of a page is as wide as the page.
    side = short if long < 1.65 * short or frame.height > frame.width else long
    return min(max(side / A4_WIDTH, 50.0), 1200.0)
