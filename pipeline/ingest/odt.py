"""OpenDocument text (.odt): paragraphs, headings, lists, tables and notes from content.xml."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.cells import MAX_SPAN
from pipeline.ingest.decoding import clean
from pipeline.ingest.docx_package import MAX_DEPTH, opened
from pipeline.ingest.numerals import integer
from pipeline.ingest.odt_styles import STYLE, TEXT, HeadingNumbers, OdtStyles, is_shown, marker, numbers, read_styles
from pipeline.ingest.stacked import unstack

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

_SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
_LEFT_OUT = {TEXT + "tracked-changes", OFFICE + "annotation", OFFICE + "annotation-end", OFFICE + "forms"}


@dataclass(slots=True)
class _Walk:
    styles: OdtStyles
    numbers: HeadingNumbers
    lines: list[DraftLine] = field(default_factory=list)
    notes: list[DraftLine] = field(default_factory=list)

    def inner(self) -> _Walk:
        """A way through a part that is put together by itself, such as a cell."""
        return _Walk(self.styles, self.numbers)


def read_odt(path: Path) -> list[DraftPage]:
    """The content of an OpenDocument text as one page, footnotes last; deleted passages are left out.

    Raises:
        DocumentFailure: `malformed`, `encrypted` or `too_large`.
    """
    with opened(path) as package:
        root, styles = package.part("content.xml"), package.part("styles.xml")
        manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and any(str(e.tag).endswith("}encryption-data") for e in manifest.iter()):
        raise DocumentFailure("encrypted")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise DocumentFailure("malformed", kind="ODT")
    known = read_styles(*(part for part in (root, styles) if part is not None))
    walk = _Walk(known, HeadingNumbers(known))
    _blocks(body, walk, depth=0)
    furniture = _furniture(styles, walk) if styles is not None else []
    return [DraftPage(tuple(walk.lines + furniture + walk.notes), choice="OpenDocument")]


def _furniture(styles: Any, walk: _Walk) -> list[DraftLine]:
    """The heads and feet of all kinds of pages, each text once."""
    lines: list[DraftLine] = []
    for role in ("header", "footer"):
        inner = walk.inner()
        for kind in (role, f"{role}-first", f"{role}-left"):
            for part in styles.iter(STYLE + kind):
                _blocks(part, inner, depth=0)
        once = {line.text: line for line in inner.lines}
        lines += [replace(x, role=role, style="plain", level=0, marker="", gap=True) for x in once.values()]
    return lines


def _blocks(parent: Any, walk: _Walk, *, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise DocumentFailure("malformed", kind="ODT")
    for item in parent:
        if item.tag in _LEFT_OUT or not is_shown(item, walk.styles):
            continue
        if item.tag == TEXT + "h":
            _heading(item, walk, depth=depth)
        elif item.tag == TEXT + "p":
            title = item.get(TEXT + "style-name", "") in walk.styles.titles
            pattern = DraftLine("", style="heading", level=1) if title else DraftLine("")
            _paragraph(item, walk, pattern, depth=depth)
        elif item.tag == TEXT + "list":
            _list(item, walk, style="", level=1, depth=depth + 1)
        elif item.tag == TABLE + "table":
            _table(item, walk, depth=depth + 1)
        else:
            _blocks(item, walk, depth=depth + 1)


def _heading(item: Any, walk: _Walk, *, depth: int, drawn: Any | None = None) -> None:
    """A heading with the number that the document draws before it."""
    level = max(1, integer(item.get(TEXT + "outline-level"), 1))
    before = len(walk.lines)
    _paragraph(item, walk, DraftLine("", style="heading", level=level), depth=depth)
    if len(walk.lines) > before and (number := walk.numbers.next(item, level, drawn)):
        walk.lines[before] = replace(walk.lines[before], text=f"{number} {walk.lines[before].text}")


def _paragraph(item: Any, walk: _Walk, pattern: DraftLine, *, depth: int) -> None:
    parts = [part.strip(" ") for part in clean(_words(item, walk, depth=depth)).split("\n")]
    pattern = replace(pattern, gap=pattern.style != "list_item" or not _in_list(walk), origin="odt")
    for part in parts:
        if part:
            walk.lines.append(replace(pattern, text=part))
            pattern = replace(pattern, marker="", gap=False)


def _in_list(walk: _Walk) -> bool:
    return bool(walk.lines) and walk.lines[-1].style == "list_item"


def _words(item: Any, walk: _Walk, *, depth: int) -> str:
    """The words below an element, with its spaces, tabs and line breaks; notes go to the end of the document."""
    if depth > MAX_DEPTH:
        raise DocumentFailure("malformed", kind="ODT")
    said = item.text or ""
    for child in item:
        if child.tag == TEXT + "note":
            notes = walk.inner()
            for body in child.iter(TEXT + "note-body"):
                _blocks(body, notes, depth=depth + 1)
            walk.notes += [replace(line, role="footnote", style="plain", level=0) for line in notes.lines]
        elif child.tag in _SIGNS:
            said += _SIGNS[child.tag]
        elif child.tag == TEXT + "s":
            count = child.get(TEXT + "c", "1")
            said += " " * min(int(count) if count.isdigit() else 1, 100)
        elif child.tag in {TEXT + "p", TEXT + "h"}:
            said += "\n" + _words(child, walk, depth=depth + 1)
        elif child.tag not in _LEFT_OUT and is_shown(child, walk.styles):
            said += _words(child, walk, depth=depth + 1)
        said += child.tail or ""
    return said


def _list(item: Any, walk: _Walk, *, style: str, level: int, depth: int) -> None:
    """A list's items, each with the bullet or number that its style draws."""
    style = item.get(TEXT + "style-name", "") or style
    drawn = walk.styles.lists.get(style, {}).get(level)
    number = 0
    for child in item:
        if child.tag != TEXT + "list-item":
            continue
        number += 1
        sign = marker(drawn, number)
        for part in child:
            if part.tag == TEXT + "list":
                _list(part, walk, style=style, level=level + 1, depth=depth + 1)
            elif not is_shown(part, walk.styles):
                continue
            elif part.tag == TEXT + "h":
                _heading(part, walk, depth=depth, drawn=drawn if numbers(drawn) else None)
            elif part.tag == TEXT + "p":
                pattern = DraftLine("", style="list_item", level=level, marker=sign)
                before = len(walk.lines)
                _paragraph(part, walk, pattern, depth=depth)
                sign = "" if len(walk.lines) > before else sign


