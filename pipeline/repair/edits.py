"""Edits of a text with their rule and confidence: made, ordered, carried over from a text in between to the raw one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.spans import Edit, OffsetMap, apply_edits


@dataclass(frozen=True, slots=True)
class TextEdit:
    """One edit of the raw text.

    Attributes:
        raw_start: Offset in the raw text, in code points.
        raw_end: Offset, exclusive.
        before: raw[raw_start:raw_end].
        after: What stands there instead.
        rule: The rule that made it.
        confidence: Probability that the edit is right.
        status: "applied", "suggested" or "rejected".
    """

    raw_start: int
    raw_end: int
    before: str
    after: str
    rule: str
    confidence: float
    status: str = "applied"


def make_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """The text with the applied edits made."""
    return apply_edits(text, as_spans(edits))


def as_spans(edits: Iterable[TextEdit]) -> list[Edit]:
    """The applied edits, as the offset map takes them."""
    return [Edit(edit.raw_start, edit.raw_end, edit.after) for edit in edits if edit.status == "applied"]


def compose_edits(raw: str, first: Sequence[TextEdit], second: Sequence[TextEdit]) -> list[TextEdit]:
    """Edits of the raw text that do what two rounds of edits do one after the other.

    Args:
        raw: The raw text.
        first: Edits of the raw text.
        second: Edits of the text that the first ones make.

    Returns:
        Edits in order. Where an edit of the second round touches one of the first, the two are one edit that bears
        the names of both rules.
    """
    middle = make_edits(raw, first)
    back = OffsetMap.from_edits(len(raw), as_spans(first)).inverse()
    ahead = OffsetMap.from_edits(len(raw), as_spans(first))
    open_first = [edit for edit in first if edit.status == "applied"]
    result = [edit for edit in first if edit.status != "applied"]
    for edit in second:
        raw_start, raw_end = back.span(edit.raw_start, edit.raw_end)
        touched = [one for one in open_first if one.raw_start < raw_end and raw_start < one.raw_end]
        if not touched:
            result.append(replace(edit, raw_start=raw_start, raw_end=raw_end, before=raw[raw_start:raw_end]))
            continue
        raw_start = min(raw_start, *(one.raw_start for one in touched))
        raw_end = max(raw_end, *(one.raw_end for one in touched))
        start, end = ahead.span(raw_start, raw_end)
        after = middle[start : edit.raw_start] + edit.after + middle[edit.raw_end : end]
        if edit.status != "applied":
            result.append(
                replace(edit, raw_start=raw_start, raw_end=raw_end, before=raw[raw_start:raw_end], after=after)
            )
            continue
        open_first = [one for one in open_first if one not in touched]
        rule = "+".join(dict.fromkeys([*(one.rule for one in touched), edit.rule]))
        confidence = min(edit.confidence, *(one.confidence for one in touched))
        result.append(TextEdit(raw_start, raw_end, raw[raw_start:raw_end], after, rule, confidence))
    return sorted([*result, *open_first], key=lambda edit: (edit.raw_start, edit.raw_end, edit.status, edit.rule))
