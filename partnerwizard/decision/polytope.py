"""Convex sets cut out of the unit simplex by linear statements: their corners, means and uniform draws.

A set is {x in R^n: x >= 0, sum of x = 1, rows @ x >= 0}. A statement with a constant, a·x >= b, is the row a - b,
because x sums to 1.

Sources. Corners: the double description method, Motzkin et al. (1953), with the combinatorial test of adjacency,
Fukuda and Prodon (1996), "Double description method revisited". Small sets are cut into simplices by pulling, Büeler,
Enge and Fukuda (2000), "Exact volume computation for polytopes", drawn from by volume, and their mean is exact.
Larger ones are drawn from by hit-and-run, Smith (1984), on coordinates scaled by the set's own spread, as in Lovász and
Vempala (2006), "Hit-and-run from a corner".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from partnerwizard.decision.arrays import TIE, BoolArray, FloatArray, IntArray, blocks, frozen

MOST_VERTICES: Final = 4000
"""A set with more corners than this is not listed by its corners but asked by linear programmes."""

MOST_SIMPLICES: Final = 20_000
"""A set that falls into more simplices than this is drawn from by hit-and-run."""

WORTHWHILE: Final = 0.02
"""Draws from around a set are used if at least this share of them is in it; so nothing ever waits for rare draws."""

_PAIRS: Final = 1 << 22
_PILOT_CHAINS: Final = 2048
_MEAN_SWEEPS: Final = 64
_MEAN_SAMPLES: Final = 1 << 18
_FEWEST_SWEEPS: Final = 8
_MOST_SWEEPS: Final = 2048
_AGREE: Final = 4.5
_CLOSEST: Final = 1e-15


class Empty(ValueError):
    """No point fits all the statements."""


@dataclass(frozen=True, eq=False)
class Polytope:
    """A set as above.

    size: number of coordinates, n. rows: (m, n), each scaled to a largest entry of 1; only statements beyond x >= 0.
    around: exact uniform draws, (N, n), from some larger set of the same dimension, if there are any.
    Points whose rows are above -1e-9 count as members. Raises ValueError for numbers that are not finite.
    """

    size: int
    rows: FloatArray
    around: Callable[[int, np.random.Generator], FloatArray] | None = None

    def __post_init__(self) -> None:
        rows = np.reshape(np.array(self.rows, dtype=np.float64), (-1, self.size))
        if not np.isfinite(rows).all():
            raise ValueError("a statement holds a number that is not finite")
        largest = np.abs(rows).max(axis=1, keepdims=True, initial=0.0)
        object.__setattr__(self, "rows", frozen((rows / np.where(largest > 0, largest, 1.0))[largest[:, 0] > 0]))

    @cached_property
    def _listed(self) -> tuple[FloatArray, BoolArray] | None:
        """The corners (K, n) and which of the n + m conditions each meets exactly; None if there are too many."""
        return _corners(self.size, self.rows)

    @property
    def vertices(self) -> FloatArray | None:
        """The corners, (K, n), or None if there are more than MOST_VERTICES. Raises Empty."""
        return None if self._listed is None else self._listed[0]

    @cached_property
    def mean(self) -> FloatArray:
        """The mean of the uniform distribution on the set, (n,).

        Exact where the set falls into at most MOST_SIMPLICES simplices; otherwise from a fixed large sample, with a
        standard error of a few ten-thousandths of the set's width.
        """
        if self._simplices is None:
            return self.mean_of(_same)
        corners, share = self._simplices
        centres: FloatArray = share @ corners.mean(axis=1)
        return centres

    def mean_of(self, function: Callable[[FloatArray], FloatArray]) -> FloatArray:
        """The mean of a function of the points, (N, n) to (N, k), from a fixed large sample, (k,)."""
        if self._simplices is None and self._accepted < WORTHWHILE:
            return self._walk.mean_of(function)
        rng = np.random.default_rng(0)
        samples = _MEAN_SAMPLES if self._simplices else int(_MEAN_SAMPLES * min(1.0, 8 * self._accepted))
        parts = [function(self.sample(block.stop - block.start, rng)).sum(axis=0) for block in blocks(samples)]
        found: FloatArray = np.sum(parts, axis=0) / samples
        return found

    def sample(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """Independent uniform draws from the set, (N, n): exact, or at the end of separate hit-and-run chains."""
        if self._simplices is None and self._accepted < WORTHWHILE:
            return self._walk.sample(samples, rng)
        if self._simplices is None:
            return self._members(samples, rng)
        corners, share = self._simplices
        chosen = np.searchsorted(np.cumsum(share)[:-1], rng.random(samples), side="right")
        parts = rng.standard_exponential((samples, corners.shape[1]))
        parts /= parts.sum(axis=1, keepdims=True)
        drawn: FloatArray = (
            np.einsum("nk,kc->nc", parts, corners[0])
            if len(corners) == 1
            else np.einsum("nk,nkc->nc", parts, corners[chosen])
        )
        return drawn

    @cached_property
    def _simplices(self) -> tuple[FloatArray, FloatArray] | None:
        """Simplices (S, d+1, n) that make up the set and their shares of its volume, (S,); None if too many."""
        if self._listed is None:
            return None
        vertices, tight = self._listed
        _, scale, basis = _spread(vertices)
        dimension = len(scale)
        if dimension == 0:
            return vertices[:1, np.newaxis], np.ones(1)
        cut = _triangulated(tight, dimension)
        if cut is None:
            return None
        corners = vertices[np.array(cut)]
        flat = (corners[:, 1:] - corners[:, :1]) @ (basis / scale)
        volume = np.abs(np.linalg.det(flat))
        return corners, volume / volume.sum()

    @cached_property
    def _accepted(self) -> float:
        """The share of draws from around the set that are in it."""
        if self.around is None:
            return 0.0
        return float(np.mean(self._inside(self.around(_PILOT_CHAINS, np.random.default_rng(0)))))

    def _inside(self, points: FloatArray) -> BoolArray:
        return np.asarray((points @ self.rows.T).min(axis=1, initial=0.0) >= 0.0)

    def _members(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """Exact draws: those from around the set that are in it, which one in WORTHWHILE or more of them are."""
        assert self.around is not None
        found: list[FloatArray] = []
        missing = samples
        while missing > 0:
            points = self.around(int(1.1 * missing / self._accepted) + 64, rng)
            found.append(points[self._inside(points)][:missing])
            missing -= len(found[-1])
        return np.concatenate(found) if found else np.zeros((0, self.size))

    @cached_property
    def _walk(self) -> Walk:
        conditions = np.vstack([np.eye(self.size), self.rows])
        if self._listed is not None:
            return Walk(conditions, self._listed[0])
        from partnerwizard.decision.programmes import far_points

        return Walk(conditions, far_points(self))


class Walk:
    """Hit-and-run on a set {x: conditions @ x >= 0, sum of x = 1}, given points whose mean is inside it.

    A sweep goes along each axis of a random orthonormal basis. All chains of a run share the bases and nothing else, so
    they are independent of each other. Chains start at random states of a pilot run, in which chains from the middle
    and chains from the far points had to agree in mean and spread; a run is as many sweeps long as the pilot needed,
    twice over.
    """

    def __init__(self, conditions: FloatArray, far: FloatArray) -> None:
        self._centre, scale, basis = _spread(far)
        self._lift = (basis * scale).T
        self._set(conditions)
        if not len(self._slope):  # narrower than a tie in every direction: a point, as far as anybody can tell
            self._sweeps, self._pool = 0, np.zeros((_PILOT_CHAINS, len(scale)))
            return
        start = (far - self._centre) @ (basis / scale)
        rng = np.random.default_rng(0)
        # The far points say little about the spread of the bulk; two short runs say more.
        states = np.zeros((_PILOT_CHAINS, len(scale)))
        for _ in range(3):
            states = self._chains(states, 2 * _FEWEST_SWEEPS, rng)
            middle, wide, axes = _spread(states, 0.0)
            self._centre = self._centre + middle @ self._lift
            self._lift = (axes * wide).T @ self._lift
            self._set(conditions)
            states = (states - middle) @ (axes / wide)
            start = (start - middle) @ (axes / wide)
        self._sweeps, self._pool = self._settled(start, rng)

    def _set(self, conditions: FloatArray) -> None:
        slope = conditions @ self._lift.T
        moves = np.abs(slope).max(axis=1) > TIE
        self._slope = slope[moves]
        self._room = np.maximum(conditions[moves] @ self._centre, 0.0)

    def _settled(self, start: FloatArray, rng: np.random.Generator) -> tuple[int, FloatArray]:
        """How many sweeps a run needs, and the states after a pilot run that long."""
        size = self._lift.shape[0]
        middle = np.zeros((_PILOT_CHAINS, size))
        edge = 0.98 * start[rng.integers(len(start), size=_PILOT_CHAINS)]
        sweeps, done = _FEWEST_SWEEPS, 0
        while True:
            middle = self._chains(middle, sweeps - done, rng)
            edge = self._chains(edge, sweeps - done, rng)
            done = sweeps
            if _agree(middle, edge) or sweeps >= _MOST_SWEEPS:
                return 2 * sweeps, np.vstack([middle, edge])
            sweeps *= 2

    def sample(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """Points at the end of as many separate runs, (N, n)."""
        starts = self._pool[rng.integers(len(self._pool), size=samples)]
        return self._points(self._chains(starts, self._sweeps, rng))

    def _points(self, states: FloatArray) -> FloatArray:
        """The states as points of the set, (N, n)."""
        found: FloatArray = np.maximum(self._centre + states @ self._lift, 0.0)
        found /= found.sum(axis=1, keepdims=True)
        return found

    def mean_of(self, function: Callable[[FloatArray], FloatArray]) -> FloatArray:
        """The mean of a function of the points over a fixed long run of the pilot's chains."""
        rng = np.random.default_rng(1)
        states = self._pool
        parts = []
        for _ in range(_MEAN_SWEEPS):
            states = self._chains(states, 1, rng)
            parts.append(function(self._points(states)).mean(axis=0))
        found: FloatArray = np.mean(parts, axis=0)
        return found

    def _chains(self, states: FloatArray, sweeps: int, rng: np.random.Generator) -> FloatArray:
        if not len(self._slope):
            return states
        states = states.T.copy()
        size = len(states)
        for _ in range(sweeps):
            axes = np.linalg.qr(rng.standard_normal((size, size)))[0]
            slack = self._slope @ states + self._room[:, np.newaxis]
            np.maximum(slack, _CLOSEST, out=slack)
            pace = np.empty_like(slack)
            for axis in axes.T:
                # A condition stops a step at -slack/speed; the least and the greatest of speed/slack say where first.
                speed = (self._slope @ axis)[:, np.newaxis]
                np.divide(speed, slack, out=pace)
                back, ahead = -1.0 / pace.max(axis=0), -1.0 / pace.min(axis=0)
                step = back + (ahead - back) * rng.random(states.shape[1])
                np.multiply(speed, step, out=pace)
                slack += pace
                np.maximum(slack, _CLOSEST, out=slack)
                states += axis[:, np.newaxis] * step
        return states.T.copy()


