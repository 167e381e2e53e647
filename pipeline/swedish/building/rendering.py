"""Pages of Swedish text as images, in the fonts and qualities that offices scan: confusions are learned from them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageFont

_PAGE = (2480, 3508)  # A4 at 300 dots an inch


@dataclass(frozen=True, slots=True)
class Quality:
    """How a page was printed and scanned: dots an inch, blur, noise, slant in degrees, black-white threshold (0: grey)."""

    name: str
    dpi: int
    blur: float
    noise: float
    slant: float
    threshold: int
    ink: int = 0


CLEAN = Quality("clean", 300, 0.0, 0.0, 0.0, 0)
QUALITIES = (
    CLEAN,
    Quality("office", 300, 0.8, 6.0, 0.2, 0, 30),
    Quality("low", 200, 0.5, 4.0, -0.2, 0, 20),
    Quality("photocopy", 300, 1.6, 14.0, 0.5, 150, 0),
    Quality("coarse", 150, 0.4, 3.0, 0.0, 0, 20),
)
UNSEEN_QUALITIES = (
    Quality("copy of a copy", 240, 1.3, 18.0, -0.6, 140, 10),
    Quality("screen", 170, 0.6, 2.0, 0.1, 0, 60),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One rendered page: its lines as laid out, and how it looks."""

    name: str
    lines: tuple[str, ...]
    font: Path
    points: float
    quality: Quality


def lay_out_pages(
    name: str, paragraphs: Sequence[str], *, fonts: Sequence[Path], qualities: Sequence[Quality], seed: int
) -> Iterator[Page]:
    """Fill pages with paragraphs, every page with its own font, size and quality chosen by the seed.

    Args:
        name: The stem of the pages' names.
        paragraphs: Running texts without line breaks; an empty line is set after each.
        fonts: Font files to choose from.
        qualities: Qualities to choose from.
        seed: Decides every choice.
    """
    from PIL import ImageFont

    chooser = random.Random(f"{name}:{seed}")  # noqa: S311 - nothing secret
    queue = list(paragraphs)
    number = 0
    while queue:
        font_path = chooser.choice(list(fonts))
        points = chooser.choice((10.0, 11.0, 12.0, 12.0, 14.0))
        quality = chooser.choice(list(qualities))
        font = ImageFont.truetype(str(font_path), round(points * 300 / 72))
        room = int((_PAGE[1] - 500) / (points * 300 / 72 * 1.35))
        lines: list[str] = []
        while queue and len(lines) < room:
            wrapped = _wrap(queue.pop(0), font, _PAGE[0] - 2 * chooser.choice((280, 300, 340)))
            lines += [*wrapped, ""]
        yield Page(f"{name}-{number:03d}", tuple(lines[:room]), font_path, points, quality)
        number += 1


def draw_page(page: Page, *, seed: int) -> Image.Image:
    """The page as a grey image, with the blur, noise and slant of its quality."""
    import numpy
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    image = Image.new("L", _PAGE, 255)
    pen = ImageDraw.Draw(image)
    size = round(page.points * 300 / 72)
    font = ImageFont.truetype(str(page.font), size)
    top = 240.0
    for line in page.lines:
        pen.text((300, top), line, font=font, fill=page.quality.ink)
        top += size * 1.35
    if page.quality.slant:
        image = image.rotate(page.quality.slant, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if page.quality.dpi != 300:
        scale = page.quality.dpi / 300
        image = image.resize((int(_PAGE[0] * scale), int(_PAGE[1] * scale)), Image.Resampling.BILINEAR)
    if page.quality.blur:
        image = image.filter(ImageFilter.GaussianBlur(page.quality.blur))
    if page.quality.noise:
        generator = numpy.random.default_rng([seed, *page.name.encode("utf-8")])
        pixels = numpy.asarray(image, dtype=numpy.float32)
        pixels = pixels + generator.normal(0.0, page.quality.noise, pixels.shape).astype(numpy.float32)
        image = Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))
    if page.quality.threshold:
        image = image.point([0 if value < page.quality.threshold else 255 for value in range(256)])
    return image


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines
