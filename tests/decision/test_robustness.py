"""What holds over whole sets, and the least that changes the answer, each against brute force."""

from __future__ import annotations

import math
import subprocess
import sys
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.robustness import (
    RatingChange,
    extremes,
    necessarily_best,
    necessarily_preferred,
    possibly_best,
    smallest_rating_changes,
    smallest_weight_change,
    tipping_points,
)
from partnerwizard.decision.sampling import draw_values
from partnerwizard.decision.table import Table
from partnerwizard.decision.weights import BranchedWeights

LAW = settings(deadline=None, max_examples=100, derandomize=True)
TWO = np.array([[0.9, 0.1], [0.2, 0.8]])


@st.composite
def tables(draw: st.DrawFn, options: int = 3, criteria: int = 2) -> Table:
    """Coarse numbers, so that ties, floors, shared draws and crossing curves are common."""
    cells = st.lists(
        st.lists(st.integers(0, 10), min_size=3, max_size=3),
        min_size=options * criteria,
        max_size=options * criteria,
    )
    low, likely, high = 10.0 * np.sort(np.array(draw(cells)), axis=1).T.reshape(3, options, criteria)
    penalty = draw(st.lists(st.sampled_from([0, 0, 15, 40]), min_size=options, max_size=options))
    shared = draw(st.lists(st.integers(0, 1), min_size=options, max_size=options))
    return Table(low, likely, high, np.array(penalty), np.array(shared))


@st.composite
def likely_tables(draw: st.DrawFn) -> tuple[FloatArray, FloatArray, FloatArray]:
    options, criteria = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    cells = draw(st.lists(st.integers(0, 20), min_size=options * criteria, max_size=options * criteria))
    parts = draw(st.lists(st.integers(0, 5), min_size=criteria, max_size=criteria).filter(any))
    penalty = draw(st.lists(st.sampled_from([0, 0, 15, 60]), min_size=options, max_size=options))
    return (
        5.0 * np.reshape(cells, (options, criteria)),
        np.array(penalty, float),
        np.array(parts) / sum(parts),
    )


def curve(table: Table, quantile: FloatArray) -> FloatArray:
    """Ratings (…, O, C) at quantiles (…, O, C)."""
    z = 2 * quantile - 1
    up, down = table.high - table.likely, table.likely - table.low
    return table.likely + np.maximum(z, 0) * up + np.minimum(z, 0) * down


