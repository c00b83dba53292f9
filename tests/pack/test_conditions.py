"""Conditions are three-valued: what nobody knows decides nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from partnerwizard.pack.conditions import (
    DOES_NOT_APPLY,
    DONT_KNOW,
    UNANSWERED,
    Condition,
    Fact,
    Truth,
    answered,
    count,
    every,
    some,
)

condition = TypeAdapter(Condition).validate_python
truths = st.lists(st.sampled_from(Truth), min_size=1, max_size=5)


def evaluate(data: object, **facts: Fact | tuple[Fact, ...]) -> Truth:
    found = {name: fact if isinstance(fact, tuple) else (fact,) for name, fact in facts.items()}
    return condition(data).evaluate(lambda fact: found[fact])


@given(truths)
def test_every_and_some_mirror_each_other(values: list[Truth]) -> None:
    assert ~every(values) == some(~value for value in values)


@given(truths, st.sampled_from(Truth))
def test_learning_an_unknown_never_turns_a_settled_answer(values: list[Truth], learnt: Truth) -> None:
    settled = every(values)
    if settled is not Truth.UNKNOWN:
        known = [learnt if value is Truth.UNKNOWN else value for value in values]
        assert every(known) == settled


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (answered("yes"), Truth.HOLDS),
        (answered("no"), Truth.FAILS),
        (DOES_NOT_APPLY, Truth.FAILS),
        (DONT_KNOW, Truth.UNKNOWN),
        (UNANSWERED, Truth.UNKNOWN),
    ],
)
def test_the_four_ways_of_knowing(fact: Fact, expected: Truth) -> None:
    assert evaluate({"fact": "a", "is": "yes"}, a=fact) is expected


def test_only_needs_every_chosen_answer_among_those_named() -> None:
    assert evaluate({"fact": "a", "only": ["x", "y"]}, a=answered("x")) is Truth.HOLDS
    assert evaluate({"fact": "a", "only": ["x", "y"]}, a=answered("x", "z")) is Truth.FAILS


def test_in_needs_one_of_those_named() -> None:
    assert evaluate({"fact": "a", "in": ["x", "y"]}, a=answered("z", "y")) is Truth.HOLDS


def test_at_least_compares_numbers() -> None:
    assert evaluate({"fact": "n", "at_least": 3}, n=count(3)) is Truth.HOLDS
    assert evaluate({"fact": "n", "at_least": 3}, n=count(2)) is Truth.FAILS


def test_partners_any_and_all() -> None:
    mixed = (answered("yes"), answered("no"), DONT_KNOW)
    assert evaluate({"fact": "p", "is": "yes"}, p=mixed) is Truth.HOLDS
    assert evaluate({"fact": "p", "is": "yes", "of": "all"}, p=mixed) is Truth.FAILS
    assert evaluate({"fact": "p", "is": "yes"}, p=()) is Truth.UNKNOWN


def test_nesting() -> None:
    data = {"all": [{"not": {"fact": "a", "is": "x"}}, {"any": [{"fact": "b", "is": "y"}, {"always": True}]}]}
    assert evaluate(data, a=answered("z"), b=DONT_KNOW) is Truth.HOLDS
    assert set(condition(data).facts()) == {"a", "b"}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"fact": "a"},
        {"fact": "a", "is": "x", "in": ["y"]},
        {"all": []},
        {"all": [], "any": []},
        {"fact": "a", "was": "x"},
    ],
)
def test_what_is_no_condition_is_refused(data: object) -> None:
    with pytest.raises(ValidationError):
        condition(data)
