"""Where a span of the reading text lies on its page: boxes as shares of the page's width and height."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.records.reading import Page, Word

Box = tuple[int, float, float, float, float]
"""Page, left, top, right, bottom; the last four as shares of the page, origin at its top left."""


class PageBoxes:
    """The words of one document with a place on a page, ready to be asked for spans."""

    def __init__(self, words: Iterable[Word], sheets: Iterable[Page]) -> None:
        self.sizes = {sheet.page: (sheet.width, sheet.height) for sheet in sheets if sheet.width and sheet.height}
        self.words = sorted((w for w in words if w.page in self.sizes), key=lambda w: (w.start, w.end))
        self.starts = [word.start for word in self.words]

    def of_span(self, start: int, end: int) -> list[Box]:
        """Boxes of the words that a span touches, those of one line joined to one."""
        first = max(0, bisect_right(self.starts, start) - 1)
        touched: list[Word] = []
        for word in self.words[first:]:
            if word.start >= end:
                break
            if word.end > start:
                touched.append(word)
        return [self._share(line) for line in _lines(touched)]

    def _share(self, line: Sequence[Word]) -> Box:
        width, height = self.sizes[line[0].page]
        return (
            line[0].page,
            round(min(w.x0 for w in line) / width, 4),
            round(min(w.top for w in line) / height, 4),
            round(max(w.x1 for w in line) / width, 4),
            round(max(w.bottom for w in line) / height, 4),
        )


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words in reading order, cut where the next one stands on another line or page."""
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        middle = (word.top + word.bottom) / 2
        if last and last.page == word.page and last.top <= middle <= last.bottom and word.x0 >= last.x0:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def boxes_by_document(words: Iterable[Word], sheets: Iterable[Page]) -> Mapping[str, PageBoxes]:
    """Every document that has words with a place on a page."""
    placed: defaultdict[str, list[Word]] = defaultdict(list)
    sized: defaultdict[str, list[Page]] = defaultdict(list)
    for word in words:
        placed[word.document_id].append(word)
    for sheet in sheets:
        sized[sheet.document_id].append(sheet)
    return {document: PageBoxes(placed[document], sized[document]) for document in sorted(placed)}
