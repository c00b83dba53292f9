"""The same figures from scipy, pysensmcda and pymcdm, which `make verify` installs; each computes in its own way."""

from __future__ import annotations

import numpy as np
import pytest

from partnerwizard.decision.acceptability import Tally
from partnerwizard.decision.groups import kendall_w, tau_b
from partnerwizard.decision.regions import Hull
from partnerwizard.decision.robustness import extremes, necessarily_preferred, possibly_best, smallest_weight_change
from partnerwizard.decision.stated import BoundedWeights, Statement, at_least, at_most, ratio
from partnerwizard.decision.table import Table

pytestmark = pytest.mark.long


def random_table(rng: np.random.Generator, options: int, criteria: int, width: float) -> Table:
    likely = rng.uniform(width, 100 - width, (options, criteria))
    low, high = likely - rng.uniform(0, width, likely.shape), likely + rng.uniform(0, width, likely.shape)
    return Table(low, likely, high, np.zeros(options), np.arange(options))


@pytest.mark.parametrize("seed", range(25))
def test_robustness_against_scipy(seed: int) -> None:
    optimize = pytest.importorskip("scipy.optimize", reason="make verify installs the oracles")
    rng = np.random.default_rng(seed)
    criteria, options = int(rng.integers(2, 7)), int(rng.integers(2, 7))
    table = random_table(rng, options, criteria, 15)
    said: list[Statement] = [
        at_least(criteria, 0, 0.05),
        at_most(criteria, criteria - 1, 0.6),
        ratio(criteria, 0, 1, 1.5),
    ]
    weights = BoundedWeights(criteria, said)
    region = weights.region()
    rows, least = -np.array([each.coefficients for each in said]), -np.array([each.least for each in said])

    def most(gap: np.ndarray, also: np.ndarray | None = None) -> float | None:
        a = rows if also is None else np.vstack([rows, -also])
        b = least if also is None else np.append(least, np.zeros(len(also)))
        found = optimize.linprog(-gap, A_ub=a, b_ub=b, A_eq=np.ones((1, criteria)), b_eq=[1.0], method="highs")
        return -found.fun if found.status == 0 else None

    low, high = extremes(table, region)
    for option in range(options):
        assert high[option] == pytest.approx(most(table.high[option]), abs=1e-6)
        assert -low[option] == pytest.approx(most(-table.low[option]), abs=1e-6)
    necessary, possible = necessarily_preferred(table, region), possibly_best(table, region)
    for a in range(options):
        others = np.delete(np.arange(options), a)
        for b in others:
            worst = most(table.high[b] - table.low[a])
            assert worst is not None
            assert bool(necessary[a, b]) == (worst < 1e-6)
        assert bool(possible[a]) == (most(np.zeros(criteria), table.high[a] - table.low[others]) is not None)


@pytest.mark.parametrize("seed", range(25))
def test_the_nearest_weights_against_scipy(seed: int) -> None:
    optimize = pytest.importorskip("scipy.optimize", reason="make verify installs the oracles")
    rng = np.random.default_rng(seed)
    criteria, options = int(rng.integers(2, 8)), int(rng.integers(2, 7))
    likely, central = rng.uniform(0, 100, (options, criteria)), rng.dirichlet(np.ones(criteria))
    first = int(np.argmax(likely @ central))
    distances = []
    for rival in range(options):
        gap = likely[rival] - likely[first]
        axes = np.eye(criteria)
        a = np.vstack([np.append(-gap, np.zeros(criteria)), np.hstack([axes, -axes]), np.hstack([-axes, -axes])])
        found = optimize.linprog(
            np.append(np.zeros(criteria), np.ones(criteria)),
            A_ub=a,
            b_ub=np.concatenate([[0.0], central, -central]),
            A_eq=np.append(np.ones(criteria), np.zeros(criteria))[np.newaxis],
            b_eq=[1.0],
            method="highs",
        )
        if rival != first and found.status == 0:
            distances.append(found.fun)
    change = smallest_weight_change(likely, np.zeros(options), central)
    assert (change is None) == (not distances)
    if change is not None:
        assert change.distance == pytest.approx(min(distances), abs=1e-7)


def test_tau_b_against_scipy() -> None:
    stats = pytest.importorskip("scipy.stats", reason="make verify installs the oracles")
    rng = np.random.default_rng(0)
    ranks = rng.integers(1, 5, (12, 6)).astype(float)
    mine = tau_b(ranks)
    for a in range(12):
        for b in range(12):
            assert mine[a, b] == pytest.approx(stats.kendalltau(ranks[a], ranks[b]).statistic, nan_ok=True)


def test_agreement_against_the_chi_square_of_friedman() -> None:
    # W = chi² / (P·(O - 1)), ties corrected in both.
    stats = pytest.importorskip("scipy.stats", reason="make verify installs the oracles")
    ranks = np.random.default_rng(1).integers(1, 6, (7, 5)).astype(float)
    chi = stats.friedmanchisquare(*ranks.T).statistic
    assert kendall_w(ranks) == pytest.approx(chi / (7 * 4))


def test_the_mean_of_a_set_against_a_mean_of_simplices_from_scipy() -> None:
    spatial = pytest.importorskip("scipy.spatial", reason="make verify installs the oracles")
    weights = BoundedWeights(4, [at_most(4, 0, 0.4), ratio(4, 1, 2, 2.0), at_least(4, 3, 0.1)])
    region = weights.region()
    assert isinstance(region, Hull)
    corners = region.members[:, :-1]
    cut = spatial.Delaunay(corners, qhull_options="QJ Pp")
    volumes = np.array([abs(np.linalg.det(corners[part[1:]] - corners[part[0]])) for part in cut.simplices])
    centres = np.array([corners[part].mean(axis=0) for part in cut.simplices])
    np.testing.assert_allclose(weights.central()[:-1], volumes @ centres / volumes.sum(), atol=1e-6)


def test_rank_shares_against_pysensmcda() -> None:
    smaa = pytest.importorskip("pysensmcda.smaa", reason="make verify installs the oracles")
    rng = np.random.default_rng(2)
    table = rng.uniform(0, 100, (7, 4))
    weights = rng.dirichlet(np.ones(4), 3000)
    result = smaa.simulate(lambda m, w, _: m @ w, table, np.ones(4, dtype=int), weights=weights, store="accumulate")
    tally = Tally(7, 4)
    tally.add(weights, weights @ table.T)
    np.testing.assert_allclose(tally.rank_shares, np.asarray(smaa.rank_acceptability(result)), atol=1e-9)
    theirs = np.asarray(smaa.central_weights(result))
    ours = tally.weights_when_first
    known = ~np.isnan(ours).any(axis=1)
    np.testing.assert_allclose(ours[known], theirs[known], atol=1e-9)


def test_an_additive_value_against_pymcdm() -> None:
    methods = pytest.importorskip("pymcdm.methods", reason="make verify installs the oracles")
    rng = np.random.default_rng(3)
    likely = rng.uniform(0, 100, (6, 5))
    weights = rng.dirichlet(np.ones(5))
    table = Table(likely, likely, likely, np.zeros(6), np.arange(6))
    theirs = methods.WSM(lambda column, cost: (100 - column if cost else column) / 100)(likely, weights, np.ones(5))
    np.testing.assert_allclose(table.values(likely, weights) / 100, theirs, atol=1e-9)
