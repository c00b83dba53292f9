"""Drawing values over weights and ratings, and what the draws say about ranks.

Source: stochastic multicriteria acceptability analysis, SMAA-2: Lahdelma and Salminen (2001), "SMAA-2:
stochastic multicriteria acceptability analysis for group decision making"; pairwise shares: Leskinen et al.
(2006).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from partnerwizard.decision.arrays import TIE, FloatArray, blocks
from partnerwizard.decision.counting import counted
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
    return drawings(table, weights, rng, [common])[0]


def drawings(table: Table, weights: FloatArray, rng: np.random.Generator, commons: Sequence[float]) -> list[FloatArray]:
    """What `draw_values` gives for each of `commons` from equal generators, with the quantiles drawn once."""
    curves = Curves(table)
    draws = RatingDraws(curves.numbers, table.criteria, rng, commons)
    # Options first, so that each option's draws are one run of memory.
    values = [np.empty((table.options, len(weights))) for _ in commons]
    for block in blocks(_rows(table, weights)):
        parts = [each[:, block] for each in values]
        curves.start(parts, weights[block])
        for number, quantiles in draws.next(block.stop - block.start):
            for part, quantile in zip(parts, quantiles, strict=True):
                curves.add(part, number, weights[block], quantile)
    return [_above_floor(table, each) for each in values]


class UnitDraws:
    """The quantiles of N draws, kept, so that a table that changes a little is valued anew without drawing.

    Values then move with weights and ratings and never by chance. Takes 16·N bytes for each criterion, draw number and
    drawing.
    """

    def __init__(
        self, numbers: Iterable[int], criteria: int, samples: int, rng: np.random.Generator, commons: Sequence[float]
    ) -> None:
        """`numbers`: every draw number that a table will have. `rng` and `commons`: as in `drawings`."""
        draws = RatingDraws(numbers, criteria, rng, commons)
        # Draw by draw within a criterion, in which products with weights are quickest.
        self._kept = {
            number: [(each.copy(order="F"), np.asfortranarray(np.minimum(each, 0.5))) for each in quantiles]
            for number, quantiles in draws.next(samples)
        }
        self._drawings = len(commons)

    def values(self, table: Table, weights: FloatArray) -> list[FloatArray]:
        """What `drawings` gives from an equal generator, up to rounding: each (N, O). Weights (N, C)."""
        curves = Curves(table)
        values = [np.empty((table.options, _rows(table, weights))) for _ in range(self._drawings)]
        weights = np.asfortranarray(weights)
        curves.start(values, weights)
        for number in curves.numbers:
            for each, (quantile, halved) in zip(values, self._kept[number], strict=True):
                curves.add(each, number, weights, quantile, halved)
        return [_above_floor(table, each) for each in values]


def _rows(table: Table, weights: FloatArray) -> int:
    if weights.ndim != 2 or weights.shape[1] != table.criteria:
        raise ValueError(f"weights have shape {weights.shape}, the table has {table.criteria} criteria")
    return len(weights)


def _above_floor(table: Table, values: FloatArray) -> FloatArray:
    if table.penalty.any():
        values -= table.penalty[:, np.newaxis]
    np.maximum(values, 0.0, out=values)
    return values.T


class Curves:
    """Ratings as functions of their quantiles u: low + slope·u + bend·min(u, ½), each (O, C).

    This is `draw_values`' two uniform halves in the form that needs least work: slope is twice the upper half's width,
    bend what the lower half's is wider, and where no half is wider than the other nothing bends.
    numbers: the draw numbers of options with any interval, rising. members: those options, by draw number.
    """

    def __init__(self, table: Table) -> None:
        fall, rise = table.likely - table.low, table.high - table.likely
        self.low, self.slope, self.bend = table.low, 2 * rise, 2 * (fall - rise)
        self.bent = np.any(np.abs(self.bend) > 2e-12, axis=1)
        wide = np.any(table.high > table.low, axis=1)
        self.members: dict[int, list[int]] = {
            number: np.flatnonzero(wide & (table.draw == number)).tolist()
            for number in sorted(set(table.draw[wide].tolist()))
        }
        self.numbers = tuple(self.members)

    def start(self, values: Sequence[FloatArray], weights: FloatArray) -> None:
        """Sets the values, each (O, N), of ratings at their low, for weights (N, C)."""
        for option, low in enumerate(self.low):
            # One option by itself, so that its rounding does not depend on which others there are.
            values[0][option] = weights @ low
        for each in values[1:]:
            each[:] = values[0]

    def add(
        self,
        values: FloatArray,
        number: int,
        weights: FloatArray,
        quantile: FloatArray,
        halved: FloatArray | None = None,
    ) -> None:
        """Adds what the options of a draw number gain by their quantiles (N, C), to values (O, N).

        halved: min(quantile, ½), if it is at hand.
        """
        members = self.members[number]
        weighed = quantile * weights
        for option in members:
            values[option] += weighed @ self.slope[option]
        if self.bent[members].any():
            halved = np.minimum(quantile, 0.5) if halved is None else halved
            np.multiply(halved, weights, out=weighed)
            for option in members:
                if self.bent[option]:
                    values[option] += weighed @ self.bend[option]


class RatingDraws:
    """The quantiles behind `drawings`, block after block."""

    def __init__(
        self, numbers: Iterable[int], criteria: int, rng: np.random.Generator, commons: Sequence[float]
    ) -> None:
        """Raises ValueError for a share of draws in common outside 0-1."""
        for common in commons:
            if not 0 <= common <= 1:
                raise ValueError(f"common is {common}, not within 0-1")
        entropy = rng.integers(2**32, size=4).tolist()

        def stream(key: int) -> np.random.Generator:
            return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy, spawn_key=(key,))))

        self._criteria, self._commons = criteria, commons
        if any(commons):
            self._chosen, self._shared = stream(0), stream(1)
        # Each number has its own stream, so that those who draw nothing leave the others' draws as they are.
        self._own = {number: stream(2 + number) for number in numbers}

    def next(self, count: int) -> Iterator[tuple[int, list[FloatArray]]]:
        """The next `count` quantiles of each draw number, (count, C) for each share in common.

        They hold only until the next number's are asked for.
        """
        shape = (count, self._criteria)
        own, mixed = np.empty(shape), [np.empty(shape) if common else None for common in self._commons]
        if any(self._commons):
            chosen, shared = self._chosen.random(shape), self._shared.random(shape)
        for number, stream in self._own.items():
            stream.random(out=own)
            quantiles = []
            for common, quantile in zip(self._commons, mixed, strict=True):
                if quantile is not None:
                    np.copyto(quantile, own)
                    np.copyto(quantile, shared, where=chosen < common)
                quantiles.append(own if quantile is None else quantile)
            yield number, quantiles


def rank_shares(values: FloatArray) -> FloatArray:
    """Share of draws in which an option (row) fills a place (column, best first), (O, O), from values (N, O).

    Options whose values are within 1e-9 of their neighbour's tie and split the places that they fill evenly,
    so rows and columns sum to 1. Raises ValueError if there is no draw.
    """
    count, options = _counted(values)
    filled = np.zeros((options, options))
    for found in counted(values):
        filled += found.filled
        if len(found.tied):
            filled += places_with_ties(values[found.tied].T)
    return filled / count


def places_with_ties(values: FloatArray) -> FloatArray:
    """In how many draws, of values (O, N), an option (row) fills a place (column), (O, O); ties as in `rank_shares`."""
    options = len(values)
    order = np.argsort(-values, axis=0, kind="stable")
    ranked = np.take_along_axis(values, order, axis=0)
    places = np.broadcast_to(np.arange(options)[:, np.newaxis], ranked.shape)
    starts = np.ones(ranked.shape, dtype=np.bool_)
    starts[1:] = ranked[:-1] - ranked[1:] > TIE
    ends = np.roll(starts, -1, axis=0)
    first = np.maximum.accumulate(np.where(starts, places, 0), axis=0)
    last = np.minimum.accumulate(np.where(ends, places, options)[::-1], axis=0)[::-1]
    size = last - first + 1
    filled = np.zeros(options * options)
    for step in range(int(size.max(initial=0))):
        fills = size > step
        cell = order[fills] * options + first[fills] + step
        filled += np.bincount(cell, weights=1.0 / size[fills], minlength=options * options)
    return filled.reshape(options, options)


def pairwise(values: FloatArray) -> FloatArray:
    """Share of draws, from values (N, O), in which row scores more than column by over 1e-9, (O, O).

    Raises ValueError if there is no draw.
    """
    count, options = _counted(values)
    won = np.zeros((options, options), dtype=np.int64)
    for found in counted(values):
        won += found.won
    return won / count


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
