"""Which options are open and why, on the small pack."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnerwizard.appraisal.appraise import appraise
from partnerwizard.appraisal.model import Appraisal, GateResult, OptionResult
from partnerwizard.case import edit
from partnerwizard.case.model import Case, Lifted, Override
from tests.support import AT, appraised, case_of, orchestras

BASE: dict[str, Any] = {
    "answers": {"health": "weak", "reach": "everything", "nature": "own", "charity": "yes"},
    "partners": [{"id": "north", "name": "North", "answers": {"together": "nothing", "far": "near"}}],
    "aims": ["audience", "pay"],
    "terms": ["independence", "time"],
    "causes": [{"id": "few-players", "confidence": "high"}],
}


def appraisal_of(**changes: Any) -> Appraisal:
    document = {**BASE, **changes}
    document["answers"] = {**BASE["answers"], **changes.get("answers", {})}
    return appraised(orchestras(), case_of(orchestras(), **document))


def gate(option: OptionResult, gate_id: str) -> GateResult:
    return next(each for each in option.gates if each.id == gate_id)


def test_option_ids_name_form_partner_and_direction() -> None:
    two = [*BASE["partners"], {"id": "south", "name": "South"}]
    ids = {o.id for o in appraisal_of(partners=two, groupings=[{"id": "all", "partners": ["north", "south"]}]).options}
    assert {"alone", "shared-season:north", "shared-season:north+south", "takeover:south:they-lead"} <= ids
    assert "guest-players:north+south:we-lead" not in ids
    assert "shared-season" not in ids


def test_without_partners_a_form_stands_without_one_and_partner_facts_are_not_known() -> None:
    option = appraisal_of(partners=[]).option("shared-season")
    assert (option.partner, option.partners) == (None, ())
    assert gate(option, "far-rehearsals").state == "unknown"


def test_groupings_only_no_combination_is_made_up() -> None:
    two = [*BASE["partners"], {"id": "south", "name": "South"}]
    assert not any("+" in option.id for option in appraisal_of(partners=two).options)


def test_the_cause_hurdle_sets_aside_what_touches_none_of_the_causes_held() -> None:
    appraisal = appraisal_of(causes=[{"id": "weak-leaders", "confidence": "moderate"}])
    option = appraisal.option("shared-season:north")
    assert option.status == "set-aside"
    assert gate(option, "cause").state == "holds"
    assert appraisal.option("takeover:north:they-lead").causes_touched == ("weak-leaders",)
    assert appraisal.option("alone").status == "open"


def test_a_cause_held_with_low_confidence_closes_nothing() -> None:
    appraisal = appraisal_of(causes=[{"id": "weak-leaders", "confidence": "low"}])
    assert gate(appraisal.option("shared-season:north"), "cause").state == "fails"


def test_reach_sets_aside_what_is_too_large_and_unknown_leaves_it_unresolved() -> None:
    assert appraisal_of(answers={"reach": "one-series"}).option("takeover:north:we-lead").status == "set-aside"
    assert appraisal_of(answers={"reach": None}).option("takeover:north:we-lead").status == "unresolved"
    assert gate(appraisal_of(answers={"reach": None}).option("shared-season:north"), "reach").state == "fails"


def test_a_closed_legal_route_is_a_need_while_another_is_left() -> None:
    option = appraisal_of(answers={"charity": "no"}).option("one-orchestra:north")
    found = gate(option, "charities-only")
    assert (found.effect, found.state, option.status) == ("needs", "holds", "needs")


def test_direction_is_a_fact_of_the_option() -> None:
    appraisal = appraisal_of(answers={"health": "sound"})
    assert appraisal.option("takeover:north:they-lead").status == "set-aside"
    assert appraisal.option("takeover:north:we-lead").status == "needs"


def test_what_exists_already_is_in_place_and_never_recommended() -> None:
    partners = [{"id": "north", "name": "North", "answers": {"together": "season", "enough": "yes"}}]
    appraisal = appraisal_of(partners=partners)
    assert appraisal.option("shared-season:north").status == "in-place"
    assert appraisal.option("shared-season:north").value is not None
    assert not any(option.startswith(("shared-season", "guest-players")) for option in appraisal.verdict.options)
    assert appraisal.verdict.sentence.startswith("Keep and deepen what you already have with North")


def test_red_lines_on_forms_and_on_an_aim() -> None:
    red_lines = [
        {"text": "no takeover", "owner": "board", "forms": ["takeover"]},
        {"text": "keep pay", "owner": "union", "aim": "pay", "at_least": 60},
    ]
    appraisal = appraisal_of(red_lines=red_lines)
    assert gate(appraisal.option("takeover:north:we-lead"), "red-line-1").state == "holds"
    assert gate(appraisal.option("shared-season:north"), "red-line-2").state == "fails"
    assert gate(appraisal.option("guest-players:north:we-lead"), "red-line-2").state == "unknown"
    assert gate(appraisal.option("alone"), "red-line-2").state == "holds"
    assert appraisal.reference.closed
    assert "union" in gate(appraisal.option("alone"), "red-line-2").reason


def test_a_lifted_gate_stays_listed_and_no_longer_counts() -> None:
    case = case_of(orchestras(), **{**BASE, "causes": [{"id": "weak-leaders", "confidence": "high"}]})
    lifted = Lifted(option="shared-season:north", gate="cause", reason="It helps all the same.")
    option = appraised(orchestras(), edit.lift(case, lifted, AT)).option("shared-season:north")
    assert option.status == "open"
    assert gate(option, "cause").lifted == "It helps all the same."
    assert gate(option, "cause").state == "holds"


def test_a_fixed_form_closes_all_others_and_is_named_itself() -> None:
    fixed = {"nature": "required", "requirement": "this-form", "required-form": "takeover"}
    appraisal = appraisal_of(answers=fixed, causes=[{"id": "few-players", "confidence": "high"}])
    for option in appraisal.options:
        assert (option.form == "takeover") == (option.status != "set-aside")
    assert gate(appraisal.option("alone"), "fixed-form").state == "holds"
    assert [option.split(":")[0] for option in appraisal.verdict.options] == ["takeover"]
    assert appraisal.reference.closed
    assert appraisal.reference.value.likely > 0
    assert "not a choice" in appraisal.verdict.sentence


def test_a_fixed_form_is_named_even_where_it_is_a_misfit_with_the_misfit_as_a_caution() -> None:
    fixed = {"nature": "required", "requirement": "this-form", "required-form": "takeover", "reach": "one-series"}
    appraisal = appraisal_of(answers=fixed)
    found = gate(appraisal.option("takeover:north:they-lead"), "reach")
    assert (found.effect, found.state) == ("caution", "holds")
    assert appraisal.verdict.options[0].startswith("takeover")


def test_mandate_questions_do_not_apply_to_a_voluntary_case() -> None:
    """An answer left over from before the nature was changed must not fix a form."""
    stale = {"nature": "own", "requirement": "this-form", "required-form": "takeover"}
    assert not appraisal_of(answers=stale).reference.closed


def test_mandated_without_a_cause_is_at_most_leading() -> None:
    fixed = {"nature": "required", "requirement": "this-form", "required-form": "takeover"}
    assert appraisal_of(answers=fixed, causes=[]).verdict.kind == "leading"
    assert appraisal_of(answers=fixed).verdict.kind == "clear"


def test_few_key_facts_known_is_not_enough_known() -> None:
    appraisal = appraised(orchestras(), case_of(orchestras(), aims=["audience"]))
    assert appraisal.verdict.kind == "not-enough-known"
    assert appraisal.verdict.options == ()


@pytest.mark.parametrize(("health", "shortfall"), [("weak", 0.0), ("failing", 1.0)])
def test_short_authority_costs_points_and_is_said(health: str, shortfall: float) -> None:
    option = appraisal_of(answers={"health": health}).option("shared-season:north")
    assert option.authority_shortfall == shortfall
    assert option.contributions is not None
    assert option.contributions["authority"] == pytest.approx(-12.5 * shortfall)


def test_carry_on_is_rated_by_facts() -> None:
    def audience(health: str) -> tuple[float, float, float]:
        cell = appraisal_of(answers={"health": health}).option("alone").ratings["audience"]
        return cell.low, cell.likely, cell.high

    assert audience("weak") == (48, 50, 52)
    assert audience("failing") == (23, 25, 27)


def test_intervals_away_from_the_ends_are_as_wide_as_their_ground_says() -> None:
    ratings = appraisal_of().option("shared-season:north").ratings
    assert (ratings["pay"].low, ratings["pay"].likely, ratings["pay"].high) == (40.5, 62.5, 84.5)
    guests = appraisal_of().option("guest-players:north:we-lead").ratings
    assert (guests["audience"].low, guests["audience"].high) == (50.5, 74.5)
    assert (guests["pay"].low, guests["pay"].likely, guests["pay"].high) == (0, 50, 100)
    assert guests["pay"].ground == "unknown"


def test_an_unknown_rating_is_not_moved_by_facts() -> None:
    far = [{"id": "north", "name": "North", "answers": {"together": "nothing", "far": "far"}}]
    moved = appraisal_of(partners=far).option("shared-season:north").ratings["audience"]
    assert moved.likely == 75 - 12.5
    assert [each.points for each in moved.adjustments] == [-12.5]


def test_watched_aims_that_were_not_chosen_carry_a_caution_and_an_own_rating_keeps_the_packs() -> None:
    case = case_of(orchestras(), **{**BASE, "aims": ["pay"], "swing": [0, 10]})
    named = appraised(orchestras(), case).verdict.options[0]
    form = named.split(":")[0]
    own = Override(form=form, criterion="audience", low=20, likely=30, high=40, reason="We tried it.")
    fields = {name: getattr(case, name) for name in Case.model_fields}
    appraisal = appraised(orchestras(), Case(**{**fields, "overrides": (own,)}))
    assert appraisal.verdict.options[0] == named
    assert any("audience may get worse" in caution for caution in appraisal.cautions)
    with_audience = appraised(orchestras(), Case(**{**fields, "aims": (("audience",),), "overrides": (own,)}))
    cell = with_audience.option(named).ratings["audience"]
    assert (cell.low, cell.likely, cell.high) == (20, 30, 40)
    assert cell.original is not None
    assert cell.original.likely > 50


def test_duties_come_with_the_named_options_and_move_no_status() -> None:
    appraisal = appraisal_of()
    assert appraisal.verdict.options[0] == "shared-season:north"
    assert [(duty.id, duty.state) for duty in appraisal.duties] == [("tell-subscribers", "holds")]
    assert appraisal.option("shared-season:north").status == "open"


def test_a_rule_counts_from_the_day_it_is_in_force() -> None:
    case = case_of(orchestras(), **{**BASE, "answers": {**BASE["answers"], "charity": "no"}})

    def on(day: date) -> OptionResult:
        return appraise(orchestras(), case, as_of=day, samples=50, seed=0).option("one-orchestra:north")

    assert "charities-only" in {each.id for each in on(date(2010, 1, 1)).gates}
    assert "charities-only" not in {each.id for each in on(date(2009, 12, 31)).gates}
