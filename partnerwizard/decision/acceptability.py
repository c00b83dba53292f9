"""SMAA-2 over weights and ratings together, block after block, so that memory does not grow with the draws.

Source: Lahdelma and Salminen (2001), "SMAA-2: stochastic multicriteria acceptability analysis for group decision
making": rank acceptability, central weight vector and confidence factor; pairwise shares: Leskinen et al. (2006).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from partnerwizard.decision.arrays import TIE, FloatArray, IntArray, blocks
from partnerwizard.decision.counting import block_of, counted
from partnerwizard.decision.parallel import in_parallel
from partnerwizard.decision.sampling import Curves, RatingDraws, draw_values, places_with_ties
from partnerwizard.decision.stated import WeightSet
from partnerwizard.decision.table import Table

STEP: Final = 8192
"""Draws in one block; the random streams depend on it."""

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
    wide = bool((table.high > table.low).any())

    def counted_block(numbered: tuple[int, slice]) -> Tally:
        number, block = numbered
        drawn = weights.sample(block.stop - block.start, np.random.default_rng([seed, _WEIGHTS, number]))
        if wide:
            values = draw_values(table, drawn, np.random.default_rng([seed, _RATINGS, number]), common)
        else:
            values = np.maximum(table.likely @ drawn.T - table.penalty[:, np.newaxis], 0.0).T
        tally = Tally(table.options, table.criteria)
        tally.add(drawn, values)
        return tally

    # Each block has its own streams and blocks are added in their order, so the number of cores changes nothing.
    tally = Tally(table.options, table.criteria)
    for each in in_parallel(counted_block, list(enumerate(blocks(samples, STEP)))):
        tally.merge(each)
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
        for block in blocks(len(values), block_of(values.shape[1])):
            part, w = np.ascontiguousarray(values[block].T), weights[block]
            found = counted(part)
            self._draws += len(w)
            self._ahead += found.won
            self._ranks += found.filled
            ever = np.flatnonzero(found.first.any(axis=1))
            share = 1.0 / found.copies[ever]
            credit = found.first[ever].astype(np.float64)
            self._sums[ever] += share[:, np.newaxis] * (credit @ w)
            self._firsts[ever] += share * credit.sum(axis=1)
            if not found.apart.all():
                self._add_tied(w[~found.apart], part[:, ~found.apart])

    def merge(self, other: Tally) -> None:
        """Adds all that the other has counted."""
        self._draws += other._draws
        self._ranks += other._ranks
        self._ahead += other._ahead
        self._sums += other._sums
        self._firsts += other._firsts

    def _add_tied(self, weights: FloatArray, values: FloatArray) -> None:
        """Adds places and firsts of draws in which some options tie: weights (N, C) and values (O, N)."""
        self._ranks += places_with_ties(values)
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
    contest = _Contest(table, own, having)

    def won(numbered: tuple[int, slice]) -> IntArray:
        number, block = numbered
        return contest.won(block.stop - block.start, np.random.default_rng([seed, _CONFIDENCE, number]), common)

    found[having] = sum(in_parallel(won, list(enumerate(blocks(samples, STEP))))) / samples
    return found


class _Contest:
    """Options at their own weights against all others, ratings drawn; only who can matter is drawn and compared."""

    def __init__(self, table: Table, own: FloatArray, having: IntArray) -> None:
        """own: the weights (H, C) of the options `having`, (H,)."""
        self._own, self._having = own, having
        self._criteria = table.criteria
        self._curves = Curves(table)
        self._low = own @ table.low.T - table.penalty
        high = own @ table.high.T - table.penalty
        rows = np.arange(len(having))
        least, most = np.maximum(self._low[rows, having], 0.0), np.maximum(high[rows, having], 0.0)
        # Whose high is below an option's low is never ahead of it; whose high is below another's low is never first.
        self._rivals = high > least[:, np.newaxis] - TIE
        self._rivals[rows, having] = True
        self._rivals[self._low.max(axis=1) > most + TIE] = False
        wide = [option for each in self._curves.members.values() for option in each]
        fixed = np.delete(self._low, wide, axis=1)
        self._floor = np.maximum(fixed.max(axis=1, initial=0.0), 0.0)
        self._least = least
        self._numbers = [number for number, each in self._curves.members.items() if self._rivals[:, each].any()]

    def won(self, count: int, rng: np.random.Generator, common: float) -> IntArray:
        """In how many of `count` draws each is first, ties included, (H,)."""
        draws = RatingDraws(self._numbers, self._criteria, rng, [common])
        alive = self._rivals.any(axis=1)
        size = max(64, min(2048, _CELLS // len(alive)))
        won = np.zeros(len(alive), dtype=np.int64)
        for part in blocks(count, size):
            shape = (len(alive), part.stop - part.start)
            best = np.repeat(self._floor[:, np.newaxis], shape[1], axis=1)
            mine = np.repeat(self._least[:, np.newaxis], shape[1], axis=1)
            for number, (quantile,) in draws.next(shape[1]):
                for option in self._curves.members[number]:
                    self._compare(option, quantile, best, mine)
            won += np.count_nonzero(mine >= best - TIE, axis=1)
        won[~alive] = 0
        return won

    def _compare(self, option: int, quantile: FloatArray, best: FloatArray, mine: FloatArray) -> None:
        """Raises the best value so far, (H, n), by an option's, and notes its own where the weights are its own."""
        against = np.flatnonzero(self._rivals[:, option])
        if not len(against):
            return
        rows: IntArray | slice = slice(None) if len(against) == len(best) else against
        own = self._own[rows]
        values = (own * self._curves.slope[option]) @ quantile.T
        values += self._low[rows, option, np.newaxis]
        if self._curves.bent[option]:
            values += (own * self._curves.bend[option]) @ np.minimum(quantile, 0.5).T
        best[rows] = np.maximum(best[rows], values)
        self_at = np.flatnonzero(self._having[rows] == option)
        if len(self_at):
            mine[against[self_at[0]]] = np.maximum(values[self_at[0]], 0.0)
