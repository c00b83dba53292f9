"""Which question comes next: what applies, how far each step is done, and what can no longer matter."""

from __future__ import annotations

import pytest

from partnerwizard import flow
from partnerwizard.appraisal import find_out
from partnerwizard.appraisal.assess import Assessment
from partnerwizard.case import edit
from partnerwizard.case.model import Case
from partnerwizard.pack.conditions import Knowledge
from partnerwizard.pack.model import Pack
from tests.advice.cases import Situation, decided, situations
from tests.support import AT, DAY, appraised, case_of, guidance, orchestras

MOST_ANSWERS = 25


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


def test_what_no_rule_of_an_open_form_reads_cannot_matter() -> None:
    pack = orchestras()
    everything = flow.readers(pack, frozenset(pack.form_by_id))
    assert {"charity", "far", "health"} <= set(everything)
    assert "charity" not in flow.readers(pack, frozenset({"alone", "shared-season"}))
    assert "ready-trust" not in everything


def test_what_could_still_change_the_answer_is_asked_most_decisive_first_and_once() -> None:
    pack = orchestras()
    case = case_of(pack, aims=["audience"], partners=[{"id": "north", "name": "North"}])
    result = appraised(pack, case, 100)
    asks = flow.remaining(pack, case, result)
    assert asks
    decisive = [(each.fact, each.about) for each in result.find_out if each.could_change_the_answer]
    assert [(ask.question.id, ask.partner) for ask in asks] == [
        (fact, about if about == "north" else None) for fact, about in decisive if fact in pack.question_by_id
    ]
    for value in (None, "n/a"):
        dealt_with = edit.answer(case, asks[0].question.id, value, AT, asks[0].partner)
        assert asks[0] not in flow.remaining(pack, dealt_with, result)


def test_a_partner_that_has_gone_is_asked_about_no_more() -> None:
    pack = orchestras()
    case = case_of(pack, aims=["audience"], partners=[{"id": "north", "name": "North"}])
    result = appraised(pack, case, 100)
    assert any(ask.partner for ask in flow.remaining(pack, case, result))
    gone = edit.remove_partner(case, "north", AT)
    assert not any(ask.partner for ask in flow.remaining(pack, gone, result))


AT_THE_WORST = 27

ONE_PARTNER = [each for each in decided() if len(each.answers["partners"]) == 1]
"""With several there are many questions, each tried after every answer: those are left to the long run."""


@pytest.mark.parametrize("situation", ONE_PARTNER, ids=lambda each: each.id)
def test_a_typical_case_is_settled_by_twenty_five_answers(situation: Situation) -> None:
    """Someone who answers from the whole case, in the order asked: a ranking and the list of partners are one each."""
    asked, case = answered_in_order(guidance(), situation.case(guidance()))
    assert len(asked) <= MOST_ANSWERS
    assert len(set(asked)) == len(asked)
    reached, full = (appraised(guidance(), each, 500).verdict for each in (case, situation.case(guidance())))
    assert set(full.options) <= set(reached.options)


@pytest.mark.long
@pytest.mark.parametrize("situation", situations(), ids=lambda each: each.id)
def test_every_situation_is_settled_by_a_few_more_at_the_worst(situation: Situation) -> None:
    """The aim is for typical cases; one situation, with a shared chief executive already, takes two answers more."""
    asked, _ = answered_in_order(guidance(), situation.case(guidance()))
    assert len(asked) <= AT_THE_WORST


def answered_in_order(pack: Pack, full: Case) -> tuple[list[str], Case]:
    """The quick look, then what could still change the answer until nothing could; answers not in the case: unknown."""
    case = Case(red_lines=full.red_lines)
    blank = appraised(pack, case, 1)  # only what is worth finding out is read of it, and that needs no draws
    asked: list[str] = []
    while True:
        quick = [item.what for item in flow.quick_look(pack, case) if not item.done]
        what = next((each for each in quick if named(each) not in asked), None)
        if what is None:
            found = find_out.find_out(find_out.trials(Assessment(pack, case, DAY)))
            further = flow.remaining(pack, case, blank.model_copy(update={"find_out": found}))
            what = next((each for each in further if named(each) not in asked), None)
        if what is None:
            return asked, case
        case = given(case, full, what)
        asked.append(named(what))


def named(what: flow.Ask | flow.Topic) -> str:
    return what if isinstance(what, str) else f"{what.question.id}:{what.partner or ''}"


def given(case: Case, full: Case, what: flow.Ask | flow.Topic) -> Case:
    """What the full case says here, or that it is not known."""
    match what:
        case "causes":
            return edit.set_causes(case, full.causes, AT)
        case "aims":
            return edit.rank_aims(case, full.aims, AT)
        case "terms":
            return edit.set_swing(edit.rank_terms(case, full.terms, AT), full.swing, AT)
        case "partners":
            bare = tuple(partner.model_copy(update={"answers": {}}) for partner in full.partners)
            return case.model_copy(update={"partners": bare, "groupings": full.groupings})
    if what.question.scope == "partner" and what.partner is None:
        return case  # there is no partner to ask about
    answers = full.answers if what.partner is None else full.partner_by_id[what.partner].answers
    told = answers.get(what.question.id)
    return edit.answer(case, what.question.id, None if told is None else told.value, AT, what.partner)
