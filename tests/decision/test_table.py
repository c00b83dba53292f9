"""The decision table: its values and what it refuses."""

from __future__ import annotations

import re

import numpy as np
import pytest

from partnerwizard.decision.contributions import contributions
from partnerwizard.decision.table import Table


def table(**changes: object) -> Table:
    parts: dict[str, object] = {
        "low": [[0, 10], [20, 30]],
        "likely": [[50, 10], [20, 40]],
        "high": [[100, 10], [20, 50]],
        "penalty": [0, 12.5],
        "draw": [0, 1],
        **changes,
    }
    return Table(**{name: np.array(value) for name, value in parts.items()})


def test_values_take_off_the_penalty_and_stop_at_the_floor() -> None:
    example = table()
    np.testing.assert_allclose(example.values(example.likely, np.array([0.5, 0.5])), [30, 17.5])
    np.testing.assert_allclose(table(penalty=[0, 60]).values(example.likely, np.array([0.5, 0.5])), [30, 0])


def test_values_broadcast_over_weights_and_over_ratings() -> None:
    example = table()
    weights = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    np.testing.assert_allclose(example.values(example.likely, weights), [[50, 7.5], [10, 27.5], [30, 17.5]])
    stack = np.stack([example.low, example.likely, example.high])
    np.testing.assert_allclose(example.values(stack, weights), [[0, 7.5], [10, 27.5], [55, 22.5]])


def test_a_table_cannot_be_changed_and_keeps_its_own_copy() -> None:
    low = np.zeros((1, 1))
    example = Table(low, low, low, np.zeros(1), np.zeros(1, dtype=np.int64))
    low[0, 0] = 7
    assert example.low[0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        example.likely[0, 0] = 1
    assert (example.options, example.criteria) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"low": [[0, 10], [21, np.nan]]}, ["not in order at [1, 0]", "low[1, 1] is nan"]),
        ({"high": [[101, 10], [20, 39]]}, ["high[0, 0] is 101", "not in order at [1, 1]"]),
        ({"low": [[-1, 10], [20, 30]]}, ["low[0, 0] is -1"]),
        ({"high": [[np.inf, 10], [20, 50]]}, ["high[0, 0] is inf"]),
        ({"penalty": [np.nan, -1]}, ["penalty[0] is nan", "penalty[1] is -1"]),
        ({"draw": [0, -1]}, ["draw must not be negative"]),
        ({"draw": [0.0, 1.0]}, ["draw must hold whole numbers"]),
        ({"likely": [[0, 10]], "penalty": [0]}, ["likely has shape (1, 2)", "penalty has shape (1,)"]),
        ({"draw": [0, 1, 2]}, ["draw has shape (3,)"]),
        ({"low": [0, 10]}, ["low must be options by criteria"]),
        ({"low": np.zeros((0, 2))}, ["low must be options by criteria"]),
    ],
)
def test_every_problem_is_named(changes: dict[str, object], problems: list[str]) -> None:
    with pytest.raises(ValueError, match=re.escape(problems[0])) as caught:
        table(**changes)
    for problem in problems:
        assert problem in str(caught.value)


def test_contributions_add_up_floor_included() -> None:
    central = np.array([0.25, 0.75])
    for penalty, expected in ((0.0, 0.0), (12.5, -12.5), (90.0, -35.0)):
        example = table(penalty=[0, penalty])
        values = example.values(example.likely, central)
        parts, taken = contributions(example.likely[1], example.likely[0], central, values[1], values[0])
        np.testing.assert_allclose(parts, [-7.5, 22.5])
        # At the floor less is taken than the penalty: only down to the value 0.
        assert taken == pytest.approx(expected)
        assert parts.sum() + taken == pytest.approx(values[1] - values[0])


def test_contributions_of_different_tables() -> None:
    with pytest.raises(ValueError, match="shapes differ"):
        contributions(np.zeros(2), np.zeros(3), np.zeros(2), 0.0, 0.0)