def members(table: Table, corners: FloatArray, samples: int, seed: int) -> FloatArray:
    """Values (N, O) at weights and ratings of the sets, ends and corners included more than by chance."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(len(corners), 0.3), size=samples)
    quantile = rng.random((samples, *table.low.shape))
    quantile = np.where(rng.random(quantile.shape) < 0.7, rng.integers(0, 3, quantile.shape) / 2, quantile)
    for number in set(table.draw.tolist()):
        same = np.flatnonzero(table.draw == number)
        quantile[:, same] = quantile[:, same[:1]]
    return table.values(curve(table, quantile), shares @ corners)


def best_margin(table: Table, option: int) -> float:
    """How far ahead of its best rival an option can be over TWO, by a grid of weights and quantiles."""
    share = np.linspace(0, 1, 51)
    weights = np.outer(share, TWO[0]) + np.outer(1 - share, TWO[1])
    grid = np.linspace(0, 1, 21)
    worst = -math.inf
    for quantiles in product(grid, repeat=2):
        own = curve(table, np.broadcast_to(quantiles, table.low.shape))
        same = (table.draw == table.draw[option])[:, np.newaxis]
        ratings = np.where(same, own, table.low)
        if same.sum() == 1:
            ratings[option] = table.high[option]
        values = table.values(ratings, weights)
        worst = max(worst, (values[:, option] - np.delete(values, option, axis=1).max(axis=1)).max())
        if same.sum() == 1:
            break
    return worst


@LAW
@given(tables(), st.integers(0, 2**32))
def test_nothing_drawn_contradicts_what_holds_for_all(table: Table, seed: int) -> None:
    values = members(table, TWO, 1500, seed)
    low, high = extremes(table, TWO)
    assert (values >= low - 1e-9).all()
    assert (values <= high + 1e-9).all()
    preferred = necessarily_preferred(table, TWO)
    lead = (values[:, :, np.newaxis] - values[:, np.newaxis]).min(axis=0)
    assert (lead[preferred] >= -1e-5).all()
    assert preferred.diagonal().all()
    np.testing.assert_array_equal(necessarily_best(table, TWO), preferred.all(axis=1))
    first = (values >= values.max(axis=1, keepdims=True) - 1e-9).any(axis=0)
    assert possibly_best(table, TWO)[first].all()
    # Where it is so always, it can be so.
    assert possibly_best(table, TWO)[necessarily_best(table, TWO)].all()


@settings(LAW, max_examples=60)
@given(tables())
def test_possibly_best_against_a_grid(table: Table) -> None:
    for option, possible in enumerate(possibly_best(table, TWO)):
        margin = best_margin(table, option)
        # Between grid points a difference moves by less than 4 points.
        assert margin >= -4 if possible else margin < 0


@settings(LAW, max_examples=60)
@given(tables(options=2))
def test_necessarily_preferred_against_a_grid(table: Table) -> None:
    preferred = necessarily_preferred(table, TWO)
    for a, b in ((0, 1), (1, 0)):
        # b can be ahead of a by what the grid finds, or at most 4 points more.
        margin = best_margin(table, b)
        assert margin <= 1e-5 if preferred[a, b] else margin > -4


def test_a_mixture_of_corners_shows_what_no_corner_does() -> None:
    # The third is second best on both criteria: best only where the weights are mixed.
    ratings = np.array([[100.0, 0.0], [0.0, 100.0], [60.0, 60.0], [45.0, 45.0]])
    table = Table(ratings, ratings, ratings, np.zeros(4), np.arange(4))
    assert possibly_best(table, np.eye(2)).tolist() == [True, True, True, False]
    assert possibly_best(table, np.array([[1.0, 0.0], [0.7, 0.3]])).tolist() == [True, False, False, False]


@pytest.mark.parametrize(("middle", "expected"), [(49.9, False), (50.0, True), (50.1, True)])
def test_possibly_best_is_sharp_and_ties_count(middle: float, expected: bool) -> None:
    ratings = np.array([[100.0, 0.0], [0.0, 100.0], [middle, middle]])
    table = Table(ratings, ratings, ratings, np.zeros(3), np.arange(3))
    assert bool(possibly_best(table, np.eye(2))[2]) is expected


def test_the_floor_bends_the_comparison_between_corners() -> None:
    # At either corner the first is not behind (10:10, and 0:0 with both below the floor), between them it is.
    ratings = np.array([[40.0, 0.0], [40.0, 25.0]])
    table = Table(ratings, ratings, ratings, np.array([30.0, 30.0]), np.array([0, 1]))
    assert not necessarily_preferred(table, np.eye(2))[0, 1]
    assert necessarily_preferred(table, np.eye(2))[1, 0]


def test_what_is_behind_only_below_the_floor_is_not_behind() -> None:
    ratings = np.array([[10.0, 20.0], [20.0, 30.0]])
    table = Table(ratings, ratings, ratings, np.array([40.0, 40.0]), np.array([0, 1]))
    assert necessarily_preferred(table, np.eye(2)).all()


def test_options_at_the_floor_together_are_all_possibly_best() -> None:
    ratings = np.array([[10.0], [5.0]])
    for penalty, expected in ((20.0, [True, True]), (7.0, [True, False])):
        table = Table(ratings, ratings, ratings, np.full(2, penalty), np.array([0, 1]))
        assert possibly_best(table, np.ones((1, 1))).tolist() == expected


def test_a_quantile_cannot_be_low_for_one_rival_and_high_for_another() -> None:
    low, likely, high = np.array([[[40.0], [30.0], [45.0]], [[50.0], [70.0], [55.0]], [[60.0], [70.0], [55.0]]])
    corners = np.ones((1, 1))
    # Low beats the second, high the third, but never both; rated on its own it can be ahead of both.
    assert not possibly_best(Table(low, likely, high, np.zeros(3), np.zeros(3, np.int64)), corners)[0]
    assert possibly_best(Table(low, likely, high, np.zeros(3), np.arange(3)), corners)[0]


@pytest.mark.parametrize(
    "points",
    [
        # Between low and likely the first is level with both; likely and high, or low and high, never are.
        [[30.0, 20, 40], [55, 65, 45], [70, 75, 50]],
        # The same between likely and high.
        [[30.0, 35, 10], [40, 50, 30], [70, 60, 80]],
    ],
)
def test_the_only_quantiles_that_make_it_best_are_found(points: list[list[float]]) -> None:
    low, likely, high = np.array(points)[:, :, np.newaxis]
    one = np.ones((1, 1))
    assert possibly_best(Table(low, likely, high, np.zeros(3), np.zeros(3, np.int64)), one)[0]
    # A tenth of a point off, and there are none.
    low, likely, high = low.copy(), likely.copy(), high.copy()
    for part in (low, likely, high):
        part[0] -= 0.1
    assert not possibly_best(Table(low, likely, high, np.zeros(3), np.zeros(3, np.int64)), one)[0]


def test_twins_are_necessarily_level_and_their_lead_is_cell_by_cell() -> None:
    low, likely, high = np.array([[[0.0], [0.0], [10.0]], [[50.0], [50.0], [60.0]], [[100.0], [100.0], [100.0]]])
    table = Table(low, likely, high, np.zeros(3), np.zeros(3, np.int64))
    assert necessarily_preferred(table, np.ones((1, 1))).tolist() == [
        [True, True, False],
        [True, True, False],
        [True, True, True],
    ]
    assert necessarily_best(table, np.ones((1, 1))).tolist() == [False, False, True]
    apart = Table(low, likely, high, np.zeros(3), np.arange(3))
    assert necessarily_best(apart, np.ones((1, 1))).tolist() == [False] * 3


def test_one_option_is_best() -> None:
    table = Table(*np.full((3, 1, 2), 50.0), np.zeros(1), np.zeros(1, np.int64))
    assert possibly_best(table, TWO).tolist() == necessarily_best(table, TWO).tolist() == [True]


def test_a_case_of_full_size_agrees_with_its_draws() -> None:
    rng = np.random.default_rng(3)
    weights_set = BranchedWeights(14, ((0,), (1, 2), (3, 4, 5, 6)), ((9,), (10, 11, 12, 13)), None, (0.4, 0.6))
    likely = rng.uniform(30, 70, (12, 14))
    low, high = likely - rng.uniform(0, 8, likely.shape), likely + rng.uniform(0, 8, likely.shape)
    table = Table(low, likely, high, rng.choice([0.0, 6.25], 12), np.arange(12) // 3)
    corners = weights_set.corners()
    values = draw_values(table, weights_set.sample(20_000, rng), rng, 0.0)
    lead = (values[:, :, np.newaxis] - values[:, np.newaxis]).min(axis=0)
    preferred = necessarily_preferred(table, corners)
    assert (lead[preferred] >= -1e-6).all()
    assert preferred.sum() > 12
    possible = possibly_best(table, corners)
    assert possible[np.unique(values.argmax(axis=1))].all()
    assert not possible.all()


def test_options_renamed_rename_the_answers() -> None:
    rng = np.random.default_rng(5)
    low, likely, high = np.sort(rng.uniform(0, 100, (3, 5, 2)), axis=0)
    parts = (low, likely, high, np.array([0, 15.0, 0, 15.0, 30.0]), np.array([0, 0, 1, 1, 2]))
    new = [4, 2, 0, 1, 3]
    one, other = Table(*parts), Table(*(part[new] for part in parts))
    np.testing.assert_array_equal(possibly_best(other, TWO), possibly_best(one, TWO)[new])
    preferred = necessarily_preferred(one, TWO)
    np.testing.assert_array_equal(necessarily_preferred(other, TWO), preferred[np.ix_(new, new)])
    crossed = Table(*(part[:, ::-1] for part in parts[:3]), *parts[3:])
    np.testing.assert_array_equal(necessarily_preferred(crossed, TWO[:, ::-1]), preferred)


def test_the_solver_prints_nothing() -> None:
    # In a process of its own: what C code prints is seen only when its buffer is flushed, at the end.
    program = """
