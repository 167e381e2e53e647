"""The text layer of a PDF page: its words with boxes and fields, and their lines, what the page does not show apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.ingest.assembly import DraftLine, DraftWord
from pipeline.ingest.layout import LaidWord, lay_out
from pipeline.ingest.options import option_lines
from pipeline.ingest.pdf_unseen import unseen_words
from pipeline.ingest.side_notes import lay_out_with_notes


@dataclass(frozen=True, slots=True)
class TextLayer:
    """What a page's text layer holds.

    Attributes:
        words: Those that stand upright to the reader.
        turned: Those that do not.
        lies: Whether the page was turned upright for them.
    """

    words: list[LaidWord] = field(default_factory=list)
    turned: list[DraftWord] = field(default_factory=list)
    lies: bool = False


def read_layer(page: Any) -> TextLayer:
    """The words of a page's text layer; of one that lies on its side after the page was set upright.

    A page whose letters stand at odd angles has none: OCR sees whether it can set them upright.
    """
    import pypdfium2

    from pipeline.ingest.pdf_words import page_words, quarter_turns

    try:
        words, turned = page_words(page)
        turns = quarter_turns(page) if len(turned) > len(words) else 0
        if turns:
            # The page lies on its side, without the mark that would turn it: here and in its picture it stands upright.
            page.set_rotation((page.get_rotation() + 90 * turns) % 360)
            words, turned = page_words(page)
    except pypdfium2.PdfiumError:
        return TextLayer()
    return TextLayer() if len(turned) > len(words) else TextLayer(words, turned, bool(turns))


def layer_lines(page: Any, layer: TextLayer, *, path: Path, number: int) -> list[DraftLine]:
    """The lines of a text layer in reading order, tables as rows; empty where it has none."""
    from pipeline.ingest.open_tables import take_open_tables
    from pipeline.ingest.pdf_boxes import with_boxes
    from pipeline.ingest.pdf_notes import typed_words
    from pipeline.ingest.pdf_tables import may_have_tables, take_tables, with_tables
    from pipeline.ingest.pdf_words import marginal_lines

    words = with_boxes(page, layer.words) + typed_words(page)
    if not words or layer.lies:
        return option_lines(lay_out_with_notes(words, origin="text")) + marginal_lines(layer.turned)
    ruled, others = take_tables(path, number, words) if may_have_tables(page) else ([], words)
    unruled, others = take_open_tables(others)
    lines = with_tables(option_lines(lay_out_with_notes(others, origin="text")), [*ruled, *unruled])
    return lines + marginal_lines(layer.turned)


def unseen_apart(layer: TextLayer, seen: Sequence[int]) -> tuple[TextLayer, list[DraftLine]]:
    """The layer without the words that the page's picture does not show, and those as lines apart from the text.

    `seen` is what `contrasts` gives for the layer's words.
    """
    unseen = unseen_words(layer.words, seen)
    if not unseen:
        return layer, []
    left_out = {id(word) for word in unseen}
    shown = replace(layer, words=[word for word in layer.words if id(word) not in left_out])
    return shown, _apart(unseen)


def _apart(words: Sequence[LaidWord]) -> list[DraftLine]:
    return [replace(line, role="annotation", gap=True) for line in lay_out(words, origin="text")]
