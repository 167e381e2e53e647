"""Web pages: the document in the middle as text, menus, banners and footers around it as furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage
from pipeline.ingest.decoding import clean, decode
from pipeline.ingest.links import closing, folded, marks_of, opening, unmarked, with_links
from pipeline.ingest.numerals import BULLET, LIST_TYPES, integer, numeral
from pipeline.ingest.options import TICKED, UNTICKED, options_in
from pipeline.ingest.stacked import unstack
from pipeline.ingest.web_boxes import find_boxes, is_byline
from pipeline.ingest.web_regions import (
    PageFurniture,
    is_furniture,
    is_hidden,
    is_quoted,
    load_page_furniture,
    main_content,
)
from pipeline.ingest.web_tables import cells_of, is_data, is_label, table_rows

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "search", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\f\r]+")

_NOTE_MARK = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡]{1,3})\s*[\])]?\s*")
"""What stands for a footnote in the text."""

MAX_DEPTH = 400
"""Levels of elements; the parser itself stops at 256."""


@dataclass(slots=True)
class _Walk:
    """The way through a page: the words of the line under way, what it is, and the lines so far."""

    lines: list[DraftLine] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    line: DraftLine = field(default_factory=lambda: DraftLine("", origin="html"))
    gap: bool = True
    bold_letters: int = 0

    def end_line(self, *, gap: bool = False) -> None:
        """Put the line under way to the others; `gap` says that a blank line follows."""
        marks = ""
        parts = "".join(self.words).split("\n")
        if self.line.style == "plain":
            parts = [option for part in parts for option in options_in(part)]
        for i, part in enumerate(parts):
            text = folded(marks + part)
            # A link that begins before a heading or paragraph goes on in it.
            marks = "" if unmarked(text).strip() else marks_of(text)
            if not marks and text:
                letters = sum(c.isalnum() for c in text)
                bold = bool(letters) and 2 * self.bold_letters > letters
                style = "check_box" if text[0] in TICKED + UNTICKED and self.line.style == "plain" else self.line.style
                # Who put the page there is not of the text; when that was it still says.
                role = "footer" if self.line.role == "body" and is_byline(unmarked(text)) else self.line.role
                line = replace(self.line, text=text, role=role, style=style, gap=self.gap and i == 0, bold=bold)
                self.lines.append(line)
                self.line = replace(self.line, marker="")
                self.gap = False
        self.words, self.bold_letters = [marks] if marks else [], 0
        self.gap = self.gap or gap


def read_html(data: bytes, *, letter: bool = False) -> list[DraftPage]:
    """The content of a web page as one page; nothing it refers to is fetched.

    A `letter` has no menus and banners around it: all of it that is not hidden is text.

    Raises:
        DocumentFailure: `malformed` when it has no elements at all, `unsupported` when its bytes are no text.
    """
    from lxml import etree
    from lxml import html as parser

    text = _decoded(data)
    try:
        root = parser.document_fromstring(
            text.replace("\x00", "").encode("utf-8", "replace"),
            parser=parser.HTMLParser(
                encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
            ),
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as e:
        raise DocumentFailure("malformed", kind="HTML") from e
    known = load_page_furniture()
    main = None if letter else main_content(root, known)
    boxes = frozenset() if letter else find_boxes(root, known)
    walk = _Walk()
    _walk(root, walk, known, _Place(main=main, inside=main is None, boxes=boxes, letter=letter))
    walk.end_line()
    return [DraftPage(tuple(with_links(walk.lines)), choice="main content" if main is not None else "whole page")]


def _decoded(data: bytes) -> str:
    """The page's text: by what it says of itself, if its bytes bear that out."""
    said = _CHARSET.search(data[:4096])
    name = said[1].decode("ascii").lower() if said else ""
    if name not in {"", "utf-8", "utf8"} and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        # What calls itself Latin-1 is CP1252 by the HTML standard.
        name = "cp1252" if name in {"iso-8859-1", "latin1", "us-ascii", "ascii"} else name
        try:
            return clean(data.decode(name))
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page an element stands."""

    main: Any
    inside: bool
    boxes: frozenset[Any] = frozenset()
    letter: bool = False
    quoted: bool = False
    furniture: bool = False
    depth: int = 0
    list_level: int = 0
    bold: bool = False

    @property
    def role(self) -> str:
        if self.furniture or not self.inside:
            return "navigation"
        return "annotation" if self.quoted else "body"


def _walk(element: Any, walk: _Walk, known: PageFurniture, place: _Place) -> None:
    if place.depth > MAX_DEPTH:
        raise DocumentFailure("malformed", kind="HTML")
    tag = element.tag
    if not isinstance(tag, str) or tag in known.never_shown:
        return
    inside = place.inside or element is place.main
    heading = _HEADINGS.get(tag, 0)
    place = replace(
        place, inside=inside, depth=place.depth + 1,
        furniture=(place.furniture and element is not place.main)
        or element in place.boxes
        or (is_hidden(element, known) if place.letter else is_furniture(element, known, inside=inside)),
        quoted=place.quoted or (place.letter and is_quoted(element)),
        bold=place.bold or tag in {"b", "strong"} or bool(heading),
    )  # fmt: skip
    if tag == "br":
        walk.words.append("\n")
    elif tag == "input":
        _check_box(element, walk)
    elif tag == "table" and is_data(element):
        walk.end_line(gap=True)
        _rows(element, walk, known, place)
        walk.end_line(gap=True)
    elif is_label(element):
        _labelled(element, walk, known, place)
    elif tag == "dd" and (term := element.getprevious()) is not None and is_label(term):
        pass  # read with its label
    elif tag in {"ul", "ol", "menu"}:
        _list(element, walk, known, place)
    elif tag in _BLOCKS:
        _block(element, walk, known, place)
    elif tag == "sup":
        _raised(element, walk, known, place)
    elif tag == "a":
        mark = opening(element.get("href", ""))
        walk.words.append(mark)
        _children(element, walk, known, place)
        walk.words.append(closing(mark))
    else:
        _children(element, walk, known, place)


def _raised(element: Any, walk: _Walk, known: PageFurniture, place: _Place) -> None:
    """A raised figure: the mark of a footnote, which leads to it, is no text; any other lengthens no number."""
    if _NOTE_MARK.fullmatch("".join(element.itertext())) and _leads_to_note(element):
        return
    before = next((words for words in reversed(walk.words) if words), "")
    if before[-1:].isdigit() and (element.text or "").lstrip()[:1].isdigit():
        walk.words.append("^")
    _children(element, walk, known, place)


def _leads_to_note(element: Any) -> bool:
    """Whether what is raised is a link, or lies in one, to a place on the same page."""
    links = [element.getparent(), *element.iter("a")]
    return any(link is not None and link.tag == "a" and link.get("href", "").startswith("#") for link in links)


def _block(element: Any, walk: _Walk, known: PageFurniture, place: _Place) -> None:
    """An element that stands on lines of its own; inside a list item it belongs to the item."""
    apart = place.list_level == 0 or element.tag in _HEADINGS or element.tag == "li"
    walk.end_line(gap=apart and element.tag != "li")
    outer = walk.line
    if element.tag in _HEADINGS:
        walk.line = DraftLine("", role=place.role, style="heading", level=_HEADINGS[element.tag], origin="html")
    elif place.list_level == 0 or place.role != outer.role:
        walk.line = DraftLine("", role=place.role, origin="html")
    _children(element, walk, known, place)
    walk.end_line(gap=apart and element.tag != "li")
    walk.line = replace(outer, marker="") if walk.line.marker == "" else outer


def _list(element: Any, walk: _Walk, known: PageFurniture, place: _Place) -> None:
    """A list: an item a line, bullets and numbers as the browser draws them."""
    walk.end_line(gap=place.list_level == 0)
    outer = walk.line
    level = place.list_level + 1
    number = integer(element.get("start"), 1)
    kind = LIST_TYPES.get(element.get("type", ""), "decimal")
    for child in element:
        if child.tag == "li":
            number = integer(child.get("value"), number)
            marker = f"{numeral(number, kind)}." if element.tag == "ol" else BULLET
            inside = replace(place, list_level=level)
            walk.line = DraftLine("", role=place.role, style="list_item", level=level, marker=marker, origin="html")
            _children(child, walk, known, inside)
            walk.end_line()
            number += 1
        else:
            _walk(child, walk, known, replace(place, list_level=level))
        if child.tail and child.tail.strip():
            walk.words.append(child.tail)
            walk.end_line()
    walk.end_line(gap=place.list_level == 0)
    walk.line = replace(outer, marker="")


def _children(element: Any, walk: _Walk, known: PageFurniture, place: _Place) -> None:
    _say(element.text, walk, place, literal=element.tag == "pre")
    for child in element:
        _walk(child, walk, known, place)
        _say(child.tail, walk, place, literal=element.tag == "pre")


def _say(text: str | None, walk: _Walk, place: _Place, *, literal: bool) -> None:
    if not text:
        return
    if walk.line.role != place.role:
        walk.end_line(gap=True)
        walk.line = DraftLine("", role=place.role, origin="html")
    text = clean(text)
    walk.words.append(text if literal else _SPACE.sub(" ", text))
    if place.bold:
        walk.bold_letters += sum(c.isalnum() for c in text)


def _rows(table: Any, walk: _Walk, known: PageFurniture, place: _Place) -> None:
    """A table's rows as lines, cells joined by tabs."""
    rows = list(table_rows(table, lambda cell: list(_cell(cell, known, place))))
    for (row, _), parts in zip(rows, unstack([cells for _, cells in rows]), strict=True):
        style = "table_row" if row.tag == "tr" else "plain"
        bold = row.tag == "tr" and all(cell.tag == "th" for cell in cells_of(row))
        for text in parts:
            walk.lines.append(DraftLine(text, role=place.role, style=style, gap=walk.gap, bold=bold, origin="html"))
            walk.gap = False


def _labelled(term: Any, walk: _Walk, known: PageFurniture, place: _Place) -> None:
    """A label and its value as a row."""
    walk.end_line()
    cells = [" ".join(_cell(one, known, place)) for one in (term, term.getnext())]
    walk.lines.append(DraftLine("\t".join(cells), role=place.role, style="table_row", gap=walk.gap, origin="html"))
    walk.gap = False


def _cell(cell: Any, known: PageFurniture, place: _Place) -> Iterator[str]:
    if not len(cell):
        # Words only, as in nearly all cells of long tables: a walk for each would take ten times as long.
        text = folded(_SPACE.sub(" ", clean(cell.text or "")))
        if text:
            yield text
        return
    inner = _Walk()
    inner.line = replace(inner.line, role=place.role)
    _children(cell, inner, known, place)
    inner.end_line()
    yield from (f"{line.marker} {line.text}" if line.marker else line.text for line in inner.lines)


def _check_box(element: Any, walk: _Walk) -> None:
    if element.get("type", "").lower() in {"checkbox", "radio"}:
        walk.words.append(f"{TICKED if element.get('checked') is not None else UNTICKED} ")
