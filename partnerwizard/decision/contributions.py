"""Where the difference between two values comes from."""

from __future__ import annotations

import numpy as np

from partnerwizard.decision.arrays import FloatArray


def contributions(
    likely: FloatArray, reference: FloatArray, central: FloatArray, value: float, reference_value: float
) -> tuple[FloatArray, float]:
    """Points that each criterion adds to an option's lead over the reference, (C,), and the penalty's.

    likely, reference: likely ratings of the two, (C,), 0-100. central: weights, (C,). value, reference_value:
    their values. A criterion adds w·(v - reference). The penalty's part is the remainder, so that all of them
    add up to value - reference_value; it is less than the penalty where the value met its floor of 0.
    Raises ValueError if the three arrays do not have the same shape.
    """
    if not likely.shape == reference.shape == central.shape:
        raise ValueError(f"shapes differ: {likely.shape}, {reference.shape}, {central.shape}")
    parts: FloatArray = central * (likely - reference)
    return parts, float(value - reference_value - np.sum(parts))
