"""Cells of tables: their lines as one text whose items can be told apart, and which tables hold data at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.swedish.tables import names_columns

ITEM_GAP = "  "
"""What stands before an item of a cell; between the lines of one item stands a single blank."""
MAX_SPAN = 60
"""Columns that a cell spans at most; more are a mistake of the file."""
LONGEST_NAME = 6
"""Words of a cell that names what its row is about."""

_MARKED = re.compile(r"(?:[•▪●◦■□◆➢►✓»]|[-–—*]\s|\d{1,2}[.)]\s|[a-hA-H]\)\s)")
"""How an item begins that has a bullet or a number."""
_ENDED = re.compile(r"[.!?:;,–—-][\"”’»)]*$")
"""How a line ends behind which a capital says nothing: a sentence, a lead-in, a word cut in two."""
_SMALL = re.compile(r"\s[a-zåäö]{2}")
"""What a phrase has and a name has not: a second word in small letters."""


@dataclass(frozen=True, slots=True)
class CellLook:
    """What tells a cell of data from a part of a page's layout: its words, and whether it holds lists or headings."""

    words: str
    listed: bool = False
    headed: bool = False

    @property
    def is_name(self) -> bool:
        """Whether it only names something."""
        return 0 < len(self.words.split()) <= LONGEST_NAME and not self.listed and self.words[-1] not in ".!?;,"


def cell_text(lines: Sequence[str], *, whole: Sequence[bool] = ()) -> str:
    """The lines of a cell as one text: two blanks before each item, one where a line only goes on.

    Args:
        lines: The cell's lines, bullets and numbers in front of them.
        whole: For each line but the last whether it ended there by itself, as a paragraph does, and not because it was
            full; all did where left out.
    """
    text = lines[0] if lines else ""
    for n, (one, two) in enumerate(pairwise(lines)):
        ended = whole[n] if n < len(whole) else True
        text += (ITEM_GAP if _begins_item(one, two, ended=ended) else " ") + two
    return text


def _begins_item(one: str, two: str, *, ended: bool) -> bool:
    """Whether a line begins an item of its own: by its bullet, or with a capital behind a phrase that is none yet."""
    if _MARKED.match(two):
        return True
    phrases = _SMALL.search(one) is not None or _SMALL.search(two) is not None
    return ended and two[:1].isupper() and phrases and _ENDED.search(one) is None


def holds_data(table: Sequence[Sequence[CellLook]]) -> bool:
    """Whether a table whose cells hold lists is one of data, and no frame for parts of a page.

    It is where its first row names the columns ("Roll", "Uppgift"), or where two rows and more have a name in front and
    no headings.
    """
    rows = [[cell for cell in row if cell.words] for row in table]
    rows = [row for row in rows if row]
    if sum(len(row) > 1 for row in rows) < 2 or any(cell.headed for row in rows[1:] for cell in row):
        return False
    if len(rows[0]) > 1 and all(cell.is_name for cell in rows[0]) and names_columns(c.words for c in rows[0]):
        return True
    beside = [row for row in rows if len(row) > 1]
    return all(row[0].is_name for row in beside) and not any(cell.headed for cell in rows[0])
