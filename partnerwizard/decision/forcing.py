"""Which statements that everybody shares already settle who is first, and the fewest of them that do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from partnerwizard.decision.arrays import TIE, FloatArray
from partnerwizard.decision.programmes import Together, fewest
from partnerwizard.decision.regions import Region
from partnerwizard.decision.stated import Statement, ratio
from partnerwizard.decision.table import Table

LEAD: Final = 1e-6
"""Points by which a rival must be ahead to count as ahead."""

ROUNDS: Final = 80


def shared_orders(regions: Sequence[Region], columns: int) -> tuple[tuple[int, int], ...]:
    """Pairs of criteria of which the first weighs at least as much as the second in every weight of every set.

    A pair in which neither can weigh anything says nothing and is left out.
    """
    axes = np.eye(columns)
    rows = [(more, less) for more in range(columns) for less in range(columns) if more != less]
    objectives = np.array([axes[less] - axes[more] for more, less in rows])
    holds = np.ones(len(rows), dtype=np.bool_)
    weighs = np.zeros(columns, dtype=np.bool_)
    for region in regions:
        holds &= region.most(objectives) <= TIE
        weighs |= region.most(axes) > TIE
    return tuple(pair for pair, held in zip(rows, holds.tolist(), strict=True) if held and weighs[list(pair)].any())


def shared_caps(regions: Sequence[Region], columns: int) -> FloatArray:
    """The largest weight that each criterion has in any of the sets, (C,)."""
    found: FloatArray = np.max([region.most(np.eye(columns)) for region in regions], axis=0)
    return found


def orders_as_statements(pairs: Sequence[tuple[int, int]], columns: int) -> list[Statement]:
    """ "The first weighs at least as much as the second", for each pair."""
    return [ratio(columns, more, less, 1.0) for more, less in pairs]


def fewest_forcing(table: Table, first: int, statements: Sequence[Statement]) -> tuple[int, ...] | None:
    """Positions of the fewest statements under which no option is ahead of `first`, whatever else the weights are.

    At likely ratings. Empty where `first` is ahead under any weights; None where all statements do not suffice.
    Exact while few statements are needed; after ROUNDS, statements of which none can be left out.
    """
    columns = table.criteria
    rows = [(each.coefficients, each.least) for each in statements]
    ahead = [
        Together(
            [
                (np.ones(columns), 1.0, 1.0),
                (
                    table.likely[rival] - table.likely[first],
                    float(table.penalty[rival] - table.penalty[first]) + LEAD,
                    math.inf,
                ),
            ],
            rows,
        )
        for rival in range(table.options)
        if rival != first
    ]

    def some_rival(chosen: frozenset[int]) -> bool:
        return any(each.fits(chosen) for each in ahead)

    if not some_rival(frozenset()):
        return ()
    return fewest(some_rival, range(len(statements)), ROUNDS) or None
