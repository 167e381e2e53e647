"""Solves large symmetric systems block by block: an equation for each example, and little room beside them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular

Matrix = NDArray[np.float64]

BLOCK = 4096
"""Equations taken at a time. Routines for whole matrices of more than two gigabytes fail in some builds of LAPACK."""


def solve_symmetric(held: Matrix, wanted: Matrix) -> Matrix:
    """The X for which A X is what is wanted, by Cholesky's factors in blocks (Golub and Van Loan 2013).

    Args:
        held: A, symmetric and positive definite; it is used up.
        wanted: One column a system.

    Raises:
        numpy.linalg.LinAlgError: When A is not positive definite.
    """
    size = len(held)
    blocks = [slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK)]
    for own in blocks:
        held[own, own] = cholesky(held[own, own], lower=True)
        held[own.stop :, own] = solve_triangular(held[own, own], held[own.stop :, own].T, lower=True).T
        for later in blocks[own.stop // BLOCK :] if own.stop < size else ():
            held[later.start :, later] -= held[later.start :, own] @ held[later, own].T
    found = wanted.copy()
    for own in blocks:
        left = found[own] - held[own, : own.start] @ found[: own.start]
        found[own] = solve_triangular(held[own, own], left, lower=True)
    for own in reversed(blocks):
        left = found[own] - held[own.stop :, own].T @ found[own.stop :]
        found[own] = solve_triangular(held[own, own], left, lower=True, trans=1)
    return found
