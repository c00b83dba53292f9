"""What holds over whole sets of weights and ratings, and the least that would change the answer.

Sources. Necessary and possible preference: Greco, Mousseau and Slowinski (2008), "Ordinal regression
revisited"; with sets of weights and intervals of ratings: Salo and Hamalainen (2010), "Preference
programming". Tipping points and smallest changes: Triantaphyllou and Sanchez (1997), "A sensitivity analysis
approach for some deterministic multi-criteria decision-making methods".

A set of weights is given as a `Region`, or by its corners (K, C), whose convex hull it is. A value is max(0, sum of
w·v - penalty).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnerwizard.decision.arrays import TIE, BoolArray, FloatArray
from partnerwizard.decision.regions import Hull, Region, as_region
from partnerwizard.decision.table import Table

REACH: Final = 1e-6
"""Points by which a linear programme's answer may miss; differences no larger count as ties."""


@dataclass(frozen=True)
class Tipping:
    """How far one criterion's weight can move before another option is first.

    weight: the central weight. The present first stays (weakly) first exactly while stable_from <= weight <=
    stable_to. below, above: the options that take over just beyond the two limits; nobody beyond 0 or 1.
    """

    criterion: int
    weight: float
    stable_from: float
    stable_to: float
    below: tuple[int, ...]
    above: tuple[int, ...]


@dataclass(frozen=True)
class RatingChange:
    """One rating, 0-100, moved `from_` … `to`, where `winner` ties with the present first."""

    option: int
    criterion: int
    from_: float
    to: float
    winner: int


@dataclass(frozen=True, eq=False)
class WeightChange:
    """The nearest weights (C,) at which `winner` ties with the present first, and their L1 distance."""

    distance: float
    winner: int
    weights: FloatArray


def extremes(table: Table, weights: FloatArray | Region) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest value of each option, (O,) and (O,), over weights and ratings together.

    A value rises with every rating and is linear in the weights above its floor, so corners at low ratings,
    and at high ones, suffice.
    """
    region = as_region(weights)
    low: FloatArray = np.maximum(-region.most(-table.low) - table.penalty, 0.0)
    high: FloatArray = np.maximum(region.most(table.high) - table.penalty, 0.0)
    return low, high


def necessarily_preferred(table: Table, weights: FloatArray | Region) -> BoolArray:
    """Whether V(row) >= V(column) for every weight vector and every rating in the sets, (O, O).

    Exact, floors included, to 1e-6 points. Options with the same draw number take the same quantile on each
    criterion; others are compared at row low, column high.
    """
    region = as_region(weights)
    holds = np.ones((table.options, table.options), dtype=np.bool_)
    for a, ahead, never in _by_ends(table, region):
        fails = ahead & (table.draw != table.draw[a])
        holds[a] = ~fails
        for b in np.flatnonzero(~fails & ~never):
            if a == b:
                continue
            from partnerwizard.decision.programmes import reaches

            # It fails where b is above a and above the floor.
            shared = table.draw[a] == table.draw[b]
            own = np.stack([table.low[a], table.likely[a], table.high[a]]) if shared else np.tile(table.low[a], (3, 1))
            rival = (
                np.stack([table.low[b], table.likely[b], table.high[b]]) if shared else np.tile(table.high[b], (3, 1))
            )
            rows = np.array([rival - own, rival])
            offset = np.array([table.penalty[a], 0.0]) - table.penalty[b]
            holds[a, b] = not reaches(rows, offset, region, REACH)
    return holds


def _by_ends(table: Table, region: Region) -> Iterator[tuple[int, BoolArray, BoolArray]]:
    """For each option: which others, at high, are surely ahead of it, at low, somewhere; and which never are.

    The few about which the ends say neither need a programme.
    """
    if isinstance(region, Hull):
        lowest = region.members @ table.low.T - table.penalty
        highest = region.members @ table.high.T - table.penalty
        for a in range(table.options):
            lead = highest - lowest[:, [a]]
            yield a, np.any(np.minimum(lead, highest) >= REACH, axis=0), lead.max(axis=0) < REACH
        return
    bound = not table.penalty.any()
    for a in range(table.options):
        most = region.most(table.high - table.low[a]) + table.penalty[a] - table.penalty
        # Without penalties nobody is at the floor, so whoever can be ahead is ahead above it.
        yield a, np.asarray((most >= REACH) & bound), np.asarray(most < REACH)


def necessarily_best(table: Table, weights: FloatArray | Region) -> BoolArray:
    """Whether V(option) >= every other's for every weight vector and every rating in the sets, (O,)."""
    return np.asarray(necessarily_preferred(table, weights).all(axis=1))


