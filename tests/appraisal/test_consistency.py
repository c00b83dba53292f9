"""What does not fit together is asked back once, with where to look; what can all be meant at once is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from partnerwizard.appraisal.consistency import Doubt, about, consistency
from partnerwizard.case import edit
from partnerwizard.case.model import Case, RedLine
from tests.advice.cases import decided
from tests.support import AT, case_of, guidance, orchestras


def doubts(case: Case) -> tuple[Doubt, ...]:
    return consistency(orchestras(), case)


def case_with(points: dict[str, tuple[float, float]] | None = None, **answers: Any) -> Case:
    return edit.set_points(case_of(orchestras(), **answers), points or {}, AT)


def test_points_that_say_the_opposite_of_the_ranking() -> None:
    (doubt,) = doubts(case_with({"pay": (10, 20), "audience": (30, 90)}, aims=["pay", "audience"]))
    assert "You ranked “Pay” above “Audience”, but gave it fewer points (10 to 20 against 30 to 90)" in doubt.sentence
    assert [(look.what, look.id) for look in doubt.look_at] == [("points", "pay"), ("points", "audience"), ("aims", "")]
    assert about((doubt,), "points") == (doubt,)
    assert about((doubt,), "hunch") == ()


@pytest.mark.parametrize(
    ("points", "answers"),
    [
        ({"pay": (10, 40), "audience": (30, 90)}, {"aims": ["pay", "audience"]}),
        ({"pay": (10, 20), "audience": (30, 90)}, {"aims": [["pay", "audience"]]}),
        ({"pay": (10, 20)}, {"aims": ["pay", "audience"]}),
        ({"pay": (50, 100), "time": (30, 60)}, {"aims": ["pay"], "terms": ["time"], "swing": [40, 60]}),
        ({"pay": (0, 100), "time": (30, 60)}, {"aims": ["pay"], "terms": ["time"], "swing": [400, 600]}),
        ({}, {"aims": ["pay"], "terms": ["time"], "swing": [40, 60]}),
    ],
)
def test_what_can_be_meant_at_once_is_left_alone(
    points: dict[str, tuple[float, float]], answers: dict[str, Any]
) -> None:
    assert not doubts(case_with(points, **answers))


def test_points_that_say_another_comparison_than_the_swing() -> None:
    given = case_with({"pay": (80, 100), "time": (80, 100)}, aims=["pay"], terms=["time"], swing=[10, 20])
    (doubt,) = doubts(given)
    assert "“Time” counts 10 to 20 where “Pay” counts 100; by your points it would count 80 to 125" in doubt.sentence


def test_a_hunch_that_a_red_line_bars_or_that_misses_the_cause() -> None:
    case = case_of(orchestras(), causes=[{"id": "few-players", "confidence": "high"}])
    case = edit.set_hunch(case, "guest-players", "", AT)
    line = RedLine(text="No guests", owner="Players", forms=("guest-players",))
    found = {doubt.id for doubt in doubts(edit.set_red_lines(case, (line,), AT))}
    assert "hunch-red-line" in found
    carry_on = edit.set_hunch(edit.set_red_lines(case, (line,), AT), "alone", "", AT)
    assert not [doubt for doubt in doubts(carry_on) if doubt.id.startswith("hunch")]


def test_a_red_line_that_no_form_can_meet_and_one_on_what_is_no_aim() -> None:
    line = RedLine(text="Pay", owner="Players", aim="pay", at_least=100)
    case = edit.set_red_lines(case_of(orchestras(), aims=["audience"]), (line,), AT)
    assert [doubt.id for doubt in doubts(case)] == ["red-line-1-reach", "red-line-1-aim"]


def test_red_lines_around_everything_that_serves_the_first_aim() -> None:
    forms = tuple(form.id for form in orchestras().forms if form.id != "alone")
    line = RedLine(text="None of these", owner="Players", forms=forms)
    case = edit.set_red_lines(case_of(orchestras(), aims=["audience"]), (line,), AT)
    (doubt,) = doubts(case)
    assert doubt.sentence.startswith("“Audience” comes first for you, yet what does most for it is behind a red line:")


def test_an_answer_that_another_answer_has_made_pointless() -> None:
    north = {"id": "north", "name": "North", "answers": {"together": "nothing", "enough": "yes"}}
    (doubt,) = doubts(case_of(orchestras(), partners=[north]))
    assert "about North" in doubt.sentence
    assert ("question", "enough", "north") in [(look.what, look.id, look.partner) for look in doubt.look_at]
    given = {**north, "answers": {"together": "nothing", "enough": None}}
    assert not doubts(case_of(orchestras(), partners=[given]))


def test_a_required_form_behind_a_red_line() -> None:
    answers = {"nature": "required", "requirement": "this-form", "required-form": "takeover"}
    case = case_of(orchestras(), answers=answers)
    line = RedLine(text="No", owner="Players", forms=("takeover",))
    assert "fixed-form-red-line-1" in {doubt.id for doubt in doubts(edit.set_red_lines(case, (line,), AT))}


def test_it_never_enters_the_advice_and_the_decided_cases_give_no_cause_for_it() -> None:
    for situation in decided():
        assert not [
            each for each in consistency(guidance(), situation.case(guidance())) if not each.id.startswith("answer")
        ]
