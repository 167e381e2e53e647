"""Whether a page has a ruled line at all is told without opening it; both ways must agree."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.cleaning import _has_run


@given(
    seed=st.integers(0, 2**32 - 1),
    shape=st.tuples(st.integers(10, 90), st.integers(10, 90)),
    share=st.sampled_from([0.5, 0.9, 0.97]),
    length=st.integers(2, 30),
)
@settings(deadline=None)
def test_a_run_is_found_where_an_opened_page_has_ink_left(
    seed: int, shape: tuple[int, int], share: float, length: int
) -> None:
    ink = (np.random.default_rng(seed).random(shape) < share).astype(np.uint8)
    for along in ((length, 1), (1, length)):
        opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along))
        assert _has_run(ink, along) == bool(opened.any())
