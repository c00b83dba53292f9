"""Sets of weights from what was stated: exact weights, an order, bounds, points, or nothing, and ratio statements.

Draws are uniform (Lebesgue) over the set of normalised weights; for points, uniform over the points and then
normalised. Sources as in `weights` and `polytope`; the mean of normalised points: Cressie, Davis, Folks and Policello
(1981), "The moment-generating function and negative integer moments".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import Final, Protocol

import numpy as np

from partnerwizard.decision.arrays import FloatArray, frozen
from partnerwizard.decision.polytope import MOST_VERTICES, Empty, Polytope
from partnerwizard.decision.regions import Hull, Region
from partnerwizard.decision.weights import BranchedWeights, Order, order_corners

MOST_BOX_CORNERS: Final = 1 << 15


@dataclass(frozen=True, eq=False)
class Statement:
    """coefficients (C,) · weights (or points) >= least."""

    coefficients: FloatArray
    least: float = 0.0


class Contradiction(ValueError):
    """The statements cannot hold together; `statements` holds the positions of the fewest that cannot."""

    def __init__(self, statements: tuple[int, ...]) -> None:
        super().__init__(f"statements {', '.join(map(str, statements))} contradict each other")
        self.statements = statements


class WeightSet(Protocol):
    """A set of normalised weights on C criteria, with its uniform distribution."""

    def central(self) -> FloatArray:
        """The mean, (C,)."""
        ...

    def sample(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """Independent draws, (N, C), each >= 0 and summing to 1."""
        ...

    def region(self) -> Region:
        """The set's closed hull, for exact computations."""
        ...


