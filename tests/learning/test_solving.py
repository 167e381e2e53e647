"""Large symmetric systems solved block by block come out as solved whole."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.learning import solving
from pipeline.learning.solving import solve_symmetric


@pytest.mark.parametrize("size", [1, 6, 7, 8, 20, 21])
def test_in_blocks_as_whole(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "BLOCK", 7)
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(size, size))
    held, wanted = rows @ rows.T + np.eye(size), chance.normal(size=(size, 3))
    before = wanted.copy()
    assert np.allclose(solve_symmetric(held.copy(), wanted), np.linalg.solve(held, wanted), atol=1e-9)
    assert np.array_equal(wanted, before)


def test_what_is_not_positive_is_told() -> None:
    with pytest.raises(np.linalg.LinAlgError):
        solve_symmetric(-np.eye(3), np.ones((3, 1)))
