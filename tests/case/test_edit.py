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
from partnerwizard.case.model import Case, Decision, FrontSheet, Grouping, Lifted, Look
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
