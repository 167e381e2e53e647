"""Lines put together: paragraphs with their wrapped lines, list items with theirs, single lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.outline.headings import TERMINAL
from pipeline.outline.lines import TextLine
from pipeline.outline.vocabulary import vocabulary

WRAPPED_BELOW = 130
"""Longest line, in characters, of a text that is taken to be wrapped at its lines' ends."""
NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡]+)[\])]?\s*\S")
"""How a footnote begins."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or a line that stands alone, as a span of the reading text."""

    kind: str  # heading, paragraph, list_item, table_row, contents, key_value, site, footnote
    start: int
    end: int
    marker: str = ""
    level: int = 0
    indent: int = 0
    after_blank: bool = False


def build_blocks(lines: Sequence[TextLine], text: str) -> list[Block]:
    """The blocks of a text in order; wrapped lines are joined, blank lines are between them."""
    width = wrap_width(lines)
    blocks: list[Block] = []
    blank = True
    last: TextLine | None = None
    for line in lines:
        if line.kind == "blank":
            blank, last = True, None
            continue
        goes_on = (
            line.kind == "text"
            and last is not None
            and blocks
            and blocks[-1].kind in ("paragraph", "list_item")
            and (_is_wrapped(last, line, text, width) or _hangs(blocks[-1], last, line))
        )
        note_goes_on = line.kind == "footnote" and last is not None and last.kind == "footnote" and _goes_on(line, text)
        if goes_on or note_goes_on:
            blocks[-1] = _extended(blocks[-1], line.end)
        else:
            kind = "paragraph" if line.kind == "text" else line.kind
            blocks.append(Block(kind, line.start, line.end, line.marker, line.level, line.indent, after_blank=blank))
        blank, last = False, line
    return [b for b in blocks if b.start < b.end]


def _goes_on(line: TextLine, text: str) -> bool:
    """Whether a line of a footnote is not the first one, which has the mark."""
    return NOTE_MARK.match(line.words(text)) is None


def _extended(block: Block, end: int) -> Block:
    return Block(block.kind, block.start, end, block.marker, block.level, block.indent, block.after_blank)


def wrap_width(lines: Sequence[TextLine]) -> int:
    """The width, in characters, at which the text's lines are broken; 0 for a text with a line a paragraph."""
    lengths = sorted(line.line_end - line.line_start for line in lines if line.kind in ("text", "list_item"))
    if not lengths or lengths[-1] > 2 * WRAPPED_BELOW:
        return 0
    widest = lengths[int(len(lengths) * 0.9)]
    return widest if widest <= WRAPPED_BELOW else 0


def _is_wrapped(last: TextLine, line: TextLine, text: str, width: int) -> bool:
    """Whether the line break between two lines is only where the line was full."""
    before, words = last.words(text), line.words(text)
    if words[:1].islower():
        return not before.endswith((".", "!", "?", ":")) or bool(width)
    if not width:
        return False
    if TERMINAL.search(before):
        return before[-1] in ",;…" or last.line_end - last.line_start > 0.5 * width
    first_word = words.split(maxsplit=1)[0] if words else ""
    return (last.line_end - last.line_start) + 1 + len(first_word) > 0.85 * width


def _hangs(block: Block, last: TextLine, line: TextLine) -> bool:
    """Whether a line hangs under its list item's words."""
    return block.kind == "list_item" and line.indent > block.indent + 1 and last.line_end < line.line_start + 1


def leads_in(words: str) -> bool:
    """Whether a sentence asks for the list that follows: a colon, "att" or "ska" at its end, "följande"."""
    bare = words.rstrip("*_ \n")
    if bare.endswith(":"):
        return True
    tail = bare.lower().split()[-1:] or [""]
    return tail[0] in vocabulary().leading_on or ("följande" in bare.lower() and not bare.endswith("?"))
