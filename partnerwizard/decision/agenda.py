"""What a group disagrees on, ordered by what settling it would do to the recommendation.

Each disagreement is settled in turn and alone: at the middle of what people say, and as each side would have it. Then
everybody's result is found anew, from the same draws, and the split of first choices and the group's leader are read
again. Nobody's view is changed for good; this says what is worth talking about. No published method is followed here:
it is the plain what-if, applied to `groups.group_result`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from partnerwizard.decision.arrays import TIE, FloatArray
from partnerwizard.decision.groups import RATINGS_STREAM, WEIGHTS_STREAM, Participant, Voice, shared_ranks, voice
from partnerwizard.decision.sampling import draw_values
from partnerwizard.decision.table import Table

SAMPLES: Final = 400
"""Draws for each person. Before and after use the same ones, so that what changes is not their doing."""

Kind = Literal["weight", "statement", "rating"]


@dataclass(frozen=True, eq=False)
class Settlement:
    """One way of settling a disagreement and what would follow, one voice each.

    at: the weight (0-1) or the likely rating (0-100) that all would use; for a statement, the criterion that counts at
    least as much as the other. people: those who hold that view now, by position; none for a middle nobody holds.
    voice: the group's result then. moved: share of the voices whose first choice would be another, 0-1 (half the sum of
    absolute changes of the split). shift: mean absolute change of the group's pairwise shares, 0-1. changes_leader:
    whether other options would lead.
    """

    at: float
    people: tuple[int, ...]
    voice: Voice
    moved: float
    shift: float
    changes_leader: bool


@dataclass(frozen=True, eq=False)
class Disagreement:
    """Something on which people differ.

    kind: the weight of `criterion`; the statement whether `criterion` counts at least as much as `other`, a criterion
    too; or the rating of the option `other` on `criterion`. low, high: the ends of what people say, of weights and
    ratings; of a statement the differences of the two weights. middle: settled at the median, None for a statement.
    sides: settled as those at either end would have it, low end first; of a statement `criterion` first.
    """

    kind: Kind
    criterion: int
    other: int | None
    low: float
    high: float
    middle: Settlement | None
    sides: tuple[Settlement, Settlement]

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        """All ways of settling it."""
        return self.sides if self.middle is None else (self.middle, *self.sides)

    @property
    def effect(self) -> tuple[bool, float, float]:
        """What settling it can do at most: whether the leader changes, `moved`, `shift`; it orders the agenda."""
        ways = self.settlements
        return (
            any(way.changes_leader for way in ways),
            round(max(way.moved for way in ways), 9),
            round(max(way.shift for way in ways), 9),
        )


def agenda(
    problem: Table, participants: Sequence[Participant], *, samples: int = SAMPLES, seed: int = 0, common: float = 0.0
) -> tuple[Disagreement, ...]:
    """Everything on which people differ by more than 1e-9, that with the largest effect first.

    How each is settled: a *weight* is the same in everybody's set and the others keep their proportions, as in
    `tipping_points` (the rest is shared evenly where somebody has no other weight). A *statement*, of which there is
    one for each two criteria that some weigh one way and some the other, swaps the two weights wherever they stand the
    other way round. A *rating* is the same low, likely and high for everybody. Medians are of central weights, and of
    low, likely and high each. Who gave only ranks keeps them, and counts.

    Ordered by `effect`; equal effects by kind as listed here, then by number. Arguments as in `group_result`.
    """
    if not participants or samples < 1:
        raise ValueError("an agenda needs a participant and a draw")
    if all(each.weights is None for each in participants):
        return ()
    talk = _Talk(problem, participants, samples, seed, common)
    found = [*talk.weights(), *talk.statements(), *talk.ratings()]
    return tuple(sorted(found, key=lambda each: tuple(-part for part in each.effect)))


class _Talk:
    """Everybody's draws, and the group's result when some of them are changed."""

    def __init__(
        self, problem: Table, participants: Sequence[Participant], samples: int, seed: int, common: float
    ) -> None:
        self._weighing = [n for n, each in enumerate(participants) if each.weights is not None]
        self._tables = [participants[n].ratings or problem for n in self._weighing]
        self._options, self._criteria = problem.options, problem.criteria
        sets = [participants[n].weights for n in self._weighing]
        self._central = np.array([each.central() for each in sets if each is not None])
        streams = [np.random.default_rng([seed, WEIGHTS_STREAM]) for _ in sets]
        self._drawn = np.array(
            [each.sample(samples, own) for each, own in zip(sets, streams, strict=True) if each is not None]
        )
        self._quantiles = _quantiles(problem, samples, seed, common)
        self._likely = np.array([table.likely for table in self._tables])
        self._penalty = np.array([table.penalty for table in self._tables])[:, np.newaxis]
        self._rated = np.array([_at(self._quantiles, table) for table in self._tables])
        shares, first = [], []
        for each in participants:
            ranks = shared_ranks(-np.asarray(each.ranks)) if each.ranks is not None else None
            shares.append(np.zeros((self._options, self._options)) if ranks is None else ranks[:, np.newaxis] < ranks)
            first.append(
                np.zeros(self._options) if ranks is None else _firsts(-ranks[np.newaxis].astype(np.float64))[0]
            )
        self._shares, self._first = np.array(shares, dtype=np.float64), np.array(first)
        self._values = self._valued(self._drawn)
        self._own = self._beats(self._values)
        self._now = self._result(self._central, self._own)

    def weights(self) -> Iterator[Disagreement]:
        """One for each criterion that people weigh differently."""
        for criterion in range(self._criteria):
            views = self._central[:, criterion]
            if np.ptp(views) <= TIE:
                continue
            low, high, median = float(views.min()), float(views.max()), float(np.median(views))

            def settled(at: float, criterion: int = criterion) -> Settlement:
                drawn = _with_weight(self._drawn, criterion, at)
                central = _with_weight(self._central, criterion, at)
                holders = np.flatnonzero(np.abs(self._central[:, criterion] - at) <= TIE)
                return self._settled(at, holders.tolist(), self._result(central, self._beats(self._valued(drawn))))

            yield Disagreement("weight", criterion, None, low, high, settled(median), (settled(low), settled(high)))

    def statements(self) -> Iterator[Disagreement]:
        """One for each two criteria that some weigh one way round and some the other."""
        for one in range(self._criteria):
            for other in range(one + 1, self._criteria):
                gap = self._central[:, one] - self._central[:, other]
                if gap.max() <= TIE or gap.min() >= -TIE:
                    continue
                sides = []
                for more, less, side in ((one, other, gap > TIE), (other, one, gap < -TIE)):
                    central, drawn = (_swapped(each, more, less) for each in (self._central, self._drawn))
                    result = self._result(central, self._beats(self._valued(drawn)))
                    sides.append(self._settled(float(more), np.flatnonzero(side).tolist(), result))
                ends = float(gap.min()), float(gap.max())
                yield Disagreement("statement", one, other, *ends, None, (sides[0], sides[1]))

    def ratings(self) -> Iterator[Disagreement]:
        """One for each cell that people rate differently."""
        if all(table is self._tables[0] for table in self._tables):
            return
        cells = np.array([[table.low, table.likely, table.high] for table in self._tables])
        for option, criterion in np.argwhere(np.ptp(cells, axis=0).max(axis=0) > TIE).tolist():
            own = cells[:, :, option, criterion]
            ordered = own[np.lexsort((own[:, 2], own[:, 0], own[:, 1]))]

            def settled(cell: FloatArray, option: int = option, criterion: int = criterion) -> Settlement:
                views = cells[:, :, option, criterion]
                likely = self._likely.copy()
                likely[:, option, criterion] = cell[1]
                quantile = self._quantiles[:, option, criterion]
                rated = _between(quantile, cell[0], cell[1], cell[2])
                change = self._drawn[:, :, criterion] * (rated - self._rated[:, :, option, criterion])
                values = self._values.copy()
                values[:, :, option] += change
                result = self._result(self._central, self._beats(values, option), likely)
                holders = np.flatnonzero((np.abs(views - cell) <= TIE).all(axis=1))
                return self._settled(float(cell[1]), holders.tolist(), result)

            middle = settled(np.median(own, axis=0))
            low, high = float(own[:, 1].min()), float(own[:, 1].max())
            yield Disagreement(
                "rating", criterion, option, low, high, middle, (settled(ordered[0]), settled(ordered[-1]))
            )

    def _valued(self, drawn: FloatArray) -> FloatArray:
        """Values before penalties, (P, N, O), at these draws of weights, (P, N, C)."""
        return np.asarray((self._rated @ drawn[:, :, :, np.newaxis])[:, :, :, 0])

    def _beats(self, values: FloatArray, changed: int | None = None) -> FloatArray:
        """Pairwise shares (P, O, O); where only one option's values changed, the others' are as they were."""
        floored = np.maximum(values - self._penalty, 0.0)
        samples = floored.shape[1]
        if changed is None:
            # Options first, draws last: each comparison then runs along memory.
            ordered = np.ascontiguousarray(floored.transpose(2, 0, 1))
            found = np.empty((len(values), self._options, self._options))
            for option, own in enumerate(ordered):
                ahead = (own - TIE > ordered).view(np.uint8)
                found[:, option] = np.add.reduce(ahead, axis=2, dtype=np.int32).T
            found /= samples
            return found
        found = self._own.copy()
        lead = floored[:, :, [changed]] - floored
        found[:, changed] = np.count_nonzero(lead > TIE, axis=1) / samples
        found[:, :, changed] = np.count_nonzero(lead < -TIE, axis=1) / samples
        return found

    def _result(self, central: FloatArray, beats: FloatArray, likely: FloatArray | None = None) -> Voice:
        shares, first = self._shares.copy(), self._first.copy()
        table = self._likely if likely is None else likely
        values = np.maximum(np.einsum("poc,pc->po", table, central) - self._penalty[:, 0], 0.0)
        shares[self._weighing] = beats
        first[self._weighing] = _firsts(values)
        return voice(shares, first)

    def _settled(self, at: float, holders: Sequence[int], after: Voice) -> Settlement:
        options = self._options
        return Settlement(
            at=at,
            people=tuple(self._weighing[n] for n in holders),
            voice=after,
            moved=float(np.abs(after.split - self._now.split).sum() / 2),
            shift=float(np.abs(after.pairwise - self._now.pairwise).sum() / max(1, options * (options - 1))),
            changes_leader=after.leaders != self._now.leaders,
        )


def _quantiles(problem: Table, samples: int, seed: int, common: float) -> FloatArray:
    """The quantiles, (N, O, C), that `draw_values` uses: its values with all weight on one criterion from 0 to 100."""
    shape = problem.low.shape
    whole = Table(np.zeros(shape), np.full(shape, 50.0), np.full(shape, 100.0), np.zeros(shape[0]), problem.draw)

    def drawn(axis: FloatArray) -> FloatArray:
        rng = np.random.default_rng([seed, RATINGS_STREAM])
        return draw_values(whole, np.tile(axis, (samples, 1)), rng, common)

    found: FloatArray = np.stack([drawn(axis) for axis in np.eye(shape[1])], axis=2) / 100
    return found


def _at(quantiles: FloatArray, table: Table) -> FloatArray:
    return _between(quantiles, table.low, table.likely, table.high)


def _between(quantiles: FloatArray, low: FloatArray, likely: FloatArray, high: FloatArray) -> FloatArray:
    """Ratings at quantiles of two uniform halves, as `draw_values` has them."""
    fall, rise = 2 * (likely - low), 2 * (high - likely)
    found: FloatArray = low + fall * np.minimum(quantiles, 0.5) + rise * (np.maximum(quantiles, 0.5) - 0.5)
    return found


def _firsts(values: FloatArray) -> FloatArray:
    """Each person's voice for the first choice, (P, O), from values (P, O)."""
    first = values >= values.max(axis=1, keepdims=True) - TIE
    return np.asarray(first / first.sum(axis=1, keepdims=True))


def _with_weight(weights: FloatArray, criterion: int, at: float) -> FloatArray:
    """Weights (…, C) with that of one criterion at `at`; the others keep their proportions and fill the rest."""
    rest = 1.0 - weights[..., [criterion]]
    others = weights.shape[-1] - 1
    even = np.full(weights.shape, 1.0 / max(others, 1))
    found: FloatArray = np.divide(weights, rest, out=even, where=np.broadcast_to(rest > TIE, weights.shape)) * (
        1.0 - at
    )
    found[..., criterion] = at
    return found


def _swapped(weights: FloatArray, more: int, less: int) -> FloatArray:
    """Weights (…, C) with the larger of the two on `more`."""
    found = weights.copy()
    found[..., more] = np.maximum(weights[..., more], weights[..., less])
    found[..., less] = np.minimum(weights[..., more], weights[..., less])
    return found
