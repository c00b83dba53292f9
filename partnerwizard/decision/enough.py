"""Which answers about the weights are enough: the fewest that keep today's first option first when the rest is dropped.

Two meanings, because a result may hold in two ways. *Forced*: the option is at least as good as every other for every
weight vector that fits the answers kept, so nothing that was not said could change it. Answers can only shrink the set
of weights, so this holds for more answers if it holds for fewer, and the fewest are found as a smallest hitting set:
every set of answers that does not force the result leaves out one of the answers that the fewest must contain (implicit
hitting sets: Ignatiev et al. (2015), "Smallest MUS extraction with minimal hitting set dualization"; necessary
preference: Greco, Mousseau and Slowinski (2008), "Ordinal regression revisited"). *Central*: all answers together do
not force it, but the option is first at the central weights of the answers kept, as it is today. This is not monotone,
so all sets are tried, the smaller first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, Literal

import numpy as np

from partnerwizard.decision.arrays import TIE, FloatArray
from partnerwizard.decision.polytope import MOST_VERTICES, Polytope
from partnerwizard.decision.programmes import fewest_known
from partnerwizard.decision.regions import Hull, Region
from partnerwizard.decision.robustness import REACH
from partnerwizard.decision.table import Table
from partnerwizard.decision.weights import Order, order_corners

MOST_TRIED: Final = 4096
"""Sets of answers tried at central weights; from 13 answers on, no more than one answer is left out at a time."""

MOST_WORK: Final = 300_000
"""Corners looked at, in all, before the search for fewer answers stops with what it has."""

Meaning = Literal["throughout", "at-likely-ratings", "at-central-weights"]


@dataclass(frozen=True, eq=False)
class Answers:
    """What was said of the weights of `columns` criteria, answer by answer.

    rows: for each answer (m, C + extras), rows @ (w, u) >= 0 for the weights w and some u >= 0. order: where the
    answers are exactly the links between neighbouring groups of an order of all criteria, that order; it makes the
    search quick, and central weights known.
    """

    columns: int
    rows: tuple[FloatArray, ...]
    order: Order = ()


@dataclass(frozen=True)
class Enough:
    """The answers, by position, with which the first option stays first.

    meaning: forced whatever the ratings within their intervals; forced at likely ratings; or only first at the central
    weights of these answers and likely ratings. fewest: whether no smaller set of answers does the same; otherwise
    none of these can be left out, or the search was stopped.
    """

    meaning: Meaning
    answers: tuple[int, ...]
    fewest: bool


def enough(table: Table, answers: Answers, first: int, weights: Region) -> Enough | None:
    """The fewest answers that keep the option `first`, by position, first; the strongest meaning that holds.

    None where all answers together do not force it and central weights of fewer are not known: they are for an order
    only. weights: the set that fits all answers. The table must have no penalties (ValueError): with a floor a value is
    no plain sum.
    """
    if table.penalty.any():
        raise ValueError("penalties are not allowed for here")
    if sum(2 ** len(group) for group in answers.order) > MOST_VERTICES:
        # So large a tie has too many corners to go through them block by block.
        answers = replace(answers, order=())
    found = _Search(answers, weights)
    everything = frozenset(range(len(answers.rows)))
    meanings: tuple[tuple[Meaning, FloatArray], ...] = (
        ("throughout", _worst_gaps(table, first)),
        ("at-likely-ratings", _likely_gaps(table, first)),
    )
    for meaning, gaps in meanings:
        works = found.forced_by(gaps)
        if works(everything):
            return Enough(meaning, *found.fewest(works, everything))
    if answers.order and everything:
        return _central(answers.order, answers.columns, _likely_gaps(table, first))
    return None


def _likely_gaps(table: Table, first: int) -> FloatArray:
    """What each rival has over the first on each criterion at likely ratings, (R, C)."""
    rivals = np.delete(np.arange(table.options), first)
    return np.asarray(table.likely[rivals] - table.likely[first])


def _worst_gaps(table: Table, first: int) -> FloatArray:
    """The same where the ratings are worst for the first: at one quantile on each criterion where they share draws."""
    rivals = np.delete(np.arange(table.options), first)
    shared = (table.draw[rivals] == table.draw[first])[:, np.newaxis]
    ends = (table.low, table.likely, table.high)
    together = np.max([end[rivals] - end[first] for end in ends], axis=0)
    worst: FloatArray = np.where(shared, together, table.high[rivals] - table.low[first])
    return worst


class _Search:
    """The smallest set of answers for which something holds that more answers never undo."""

    def __init__(self, answers: Answers, weights: Region) -> None:
        self._answers = answers
        self._known: dict[frozenset[int], Region] = {frozenset(range(len(answers.rows))): weights}
        self._work = 0

    def forced_by(self, gaps: FloatArray) -> Callable[[frozenset[int]], bool]:
        """Whether no weights that fit the answers kept put a rival ahead by more than 1e-6."""
        blocks: dict[tuple[int, int], bool] = {}

        def by_blocks(kept: frozenset[int]) -> bool:
            # The links kept fall into blocks, and every corner of the set is one of a single block's.
            for block in _blocks(kept, len(self._answers.order)):
                if block not in blocks:
                    corners = _block_corners(self._answers.order, block, self._answers.columns)
                    self._work += len(corners)
                    blocks[block] = bool((corners @ gaps.T).max(initial=-np.inf) < REACH)
                if not blocks[block]:
                    return False
            return True

        def by_region(kept: frozenset[int]) -> bool:
            return bool(not len(gaps) or (self._region(kept).most(gaps) < REACH).all())

        return by_blocks if self._answers.order else by_region

    def fewest(
        self, works: Callable[[frozenset[int]], bool], everything: frozenset[int]
    ) -> tuple[tuple[int, ...], bool]:
        """The smallest set for which `works` holds, and whether it is known to be; `everything` works."""
        return fewest_known(lambda kept: not works(kept), sorted(everything), lambda _: self._work <= MOST_WORK)

    def _region(self, kept: frozenset[int]) -> Region:
        found = self._known.get(kept)
        if found is None:
            columns = self._answers.columns
            rows = [self._answers.rows[n] for n in sorted(kept)]
            size = max((row.shape[1] for row in rows), default=columns)
            stacked = np.vstack(rows) if rows else np.zeros((0, size))
            polytope = Polytope(size, stacked)
            if polytope.vertices is None:
                from partnerwizard.decision.programmes import Cut

                found = Cut(columns, polytope.rows)
                self._work += MOST_VERTICES
            else:
                corners = polytope.vertices[:, :columns]
                total = corners.sum(axis=1, keepdims=True)
                found = Hull(corners[total[:, 0] > TIE] / total[total[:, 0] > TIE])
                self._work += len(corners) + len(stacked)
            self._known[kept] = found
        return found


def _blocks(kept: frozenset[int], groups: int) -> Iterator[tuple[int, int]]:
    """Runs of groups that the kept links join, as (first, last): link n joins groups n and n + 1."""
    start = 0
    for group in range(groups):
        if group not in kept:
            yield start, group
            start = group + 1


def _block_corners(order: Order, block: tuple[int, int], columns: int) -> FloatArray:
    """The corners (K, C) of the weights that are only on the groups of a block, in their order."""
    part = order[block[0] : block[1] + 1]
    ranked = order_corners(part)
    corners = np.zeros((len(ranked), columns))
    corners[:, [column for group in part for column in group]] = ranked
    return corners


def _central(order: Order, columns: int, gaps: FloatArray) -> Enough | None:
    """The fewest links of an order at whose central weights no rival is ahead.

    Weights uniform on the simplex are independent exponentials divided by their sum, so with some links dropped each
    block is ordered by itself: place k of a block of n weighs (1/k + … + 1/n) on average, divided by C in all, and a
    group the mean of its places.
    """
    links = len(order) - 1
    means: dict[tuple[int, int], FloatArray] = {}

    def holds(kept: frozenset[int]) -> bool:
        total = np.zeros(len(gaps))
        for block in _blocks(kept, len(order)):
            if block not in means:
                means[block] = gaps @ _block_mean(order[block[0] : block[1] + 1], columns)
            total += means[block]
        return bool((total <= TIE * columns).all())

    sizes = range(links + 1) if 2**links <= MOST_TRIED else ()
    for size in sizes:
        for chosen in combinations(range(links), size):
            if holds(frozenset(chosen)):
                return Enough("at-central-weights", chosen, True)
    found = frozenset(range(links))
    for each in range(links):
        if holds(found - {each}):
            found -= {each}
    return Enough("at-central-weights", tuple(sorted(found)), False) if holds(found) else None


def _block_mean(part: Order, columns: int) -> FloatArray:
    size = sum(map(len, part))
    places = np.cumsum(1.0 / np.arange(size, 0, -1))[::-1]
    mean = np.zeros(columns)
    start = 0
    for group in part:
        mean[list(group)] = places[start : start + len(group)].mean()
        start += len(group)
    return mean
