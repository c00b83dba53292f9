"""Which question comes next: what applies, how far each step is done, and what can no longer matter."""

from __future__ import annotations

from partnerwizard import flow
from partnerwizard.case import edit
from partnerwizard.case.model import Case
from partnerwizard.pack.conditions import Knowledge
from tests.support import AT, case_of, guidance, orchestras


def question_ids(asks: tuple[flow.Ask, ...]) -> list[str]:
    return [ask.question.id for ask in asks]


def test_partner_questions_are_asked_once_for_each_partner_and_name_it() -> None:
    case = case_of(orchestras(), partners=[{"id": "north", "name": "North"}, {"id": "south", "name": "South"}])
    asks = flow.asks(orchestras(), case, "partners")
    assert [ask.partner for ask in asks if ask.question.id == "together"] == ["north", "south"]
    together = next(ask for ask in asks if ask.question.id == "together")
    assert together.wording(case) == "What do you already do with North?"
    assert flow.asks(orchestras(), Case(), "partners") == ()


def test_a_question_whose_condition_fails_is_not_asked_and_does_not_apply() -> None:
    own = case_of(orchestras(), answers={"nature": "own", "requirement": "help"})
    assert "requirement" not in question_ids(flow.asks(orchestras(), own, "problem"))
    ask = flow.Ask(orchestras().question_by_id["requirement"], None)
    assert flow.fact(orchestras(), own, ask).knowledge is Knowledge.DOES_NOT_APPLY
    required = case_of(orchestras(), answers={"nature": "required"})
    assert "requirement" in question_ids(flow.asks(orchestras(), required, "problem"))


def test_a_partners_condition_reads_that_partners_answers_only() -> None:
    case = case_of(
        orchestras(),
        partners=[
            {"id": "north", "name": "North", "answers": {"together": "nothing"}},
            {"id": "south", "name": "South", "answers": {"together": "guests"}},
        ],
    )
    asked = [ask.partner for ask in flow.asks(orchestras(), case, "partners") if ask.question.id == "enough"]
    assert asked == ["south"]


def test_steps_are_open_part_and_done() -> None:
    pack, case = orchestras(), Case()
    states = {view.step.id: view.state for view in flow.steps(pack, case)}
    assert set(states.values()) == {"open"}
    case = edit.rank_aims(case, (("audience",),), AT)
    case = edit.answer(case, "health", None, AT)
    states = {view.step.id: view.state for view in flow.steps(pack, case)}
    assert (states["aims"], states["problem"]) == ("done", "part")


def test_the_quick_look_asks_at_most_twelve_things_in_the_order_of_the_steps() -> None:
    for pack in (orchestras(), guidance()):
        items = flow.quick_look(pack, Case())
        assert len(items) <= flow.QUICK_LOOK_LIMIT
        assert not any(item.done for item in items)
        order = [step.id for step in pack.head.steps]
        places = [
            flow.TOPIC_STEPS[item.what] if isinstance(item.what, str) else item.what.question.step for item in items
        ]
        assert [place for place in places if place in order] == sorted(places, key=order.index)
        assert {"causes", "partners", "aims"} <= {item.what for item in items if isinstance(item.what, str)}


def test_don_t_know_counts_as_dealt_with_in_the_quick_look() -> None:
    case = edit.answer(Case(), "health", None, AT)
    (item,) = [
        each
        for each in flow.quick_look(orchestras(), case)
        if isinstance(each.what, flow.Ask) and each.what.question.id == "health"
    ]
    assert item.done


def test_what_no_rule_of_an_open_form_reads_is_not_asked() -> None:
    pack = orchestras()
    case = case_of(pack, partners=[{"id": "north", "name": "North"}])
    everything = question_ids(flow.could_matter(pack, case, frozenset(pack.form_by_id)))
    assert {"charity", "far", "health"} <= set(everything)
    without_union = question_ids(flow.could_matter(pack, case, frozenset({"alone", "shared-season"})))
    assert "charity" not in without_union
    assert "ready-trust" not in everything
    assert everything.index("health") < everything.index("charity")


def test_an_answered_question_is_asked_no_more() -> None:
    pack = orchestras()
    case = case_of(pack, answers={"charity": None})
    assert "charity" not in question_ids(flow.could_matter(pack, case, frozenset(pack.form_by_id)))
