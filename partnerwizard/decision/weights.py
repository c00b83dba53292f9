"""Sets of weights: everything consistent with ranks within aims, ranks within terms, and what joins the two.

Sources. Uniform draws from a simplex and their ordering: Rubinstein (1982), "Generating random vectors
uniformly distributed inside and on the surface of different regions"; Tervonen and Lahdelma (2007),
"Implementing stochastic multicriteria acceptability analysis". The mean of an ordered simplex, the rank-order
centroid: Barron and Barrett (1996), "Decision quality using ranked attribute weights". Extreme points of
ordered weights: Carrizosa et al. (1995).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np

from partnerwizard.decision.arrays import FloatArray, blocks
from partnerwizard.decision.regions import Hull, Region

Order: TypeAlias = tuple[tuple[int, ...], ...]
"""Groups of column indices, most important first; inside a group nothing is said."""

MOST_CORNERS: Final = 1_000_000


@dataclass(frozen=True)
class BranchedWeights:
    """All weights consistent with ranks within aims, ranks within terms, and what is said between the two.

    Within a branch, every member of a group weighs at least as much as every member of the next group; a
    (aims) and t (terms) are uniform on the simplexes ordered so. The whole vector is (1-T)·a on the aims and
    T·t on the terms. With `swing` None, T is uniform on `terms_share`, independent of a and t. Otherwise r is
    uniform on `swing` and T = r·a1 / (t1 + r·a1), so that t1's weight is r times a1's; a1 and t1 are the top
    group's mean. A branch without criteria leaves the whole weight to the other one, and what joins the two
    then has no effect.

    columns: number of criteria, C; those in neither order always weigh 0.
    terms_share: lowest and highest total weight of the terms, within 0-1; must be given where it is used.
    swing: lowest and highest swing of the top term when the top aim's is 1 (so 40-60 "out of 100" is (0.4,
    0.6)).

    Raises ValueError, naming every problem, for an order that repeats or misses a column, two empty branches,
    and a range that is not a number, negative, upside down or missing.
    """

    columns: int
    aims: Order
    terms: Order
    terms_share: tuple[float, float] | None
    swing: tuple[float, float] | None

    def __post_init__(self) -> None:
        problems = [
            *_order_problems(self.columns, self.aims, self.terms),
            *_range_problems("terms_share", self.terms_share, 1.0),
            *_range_problems("swing", self.swing, math.inf),
        ]
        if self.aims and self.terms and self.terms_share is None and self.swing is None:
            problems.append("neither terms_share nor swing says how aims and terms are joined")
        if problems:
            raise ValueError("; ".join(problems))

    def central(self) -> FloatArray:
        """Central weights, (C,), summing to 1: rank-order centroids joined at the mean T or the mean r."""
        aims, terms = _centroid(self.aims), _centroid(self.terms)
        joint = self.terms_share if self.swing is None else self.swing
        middle = np.array([sum(joint) / 2 if joint else 0.0])
        joined: FloatArray = self._join(aims[np.newaxis], terms[np.newaxis], middle)[0]
        return joined

    def sample(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """`samples` independent weight vectors, (N, C), each summing to 1.

        Aims, terms and what joins them have their own child streams of `rng`, so that a change in one of the
        three leaves the draws of the others as they were. The state of `rng` itself does not move.
        """
        aims_rng, terms_rng, joint_rng = rng.spawn(3)
        low, high = (self.terms_share if self.swing is None else self.swing) or (0.0, 0.0)
        weights = np.empty((samples, self.columns))
        for block in blocks(samples):
            count = block.stop - block.start
            joint = low + (high - low) * joint_rng.random(count)
            aims = _sample_order(self.aims, count, aims_rng)
            weights[block] = self._join(aims, _sample_order(self.terms, count, terms_rng), joint)
        return weights

    def corners(self) -> FloatArray:
        """The extreme points of the set, (K, C), each once; the set is exactly their convex hull.

        A corner of one branch gives equal weight to all earlier groups and a non-empty part of one group (a
        single member of the first group); the set's corners are the pairs of them at each end of T or of r.
        Raises ValueError where there would be more than a million.
        """
        count = 2 * _corner_count(self.aims) * _corner_count(self.terms)
        if count > MOST_CORNERS:
            raise ValueError(f"the weights have {count} corners; at most {MOST_CORNERS} can be listed")
        aims, terms = order_corners(self.aims), order_corners(self.terms)
        a = np.repeat(aims, len(terms), axis=0)
        t = np.tile(terms, (len(aims), 1))
        ends = (self.terms_share if self.swing is None else self.swing) or (0.0,)
        return np.unique(np.concatenate([self._join(a, t, np.full(len(a), end)) for end in ends]), axis=0)

    def region(self) -> Region:
        """The set by its corners."""
        return Hull(self.corners())

    def _join(self, a: FloatArray, t: FloatArray, joint: FloatArray) -> FloatArray:
        """Vectors (N, C) from aims (N, A) and terms (N, B), as the orders list them, and T or r, (N,)."""
        if not self.terms and _flat(self.aims) == list(range(self.columns)):
            return np.ascontiguousarray(a)
        if not self.aims or not self.terms:
            terms_total = np.full(len(joint), 0.0 if self.aims else 1.0)
            aims_total = 1.0 - terms_total
        elif self.swing is None:
            terms_total, aims_total = joint, 1.0 - joint
        else:
            top_aim = joint * a[:, : len(self.aims[0])].mean(axis=1)
            top_term = t[:, : len(self.terms[0])].mean(axis=1)
            terms_total, aims_total = top_aim / (top_term + top_aim), top_term / (top_term + top_aim)
        weights = np.zeros((len(joint), self.columns))
        weights[:, _flat(self.aims)] = a * aims_total[:, np.newaxis]
        weights[:, _flat(self.terms)] = t * terms_total[:, np.newaxis]
        return weights


def _flat(order: Order) -> list[int]:
    return [column for group in order for column in group]


def _order_problems(columns: int, aims: Order, terms: Order) -> list[str]:
    problems = []
    both = _flat(aims) + _flat(terms)
    if not both:
        problems.append("no aim and no term has a weight")
    if () in aims or () in terms:
        problems.append("a group is empty")
    repeated = sorted({column for column in both if both.count(column) > 1})
    problems += [f"column {column} is ranked more than once" for column in repeated]
    problems += [f"column {column} is not one of {columns}" for column in both if not 0 <= column < columns]
    return problems


def _range_problems(name: str, ends: tuple[float, float] | None, most: float) -> list[str]:
    if ends is None:
        return []
    low, high = ends
    if not (math.isfinite(low) and math.isfinite(high)):
        return [f"{name} must be two finite numbers, not {low} and {high}"]
    problems = []
    if low > high:
        problems.append(f"{name} starts at {low}, above its end {high}")
    if min(low, high) < 0:
        problems.append(f"{name} is negative: {low} to {high}")
    if max(low, high) > most:
        problems.append(f"{name} is above {most:g}: {low} to {high}")
    return problems


def _centroid(order: Order) -> FloatArray:
    """Mean of the ordered simplex, (n,): place k gets (1/k + … + 1/n)/n; a group, the mean of its places."""
    n = len(_flat(order))
    places = np.cumsum(1.0 / np.arange(n, 0, -1))[::-1] / max(n, 1)
    means = []
    start = 0
    for group in order:
        means += [float(places[start : start + len(group)].mean())] * len(group)
        start += len(group)
    return np.array(means, dtype=np.float64)


def _sample_order(order: Order, samples: int, rng: np.random.Generator) -> FloatArray:
    """Uniform draws from the ordered simplex, (N, n).

    Independent exponentials divided by their sum are uniform on the simplex; each group takes the largest
    left. Its members keep the order in which they were drawn, which is independent of their sizes.
    """
    drawn = rng.standard_exponential((samples, len(_flat(order))))
    drawn /= drawn.sum(axis=1, keepdims=True)
    if len(order) < 2:
        return drawn
    if len(order) == drawn.shape[1]:
        drawn.sort(axis=1)
        return drawn[:, ::-1]
    largest_first = np.argsort(-drawn, axis=1)
    start = 0
    for group in order:
        largest_first[:, start : start + len(group)].sort(axis=1)
        start += len(group)
    return np.take_along_axis(drawn, largest_first, axis=1)


def _corner_count(order: Order) -> int:
    return max(1, sum(len(group) if i == 0 else 2 ** len(group) - 1 for i, group in enumerate(order)))


def order_corners(order: Order) -> FloatArray:
    """Extreme points of one ordered simplex, (k, n), or one row of no columns for an empty order.

    They are the normalised indicators of the connected up-sets of the order. In the first group only its
    single members are connected; in a later group each non-empty part is, through the groups above it.
    """
    n = len(_flat(order))
    corners = []
    start = 0
    for i, group in enumerate(order):
        members = range(start, start + len(group))
        for size in range(1, 2 if i == 0 else len(group) + 1):
            for part in combinations(members, size):
                corner = np.zeros(n)
                corner[:start] = corner[list(part)] = 1.0 / (start + size)
                corners.append(corner)
        start += len(group)
    return np.array(corners) if corners else np.zeros((1, 0))
