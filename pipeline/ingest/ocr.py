"""A page image read by Tesseract: lines with boxes on the page as seen; what is doubtful is tried another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any

from pipeline.failures import DocumentFailure
from pipeline.ingest.assembly import DraftLine, DraftPage, DraftWord
from pipeline.ingest.decoding import clean
from pipeline.ingest.dots import grey_of, ink_of
from pipeline.ingest.layout import LaidWord, line_of, mark_paragraphs
from pipeline.ingest.ocr_gaps import fill_gaps
from pipeline.ingest.ocr_looks import (
    baselines,
    bold_lines,
    cell_starts,
    edge_of,
    font_size,
    stroke_width,
    with_bullets,
    with_cells,
    without_strokes,
)
from pipeline.ingest.ocr_words import choose_words, with_marks
from pipeline.ingest.options import BOXES, option_lines
from pipeline.ingest.preparation import Prepared, is_black_and_white, prepare
from pipeline.ingest.scan_boxes import Box, find_boxes, with_boxes, without_boxes
from pipeline.ingest.stamps import Stamp, lift_stamps
from pipeline.ingest.tesseract import ONE_BLOCK, ORDINARY, Manner, SeenWord
from pipeline.ingest.tesseract_runs import TesseractRuns
from pipeline.params import IngestSettings

if TYPE_CHECKING:
    from PIL import Image

DOUBTFUL = 0.75
"""Mean confidence below which a page is read another way too."""

BAD_COPY = 0.93
"""Mean confidence below which a page in black and white may be a bad copy; clean ones are read with 0.95."""

OSD_SECONDS = 30
"""Time for telling which way up a page is: a second or two as a rule."""

FEW_LETTERS = 25
"""A page with fewer may be blank, or lie on its side."""


@dataclass(slots=True)
class _Reader:
    """Tesseract for one page: all readings of it together have the time of one page, waiting not counted."""

    runs: TesseractRuns
    languages: str
    seconds_left: float
    may_fail: bool = False

    def read(
        self, image: Image.Image, resolution: int, *, mode: int = ORDINARY, lattices: bool = False
    ) -> list[SeenWord]:
        """The words of an image; none where Tesseract fails on it and another reading is there (`may_fail`).

        Raises:
            NotInstalledError, DocumentFailure: As `recognise_files` does.
        """
        # Tesseract keeps no lattice of words that it reads better with its second model: then it has one only.
        languages = self.languages.rsplit("+", 1)[-1] if lattices else self.languages
        try:
            found = self.runs.read(
                image, Manner(languages, resolution, mode, lattices), seconds=max(1.0, self.seconds_left)
            )
        except DocumentFailure:
            if not self.may_fail:
                raise
            return []
        self.seconds_left -= found.seconds
        return found.words

    def quarter_turns(self, image: Image.Image, resolution: int) -> int:
        """How many quarter turns clockwise make the page upright, 0 where Tesseract cannot tell."""
        seconds = max(1.0, min(OSD_SECONDS, self.seconds_left))
        return self.runs.quarter_turns(image, resolution=resolution, seconds=seconds)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One reading of a page."""

    page: Image.Image
    prepared: Prepared
    words: tuple[SeenWord, ...]
    how: str
    turns: int = 0
    boxes: tuple[Box, ...] = ()

    @property
    def letters(self) -> int:
        """Letters and digits read."""
        return sum(c.isalnum() for w in self.words for c in w.text)

    @property
    def confidence(self) -> float:
        """Mean confidence of the words, by their length; 0 for a page without words."""
        total = sum(len(w.text) for w in self.words)
        return sum(w.confidence * len(w.text) for w in self.words) / total if total else 0.0

    @property
    def lies_on_its_side(self) -> bool:
        """Whether the words stand upright on the page: Tesseract reads such a page too, but not its lines in order."""
        shapes = [w.height / max(w.width, 1) for w in self.words if len(w.text) >= 4]
        return bool(shapes) and median(shapes) > 1.3

    @property
    def worth(self) -> float:
        """How much was read, and how surely: letters that Tesseract is unsure of count for little."""
        return sum(max(0.0, w.confidence - 0.3) * sum(c.isalnum() for c in w.text) for w in self.words)


