"""Page images of the report: copied, with black bars over what is masked in the text."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from pipeline.report.boxes import Box, PageBoxes
from pipeline.report.contents import Contents

MARGIN = 0.003
"""How far a bar reaches beyond its words, as a share of the page's width."""


def copy_pages(contents: Contents, document: str, target: Path) -> list[int]:
    """Copy a document's page images into a folder; the numbers of the pages that have one.

    Where people are masked, their words are covered in the picture too: a page whose masked words have no known place
    is left out rather than shown.
    """
    source = contents.material.page_images
    folder = source / document if source is not None else None
    if folder is None or not folder.is_dir():
        return []
    bars = _bars(contents.boxes.get(document), contents.mask(document).spans)
    hidden = {page.page for page in contents.pages.get(document, ()) for start, end in contents.mask(document).spans
              if start < page.end and end > page.start}  # fmt: skip
    numbers = []
    for file in sorted(folder.glob("*.webp"), key=lambda f: (len(f.stem), f.stem)):
        if not file.stem.isdigit():
            continue
        page = int(file.stem)
        if page in hidden and page not in bars:
            continue
        target.mkdir(parents=True, exist_ok=True)
        content = file.read_bytes()
        (target / f"{page}.webp").write_bytes(_covered(content, bars[page]) if page in bars else content)
        numbers.append(page)
    return numbers


def _bars(placed: PageBoxes | None, spans: Sequence[tuple[int, int]]) -> dict[int, list[Box]]:
    bars: defaultdict[int, list[Box]] = defaultdict(list)
    for start, end in spans if placed is not None else ():
        for box in placed.of_span(start, end) if placed is not None else ():
            bars[box[0]].append(box)
    return dict(bars)


def _covered(image: bytes, boxes: Sequence[Box]) -> bytes:
    """The picture with bars over the boxes."""
    from PIL import Image, ImageDraw

    with Image.open(io.BytesIO(image), formats=["WEBP"]) as opened:
        picture = opened.convert("RGB")
    draw = ImageDraw.Draw(picture)
    for _, x0, top, x1, bottom in boxes:
        draw.rectangle(
            (
                (x0 - MARGIN) * picture.width,
                top * picture.height,
                (x1 + MARGIN) * picture.width,
                bottom * picture.height,
            ),
            fill=(40, 40, 40),
        )
    sink = io.BytesIO()
    picture.save(sink, "WEBP", quality=70, method=4)
    return sink.getvalue()
