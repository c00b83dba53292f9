"""Every situation gets advice that a sound adviser might give, as stated beforehand; what it hangs on is reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import get_args

import pytest

from partnerwizard.appraisal.model import Appraisal, VerdictKind
from partnerwizard.case.model import Case
from tests.advice.cases import Situation, archetypes, decided, situations
from tests.advice.judge import advice, faults, named, now, ranked
from tests.advice.yardstick import RULES, by_heart
from tests.support import appraised, guidance

SITUATIONS = {situation.id: situation for situation in situations()}
ARCHETYPES = {situation.id: situation for situation in archetypes()}
PAIRS = [situation.id for situation in archetypes() if situation.differs is not None]
UNSTUDIED = {"judgement", "unknown"}
SLACK = 1e-6


@cache
def case(situation: str) -> Case:
    return SITUATIONS[situation].case(guidance())


@cache
def appraisal(situation: str) -> Appraisal:
    return appraised(guidance(), case(situation))


def test_there_are_enough_of_them_and_both_ways() -> None:
    assert len(ARCHETYPES) >= 28
    assert {SITUATIONS[pair].differs for pair in PAIRS} == {True, False}


@pytest.mark.parametrize("situation", ARCHETYPES.values(), ids=lambda each: each.id)
def test_what_is_stated_beforehand_makes_sense(situation: Situation) -> None:
    forms = set(guidance().form_by_id)
    assert situation.would | set(situation.never) <= forms
    assert situation.first <= situation.would
    assert not situation.would & set(situation.never)
    assert set(situation.kinds) <= set(get_args(VerdictKind))
    assert all(each.form in forms for each in (*situation.closed, *situation.warned, *situation.in_place))


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_sound_adviser_might_say_it(situation: str) -> None:
    found = faults(SITUATIONS[situation], appraisal(situation))
    assert not found


@pytest.mark.parametrize("situation", PAIRS)
def test_one_fact_changes_the_advice_or_does_not(situation: str) -> None:
    like = SITUATIONS[situation].like
    assert like is not None
    same = advice(guidance(), appraisal(situation)) == advice(guidance(), appraisal(like))
    assert same is not SITUATIONS[situation].differs


@pytest.mark.parametrize("situation", SITUATIONS)
def test_nothing_is_named_that_touches_none_of_the_causes(situation: str) -> None:
    result = appraisal(situation)
    if not case(situation).held_causes:
        return
    fixed = SITUATIONS[situation].answers.get("answers", {}).get("mandate-requires") == "this-form"
    for option in {*result.verdict.options, *(each.option for each in result.forms if each.leads)}:
        assert fixed or option == "carry-on" or result.option(option).causes_touched


def test_carrying_on_is_first_somewhere() -> None:
    assert any(
        now(appraisal(situation)) == "carry-on" and named(appraisal(situation))[0] == "carry-on"
        for situation in SITUATIONS
    )


@pytest.mark.parametrize("situation", SITUATIONS)
def test_an_answer_that_hangs_on_one_weight_says_so(situation: str) -> None:
    """Leaving one criterion out, computed here from what is reported, and what the report says about it."""
    result = appraisal(situation)
    central = {criterion: weight.central for criterion, weight in result.weights.items()}
    for criterion, weight in central.items():
        left = {other: its for other, its in central.items() if other != criterion}
        winners = _winners(result, {other: its / (1 - weight) for other, its in left.items()})
        if _first(result) in winners:
            continue
        what = f"Without {guidance().criterion_by_id[criterion].name.lower()}"
        assert [(each.what, each.first, each.same) for each in result.sensitivities if each.what == what] in [
            [(what, winner, False)] for winner in winners
        ]
        assert any(tip.criterion == criterion and tip.to < weight for tip in result.tipping)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_an_answer_that_hangs_on_one_unstudied_rating_says_so(situation: str) -> None:
    """Each unstudied rating of the first at its low end, and each of a rival at its high end, in turn."""
    result = appraisal(situation)
    central = {criterion: weight.central for criterion, weight in result.weights.items()}
    first = _first(result)
    reported = [change.size for change in result.smallest_changes if change.kind == "rating"]
    for option, criterion, moved, size in _unstudied_moves(result, first):
        if first not in _winners(result, central, {(option, criterion): moved}):
            assert min(reported, default=float("inf")) <= size + SLACK


def test_the_list_by_heart_is_short_and_the_method_does_no_worse_on_decided_cases() -> None:
    assert len(RULES) == 10
    by_list = sum(by_heart(situation) in situation.first for situation in decided())
    by_method = sum(not faults(situation, appraisal(situation.id)) for situation in decided())
    assert by_method >= by_list


def _first(result: Appraisal) -> str:
    return ranked(result)[0].id


def _winners(
    result: Appraisal, weights: Mapping[str, float], ratings: Mapping[tuple[str, str], float] | None = None
) -> list[str]:
    """The contestants of highest value under other weights or single ratings, computed from the report alone."""
    value: dict[str, float] = {}
    for option in ranked(result):
        assert option.contributions is not None
        shortfall = option.contributions["authority"]
        value[option.id] = shortfall + sum(
            weight * (ratings or {}).get((option.id, criterion), option.ratings[criterion].likely)
            for criterion, weight in weights.items()
        )
    return [option for option, points in value.items() if points >= max(value.values()) - SLACK]


def _unstudied_moves(result: Appraisal, first: str) -> Iterator[tuple[str, str, float, float]]:
    """Option, criterion, the end of its interval that speaks against the first, and how far that is."""
    for option in ranked(result):
        for criterion, cell in option.ratings.items():
            if cell.ground in UNSTUDIED:
                moved = cell.low if option.id == first else cell.high
                yield option.id, criterion, moved, abs(moved - cell.likely)
