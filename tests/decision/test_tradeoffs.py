"""How much of one criterion makes up for a step on another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision.programmes import Cut
from partnerwizard.decision.stated import BoundedWeights, ExactWeights, RankedWeights, at_least, order_statements, ratio
from partnerwizard.decision.tradeoffs import exchange

LAW = settings(deadline=None, max_examples=50, derandomize=True)


def test_exact_weights_have_one_rate() -> None:
    weights = ExactWeights(np.array([0.6, 0.3, 0.1]))
    found = exchange(weights.central(), weights.region())
    # A point lost on the first is worth two on the second and six on the third.
    np.testing.assert_allclose(found.central[0], [1, 2, 6])
    np.testing.assert_allclose(found.low, found.central)
    np.testing.assert_allclose(found.high, found.central)


def test_an_order_bounds_a_rate_on_one_side_only() -> None:
    weights = RankedWeights(((0,), (1,)))
    found = exchange(weights.central(), weights.region())
    assert found.central[0, 1] == pytest.approx(3)
    assert (found.low[0, 1], found.high[0, 1]) == (pytest.approx(1), np.inf)
    assert (found.low[1, 0], found.high[1, 0]) == (0, pytest.approx(1))


def test_what_never_weighs_has_no_rate() -> None:
    weights = ExactWeights(np.array([1.0, 0.0]))
    found = exchange(weights.central(), weights.region())
    assert np.isnan(found.central[0, 1])
    assert np.isnan(found.central[1, 0])
    assert np.isnan(found.high[1, 1])


def test_two_that_are_nothing_together_limit_each_other() -> None:
    # Both may weigh nothing, and where they weigh anything the first weighs twice as much.
    weights = BoundedWeights(3, [ratio(3, 0, 1, 2.0), ratio(3, 1, 0, 0.5)])
    found = exchange(weights.central(), weights.region())
    assert (found.low[0, 1], found.high[0, 1]) == (pytest.approx(2), pytest.approx(2))


@LAW
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from([0.5, 1.0, 2.0])), max_size=3))
def test_corners_and_programmes_agree_and_hold_all_draws(said: list[tuple[int, int, float]]) -> None:
    statements = [ratio(4, a, b, times) for a, b, times in said if a < b]
    statements += [at_least(4, 0, 0.1)]
    weights = BoundedWeights(4, statements)
    by_corners = exchange(weights.central(), weights.region())
    rows = np.array([each.coefficients - each.least for each in statements])
    by_programme = exchange(weights.central(), Cut(4, rows))
    np.testing.assert_allclose(by_programme.high, by_corners.high, rtol=1e-6)
    np.testing.assert_allclose(by_programme.low, by_corners.low, atol=1e-6)
    drawn = weights.sample(200, np.random.default_rng(0))
    rates = drawn[:, :, np.newaxis] / drawn[:, np.newaxis]
    assert (rates <= by_corners.high * (1 + 1e-9)).all()
    assert (rates >= by_corners.low * (1 - 1e-9)).all()
    assert (by_corners.central <= by_corners.high * (1 + 1e-9)).all()
    assert (by_corners.central >= by_corners.low * (1 - 1e-9)).all()


def test_many_criteria_in_one_tie_are_asked_against_the_heaviest_alone() -> None:
    groups = ((0,), tuple(range(1, 20)))
    central = RankedWeights(groups).central()
    rows = np.array([each.coefficients for each in order_statements(groups, 20)])
    found = exchange(central, Cut(20, rows))
    assert found.high[5, 0] == pytest.approx(1)
    assert found.low[0, 5] == pytest.approx(1)
    assert np.isnan(found.high[5, 6])
    assert found.central[5, 6] == pytest.approx(1)
