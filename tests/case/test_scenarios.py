"""A scenario holds what differs from its case, follows the case in all else, and can be taken over."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwizard.case import edit
from partnerwizard.case.file import case_from, dump_case
from partnerwizard.case.model import Answer, Case, HeldCause, Lifted, Override, RedLine
from partnerwizard.case.scenarios import apply, differs, from_difference, with_scenario
from tests.support import AT

QUESTIONS = ("reach", "nature", "health")
values = st.one_of(st.none(), st.sampled_from(["a", "b", "n/a"]), st.just(("a", "b")))


@st.composite
def states(draw: st.DrawFn) -> Case:
    """A case of one partner in some state of being filled in."""
    case = edit.add_partner(Case(), "North", AT)
    for question, value in draw(st.dictionaries(st.sampled_from(QUESTIONS), values)).items():
        case = edit.answer(case, question, value, AT, draw(st.sampled_from([None, "north"])))
    case = edit.set_swing(case, draw(st.sampled_from([None, (10.0, 20.0), (0.0, 500.0)])), AT)
    case = edit.set_points(case, draw(st.sampled_from([{}, {"cost": (0.0, 10.0)}])), AT)
    case = edit.rank_aims(case, draw(st.sampled_from([(), (("cost",),), (("cost", "care"),)])), AT)
    case = edit.set_causes(case, draw(st.sampled_from([(), (HeldCause(id="skills", confidence="low"),)])), AT)
    lines = (RedLine(text="No", owner="Board", forms=("merger",)),)
    case = edit.set_red_lines(case, draw(st.sampled_from([(), lines])), AT)
    if draw(st.booleans()):
        case = edit.override(case, Override(form="merger", criterion="cost", low=1, likely=2, high=3, reason="x"), AT)
        case = edit.lift(case, Lifted(option="merger", gate="reach", reason="x"), AT)
    return case


@given(states(), states())
def test_the_difference_makes_the_one_case_of_the_other(case: Case, changed: Case) -> None:
    scenario = from_difference(case, changed, "what-if", "What if")
    assert apply(case, scenario).model_copy(update={"as_of": None}) == changed.model_copy(update={"as_of": None})
    assert differs(case, scenario) is (case != changed)


@given(states(), states())
def test_a_saved_scenario_comes_back_from_the_file_and_leaves_the_case_alone(case: Case, changed: Case) -> None:
    saved = edit.save_scenario(case, "What if", changed)
    again = case_from(json.loads(dump_case(saved)), "case")
    assert again == saved
    assert with_scenario(again, "what-if") == apply(case, again.scenarios[0])
    assert edit.remove_scenario(saved, "what-if") == case


def test_a_scenario_follows_the_case_in_all_that_it_does_not_hold() -> None:
    case = edit.answer(Case(), "reach", "one-service", AT)
    case = edit.save_scenario(case, "Whole trust", edit.answer(case, "reach", "organisation", AT))
    case = edit.answer(case, "nature", "mandated", AT)
    under = with_scenario(case, "whole-trust")
    assert {question: given.value for question, given in under.answers.items()} == {
        "reach": "organisation",
        "nature": "mandated",
    }
    assert under.scenarios == ()
    with pytest.raises(KeyError):
        with_scenario(case, "other")


def test_taking_an_answer_back_and_not_knowing_it_are_told_apart() -> None:
    case = edit.answer(edit.answer(Case(), "reach", "x", AT), "nature", "y", AT)
    changed = edit.answer(edit.unanswer(case, "reach", AT), "nature", None, AT)
    scenario = edit.save_scenario(case, "Less known", changed).scenarios[0]
    assert scenario.answers == {"reach": None, "nature": Answer(value=None, at=AT)}
    assert "reach" not in apply(case, scenario).answers


def test_saving_under_the_same_id_replaces_and_taking_over_keeps_the_scenarios() -> None:
    case = edit.save_scenario(Case(), "One", edit.set_swing(Case(), (10, 20), AT))
    case = edit.save_scenario(case, "One more", edit.set_swing(Case(), (30, 40), AT), scenario="one")
    assert [(each.id, each.name, each.swing) for each in case.scenarios] == [("one", "One more", (30, 40))]
    taken = edit.adopt_scenario(case, "one", AT)
    assert (taken.swing, taken.scenarios) == ((30, 40), case.scenarios)
    assert not differs(taken, taken.scenarios[0])


def test_what_was_said_of_a_partner_or_an_own_option_goes_with_it() -> None:
    case = edit.add_local_option(edit.add_partner(Case(), "North", AT), "Our way", "", "merger", AT)
    lines = (
        RedLine(text="No", owner="B", forms=("own-our-way",)),
        RedLine(text="No", owner="B", forms=("a", "own-our-way")),
    )
    changed = edit.answer(edit.set_red_lines(case, lines, AT), "reach", "x", AT, "north")
    changed = edit.lift(changed, Lifted(option="own-our-way:north", gate="reach", reason="x"), AT)
    case = edit.save_scenario(case, "What if", changed)
    case = edit.remove_local_option(edit.remove_partner(case, "north", AT), "own-our-way", AT)
    (scenario,) = case.scenarios
    assert (scenario.partner_answers, scenario.lifted) == ({}, ())
    assert [line.forms for line in scenario.red_lines or ()] == [("a",)]
    assert apply(case, scenario).partners == ()
