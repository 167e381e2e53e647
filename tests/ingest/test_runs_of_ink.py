"""Whether a page has a ruled line is told by stretches first: the answer is that of sliding sums over all of it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from pipeline.ingest.cleaning import _has_run


@settings(max_examples=300, deadline=None)
@given(
    arrays.arrays(
        np.uint8, st.tuples(st.integers(4, 30), st.integers(4, 30)), elements=st.integers(0, 1), fill=st.just(1)
    ),
    st.integers(4, 12),
    st.booleans(),
)
def test_a_run_is_found_where_one_is(ink: NDArray[np.uint8], length: int, lying: bool) -> None:
    rows = ink if lying else ink.T
    half = length // 2
    edged = np.pad(rows, ((0, 0), (half, half)), constant_values=1)
    # A window's middle lies on the page; what it has beyond the edge counts as ink.
    starts = range(rows.shape[1])
    wanted = any(
        edged[:, at : at + length].sum(axis=1).max() >= length for at in starts if at + length <= edged.shape[1]
    )
    assert _has_run(ink, (length, 1) if lying else (1, length)) == wanted