def _same(points: FloatArray) -> FloatArray:
    return points


def _agree(one: FloatArray, other: FloatArray) -> bool:
    """Whether two samples agree in every mean and every product moment, as far as their sizes can tell."""
    size = one.shape[1]
    products = [(i, j) for i in range(size) for j in range(i, size)] if size <= 40 else [(i, i) for i in range(size)]
    left, right = np.array(products).T
    both = [np.hstack([states, states[:, left] * states[:, right]]) for states in (one, other)]
    gap = both[0].mean(axis=0) - both[1].mean(axis=0)
    error = np.sqrt((both[0].var(axis=0) + both[1].var(axis=0)) / len(one))
    return bool((np.abs(gap) <= _AGREE * error + 1e-12).all())


def _spread(points: FloatArray, least: float = TIE) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean (n,), spread along each principal axis wider than `least` (d,), and those axes as columns (n, d)."""
    centre = points.mean(axis=0)
    _, scale, axes = np.linalg.svd(points - centre, full_matrices=False)
    scale = scale / math.sqrt(len(points))
    wide = scale > least
    return centre, scale[wide], axes[wide].T


def _corners(size: int, rows: FloatArray) -> tuple[FloatArray, BoolArray] | None:
    """The corners of the simplex cut by one row after another; None if there are ever more than MOST_VERTICES."""
    points = np.eye(size)
    tight = ~np.eye(size, dtype=np.bool_)
    if size > MOST_VERTICES:
        return None
    for row in rows:
        height = points @ row
        above, below = np.flatnonzero(height > TIE), np.flatnonzero(height < -TIE)
        on = np.abs(height) <= TIE
        tight = np.column_stack([tight, on])
        if not len(below):
            continue
        if not len(above) and not on.any():
            raise Empty("no point fits all the statements")
        upper, lower = _edges(tight, above, below, size)
        high, low = height[upper, np.newaxis], height[lower, np.newaxis]
        new = (high * points[lower] - low * points[upper]) / (high - low)
        meets = tight[upper] & tight[lower]
        meets[:, -1] = True
        kept = np.flatnonzero(height >= -TIE)
        points = np.vstack([points[kept], new])
        tight = np.vstack([tight[kept], meets])
        if len(points) > MOST_VERTICES:
            return None
    return points, tight


def _edges(tight: BoolArray, above: IntArray, below: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """The pairs of a corner above and one below the cut that an edge joins.

    Two corners are joined when no third meets every condition that both of them meet; that takes at least n - 2.
    """
    counts = tight.astype(np.float32)
    upper: list[IntArray] = []
    lower: list[IntArray] = []
    step = max(1, _PAIRS // max(1, len(below)))
    for start in range(0, len(above), step):
        chosen = above[start : start + step]
        i, j = np.nonzero(counts[chosen] @ counts[below].T >= size - 2)
        ups, downs = chosen[i], below[j]
        part = max(1, _PAIRS // len(tight))
        for first in range(0, len(ups), part):
            up, down = ups[first : first + part], downs[first : first + part]
            common = tight[up] & tight[down]
            needed = common.sum(axis=1, dtype=np.float32)
            joined = (common.astype(np.float32) @ counts.T == needed[:, np.newaxis]).sum(axis=1) == 2
            upper.append(up[joined])
            lower.append(down[joined])
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate([none, *upper]), np.concatenate([none, *lower])


def _triangulated(tight: BoolArray, dimension: int) -> list[tuple[int, ...]] | None:
    """The simplices of a pulling triangulation, as corner numbers; None if there are more than MOST_SIMPLICES."""
    sides = {frozenset(np.flatnonzero(side).tolist()) for side in tight.T}
    known: dict[frozenset[int], list[tuple[int, ...]]] = {}

    def cut(face: frozenset[int], dimension: int) -> list[tuple[int, ...]]:
        if len(face) == dimension + 1:
            return [tuple(sorted(face))]
        if face in known:
            return known[face]
        apex = min(face)
        parts = {face & side for side in sides}
        parts.discard(face)
        # The facets of a face are its largest proper intersections with the sides.
        facets: list[frozenset[int]] = []
        for part in sorted(parts, key=lambda each: (-len(each), sorted(each))):
            if len(part) < dimension:
                break
            if not any(part < facet for facet in facets):
                facets.append(part)
        found: list[tuple[int, ...]] = []
        for facet in facets:
            if apex not in facet:
                found += [(apex, *rest) for rest in cut(facet, dimension - 1)]
                if len(found) > MOST_SIMPLICES:
                    raise _TooManySimplices
        known[face] = found
        return found

    try:
        return cut(frozenset(range(len(tight))), dimension)
    except _TooManySimplices:
        return None


class _TooManySimplices(Exception):
    pass
