"""Drawing values over weights and ratings, and what the draws say about ranks.

Source: stochastic multicriteria acceptability analysis, SMAA-2: Lahdelma and Salminen (2001), "SMAA-2:
stochastic multicriteria acceptability analysis for group decision making"; pairwise shares: Leskinen et al.
(2006).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from partnerwizard.decision.arrays import TIE, FloatArray, blocks
from partnerwizard.decision.table import Table


def draw_values(table: Table, weights: FloatArray, rng: np.random.Generator, common: float) -> FloatArray:
    """Values (N, O), 0-100, one draw of the ratings for each row of weights (N, C).

    A rating draw is two uniform halves: quantile u below 0.5 gives low + (likely-low)·2u, else
    likely + (high-likely)·(2u-1). Each number in `table.draw` has its own quantile on each criterion
    (*apart*); in the share `common` of draws, chosen criterion by criterion, all options use one quantile on
    that criterion (*in common*).

    Each draw number, the common quantile and the choice have their own streams, seeded by what `rng` gives
    next, so that from equal generators an option's draws do not depend on which other options there are, and
    drawings that differ only in `common` use the same quantiles. Memory beyond the result does not grow with
    N.
    Raises ValueError for weights of the wrong shape and `common` outside 0-1.
    """
    if weights.ndim != 2 or weights.shape[1] != table.criteria:
        raise ValueError(f"weights have shape {weights.shape}, the table has {table.criteria} criteria")
    if not 0 <= common <= 1:
        raise ValueError(f"common is {common}, not within 0-1")
    draws = RatingDraws(table, rng, common)
    # Options first, so that each option's draws are one run of memory.
    values = np.empty((table.options, len(weights)))
    for block in blocks(len(weights)):
        w = weights[block]
        for option, ratings in draws.next(len(w)):
            # einsum, not BLAS: a row's sum must not depend on how many rows are worked on at once.
            values[option, block] = np.einsum("nc,nc->n", w, ratings)
    values -= table.penalty[:, np.newaxis]
    np.maximum(values, 0.0, out=values)
    return values.T


class RatingDraws:
    """The rating draws behind `draw_values`, block after block."""

    def __init__(self, table: Table, rng: np.random.Generator, common: float) -> None:
        entropy = rng.integers(2**32, size=4).tolist()

        def stream(key: int) -> np.random.Generator:
            return np.random.default_rng(np.random.SeedSequence(entropy, spawn_key=(key,)))

        self._table = table
        self._common = common
        self._chosen, self._shared = stream(0), stream(1)
        self._fall, self._rise = table.likely - table.low, table.high - table.likely
        self._wide = np.any(table.high > table.low, axis=1)
        self._even = np.all(np.abs(self._fall - self._rise) < 1e-12, axis=1)
        # A number without any interval draws nothing; each has its own stream, so the others' draws are the same.
        self._groups = [
            (np.flatnonzero(table.draw == number), stream(2 + number)) for number in sorted(set(table.draw.tolist()))
        ]

    def next(self, count: int) -> Iterator[tuple[int, FloatArray]]:
        """The next `count` draws of each option's ratings, (count, C), which hold only until the next is asked for."""
        table, shape = self._table, (count, self._table.criteria)
        quantile, part, ratings = np.empty(shape), np.empty(shape), np.empty(shape)
        if self._common > 0:
            together = self._chosen.random(shape) < self._common
            shared_quantile = self._shared.random(shape)
        for members, own in self._groups:
            if self._wide[members].any():
                own.random(out=quantile)
                if self._common > 0:
                    np.copyto(quantile, shared_quantile, where=together)
            for option in members.tolist():
                if not self._wide[option]:
                    yield option, np.broadcast_to(table.likely[option], shape)
                    continue
                if self._even[option]:
                    np.multiply(quantile, 2 * self._rise[option], out=ratings)
                    ratings += table.low[option]
                else:
                    # low + 2·fall·min(u, ½) + 2·rise·(max(u, ½) - ½)
                    np.minimum(quantile, 0.5, out=part)
                    np.multiply(part, 2 * self._fall[option], out=ratings)
                    np.maximum(quantile, 0.5, out=part)
                    part *= 2 * self._rise[option]
                    ratings += part
                    ratings += table.low[option] - self._rise[option]
                yield option, ratings


def rank_shares(values: FloatArray) -> FloatArray:
    """Share of draws in which an option (row) fills a place (column, best first), (O, O), from values (N, O).

    Options whose values are within 1e-9 of their neighbour's tie and split the places that they fill evenly,
    so rows and columns sum to 1. Raises ValueError if there is no draw.
    """
    count, options = _counted(values)
    shares = np.zeros(options * options)
    for block in blocks(count):
        order = np.argsort(-values[block], axis=1, kind="stable")
        ranked = np.take_along_axis(values[block], order, axis=1)
        places = np.broadcast_to(np.arange(options), ranked.shape)
        starts = np.ones(ranked.shape, dtype=np.bool_)
        starts[:, 1:] = ranked[:, :-1] - ranked[:, 1:] > TIE
        ends = np.roll(starts, -1, axis=1)
        first = np.maximum.accumulate(np.where(starts, places, 0), axis=1)
        last = np.minimum.accumulate(np.where(ends, places, options)[:, ::-1], axis=1)[:, ::-1]
        size = last - first + 1
        for step in range(int(size.max())):
            fills = size > step
            cell = order[fills] * options + first[fills] + step
            shares += np.bincount(cell, weights=1.0 / size[fills], minlength=options * options)
    return shares.reshape(options, options) / count


def pairwise(values: FloatArray) -> FloatArray:
    """Share of draws, from values (N, O), in which row scores more than column by over 1e-9, (O, O).

    Raises ValueError if there is no draw.
    """
    count, options = _counted(values)
    ahead = np.zeros((options, options))
    for block in blocks(count):
        for option in range(options):
            ahead[option] += np.count_nonzero(values[block, option, np.newaxis] - values[block] > TIE, axis=0)
    return ahead / count


def mean_weights_when_first(weights: FloatArray, values: FloatArray) -> FloatArray:
    """Mean of the weights (N, C) over the draws in which an option is first, (O, C); NaN where it never is.

    SMAA's central weight vector. Options that tie for first within 1e-9 split the draw evenly.
    Raises ValueError if there is no draw or the two differ in length.
    """
    count, options = _counted(values)
    if len(weights) != count:
        raise ValueError(f"{len(weights)} weights, {count} draws of values")
    sums = np.zeros((options, weights.shape[1]))
    draws = np.zeros(options)
    for block in blocks(count):
        first = values[block] >= values[block].max(axis=1, keepdims=True) - TIE
        credit = first / first.sum(axis=1, keepdims=True)
        sums += np.einsum("no,nc->oc", credit, weights[block])
        draws += credit.sum(axis=0)
    means = np.full(sums.shape, np.nan)
    np.divide(sums, draws[:, np.newaxis], out=means, where=draws[:, np.newaxis] > 0)
    return means


def _counted(values: FloatArray) -> tuple[int, int]:
    if values.ndim != 2 or 0 in values.shape:
        raise ValueError(f"values have shape {values.shape}, not at least one draw of at least one option")
    return int(values.shape[0]), int(values.shape[1])
