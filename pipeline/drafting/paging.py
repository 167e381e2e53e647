"""On which page each heading of a draft will stand: the contents' numbers until a program works them out anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PAGE_HEIGHT, TEXT_WIDTH = 700.0, 436.0
"""Points of text on our page: A4 less margins."""

_WIDTHS = {
    222: "ijl'", 278: " !,./:;[]ft|", 333: "()-r`", 500: "ckszvxyJ", 611: "FTZ", 667: "ABEKPSVXYÅÄ&", 722: "CDHNRUw",
    778: "GOQÖ", 833: "mM", 944: "W", 1000: "–—▲%",
}  # fmt: skip
"""Widths of characters in thousandths of the font's size, as Adobe's metrics of Helvetica have them; all others 556."""

_WIDTH = {character: width for width, characters in _WIDTHS.items() for character in characters}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as layout sees it: text and measures in points; `heading` is its number in the contents, or -1.

    Items of a list stand close: there is no space between two paragraphs that are `listed`.
    """

    text: str
    size: float
    line: float
    before: float = 0.0
    after: float = 6.0
    indent: float = 0.0
    heading: int = -1
    listed: bool = False
    keep_with_next: bool = False
    new_page: bool = False


def count_lines(text: str, size: float, width: float) -> int:
    """How many lines a text takes when it breaks between words."""
    lines, at = 1, 0.0
    blank = _WIDTH[" "] * size / 1000
    for word in text.split():
        length = sum(_WIDTH.get(c, 556) for c in word) * size / 1000
        if at and at + blank + length > width:
            lines, at = lines + 1, length
        else:
            at += length + (blank if at else 0)
    return lines


def find_pages(blocks: Sequence[Block], *, first: int) -> dict[int, int]:
    """The page of each heading by its number in the contents.

    Args:
        blocks: All paragraphs after the contents, in order.
        first: The page they begin on.
    """
    pages: dict[int, int] = {}
    page, at, last = first, 0.0, None
    number = 0
    while number < len(blocks):
        group = list(_kept_together(blocks[number:]))
        height = _height(group, last)
        if last is not None and (group[0].new_page or at + height > PAGE_HEIGHT):
            page, at, last = page + 1, 0.0, None
            height = _height(group, None)
        pages |= {block.heading: page for block in group if block.heading >= 0}
        at, last = at + height, group[-1]
        number += len(group)
    return pages


def _kept_together(blocks: Sequence[Block]) -> Iterable[Block]:
    for block in blocks:
        yield block
        if not block.keep_with_next:
            return


def _height(group: Sequence[Block], last: Block | None) -> float:
    """The height of paragraphs that follow another one, None for the top of a page.

    Word and its kin leave the larger of the space after one paragraph and the space before the next.
    """
    height = 0.0
    for block in group:
        height += count_lines(block.text, block.size, TEXT_WIDTH - block.indent) * block.line
        if last is not None and not (block.listed and last.listed):
            height += max(last.after, block.before)
        elif last is None and block.new_page:
            # The space before a heading goes at the top of a page, but not where the page was broken for it.
            height += block.before
        last = block
    return height
