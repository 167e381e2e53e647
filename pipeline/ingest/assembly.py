"""From lines on pages to one raw text with a span for every line and word."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import overload

from pipeline.failures import DocumentFailure
from pipeline.records.reading import FURNITURE, Line, Link, Page, PageImage, Word


@dataclass(frozen=True, slots=True)
class DraftWord:
    """A word with its box in points, origin at the page's top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float = 1.0


class PackedWords(Sequence[DraftWord]):
    """The words of a line in an eighth of the memory: a long document keeps those of all its pages until its end.

    A word is made anew whenever it is asked for.
    """

    __slots__ = ("_numbers", "_text")

    def __init__(self, words: Sequence[DraftWord]) -> None:
        self._text = "\n".join(w.text for w in words)
        self._numbers = array("d", (v for w in words for v in (w.x0, w.top, w.x1, w.bottom, w.confidence)))

    def __len__(self) -> int:
        return len(self._numbers) // 5

    def __iter__(self) -> Iterator[DraftWord]:
        for n, text in enumerate(self._text.split("\n") if self._numbers else ()):
            yield DraftWord(text, *self._numbers[5 * n : 5 * n + 5])

    @overload
    def __getitem__(self, index: int) -> DraftWord: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DraftWord]: ...
    def __getitem__(self, index: int | slice) -> DraftWord | Sequence[DraftWord]:
        return tuple(self)[index]


@dataclass(frozen=True, slots=True)
class LinkSpan:
    """A part of a line that leads somewhere, by its offsets in the line's own text."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A part of a page that leads somewhere, in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float
    target: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line as a reader gives it: what it says and what the format says of it, without a place in the text yet.

    `text` holds no line break. `marker` is the bullet or number that the format draws; it is not in `text` yet and
    `assemble` puts it there. `gap` says that a blank line goes before.
    """

    text: str
    words: Sequence[DraftWord] = ()
    role: str = "body"
    style: str = "plain"
    level: int = 0
    marker: str = ""
    gap: bool = False
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    baseline: float = 0.0
    size: float = 0.0
    bold: bool = False
    origin: str = "text"
    links: tuple[LinkSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A page as a reader gives it; its lines stand in reading order.

    `image` is the page as seen, as WebP. `failure` says why a page could not be read; its document goes on without it.
    """

    lines: tuple[DraftLine, ...]
    width: float = 0.0
    height: float = 0.0
    source: str = "text"
    confidence: float = 1.0
    choice: str = ""
    image: bytes = b""
    failure: DocumentFailure | None = None
    links: tuple[LinkArea, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A document's raw text and all that stands on its pages."""

    text: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    words: tuple[Word, ...] = ()
    images: tuple[PageImage, ...] = ()
    links: tuple[Link, ...] = ()


def packed(page: DraftPage) -> DraftPage:
    """The page with its words packed: what is kept of it while the document's other pages are read."""
    return replace(page, lines=tuple(replace(line, words=PackedWords(line.words)) for line in page.lines))


def assemble(pages: Sequence[DraftPage], *, document_id: str) -> Content:
    """The raw text of pages of lines.

    Lines are joined by a line break, paragraphs and pages by a blank line. A list item's bullet or number stands in
    the text, two spaces further in for each level, so that whoever reads the text sees the list; the line's span
    takes in all of it: a line is what stands between two line breaks, in every format.
    """
    pieces: list[str] = []
    at = 0
    lines: list[Line] = []
    words: list[Word] = []
    links: list[tuple[int, int, int, str]] = []
    drafted: list[Page] = []
    for number, page in enumerate(pages, start=1):
        start: int | None = None
        role = ""
        for draft in page.lines:
            text = written(draft)
            if not text.strip():
                continue
            break_before = _break_before(draft, first=start is None, role=role) if pieces else ""
            pieces += (break_before, text)
            at += len(break_before)
            start = at if start is None else start
            lines.append(_line(draft, document_id, number, start=at, end=at + len(text)))
            own = at + len(text) - len(draft.text)
            found = list(_words(draft, document_id, number, at=own))
            words += found
            links += [(number, own + link.start, own + link.end, link.target) for link in draft.links]
            links += [(number, *place) for place in _linked(found, page.links)]
            at += len(text)
            role = draft.role
        begin = at if start is None else start
        drafted.append(
            Page(document_id, number, begin, at, page.width, page.height, page.source, page.confidence, page.choice)
        )
    images = tuple(PageImage(n, p.image) for n, p in enumerate(pages, start=1) if p.image)
    text = "".join(pieces)
    kept = tuple(Link(document_id, page, start, end, text[start:end], target) for page, start, end, target in links)
    return Content(text, tuple(drafted), tuple(lines), tuple(words), images, kept)


def written(draft: DraftLine) -> str:
    """The line as it stands in the raw text: indentation, marker and words."""
    if not draft.marker:
        return draft.text
    return f"{'  ' * max(0, draft.level - 1)}{draft.marker} {draft.text}"


def _break_before(draft: DraftLine, *, first: bool, role: str) -> str:
    """What separates a line from the one before: furniture never shares a paragraph with the text."""
    apart = first or draft.gap or (draft.role != role and (draft.role in FURNITURE or role in FURNITURE))
    return "\n\n" if apart else "\n"


def _line(draft: DraftLine, document_id: str, page: int, *, start: int, end: int) -> Line:
    return Line(
        document_id=document_id, page=page, start=start, end=end, role=draft.role, style=draft.style,
        level=draft.level, marker=draft.marker, x0=_points(draft.x0), top=_points(draft.top), x1=_points(draft.x1),
        bottom=_points(draft.bottom), size=_points(draft.size), bold=draft.bold, origin=draft.origin,
    )  # fmt: skip


def _words(draft: DraftLine, document_id: str, page: int, *, at: int) -> Iterable[Word]:
    """The line's words with their spans; `at` is where the line's own text begins."""
    found = 0
    for word in draft.words:
        found = draft.text.index(word.text, found)
        yield Word(
            document_id, page, at + found, at + found + len(word.text), _points(word.x0), _points(word.top),
            _points(word.x1), _points(word.bottom), round(word.confidence, 4),
        )  # fmt: skip
        found += len(word.text)


def _linked(words: Sequence[Word], areas: Sequence[LinkArea]) -> Iterator[tuple[int, int, str]]:
    """Each run of a line's words that lie in a link's area: start, end and target."""
    for area in areas:
        inside = [
            area.x0 <= (w.x0 + w.x1) / 2 <= area.x1 and area.top <= (w.top + w.bottom) / 2 <= area.bottom for w in words
        ]
        for within, run in groupby(zip(inside, words, strict=True), key=lambda pair: pair[0]):
            if within:
                found = [word for _, word in run]
                yield found[0].start, found[-1].end, area.target


def _points(value: float) -> float:
    """A length rounded to a hundredth of a point, so that no noise of the arithmetic reaches a table."""
    return round(float(value), 2)
