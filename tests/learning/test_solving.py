"""Large symmetric systems solved block by block come out as solved whole, also without some of their equations."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.learning import solving
from pipeline.learning.solving import Factored, LeftOut

Matrix = NDArray[np.float64]


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "BLOCK", 7)


def system(size: int) -> tuple[Matrix, Matrix]:
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(size, size))
    return rows @ rows.T + np.eye(size), chance.normal(size=(size, 3))


@pytest.mark.parametrize("size", [1, 6, 7, 8, 20, 21])
def test_in_blocks_as_whole(size: int) -> None:
    held, wanted = system(size)
    before = wanted.copy()
    assert np.allclose(Factored(held.copy()).solve(wanted), np.linalg.solve(held, wanted), atol=1e-9)
    assert np.array_equal(wanted, before)


@pytest.mark.parametrize("size", [6, 8, 21])
def test_the_lower_triangle_says_all(size: int) -> None:
    held, wanted = system(size)
    lower = np.where(np.tri(size, dtype=bool), held, 0.0)
    assert np.allclose(Factored(lower).solve(wanted), np.linalg.solve(held, wanted), atol=1e-9)


@pytest.mark.parametrize("places", [[0], [3, 4, 19], [1, 8, 9, 20]])
def test_without_some_equations_as_the_rest_alone(places: list[int]) -> None:
    held, wanted = system(21)
    before, rows = wanted.copy(), np.array(places)
    rest = np.setdiff1d(np.arange(21), rows)
    alone = np.linalg.solve(held[np.ix_(rest, rest)], wanted[rest])
    whole = Factored(held.copy())
    left = LeftOut(whole, rows)
    found = left.solve(wanted)
    assert np.allclose(found[rest], alone, atol=1e-9)
    assert not found[rows].any()
    assert np.allclose(wanted[rows] - left.amiss(whole.solve(wanted)), held[np.ix_(rows, rest)] @ alone, atol=1e-9)
    assert np.array_equal(wanted, before)


def test_what_is_not_positive_is_told() -> None:
    with pytest.raises(np.linalg.LinAlgError):
        Factored(-np.eye(3))
