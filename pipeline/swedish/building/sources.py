"""Paragraphs of Swedish text to count and to render, each with its document, its genre and its side of the split."""

from __future__ import annotations

import hashlib
import html
import json
import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Split = Literal["train", "tune", "test"]

# Statutes have no document marks in the corpus: a run of this many paragraphs counts as one document.
_STATUTE_BLOCK = 150
# Real Swedish has 5 % å, ä and ö; of the families for training one in this many tunes.
_LEAST_SWEDISH, _WRITTEN_TUNED = 0.02, 4
# Families on pages of benchmarks/repair/data: they stay unseen, whatever else they train.
_MEASURED = frozenset(("f03", "f06", "f09", "f12", "f14"))
_TAG = re.compile(r"<[^>]+>")
_BLOCK = re.compile(r"<(p|h\d|li|td|dt|dd)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_SWEDISH = re.compile(r"\b(?:och|att|det|som|en|ett|är|på|för|av|till|med|den|de|om|du|kan|har|inte|eller|när|från)\b")
_ENGLISH = re.compile(r"\b(?:the|of|and|to|is|a|that|for|with|you|can|this|are|be|or|by|it|as|on)\b")
_NO_SPACE_BEFORE = frozenset(",.;:?!)]}%")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a source text."""

    document: str
    genre: str
    split: Split
    text: str


def read_sources(folder: Path) -> Iterator[Paragraph]:
    """All paragraphs of the source texts under a folder, in a fixed order.

    Args:
        folder: Holds `sfs.txt.xz` (statutes), `ud/*.conll*` (treebanks), `html/NAME/**/*.html` (software manuals) and
            `written/*.txt` with their annotations (data/gold/training), and `counted/GENRE/NAME/**`, pages of the Web
            or of Mallard (.html, .page) and plain texts with a paragraph a line (.txt) that are only ever counted; what
            is not there is left out.

    Returns:
        Paragraphs; a document is wholly in one part of the split, by the hash of its name, so that the split survives
        new sources.
    """
    statutes = folder / "sfs.txt.xz"
    if statutes.exists():
        yield from _read_statutes(statutes)
    for treebank in sorted((folder / "ud").glob("*.conll*")):
        yield from _read_treebank(treebank)
    for manual in sorted(path for path in (folder / "html").glob("*") if path.is_dir()):
        yield from _read_manual(manual)
    yield from _read_written(folder / "written")
    for source in sorted(path for path in (folder / "counted").glob("*/*") if path.is_dir()):
        yield from _read_counted(source)


def take_training(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs that may be counted: the training part, every text once."""
    seen: set[str] = set()
    for paragraph in paragraphs:
        if paragraph.split == "train" and paragraph.text not in seen:
            seen.add(paragraph.text)
            yield paragraph


def choose_split(document: str) -> Split:
    """The part of the split that a document belongs to: four in a hundred test, three tuning, the rest training."""
    bucket = int(hashlib.sha256(document.encode("utf-8")).hexdigest()[:8], 16) % 100
    return "test" if bucket < 4 else "tune" if bucket < 7 else "train"


def is_swedish(text: str) -> bool:
    """Whether more of the small words are Swedish than English: untranslated parts of a manual teach nothing."""
    lower = text.lower()
    return len(_SWEDISH.findall(lower)) > 2 * len(_ENGLISH.findall(lower))


def _read_statutes(path: Path) -> Iterator[Paragraph]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            text = " ".join(line.split())
            if text:
                document = f"sfs-{number // _STATUTE_BLOCK:05d}"
                yield Paragraph(document, "statute", choose_split(document), text)


def _read_treebank(path: Path) -> Iterator[Paragraph]:
    # Only the training part may be counted; development and test stay unseen. Ten sentences make a "document".
    fixed: Split | None = (
        "train" if "train" in path.name else "tune" if "dev" in path.name else "test" if "test" in path.name else None
    )
    if "pud" in path.name:
        fixed = None
    for number, sentence in enumerate(_read_sentences(path)):
        document = f"{path.stem}-{number // 10:04d}"
        yield Paragraph(document, "prose", fixed or choose_split(document), sentence)


def _read_sentences(path: Path) -> Iterator[str]:
    words: list[str] = []
    told: str | None = None
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# text = "):
                told = line[len("# text = ") :].strip()
            elif line.strip():
                fields = line.split("\t")
                if fields[0].isdigit():
                    words.append(fields[1])
            elif words:
                yield told or _join_words(words)
                words, told = [], None
    if words:
        yield told or _join_words(words)


def _join_words(words: list[str]) -> str:
    pieces: list[str] = []
    open_quote = False
    glue = True
    for word in words:
        closing = word in {'"', "'"} and open_quote
        if pieces and not glue and word[0] not in _NO_SPACE_BEFORE and not closing:
            pieces.append(" ")
        pieces.append(word)
        glue = word in {"(", "["} or (word in {'"', "'"} and not open_quote)
        if word in {'"', "'"}:
            open_quote = not open_quote
    return "".join(pieces)


def _read_manual(folder: Path) -> Iterator[Paragraph]:
    for document, text in _read_pages(folder):
        yield Paragraph(document, "manual", choose_split(document), text)


def _read_counted(folder: Path) -> Iterator[Paragraph]:
    """Texts that came after the pages of the benchmark were chosen: all of them train."""
    for document, text in _read_pages(folder):
        yield Paragraph(document, folder.parent.name, "train", text)


def _read_pages(folder: Path) -> Iterator[tuple[str, str]]:
    """The name of each page with each of its Swedish paragraphs, every paragraph once."""
    seen: set[str] = set()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".html", ".page", ".txt"}):
        document = f"{folder.name}-{path.relative_to(folder).as_posix()}"
        content = path.read_text("utf-8", errors="replace")
        if path.suffix == ".txt":
            blocks = content.split("\n")
        else:
            blocks = [html.unescape(_TAG.sub("", match.group(2))) for match in _BLOCK.finditer(content)]
        for block in blocks:
            text = " ".join(block.split())
            if len(text) > 20 and text not in seen and is_swedish(text):
                seen.add(text)
                yield document, text


def _read_written(folder: Path) -> Iterator[Paragraph]:
    """The municipal texts written for this project; documents of one family share passages and so a side of the split.

    What tunes the finders of requirements is counted as well: no page of the benchmark is of those families.
    """
    for path in sorted(folder.glob("*.json")):
        about = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
        if sum(letter in "åäö" for letter in text) < _LEAST_SWEDISH * len(text):
            continue  # written as a damaged text
        family = str(about["family"])
        split: Split = "train"
        if family in _MEASURED:
            split = "test"
        elif int(hashlib.sha256(family.encode("utf-8")).hexdigest()[:8], 16) % _WRITTEN_TUNED == 0:
            split = "tune"
        for line in text.replace("#", "").replace("*", "").split("\n"):
            if line.strip():
                yield Paragraph(f"{family}_{path.stem}", "written", split, " ".join(line.split()))
