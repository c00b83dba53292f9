"""What several people's results say together."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.groups import (
    APART,
    GroupResult,
    Participant,
    group_result,
    kendall_w,
    middle_ranks,
    rank_sums,
    shared_ranks,
    tau_b,
    top_choice_split,
)
from partnerwizard.decision.stated import ExactWeights, RankedWeights
from partnerwizard.decision.table import Table

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


def exact(*weights: float) -> ExactWeights:
    return ExactWeights(np.array(weights) / sum(weights))


def plain_table(ratings: list[list[float]], width: float = 0.0) -> Table:
    likely = np.array(ratings)
    return Table(
        np.maximum(likely - width, 0),
        likely,
        np.minimum(likely + width, 100),
        np.zeros(len(likely)),
        np.arange(len(likely)),
    )


@st.composite
def people(draw: st.DrawFn, criteria: int = 3, options: int = 3) -> list[Participant]:
    """Sets and vectors of weights, rankings with ties, organisations and own ratings, few enough to coincide often."""
    found = []
    for _ in range(draw(st.integers(1, 5))):
        organisation = draw(st.sampled_from([None, 0, 1]))
        match draw(st.sampled_from(["exact", "order", "ranks", "own"])):
            case "exact":
                parts = draw(st.lists(st.integers(0, 3), min_size=criteria, max_size=criteria).filter(any))
                found.append(Participant(exact(*map(float, parts)), organisation=organisation))
            case "order":
                order = draw(st.permutations(range(criteria)))
                found.append(Participant(RankedWeights(tuple((c,) for c in order)), organisation=organisation))
            case "ranks":
                ranks = draw(st.lists(st.integers(1, options), min_size=options, max_size=options))
                found.append(Participant(ranks=np.array(ranks, dtype=np.float64), organisation=organisation))
            case _:
                cells = draw(st.lists(st.integers(0, 4), min_size=criteria * options, max_size=criteria * options))
                own = plain_table((25.0 * np.reshape(cells, (options, criteria))).tolist())
                found.append(Participant(exact(3, 2, 1), ratings=own, organisation=organisation))
    return found


PROBLEM = plain_table([[90, 20, 40], [30, 80, 50], [55, 55, 45]], width=10)


def split_up(result: GroupResult) -> list[tuple[int, ...]]:
    return sorted(cluster.people for cluster in result.clusters)


@LAW
@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(group: list[Participant], random: object) -> None:
    new = list(range(len(group)))
    random.shuffle(new)  # type: ignore[attr-defined]
    one = group_result(PROBLEM, group, samples=60)
    other = group_result(PROBLEM, [group[n] for n in new], samples=60)
    for mine, theirs in ((one.each, other.each), (one.by_organisation, other.by_organisation)):
        if mine is None or theirs is None:
            assert mine is theirs
            continue
        np.testing.assert_allclose(theirs.pairwise, mine.pairwise, atol=1e-12)
        np.testing.assert_allclose(theirs.split, mine.split, atol=1e-12)
        assert theirs.leaders == mine.leaders
    assert other.kendall_w == pytest.approx(one.kendall_w)
    np.testing.assert_allclose(other.tau, one.tau[np.ix_(new, new)])
    # Equal people are the same to the clusters, so they are compared by what was said.
    sizes = [sorted(len(cluster.people) for cluster in each.clusters) for each in (one, other)]
    assert sizes[0] == sizes[1]
    apart = [sorted(round(cluster.apart, 9) for cluster in each.clusters) for each in (one, other)]
    assert apart[0] == apart[1]


@LAW
@given(people(), st.integers(2, 4))
def test_a_group_of_identical_people_is_one_person(group: list[Participant], times: int) -> None:
    one, many = group_result(PROBLEM, group[:1], samples=60), group_result(PROBLEM, group[:1] * times, samples=60)
    np.testing.assert_allclose(many.each.pairwise, one.people[0].pairwise, atol=1e-12)
    np.testing.assert_allclose(many.each.split, one.people[0].first)
    assert many.each.leaders == one.each.leaders
    assert split_up(many) == [tuple(range(times))]
    assert (many.distance == 0).all()
    assert many.same_first.all()


@LAW
@given(people(), st.permutations(range(3)))
def test_other_names_for_the_options_rename_the_answer(group: list[Participant], new: list[int]) -> None:
    def renamed(table: Table) -> Table:
        return Table(table.low[new], table.likely[new], table.high[new], table.penalty[new], table.draw[new])

    other = [
        Participant(
            each.weights,
            None if each.ranks is None else each.ranks[new],
            None if each.ratings is None else renamed(each.ratings),
            each.organisation,
        )
        for each in group
    ]
    one, two = group_result(PROBLEM, group, samples=60), group_result(renamed(PROBLEM), other, samples=60)
    np.testing.assert_allclose(two.each.pairwise, one.each.pairwise[np.ix_(new, new)], atol=1e-12)
    np.testing.assert_allclose(two.each.split, one.each.split[new], atol=1e-12)
    assert {new[leader] for leader in two.each.leaders} == set(one.each.leaders)
    assert two.kendall_w == pytest.approx(one.kendall_w)
    np.testing.assert_allclose(two.distance, one.distance, atol=1e-12)


@LAW
@given(people())
def test_clusters_hold_everybody_once_and_nobody_far_apart(group: list[Participant]) -> None:
    found = group_result(PROBLEM, group, samples=60)
    assert sorted(n for cluster in found.clusters for n in cluster.people) == list(range(len(group)))
    for cluster in found.clusters:
        own = found.distance[np.ix_(cluster.people, cluster.people)]
        assert cluster.apart == pytest.approx(own.max())
        assert cluster.apart <= APART
    # No two clusters could still be joined.
    for a, b in combinations(found.clusters, 2):
        assert found.distance[np.ix_(a.people, b.people)].max() > APART - 1e-9


def test_two_camps_are_two_clusters_and_two_ways_of_counting_differ() -> None:
    # Three of one organisation want the first, two of two others want the second.
    first, second = exact(8, 1, 1), exact(1, 8, 1)
    group = [Participant(first, organisation=0)] * 3 + [Participant(second, organisation=1), Participant(second)]
    found = group_result(plain_table([[90, 20, 40], [30, 80, 50], [55, 55, 45]]), group)
    assert [cluster.people for cluster in found.clusters] == [(0, 1, 2), (3, 4)]
    assert found.each.leaders == (0,)
    np.testing.assert_allclose(found.each.split, [0.6, 0.4, 0])
    assert found.by_organisation is not None
    assert found.by_organisation.leaders == (1,)
    np.testing.assert_allclose(found.by_organisation.split, [1 / 3, 2 / 3, 0])
    np.testing.assert_allclose(found.clusters[0].weights, [0.8, 0.1, 0.1])


def test_without_organisations_there_is_one_way_of_counting() -> None:
    assert group_result(PROBLEM, [Participant(exact(1, 1, 1))]).by_organisation is None


def test_tau_b_by_hand() -> None:
    # Of six pairs the second swaps one and the third ties one; the last ties all.
    found = tau_b(np.array([[1.0, 2, 3, 4], [2, 1, 3, 4], [1, 1, 3, 4], [1, 1, 1, 1]]))
    assert found[0, 1] == pytest.approx(4 / 6)
    assert found[0, 2] == pytest.approx(5 / np.sqrt(6 * 5))
    assert found[0, 0] == pytest.approx(1)
    assert np.isnan(found[3]).all()


def test_distance_is_the_share_of_pairs_in_another_order() -> None:
    ranks = np.array([[1.0, 2, 3], [3, 2, 1], [1, 3, 2]])
    found = group_result(PROBLEM, [Participant(ranks=row) for row in ranks])
    np.testing.assert_allclose(found.distance, [[0, 1, 1 / 3], [1, 0, 2 / 3], [1 / 3, 2 / 3, 0]])
    np.testing.assert_allclose(found.distance, (1 - found.tau) / 2)


def test_each_person_has_their_own_shares_of_their_own_set() -> None:
    # x beats y where the first weight is above a half; on the simplex of two, ordered, that is all of it or none.
    problem = plain_table([[100, 0], [0, 100]])
    orders = [RankedWeights(((0,), (1,))), RankedWeights(((1,), (0,))), RankedWeights(((0, 1),))]
    found = group_result(problem, [Participant(order) for order in orders], samples=4000)
    assert found.people[0].pairwise[0, 1] == 1
    assert found.people[1].pairwise[0, 1] == 0
    assert found.people[2].pairwise[0, 1] == pytest.approx(0.5, abs=0.04)
    assert found.each.pairwise[0, 1] == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Participant(),
        lambda: Participant(exact(1, 1), np.array([1.0, 2.0])),
        lambda: group_result(PROBLEM, []),
        lambda: group_result(PROBLEM, [Participant(ranks=np.array([1.0, np.nan, 2.0]))]),
        lambda: group_result(PROBLEM, [Participant(ranks=np.array([1.0, 2.0]))]),
        lambda: group_result(PROBLEM, [Participant(exact(1, 1, 1))], samples=0),
        lambda: group_result(PROBLEM, [Participant(exact(1, 1), ratings=plain_table([[1, 2], [3, 4]]))]),
    ],
)
def test_what_does_not_fit_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        wrong()  # type: ignore[operator]
