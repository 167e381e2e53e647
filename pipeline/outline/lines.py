"""What each line of the reading text is: heading, list item, row, contents line, or part of a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.outline.contents import (
    SECTION_NUMBER,
    as_listed,
    as_paged,
    bare_title,
    contents_titles,
)
from pipeline.outline.grids import as_grids
from pipeline.outline.headings import (
    as_heading,
    could_be_heading,
    is_heading_by_print,
    joined_headings,
    level_by_size,
    stands_as_heading,
)
from pipeline.outline.vocabulary import vocabulary
from pipeline.records.reading import Line
from pipeline.records.repair import Repaired

BULLET = re.compile(
    r"^(\s*)([-–—•·*▪◦○●■►➢➔→✓✔✗✘»]|\uf0b7|o(?=\s)|\[[ xX]?\]|[☐☒☑])(\s+)(?=\S)"
    r"|^(\s*)([•▪◦○●■►➢➔✓✔✗✘☐☒☑\uf0b7])(?=[^\W\d_])"
)
GLUED = re.compile(r"^(\s*)([-–—*·])(?=[^\W\d_][^*]*$)")
"""A mark that is a bullet without a blank behind it only where the next line, or the one before, begins so too."""
NUMBERED = re.compile(r"^(\s*)(\(?\d{1,2}[.)]|[Ss]teg \d{1,2}[.:)]|\(?[a-zåäö]\)|[a-z]\.)(\s+)(?=\S)")
DECIMAL = re.compile(r"^(\s*)((?:\d{1,2}\.){1,3}(\d{1,2})\.?)(\s+)(?=[^\W\d])")
MARKDOWN_HEADING = re.compile(r"^\s*(#{1,6})\s+(?=\S)")
PIPED_ROW = re.compile(r"^\s*\|.*\|\s*$")
BOLD_LINE = re.compile(r"^\s*(\*\*|__)(?=\S).*\1\s*$")
CONTENTS_LINE = re.compile(r"^\s*\S.*?(\.{3,}|\t|\s{3,}|(?:\s\.){3,}|…+)\s*\.*\s*\d{1,3}\s*$")
KEY_VALUE = re.compile(r"^\s*[*_]*([A-ZÅÄÖ][\wåäöÅÄÖ/ .()-]{1,45}?)[*_]*\s*:[*_]*\s+(\S.*)$")
SITE_WORDS = 3
"""Words of a web site's line from which on it is one whatever its print."""
FAR = 15
"""Lines within which the next of a run of numbered points is looked for."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the reading text with what it is; start and end leave out marks, bullets and outer blanks."""

    kind: str  # blank, heading, list_item, table_row, contents, key_value, site, footnote, text
    line_start: int
    line_end: int
    start: int
    end: int
    marker: str = ""
    level: int = 0
    indent: int = 0
    size: float = 0.0
    bold: bool = False
    styled: str = "plain"

    def words(self, text: str) -> str:
        """The line's own words."""
        return text[self.start : self.end]


def classify_lines(repaired: Repaired) -> list[TextLine]:
    """The lines of the reading text in order, each with its kind.

    The source format's word (a heading style, a list element) is taken first, then marks in the text, then its looks:
    size, boldness, length, case, blank lines around.
    """
    text = repaired.text
    lines = _with_styles(_split(text), repaired.lines)
    if is_web_page(text):
        lines = [_as_site_line(line, text) for line in lines]
    body = _body_size(lines, text)
    lines = joined_headings(_with_glued_bullets(lines, text), text, body)
    lines = [_by_format(lines, i, text, body) for i in range(len(lines))]
    lines = as_listed(as_paged(as_grids(lines, text), text), text)
    announced = contents_titles(lines, text)
    lines = [_as_announced(line, text, announced) for line in lines]
    return [_by_looks(lines, i, text) for i in range(len(lines))]


def is_web_page(text: str) -> bool:
    """Whether a text was copied from a web site with what stands around the page: at least two signs of it."""
    low = text.lower()
    return sum(bool(p.search(low)) for p in vocabulary().site_signs) >= 2


def _as_site_line(line: TextLine, text: str) -> TextLine:
    """A menu, cookie or footer line; what it says is not the document's."""
    words = line.words(text)
    bare = words.lower().strip(" •·-")
    cookies = re.search(r"(?i)\b(kakor|cookies)\b", words)
    if line.kind == "text" and (vocabulary().site_lines.fullmatch(bare) or cookies):
        return replace(line, kind="site")
    return line


