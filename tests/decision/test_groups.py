"""What several people's results say together."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.groups import kendall_w, middle_ranks, rank_sums, shared_ranks, top_choice_split

LAW = settings(deadline=None, max_examples=60, derandomize=True)


@st.composite
def rankings(draw: st.DrawFn) -> FloatArray:
    people, options = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    row = st.lists(st.integers(1, options), min_size=options, max_size=options)
    return np.array(draw(st.lists(row, min_size=people, max_size=people)), dtype=np.float64)


def test_ties_share_the_better_place() -> None:
    assert shared_ranks(np.array([30.0, 50.0, 50.0 + 1e-12, 10.0])).tolist() == [3, 1, 1, 4]


@LAW
@given(rankings())
def test_middle_ranks_and_their_sums(ranks: FloatArray) -> None:
    people, options = ranks.shape
    middle = middle_ranks(ranks)
    np.testing.assert_allclose(middle.sum(axis=1), options * (options + 1) / 2)
    for row, own in zip(ranks, middle, strict=True):
        for a, b in combinations(range(options), 2):
            assert np.sign(row[a] - row[b]) == np.sign(own[a] - own[b])
    np.testing.assert_allclose(rank_sums(ranks).sum(), people * options * (options + 1) / 2)


@LAW
@given(rankings())
def test_kendall_w_from_the_mean_rank_correlation(ranks: FloatArray) -> None:
    # W = (1 + (P-1)·r)/P with r the mean over pairs of people of the correlation of middle ranks, where all vary.
    middle = middle_ranks(ranks)
    found = kendall_w(ranks)
    if (middle.std(axis=1) == 0).all():
        assert found is None
        return
    assert found is not None
    assert -1e-12 <= found <= 1 + 1e-12
    # The general identity: the variance of the sums against the sum of everybody's own variance.
    own = middle.var(axis=1).sum()
    assert found == pytest.approx(middle.sum(axis=0).var() / (len(ranks) * own))


def test_people_of_one_mind_agree_wholly_and_opposites_not_at_all() -> None:
    same = np.array([[1.0, 2, 3], [1, 2, 3], [1, 2, 3]])
    assert kendall_w(same) == pytest.approx(1)
    assert kendall_w(np.array([[1.0, 2, 3], [3, 2, 1]])) == pytest.approx(0)
    assert kendall_w(np.array([[1.0, 1], [1, 1]])) is None
    np.testing.assert_allclose(top_choice_split(same), [1, 0, 0])


@LAW
@given(rankings(), st.integers(2, 4))
def test_identical_people_equal_one(ranks: FloatArray, times: int) -> None:
    one, many = ranks[:1], np.repeat(ranks[:1], times, axis=0)
    np.testing.assert_allclose(top_choice_split(many), top_choice_split(one))
    np.testing.assert_allclose(rank_sums(many), times * rank_sums(one))
    assert kendall_w(many) == pytest.approx(kendall_w(one)) if kendall_w(one) is not None else kendall_w(many) is None


@LAW
@given(rankings())
def test_the_split_is_of_everybody(ranks: FloatArray) -> None:
    split = top_choice_split(ranks)
    assert split.sum() == pytest.approx(1)
    expected = [sum((row[o] == row.min()) / (row == row.min()).sum() for row in ranks) for o in range(ranks.shape[1])]
    np.testing.assert_allclose(split, np.array(expected) / len(ranks))
