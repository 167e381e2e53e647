"""Offset maps invert, compose and never lose what a span covered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.spans import Edit, OffsetMap, apply_edits

TEXT = st.text(alphabet="aåbö \n", max_size=30)


@st.composite
def edited(draw: st.DrawFn, text: str) -> list[Edit]:
    """Non-overlapping edits of a text."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [Edit(a, b, draw(st.text(alphabet="xyä", max_size=3))) for a, b in pairs]


@given(st.data(), TEXT)
def test_a_span_outside_the_edits_keeps_its_words(data: st.DataObject, text: str) -> None:
    edits = data.draw(edited(text))
    new = apply_edits(text, edits)
    to_new = OffsetMap.from_edits(len(text), edits)
    assert to_new.new_length == len(new)
    at = 0
    for edit in [*edits, Edit(len(text), len(text), "")]:
        start, end = to_new.span(at, edit.start)
        assert new[start:end] == text[at : edit.start]
        assert to_new.inverse().span(start, end) == (at, edit.start) or at == edit.start
        at = edit.end


@given(st.data(), TEXT)
def test_a_span_there_and_back_covers_itself(data: st.DataObject, text: str) -> None:
    edits = data.draw(edited(text))
    to_new = OffsetMap.from_edits(len(text), edits)
    a, b = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    start, end = to_new.span(a, b)
    assert 0 <= start <= end <= to_new.new_length
    back = to_new.inverse().span(start, end)
    assert a == b or all(back[0] <= i < back[1] or _deleted(i, edits) for i in range(a, b))


def _deleted(offset: int, edits: list[Edit]) -> bool:
    return any(e.start <= offset < e.end and not e.after for e in edits)


@given(st.data(), TEXT)
def test_two_maps_compose(data: st.DataObject, text: str) -> None:
    first = data.draw(edited(text))
    middle = apply_edits(text, first)
    second = data.draw(edited(middle))
    new = apply_edits(middle, second)
    one, two = OffsetMap.from_edits(len(text), first), OffsetMap.from_edits(len(middle), second)
    both = one.then(two)
    assert (both.length, both.new_length) == (len(text), len(new))
    at_old = at_new = 0
    for c in both.changed:
        assert text[at_old : c.old_start] == new[at_new : c.new_start]
        at_old, at_new = c.old_end, c.new_end
    assert text[at_old:] == new[at_new:]


def test_an_insertion_at_the_edge_stays_outside() -> None:
    to_new = OffsetMap.from_edits(4, [Edit(2, 2, "---")])
    assert to_new.span(0, 2) == (0, 2)
    assert to_new.span(2, 4) == (5, 7)


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abcd", [Edit(0, 3, ""), Edit(2, 4, "")])