def _as_announced(line: TextLine, text: str, announced: frozenset[str]) -> TextLine:
    """A line that the list of contents announces is a heading."""
    if line.kind == "text" and announced and bare_title(line.words(text)) in announced:
        return as_heading(line, text, line.start, 2)
    return line


def _split(text: str) -> list[TextLine]:
    lines, at = [], 0
    for row in text.replace("\f", "\n").split("\n"):
        start, end = at + len(row) - len(row.lstrip()), at + len(row.rstrip())
        kind = "text" if row.strip() else "blank"
        lines.append(TextLine(kind, at, at + len(row), min(start, end), end, indent=max(0, start - at)))
        at += len(row) + 1
    return lines


def _with_styles(lines: list[TextLine], sources: Sequence[Line]) -> list[TextLine]:
    """Each line with the style of the source line that begins on it."""
    starts = [line.line_start for line in lines]
    result = list(lines)
    for source in sources:
        i = bisect_right(starts, source.start) - 1
        line = result[i]
        if line.kind == "blank" or line.styled != "plain":
            continue
        if source.role == "footnote":
            result[i] = replace(line, kind="footnote", styled=source.style, size=source.size, bold=source.bold)
            continue
        result[i] = replace(
            line, styled=source.style, level=source.level, size=source.size, bold=source.bold, marker=source.marker
        )
    return result


def _with_glued_bullets(lines: list[TextLine], text: str) -> list[TextLine]:
    """The lines, those that begin with a dash or star right before a word as items where they stand in a row."""
    marks = [GLUED.match(text[line.line_start : line.line_end]) for line in lines]
    told = [i for i, line in enumerate(lines) if line.kind != "blank"]
    result = list(lines)
    for one, two in pairwise(told):
        first, second = marks[one], marks[two]
        if first and second and first[2] == second[2]:
            for i, mark in ((one, first), (two, second)):
                if lines[i].kind != "text":
                    continue
                start = lines[i].line_start + mark.end()
                result[i] = replace(lines[i], kind="list_item", start=start, marker=mark[2], indent=len(mark[1]))
    return result


