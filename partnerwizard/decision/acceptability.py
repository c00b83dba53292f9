"""SMAA-2 over weights and ratings together, block after block, so that memory does not grow with the draws.

Source: Lahdelma and Salminen (2001), "SMAA-2: stochastic multicriteria acceptability analysis for group decision
making": rank acceptability, central weight vector and confidence factor; pairwise shares: Leskinen et al. (2006).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from partnerwizard.decision.arrays import TIE, BoolArray, FloatArray, IntArray, blocks
from partnerwizard.decision.sampling import RatingDraws, draw_values, pairwise, rank_shares
from partnerwizard.decision.stated import WeightSet
from partnerwizard.decision.table import Table

STEP: Final = 8192
"""Draws in one block; the random streams depend on it."""

UnsignedArray: TypeAlias = npt.NDArray[np.unsignedinteger]

_COMPARED: Final = 40
_CELLS: Final = 1 << 18
_WEIGHTS, _RATINGS, _CONFIDENCE = range(3)


@dataclass(frozen=True, eq=False)
class Acceptability:
    """What N draws say of O options on C criteria.

    rank_shares: (O, O), share of draws in which the option (row) fills a place (column, best first); ties within 1e-9
    split their places evenly. pairwise: (O, O), share of draws in which row scores more than column by over 1e-9.
    weights_when_first: (O, C), mean weights of the draws in which the option is first, NaN where it never is.
    confidence: (O,), share of rating draws in which the option is first, ties included, at its own weights when first;
    NaN where it has none. standard_error: of a share, at most: 0.5 / sqrt(N).
    """

    rank_shares: FloatArray
    pairwise: FloatArray
    weights_when_first: FloatArray
    confidence: FloatArray
    standard_error: float


def acceptability(table: Table, weights: WeightSet, samples: int, seed: int, common: float = 0.0) -> Acceptability:
    """SMAA-2 from `samples` joint draws of weights and ratings; equal arguments give equal results.

    `common`: as in `draw_values`. Raises ValueError if samples is below 1.
    """
    if samples < 1:
        raise ValueError(f"{samples} draws are too few")
    tally = Tally(table.options, table.criteria)
    for number, block in enumerate(blocks(samples, STEP)):
        drawn = weights.sample(block.stop - block.start, np.random.default_rng([seed, _WEIGHTS, number]))
        if (table.high > table.low).any():
            values = draw_values(table, drawn, np.random.default_rng([seed, _RATINGS, number]), common)
        else:
            values = np.maximum(table.likely @ drawn.T - table.penalty[:, np.newaxis], 0.0).T
        tally.add(drawn, values)
    means = tally.weights_when_first
    return Acceptability(
        rank_shares=tally.rank_shares,
        pairwise=tally.pairwise,
        weights_when_first=means,
        confidence=confidence(table, means, samples, seed, common),
        standard_error=0.5 / samples**0.5,
    )


class Tally:
    """Counts draw after draw what `rank_shares`, `pairwise` and `mean_weights_when_first` say of all draws at once."""

    def __init__(self, options: int, criteria: int) -> None:
        self._draws = 0
        self._ranks = np.zeros((options, options))
        self._ahead = np.zeros((options, options), dtype=np.int64)
        self._sums = np.zeros((options, criteria))
        self._firsts = np.zeros(options)

    def add(self, weights: FloatArray, values: FloatArray) -> None:
        """Adds draws: weights (N, C) and values (N, O)."""
        options = values.shape[1]
        for block in blocks(len(values), max(256, min(STEP, _CELLS // options))):
            part, w = np.ascontiguousarray(values[block].T), weights[block]
            place = _places_by_pairs(part) if options <= _COMPARED else _places_by_sorting(part)
            self._draws += len(w)
            # Each pair puts one of its two a place lower unless it ties.
            tied = place.sum(axis=0, dtype=np.int64) != options * (options - 1) // 2
            if tied.any():
                self._add_tied(w[tied], part[:, tied])
                place, w = place[:, ~tied], w[~tied]
            self._sums += (place == 0).astype(np.float64) @ w
            numbers = np.arange(options, dtype=place.dtype)[:, np.newaxis]
            for option in range(options):
                filled = (
                    _rows(place[option] == numbers)
                    if options <= _COMPARED
                    else np.bincount(place[option], minlength=options)
                )
                self._ranks[option] += filled
                self._firsts[option] += filled[0]
                ahead = _rows(place[option] < place[:option])
                self._ahead[option, :option] += ahead
                self._ahead[:option, option] += place.shape[1] - ahead

    def _add_tied(self, weights: FloatArray, values: FloatArray) -> None:
        """Adds draws in which some options tie: weights (N, C) and values (O, N)."""
        count = values.shape[1]
        self._ranks += rank_shares(values.T) * count
        self._ahead += np.rint(pairwise(values.T) * count).astype(np.int64)
        first = (values >= values.max(axis=0) - TIE).astype(np.float64)
        first /= first.sum(axis=0)
        self._sums += first @ weights
        self._firsts += first.sum(axis=1)

    @property
    def rank_shares(self) -> FloatArray:
        """(O, O), as in `Acceptability`."""
        return self._ranks / self._draws

    @property
    def pairwise(self) -> FloatArray:
        """(O, O), as in `Acceptability`."""
        return self._ahead / self._draws

    @property
    def weights_when_first(self) -> FloatArray:
        """(O, C), as in `Acceptability`."""
        means = np.full(self._sums.shape, np.nan)
        draws = self._firsts[:, np.newaxis]
        np.divide(self._sums, draws, out=means, where=draws > 0)
        return means


def _rows(holds: BoolArray) -> IntArray:
    """How many of each row hold; row by row, which is quicker while rows are few and long."""
    if len(holds) <= _COMPARED:
        return np.array([np.count_nonzero(row) for row in holds], dtype=np.int64)
    return np.asarray(holds.sum(axis=1))


def _places_by_pairs(values: FloatArray) -> UnsignedArray:
    """How many options are ahead of each by over 1e-9, (O, N), each against each: quick for few options."""
    options, count = values.shape
    place = np.zeros((options, count), dtype=np.uint8)
    ahead = np.empty((options, count), dtype=np.bool_)
    for a in range(options - 1):
        later = values[a + 1 :]
        np.greater(later, values[a] + TIE, out=ahead[a + 1 :])
        place[a] += np.add.reduce(ahead[a + 1 :].view(np.uint8), axis=0, dtype=np.uint8)
        np.less(later, values[a] - TIE, out=ahead[a + 1 :])
        place[a + 1 :] += ahead[a + 1 :].view(np.uint8)
    return place


def _places_by_sorting(values: FloatArray) -> UnsignedArray:
    """The same, (O, N), by sorting each draw; neighbours within 1e-9 share their best place."""
    options, count = values.shape
    order = np.argsort(-values, axis=0, kind="stable")
    ranked = np.take_along_axis(values, order, axis=0)
    starts = np.ones(ranked.shape, dtype=np.bool_)
    starts[1:] = ranked[:-1] - ranked[1:] > TIE
    numbers = np.arange(options, dtype=np.uint16)[:, np.newaxis]
    place = np.empty((options, count), dtype=np.uint16)
    np.put_along_axis(place, order, np.maximum.accumulate(np.where(starts, numbers, 0), axis=0), axis=0)
    return place


def confidence(table: Table, weights: FloatArray, samples: int, seed: int, common: float = 0.0) -> FloatArray:
    """Share of rating draws in which each option is first, ties included, at its own row of weights (O, C), (O,).

    NaN where the row is NaN. Without rating intervals one draw says it all.
    """
    having = np.flatnonzero(~np.isnan(weights).any(axis=1))
    found = np.full(table.options, np.nan)
    if not len(having):
        return found
    own = weights[having]
    if not (table.high > table.low).any():
        values = table.values(table.likely, own)
        found[having] = values[np.arange(len(having)), having] >= values.max(axis=1) - TIE
        return found
    place = {int(option): column for column, option in enumerate(having)}
    size = max(64, min(2048, _CELLS // len(having)))
    times = np.zeros(len(having), dtype=np.int64)
    for number, block in enumerate(blocks(samples, STEP)):
        draws = RatingDraws(table, np.random.default_rng([seed, _CONFIDENCE, number]), common)
        for part in blocks(block.stop - block.start, size):
            shape = (len(having), part.stop - part.start)
            best, mine, values = np.zeros(shape), np.empty(shape), np.empty(shape)
            for option, ratings in draws.next(shape[1]):
                np.matmul(own, ratings.T, out=values)
                if table.penalty[option]:
                    values -= table.penalty[option]
                np.maximum(best, values, out=best)
                if option in place:
                    mine[place[option]] = np.maximum(values[place[option]], 0.0)
            times += np.count_nonzero(mine >= best - TIE, axis=1)
    found[having] = times / samples
    return found
