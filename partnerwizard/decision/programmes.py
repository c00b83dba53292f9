"""Linear programmes over a set of weights, solved by HiGHS.

Apart from `robustness`, so that the solver loads only when one is needed.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import highspy
import numpy as np

from partnerwizard.decision.arrays import TIE, BoolArray, FloatArray


class _Silent(highspy.Highs):
    """HiGHS without the banner that setting up its callbacks prints on standard output, and without them."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the constructor calls it first of all
        self.silent()


def reaches(points: FloatArray, offset: FloatArray, corners: FloatArray, target: float) -> bool:
    """Whether some weights in the hull of the corners and some quantiles bring every row to the target.

    A row is the sum of w·point + offset; w and one quantile for each criterion are the same for all rows.
    points: (R, 3, C), each row's coefficient of w_c at the quantiles 0, 0.5 and 1, linear between them.
    offset: (R,).
    """
    each = points.max(axis=1)
    if (corners @ each.T + offset).max(axis=0).min() < target:
        return False
    choice = points.sum(axis=0).argmax(axis=0)
    same = points[:, choice, np.arange(points.shape[2])]
    if (corners @ same.T + offset).min(axis=1).max() >= target:
        return True
    # Where all rows like the same quantile best, no other one matters.
    allowed = (np.arange(3)[:, np.newaxis] == choice) | (same < each).any(axis=0)
    return _mixture_reaches(points, offset, corners, target, allowed)


def _mixture_reaches(
    points: FloatArray, offset: FloatArray, corners: FloatArray, target: float, allowed: BoolArray
) -> bool:
    """`reaches` with only the allowed (3, C) points of each criterion, by branch and bound.

    The bound lets a criterion's weight be split over its points. What can then be had are mixtures of pairs
    of a corner and a choice of points, so this is a matrix game. It is solved from the other side: find the
    mixture of rows whose best pair is worst over the few pairs so far, add the best pair against it, until
    one bound meets the target. Then a criterion whose weight is split over its low and high points, which no
    quantile can do, loses one or other.
    """
    rows, _, criteria = points.shape
    columns = np.arange(criteria)
    solver = _solver(rows)
    _add_row(solver, np.append(np.ones(rows), 0.0), 1.0, 1.0)
    pairs: list[tuple[int, tuple[int, ...]]] = []
    mixture = np.full(rows, 1.0 / rows)
    value = -math.inf
    while value < target:
        scores = np.where(allowed, np.einsum("r,rpc->pc", mixture, points), -math.inf)
        against = corners @ scores.max(axis=0) + float(mixture @ offset)
        best = int(against.argmax())
        if against[best] < target:
            return False
        choice = scores.argmax(axis=0)
        pair = (best, tuple(choice.tolist()))
        if pair in pairs:
            break
        pairs.append(pair)
        payoff = points[:, choice, columns] @ corners[best] + offset
        _add_row(solver, np.append(-payoff, 1.0), 0.0, math.inf)
        solver.run()
        solution = solver.getSolution()
        value = float(solution.col_value[-1])
        mixture = np.clip(solution.col_value[:-1], 0.0, None)
        mixture /= mixture.sum()
    split = np.zeros((3, criteria))
    for share, (corner, choices) in zip(solution.row_dual[1:], pairs, strict=True):
        split[list(choices), columns] += share * corners[corner]
    torn = np.minimum(split[0], split[2])
    widest = int(torn.argmax())
    if torn[widest] <= TIE:
        return True
    for end in (0, 2):
        fewer = allowed.copy()
        fewer[end, widest] = False
        if _mixture_reaches(points, offset, corners, target, fewer):
            return True
    return False


def _solver(shares: int) -> highspy.Highs:
    """A solver with `shares` columns within 0-1 and a last, free one to be made as small as can be."""
    make: Callable[[], highspy.Highs] = _Silent
    solver = make()
    for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
        solver.setOptionValue(option, 1e-9)
    solver.setOptionValue("threads", 1)
    solver.addVars(shares + 1, np.append(np.zeros(shares), -math.inf), np.append(np.ones(shares), math.inf))
    solver.changeColCost(shares, 1.0)
    return solver


def _add_row(solver: highspy.Highs, coefficients: FloatArray, low: float, high: float) -> None:
    filled = np.flatnonzero(coefficients).astype(np.int32)
    solver.addRow(low, high, len(filled), filled, coefficients[filled])
