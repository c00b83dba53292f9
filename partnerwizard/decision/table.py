"""The decision table: how well each option does on each criterion, as an interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerwizard.decision.arrays import FloatArray, IntArray, frozen


@dataclass(frozen=True, eq=False)
class Table:
    """Ratings of O options on C criteria as low, likely, high on 0-100, and points taken off each value.

    low, likely, high: (O, C).
    penalty: (O,), points taken off the value in every draw; the value's floor is 0. 0 for the reference.
    draw: (O,), not negative; options with the same number share one rating draw (quantile) on every
    criterion.

    The arrays are copied and read-only. Raises ValueError, naming every problem, for wrong shapes, numbers
    that are not finite, ratings outside 0-100 or not low <= likely <= high, and negative penalties or draw
    numbers.
    """

    low: FloatArray
    likely: FloatArray
    high: FloatArray
    penalty: FloatArray
    draw: IntArray

    def __post_init__(self) -> None:
        for name in ("low", "likely", "high", "penalty"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
        numbers = np.array(self.draw)
        problems = _shape_problems(self, numbers) or _content_problems(self, numbers)
        if problems:
            raise ValueError("; ".join(problems))
        numbers = numbers.astype(np.int64)
        numbers.setflags(write=False)
        object.__setattr__(self, "draw", numbers)

    @property
    def options(self) -> int:
        """Number of options, O."""
        return int(self.low.shape[0])

    @property
    def criteria(self) -> int:
        """Number of criteria, C."""
        return int(self.low.shape[1])

    def values(self, ratings: FloatArray, weights: FloatArray) -> FloatArray:
        """Values (…, O) of ratings (…, O, C) at weights (…, C): max(0, sum of w·v - penalty); leading axes
        broadcast.
        """
        weighted: FloatArray = np.einsum("...oc,...c->...o", ratings, weights)
        return np.maximum(weighted - self.penalty, 0.0)


def _shape_problems(table: Table, draw: IntArray) -> list[str]:
    if table.low.ndim != 2 or 0 in table.low.shape:
        return [f"low must be options by criteria, at least one of each, not {table.low.shape}"]
    problems = []
    for name, array in (("likely", table.likely), ("high", table.high)):
        if array.shape != table.low.shape:
            problems.append(f"{name} has shape {array.shape}, low has {table.low.shape}")
    for name, column in (("penalty", table.penalty), ("draw", draw)):
        if column.shape != table.low.shape[:1]:
            problems.append(f"{name} has shape {column.shape}, there are {table.low.shape[0]} options")
    return problems


def _content_problems(table: Table, draw: IntArray) -> list[str]:
    problems = []
    for name in ("low", "likely", "high"):
        array = getattr(table, name)
        for option, criterion in np.argwhere(~((array >= 0) & (array <= 100))):
            problems.append(f"{name}[{option}, {criterion}] is {array[option, criterion]}, not within 0-100")
    for option, criterion in np.argwhere((table.low > table.likely) | (table.likely > table.high)):
        problems.append(f"low, likely, high are not in order at [{option}, {criterion}]")
    problems += [
        f"penalty[{option}] is {table.penalty[option]}, not a number of points from 0"
        for option in np.flatnonzero(~(np.isfinite(table.penalty) & (table.penalty >= 0)))
    ]
    if not np.issubdtype(draw.dtype, np.integer):
        problems.append("draw must hold whole numbers")
    elif (draw < 0).any():
        problems.append("draw must not be negative")
    return problems
