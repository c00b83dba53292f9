"""Linear programmes over sets of weights. The solver loads only where the plain bounds do not settle a question."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from partnerwizard.decision.arrays import TIE, BoolArray, FloatArray
from partnerwizard.decision.polytope import Empty, Polytope
from partnerwizard.decision.regions import Region

MOST_ROUNDS: Final = 400
"""Rounds after which the search for the smallest contradiction is content with one that no part can be left out of."""


class Cut:
    """The weights w >= 0, sum 1, for which some extra u >= 0 gives rows @ (w, u) >= 0: a `Region` asked by programmes.

    columns: number of weights, C. rows: (m, C + number of extras). Raises Empty where there are no such weights.
    """

    def __init__(self, columns: int, rows: FloatArray) -> None:
        from partnerwizard.decision.solver import Solver

        self._columns = columns
        self._extras = np.zeros(rows.shape[1] - columns)
        most = np.append(np.ones(columns), np.full(len(self._extras), math.inf))
        self._solver = Solver(np.zeros(len(most)), most)
        self._solver.add_row(np.append(np.ones(columns), self._extras), 1.0, 1.0)
        for row in rows:
            self._solver.add_row(row, 0.0, math.inf)
        self._members: list[FloatArray] = []
        self._rows = rows
        self.best(np.zeros(columns))

    @property
    def members(self) -> FloatArray:
        """The weights found so far, (K, C)."""
        return np.array(self._members)

    def best(self, objective: FloatArray) -> FloatArray:
        """Weights (C,) at which the objective (C,) is largest."""
        self._solver.minimise(np.append(-objective, self._extras))
        solution = self._solver.solve()
        if solution is None:
            raise Empty("no weights fit all the statements")
        found: FloatArray = np.clip(solution[0][: self._columns], 0.0, None)
        found /= found.sum()
        if not any(np.array_equal(found, known) for known in self._members):
            self._members.append(found)
        return found

    def most(self, objectives: FloatArray) -> FloatArray:
        """The largest value of each objective, (R,) from (R, C)."""
        return np.array([objective @ self.best(objective) for objective in objectives])

    def most_ratios(self, rows: Sequence[int], column: int) -> FloatArray:
        """The largest ratio of each row's weight to the column's, (R,): the cone cut where the column weighs 1."""
        from partnerwizard.decision.solver import Solver

        size = self._rows.shape[1]
        solver = Solver(np.zeros(size), np.full(size, math.inf))
        axes = np.eye(size)
        solver.add_row(axes[column], 1.0, 1.0)
        for row in self._rows:
            solver.add_row(row, 0.0, math.inf)
        found = []
        for row in rows:
            solver.minimise(-axes[row])
            solution = solver.solve()
            found.append(math.inf if solution is None else float(solution[0][row]))
        return np.array(found)


def far_points(polytope: Polytope) -> FloatArray:
    """Points of the set whose mean is inside it, (K, n): the farthest along each coordinate and each row, both ways.

    Raises Empty.
    """
    region = Cut(polytope.size, polytope.rows)
    axes = np.vstack([np.eye(polytope.size), polytope.rows])
    return np.array([region.best(sign * axis) for axis in axes for sign in (1.0, -1.0)])


def smallest_contradiction(
    always: Sequence[tuple[FloatArray, float, float]], statements: Sequence[tuple[FloatArray, float]]
) -> tuple[int, ...]:
    """The fewest statements that cannot hold together, as positions; empty if all can.

    Over x >= 0. always: rows (coefficients, least, most) that hold anyway. statements: (coefficients, least).
    A contradiction must hit the complement of every set of statements that can hold; the smallest set that does is the
    smallest contradiction once it is one itself (implicit hitting sets: Ignatiev et al. (2015), "Smallest MUS
    extraction with minimal hitting set dualization"). After MOST_ROUNDS, a contradiction of which no part can be left
    out, the tightest bounds kept.
    """
    together = Together(always, statements)
    return fewest(together.fits, sorted(range(len(statements)), key=lambda n: (float(statements[n][1]), n)))


def fewest(fits: Callable[[frozenset[int]], bool], order: Sequence[int], rounds: int = MOST_ROUNDS) -> tuple[int, ...]:
    """The fewest of the numbers in `order` that do not fit together; empty if all do.

    `fits` must hold for every part of a set for which it holds. The search and its end as in `smallest_contradiction`;
    what comes early in `order` is left out first where there is a choice.
    """
    return fewest_known(fits, order, lambda done: done < rounds)[0]


def fewest_known(
    fits: Callable[[frozenset[int]], bool], order: Sequence[int], go_on: Callable[[int], bool]
) -> tuple[tuple[int, ...], bool]:
    """The same, and whether they are known to be the fewest. `go_on` is asked with the number of rounds done."""
    everything = frozenset(order)
    if fits(everything):
        return (), True
    found = everything
    for each in order:
        if not fits(found - {each}):
            found -= {each}
    to_hit: list[frozenset[int]] = []
    while go_on(len(to_hit)):
        few = smallest_hit(to_hit, len(found))
        if few is None:
            return tuple(sorted(found)), True
        if not fits(few):
            return tuple(sorted(few)), True
        grown = few
        for each in sorted(everything - few):
            if fits(grown | {each}):
                grown |= {each}
        to_hit.append(everything - grown)
    return tuple(sorted(found)), smallest_hit(to_hit, len(found)) is None


class Together:
    """Whether some of a number of statements can hold together."""

    def __init__(
        self, always: Sequence[tuple[FloatArray, float, float]], statements: Sequence[tuple[FloatArray, float]]
    ) -> None:
        from partnerwizard.decision.solver import Solver

        size = len(always[0][0])
        self._solver = Solver(np.zeros(size), np.full(size, math.inf))
        for coefficients, least, most in always:
            self._solver.add_row(coefficients, least, most)
        self._first = len(always)
        self._least = [least for _, least in statements]
        for coefficients, _ in statements:
            self._solver.add_row(coefficients, -math.inf, math.inf)
        self._known: dict[frozenset[int], bool] = {}

    def fits(self, chosen: frozenset[int]) -> bool:
        """Whether the statements at these positions hold for some x."""
        if chosen not in self._known:
            for n, least in enumerate(self._least):
                self._solver.change_row(self._first + n, least if n in chosen else -math.inf, math.inf)
            self._known[chosen] = self._solver.solve() is not None
        return self._known[chosen]


def smallest_hit(to_hit: Sequence[frozenset[int]], below: int) -> frozenset[int] | None:
    """A smallest set that shares a member with each of `to_hit`, or None if none of fewer than `below` does."""
    for size in range(below):
        if (found := _hit(to_hit, frozenset(), size)) is not None:
            return found
    return None


def _hit(to_hit: Sequence[frozenset[int]], chosen: frozenset[int], left: int) -> frozenset[int] | None:
    open_sets = [each for each in to_hit if not each & chosen]
    if not open_sets:
        return chosen
    if left == 0:
        return None
    fewest = min(len(each) for each in open_sets)
    for member in sorted(next(each for each in open_sets if len(each) == fewest)):
        if (found := _hit(open_sets, chosen | {member}, left - 1)) is not None:
            return found
    return None


def reaches(points: FloatArray, offset: FloatArray, region: Region, target: float) -> bool:
    """Whether some weights in the region and some quantiles bring every row to the target.

    A row is the sum of w·point + offset; w and one quantile for each criterion are the same for all rows.
    points: (R, 3, C), each row's coefficient of w_c at the quantiles 0, 0.5 and 1, linear between them.
    offset: (R,).
    """
    each = points.max(axis=1)
    if (region.most(each) + offset).min() < target:
        return False
    choice = points.sum(axis=0).argmax(axis=0)
    same = points[:, choice, np.arange(points.shape[2])]
    if (region.members @ same.T + offset).min(axis=1).max() >= target:
        return True
    # Where all rows like the same quantile best, no other one matters.
    allowed = (np.arange(3)[:, np.newaxis] == choice) | (same < each).any(axis=0)
    return _mixture_reaches(points, offset, region, target, allowed)


def _mixture_reaches(points: FloatArray, offset: FloatArray, region: Region, target: float, allowed: BoolArray) -> bool:
    """`reaches` with only the allowed (3, C) points of each criterion, by branch and bound.

    The bound lets a criterion's weight be split over its points. What can then be had are mixtures of pairs
    of a corner and a choice of points, so this is a matrix game. It is solved from the other side: find the
    mixture of rows whose best pair is worst over the few pairs so far, add the best pair against it, until
    one bound meets the target. Then a criterion whose weight is split over its low and high points, which no
    quantile can do, loses one or other.
    """
    from partnerwizard.decision.solver import Solver

    rows, _, criteria = points.shape
    columns = np.arange(criteria)
    # A share of each row, and last, free, the value of the best pair against that mixture of rows.
    solver = Solver(np.append(np.zeros(rows), -math.inf), np.append(np.ones(rows), math.inf))
    solver.minimise(np.append(np.zeros(rows), 1.0))
    solver.add_row(np.append(np.ones(rows), 0.0), 1.0, 1.0)
    prices = np.zeros(1)
    pairs: list[tuple[FloatArray, tuple[int, ...]]] = []
    mixture = np.full(rows, 1.0 / rows)
    value = -math.inf
    while value < target:
        scores = np.where(allowed, np.einsum("r,rpc->pc", mixture, points), -math.inf)
        against = scores.max(axis=0)
        best = region.best(against)
        if float(against @ best + mixture @ offset) < target:
            return False
        choice = scores.argmax(axis=0)
        chosen = tuple(choice.tolist())
        if any(chosen == choices and np.array_equal(best, corner) for corner, choices in pairs):
            break
        pairs.append((best, chosen))
        payoff = points[:, choice, columns] @ best + offset
        solver.add_row(np.append(-payoff, 1.0), 0.0, math.inf)
        solution = solver.solve()
        assert solution is not None, "any mixture of rows has a value"
        shares, prices = solution
        value = float(shares[-1])
        mixture = np.clip(shares[:-1], 0.0, None)
        mixture /= mixture.sum()
    split = np.zeros((3, criteria))
    for share, (corner, choices) in zip(prices[1:], pairs, strict=True):
        split[list(choices), columns] += share * corner
    torn = np.minimum(split[0], split[2])
    widest = int(torn.argmax())
    if torn[widest] <= TIE:
        return True
    for end in (0, 2):
        fewer = allowed.copy()
        fewer[end, widest] = False
        if _mixture_reaches(points, offset, region, target, fewer):
            return True
    return False
