"""Word files: every word a reader sees, once, with headings, lists, tables, notes and furniture told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.cells import MAX_SPAN, CellLook, holds_data
from pipeline.ingest.docx_chunks import chunk_lines
from pipeline.ingest.docx_numbering import Numbering, read_numbering
from pipeline.ingest.docx_package import CHUNK, MAX_DEPTH, Package, W, opened
from pipeline.ingest.docx_runs import Text, is_unfilled, paragraph_text
from pipeline.ingest.docx_styles import ParagraphStyle, Styles, paragraph_says
from pipeline.ingest.links import unmarked, with_links
from pipeline.ingest.numerals import integer
from pipeline.ingest.options import BOXES, options_in
from pipeline.ingest.stacked import unstack

_WRAPPERS = {
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body", "txbxContent")
}

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"


@dataclass(slots=True)
class _Walk:
    """The way through a document: what is known of styles and lists, and the lines so far."""

    styles: Styles
    numbering: Numbering
    lines: list[DraftLine] = field(default_factory=list)
    open_text: Text | None = None
    package: Package | None = None
    unread: list[str] = field(default_factory=list)

    def apart(self) -> _Walk:
        """The way through a part of it whose lines stand by themselves: a cell, a note, a header."""
        return _Walk(self.styles, self.numbering, package=self.package, unread=self.unread)


def read_docx(path: Path) -> list[DraftPage]:
    """The content of a Word file as one page: body, notes, then headers, footers and comments as furniture.

    Tracked insertions are taken as accepted, deletions are left out. A text box stands after the paragraph it hangs on.

    Raises:
        DocumentFailure: `malformed`, `encrypted` or `too_large`.
    """
    lines, unread = _read(path, outermost=True)
    choice = "Word" if not unread else f"Word; {len(unread)} embedded documents not read"
    return [DraftPage(tuple(with_links(lines)), choice=choice)]


def _read(path: Path | BytesIO, *, outermost: bool) -> tuple[list[DraftLine], list[str]]:
    """The lines of a Word file, links still marked, and which of the documents that it carries could not be read."""
    with opened(path) as package:
        walk = _Walk(Styles(package.related("styles")), read_numbering(package.related("numbering")))
        walk.package = package if outermost else None
        _blocks(package.document(), walk, depth=0)
        body = walk.lines
        for kind, role in (("header", "header"), ("footer", "footer")):
            body += _apart(package.all_related(kind), walk, role=role)
        for kind in ("footnotes", "endnotes"):
            body += _notes(package.related(kind), walk, role="footnote", tag=kind[:-1])
        body += _notes(package.related("comments"), walk, role="annotation", tag="comment")
    return body, walk.unread


def _carried(item: Any, walk: _Walk) -> None:
    """The lines of a document that this one carries; one inside such a document is not looked into."""
    name = item.get("target", "")
    try:
        data = walk.package.carried(name) if walk.package is not None else b""
        if not data:
            raise DocumentFailure("empty")
        lines = chunk_lines(data, lambda word: _read(BytesIO(word), outermost=False)[0])
    except DocumentFailure:
        walk.unread.append(name)
        return
    walk.lines += [replace(lines[0], gap=True), *lines[1:]] if lines else []


def _blocks(parent: Any, walk: _Walk, *, depth: int) -> None:
    """The paragraphs and tables of a part, in order."""
    if depth > MAX_DEPTH:
        raise DocumentFailure("malformed", kind="DOCX")
    for item in parent:
        if item.tag == W + "p":
            _paragraph(item, walk, depth=depth)
        elif item.tag == W + "tbl":
            _table(item, walk, depth=depth)
        elif item.tag == CHUNK:
            _carried(item, walk)
        elif is_unfilled(item):
            continue
        elif item.tag in _WRAPPERS or item.tag == _CHOICE or _has_choice(item):
            _blocks(item, walk, depth=depth + 1)


def _has_choice(item: Any) -> bool:
    """Whether an element offers the same content twice, for new and for old readers."""
    return isinstance(item.tag, str) and item.tag.endswith("}AlternateContent")


def _paragraph(item: Any, walk: _Walk, *, depth: int) -> None:
    """One paragraph as lines, then the text boxes that hang on it."""
    text = paragraph_text(item, walk.styles, depth=depth)
    if walk.open_text is not None:
        text = walk.open_text.joined(text)
        walk.open_text = None
    if text.mark_deleted:
        # Where the deleted paragraph mark stood, the next paragraph goes on.
        walk.open_text = text
        return
    walk.lines += _lines(item, text, walk)
    for box in text.boxes:
        first = len(walk.lines)
        _blocks(box, walk, depth=depth + 1)
        if len(walk.lines) > first:
            walk.lines[first] = replace(walk.lines[first], gap=True)


def _lines(item: Any, text: Text, walk: _Walk) -> list[DraftLine]:
    properties = item.find(W + "pPr")
    style_id = ""
    if properties is not None and (named := properties.find(W + "pStyle")) is not None:
        style_id = named.get(W + "val", "")
    style, said = walk.styles.of(style_id), paragraph_says(properties)
    parts = [part.strip(" ") for part in text.content.strip("\n").split("\n")]
    if not any(unmarked(part).strip() for part in parts):
        return []
    level = said.level or style.level
    marker, kind, depth = "", "heading" if level else "plain", level
    list_id = said.list_id or style.list_id
    if list_id and list_id != "0":
        on = _list_level(walk, said, style, list_id)
        marker = walk.numbering.next_marker(list_id, on)
        if marker and not level:
            kind, depth = "list_item", max(on + 1, style.depth)
    if kind == "plain":
        parts = [option for part in parts for option in options_in(part)]
    bold = text.bold_share(style.bold is True) > 0.5
    first = DraftLine(
        text=parts[0], style=kind, level=depth, marker=marker, gap=_apart_from(walk, kind),
        size=text.size or style.size, bold=bold, origin="docx",
    )  # fmt: skip
    if marker and level:
        # A numbered heading's number stands in its text, without the indentation of a list.
        first = replace(first, text=f"{marker} {parts[0]}", marker="")
    lines = [first, *(replace(first, text=part, marker="", gap=False) for part in parts[1:])]
    lines = [replace(line, style="check_box") if _is_option(line) else line for line in lines]
    return [line for line in lines if line.text.strip() or line.marker]


def _is_option(line: DraftLine) -> bool:
    return line.style == "plain" and unmarked(line.text)[:1] in set(BOXES)


def _list_level(walk: _Walk, said: ParagraphStyle, style: ParagraphStyle, list_id: str) -> int:
    """The level of a list item: its own, that which the list ties to its style, or the style's."""
    if said.list_level is not None:
        return said.list_level
    tied = walk.numbering.level_of(list_id, style.list_style)
    return (style.list_level or 0) if tied is None else tied


