"""Make the parallel set.

    python -m benchmarks.repair.render SOURCES PAIRS [--municipal FOLDER] [--sets NAME ...] [--fonts FOLDER ...]
        [--part K/N]

SOURCES is the folder that pipeline.swedish.building reads; PAIRS gets a folder for each set of settings.yaml, with a
NAME.gold.txt and a NAME.read.txt for each page.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import Levenshtein

from benchmarks.repair.rendering import Looks, Page, Quality, draw_page, lay_out_pages
from pipeline.ingest.tesseract import Manner, recognise
from pipeline.repair import score_damage
from pipeline.swedish.building.sources import Paragraph, read_sources

_PARAGRAPHS_PER_DOCUMENT = 40
# Genres whose documents are repaired one by one, with the words of the others as a run has them.
_APART = frozenset(("municipal", "written"))
_UNIFORM_BLOCK = 6  # Tesseract's page segmentation mode for one block of text
_SECONDS = 300.0
# A page where more of the letters went wrong was not read but guessed; it can teach nothing and measure nothing.
_WORST_PAGE = 0.12


def main() -> None:
    """Render and read what is not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--municipal", type=Path, help="folder of undamaged municipal texts, for the test set")
    parser.add_argument("--sets", nargs="*", help="the sets of settings.yaml to make, all of them when left out")
    parser.add_argument("--fonts", type=Path, nargs="*", default=[Path("/usr/share/fonts")])
    parser.add_argument("--part", default="0/1", help="K/N: every N-th page only, from K on, for several processes")
    arguments = parser.parse_args()
    settings = yaml.safe_load(Path(__file__).with_name("settings.yaml").read_text("utf-8"))
    part, parts = map(int, arguments.part.split("/"))
    paragraphs = list(read_sources(arguments.sources))
    if arguments.municipal:
        paragraphs += read_municipal(arguments.municipal)
    fonts = {path.name: path for folder in arguments.fonts for path in sorted(folder.rglob("*.?tf"))}
    for name in arguments.sets or settings["sets"]:
        pages = lay_out_set(name, settings, paragraphs, fonts)
        for number, page in enumerate(pages):
            if number % parts == part:
                write_pair(page, arguments.pairs / name, seed=settings["sets"][name].get("seed", settings["seed"]))
        sys.stderr.write(f"{name}: {len(pages)} pages\n")


def read_municipal(folder: Path) -> Iterator[Paragraph]:
    """The paragraphs of the undamaged texts of a folder, without the marks of their markup."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        if score_damage(text) == 0:
            for line in text.replace("#", "").replace("*", "").split("\n"):
                if line.strip():
                    yield Paragraph(path.stem, "municipal", "test", " ".join(line.split()))


def lay_out_set(
    name: str, settings: dict[str, Any], paragraphs: Iterable[Paragraph], fonts: dict[str, Path]
) -> list[Page]:
    """The pages of one set in a fixed, mixed order."""
    wanted = settings["sets"][name]
    looks = Looks(
        [fonts[font] for font in settings["fonts"][wanted["look"]]],
        settings["points"],
        [Quality(*values) for values in settings["qualities"][wanted["look"]].values()],
    )
    seed = settings["seed"]
    pages: list[Page] = []
    for genre, words in wanted["words"].items():
        kept = [paragraph for paragraph in paragraphs if (paragraph.split, paragraph.genre) == (wanted["split"], genre)]
        taken = [settings["sets"][other]["words"].get(genre, 0) for other in wanted.get("after", ())]
        chosen = choose_texts(kept, words=words, seed=seed, apart=genre in _APART, taken=taken)
        for stem, texts in chosen.items():
            pages += lay_out_pages(f"{stem or genre}", texts, looks, seed=wanted.get("seed", seed))
    random.Random(settings["seed"]).shuffle(pages)
    return pages


def choose_texts(
    paragraphs: Iterable[Paragraph], *, words: int, seed: int, apart: bool, taken: Iterable[int] = ()
) -> dict[str, list[str]]:
    """The beginnings of documents in an order decided by the seed, until there are words enough.

    Args:
        paragraphs: Paragraphs of one part and genre.
        words: Words wanted.
        seed: Decides the order of documents.
        apart: Whether each document is given by itself, under its name; otherwise all are one text under "".
        taken: How many words other sets took before: no document of theirs is chosen.
    """
    documents: dict[str, list[str]] = defaultdict(list)
    for paragraph in paragraphs:
        kept = documents[paragraph.document]
        if len(kept) < _PARAGRAPHS_PER_DOCUMENT and (apart or 12 <= len(paragraph.text) <= 1500):
            kept.append(paragraph.text)
    names = sorted(documents)
    random.Random(seed).shuffle(names)
    queue = iter(names)
    for share in taken:
        _take(queue, documents, share)
    chosen: dict[str, list[str]] = defaultdict(list)
    for name in _take(queue, documents, words):
        chosen[name if apart else ""] += documents[name]
    return chosen


def _take(queue: Iterator[str], documents: dict[str, list[str]], words: int) -> list[str]:
    """The next documents of the queue until there are words enough."""
    taken: list[str] = []
    count = 0
    while count < words:
        name = next(queue, None)
        if name is None:
            break
        taken.append(name)
        count += sum(len(text.split()) for text in documents[name])
    return taken


def write_pair(page: Page, folder: Path, *, seed: int) -> None:
    """Render and read one page and write the pair, unless it is there already or can't be read."""
    folder.mkdir(parents=True, exist_ok=True)
    read_path, gold_path = folder / f"{page.name}.read.txt", folder / f"{page.name}.gold.txt"
    if gold_path.exists():
        return
    words = recognise(draw_page(page, seed=seed), Manner("eng", page.quality.dpi, _UNIFORM_BLOCK), seconds=_SECONDS)
    lines: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for word in words:
        lines[word.block, word.paragraph, word.line].append(word.text)
    pieces: list[str] = []
    previous: tuple[int, int] | None = None
    for (block, paragraph, _), texts in lines.items():
        if previous not in (None, (block, paragraph)):
            pieces.append("")
        pieces.append(" ".join(texts))
        previous = (block, paragraph)
    gold, read = "\n".join(page.lines) + "\n", "\n".join(pieces) + "\n"
    if Levenshtein.distance(" ".join(gold.split()), " ".join(read.split())) <= _WORST_PAGE * len(gold):
        read_path.write_text(read, "utf-8")
        gold_path.write_text(gold, "utf-8")


if __name__ == "__main__":
    main()
