"""SMAA-2 in blocks: the same as over all draws at once, closed forms, and the laws that must hold."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision import counting
from partnerwizard.decision.acceptability import Acceptability, Tally, acceptability, confidence
from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.sampling import mean_weights_when_first, pairwise, rank_shares
from partnerwizard.decision.stated import ExactWeights, RankedWeights
from partnerwizard.decision.table import Table

LAW = settings(deadline=None, max_examples=40, derandomize=True)
ANY = RankedWeights(((0, 1, 2),))
N = 4000
ERROR = 5 * 0.5 / N**0.5


def table_of(low: FloatArray, likely: FloatArray, high: FloatArray, draw: list[int] | None = None) -> Table:
    options = len(low)
    return Table(low, likely, high, np.zeros(options), np.array(draw or range(options)))


def random_table(seed: int, options: int = 4) -> Table:
    low, likely, high = np.sort(np.random.default_rng(seed).uniform(5, 95, (3, options, 3)), axis=0)
    return table_of(low, likely, high)


def shares(table: Table, samples: int = N, seed: int = 0) -> Acceptability:
    return acceptability(table, ANY, samples, seed)


@st.composite
def draws(draw: st.DrawFn) -> tuple[FloatArray, FloatArray]:
    count, options = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    cells = st.sampled_from([0.0, 10.0, 10.0 + 1e-12, 30.0, 99.5])
    row = st.lists(cells, min_size=options, max_size=options)
    values = np.array(draw(st.lists(row, min_size=count, max_size=count)))
    return np.random.default_rng(0).dirichlet(np.ones(2), size=count), values


@LAW
@given(draws(), st.booleans(), st.integers(1, 3))
def test_a_tally_says_what_all_draws_at_once_say(
    given_draws: tuple[FloatArray, FloatArray], many: bool, parts: int
) -> None:
    weights, values = given_draws
    with pytest.MonkeyPatch.context() as patch:
        if many:
            patch.setattr(counting, "_COMPARED", 0)
        tally = Tally(values.shape[1], 2)
        for part in np.array_split(np.arange(len(values)), parts):
            tally.add(weights[part], values[part])
    np.testing.assert_allclose(tally.rank_shares, rank_shares(values), atol=1e-12)
    np.testing.assert_allclose(tally.pairwise, pairwise(values), atol=1e-12)
    np.testing.assert_allclose(tally.weights_when_first, mean_weights_when_first(weights, values), atol=1e-12)


def test_three_overlapping_intervals_against_every_combination() -> None:
    # One criterion: ratings uniform on 0-60, 20-80, 40-50, integrated on a fine grid.
    low, high = np.array([[0.0], [20.0], [40.0]]), np.array([[60.0], [80.0], [50.0]])
    table = table_of(low, (low + high) / 2, high)
    found = acceptability(table, RankedWeights(((0,),)), 40_000, 1)
    grid = (np.arange(200) + 0.5) / 200
    a, b, c = np.meshgrid(*(low[n, 0] + (high[n, 0] - low[n, 0]) * grid for n in range(3)), indexing="ij")
    expected = rank_shares(np.stack([a.ravel(), b.ravel(), c.ravel()], axis=1))
    np.testing.assert_allclose(found.rank_shares, expected, atol=5 * 0.5 / 200)
    # There is only one vector of weights, so being first there is being first.
    np.testing.assert_allclose(found.confidence, expected[:, 0], atol=5 * 0.5 / 200)


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    table = random_table(0)
    one, two, other = shares(table), shares(table), shares(table, seed=1)
    np.testing.assert_array_equal(one.rank_shares, two.rank_shares)
    np.testing.assert_array_equal(one.confidence, two.confidence)
    assert (one.rank_shares != other.rank_shares).any()
    np.testing.assert_allclose(one.rank_shares, other.rank_shares, atol=2 * ERROR)
    assert one.standard_error == 0.5 / N**0.5


@pytest.mark.parametrize("samples", [1, 7, 8192, 8193, 20_000])
def test_any_number_of_draws_is_counted_once(samples: int) -> None:
    found = shares(random_table(3), samples)
    np.testing.assert_allclose(found.rank_shares.sum(axis=0), 1)
    np.testing.assert_allclose(found.rank_shares.sum(axis=1), 1)
    first = np.nan_to_num(found.weights_when_first)
    np.testing.assert_allclose((found.rank_shares[:, 0] @ first).sum(), 1)
    assert np.isclose(found.rank_shares * samples, np.round(found.rank_shares * samples)).all()


def test_no_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        shares(random_table(0), 0)


@LAW
@given(st.integers(0, 10_000), st.permutations(range(4)))
def test_options_in_another_order_have_the_same_shares(seed: int, new: list[int]) -> None:
    table = random_table(seed)
    moved = table_of(table.low[new], table.likely[new], table.high[new], new)
    one, other = shares(table), shares(moved)
    np.testing.assert_allclose(other.rank_shares, one.rank_shares[new], atol=1e-12)
    np.testing.assert_allclose(other.pairwise, one.pairwise[np.ix_(new, new)], atol=1e-12)
    np.testing.assert_allclose(other.confidence, one.confidence[new], atol=1e-12)


@LAW
@given(st.integers(0, 10_000), st.floats(0.1, 1.0), st.floats(0, 5))
def test_the_same_shift_and_scale_for_all_changes_nothing(seed: int, scale: float, shift: float) -> None:
    table = random_table(seed)
    moved = table_of(*(scale * (part - 5) + shift for part in (table.low, table.likely, table.high)))
    # A gap may fall under the tie's 1e-9 by the scale, but in far fewer draws than one.
    np.testing.assert_allclose(shares(moved).rank_shares, shares(table).rank_shares, atol=2 / N)


@LAW
@given(st.integers(0, 10_000))
def test_a_dominated_option_is_never_first_nor_ahead(seed: int) -> None:
    table = random_table(seed)
    worst = table.low[0] - 5.0
    low, likely, high = (np.vstack([part, worst]) for part in (table.low, table.likely, table.high))
    found = shares(table_of(low, likely, high))
    assert found.rank_shares[4, 0] == 0
    assert found.pairwise[4, 0] == 0
    assert np.isnan(found.confidence[4])


@LAW
@given(st.integers(0, 10_000))
def test_a_copy_leaves_everybody_elses_pairwise_shares_alone(seed: int) -> None:
    table = random_table(seed)
    low, likely, high = (np.vstack([part, part[1]]) for part in (table.low, table.likely, table.high))
    one, other = shares(table), shares(table_of(low, likely, high, [0, 1, 2, 3, 1]))
    np.testing.assert_array_equal(other.pairwise[:4, :4], one.pairwise)
    assert other.pairwise[1, 4] == other.pairwise[4, 1] == 0
    np.testing.assert_allclose(other.rank_shares[1, 0] + other.rank_shares[4, 0], one.rank_shares[1, 0])
    np.testing.assert_allclose(other.confidence[:4], one.confidence)


@LAW
@given(st.integers(0, 10_000), st.floats(0, 5))
def test_a_better_rating_never_lowers_a_share(seed: int, gain: float) -> None:
    table = random_table(seed)
    better = [part.copy() for part in (table.low, table.likely, table.high)]
    for part in better:
        part[2, 1] += gain
    one, other = shares(table), shares(table_of(*better))
    assert (other.pairwise[2] >= one.pairwise[2]).all()
    assert (other.pairwise[:, 2] <= one.pairwise[:, 2]).all()
    assert other.rank_shares[2, 0] >= one.rank_shares[2, 0]


@LAW
@given(st.integers(0, 10_000))
def test_what_holds_in_every_draw_still_holds_when_intervals_shrink(seed: int) -> None:
    table = random_table(seed)
    middle = table.likely
    narrow = table_of(middle + 0.3 * (table.low - middle), middle, middle + 0.3 * (table.high - middle))
    certain = shares(table).pairwise == 1
    # Only where it holds for the sets themselves: draws alone could all be lucky.
    surely = certain & (table.low[:, np.newaxis] >= table.high).all(axis=2)
    assert (shares(narrow).pairwise[surely] == 1).all()


def test_confidence_is_the_share_at_the_option_s_own_weights() -> None:
    table = random_table(11)
    found = shares(table, 20_000)
    for option, weights in enumerate(found.weights_when_first):
        if np.isnan(weights).any():
            continue
        alone = acceptability(table, ExactWeights(weights), 20_000, 5)
        assert found.confidence[option] == pytest.approx(alone.rank_shares[option, 0], abs=2 * 5 * 0.5 / 20_000**0.5)


def test_confidence_without_intervals_is_yes_or_no() -> None:
    ratings = np.array([[100.0, 0, 0], [0, 100, 0], [40, 40, 40]])
    weights = np.array([[0.6, 0.2, 0.2], [0.5, 0.4, 0.1], [np.nan] * 3])
    found = confidence(table_of(ratings, ratings, ratings), weights, 10, 0)
    assert found[:2].tolist() == [1, 0]
    assert np.isnan(found[2])


def test_memory_does_not_grow_with_the_draws() -> None:
    program = """
import resource, sys
import numpy as np
from partnerwizard.decision.acceptability import acceptability
from partnerwizard.decision.stated import RankedWeights
from partnerwizard.decision.table import Table
low = np.random.default_rng(0).uniform(0, 50, (14, 10))
table = Table(low, low + 20, low + 40, np.zeros(14), np.arange(14))
def peak(samples):
    acceptability(table, RankedWeights((tuple(range(10)),)), samples, 0)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
few = peak(20_000)
print(peak(200_000) - few)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    # 180,000 more draws of 24 numbers would be 34 MB.
    assert int(done.stdout) < 5_000
