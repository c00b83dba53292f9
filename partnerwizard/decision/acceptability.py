"""SMAA-2 over weights and ratings together, block after block, so that memory does not grow with the draws.

Source: Lahdelma and Salminen (2001), "SMAA-2: stochastic multicriteria acceptability analysis for group decision
making": rank acceptability, central weight vector and confidence factor; pairwise shares: Leskinen et al. (2006).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from partnerwizard.decision.arrays import TIE, FloatArray, IntArray, blocks
from partnerwizard.decision.counting import counted
from partnerwizard.decision.parallel import in_parallel
from partnerwizard.decision.sampling import Curves, RatingDraws, draw_values, places_with_ties
from partnerwizard.decision.stated import WeightSet
from partnerwizard.decision.table import Table

STEP: Final = 8192
"""Draws in one block; the random streams depend on it."""

_CELLS: Final = 1 << 18
_MOST_VALUES: Final = 1 << 23
"""Values that all threads together hold of the blocks that they count."""
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
    for each in in_parallel(counted_block, enumerate(blocks(samples, STEP)), _MOST_VALUES // (STEP * table.options)):
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

    def add(self, weights: FloatArray, values: FloatArray) -> None:
        """Adds draws: weights (N, C) and values (N, O)."""
        self._draws += len(values)
        for found in counted(values):
            self._ahead += found.won
            self._ranks += found.filled
            ever = np.flatnonzero(found.filled[:, 0])
            sums = found.first[ever].astype(np.float64) @ weights[found.draws]
            self._sums[ever] += sums / found.copies[ever, np.newaxis]
            if len(found.tied):
                self._add_tied(weights[found.tied], values[found.tied].T)

    def merge(self, other: Tally) -> None:
        """Adds all that the other has counted."""
        self._draws += other._draws
        self._ranks += other._ranks
        self._ahead += other._ahead
        self._sums += other._sums

    def _add_tied(self, weights: FloatArray, values: FloatArray) -> None:
        """Adds places and firsts of draws in which some options tie: weights (N, C) and values (O, N)."""
        self._ranks += places_with_ties(values)
        first = (values >= values.max(axis=0) - TIE).astype(np.float64)
        first /= first.sum(axis=0)
        self._sums += first @ weights

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
        draws = self._ranks[:, :1]
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

    found[having] = sum(in_parallel(won, enumerate(blocks(samples, STEP)))) / samples
    return found


@dataclass(frozen=True, eq=False)
class _Entry:
    """An option as it meets those, (R,), at whose weights it can matter: its values there are low + slope·u + bend·…

    rows: who they are among all (H,); slope, bend: (R, C), weighed; bend is None where nothing bends. low: (R, 1).
    own: where among R the weights are its own, and where among H, if anywhere.
    """

    rows: IntArray | slice
    slope: FloatArray
    bend: FloatArray | None
    low: FloatArray
    own: tuple[int, int] | None


class _Contest:
    """Options at their own weights against all others, ratings drawn; only who can matter is drawn and compared."""

    def __init__(self, table: Table, weights: FloatArray, having: IntArray) -> None:
        """weights: (H, C), the own weights of the options `having`, (H,)."""
        curves = Curves(table)
        low, high = (weights @ ends.T - table.penalty for ends in (table.low, table.high))
        places = np.arange(len(having))
        self._least = np.maximum(low[places, having], 0.0)
        most = np.maximum(high[places, having], 0.0)
        # Whose high is below an option's low is never ahead of it; whose high is below another's low is never first.
        rivals = high > self._least[:, np.newaxis] - TIE
        rivals[places, having] = True
        self._hopeless = np.asarray(low.max(axis=1) > most + TIE)
        rivals[self._hopeless] = False
        self._criteria = table.criteria
        self._entries: dict[int, list[_Entry]] = {}
        fixed = np.ones(table.options, dtype=np.bool_)
        for number, members in curves.members.items():
            fixed[members] = False
            for option in members:
                against = np.flatnonzero(rivals[:, option])
                if not len(against):
                    continue
                rows = slice(None) if len(against) == len(having) else against
                at = np.flatnonzero(having[against] == option).tolist()
                entry = _Entry(
                    rows,
                    weights[rows] * curves.slope[option],
                    weights[rows] * curves.bend[option] if curves.bent[option] else None,
                    low[rows, option, np.newaxis],
                    (at[0], int(against[at[0]])) if at else None,
                )
                self._entries.setdefault(number, []).append(entry)
        self._floor = low[:, fixed].max(axis=1, initial=0.0)

    def won(self, count: int, rng: np.random.Generator, common: float) -> IntArray:
        """In how many of `count` draws each is first, ties included, (H,)."""
        draws = RatingDraws(self._entries, self._criteria, rng, [common])
        having = len(self._floor)
        won = np.zeros(having, dtype=np.int64)
        for part in blocks(count, max(64, min(2048, _CELLS // having))):
            size = part.stop - part.start
            best, mine = (np.repeat(each[:, np.newaxis], size, axis=1) for each in (self._floor, self._least))
            for number, (quantile,) in draws.next(size):
                for entry in self._entries[number]:
                    values = entry.slope @ quantile.T
                    values += entry.low
                    if entry.bend is not None:
                        values += entry.bend @ np.minimum(quantile, 0.5).T
                    if isinstance(entry.rows, slice):
                        np.maximum(best, values, out=best)
                    else:
                        best[entry.rows] = np.maximum(best[entry.rows], values)
                    if entry.own is not None:
                        among, place = entry.own
                        mine[place] = np.maximum(values[among], 0.0)
            won += np.count_nonzero(mine >= best - TIE, axis=1)
        won[self._hopeless] = 0
        return won
