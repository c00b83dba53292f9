"""Every change makes a new case, and nothing else changes with it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from partnerwizard.case import edit
from partnerwizard.case.file import case_from, dump_case
from partnerwizard.case.model import Case, Decision, FrontSheet, Grouping, Lifted, Look, Override
from tests.support import AT


def test_an_answer_is_recorded_with_its_time_and_can_be_taken_back() -> None:
    case = edit.answer(Case(), "reach", "one-service", AT)
    assert (case.answers["reach"].value, case.answers["reach"].at, case.as_of) == ("one-service", AT, AT.date())
    assert edit.unanswer(case, "reach", AT).answers == {}
    assert Case().answers == {}


def test_partner_answers_stay_with_their_partner() -> None:
    case = edit.add_partner(edit.add_partner(Case(), "North", AT), "South", AT)
    case = edit.answer(case, "distance", None, AT, "south")
    assert case.partner_by_id["north"].answers == {}
    assert case.partner_by_id["south"].answers["distance"].value is None


def test_removing_a_partner_takes_it_out_of_groupings() -> None:
    case = Case()
    for name in ("A", "B", "C"):
        case = edit.add_partner(case, name, AT)
    case = edit.set_groupings(
        case, (Grouping(id="all", partners=("a", "b", "c")), Grouping(id="two", partners=("a", "b"))), AT
    )
    case = edit.remove_partner(case, "a", AT)
    assert case.groupings == (Grouping(id="all", partners=("b", "c")),)


def test_lifting_again_replaces_the_reason() -> None:
    case = edit.lift(Case(), Lifted(option="merger", gate="reach", reason="one"), AT)
    case = edit.lift(case, Lifted(option="merger", gate="reach", reason="two"), AT)
    assert [each.reason for each in case.lifted] == ["two"]
    assert edit.unlift(case, "merger", "reach", AT).lifted == ()


@given(st.lists(st.text(max_size=30), max_size=6))
def test_ids_made_from_names_are_valid_and_unique(names: list[str]) -> None:
    case = Case()
    for name in names:
        case = edit.add_partner(case, name, AT)
    assert len(case.partner_by_id) == len(names)
    assert [partner.name for partner in case.partners] == names


def test_what_is_for_the_paper_keeps_the_day_of_the_advice() -> None:
    case = edit.answer(Case(), "reach", "one-service", AT)
    front = FrontSheet(meeting="Board", purpose="assurance")
    decision = Decision(text="Agreed.", decided_by="Board", day=date(2030, 1, 1))
    changed = edit.set_front(edit.set_timetable_start(edit.record_decision(case, decision), date(2030, 2, 1)), front)
    changed = edit.set_look(changed, Look(marking="OFFICIAL"))
    assert (changed.front, changed.decision, changed.timetable_start) == (front, decision, date(2030, 2, 1))
    assert changed.as_of == AT.date()
    assert case_from(json.loads(dump_case(changed)), "case") == changed
    back = edit.set_front(edit.set_timetable_start(edit.record_decision(changed, None), None), None)
    assert dump_case(edit.set_look(back, None)) == dump_case(case)


def test_a_decision_says_what_was_decided_and_by_whom() -> None:
    for fields in (
        {"decided_by": "Board"},
        {"text": "Agreed.", "decided_by": ""},
        {"text": " ", "decided_by": "Board"},
    ):
        with pytest.raises(ValidationError):
            Decision(day=date(2030, 1, 1), **fields)
    assert Decision(option="merger:p1", decided_by="Board", day=date(2030, 1, 1)).text == ""


def test_a_question_left_for_later_is_no_answer_and_answering_it_settles_it() -> None:
    case = edit.answer(edit.add_partner(Case(), "North", AT), "reach", "one-service", AT)
    later = edit.skip(edit.skip(case, "nature"), "distance", "north")
    assert (later.skipped, later.partners[0].skipped) == (("nature",), ("distance",))
    assert later.answers == case.answers
    settled = edit.unskip(edit.answer(later, "distance", None, AT, "north"), "nature")
    assert (settled.skipped, settled.partners[0].skipped) == ((), ())


def test_a_hunch_is_kept_with_its_time_and_can_be_taken_back() -> None:
    case = edit.set_hunch(Case(), "merger", "The chair thinks so.", AT)
    assert case.hunch is not None
    assert (case.hunch.form, case.hunch.at, case.as_of) == ("merger", AT, None)
    assert edit.set_hunch(case, None, "  ", AT) == Case()


def test_an_override_is_taken_back_and_on_an_own_option_it_is_its_own_rating() -> None:
    own = Override(form="merger", criterion="cost", low=10, likely=20, high=30, reason="Seen next door.")
    case = edit.override(edit.override(Case(), own, AT), own.model_copy(update={"likely": 25}), AT)
    assert [each.likely for each in case.overrides] == [25]
    assert edit.take_back_override(case, "merger", "cost", AT).overrides == ()
    case = edit.add_local_option(Case(), "Our way", "In words.", "merger", AT)
    (option,) = case.local_options
    case = edit.override(case, own.model_copy(update={"form": option.id}), AT)
    assert case.overrides == ()
    assert case.local_options[0].ratings["cost"].likely == 20
    assert edit.take_back_override(case, option.id, "cost", AT).local_options == (option,)


def test_own_options_keep_their_id_whatever_they_are_called() -> None:
    case = edit.add_local_option(
        edit.add_local_option(Case(), "Our way", "", "merger", AT), "Our way", "", "merger", AT
    )
    assert [each.id for each in case.local_options] == ["own-our-way", "own-our-way-2"]
    case = edit.change_local_option(case, "own-our-way", "Another way", "New words.", "network", AT)
    changed = case.local_options[0]
    assert (changed.id, changed.name, changed.like) == ("own-our-way", "Another way", "network")
    with pytest.raises(ValidationError):
        edit.change_local_option(case, "own-our-way", "", "", "merger", AT)


def test_points_are_ranges_the_right_way_round() -> None:
    assert edit.set_points(Case(), {"cost": (10, 20)}, AT).points == {"cost": (10, 20)}
    for wrong in ((20, 10), (0, 101), (-1, 5)):
        with pytest.raises(ValidationError):
            edit.set_points(Case(), {"cost": wrong}, AT)