def _table(table: Any, walk: _Walk, *, depth: int) -> None:
    """A table as rows, cells joined by tabs; one of a single column is only a frame for text."""
    rows = [_row(row, walk, depth=depth) for row in table.iter(TABLE + "table-row")]
    if all(sum(bool(cell) for cell in row) <= 1 for row in rows):
        walk.lines += [line for row in rows for cell in row for line in cell]
        return
    gap = True
    said = [[[f"{x.marker} {x.text}" if x.marker else x.text for x in cell] for cell in row] for row in rows]
    for parts in unstack(said):
        for text in parts:
            walk.lines.append(DraftLine(text, style="table_row", gap=gap, origin="odt"))
            gap = False


def _row(row: Any, walk: _Walk, *, depth: int) -> list[list[DraftLine]]:
    """The lines of a row's cells; one over which another reaches from beside or above is empty."""
    cells: list[list[DraftLine]] = []
    for cell in row:
        if cell.tag not in {TABLE + "table-cell", TABLE + "covered-table-cell"}:
            continue
        inner = walk.inner()
        if cell.tag == TABLE + "table-cell":
            _blocks(cell, inner, depth=depth + 1)
            walk.notes += inner.notes
        cells.append(inner.lines)
        repeated = min(integer(cell.get(TABLE + "number-columns-repeated"), 1), MAX_SPAN)
        cells += [list(inner.lines) for _ in range(1, repeated)]
    return cells
