"""Counting by bits and by sorting against counting one by one, ties and copies included."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision import counting
from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.counting import ahead, counted, packed, times, unpacked
from partnerwizard.decision.sampling import pairwise, rank_shares

LAW = settings(deadline=None, max_examples=60, derandomize=True)


@st.composite
def blocks_of_draws(draw: st.DrawFn) -> FloatArray:
    """Values (O, N), some options copies of others, some draws with ties."""
    options, count, seed = draw(st.integers(1, 20)), draw(st.integers(1, 150)), draw(st.integers(0, 1000))
    rng = np.random.default_rng(seed)
    values = rng.integers(0, draw(st.sampled_from([4, 30, 10**6])), size=(options, count)).astype(np.float64)
    return values[rng.integers(options, size=options)] if draw(st.booleans()) else values


def one_by_one(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Times ahead, and places filled with ties split, of values (O, N)."""
    options = len(values)
    won = (values[:, np.newaxis] > values).sum(axis=2)
    filled = np.zeros((options, options))
    for row in values.T:
        for option, value in enumerate(row):
            better, level = int((row > value).sum()), int((row == value).sum())
            filled[option, better : better + level] += 1 / level
    return won, filled


@LAW
@given(blocks_of_draws(), st.sampled_from([0, 64]))
def test_every_way_of_counting_agrees_with_counting_one_by_one(values: FloatArray, compared: int) -> None:
    won, filled = one_by_one(values)
    count = values.shape[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_COMPARED", compared)
        np.testing.assert_allclose(pairwise(values.T) * count, won, atol=1e-9)
        np.testing.assert_allclose(rank_shares(values.T) * count, filled, atol=1e-9)
        seen = []
        for found in counted(values.T):
            numbers = np.arange(count)[found.draws]
            # Without other ties than copies', all that it counts of them.
            whole = numbers[found.first.any(axis=0)]
            np.testing.assert_allclose(found.filled, one_by_one(values[:, whole])[1], atol=1e-9)
            tops = values[:, whole].max(axis=0, initial=-1)
            np.testing.assert_array_equal(found.first[:, found.first.any(axis=0)], values[:, whole] == tops)
            seen += [*whole, *found.tied]
        assert sorted(seen) == list(range(count))


def test_only_copies_may_tie_in_a_draw_that_is_counted_as_without_ties() -> None:
    values = np.array([[3.0, 5.0, 2.0], [3.0, 5.0, 2.0], [1.0, 5.0, 4.0]])
    first, last = counted(values.T)
    assert first.copies.tolist() == [2, 2, 1]
    assert first.filled.tolist() == [[0.5, 1.0, 0.5], [0.5, 1.0, 0.5], [1.0, 0.0, 1.0]]
    # All three are the same in the draw that is left, so that they are copies there.
    assert last.draws == [1]
    assert last.copies.tolist() == [3, 3, 3]


def test_what_single_precision_cannot_tell_apart_is_told_apart_exactly() -> None:
    rng = np.random.default_rng(0)
    values = rng.uniform(20, 80, (1000, 5))
    values[:, 1] = values[:, 0] + rng.choice([-1e-7, 1e-7, 3e-9, -3e-9, 5e-10], size=1000)
    values[:, 2] = 100 - rng.uniform(0, 1e-4, 1000)
    values[:, 3] = 100 - rng.uniform(0, 1e-4, 1000)
    expected = (values[:, :, np.newaxis] - values[:, np.newaxis] > 1e-9).mean(axis=0)
    np.testing.assert_allclose(pairwise(values), expected, atol=1e-12)
    assert 0 < expected[0, 1] < expected[0, 1] + expected[1, 0] < 1


@pytest.mark.parametrize("count", [1, 63, 64, 65, 1000])
def test_bits_are_as_many_as_the_draws(count: int) -> None:
    flags = np.random.default_rng(0).integers(0, 2, size=(3, count)).astype(np.bool_)
    bits = packed(flags)
    assert times(bits).tolist() == flags.sum(axis=1).tolist()
    np.testing.assert_array_equal(unpacked(bits, count), flags)


def test_ahead_is_by_more_than_a_billionth() -> None:
    values = np.array([[50.0, 50.0, 50.0], [50.0 + 0.9e-9, 50.0 + 2e-9, 50.0 - 2e-9]])
    assert times(ahead(values)).tolist() == [[0, 1], [1, 0]]