def possibly_best(table: Table, weights: FloatArray | Region, seen: BoolArray | None = None) -> BoolArray:
    """Whether V(option) is at least every other's for some weight vector and some ratings in the sets, (O,).

    Ties count. Exact, floors included, to 1e-6 points: rivals at low, but those with its draw number at its own
    quantile on each criterion; the option at high, unless a lower quantile costs such a rival more than itself.
    seen: options (O,) already seen to be first somewhere in the sets, for which nothing is left to show.
    """
    region = as_region(weights)
    best = np.ones(table.options, dtype=np.bool_)
    for option in range(table.options):
        rivals = np.delete(np.arange(table.options), option)
        if not len(rivals) or (seen is not None and seen[option]):
            continue
        from partnerwizard.decision.programmes import reaches

        # The option is at one quantile on each criterion, whoever it is compared with: at high where nobody shares it.
        curve, others = (np.stack([table.low[n], table.likely[n], table.high[n]], axis=-2) for n in (option, rivals))
        same = (table.draw[rivals] == table.draw[option])[:, np.newaxis, np.newaxis]
        ahead = curve - np.where(same, others, table.low[rivals][:, np.newaxis])
        lowest = np.repeat(table.low[rivals, np.newaxis], 3, axis=1)
        penalties = table.penalty[rivals]
        # Either it is ahead of all of them before the floor, or all of them are at the floor.
        best[option] = reaches(ahead, penalties - table.penalty[option], region, -REACH) or (
            bool(table.penalty.any()) and reaches(-lowest, penalties, region, -REACH)
        )
    return best


def tipping_points(likely: FloatArray, penalty: FloatArray, central: FloatArray) -> list[Tipping]:
    """Where the first option loses its place as one weight moves, for each criterion.

    likely: ratings (O, C), 0-100. penalty: (O,), points. central: (C,), summing to 1.
    The other weights keep their proportions and fill the rest, so that every value above its floor is linear
    in the one that moves, and the limits are crossings of lines. First is the highest value, of several the
    lowest index. Where all other weights are 0 they have no proportions and no movement is defined: stable
    from 0 to 1.
    """
    raw: FloatArray = likely @ central - penalty
    first = _first(raw)
    found = []
    for criterion, weight in enumerate(central.tolist()):
        stable_from, stable_to = 0.0, 1.0
        below: list[int] = []
        above: list[int] = []
        rest = 1.0 - weight
        if rest > TIE:
            others = (likely @ central - weight * likely[:, criterion]) / rest
            slope = likely[:, criterion] - others
            for rival in range(len(raw)):
                # The rival is ahead where it beats the first's line and is itself above the floor.
                lead = _where_positive(float(raw[rival] - raw[first]), float(slope[rival] - slope[first]))
                alive = _where_positive(float(raw[rival]), float(slope[rival]))
                start, end = max(lead[0], alive[0]), min(lead[1], alive[1])
                if rival == first or end - start <= TIE:
                    continue
                if start >= 0 and (limit := weight + start) < 1 - TIE:
                    above = _takers(above, rival, stable_to - limit)
                    stable_to = min(stable_to, limit)
                elif end <= 0 and (limit := weight + end) > TIE:
                    below = _takers(below, rival, limit - stable_from)
                    stable_from = max(stable_from, limit)
        found.append(Tipping(criterion, weight, stable_from, stable_to, tuple(below), tuple(above)))
    return found


