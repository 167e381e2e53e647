"""People are hidden, functions and numbers of things are not, and no offset moves."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.masking import DOT, find_people, mask_document, mask_spans

CASES = yaml.safe_load(Path(__file__).with_name("people.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_people_are_found_and_nothing_else(case: dict[str, Any]) -> None:
    assert [case["text"][start:end] for start, end in find_people(case["text"])] == case["people"]


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_masking_keeps_length_and_everything_outside(text: str, spans: list[tuple[int, int]]) -> None:
    spans = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in spans]
    shown = mask_spans(text, spans)
    inside = {i for start, end in spans for i in range(start, end)}
    assert len(shown) == len(text)
    for i, (before, after) in enumerate(zip(text, shown, strict=True)):
        assert after == (DOT if i in inside and not before.isspace() else before)


@given(st.text(alphabet="Handläggare: KarinÖdman\n0123-456789 @.", max_size=200))
def test_spans_are_sorted_apart_and_inside_the_text(text: str) -> None:
    spans = find_people(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_words_without_a_place_are_masked_by_what_the_document_hides() -> None:
    mask = mask_document("Handläggare: Karin Ödman", people=True)
    assert mask.words("Ansvarig är Karin Ödman, kommunikatör") == "Ansvarig är ••••• •••••, kommunikatör"
    assert mask_document("Handläggare: Karin Ödman", people=False).text == "Handläggare: Karin Ödman"
