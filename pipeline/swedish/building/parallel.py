"""Parallel text: what a page said beside what an engine without å, ä and ö read, page by page."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.swedish.building.reading import read_page_image
from pipeline.swedish.building.rendering import QUALITIES, UNSEEN_QUALITIES, Page, Quality, draw_page, lay_out_pages
from pipeline.swedish.building.sources import Paragraph

_PARAGRAPHS_PER_DOCUMENT = 40


def choose_texts(
    paragraphs: Iterable[Paragraph], *, words: dict[tuple[str, str], int], seed: int
) -> dict[tuple[str, str], list[str]]:
    """A sample of paragraphs for each part and genre, the beginnings of documents, until there are words enough.

    Args:
        paragraphs: All source paragraphs.
        words: Wanted words for each (split, genre).
        seed: Decides the order of documents.
    """
    documents: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for paragraph in paragraphs:
        key = (paragraph.split, paragraph.genre)
        kept = documents[key][paragraph.document] if key in words else None
        if kept is not None and len(kept) < _PARAGRAPHS_PER_DOCUMENT and 12 <= len(paragraph.text) <= 1500:
            kept.append(paragraph.text)
    chosen: dict[tuple[str, str], list[str]] = {}
    for key in sorted(words):
        names = sorted(documents[key])
        random.Random(f"{key}:{seed}").shuffle(names)  # noqa: S311 - nothing secret
        texts: list[str] = []
        count = 0
        for name in names:
            if count >= words[key]:
                break
            texts += documents[key][name]
            count += sum(len(text.split()) for text in documents[key][name])
        chosen[key] = texts
    return chosen


def write_parallel_pages(pages: Iterable[Page], folder: Path, *, seed: int, part: tuple[int, int] = (0, 1)) -> int:
    """Render and read pages, writing NAME.gold.txt and NAME.read.txt for each; pages that stand there already are kept.

    Args:
        pages: Pages to render.
        folder: Where the pairs go.
        seed: For the noise.
        part: (k, n): do only every n-th page, beginning with k, so that n processes can share the work.

    Returns:
        The number of pages written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for number, page in enumerate(pages):
        read_path = folder / f"{page.name}.read.txt"
        if number % part[1] != part[0] or read_path.exists():
            continue
        with tempfile.TemporaryDirectory() as scratch:
            image = Path(scratch) / "page.png"
            draw_page(page, seed=seed).save(image)
            text = read_page_image(image, dpi=page.quality.dpi)
        gold = "\n".join(line for line in page.lines if line) + "\n"
        (folder / f"{page.name}.gold.txt").write_text(gold, "utf-8")
        read_path.write_text("\n".join(line for line in text.split("\n") if line.strip()) + "\n", "utf-8")
        written += 1
    return written


def lay_out_split(
    texts: dict[tuple[str, str], list[str]], *, split: str, fonts: Sequence[Path], unseen: bool, seed: int
) -> list[Page]:
    """The pages of one part of the split, all genres after one another.

    Args:
        texts: What `choose_texts` gave.
        split: "train", "tune" or "test".
        fonts: Font files to choose from.
        unseen: Whether to use the qualities that are kept from training.
        seed: Decides fonts, sizes and qualities.
    """
    qualities: tuple[Quality, ...] = UNSEEN_QUALITIES if unseen else QUALITIES
    pages: list[Page] = []
    for (part, genre), paragraphs in sorted(texts.items()):
        if part == split:
            name = f"{genre}-unseen" if unseen else genre
            pages += lay_out_pages(name, paragraphs, fonts=fonts, qualities=qualities, seed=seed)
    return pages