def read_page_image(
    page: Image.Image, runs: TesseractRuns, *, resolution: float, settings: IngestSettings
) -> tuple[DraftPage, Image.Image]:
    """The page as read, boxes in points of the upright page, and the upright page itself.

    A page that Tesseract breaks on, or takes too long over, comes back without lines and with its failure.

    Raises:
        NotInstalledError: When Tesseract or a model is missing.
    """
    dots, reader = round(resolution), _Reader(runs, settings.languages, settings.limits.seconds_per_page)
    width, height = page.width * 72 / resolution, page.height * 72 / resolution
    with runs.hands:
        lifted, stamps = lift_stamps(page, resolution=resolution)
    try:
        best = _attempt(lifted, dots, reader, how="as it lies")
        reader.may_fail = True
        if best.confidence < DOUBTFUL or best.letters < FEW_LETTERS or best.lies_on_its_side:
            best = _another_way(best, dots, reader)
        if best.confidence < BAD_COPY and best.letters:
            best = _as_worn_print(best, dots, reader, copied=is_black_and_white(page))
        ink = ink_of(grey_of(best.prepared.image))
        best = _without_gaps(best, ink, reader)
        upright = page.rotate(-90 * best.turns, expand=True) if best.turns else page
        if stamps and best.turns:
            stamps = lift_stamps(upright, resolution=resolution)[1]
        apart = [line for stamp in stamps for line in _read_stamp(stamp, resolution, reader)]
    except DocumentFailure as failure:
        return DraftPage((), width, height, "ocr", 0.0, f"Tesseract failed: {failure.code}", failure=failure), page
    if upright.size != page.size:
        width, height = height, width
    how = f"{best.how}; {len(stamps)} stamp{'s' * (len(stamps) > 1)} lifted" if stamps else best.how
    lines = (*lines_of(best, ink, resolution), *apart)
    return DraftPage(lines, width, height, "ocr", round(best.confidence, 4), how), upright


def _read_stamp(stamp: Stamp, resolution: float, reader: _Reader) -> list[DraftLine]:
    """A stamp's own lines; each has the stamp's box, for the stamp was turned level to be read."""
    prepared, _ = prepare(stamp.image, resolution=round(resolution))
    words = reader.read(prepared.image, prepared.resolution, mode=ONE_BLOCK)
    x0, top, x1, bottom = (v * 72 / resolution for v in stamp.box)
    lines: list[DraftLine] = []
    for _, group in groupby(words, key=lambda w: w.place):
        said = [DraftWord(clean(w.text), x0, top, x1, bottom, w.confidence) for w in group if _says(w)]
        if said:
            lines.append(
                DraftLine(
                    " ".join(w.text for w in said),
                    tuple(said),
                    role="stamp",
                    gap=not lines,
                    x0=x0,
                    top=top,
                    x1=x1,
                    bottom=bottom,
                    origin="ocr",
                )
            )
    return lines


def _says(word: SeenWord) -> bool:
    return any(c.isalnum() for c in word.text)


def _attempt(
    page: Image.Image, dots: int, reader: _Reader, *, how: str, thorough: bool = False, thicker: bool = False
) -> Attempt:
    with reader.runs.hands:
        prepared, ink = prepare(page, resolution=dots, thorough=thorough, thicker=thicker)
        boxes = find_boxes(ink, resolution=prepared.resolution)
        del ink  # made again when the page has been read: pages that wait have no room for it
        prepared = replace(prepared, image=without_boxes(prepared.image, boxes))
    words = reader.read(prepared.image, prepared.resolution, lattices=thicker)
    how = "; ".join((how, *prepared.steps))
    return Attempt(page, prepared, tuple(with_boxes(words, boxes)), how, boxes=tuple(boxes))


