"""A text as paper: typeset pages, then scanned (slightly askew, noisy) or photographed (perspective, uneven light)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.examples.blocks import Block, plain_line

DOTS = 300
WIDTH, HEIGHT = 2480, 3508
"""A4 at 300 dots an inch."""

SIZES = {1: 17, 2: 14, 3: 12.5, 4: 11.5}
"""Points of headings by level."""


def typeset(
    blocks: Sequence[Block], *, regular: Path, bold: Path, size: float = 11, keep_lines: bool = True
) -> list[Image.Image]:
    """The blocks on white A4 pages in grey; `keep_lines` breaks lines where the text breaks them."""
    margin, bottom = 300, HEIGHT - 330
    pages = [Image.new("L", (WIDTH, HEIGHT), 255)]
    y = 300.0
    before = ""
    for block in blocks:
        points = SIZES.get(block.level, 11.5) if block.kind == "heading" else size
        font, strong = (ImageFont.truetype(str(file), round(points * DOTS / 72)) for file in (regular, bold))
        font = strong if block.kind == "heading" else font
        pitch = 1.27 * points * DOTS / 72
        y += 0 if block.kind == before == "item" or block.kind == before == "number" else 0.75 * pitch
        indent = 60 if block.marker else 0
        lines = _wrapped(block, font, WIDTH - 2 * margin - indent, keep_lines=keep_lines)
        if y + pitch * (5 if block.kind == "heading" else min(len(lines), 3)) > bottom:
            pages.append(Image.new("L", (WIDTH, HEIGHT), 255))
            y = 300.0
        emphasised = {plain_line(line) for line in block.lines if line.startswith("**")}
        for i, line in enumerate(lines):
            draw = ImageDraw.Draw(pages[-1])
            if block.marker and i == 0:
                draw.text((margin, y), block.marker, fill=20, font=font)
            draw.text((margin + indent, y), line, fill=20, font=strong if line in emphasised else font)
            y += pitch
        before = block.kind
    return pages


def _wrapped(block: Block, font: Any, width: float, *, keep_lines: bool) -> list[str]:
    lines: list[str] = []
    for given in block.lines if keep_lines else (block.text,):
        line = ""
        for word in plain_line(given).split():
            longer = f"{line} {word}".strip()
            if line and font.getlength(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def scanned(page: Image.Image, *, degrees: float, seed: int) -> Image.Image:
    """The page as an office scanner gives it: a little askew, soft, with noise of the sensor."""
    grey = np.asarray(page)
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, 1.0)
    grey = cv2.warpAffine(grey, turn, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderValue=255)
    grey = cv2.GaussianBlur(grey, (0, 0), 0.8)
    noise = np.random.default_rng(seed).normal(0, 5, grey.shape)
    return Image.fromarray(np.clip(grey * 0.94 + 8 + noise, 0, 255).astype(np.uint8))


def photographed(page: Image.Image, *, seed: int) -> Image.Image:
    """The page as a telephone sees it on a desk: mild perspective, light from one side, a little soft."""
    grey = np.asarray(page)
    width, height = 2700, 3760
    corners = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    seen = np.array([[128, 104], [2600, 86], [2632, 3664], [92, 3690]], np.float32)
    warp = cv2.getPerspectiveTransform(corners, seen)
    paper = cv2.warpPerspective(grey, warp, (width, height), flags=cv2.INTER_CUBIC, borderValue=96)
    xs, ys = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    light = 0.98 - 0.34 * xs - 0.14 * ys + 0.06 * np.sin(3 * xs + 2 * ys)
    noise = np.random.default_rng(seed).normal(0, 4, paper.shape)
    image = cv2.GaussianBlur(paper, (0, 0), 1.0) * light + noise
    return Image.fromarray(np.clip(image, 0, 255).astype(np.uint8))


def write_scan(pages: Sequence[Image.Image], path: Path, *, title: str) -> None:
    """Write page images as a PDF without text layer; same images, same bytes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle(title)
    for page in pages:
        canvas.drawImage(ImageReader(io.BytesIO(_jpeg(page, 45))), 0, 0, *A4)
        canvas.showPage()
    canvas.save()


def write_photographs(pages: Sequence[Image.Image], path: Path) -> None:
    """Write photographed pages as one TIFF of JPEG-compressed pages, which says nothing of its resolution."""
    first, *others = pages
    first.save(path, "TIFF", save_all=True, append_images=others, compression="jpeg", quality=55)


def _jpeg(page: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
