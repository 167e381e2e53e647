"""Which channels a passage is about: each may be kept, watched and answered in its own time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.compare.passages import Passages
from pipeline.compare.support import DocumentSupport, Support
from pipeline.swedish.platforms import find_platforms


def set_channels(found: Sequence[tuple[DocumentSupport, Support]]) -> list[tuple[DocumentSupport, Support]]:
    """The passages of a municipality that answer a question, each with its channels; a single one needs none."""
    if len(found) < 2:
        return list(found)
    return [(gathered, replace(one, channels=_channels(gathered.passages, one))) for gathered, one in found]


def _channels(passages: Passages, support: Support) -> frozenset[str]:
    """The channels that a passage's words name, else its row of a table, else the heading above it."""
    unit = passages.unit_at(support.start)
    row = passages.read(unit) if unit is not None and unit.kind == "table_row" else ""
    for text in (support.quote, row, passages.heading_of(unit)):
        named = frozenset(mention.name for mention in find_platforms(text))
        if named:
            return named
    return frozenset()


def are_apart(one: Support, other: Support) -> bool:
    """Whether two passages are about channels of which none is the same."""
    return bool(one.channels and other.channels) and one.channels.isdisjoint(other.channels)