def _as_worn_print(first: Attempt, dots: int, reader: _Reader, *, copied: bool) -> Attempt:
    """The page read once more by the Swedish model alone, each word as its pictures and Swedish together have it.

    That model keeps a lattice of each word. Of a copy in black and white thicker strokes are a second picture: they
    close broken letters and bring out the dots over å, ä and ö.
    """
    words = reader.read(first.prepared.image, first.prepared.resolution, lattices=True)
    attempts = [replace(first, words=tuple(with_boxes(words, first.boxes)))]
    if copied:
        thicker = _attempt(first.page, dots, reader, how="as a bad copy", thicker=True)
        attempts.append(replace(thicker, turns=first.turns))
    best = max(attempts, key=lambda a: a.worth)
    if not best.words:
        return first
    others = [first.words, *(attempt.words for attempt in attempts if attempt is not best)]
    chosen, changed = choose_words(with_marks(best.words, first.words), others)
    if best is attempts[0] and not changed:
        return first
    return replace(best, words=tuple(chosen), how=f"{best.how}; {changed} words chosen by Swedish")


def _without_gaps(attempt: Attempt, ink: Any, reader: _Reader) -> Attempt:
    """The reading with the rows that Tesseract passed over."""
    prepared = attempt.prepared
    words = fill_gaps(
        prepared.image,
        ink,
        attempt.words,
        lambda piece: reader.read(piece, prepared.resolution, mode=ONE_BLOCK),
    )
    more = len(words) - len(attempt.words)
    return replace(attempt, words=words, how=f"{attempt.how}; {more} words passed over read") if more else attempt


def _turned(page: Image.Image, turns: int, dots: int, reader: _Reader) -> Attempt:
    upright = page.rotate(-90 * turns, expand=True)
    return replace(_attempt(upright, dots, reader, how=f"turned {90 * turns} degrees"), turns=turns)


def _another_way(first: Attempt, dots: int, reader: _Reader) -> Attempt:
    """The best of several readings of a page that was read badly: turned upright, cleaned."""
    attempts = [first]
    turns = reader.quarter_turns(first.prepared.image, first.prepared.resolution)
    if first.lies_on_its_side:
        attempts = [_turned(first.page, n, dots, reader) for n in ((turns,) if turns % 2 else (1, 3))]
    elif turns:
        attempts.append(_turned(first.page, turns, dots, reader))
    best = max(attempts, key=lambda a: a.worth)
    if best.confidence < DOUBTFUL and best.letters:
        cleaned = _attempt(best.page, dots, reader, how="cleaned", thorough=True)
        attempts.append(replace(cleaned, turns=best.turns))
    return max(attempts, key=lambda a: a.worth)


def lines_of(attempt: Attempt, ink: Any, resolution: float) -> list[DraftLine]:
    """Tesseract's lines in its reading order, specks left out, paragraphs marked."""
    scale = 72 / attempt.prepared.resolution
    lines: list[DraftLine] = []
    strokes: list[float] = []
    edges = edge_of(ink)
    for _, group in groupby(attempt.words, key=lambda w: w.place):
        words = sorted(group, key=lambda w: w.left)
        if _is_speck(words):
            continue
        letters = [w for w in words if w.text not in BOXES] or words
        size, level = font_size(letters), median(baselines(letters))
        words = without_strokes(words, size=size)
        cells = cell_starts(words, attempt.prepared.rules)
        words = with_bullets(words, size=size, baseline=level, cells=cells)
        strokes.append(stroke_width(ink, edges, words) / max(size, 1.0))
        laid = [
            _laid(w, attempt.prepared, size=size * scale, baseline=level * scale, resolution=resolution) for w in words
        ]
        line = with_cells(line_of(laid, origin="ocr"), cells)
        lines.append(replace(line, baseline=level * scale, size=size * scale))
    bold = bold_lines(strokes, [len(line.text) for line in lines])
    lines = [replace(line, bold=b) for line, b in zip(lines, bold, strict=True)]
    return option_lines(mark_paragraphs(lines))


def _laid(word: SeenWord, prepared: Prepared, *, size: float, baseline: float, resolution: float) -> LaidWord:
    box = prepared.on_page(word.left, word.top, word.left + word.width, word.top + word.height)
    x0, top, x1, bottom = (v * 72 / resolution for v in box)
    return LaidWord(DraftWord(clean(word.text), x0, top, x1, bottom, word.confidence), baseline, size)


def _is_speck(words: Sequence[SeenWord]) -> bool:
    """Whether a line is dirt or a ruled line read as strokes: no letter or digit, or hardly any and all doubtful."""
    letters = sum(c.isalnum() for w in words for c in w.text)
    if not letters:
        return True
    return letters <= 2 and max(w.confidence for w in words) < 0.4
