"""Draws of values, and the shares that they give."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision import sampling
from partnerwizard.decision.arrays import FloatArray, blocks
from partnerwizard.decision.sampling import (
    UnitDraws,
    draw_values,
    mean_weights_when_first,
    pairwise,
    rank_shares,
)
from partnerwizard.decision.table import Table
from partnerwizard.decision.weights import BranchedWeights

LAW = settings(deadline=None, max_examples=60, derandomize=True)
WEIGHTS = BranchedWeights(4, ((0,), (1,)), ((2,), (3,)), (0.2, 0.4), None)


def random_table(rng: np.random.Generator, options: int, draw: list[int] | None = None) -> Table:
    low, likely, high = np.sort(rng.uniform(0, 100, (3, options, 4)), axis=0)
    return Table(low, likely, high, rng.choice([0.0, 12.5], options), np.array(draw or range(options)))


def rows(table: Table, kept: list[int]) -> Table:
    columns = (table.low, table.likely, table.high, table.penalty, table.draw)
    return Table(*(column[kept] for column in columns))


def one_cell(options: int, draw: list[int]) -> Table:
    ones = np.ones((options, 1))
    return Table(10 * ones, 20 * ones, 80 * ones, np.zeros(options), np.array(draw))


@st.composite
def drawn_values(draw: st.DrawFn) -> FloatArray:
    count, options = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    cells = st.sampled_from([0.0, 10.0, 10.0 + 1e-12, 30.0, 99.5])
    return np.array(draw(st.lists(st.lists(cells, min_size=options, max_size=options), min_size=count, max_size=count)))


def test_half_of_the_mass_is_on_each_side_of_likely() -> None:
    values = draw_values(one_cell(1, [0]), np.ones((200_000, 1)), np.random.default_rng(3), 0.0)[:, 0]
    np.testing.assert_allclose(np.quantile(values, [0, 0.25, 0.5, 0.75, 1]), [10, 15, 20, 50, 80], atol=0.4)


@pytest.mark.parametrize(("common", "together"), [(0.0, 0.0), (0.7, 0.7), (1.0, 1.0)])
def test_common_is_the_share_of_draws_with_one_quantile(common: float, together: float) -> None:
    values = draw_values(one_cell(2, [0, 1]), np.ones((50_000, 1)), np.random.default_rng(3), common)
    assert (values[:, 0] == values[:, 1]).mean() == pytest.approx(together, abs=0.01)


def test_common_is_chosen_criterion_by_criterion() -> None:
    # Weights so unlike that each criterion can be read off the two values' difference.
    table = Table(np.zeros((2, 2)), np.full((2, 2), 50.0), np.full((2, 2), 100.0), np.zeros(2), np.array([0, 1]))
    streams = [
        draw_values(table, np.tile(weights, (50_000, 1)), np.random.default_rng(3), 0.7) for weights in np.eye(2)
    ]
    first, second = (values[:, 0] == values[:, 1] for values in streams)
    assert (first & second).mean() == pytest.approx(0.49, abs=0.01)
    assert (first & ~second).mean() == pytest.approx(0.21, abs=0.01)


def test_same_number_same_draw_other_numbers_independent() -> None:
    values = draw_values(one_cell(3, [4, 4, 9]), np.ones((50_000, 1)), np.random.default_rng(3), 0.0)
    np.testing.assert_array_equal(values[:, 0], values[:, 1])
    assert np.corrcoef(values[:, 0], values[:, 2])[0, 1] == pytest.approx(0, abs=0.02)


def test_a_draw_is_the_weighted_sum_of_quantiles_of_the_three_points() -> None:
    rng = np.random.default_rng(7)
    table = random_table(rng, 3, [0, 0, 0])
    weights = WEIGHTS.sample(40, rng)
    values = draw_values(table, weights, np.random.default_rng(1), 0.0)
    # The quantiles behind the draws, read from a table whose value is the quantile, one criterion at a time.
    ruler = Table(np.zeros((1, 4)), np.full((1, 4), 50.0), np.full((1, 4), 100.0), np.zeros(1), np.zeros(1, np.int64))
    u = np.column_stack(
        [draw_values(ruler, np.tile(w, (40, 1)), np.random.default_rng(1), 0.0)[:, 0] for w in np.eye(4)]
    )
    ratings = np.empty((40, 3, 4))
    for n in range(40):
        for o in range(3):
            for c in range(4):
                points = (table.low[o, c], table.likely[o, c], table.high[o, c])
                ratings[n, o, c] = np.interp(u[n, c], [0, 50, 100], points)
    np.testing.assert_allclose(values, table.values(ratings, weights), atol=1e-10)


def test_equal_seeds_equal_draws_and_other_seeds_other_draws() -> None:
    table = random_table(np.random.default_rng(0), 5)
    weights = WEIGHTS.sample(30, np.random.default_rng(0))
    one, two, other = (draw_values(table, weights, np.random.default_rng(seed), 0.7) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, two)
    assert (one != other).all()


@pytest.mark.parametrize("common", [0.0, 0.7])
def test_values_do_not_depend_on_the_block_length(common: float, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    table = random_table(rng, 6, [0, 1, 1, 2, 2, 2])
    weights = WEIGHTS.sample(501, rng)

    def everything() -> list[FloatArray]:
        values = draw_values(table, weights, np.random.default_rng(1), common)
        return [values, rank_shares(values), pairwise(values), mean_weights_when_first(weights, values)]

    expected = everything()
    monkeypatch.setattr(sampling, "blocks", lambda count, *_: blocks(count, 13))
    for one, other in zip(everything(), expected, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)


@LAW
@given(st.integers(0, 1000), st.lists(st.integers(0, 3), min_size=1, max_size=6), st.booleans())
def test_kept_draws_value_a_changed_table_as_fresh_ones_do(seed: int, numbers: list[int], even: bool) -> None:
    rng = np.random.default_rng(seed)
    kept = UnitDraws(range(4), 4, 60, np.random.default_rng(seed), [0.7, 0.0])
    for _ in range(2):
        table = random_table(rng, len(numbers), numbers)
        if even:
            table = Table(table.low, (table.low + table.high) / 2, table.high, table.penalty, table.draw)
        weights = WEIGHTS.sample(60, rng)
        for common, found in zip((0.7, 0.0), kept.values(table, weights), strict=True):
            np.testing.assert_allclose(
                found, draw_values(table, weights, np.random.default_rng(seed), common), atol=1e-12
            )


def test_kept_draws_move_a_value_by_no_more_than_its_rating_moved() -> None:
    rng = np.random.default_rng(0)
    kept = UnitDraws(range(3), 4, 500, np.random.default_rng(0), [0.0])
    table, weights = random_table(rng, 3), WEIGHTS.sample(500, rng)
    up = [np.minimum(part + 1e-6 * (np.arange(3) == 1)[:, np.newaxis], 100) for part in (table.low, table.likely)]
    moved = Table(*up, np.maximum(table.high, up[1]), table.penalty, table.draw)
    (before,), (after,) = kept.values(table, weights), kept.values(moved, weights)
    np.testing.assert_array_equal(after[:, [0, 2]], before[:, [0, 2]])
    assert np.abs(after - before).max() <= 1.1e-6


@pytest.mark.parametrize("common", [0.0, 0.7])
def test_an_option_more_or_less_leaves_the_others_draws(common: float) -> None:
    rng = np.random.default_rng(0)
    table = random_table(rng, 5, [3, 1, 1, 0, 7])
    weights = WEIGHTS.sample(50, rng)
    whole = draw_values(table, weights, np.random.default_rng(1), common)
    for kept in ([0, 1, 2, 3], [1, 2, 3, 4], [4, 0]):
        part = Table(*(array[kept] for array in (table.low, table.likely, table.high, table.penalty, table.draw)))
        np.testing.assert_array_equal(draw_values(part, weights, np.random.default_rng(1), common), whole[:, kept])


def test_options_in_another_order_permute_the_draws_and_shares() -> None:
    rng = np.random.default_rng(0)
    table = random_table(rng, 5, [0, 1, 1, 2, 3])
    weights = WEIGHTS.sample(400, rng)
    new = [3, 0, 4, 2, 1]
    values = draw_values(table, weights, np.random.default_rng(1), 0.7)
    others = draw_values(rows(table, new), weights, np.random.default_rng(1), 0.7)
    np.testing.assert_array_equal(others, values[:, new])
    np.testing.assert_allclose(rank_shares(others), rank_shares(values)[new])
    np.testing.assert_allclose(pairwise(others), pairwise(values)[np.ix_(new, new)])


def test_values_stay_within_their_extremes() -> None:
    rng = np.random.default_rng(0)
    table = random_table(rng, 5)
    weights = WEIGHTS.sample(2000, rng)
    values = draw_values(table, weights, rng, 0.7)
    assert (values >= table.values(table.low, weights) - 1e-9).all()
    assert (values <= table.values(table.high, weights) + 1e-9).all()


def test_a_dominated_option_is_never_first_and_a_better_rating_never_hurts() -> None:
    rng = np.random.default_rng(0)
    low, likely, high = np.sort(rng.uniform(10, 90, (3, 4, 4)), axis=0)
    low[3], likely[3], high[3] = (array[:3].min() - 5 for array in (low, low, low))
    weights = WEIGHTS.sample(2000, rng)
    draw = np.arange(4)
    table = Table(low, likely, high, np.zeros(4), draw)
    values = draw_values(table, weights, np.random.default_rng(1), 0.0)
    assert rank_shares(values)[3].tolist() == [0, 0, 0, 1]
    likely, high = likely.copy(), high.copy()
    likely[1, 0] = high[1, 0]
    better = draw_values(Table(low, likely, high, np.zeros(4), draw), weights, np.random.default_rng(1), 0.0)
    assert (better[:, 1] >= values[:, 1] - 1e-9).all()
    assert rank_shares(better)[1, 0] > rank_shares(values)[1, 0]
    assert (pairwise(better)[1] >= pairwise(values)[1]).all()


def test_a_copy_never_beats_its_twin_but_one_rated_on_its_own_does() -> None:
    rng = np.random.default_rng(0)
    low, likely, high = (np.tile(array, (3, 1)) for array in np.sort(rng.uniform(0, 100, (3, 1, 4)), axis=0))
    table = Table(low, likely, high, np.zeros(3), np.array([0, 0, 1]))
    beats = pairwise(draw_values(table, WEIGHTS.sample(2000, rng), rng, 0.0))
    assert beats[0, 1] == beats[1, 0] == 0
    assert beats[0, 2] == pytest.approx(0.5, abs=0.05)


def test_draws_in_common_leave_intervals_of_one_shape_in_their_order() -> None:
    # Two intervals of the same width, one 1 point higher: apart they often change places, in common never.
    low = np.array([[20.0], [21.0]])
    table = Table(low, low + 20, low + 40, np.zeros(2), np.array([0, 1]))
    weights = np.ones((20_000, 1))
    shares = [pairwise(draw_values(table, weights, np.random.default_rng(1), common)) for common in (0.0, 0.7, 1.0)]
    assert shares[0][0, 1] == pytest.approx(0.5 * (39 / 40) ** 2, abs=0.01)
    assert shares[1][0, 1] == pytest.approx(0.3 * shares[0][0, 1], abs=0.01)
    assert shares[2][0, 1] == 0


@LAW
@given(drawn_values())
def test_every_place_and_every_option_sums_to_one(values: FloatArray) -> None:
    shares = rank_shares(values)
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert shares.min() >= 0


@LAW
@given(drawn_values())
def test_rank_shares_against_counting(values: FloatArray) -> None:
    expected = np.zeros((values.shape[1], values.shape[1]))
    for row in values.round(6):
        for option, value in enumerate(row):
            ahead, level = int((row > value).sum()), int((row == value).sum())
            expected[option, ahead : ahead + level] += 1 / level / len(values)
    np.testing.assert_allclose(rank_shares(values), expected, atol=1e-12)


@LAW
@given(drawn_values())
def test_pairwise_against_counting(values: FloatArray) -> None:
    rounded = values.round(6)
    shares = pairwise(values)
    np.testing.assert_allclose(shares, (rounded[:, :, np.newaxis] > rounded[:, np.newaxis]).mean(axis=0))
    assert (shares + shares.T <= 1 + 1e-12).all()
    assert (np.diag(shares) == 0).all()


def test_mean_weights_when_first() -> None:
    weights = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    values = np.array([[3.0, 1.0, 0.0], [1.0, 3.0, 0.0], [2.0, 2.0, 0.0]])
    means = mean_weights_when_first(weights, values)
    np.testing.assert_allclose(means[:2], [[5 / 6, 1 / 6], [1 / 6, 5 / 6]])
    assert np.isnan(means[2]).all()


def test_first_shares_weigh_the_means_back_to_all_draws() -> None:
    rng = np.random.default_rng(4)
    weights = WEIGHTS.sample(3000, rng)
    values = draw_values(random_table(rng, 4), weights, rng, 0.0)
    means = np.nan_to_num(mean_weights_when_first(weights, values))
    np.testing.assert_allclose(rank_shares(values)[:, 0] @ means, weights.mean(axis=0))


def test_what_is_refused() -> None:
    table = one_cell(1, [0])
    rng = np.random.default_rng(0)
    for weights in (np.ones(3), np.ones((3, 2))):
        with pytest.raises(ValueError, match="the table has 1 criteria"):
            draw_values(table, weights, rng, 0.0)
    for common in (-0.1, 1.1, math.nan):
        with pytest.raises(ValueError, match="not within 0-1"):
            draw_values(table, np.ones((3, 1)), rng, common)
    for function in (rank_shares, pairwise):
        for values in (np.zeros((0, 3)), np.zeros(3)):
            with pytest.raises(ValueError, match="at least one draw"):
                function(values)
    with pytest.raises(ValueError, match="2 weights, 3 draws"):
        mean_weights_when_first(np.ones((2, 1)), np.ones((3, 1)))


def test_no_draws_are_no_values() -> None:
    assert draw_values(one_cell(2, [0, 1]), np.ones((0, 1)), np.random.default_rng(0), 0.7).shape == (0, 2)
