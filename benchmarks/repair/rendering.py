"""Pages of Swedish text as images, in the fonts and qualities that offices scan: confusions are learned from them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_PAGE = (2480, 3508)  # A4 at 300 dots an inch
_MARGINS = (280, 300, 340)
_LEADING = 1.35


@dataclass(frozen=True, slots=True)
class Quality:
    """How a page was printed and scanned: dots an inch, blur, noise, slant in degrees, threshold (0: grey), ink."""

    dpi: int
    blur: float
    noise: float
    slant: float
    threshold: int
    ink: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines as laid out, an empty one between paragraphs, and how it looks."""

    name: str
    lines: tuple[str, ...]
    font: Path
    points: float
    quality: Quality


@dataclass(frozen=True, slots=True)
class Looks:
    """What a page's look is chosen from."""

    fonts: Sequence[Path]
    points: Sequence[float]
    qualities: Sequence[Quality]


def lay_out_pages(name: str, paragraphs: Sequence[str], looks: Looks, *, seed: int) -> Iterator[Page]:
    """Pages filled with paragraphs, every page with its own font, size and quality chosen by the seed.

    Args:
        name: The stem of the pages' names.
        paragraphs: Running texts without line breaks.
        looks: Fonts, sizes and qualities to choose from.
        seed: Decides every choice.
    """
    chooser = random.Random(f"{name}:{seed}")
    queue = list(paragraphs)
    number = 0
    while queue:
        font_path, points = chooser.choice(list(looks.fonts)), chooser.choice(list(looks.points))
        quality, margin = chooser.choice(list(looks.qualities)), chooser.choice(_MARGINS)
        size = points * 300 / 72
        font = ImageFont.truetype(str(font_path), round(size))
        room = int((_PAGE[1] - 500) / (size * _LEADING))
        lines: list[str] = []
        while queue:
            wrapped = _wrap(queue[0], font, _PAGE[0] - 2 * margin)
            if lines and len(lines) + len(wrapped) > room:
                break
            queue.pop(0)
            lines += [*wrapped[:room], ""]
        yield Page(f"{name}-{number:03d}", tuple(lines[:-1]), font_path, points, quality)
        number += 1


def draw_page(page: Page, *, seed: int) -> Image.Image:
    """The page as a grey image, with the blur, noise and slant of its quality."""
    quality = page.quality
    image = Image.new("L", _PAGE, 255)
    pen = ImageDraw.Draw(image)
    size = round(page.points * 300 / 72)
    font = ImageFont.truetype(str(page.font), size)
    for number, line in enumerate(page.lines):
        pen.text((300, 240 + number * size * _LEADING), line, font=font, fill=quality.ink)
    if quality.slant:
        image = image.rotate(quality.slant, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if quality.dpi != 300:
        scale = quality.dpi / 300
        image = image.resize((int(_PAGE[0] * scale), int(_PAGE[1] * scale)), Image.Resampling.BILINEAR)
    if quality.blur:
        image = image.filter(ImageFilter.GaussianBlur(quality.blur))
    if quality.noise:
        generator = numpy.random.default_rng([seed, *page.name.encode("utf-8")])
        pixels = numpy.asarray(image, dtype=numpy.float32)
        pixels = pixels + generator.normal(0.0, quality.noise, pixels.shape).astype(numpy.float32)
        image = Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))
    if quality.threshold:
        image = image.point([0 if value < quality.threshold else 255 for value in range(256)])
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
