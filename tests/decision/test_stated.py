"""Sets of weights from what was stated: members, uniform draws, means, corners, contradictions."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision import polytope
from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.polytope import Polytope
from partnerwizard.decision.regions import Hull
from partnerwizard.decision.stated import (
    BoundedWeights,
    Contradiction,
    ExactWeights,
    PointWeights,
    RankedWeights,
    Statement,
    WeightSet,
    at_least,
    at_most,
    order_statements,
    ratio,
)

LAW = settings(deadline=None, max_examples=60, derandomize=True)


@st.composite
def statement_lists(draw: st.DrawFn) -> tuple[int, list[Statement]]:
    """Statements that hold at least at one point drawn first, so that the set is not empty."""
    columns = draw(st.integers(2, 5))
    parts = draw(st.lists(st.integers(0, 6), min_size=columns, max_size=columns).filter(any))
    inside = np.array(parts) / sum(parts)
    made: list[Statement] = []
    for _ in range(draw(st.integers(0, 6))):
        one, other = draw(st.permutations(range(columns)))[:2]
        kind = draw(st.sampled_from(["least", "most", "ratio"]))
        slack = draw(st.sampled_from([0.0, 0.0, 0.02, 0.3]))
        if kind == "least":
            made.append(at_least(columns, one, max(0.0, inside[one] - slack)))
        elif kind == "most":
            made.append(at_most(columns, one, min(1.0, inside[one] + slack)))
        elif inside[other] > 0 and inside[one] > 0:
            made.append(ratio(columns, one, other, float(inside[one] / inside[other]) / (1 + slack)))
    return columns, made


def breach(statements: list[Statement], weights: FloatArray) -> float:
    worst = max(float(np.abs(weights.sum(axis=1) - 1).max()), -float(weights.min()))
    for statement in statements:
        size = max(1.0, float(np.abs(statement.coefficients).max()))
        worst = max(worst, float((statement.least - weights @ statement.coefficients).max()) / size)
    return worst


def vertices_by_solving(columns: int, statements: list[Statement]) -> FloatArray:
    """Every point where enough conditions hold as equations and all hold."""
    rows = [*np.eye(columns), *(statement.coefficients - statement.least for statement in statements)]
    found = []
    for chosen in combinations(rows, columns - 1):
        system = np.vstack([np.ones(columns), *chosen])
        if abs(np.linalg.det(system)) > 1e-9:
            point = np.linalg.solve(system, np.eye(columns)[0])
            if breach(statements, point[np.newaxis]) < 1e-8:
                found.append(point)
    return np.array(found)


@LAW
@given(statement_lists(), st.integers(0, 2**32))
def test_draws_corners_and_mean_fit_the_statements(given_set: tuple[int, list[Statement]], seed: int) -> None:
    columns, statements = given_set
    weights = BoundedWeights(columns, statements)
    assert breach(statements, weights.sample(100, np.random.default_rng(seed))) < 2e-9
    assert breach(statements, weights.central()[np.newaxis]) < 2e-9
    assert breach(statements, weights.region().members) < 2e-9


@LAW
@given(statement_lists())
def test_corners_against_solving_every_system(given_set: tuple[int, list[Statement]]) -> None:
    columns, statements = given_set
    expected = vertices_by_solving(columns, statements)
    corners = BoundedWeights(columns, statements).region().members
    # Each is near one of the others: nearly parallel conditions may put two corners on one place.
    gaps = np.abs(expected[:, np.newaxis] - corners).max(axis=2)
    if len(expected):
        assert gaps.min(axis=0).max() < 1e-6
        assert gaps.min(axis=1).max() < 1e-6


@pytest.mark.parametrize(
    ("columns", "statements"),
    [
        (3, [at_least(3, 0, 0.3)]),
        (3, [at_most(3, 0, 0.5), at_most(3, 1, 0.4), ratio(3, 2, 0, 0.5)]),
        (4, [ratio(4, 0, 1, 2.0), ratio(4, 1, 2, 0.5), at_most(4, 3, 0.3)]),
        (5, order_statements(((0,), (1, 2), (3, 4)), 5)),
        (5, [*order_statements(((0,), (1,), (2, 3, 4)), 5), at_most(5, 0, 0.5), at_least(5, 4, 0.05)]),
    ],
)
@pytest.mark.parametrize("how", ["simplices", "walk", "around"])
def test_draws_are_uniform(
    columns: int, statements: list[Statement], how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Against the plainest sampler there is: draws from the whole simplex, of which those that fit are kept.
    drawn = np.random.default_rng(1).dirichlet(np.ones(columns), size=400_000)
    fits = np.all([drawn @ each.coefficients >= each.least for each in statements], axis=0)
    kept = drawn[fits]
    if how != "simplices":
        monkeypatch.setattr(polytope, "MOST_SIMPLICES", 0)
    if how == "walk":
        monkeypatch.setattr(polytope, "WORTHWHILE", 1.1)
    weights = BoundedWeights(columns, statements)
    found = weights.sample(20_000, np.random.default_rng(2))
    for power in (1, 2):
        error = np.sqrt((kept**power).var(axis=0) / len(kept) + (found**power).var(axis=0) / len(found))
        gap = np.abs((kept**power).mean(axis=0) - (found**power).mean(axis=0))
        assert (gap < 5 * error).all()
    left, right = np.triu_indices(columns, 1)
    gap = (kept[:, left] < kept[:, right]).mean(axis=0) - (found[:, left] < found[:, right]).mean(axis=0)
    assert (np.abs(gap) < 5 * math.sqrt(0.25 / len(kept) + 0.25 / len(found))).all()
    error = kept.std(axis=0) / math.sqrt(len(kept))
    assert (np.abs(weights.central() - kept.mean(axis=0)) < 5 * error + 1e-3).all()


def test_a_simplicial_set_has_the_mean_of_its_corners() -> None:
    # Exactly as many corners as dimensions and one: a >= 2b >= 6c.
    weights = BoundedWeights(3, [ratio(3, 0, 1, 2.0), ratio(3, 1, 2, 3.0)])
    np.testing.assert_allclose(weights.central(), np.mean([[1, 0, 0], [2 / 3, 1 / 3, 0], [0.6, 0.3, 0.1]], axis=0))


def test_the_centroid_of_an_order_is_the_same_by_formula_and_by_simplices() -> None:
    for order in (((0,), (1,), (2,), (3,)), ((2, 1), (0, 3)), ((0, 1, 2, 3),), ((3,), (0, 1, 2))):
        by_simplices = BoundedWeights(4, order_statements(order, 4))
        ranked = RankedWeights(order)
        np.testing.assert_allclose(by_simplices.central(), ranked.central(), atol=1e-12)
        many = ranked.region().members
        np.testing.assert_allclose(
            np.unique(by_simplices.region().members.round(9), axis=0), np.unique(many.round(9), axis=0)
        )


@pytest.mark.parametrize("width", [1e-2, 1e-5, 1e-8, 1e-10, 0.0])
@pytest.mark.parametrize("how", ["simplices", "walk"])
def test_narrow_sets_are_drawn_from_as_well_as_wide_ones(
    width: float, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "walk":
        monkeypatch.setattr(polytope, "MOST_SIMPLICES", 0)
    statements = [at_least(4, 0, 0.3), at_most(4, 0, 0.3 + width), ratio(4, 1, 2, 1.0)]
    weights = BoundedWeights(4, statements)
    drawn = weights.sample(4000, np.random.default_rng(0))
    assert breach(statements, drawn) < 2e-9
    # The rest is a triangle, whatever the width: its mean is by hand, and each draw is another point of it.
    np.testing.assert_allclose(weights.central(), [0.3, 0.35, 0.7 / 6, 0.7 / 3], atol=2e-3 + width)
    np.testing.assert_allclose(drawn.mean(axis=0), weights.central(), atol=0.015)
    assert len(np.unique(drawn[:, 1])) == 4000
    if width >= 1e-8:
        np.testing.assert_allclose((drawn[:, 0] - 0.3).mean() / width, 0.5, atol=0.06)


def test_a_single_point() -> None:
    weights = BoundedWeights(3, [at_least(3, 0, 0.2), at_least(3, 1, 0.3), at_least(3, 2, 0.5)])
    np.testing.assert_allclose(weights.sample(5, np.random.default_rng(0)), [[0.2, 0.3, 0.5]] * 5)
    np.testing.assert_allclose(weights.central(), [0.2, 0.3, 0.5])


def test_large_sets_are_asked_by_programmes_and_agree_with_their_corners(monkeypatch: pytest.MonkeyPatch) -> None:
    statements = [at_most(6, n, 0.3) for n in range(6)] + [ratio(6, 0, 1, 1.5)]
    directions = np.random.default_rng(0).normal(size=(30, 6))
    by_corners = BoundedWeights(6, statements)
    points = PointWeights(np.full(6, 20.0), np.linspace(40, 90, 6), [ratio(6, 5, 0, 2.0)])
    box = PointWeights(np.full(6, 20.0), np.linspace(40, 90, 6), [])
    order: tuple[tuple[int, ...], ...] = ((0, 1), (2, 3, 4), (5,))
    ranked = RankedWeights(order)
    expected = [each.region().most(directions) for each in (by_corners, points, box, ranked)]
    means = [each.central() for each in (by_corners, points)]
    monkeypatch.setattr(polytope, "MOST_VERTICES", 3)
    monkeypatch.setattr("partnerwizard.decision.stated.MOST_VERTICES", 3)
    monkeypatch.setattr("partnerwizard.decision.stated.MOST_BOX_CORNERS", 3)
    again: list[WeightSet] = [
        BoundedWeights(6, statements),
        PointWeights(np.full(6, 20.0), np.linspace(40, 90, 6), [ratio(6, 5, 0, 2.0)]),
        PointWeights(np.full(6, 20.0), np.linspace(40, 90, 6), []),
        RankedWeights(order),
    ]
    for each, most in zip(again, expected, strict=True):
        region = each.region()
        assert not isinstance(region, Hull)
        np.testing.assert_allclose(region.most(directions), most, atol=1e-7)
        assert breach([], region.members) < 1e-9
    for each, mean in zip(again[:2], means, strict=True):
        np.testing.assert_allclose(each.central(), mean, atol=2e-3)


@LAW
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=5))
def test_the_mean_of_points_against_draws(ends: list[tuple[int, int]]) -> None:
    low, high = np.sort(np.array(ends, float) * 20, axis=1).T
    if not high.any():
        with pytest.raises(Contradiction):
            PointWeights(low, high, [])
        return
    weights = PointWeights(low, high, [])
    drawn = weights.sample(20_000, np.random.default_rng(0))
    assert breach([], drawn) < 1e-12
    np.testing.assert_allclose(weights.central().sum(), 1)
    error = drawn.std(axis=0) / math.sqrt(len(drawn))
    assert (np.abs(weights.central() - drawn.mean(axis=0)) < 5 * error + 1e-9).all()


def test_the_mean_of_two_points_by_hand() -> None:
    # p uniform on 50-100 against 100: the mean of p/(p+100) is 1 - 2·ln(4/3).
    weights = PointWeights(np.array([50.0, 100.0]), np.array([100.0, 100.0]), [])
    np.testing.assert_allclose(weights.central()[0], 1 - 2 * math.log(4 / 3), atol=1e-12)


def test_points_are_uniform_before_they_are_normalised() -> None:
    rng = np.random.default_rng(3)
    low, high = np.array([10.0, 0.0, 40.0]), np.array([100.0, 50.0, 60.0])
    weights = PointWeights(low, high, [ratio(3, 0, 2, 1.0)])
    points = low + (high - low) * rng.random((400_000, 3))
    kept = points[points[:, 0] >= points[:, 2]]
    kept /= kept.sum(axis=1, keepdims=True)
    drawn = weights.sample(40_000, rng)
    error = np.sqrt(kept.var(axis=0) / len(kept) + drawn.var(axis=0) / len(drawn))
    assert (np.abs(kept.mean(axis=0) - drawn.mean(axis=0)) < 5 * error).all()
    assert (np.abs(kept.mean(axis=0) - weights.central()) < 5 * error).all()
    most = weights.region().most(np.eye(3))
    assert (kept.max(axis=0) <= most + 1e-9).all()
    np.testing.assert_allclose(most, [100 / 140, 50 / 130, 60 / 120])


def test_exact_weights_are_themselves() -> None:
    weights = ExactWeights(np.array([0.25, 0.75]))
    np.testing.assert_array_equal(weights.sample(3, np.random.default_rng(0)), [[0.25, 0.75]] * 3)
    np.testing.assert_array_equal(weights.region().members, [[0.25, 0.75]])


@pytest.mark.parametrize(
    ("columns", "statements", "fewest"),
    [
        # Three lower bounds above 1, of which two are enough, beside what has nothing to do with it.
        (3, [at_least(3, 0, 0.3), at_least(3, 1, 0.6), at_least(3, 2, 0.5), at_most(3, 0, 0.9)], {1, 2}),
        # A cycle of ratios whose product is above 1 leaves only zeros, which the last bound forbids.
        (3, [ratio(3, 0, 1, 2), ratio(3, 1, 0, 2), at_least(3, 0, 0.1), ratio(3, 2, 0, 1)], {0, 1, 2}),
        (2, [ratio(2, 0, 1, 2), ratio(2, 1, 0, 2)], {0, 1}),
        # A long way round and a short one: the short one is named.
        (
            4,
            [
                ratio(4, 0, 1, 1),
                ratio(4, 1, 2, 1),
                ratio(4, 2, 3, 1),
                at_least(4, 3, 0.2),
                at_most(4, 0, 0.15),
                at_most(4, 3, 0.1),
            ],
            {3, 5},
        ),
        (2, [at_most(2, 0, 0.4), at_most(2, 1, 0.4), at_most(2, 0, 0.45)], {0, 1}),
    ],
)
def test_the_smallest_contradiction_is_named(columns: int, statements: list[Statement], fewest: set[int]) -> None:
    with pytest.raises(Contradiction) as caught:
        BoundedWeights(columns, statements)
    assert set(caught.value.statements) == fewest


@LAW
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([0.2, 0.5, 1.0, 2.0, 3.0])).filter(
            lambda each: each[0] != each[1]
        ),
        max_size=4,
    ),
    st.lists(st.sampled_from([0.0, 0.2, 0.4, 0.6]), min_size=3, max_size=3),
)
def test_the_smallest_contradiction_against_trying_all(ratios: list[tuple[int, int, float]], lows: list[float]) -> None:
    statements = [ratio(3, *each) for each in ratios] + [at_least(3, n, low) for n, low in enumerate(lows)]

    def fits(chosen: tuple[int, ...]) -> bool:
        try:
            BoundedWeights(3, [statements[n] for n in chosen])
        except Contradiction:
            return False
        return True

    everything = tuple(range(len(statements)))
    if fits(everything):
        return
    with pytest.raises(Contradiction) as caught:
        BoundedWeights(3, statements)
    fewest = caught.value.statements
    assert not fits(fewest)
    assert all(fits(fewer) for size in range(len(fewest)) for fewer in combinations(everything, size))


def test_many_bounds_too_high_name_just_enough_of_the_highest() -> None:
    statements = [at_least(40, n, 0.02 + 0.001 * n) for n in range(40)]
    with pytest.raises(Contradiction) as caught:
        BoundedWeights(40, statements)
    named = caught.value.statements
    assert named == tuple(range(40 - len(named), 40))
    assert sum(statements[n].least for n in named) > 1 >= sum(statements[n].least for n in named[1:])


def test_contradictory_points() -> None:
    low, high = np.array([50.0, 0.0, 0.0]), np.array([90.0, 10.0, 100.0])
    with pytest.raises(Contradiction) as caught:
        PointWeights(low, high, [ratio(3, 2, 0, 1.5), ratio(3, 1, 0, 1.0)])
    # Lows 0-2, highs 3-5, statements 6 and 7: at least 50, at most 10, and the second at least the first.
    assert caught.value.statements == (0, 4, 7)


def test_a_statement_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not finite"):
        Polytope(2, np.array([[1.0, math.nan]]))