def _apart_from(walk: _Walk, kind: str) -> bool:
    """Whether a paragraph stands apart from the one before: all do but list items that follow each other."""
    if not walk.lines:
        return False
    return not (kind == "list_item" and walk.lines[-1].style == "list_item")


def _table(table: Any, walk: _Walk, *, depth: int) -> None:
    """A table as rows, cells joined by tabs; one of one column, or with parts of the page in it, only frames text."""
    if depth > MAX_DEPTH:
        raise DocumentFailure("malformed", kind="DOCX")
    rows = [_row(row, walk, depth=depth + 1) for row in _under(table, "tr")]
    framed = all(sum(bool(cell) for cell in row) <= 1 for row in rows) or (
        any(line.style in {"list_item", "heading"} for row in rows for cell in row for line in cell)
        and not holds_data([[_look(cell) for cell in row] for row in rows])
    )
    gap = True
    read_as = unstack([[[_said(line) for line in cell] for cell in row] for row in rows])
    for row, parts in zip(rows, read_as, strict=True):
        if framed or any(sum(line.style == "table_row" for line in cell) > 1 for cell in row):
            # A table inside a row has rows of its own.
            walk.lines += [line for cell in row for line in cell]
            continue
        bold = all(line.bold for cell in row for line in cell)
        for text in parts:
            walk.lines.append(DraftLine(text, style="table_row", gap=gap, bold=bold, origin="docx"))
            gap = False


def _row(row: Any, walk: _Walk, *, depth: int) -> list[list[DraftLine]]:
    """The lines of a row's cells, an empty one for each further column that a cell spans."""
    cells: list[list[DraftLine]] = [[] for _ in range(_number(row, "trPr", "gridBefore", least=0))]
    for cell in _under(row, "tc"):
        cells.append(_cell(cell, walk, depth=depth))
        cells += [[] for _ in range(1, _number(cell, "tcPr", "gridSpan", least=1))]
    return cells


def _number(item: Any, properties: str, name: str, *, least: int) -> int:
    """What the properties of a row or cell say of its columns."""
    said = item.find(f"{W}{properties}/{W}{name}")
    return min(max(integer(said.get(W + "val") if said is not None else None, least), least), MAX_SPAN)


def _look(cell: Sequence[DraftLine]) -> CellLook:
    styles = {line.style for line in cell}
    words = " ".join(unmarked(line.text).strip() for line in cell).strip()
    return CellLook(words, listed="list_item" in styles, headed="heading" in styles)


def _said(line: DraftLine) -> str:
    """A line of a cell with its bullet or number."""
    return f"{line.marker} {line.text}" if line.marker else line.text


def _cell(cell: Any, walk: _Walk, *, depth: int) -> list[DraftLine]:
    inner = walk.apart()
    _blocks(cell, inner, depth=depth)
    lines = inner.lines
    return [replace(lines[0], gap=True), *lines[1:]] if lines else []


def _under(parent: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, content controls and tracked insertions looked through."""
    for item in parent:
        if item.tag == W + name:
            if not _deleted(item):
                yield item
        elif item.tag in _WRAPPERS:
            yield from _under(item, name)


def _deleted(row: Any) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and properties.find(W + "del") is not None


def _apart(roots: list[Any], walk: _Walk, *, role: str) -> list[DraftLine]:
    """Headers or footers, each text once: first, even and odd pages often say the same."""
    lines: list[DraftLine] = []
    for root in roots:
        inner = walk.apart()
        _blocks(root, inner, depth=0)
        lines += inner.lines
    once = {line.text: replace(line, role=role, style="plain", level=0, marker="", gap=True) for line in lines}
    return list(once.values())


def _notes(root: Any | None, walk: _Walk, *, role: str, tag: str) -> list[DraftLine]:
    """Footnotes, endnotes or comments, in their order; the lines Word draws between them are left out."""
    lines: list[DraftLine] = []
    for note in root.iter(W + tag) if root is not None else ():
        if note.get(W + "type") in {"separator", "continuationSeparator", "continuationNotice"}:
            continue
        inner = walk.apart()
        _blocks(note, inner, depth=0)
        lines += [replace(line, role=role, style="plain", level=0) for line in inner.lines]
        if inner.lines:
            first = len(lines) - len(inner.lines)
            lines[first] = replace(lines[first], gap=True)
    return lines
