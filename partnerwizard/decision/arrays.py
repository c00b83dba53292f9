"""Array types, the tie tolerance and the block length that the whole decision package shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]

TIE: Final = 1e-9
"""Values (points, 0-100) and weights no further apart than this are equal."""

BLOCK: Final = 4096
"""Draws worked on at once, so that memory beyond the result does not grow with the number of draws."""


def blocks(count: int, size: int = BLOCK) -> Iterator[slice]:
    """The slices of at most `size` that cover 0 … count-1, in order."""
    for start in range(0, count, size):
        yield slice(start, min(start + size, count))


def frozen(values: npt.ArrayLike) -> FloatArray:
    """A read-only float64 copy of `values`."""
    copy = np.array(values, dtype=np.float64)
    copy.setflags(write=False)
    return copy