def smallest_rating_changes(likely: FloatArray, penalty: FloatArray, central: FloatArray) -> list[RatingChange]:
    """Every single-rating change of the smallest absolute size after which another ties with the first.

    Arguments as in `tipping_points`. Either a rating of the first falls or one of a rival's rises. Sizes
    within 1e-9 are equal. Empty if no single change does it, and if two options tie for first already.
    """
    raw: FloatArray = likely @ central - penalty
    values = np.maximum(raw, 0.0)
    first = _first(raw)
    rivals = [rival for rival in range(len(raw)) if rival != first]
    second = max((float(values[rival]) for rival in rivals), default=math.inf)
    found: list[tuple[float, RatingChange]] = []
    if values[first] - second <= TIE:
        return []
    for criterion in np.flatnonzero(central > 0).tolist():
        weight = float(central[criterion])
        size = float(values[first] - second) / weight
        now = float(likely[first, criterion])
        if now - size >= -TIE:
            to = max(0.0, now - size)
            winners = [rival for rival in rivals if values[rival] >= second - TIE]
            found += [(size, RatingChange(first, criterion, now, to, winner)) for winner in winners]
        for rival in rivals:
            size = float(values[first] - raw[rival]) / weight
            now = float(likely[rival, criterion])
            if now + size <= 100 + TIE:
                found.append((size, RatingChange(rival, criterion, now, min(100.0, now + size), rival)))
    least = min((size for size, _ in found), default=0.0)
    return [change for size, change in found if size <= least + TIE]


def smallest_weight_change(likely: FloatArray, penalty: FloatArray, central: FloatArray) -> WeightChange | None:
    """The nearest weights (>= 0, sum 1) at which another option ties with the first; None if there are none.

    Arguments as in `tipping_points`. Per rival this is a linear programme with one constraint beside the
    simplex, so its answer is greedy: weight moves to the criterion that speaks most for the rival, from those
    that speak least for it first, and the L1 distance is twice the weight moved. Equally near rivals: the
    lowest index.
    """
    raw: FloatArray = likely @ central - penalty
    first = _first(raw)
    best: WeightChange | None = None
    for rival in range(len(raw)):
        if rival == first:
            continue
        # The rival reaches the first's line, or the first falls to the floor, where nobody can be behind it.
        for gain, need in (
            (likely[rival] - likely[first], float(penalty[rival] - penalty[first])),
            (-likely[first], -float(penalty[first])),
        ):
            change = _nearest(central, gain, need, rival)
            if change and (best is None or change.distance < best.distance - TIE):
                best = change
    return best


def _first(raw: FloatArray) -> int:
    values = np.maximum(raw, 0.0)
    return int(np.flatnonzero(values >= values.max() - TIE)[0])


def _where_positive(at_zero: float, slope: float) -> tuple[float, float]:
    """The open interval of t in which at_zero + slope·t > 0, (inf, -inf) if it is empty."""
    if abs(at_zero) <= TIE:
        at_zero = 0.0
    if abs(slope) <= TIE:
        return (-math.inf, math.inf) if at_zero > 0 else (math.inf, -math.inf)
    root = -at_zero / slope + 0.0
    return (root, math.inf) if slope > 0 else (-math.inf, root)


def _takers(takers: list[int], rival: int, nearer: float) -> list[int]:
    """Who takes over at a limit, once `rival` does so `nearer` to the centre than the limit so far."""
    if nearer > TIE:
        return [rival]
    return [*takers, rival] if nearer >= -TIE else takers


def _nearest(central: FloatArray, gain: FloatArray, need: float, winner: int) -> WeightChange | None:
    """The nearest weights w to `central` with sum of w·gain >= need."""
    weights = central.copy()
    lacking = need - float(central @ gain)
    receiver = int(np.argmax(gain))
    moved = 0.0
    for giver in np.argsort(gain, kind="stable").tolist():
        step = float(gain[receiver] - gain[giver])
        if lacking <= TIE:
            break
        if step <= 0:
            return None
        part = min(float(weights[giver]), lacking / step)
        weights[giver] -= part
        weights[receiver] += part
        moved += part
        lacking -= part * step
    return WeightChange(2 * moved, winner, weights) if lacking <= TIE else None