import numpy as np
from partnerwizard.decision.robustness import possibly_best
from partnerwizard.decision.table import Table
ratings = np.array([[100.0, 0.0], [0.0, 100.0], [60.0, 60.0]])
assert possibly_best(Table(ratings, ratings, ratings, np.zeros(3), np.arange(3)), np.eye(2)).all()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def moved(central: FloatArray, criterion: int, weight: float) -> FloatArray:
    weights = central * (1 - weight) / (1 - central[criterion])
    weights[criterion] = weight
    return weights


def first_of(values: FloatArray) -> int:
    return int(np.flatnonzero(values >= values.max() - 1e-9)[0])


def value(likely: FloatArray, penalty: FloatArray, weights: FloatArray) -> FloatArray:
    return np.maximum(likely @ weights - penalty, 0)


@LAW
@given(likely_tables())
def test_tipping_against_a_grid(given_table: tuple[FloatArray, FloatArray, FloatArray]) -> None:
    likely, penalty, central = given_table
    first = first_of(value(likely, penalty, central))
    found = tipping_points(likely, penalty, central)
    assert [tipping.criterion for tipping in found] == list(range(len(central)))
    for tipping in found:
        assert tipping.weight == central[tipping.criterion]
        assert 0 <= tipping.stable_from <= tipping.weight <= tipping.stable_to <= 1
        if tipping.weight == 1:
            continue

        def behind(weight: float, criterion: int = tipping.criterion) -> FloatArray:
            values = value(likely, penalty, moved(central, criterion, weight))
            return values - values[first]

        for weight in np.linspace(tipping.stable_from, tipping.stable_to, 41):
            assert behind(weight).max() <= 1e-6
        # Just beyond a limit exactly the takers are ahead; beyond the end of the range there is nobody.
        if tipping.stable_from == 0:
            assert tipping.below == ()
        else:
            ahead = np.flatnonzero(behind(tipping.stable_from - 1e-5) > 1e-8)
            assert tipping.below == tuple(ahead.tolist()) != ()
        if tipping.stable_to == 1:
            assert tipping.above == ()
        else:
            ahead = np.flatnonzero(behind(tipping.stable_to + 1e-5) > 1e-8)
            assert tipping.above == tuple(ahead.tolist()) != ()


