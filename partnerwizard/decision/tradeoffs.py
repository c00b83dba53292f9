"""Equivalent changes: how much of one criterion makes up for a step on another.

With the additive value, a step of s points on criterion d and one of s·w_d/w_c points on criterion c change a value by
the same amount; the ratio is the marginal rate of substitution (Keeney and Raiffa (1976), "Decisions with multiple
objectives", chapter 3). A ratio of two linear functions is largest at a corner of the set; where corners are not
listed, the set is a cone cut at sum 1, so cutting it at w_c = 1 instead makes the ratio linear (Charnes and Cooper
(1962), "Programming with linear fractional functionals").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from partnerwizard.decision.arrays import TIE, FloatArray
from partnerwizard.decision.regions import Hull, Region, as_region

MOST_BY_PROGRAMME: Final = 16
"""With more criteria than this, sets without listed corners are asked for ratios to the heaviest criterion only."""


@dataclass(frozen=True, eq=False)
class Exchange:
    """Points on the column's criterion that one point on the row's is worth, w_row / w_column, each (C, C).

    central: at central weights. low, high: the ends over the whole set of weights, high infinite where the column can
    weigh nothing while the row weighs something. NaN where the row or the column always weighs nothing, and where the
    ends were not sought.
    """

    central: FloatArray
    low: FloatArray
    high: FloatArray


def exchange(central: FloatArray, weights: FloatArray | Region) -> Exchange:
    """The rates between all criteria. central: (C,). weights: the set, or its corners (K, C)."""
    region = as_region(weights)
    count = len(central)
    alive = central > TIE
    both = alive[:, np.newaxis] & alive
    at_centre = np.full((count, count), np.nan)
    np.divide(central[:, np.newaxis], central, out=at_centre, where=both)
    high = np.full((count, count), np.nan)
    having = np.flatnonzero(alive).tolist()
    heaviest = int(np.argmax(central))
    for column in having:
        every = isinstance(region, Hull) or count <= MOST_BY_PROGRAMME or column == heaviest
        rows = having if every else [heaviest]
        high[rows, column] = region.most_ratios(rows, column)
    np.fill_diagonal(high, np.where(alive, 1.0, np.nan))
    low = np.full((count, count), np.nan)
    np.divide(1.0, high.T, out=low, where=high.T > 0)
    return Exchange(at_centre, low, high)