def _body_size(lines: Sequence[TextLine], text: str) -> float:
    """The font size most of the text has, 0 where sizes are unknown."""
    sizes = [line.size for line in lines if line.size for _ in range(1 + len(line.words(text)) // 20)]
    return median(sizes) if sizes else 0.0


def _by_format(lines: Sequence[TextLine], i: int, text: str, body: float) -> TextLine:
    """The line's kind where its format or its own marks decide it."""
    line = lines[i]
    if line.kind in ("blank", "list_item", "footnote"):
        return line
    if line.kind == "site" and len(line.words(text).split()) >= SITE_WORDS:
        return line  # "Kontakt" and "Sociala medier" in large print are headings, "Vi använder kakor" is none
    row = text[line.line_start : line.line_end]
    marks = MARKDOWN_HEADING.match(row)
    if marks or line.styled == "heading":
        start = line.line_start + marks.end() if marks else line.start
        return as_heading(line, text, start, len(marks.group(1)) if marks else max(1, line.level))
    if BOLD_LINE.match(row) and could_be_heading(line.words(text)):
        return as_heading(line, text, line.start, 3)
    if CONTENTS_LINE.match(row):
        return replace(line, kind="contents")
    bullet = BULLET.match(row) or (NUMBERED.match(row) if line.styled == "list_item" else None)
    if line.styled == "table_row" or _has_cells(row) or PIPED_ROW.match(row):
        # Tabs in front are empty cells, as below one that spans several rows.
        return replace(line, kind="table_row", start=line.line_start + len(row) - len(row.lstrip(" ")))
    if bullet:
        indent, marker = bullet.group(1, 2) if bullet.group(2) else bullet.group(4, 5)
        start = line.line_start + bullet.end()
        return replace(line, kind="list_item", start=start, marker=marker, indent=len(indent))
    if is_heading_by_print(lines, i, text, body):
        return as_heading(line, text, line.start, level_by_size(line.size, body))
    if line.styled == "list_item":
        return replace(line, kind="list_item", indent=max(0, line.level - 1) * 2)
    return line


def _has_cells(row: str) -> bool:
    """Whether a tab parts the line; one right behind the bullet or number that it begins with does not."""
    if "\t" not in row:
        return False
    mark = BULLET.match(row) or NUMBERED.match(row) or SECTION_NUMBER.match(row)
    return "\t" in row[mark.end() if mark else 0 :].strip()


def _by_looks(lines: list[TextLine], i: int, text: str) -> TextLine:
    """The line's kind where only its looks and its neighbours decide it."""
    line = lines[i]
    if line.kind != "text":
        return line
    row = text[line.line_start : line.line_end]
    words = line.words(text)
    pair = KEY_VALUE.match(row)
    if pair and is_label(pair.group(1)) and not _runs_on(lines, i, text):
        return replace(line, kind="key_value")
    numbered = NUMBERED.match(row)
    if numbered and (_has_numbered_neighbour(lines, i, text) or not could_be_heading(words[numbered.end() :])):
        start = line.line_start + numbered.end()
        return replace(line, kind="list_item", start=start, marker=numbered.group(2), indent=len(numbered.group(1)))
    decimal = DECIMAL.match(row)
    if decimal and not could_be_heading(words[decimal.end() :]) and _is_next_to_its_like(lines, i, text):
        start, indent = line.line_start + decimal.end(), len(decimal.group(1))
        if _has_item_above(lines, i, text):
            indent += 2  # under "1. Redaktören ska" as if it stood further in
        return replace(line, kind="list_item", start=start, marker=decimal.group(2), indent=indent)
    if stands_as_heading(lines, i, text):
        number = SECTION_NUMBER.match(row)
        return as_heading(line, text, line.start, 1 + number.group(1).strip(".").count(".") if number else 2)
    return line


def is_label(words: str) -> bool:
    """Whether words are a label of metadata ("Fastställt av"): others before a colon lead into their sentence."""
    low = re.sub(r"\s+", " ", re.sub(r"[*_]", "", words)).strip(" :.").lower()
    return any(pattern.fullmatch(low) for _, pattern in vocabulary().metadata_labels)


def _runs_on(lines: Sequence[TextLine], i: int, text: str) -> bool:
    """Whether a "Word: more" line is just the middle of a paragraph or leads into a list."""
    words = lines[i].words(text)
    return len(words) > 160 or (len(words) > 60 and words.rstrip().endswith(".")) or words.rstrip().endswith(":")


def _has_numbered_neighbour(lines: Sequence[TextLine], i: int, text: str) -> bool:
    """Whether the next or last line of text is numbered too, as in a list and unlike in headings.

    A number that begins anew belongs to another list: "2. Så gör du" over "1. Ta en skärmdump" is no item of it.
    """
    own = _number(text[lines[i].line_start : lines[i].line_end])
    for step in (1, -1):
        j, blanks = i + step, 0
        while 0 <= j < len(lines) and lines[j].kind == "blank":
            j, blanks = j + step, blanks + 1
        if 0 <= j < len(lines) and blanks <= 1:
            row = text[lines[j].line_start : lines[j].line_end]
            if lines[j].kind in ("text", "list_item") and (NUMBERED.match(row) or lines[j].marker[:1].isdigit()):
                other = _number(row)
                if own is None or other is None or other in (own, own + step):
                    return True
    return False


def _is_next_to_its_like(lines: Sequence[TextLine], i: int, text: str) -> bool:
    """Whether the number before or behind a point's own stands near ("1.2" near "1.1" or "1.3"): no time, no sum."""
    own = _decimal_of(lines[i], text)
    near = [j for j in range(max(0, i - FAR), min(len(lines), i + FAR + 1)) if j != i]
    others = {_decimal_of(lines[j], text): j > i for j in near}
    head, last = own
    return (others.get((head, last + 1)) is True) or (others.get((head, last - 1)) is False)


def _has_item_above(lines: list[TextLine], i: int, text: str) -> bool:
    """Whether the point that a decimal one belongs to ("1." of "1.1") is itself an item rather than a heading."""
    above, _ = _decimal_of(lines[i], text)
    return any(
        str(_number(text[lines[j].line_start : lines[j].line_end])) == above
        and _by_looks(lines, j, text).kind == "list_item"
        for j in range(max(0, i - FAR), i)
    )


def _decimal_of(line: TextLine, text: str) -> tuple[str, int]:
    """A point's number without its last part, and that part; nothing and 0 where a line has none."""
    found = DECIMAL.match(text[line.line_start : line.line_end])
    return (found.group(2).rstrip(".").rpartition(".")[0], int(found.group(3))) if found else ("", 0)


def _number(row: str) -> int | None:
    """The number that a line begins with, None where that is a letter or there is none."""
    found = NUMBERED.match(row)
    digits = found.group(2).strip("().") if found else ""
    return int(digits) if digits.isdigit() else None
