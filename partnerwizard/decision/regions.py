"""What the exact computations need to know of a set of weights: its farthest members in any direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from partnerwizard.decision.arrays import TIE, FloatArray


class Region(Protocol):
    """A closed convex set of weights, each >= 0 and summing to 1."""

    @property
    def members(self) -> FloatArray:
        """Some of its members, (K, C), at least one."""
        ...

    def best(self, objective: FloatArray) -> FloatArray:
        """A corner (C,) at which the objective (C,) is largest."""
        ...

    def most(self, objectives: FloatArray) -> FloatArray:
        """The largest value of each objective, (R,) from (R, C)."""
        ...

    def most_ratios(self, rows: Sequence[int], column: int) -> FloatArray:
        """The largest ratio of each row's weight to the column's, (R,), infinite where there is no limit."""
        ...


class Hull:
    """The region whose corners are given, (K, C): exactly their convex hull."""

    def __init__(self, corners: FloatArray) -> None:
        self.members = corners

    def best(self, objective: FloatArray) -> FloatArray:
        """The first corner (C,) at which the objective is largest."""
        found: FloatArray = self.members[int(np.argmax(self.members @ objective))]
        return found

    def most(self, objectives: FloatArray) -> FloatArray:
        """The largest value of each objective, (R,) from (R, C)."""
        found: FloatArray = (self.members @ objectives.T).max(axis=0)
        return found

    def most_ratios(self, rows: Sequence[int], column: int) -> FloatArray:
        """The largest ratio of each row's weight to the column's, (R,): at a corner, infinite where that is 0."""
        corners = np.where(self.members > TIE, self.members, 0.0)
        none = corners[:, column] <= 0
        # Where the column weighs nothing, only what weighs something there has no limit.
        unlimited = (corners[none][:, rows] > 0).any(axis=0)
        ratios = corners[~none][:, rows] / corners[~none][:, [column]]
        found: FloatArray = np.where(unlimited, np.inf, ratios.max(axis=0, initial=0.0))
        return found


def as_region(weights: FloatArray | Region) -> Region:
    """Corners (K, C) as the region they span; a region as it is."""
    return Hull(weights) if isinstance(weights, np.ndarray) else weights
