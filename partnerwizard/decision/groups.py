"""What several people's results say together: ranks, Kendall's W, the split of top choices.

Ranks are arrays (P, O): P people, O options, 1 the best. Source of W and its correction for ties: Kendall and Babington
Smith (1939), "The problem of m rankings"; Kendall and Gibbons (1990), "Rank correlation methods", chapter 6.
"""

from __future__ import annotations

import numpy as np

from partnerwizard.decision.arrays import TIE, FloatArray, IntArray


def shared_ranks(values: FloatArray) -> IntArray:
    """Places by value, highest first, (O,); values within 1e-9 of each other share the better place (1, 1, 3)."""
    ahead: IntArray = (values > values[:, np.newaxis] + TIE).sum(axis=1)
    return ahead + 1


def middle_ranks(ranks: FloatArray) -> FloatArray:
    """Ranks (P, O) with ties at the mean of the places they fill (1.5, 1.5, 3), as Kendall's W needs them."""
    smaller = (ranks[:, np.newaxis] < ranks[:, :, np.newaxis]).sum(axis=2)
    equal = (ranks[:, np.newaxis] == ranks[:, :, np.newaxis]).sum(axis=2)
    return np.asarray(smaller + (equal + 1) / 2)


def rank_sums(ranks: FloatArray) -> FloatArray:
    """Each option's sum of middle ranks over people, (O,)."""
    return np.asarray(middle_ranks(ranks).sum(axis=0))


def kendall_w(ranks: FloatArray) -> float | None:
    """Agreement of P rankings, 0 (none) to 1 (all alike), corrected for ties; None where everybody ties everything.

    W = (12·S - 3·P²·O·(O+1)²) / (P²·O·(O²-1) - P·T), with S the sum of squared rank sums and T the sum of t³ - t over
    everybody's groups of t tied options.
    """
    people, options = ranks.shape
    sums = rank_sums(ranks)
    equal = (ranks[:, np.newaxis] == ranks[:, :, np.newaxis]).sum(axis=2)
    ties = float((equal.astype(np.float64) ** 2 - 1).sum())
    most = people**2 * options * (options**2 - 1) - people * ties
    if most <= TIE:
        return None
    return float((12 * (sums**2).sum() - 3 * people**2 * options * (options + 1) ** 2) / most)


def top_choice_split(ranks: FloatArray) -> FloatArray:
    """Share of people whose first choice each option is, (O,), summing to 1; a tie for first is split evenly."""
    first = ranks == ranks.min(axis=1, keepdims=True)
    return np.asarray((first / first.sum(axis=1, keepdims=True)).mean(axis=0))
