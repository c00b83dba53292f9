"""Sets of weights: orders hold, the sampler is uniform, the corners span exactly the set."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision import weights as module
from partnerwizard.decision.arrays import FloatArray, blocks
from partnerwizard.decision.weights import BranchedWeights, Order

LAW = settings(deadline=None, max_examples=60, derandomize=True)


@st.composite
def weight_sets(draw: st.DrawFn) -> BranchedWeights:
    columns = draw(st.integers(1, 8))
    used = draw(st.permutations(range(columns)))[: draw(st.integers(1, columns))]
    cut = draw(st.integers(0, len(used)))

    def order(members: list[int]) -> Order:
        ends = sorted(draw(st.sets(st.integers(1, len(members) - 1)))) if len(members) > 1 else []
        return tuple(tuple(members[a:b]) for a, b in pairwise([0, *ends, len(members)])) if members else ()

    share = sorted(draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    swing = draw(st.none() | st.tuples(st.floats(0, 2), st.floats(0, 1e9)).map(lambda ends: tuple(sorted(ends))))
    return BranchedWeights(columns, order(used[:cut]), order(used[cut:]), (share[0], share[1]), swing)


def constraints(weights_set: BranchedWeights) -> FloatArray:
    """Rows g, each of length 1, with g·w >= 0 for exactly the members w of the set, beside their sum of 1."""
    unit = np.eye(weights_set.columns)
    branches = (weights_set.aims, weights_set.terms)
    ranked = [[column for group in order for column in group] for order in branches]
    rows = [sign * unit[c] for c in set(range(weights_set.columns)) - set(ranked[0] + ranked[1]) for sign in (1, -1)]
    for order in branches:
        rows += [unit[c] for group in order[-1:] for c in group]
        rows += [unit[c] - unit[d] for upper, lower in pairwise(order) for c in upper for d in lower]
    if ranked[0] and ranked[1]:
        if weights_set.swing is None:
            part, whole, ends = unit[ranked[1]].sum(axis=0), np.ones(len(unit)), weights_set.terms_share
        else:
            part, whole = (unit[list(order[0])].mean(axis=0) for order in reversed(branches))
            ends = weights_set.swing
        rows += [part - ends[0] * whole, ends[1] * whole - part]
    return np.array([row / max(np.linalg.norm(row), 1e-300) for row in rows])


def breach(weights_set: BranchedWeights, weights: FloatArray) -> float:
    """By how much the worst row breaks what the set says."""
    return max(np.abs(weights.sum(axis=1) - 1).max(), -(weights @ constraints(weights_set).T).min())


@LAW
@given(weight_sets(), st.integers(0, 2**32))
def test_samples_corners_and_centre_satisfy_the_set(weights_set: BranchedWeights, seed: int) -> None:
    sample = weights_set.sample(200, np.random.default_rng(seed))
    assert sample.shape == (200, weights_set.columns)
    assert breach(weights_set, sample) < 1e-9
    assert breach(weights_set, weights_set.corners()) < 1e-9
    assert breach(weights_set, weights_set.central()[np.newaxis]) < 1e-9


@LAW
@given(weight_sets(), st.integers(0, 2**32))
def test_samples_and_centre_lie_in_the_hull_of_the_corners(weights_set: BranchedWeights, seed: int) -> None:
    rng = np.random.default_rng(seed)
    sample = np.vstack([weights_set.sample(50, rng), weights_set.central()])
    directions = rng.normal(size=(weights_set.columns, 40))
    # In every direction no member of the set reaches further than a corner.
    assert ((sample @ directions).max(axis=0) <= (weights_set.corners() @ directions).max(axis=0) + 1e-9).all()


@pytest.mark.parametrize(
    "weights_set",
    [
        BranchedWeights(4, ((0,), (1,), (2,), (3,)), (), None, None),
        BranchedWeights(4, (), ((3, 0, 1, 2),), None, None),
        BranchedWeights(5, ((1, 0), (4, 2)), (), None, None),
        BranchedWeights(4, ((0,), (1, 2)), ((3,),), (0.2, 0.4), None),
        BranchedWeights(4, ((0, 2),), ((3, 1),), (0.0, 1.0), None),
        BranchedWeights(5, ((0, 2), (1,)), ((3,), (4,)), None, (0.4, 0.6)),
        BranchedWeights(5, ((0,), (1, 2)), ((3, 4),), None, (0.0, 2.0)),
        BranchedWeights(5, ((0,), (1,)), ((3,),), None, (0.5, 0.5)),
    ],
)
def test_corners_are_all_vertices_and_nothing_else(weights_set: BranchedWeights) -> None:
    # A vertex is a member in which as many independent constraints as there are columns hold as equations.
    rows = constraints(weights_set)
    vertices = set()
    for chosen in combinations(rows, weights_set.columns - 1):
        system = np.vstack([np.ones(weights_set.columns), *chosen])
        if np.linalg.matrix_rank(system, tol=1e-9) == weights_set.columns:
            vertex = np.linalg.solve(system, np.eye(weights_set.columns)[0])
            if breach(weights_set, vertex[np.newaxis]) < 1e-9:
                vertices.add(tuple(np.round(vertex, 9) + 0.0))
    corners = weights_set.corners()
    assert {tuple(corner) for corner in np.round(corners, 9) + 0.0} == vertices
    assert len(corners) == len(vertices)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (((0,),), [1.0]),
        (((0,), (1,)), [0.75, 0.25]),
        (((0,), (1,), (2,)), [11 / 18, 5 / 18, 2 / 18]),
        (((2,), (0,), (1,)), [5 / 18, 2 / 18, 11 / 18]),
        (((0, 1), (2,)), [8 / 18, 8 / 18, 2 / 18]),
        (((0,), (1, 2)), [11 / 18, 3.5 / 18, 3.5 / 18]),
        (((0, 1, 2),), [1 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_centre_of_one_branch_is_the_rank_order_centroid(order: Order, expected: list[float]) -> None:
    for aims, terms in ((order, ()), ((), order)):
        central = BranchedWeights(len(expected), aims, terms, None, None).central()
        np.testing.assert_allclose(central, expected, atol=1e-15)


def test_centre_of_two_branches() -> None:
    unanswered = BranchedWeights(4, ((0,), (1,)), ((2,), (3,)), (0.2, 0.4), None)
    np.testing.assert_allclose(unanswered.central(), [0.525, 0.175, 0.225, 0.075])
    answered = BranchedWeights(4, ((0,), (1,)), ((2, 3),), (0.2, 0.4), (0.4, 0.6))
    central = answered.central()
    assert (central[2] + central[3]) / 2 == pytest.approx(0.5 * central[0])
    assert central[0] == pytest.approx(3 * central[1])
    assert central.sum() == pytest.approx(1)


def test_uniform_on_the_ordered_simplex_by_exact_moments() -> None:
    # Three ranked weights are mixtures of (1,0,0), (1/2,1/2,0), (1/3,1/3,1/3) with flat Dirichlet shares, so
    # E w = mean of those corners e and E w_i^2 = ((sum e_i)^2 + sum e_i^2) / 12.
    sample = BranchedWeights(3, ((0,), (1,), (2,)), (), None, None).sample(400_000, np.random.default_rng(5))
    corners = np.array([[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3]])
    np.testing.assert_allclose(sample.mean(axis=0), corners.mean(axis=0), atol=1e-3)
    second = (corners.sum(axis=0) ** 2 + (corners**2).sum(axis=0)) / 12
    np.testing.assert_allclose((sample**2).mean(axis=0), second, atol=1e-3)
    # The largest of three is under 1/2 on a quarter of the simplex.
    assert (sample[:, 0] < 0.5).mean() == pytest.approx(0.25, abs=4e-3)


def test_uniform_on_a_weak_order_equals_rejection_from_the_simplex() -> None:
    rng = np.random.default_rng(8)
    flat = rng.dirichlet(np.ones(4), size=600_000)
    kept = flat[flat[:, :2].min(axis=1) >= flat[:, 2:].max(axis=1)]
    sample = BranchedWeights(4, ((0, 1), (2, 3)), (), None, None).sample(100_000, rng)
    np.testing.assert_allclose(sample.mean(axis=0), kept.mean(axis=0), atol=3e-3)
    np.testing.assert_allclose(np.cov(sample.T), np.cov(kept.T), atol=1e-3)
    for level in (0.1, 0.25, 0.4):
        np.testing.assert_allclose((sample < level).mean(axis=0), (kept < level).mean(axis=0), atol=8e-3)


def test_mean_of_samples_is_the_centre_where_the_swing_is_not_answered() -> None:
    weights_set = BranchedWeights(7, ((4,), (0, 2)), ((1,), (6, 3)), (0.2, 0.4), None)
    sample = weights_set.sample(200_000, np.random.default_rng(2))
    np.testing.assert_allclose(sample.mean(axis=0), weights_set.central(), atol=1e-3)
    total = sample[:, [1, 6, 3]].sum(axis=1)
    np.testing.assert_allclose(np.quantile(total, [0, 0.25, 0.5, 0.75, 1]), [0.2, 0.25, 0.3, 0.35, 0.4], atol=1e-3)


def test_answered_swing_is_uniform_between_its_ends() -> None:
    sample = BranchedWeights(4, ((0,), (1,)), ((2,), (3,)), None, (0.4, 0.6)).sample(100_000, np.random.default_rng(2))
    swing = sample[:, 2] / sample[:, 0]
    np.testing.assert_allclose(np.quantile(swing, [0, 0.25, 0.5, 0.75, 1]), [0.4, 0.45, 0.5, 0.55, 0.6], atol=2e-3)


@pytest.mark.parametrize("swing", [(0.0, 0.0), (0.0, 3.0), (1e300, 1e308), (0.0, 1e308)])
def test_extreme_swings(swing: tuple[float, float]) -> None:
    weights_set = BranchedWeights(3, ((0,), (1,)), ((2,),), None, swing)
    for weights in (weights_set.sample(500, np.random.default_rng(1)), weights_set.corners()):
        assert np.isfinite(weights).all()
        assert weights.min() >= 0
        np.testing.assert_allclose(weights.sum(axis=1), 1)
    assert math.isclose(weights_set.central().sum(), 1)


def test_columns_renamed_rename_the_samples() -> None:
    one = BranchedWeights(5, ((0,), (1, 2)), ((3,), (4,)), (0.2, 0.4), None)
    new = [3, 0, 4, 1, 2]
    other = BranchedWeights(5, ((3,), (0, 4)), ((1,), (2,)), (0.2, 0.4), None)
    rng = np.random.default_rng
    np.testing.assert_array_equal(one.sample(50, rng(1)), other.sample(50, rng(1))[:, new])
    np.testing.assert_array_equal(one.central(), other.central()[new])


def test_a_change_in_the_terms_leaves_the_aims_draws() -> None:
    few = BranchedWeights(6, ((0,), (1, 2)), ((3,),), (0.3, 0.3), None).sample(50, np.random.default_rng(1))
    more = BranchedWeights(6, ((0,), (1, 2)), ((4,), (5, 3)), (0.3, 0.3), None).sample(50, np.random.default_rng(1))
    np.testing.assert_array_equal(few[:, :3], more[:, :3])


def test_samples_do_not_depend_on_the_block_length(monkeypatch: pytest.MonkeyPatch) -> None:
    weights_set = BranchedWeights(6, ((0,), (1, 2)), ((4,), (5, 3)), None, (0.2, 0.9))
    expected = weights_set.sample(301, np.random.default_rng(1))
    monkeypatch.setattr(module, "blocks", lambda count: blocks(count, 7))
    np.testing.assert_array_equal(weights_set.sample(301, np.random.default_rng(1)), expected)


@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 21])
def test_blocks_cover_everything_once(count: int) -> None:
    assert [i for block in blocks(count, 7) for i in range(count)[block]] == list(range(count))


def test_as_many_ties_as_a_case_can_have() -> None:
    weights_set = BranchedWeights(16, ((0,), tuple(range(1, 11))), (tuple(range(11, 16)),), (0.2, 0.4), None)
    corners = weights_set.corners()
    assert corners.shape == (2 * (1 + 1023) * 5, 16)
    assert breach(weights_set, corners) < 1e-12


def test_too_many_corners_to_list() -> None:
    weights_set = BranchedWeights(30, ((0,), tuple(range(1, 25))), (), None, None)
    with pytest.raises(ValueError, match="corners"):
        weights_set.corners()


@pytest.mark.parametrize(
    ("arguments", "problems"),
    [
        ((3, (), (), None, None), ["no aim and no term"]),
        ((3, ((0,),), ((1,),), None, None), ["neither terms_share nor swing"]),
        (
            (3, ((0,), (0,)), ((3,),), (0.2, 0.4), None),
            ["column 0 is ranked more", "column 3 is not one"],
        ),
        ((3, ((0,),), ((0,),), (0.2, 0.4), None), ["column 0 is ranked more than once"]),
        ((3, ((0,), ()), ((1,),), (0.2, 0.4), None), ["a group is empty"]),
        ((3, ((-1,),), ((1,),), (0.2, 0.4), None), ["column -1"]),
        ((3, ((0,),), ((1,),), (0.4, 0.2), None), ["terms_share starts at 0.4"]),
        ((3, ((0,),), ((1,),), (0.4, 1.2), None), ["terms_share is above 1"]),
        ((3, ((0,),), ((1,),), (0.2, 0.4), (-1.0, math.nan)), ["swing must be two finite numbers"]),
        (
            (3, ((0,),), ((1,),), (math.nan, 0.4), (-1.0, -2.0)),
            ["terms_share must be", "swing starts", "is negative"],
        ),
        ((3, ((0,),), ((1,),), None, (1.0, math.inf)), ["swing must be two finite numbers"]),
    ],
)
def test_every_problem_is_named(arguments: tuple[object, ...], problems: list[str]) -> None:
    with pytest.raises(ValueError, match=problems[0]) as caught:
        BranchedWeights(*arguments)  # type: ignore[arg-type]
    for problem in problems:
        assert problem in str(caught.value)
