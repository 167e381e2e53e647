"""Page heads, page numbers and stamps are cut out of the running text."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.repair.edits import TextEdit


def cut_furniture(raw: str, spans: Iterable[tuple[int, int]]) -> list[TextEdit]:
    """Edits that leave out the spans; where a span fills its lines, the line break after it goes too.

    Args:
        raw: The raw text.
        spans: Spans of furniture; overlapping ones are taken together, those outside the text are cut to it.
    """
    edits: list[TextEdit] = []
    for start, end in _merge(raw, spans):
        edits.append(TextEdit(start, end, raw[start:end], "", "furniture", 1.0))
    return edits


def _merge(raw: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(len(raw), end)) for start, end in spans):
        if start >= end:
            continue
        fills_line = (start == 0 or raw[start - 1] in "\n\f") and raw[end : end + 1] == "\n"
        stop = end + 1 if fills_line else end
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged
