"""The fewest answers about the weights that keep the first option first, against trying every set."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.decision import enough as module
from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.enough import Answers, enough
from partnerwizard.decision.polytope import Empty, Polytope
from partnerwizard.decision.regions import Hull, Region
from partnerwizard.decision.robustness import necessarily_best
from partnerwizard.decision.stated import RankedWeights, ratio
from partnerwizard.decision.table import Table

LAW = settings(deadline=None, max_examples=80, derandomize=True)


def table(likely: FloatArray, width: float = 0.0) -> Table:
    low, high = np.maximum(likely - width, 0), np.minimum(likely + width, 100)
    return Table(low, likely, high, np.zeros(len(likely)), np.arange(len(likely)))


def region(answers: Answers, kept: tuple[int, ...]) -> Region:
    rows = [answers.rows[n] for n in kept]
    vertices = Polytope(answers.columns, np.vstack([np.zeros((0, answers.columns)), *rows])).vertices
    assert vertices is not None
    return Hull(vertices)


def everything(answers: Answers) -> tuple[int, ...]:
    return tuple(range(len(answers.rows)))


def order(*groups: tuple[int, ...]) -> Answers:
    columns = sum(map(len, groups))
    rows = [
        np.array([ratio(columns, more, less, 1.0).coefficients for more in upper for less in lower])
        for upper, lower in pairwise(groups)
    ]
    return Answers(columns, tuple(rows), groups)


def fewest_by_trying(ratings: Table, answers: Answers, first: int) -> int | None:
    """The size of the smallest set under which the first is necessarily best."""
    for size in range(len(answers.rows) + 1):
        for kept in combinations(range(len(answers.rows)), size):
            if necessarily_best(ratings, region(answers, kept))[first]:
                return size
    return None


@st.composite
def stated(draw: st.DrawFn) -> tuple[FloatArray, Answers, int]:
    criteria, options = draw(st.integers(2, 4)), draw(st.integers(1, 4))
    likely = 10.0 * np.reshape(
        draw(st.lists(st.integers(0, 10), min_size=criteria * options, max_size=criteria * options)),
        (options, criteria),
    )
    if draw(st.booleans()):
        columns = draw(st.permutations(range(criteria)))
        cuts = draw(st.lists(st.booleans(), min_size=criteria - 1, max_size=criteria - 1))
        groups: list[tuple[int, ...]] = [(columns[0],)]
        for column, cut in zip(columns[1:], cuts, strict=True):
            groups = [*groups, (column,)] if cut else [*groups[:-1], (*groups[-1], column)]
        return likely, order(*groups), draw(st.sampled_from([0, 5, 15]))
    rows = []
    for _ in range(draw(st.integers(0, 5))):
        more, less = draw(st.permutations(range(criteria)))[:2]
        match draw(st.sampled_from(["ratio", "least", "most"])):
            case "ratio":
                rows.append(ratio(criteria, more, less, draw(st.sampled_from([0.5, 1.0, 2.0]))).coefficients)
            case "least":
                rows.append(np.eye(criteria)[more] - draw(st.sampled_from([0.1, 0.2])))
            case _:
                rows.append(draw(st.sampled_from([0.4, 0.6])) - np.eye(criteria)[more])
    return likely, Answers(criteria, tuple(row[np.newaxis] for row in rows)), draw(st.sampled_from([0, 5, 15]))


@LAW
@given(stated())
def test_no_smaller_set_forces_the_result(drawn: tuple[FloatArray, Answers, int]) -> None:
    likely, answers, width = drawn
    try:
        whole = region(answers, everything(answers))
    except Empty:
        return
    # The first at one weight vector that fits, as the first at the centre is.
    first = int(np.argmax(likely @ whole.members.mean(axis=0)))
    found = enough(table(likely, width), answers, first, whole)
    strong, weak = (fewest_by_trying(table(likely, each), answers, first) for each in (width, 0.0))
    if strong is not None:
        assert found is not None
        assert (found.meaning, len(found.answers), found.fewest) == ("throughout", strong, True)
        assert necessarily_best(table(likely, width), region(answers, found.answers))[first]
    elif weak is not None:
        assert found is not None
        assert (found.meaning, len(found.answers), found.fewest) == ("at-likely-ratings", weak, True)
        assert necessarily_best(table(likely), region(answers, found.answers))[first]
    else:
        assert found is None or found.meaning == "at-central-weights"


@LAW
@given(st.permutations(range(4)), st.lists(st.integers(0, 10), min_size=12, max_size=12))
def test_links_enough_at_central_weights_against_the_mean_of_the_set(columns: list[int], cells: list[int]) -> None:
    likely = 10.0 * np.reshape(cells, (3, 4))
    answers = order(*((column,) for column in columns))
    weights = RankedWeights(answers.order)
    first = int(np.argmax(np.round(likely @ weights.central(), 9)))
    found = enough(table(likely), answers, first, weights.region())
    assert found is not None
    if found.meaning != "at-central-weights":
        return

    def still_first(kept: tuple[int, ...]) -> bool:
        rows = [answers.rows[n] for n in kept]
        mean = Polytope(4, np.vstack([np.zeros((0, 4)), *rows])).mean
        values = likely @ mean
        return bool(values[first] >= values.max() - 1e-8)

    assert still_first(found.answers)
    smaller = [kept for size in range(len(found.answers)) for kept in combinations(range(3), size)]
    assert not any(still_first(kept) for kept in smaller)


def test_only_the_link_that_matters_is_kept() -> None:
    # x leads y by the first criterion over the second; the third and fourth are the same for both.
    answers = order((0,), (1,), (2,), (3,))
    likely = np.array([[90.0, 10, 50, 50], [10.0, 90, 50, 50]])
    found = enough(table(likely), answers, 0, RankedWeights(answers.order).region())
    assert found is not None
    assert (found.meaning, found.answers, found.fewest) == ("throughout", (0,), True)


def test_a_dominating_option_needs_no_answer() -> None:
    answers = order((0,), (1,))
    found = enough(table(np.array([[60.0, 60], [50.0, 40]]), 1), answers, 0, RankedWeights(answers.order).region())
    assert found is not None
    assert (found.meaning, found.answers) == ("throughout", ())


def test_one_option_needs_nothing() -> None:
    found = enough(table(np.array([[50.0, 50]])), Answers(2, ()), 0, Hull(np.eye(2)))
    assert found is not None
    assert found.answers == ()


def test_ratings_that_overlap_are_forced_at_likely_ratings_only() -> None:
    answers = order((0,), (1,))
    found = enough(table(np.array([[60.0, 10], [20.0, 50]]), 30), answers, 0, RankedWeights(answers.order).region())
    assert found is not None
    assert (found.meaning, found.answers) == ("at-likely-ratings", (0,))


def test_options_of_one_draw_are_compared_at_one_quantile() -> None:
    low, likely, high = np.array([[[10.0], [0.0]], [[50.0], [40.0]], [[90.0], [80.0]]])
    one = Hull(np.ones((1, 1)))
    tied = enough(Table(low, likely, high, np.zeros(2), np.zeros(2, np.int64)), Answers(1, ()), 0, one)
    apart = enough(Table(low, likely, high, np.zeros(2), np.arange(2)), Answers(1, ()), 0, one)
    assert tied is not None
    assert apart is not None
    assert (tied.meaning, apart.meaning) == ("throughout", "at-likely-ratings")


def test_with_little_work_allowed_what_is_found_is_still_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORK", 0)
    rows = tuple(ratio(4, a, b, 1.0).coefficients[np.newaxis] for a, b in ((0, 1), (1, 2), (0, 2), (2, 3), (0, 3)))
    answers = Answers(4, rows)
    likely = np.array([[90.0, 10, 10, 10], [10.0, 90, 10, 10], [10.0, 10, 90, 10], [10.0, 10, 10, 90]])
    found = enough(table(likely), answers, 0, region(answers, everything(answers)))
    assert found is not None
    assert necessarily_best(table(likely), region(answers, found.answers))[0]


def test_large_ties_are_searched_by_programmes() -> None:
    groups = ((0,), tuple(range(1, 14)))
    answers = order(*groups)
    likely = np.full((2, 14), 50.0)
    likely[0, 0] = 90
    likely[1, 5] = 80
    found = enough(table(likely), answers, 0, RankedWeights(groups).region())
    assert found is not None
    assert (found.meaning, found.answers) == ("throughout", (0,))


def test_penalties_are_refused() -> None:
    with pytest.raises(ValueError, match="penalties"):
        enough(
            Table(*np.full((3, 1, 1), 50.0), np.ones(1), np.zeros(1, np.int64)),
            Answers(1, ()),
            0,
            Hull(np.ones((1, 1))),
        )
