"""What a group disagrees on, and what settling it would do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision.agenda import Disagreement, agenda
from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.groups import Participant, group_result
from partnerwizard.decision.stated import ExactWeights, RankedWeights
from partnerwizard.decision.table import Table

LAW = settings(deadline=None, max_examples=40, derandomize=True)


def table(ratings: list[list[float]], width: float = 0.0) -> Table:
    likely = np.array(ratings, dtype=np.float64)
    low, high = np.maximum(likely - width, 0), np.minimum(likely + width, 100)
    return Table(low, likely, high, np.zeros(len(likely)), np.arange(len(likely)))


def exact(*weights: float) -> ExactWeights:
    return ExactWeights(np.array(weights) / sum(weights))


def the(found: tuple[Disagreement, ...], kind: str, criterion: int, other: int | None = None) -> Disagreement:
    return next(each for each in found if (each.kind, each.criterion, each.other) == (kind, criterion, other))


PROBLEM = table([[90, 20, 40], [30, 80, 50], [55, 55, 45]], width=10)


def test_people_of_one_mind_have_no_agenda() -> None:
    assert agenda(PROBLEM, [Participant(exact(3, 2, 1))] * 4) == ()
    assert agenda(PROBLEM, [Participant(ranks=np.array([1.0, 2, 3])), Participant(ranks=np.array([3.0, 2, 1]))]) == ()


def test_a_weight_settled_in_the_middle_moves_the_split_as_reckoned_by_hand() -> None:
    # First weights 0.8, 0.3, 0.2 of two criteria; x is first above 0.5, y below. The median is 0.3: y for all.
    people = [Participant(exact(8, 2)), Participant(exact(3, 7)), Participant(exact(2, 8))]
    found = the(agenda(table([[100, 0], [0, 100]]), people), "weight", 0)
    assert (found.low, found.high) == pytest.approx((0.2, 0.8))
    assert found.middle is not None
    assert found.middle.at == pytest.approx(0.3)
    assert found.middle.people == (1,)
    np.testing.assert_allclose(found.middle.voice.split, [0, 1])
    assert found.middle.moved == pytest.approx(1 / 3)
    assert not found.middle.changes_leader
    as_lowest, as_highest = found.sides
    np.testing.assert_allclose(as_lowest.voice.split, [0, 1])
    np.testing.assert_allclose(as_highest.voice.split, [1, 0])
    assert as_highest.changes_leader
    assert as_highest.people == (0,)
    assert as_highest.moved == pytest.approx(2 / 3)


def test_a_statement_has_two_sides() -> None:
    people = [Participant(exact(8, 2)), Participant(exact(3, 7)), Participant(ranks=np.array([2.0, 1.0]))]
    found = the(agenda(table([[100, 0], [0, 100]]), people), "statement", 0, 1)
    assert found.middle is None
    one, other = found.sides
    assert (one.people, other.people) == ((0,), (1,))
    # Who gave ranks keeps them.
    np.testing.assert_allclose(one.voice.split, [2 / 3, 1 / 3])
    np.testing.assert_allclose(other.voice.split, [0, 1])


def test_a_rating_on_which_people_differ() -> None:
    own = table([[60, 50], [50, 50]])
    people = [Participant(exact(1, 1)), Participant(exact(1, 1)), Participant(exact(1, 1), ratings=own)]
    found = agenda(table([[40, 50], [50, 50]]), people)
    assert [(each.kind, each.criterion, each.other) for each in found] == [("rating", 0, 0)]
    assert (found[0].low, found[0].high) == (40, 60)
    assert found[0].middle is not None
    np.testing.assert_allclose(found[0].middle.voice.split, [0, 1])
    assert found[0].middle.moved == pytest.approx(1 / 3)
    np.testing.assert_allclose(found[0].sides[1].voice.split, [1, 0])
    assert found[0].sides[1].people == (2,)


def test_what_changes_the_leader_comes_before_what_does_not() -> None:
    rng = np.random.default_rng(5)
    people = [Participant(RankedWeights(tuple((int(c),) for c in rng.permutation(3)))) for _ in range(5)]
    found = agenda(PROBLEM, people, samples=100)
    assert found
    effects = [each.effect for each in found]
    assert effects == sorted(effects, reverse=True)


@st.composite
def groups(draw: st.DrawFn) -> list[Participant]:
    found = []
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            order = draw(st.permutations(range(3)))
            found.append(Participant(RankedWeights(tuple((c,) for c in order))))
        else:
            parts = draw(st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(any))
            cells = 25.0 * np.reshape(draw(st.lists(st.integers(0, 4), min_size=9, max_size=9)), (3, 3))
            own = table(cells.tolist(), width=5) if draw(st.booleans()) else None
            found.append(Participant(exact(*map(float, parts)), ratings=own))
    return found


class With:
    """A person's weights with one of them changed as the agenda says."""

    def __init__(self, weights: object, criterion: int, at: float) -> None:
        self._weights, self._criterion, self._at = weights, criterion, at

    def _changed(self, weights: FloatArray) -> FloatArray:
        found = np.array(weights)
        for row in np.atleast_2d(found):
            rest = 1 - row[self._criterion]
            others = [c for c in range(len(row)) if c != self._criterion]
            row[others] = (row[others] / rest if rest > 1e-9 else 1 / len(others)) * (1 - self._at)
            row[self._criterion] = self._at
        return found

    def central(self) -> FloatArray:
        return self._changed(self._weights.central())  # type: ignore[attr-defined]

    def sample(self, samples: int, rng: np.random.Generator) -> FloatArray:
        return self._changed(self._weights.sample(samples, rng))  # type: ignore[attr-defined]