def test_tipping_by_hand() -> None:
    likely = np.array([[80.0, 20.0], [20.0, 80.0]])
    found = tipping_points(likely, np.zeros(2), np.array([0.7, 0.3]))
    assert [(t.stable_from, t.stable_to, t.below, t.above) for t in found] == [
        (pytest.approx(0.5), 1.0, (1,), ()),
        (0.0, pytest.approx(0.5), (), (1,)),
    ]


def test_tipping_of_a_tie_at_the_centre_and_of_two_takers() -> None:
    likely = np.array([[50.0, 50.0, 50.0], [60.0, 40.0, 50.0], [60.0, 40.0, 50.0]])
    one, two, three = tipping_points(likely, np.zeros(3), np.full(3, 1 / 3))
    assert (one.stable_from, one.stable_to, one.below, one.above) == (0.0, pytest.approx(1 / 3), (), (1, 2))
    assert (two.stable_from, two.stable_to, two.below, two.above) == (pytest.approx(1 / 3), 1.0, (1, 2), ())
    assert (three.stable_from, three.stable_to, three.below, three.above) == (0.0, 1.0, (), ())


def test_tipping_where_nothing_else_has_weight() -> None:
    likely = np.array([[80.0, 20.0], [20.0, 80.0]])
    all_, none = tipping_points(likely, np.zeros(2), np.array([1.0, 0.0]))
    assert (all_.stable_from, all_.stable_to, all_.below, all_.above) == (0.0, 1.0, (), ())
    assert (none.stable_from, none.stable_to, none.below, none.above) == (0.0, pytest.approx(0.5), (), (1,))


def rating_changes_by_search(likely: FloatArray, penalty: FloatArray, central: FloatArray) -> list[RatingChange]:
    """By bisection over each cell: values are monotone in a rating."""
    values = value(likely, penalty, central)
    first = first_of(values)
    found = []
    for option, criterion in np.ndindex(likely.shape):
        end = 0.0 if option == first else 100.0

        def lead(to: float, option: int = option, criterion: int = criterion) -> FloatArray:
            changed = likely.copy()
            changed[option, criterion] = to
            now = value(changed, penalty, central)
            return now[first] - np.delete(now, first) if option == first else now[[first]] - now[option]

        if lead(end).min() > 1e-9:
            continue
        start, stop = likely[option, criterion], end
        for _ in range(100):
            middle = (start + stop) / 2
            start, stop = (start, middle) if lead(middle).min() <= 1e-11 else (middle, stop)
        rivals = np.delete(np.arange(len(likely)), first)
        winners = rivals[lead(stop) <= 1e-9].tolist() if option == first else [option]
        found += [RatingChange(option, criterion, likely[option, criterion], stop, winner) for winner in winners]
    least = min((abs(change.to - change.from_) for change in found), default=0.0)
    return [change for change in found if abs(change.to - change.from_) <= least + 1e-7]


@LAW
@given(likely_tables())
def test_rating_changes_against_search(given_table: tuple[FloatArray, FloatArray, FloatArray]) -> None:
    likely, penalty, central = given_table
    values = np.sort(value(likely, penalty, central))
    found = smallest_rating_changes(likely, penalty, central)
    if values[-1] - values[-2] <= 1e-9:
        assert found == []
        return
    expected = rating_changes_by_search(likely, penalty, central)

    def key(change: RatingChange) -> tuple[int, int, int]:
        return change.option, change.criterion, change.winner

    assert sorted(map(key, found)) == sorted(map(key, expected))
    for one, other in zip(sorted(found, key=key), sorted(expected, key=key), strict=True):
        assert one.from_ == other.from_
        assert one.to == pytest.approx(other.to, abs=1e-6)