@dataclass(frozen=True, eq=False)
class ExactWeights:
    """A single vector of weights (C,), already normalised."""

    weights: FloatArray

    def central(self) -> FloatArray:
        """The vector itself."""
        return self.weights

    def sample(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """The vector N times, as a read-only view."""
        return np.broadcast_to(self.weights, (samples, len(self.weights)))

    def region(self) -> Region:
        """The one point."""
        return Hull(self.weights[np.newaxis])


@dataclass(frozen=True)
class RankedWeights:
    """All weights that fit an order of all criteria: exact draws, the rank-order centroid as mean.

    Groups most important first; each member weighs at least as much as each member of the next group. One group says
    nothing, and its set is the whole simplex.
    """

    order: Order

    @cached_property
    def _branch(self) -> BranchedWeights:
        return BranchedWeights(sum(map(len, self.order)), self.order, (), None, None)

    def central(self) -> FloatArray:
        """The rank-order centroid, each group taking the mean of its places."""
        return self._branch.central()

    def sample(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """Exact independent draws."""
        return self._branch.sample(samples, rng)

    def region(self) -> Region:
        """By corners while there are few, else by programmes."""
        columns = sum(map(len, self.order))
        if sum(2 ** len(group) if n else len(group) for n, group in enumerate(self.order)) <= MOST_VERTICES:
            ranked = order_corners(self.order)
            corners = np.zeros_like(ranked)
            corners[:, [column for group in self.order for column in group]] = ranked
            return Hull(corners)
        from partnerwizard.decision.programmes import Cut

        return Cut(columns, np.array([statement.coefficients for statement in order_statements(self.order, columns)]))


class BoundedWeights:
    """All weights, >= 0 and summing to 1, that fit the statements. Raises Contradiction."""

    def __init__(self, columns: int, statements: Sequence[Statement], order: Order = ()) -> None:
        """`order`: an order of all criteria that the statements contain, if there is one; it only speeds up drawing."""
        rows = [statement.coefficients - statement.least for statement in statements]
        around = RankedWeights(order).sample if order else _above(columns, statements)
        self._polytope = Polytope(columns, np.array(rows), around)
        try:
            self._region = _region(self._polytope)
        except Empty:
            raise Contradiction(_smallest(_sum_is_one(columns), statements)) from None

    def central(self) -> FloatArray:
        """The mean of the set, exact for small sets (see `Polytope.mean`)."""
        return self._polytope.mean

    def sample(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """Independent draws (see `Polytope.sample`)."""
        return self._polytope.sample(samples, rng)

    def region(self) -> Region:
        """By corners while there are few, else by programmes."""
        return self._region


class PointWeights:
    """Swing points p (C,), uniform within low <= p <= high and the statements, divided by their sum.

    `statements` are about points and are homogeneous (least 0), so that they say the same of the weights.
    Raises Contradiction, its positions counted over the lows, the highs and the statements, in this order.
    """

    def __init__(self, low: FloatArray, high: FloatArray, statements: Sequence[Statement]) -> None:
        # Only proportions count; in parts of the largest, none is too large or too small to reckon with.
        largest = float(np.max(high)) or 1.0
        self._low, self._high = frozen(low / largest), frozen(high / largest)
        self._rows = np.reshape([statement.coefficients for statement in statements], (-1, len(low)))
        columns = len(low)
        axes = np.eye(columns)
        bounds = [Statement(axis, float(least)) for axis, least in zip(axes, self._low, strict=True)]
        bounds += [Statement(-axis, -float(most)) for axis, most in zip(axes, self._high, strict=True)]
        self._polytope: Polytope | None = None
        try:
            if not np.any(self._high > 0):
                raise Empty("all points are 0")
            if len(statements):
                # Points and what is left up to the sum of all highs, as parts of that sum, are a point of a simplex.
                whole = float(np.sum(self._high))
                rows = np.array([statement.coefficients for statement in (*bounds, *statements)])
                least = np.array([statement.least for statement in (*bounds, *statements)])
                parts = np.column_stack([rows * whole, np.zeros(len(rows))]) - least[:, np.newaxis]
                box = np.all(self._high > self._low)
                self._polytope = Polytope(columns + 1, parts, self._in_the_box if box else None)
                # Whether any points fit shows when their region is made; that of a box waits until it is asked for.
                self.region()
        except Empty:
            raise Contradiction(_smallest((np.ones(columns), 1e-6, math.inf), [*bounds, *statements])) from None

    def central(self) -> FloatArray:
        """The mean of the normalised points: by quadrature without statements, else from a fixed large sample."""
        if self._polytope is None:
            return _mean_of_normalised(self._low, self._high)
        return self._polytope.mean_of(lambda parts: _normalised(parts[:, :-1]))

    def sample(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """Independent draws of the points, divided by their sum."""
        if self._polytope is None:
            points = self._in_the_box(samples, rng)[:, :-1]
        else:
            points = self._polytope.sample(samples, rng)[:, :-1]
        return _normalised(points)

    def region(self) -> Region:
        """By corners while there are few, else by programmes."""
        return self._region

    @cached_property
    def _region(self) -> Region:
        return self._make_region()

    def _in_the_box(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """Points within bounds and what is left up to the sum of all highs, (N, C + 1), as parts of that sum."""
        points = self._low + (self._high - self._low) * rng.random((samples, len(self._low)))
        whole = self._high.sum()
        parts: FloatArray = np.column_stack([points, whole - points.sum(axis=1)]) / whole
        return parts

    def _make_region(self) -> Region:
        free = self._high > self._low
        if self._polytope is None and 2 ** int(free.sum()) <= MOST_BOX_CORNERS:
            ends = [(low, high) if high > low else (low,) for low, high in zip(self._low, self._high, strict=True)]
            corners = np.array(list(product(*ends)))
            return Hull(_normalised(corners[corners.sum(axis=1) > 0]))
        if self._polytope is not None and self._polytope.vertices is not None:
            corners = self._polytope.vertices[:, :-1]
            corners = corners[corners.sum(axis=1) > 1e-12]
            if not len(corners):
                raise Empty("all points are 0")
            return Hull(_normalised(corners))
        from partnerwizard.decision.programmes import Cut

        # Weights w fit when some t > 0 has low·t <= w <= high·t: t is 1 divided by the sum of the points.
        axes, scale = np.eye(len(self._low)), float(self._high.max())
        above = np.column_stack([axes, -self._low / scale])
        below = np.column_stack([-axes, self._high / scale])
        ratios = np.column_stack([self._rows, np.zeros(len(self._rows))])
        return Cut(len(self._low), np.vstack([above, below, ratios]))


def order_statements(order: Order, columns: int) -> list[Statement]:
    """Each member of a group weighs at least as much as each member of the next, in the order's own sequence."""
    return [ratio(columns, more, less, 1.0) for upper, lower in pairwise(order) for more in upper for less in lower]


def ratio(columns: int, more: int, less: int, times: float) -> Statement:
    """The weight of `more` is at least `times` that of `less`."""
    coefficients = np.zeros(columns)
    coefficients[more] += 1.0
    coefficients[less] -= times
    return Statement(coefficients)


def at_least(columns: int, column: int, least: float) -> Statement:
    """One weight is at least `least`."""
    return Statement(np.eye(columns)[column], least)


def at_most(columns: int, column: int, most: float) -> Statement:
    """One weight is at most `most`."""
    return Statement(-np.eye(columns)[column], -most)


def _sum_is_one(columns: int) -> tuple[FloatArray, float, float]:
    return np.ones(columns), 1.0, 1.0


def _above(columns: int, statements: Sequence[Statement]) -> Callable[[int, np.random.Generator], FloatArray] | None:
    """Uniform draws from the weights that meet only the statements of the kind "this one is at least"."""
    low = np.zeros(columns)
    for statement in statements:
        named = np.flatnonzero(statement.coefficients)
        if len(named) == 1 and statement.coefficients[named[0]] == 1:
            low[named[0]] = max(low[named[0]], statement.least)
    rest = 1.0 - float(low.sum())
    if rest <= 0:
        return None

    def draw(samples: int, rng: np.random.Generator) -> FloatArray:
        parts = rng.standard_exponential((samples, columns))
        drawn: FloatArray = low + parts * (rest / parts.sum(axis=1, keepdims=True))
        return drawn

    return draw


def _region(polytope: Polytope) -> Region:
    if polytope.vertices is not None:
        return Hull(_normalised(polytope.vertices))
    from partnerwizard.decision.programmes import Cut

    return Cut(polytope.size, polytope.rows)


def _smallest(always: tuple[FloatArray, float, float], statements: Sequence[Statement]) -> tuple[int, ...]:
    from partnerwizard.decision.programmes import smallest_contradiction

    rows = []
    for each in statements:
        largest = float(np.abs(each.coefficients).max()) or 1.0
        rows.append((each.coefficients / largest, each.least / largest))
    return smallest_contradiction([always], rows)


def _normalised(points: FloatArray) -> FloatArray:
    positive: FloatArray = np.maximum(points, 0.0)
    positive /= positive.sum(axis=1, keepdims=True)
    return positive


def _mean_of_normalised(low: FloatArray, high: FloatArray) -> FloatArray:
    """Mean of p / sum of p for p uniform within bounds, (C,), to about 1e-12.

    1/s is the integral of exp(-x·s) over x from 0, so the mean of p_i/s is that of E[p_i·exp(-x·p_i)] times the
    product of E[exp(-x·p_j)] over the others: one smooth integral, on panels that grow geometrically.
    """
    width = high - low
    scale = float(np.sum(high + low)) / 2
    nodes, weight = np.polynomial.legendre.leggauss(24)
    ends = np.concatenate([[0.0], 2.0 ** np.arange(-10, 34)]) / scale
    half = np.diff(ends)[:, np.newaxis] / 2
    x = (ends[:-1, np.newaxis] + half * (1 + nodes)).ravel()
    share = (half * weight).ravel()
    d = x[:, np.newaxis] * width
    near = d < 1e-3
    safe = np.where(near, 1.0, d)
    # Means of exp(-d·u) and u·exp(-d·u) over u in 0-1, by series where the quotients cancel.
    plain = np.where(near, 1 - d / 2 + d**2 / 6 - d**3 / 24, -np.expm1(-safe) / safe)
    tilted = np.where(near, 0.5 - d / 3 + d**2 / 8 - d**3 / 30, (-np.expm1(-safe) - safe * np.exp(-safe)) / safe**2)
    damped = np.exp(-x[:, np.newaxis] * low)
    factor = plain * damped
    moment = (low * plain + width * tilted) * damped
    positive = high > 0
    logs = np.log(np.maximum(factor[:, positive], 1e-300))
    means = np.zeros(len(low))
    means[positive] = share @ (moment[:, positive] * np.exp(logs.sum(axis=1, keepdims=True) - logs))
    return means / float(means.sum())