@LAW
@given(groups())
def test_settling_is_what_the_group_would_say_with_that_weight(group: list[Participant]) -> None:
    for each in agenda(PROBLEM, group, samples=40, seed=3):
        if each.kind != "weight":
            continue
        for way in each.settlements:
            changed = [Participant(With(p.weights, each.criterion, way.at), ratings=p.ratings) for p in group]
            expected = group_result(PROBLEM, changed, samples=40, seed=3).each
            np.testing.assert_allclose(way.voice.pairwise, expected.pairwise, atol=1e-9)
            np.testing.assert_allclose(way.voice.split, expected.split, atol=1e-9)
            assert way.voice.leaders == expected.leaders


@LAW
@given(groups())
def test_settling_a_rating_is_what_the_group_would_say_with_it(group: list[Participant]) -> None:
    for each in agenda(PROBLEM, group, samples=40, seed=3):
        if each.kind != "rating":
            continue
        assert each.other is not None
        for side, pick in zip(each.sides, (min, max), strict=True):
            cells = [
                tuple(float(part[each.other, each.criterion]) for part in (own.likely, own.low, own.high))
                for own in (p.ratings or PROBLEM for p in group)
            ]
            likely, low, high = pick(cells)
            changed = []
            for p in group:
                own = p.ratings or PROBLEM
                parts = [np.array(part) for part in (own.low, own.likely, own.high)]
                for part, value in zip(parts, (low, likely, high), strict=True):
                    part[each.other, each.criterion] = value
                changed.append(Participant(p.weights, ratings=Table(*parts, own.penalty, own.draw)))
            expected = group_result(PROBLEM, changed, samples=40, seed=3).each
            np.testing.assert_allclose(side.voice.pairwise, expected.pairwise, atol=1e-9)
            np.testing.assert_allclose(side.voice.split, expected.split, atol=1e-9)


@LAW
@given(groups(), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_no_agenda(group: list[Participant], random: object) -> None:
    new = list(range(len(group)))
    random.shuffle(new)  # type: ignore[attr-defined]
    one, other = agenda(PROBLEM, group, samples=40), agenda(PROBLEM, [group[n] for n in new], samples=40)

    def said(found: tuple[Disagreement, ...]) -> list[object]:
        return [
            (each.kind, each.criterion, each.other, each.effect, round(each.low, 9), round(each.high, 9))
            for each in found
        ]

    assert said(one) == said(other)
    for mine, theirs in zip(one, other, strict=True):
        for a, b in zip(mine.settlements, theirs.settlements, strict=True):
            assert sorted(a.people) == sorted(new[n] for n in b.people)
