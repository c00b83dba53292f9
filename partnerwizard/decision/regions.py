"""What the exact computations need to know of a set of weights: its farthest members in any direction."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from partnerwizard.decision.arrays import FloatArray


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


def as_region(weights: FloatArray | Region) -> Region:
    """Corners (K, C) as the region they span; a region as it is."""
    return Hull(weights) if isinstance(weights, np.ndarray) else weights
