"""The five texts as blocks: headings, paragraphs, list items, with the Markdown marks of the seeds taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[2]

HEADINGS: dict[str, dict[str, int]] = {
    "forshaga": {
        "Riktlinjer för användning av sociala medier": 1,
        "Innehåll": 2,
        "Syfte": 2,
        "Vad är sociala medier?": 2,
        "Motiv till att finnas på sociala medier": 2,
        "Att tänka på": 2,
        "Så här kommer du igång": 2,
    },
    "karlsborg": {
        "Om policyn och riktlinjerna": 1,
        "Karlsborgs kommun i sociala medier": 1,
        "Sociala medier i förhållande till kommunens webbplats, karlsborg.se": 2,
        "Roller och ansvar": 1,
        "Vem uttalar sig?": 1,
    },
    "kungsbacka": {
        "Regler för sociala medier i Kungsbacka kommun": 1,
        "Sociala medier och hur de används": 2,
        "Kommunikationspolicyn gäller": 2,
        "Roller och ansvar": 2,
        "Planera din kommunikation": 2,
        "Tänk på det här": 2,
        "Allmänna handlingar på sociala medier": 2,
        "Bilagor": 2,
    },
}
"""Lines that are headings by their look in the original and bear no mark in the text; others have Markdown's."""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or list item; `lines` where the text breaks them by hand.

    `level` is the heading's level or the list's depth; `page_break` says that the block begins a page.
    """

    kind: str
    lines: tuple[str, ...]
    level: int = 0
    marker: str = ""
    page_break: bool = False

    @property
    def text(self) -> str:
        """The block's words on one line."""
        return " ".join(self.lines)


def load_blocks(name: str, *, source: Path | None = None) -> list[Block]:
    """The blocks of one of the five texts; three empty lines, as the seeds have them at page breaks, begin a page."""
    text = (source or ROOT / "data/raw" / f"{name}.txt").read_text("utf-8")
    blocks: list[Block] = []
    empty = 0
    for raw in text.strip("\n").split("\n"):
        if not raw.strip():
            empty += 1
            continue
        block = _block(raw, HEADINGS.get(name, {}))
        joins = blocks and empty == 0 and block.kind == blocks[-1].kind == "paragraph"
        if joins:
            blocks[-1] = replace(blocks[-1], lines=(*blocks[-1].lines, *block.lines))
        else:
            blocks.append(replace(block, page_break=bool(blocks) and empty >= 3))
        empty = 0
    return blocks


def _block(raw: str, headings: dict[str, int]) -> Block:
    line = raw.strip()
    if mark := re.match(r"(#+)\s+(.*)", line):
        return Block("heading", (mark[2].strip("*"),), level=len(mark[1]) - 1)
    if line in headings:
        return Block("heading", (line,), level=headings[line])
    if item := re.match(r"([-•»*])\s+(.*)", line):
        return Block("item", (item[2],), level=2 if raw.startswith(" -") else 1, marker=item[1])
    if number := re.match(r"(\d+\.)\s+(.*)", line):
        return Block("number", (number[2],), level=1, marker=number[1])
    return Block("paragraph", (line,))


def spans(text: str) -> list[tuple[str, str]]:
    """A line as pieces of plain, bold and italic text."""
    pieces = []
    for part in re.split(r"(\*\*[^*]+\*\*|\*[^*]+\*)", text):
        if part.startswith("**"):
            pieces.append((part[2:-2], "bold"))
        elif part.startswith("*") and len(part) > 1:
            pieces.append((part[1:-1], "italic"))
        elif part:
            pieces.append((part, "plain"))
    return pieces


def plain(blocks: Sequence[Block]) -> str:
    """What a reader should get: the blocks' words, a line each, bullets and numbers as in the text."""
    return "\n".join(
        f"{block.marker} {plain_line(line)}".strip() if i == 0 else plain_line(line)
        for block in blocks
        for i, line in enumerate(block.lines)
    )


def plain_line(line: str) -> str:
    """A line without the marks for bold and italic."""
    return "".join(text for text, _ in spans(line))