def test_rating_changes_by_hand() -> None:
    likely = np.array([[60.0, 50.0], [50.0, 50.0]])
    none = np.zeros(2)
    assert smallest_rating_changes(likely, none, np.array([0.5, 0.5])) == [
        RatingChange(0, 0, 60.0, 50.0, 1),
        RatingChange(1, 0, 50.0, 60.0, 1),
        RatingChange(0, 1, 50.0, 40.0, 1),
        RatingChange(1, 1, 50.0, 60.0, 1),
    ]
    # No single rating is enough.
    assert smallest_rating_changes(np.array([[100.0, 90.0], [10.0, 0.0]]), none, np.array([0.5, 0.5])) == []
    assert smallest_rating_changes(likely[:1], none[:1], np.array([0.5, 0.5])) == []


@LAW
@given(likely_tables(), st.integers(0, 2**32))
def test_weight_change_against_draws(given_table: tuple[FloatArray, FloatArray, FloatArray], seed: int) -> None:
    likely, penalty, central = given_table
    first = first_of(value(likely, penalty, central))
    found = smallest_weight_change(likely, penalty, central)
    rng = np.random.default_rng(seed)
    others = np.vstack([np.eye(len(central)), rng.dirichlet(np.full(len(central), 0.5), size=3000)])
    values = np.maximum(others @ likely.T - penalty, 0)
    lead = values[:, first] - np.delete(values, first, axis=1).max(axis=1)
    if found is None:
        assert lead.min() > 0
        return
    # It does what it says …
    assert found.weights.min() >= 0
    assert found.weights.sum() == pytest.approx(1)
    assert np.abs(found.weights - central).sum() == pytest.approx(found.distance)
    at = value(likely, penalty, found.weights)
    assert at[found.winner] == pytest.approx(at[first], abs=1e-7)
    assert at.max() == pytest.approx(at[first], abs=1e-7)
    # … and no weights nearer do: not those drawn, nor the tie on the way to them.
    start = value(likely, penalty, central)
    for target in others[lead <= 0][:60]:
        near, far = 0.0, 1.0
        for _ in range(40):
            middle = (near + far) / 2
            now = value(likely, penalty, central + middle * (target - central))
            near, far = (near, middle) if now[first] <= np.delete(now, first).max() + 1e-9 else (middle, far)
        assert found.distance <= far * np.abs(target - central).sum() + 1e-6
    assert (found.distance <= 1e-9) == (start[first] - np.delete(start, first).max() <= 1e-9)


def test_weight_change_by_hand() -> None:
    likely = np.array([[80.0, 20.0, 50.0], [20.0, 80.0, 50.0], [0.0, 0.0, 10.0]])
    found = smallest_weight_change(likely, np.zeros(3), np.array([0.6, 0.2, 0.2]))
    assert found is not None
    assert (found.winner, found.distance) == (1, pytest.approx(0.4))
    np.testing.assert_allclose(found.weights, [0.4, 0.4, 0.2])
    doubled = smallest_weight_change(likely[[0, 1, 1]], np.zeros(3), np.array([0.6, 0.2, 0.2]))
    assert doubled is not None
    assert doubled.winner == 1
    assert smallest_weight_change(likely[[0, 2]], np.zeros(2), np.array([0.6, 0.2, 0.2])) is None
    tied = smallest_weight_change(likely[[0, 0]], np.zeros(2), np.array([0.6, 0.2, 0.2]))
    assert tied is not None
    assert (tied.winner, tied.distance) == (1, 0.0)


def test_weight_change_that_brings_the_first_down_to_the_floor() -> None:
    # Never behind before the floor, but with the whole weight on the second criterion both are worth nothing.
    likely = np.array([[80.0, 10.0], [40.0, 5.0]])
    found = smallest_weight_change(likely, np.array([24.0, 30.0]), np.array([0.5, 0.5]))
    assert found is not None
    np.testing.assert_allclose(found.weights, [0.2, 0.8])
    assert (found.winner, found.distance) == (1, pytest.approx(0.6))


def test_an_option_has_one_rating_whoever_it_is_compared_with() -> None:
    # The third is ahead of the first only at its highest, where the second, which shares its draw, is ahead of it; at
    # its lowest the two are level, and the first is ahead of both.
    low, likely, high = np.array([[[30.0], [0.0], [0.0]], [[30.0], [75.0], [25.0]], [[30.0], [100.0], [75.0]]])
    assert possibly_best(Table(low, likely, high, np.zeros(3), np.array([0, 1, 1])), np.ones((1, 1))).tolist() == [
        True,
        True,
        False,
    ]
    assert possibly_best(Table(low, likely, high, np.zeros(3), np.arange(3)), np.ones((1, 1))).all()
