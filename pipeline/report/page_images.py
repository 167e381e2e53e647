"""Page images of the report: copied, with black bars over what is masked in the text."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.records.reading import Page
from pipeline.records.repair import ReadingPage
from pipeline.report.boxes import Box, PageBoxes
from pipeline.report.contents import Contents

MARGIN = 0.003
"""How far a bar reaches beyond its words, as a share of the page's width."""


def shown_pages(contents: Contents, document: str) -> list[int]:
    """The numbers of the pages of a document that have a picture in the report."""
    return [page for page, _, _ in _pictures(contents, document)]


def copy_pages(contents: Contents, document: str, target: Path) -> None:
    """Copy a document's page images into a folder; where people are masked, their words are covered there too."""
    for page, file, bars in _pictures(contents, document):
        target.mkdir(parents=True, exist_ok=True)
        content = file.read_bytes()
        (target / f"{page}.webp").write_bytes(_covered(content, bars) if bars else content)


def _pictures(contents: Contents, document: str) -> Iterator[tuple[int, Path, Sequence[Box]]]:
    """Each page that can be shown, its image, and what is to be covered in it.

    A page whose masked words have no known place is left out rather than shown.
    """
    source = contents.material.page_images
    folder = source / document if source is not None else None
    if folder is None or not folder.is_dir():
        return
    bars, unplaced = _bars(contents, document)
    for file in sorted(folder.glob("*.webp"), key=lambda f: (len(f.stem), f.stem)):
        if file.stem.isdigit() and int(file.stem) not in unplaced:
            yield int(file.stem), file, bars.get(int(file.stem), ())


def _bars(contents: Contents, document: str) -> tuple[Mapping[int, Sequence[Box]], frozenset[int]]:
    """Boxes to cover by page, and the pages with something to hide whose place is not known.

    The raw text has running heads too, so it is asked first; the reading text where raw words are not at hand.
    """
    pages: Sequence[Page | ReadingPage]
    raw = contents.raw_mask(document) if document in contents.raw_boxes else None
    if raw is not None:
        placed, spans = contents.raw_boxes[document], raw.spans
        pages = contents.sheets.get(document, ())
    else:
        placed, spans = contents.boxes.get(document, PageBoxes((), ())), contents.mask(document).spans
        pages = contents.pages.get(document, ())
    bars: defaultdict[int, list[Box]] = defaultdict(list)
    unplaced: set[int] = set()
    for start, end in spans:
        boxes = placed.of_span(start, end)
        for box in boxes:
            bars[box[0]].append(box)
        if not boxes:
            unplaced |= {page.page for page in pages if start < page.end and end > page.start}
    return dict(bars), frozenset(unplaced)


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
