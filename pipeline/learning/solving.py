"""Solves large symmetric systems block by block: an equation for each example, and little room beside them.

A system is factored once. What a solution would be without some of its equations follows from the same factors, so that
models which have not seen some of the examples cost little more than the one that has seen them all.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, cholesky, solve_triangular

Matrix = NDArray[np.float64]
Rows = NDArray[np.int64]

BLOCK = 4096
"""Equations taken at a time. Routines for whole matrices of more than two gigabytes fail in some builds of LAPACK."""


class Factored:
    """A symmetric, positive definite A by Cholesky's factors in blocks (Golub and Van Loan 2013)."""

    def __init__(self, held: Matrix) -> None:
        """Factor A.

        Args:
            held: A, of which only the lower triangle is looked at; it is used up.

        Raises:
            numpy.linalg.LinAlgError: When A is not positive definite.
        """
        self._lower = held
        self._blocks = [slice(start, min(start + BLOCK, len(held))) for start in range(0, len(held), BLOCK)]
        for own in self._blocks:
            held[own, own] = cholesky(held[own, own], lower=True)
            held[own.stop :, own] = solve_triangular(held[own, own], held[own.stop :, own].T, lower=True).T
            for later in self._blocks[own.stop // BLOCK :] if own.stop < len(held) else ():
                held[later.start :, later] -= held[later.start :, own] @ held[later, own].T

    def solve(self, wanted: Matrix) -> Matrix:
        """The X for which A X is what is wanted, one column a system."""
        found = self._forward(wanted.copy())
        for own in reversed(self._blocks):
            left = found[own] - self._lower[own.stop :, own].T @ found[own.stop :]
            found[own] = solve_triangular(self._lower[own, own], left, lower=True, trans=1)
        return found

    def inverse_at(self, rows: Rows) -> Matrix:
        """The part of the inverse of A that lies in some rows and the same columns."""
        places = np.zeros((len(self._lower), len(rows)))
        places[rows, np.arange(len(rows))] = 1.0
        half = self._forward(places)
        return np.asarray(half.T @ half)

    def _forward(self, found: Matrix) -> Matrix:
        """The X for which L X is what is given, which is used up; L is the lower factor of A."""
        for own in self._blocks:
            left = found[own] - self._lower[own, : own.start] @ found[: own.start]
            found[own] = solve_triangular(self._lower[own, own], left, lower=True)
        return found


class LeftOut:
    """Solutions of a system A X = Y without some of its equations and their unknowns, from the factors of the whole.

    With B for the part of the inverse of A that lies in what is left out, the rest foretells Y - inverse(B) X there:
    what is known of leaving out one example (Hastie, Tibshirani and Friedman 2009, 7.10), for many at once.
    """

    def __init__(self, system: Factored, rows: Rows) -> None:
        """Leave the equations of these rows out."""
        self.rows = rows
        self._system = system
        self._factors = cho_factor(system.inverse_at(rows), lower=True, overwrite_a=True)

    def amiss(self, solved: Matrix) -> Matrix:
        """How far below what is wanted in the rows lies what the rest foretells, by the solution of the whole."""
        return np.asarray(cho_solve(self._factors, solved[self.rows]))

    def solve(self, wanted: Matrix) -> Matrix:
        """The solution of the rest of the system, with noughts in the rows that are left out."""
        rest = wanted.copy()
        rest[self.rows] -= self.amiss(self._system.solve(wanted))
        found = self._system.solve(rest)
        found[self.rows] = 0.0
        return found
