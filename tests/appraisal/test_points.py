"""Swing points given for every criterion that weighs replace rankings and swing; the engine alone says the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from partnerwizard.analysis.document import analyse
from partnerwizard.analysis.table import table_from
from partnerwizard.appraisal.assess import SCORED
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.appraisal.weights import points_count, to_weigh, weights_of
from partnerwizard.case import edit
from partnerwizard.case.model import Case
from partnerwizard.decision.weights import BranchedWeights
from tests.support import AT, CASES, appraised, case_of, guidance, orchestras

POINTS = {"audience": (80.0, 100.0), "pay": (10.0, 60.0), "time": (40.0, 40.0), "independence": (0.0, 25.0)}


def case_with(points: dict[str, tuple[float, float]], **answers: Any) -> Case:
    return edit.set_points(case_of(orchestras(), **answers), points, AT)


def table(result: Appraisal, points: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """The decision table of an appraisal without shortfalls, as someone would write it by hand."""
    scored = [option for option in result.options if option.status in SCORED]
    assert not any(option.authority_shortfall for option in scored)
    first_of_form: dict[str, str] = {}
    for option in scored:
        first_of_form.setdefault(option.form, option.id)
    return {
        "format": "partnerwizard-table/1",
        "criteria": [{"id": criterion, "direction": "max"} for criterion in points],
        "options": [option.id for option in scored],
        "values": {
            option.id: {c: [cell.low, cell.likely, cell.high] for c, cell in option.ratings.items()}
            for option in scored
        },
        "draw_with": {o.id: first for o in scored if (first := first_of_form[o.form]) != o.id},
        "weights": {"kind": "points", "values": {criterion: list(given) for criterion, given in points.items()}},
    }


@pytest.mark.parametrize("given", [POINTS, dict.fromkeys(POINTS, (0.0, 100.0)), {**POINTS, "independence": (0.0, 0.0)}])
def test_the_engine_alone_finds_the_same_in_the_same_table(given: dict[str, tuple[float, float]]) -> None:
    case = case_with(given, answers={"health": "sound"}, partners=[{"id": "north", "name": "North"}])
    result = appraised(orchestras(), case)
    weighed = {criterion: points for criterion, points in given.items() if points[1] > 0}
    alone = analyse(table_from(table(result, weighed), "table"), samples=500, seed=0)
    assert {c: weight.central for c, weight in result.weights.items()} == pytest.approx(alone["central_weights"])
    for option in result.options:
        if option.status in SCORED and option.value is not None:
            assert option.value.model_dump() == pytest.approx(alone["values"][option.id], abs=1e-6)
            assert option.possibly_best is (option.id in alone["possibly_best"])
            assert option.necessarily_best is (option.id in alone["necessarily_best"])


def test_points_replace_rankings_and_swing_and_imprecision_widens_the_weights() -> None:
    ranked = case_of(orchestras(), aims=["pay", "audience"], terms=["time"], swing=[10, 20])
    exact = {criterion: (high, high) for criterion, (_, high) in POINTS.items()}
    total = sum(high for high, _ in exact.values())
    result = appraised(orchestras(), edit.set_points(ranked, exact, AT))
    for criterion, weight in result.weights.items():
        assert (weight.low, weight.high) == pytest.approx((weight.central, weight.central))
        assert weight.central == pytest.approx(exact[criterion][0] / total)
    wide = appraised(orchestras(), edit.set_points(ranked, POINTS, AT))
    assert all(wide.weights[c].low < wide.weights[c].central < wide.weights[c].high for c in POINTS)


def test_points_count_only_when_every_criterion_that_weighs_has_some() -> None:
    pack = orchestras()
    part = case_with({"audience": (10, 20), "time": (0, 10)}, aims=["audience"])
    assert not points_count(pack, part)
    assert isinstance(weights_of(pack, part), BranchedWeights)
    assert appraised(pack, part).weights == appraised(pack, edit.set_points(part, {}, AT)).weights
    assert [each.id for each in to_weigh(pack, part)] == ["audience", "time", "independence"]
    whole = edit.set_points(part, {**part.points, "independence": (0, 0)}, AT)
    assert points_count(pack, whole)
    assert set(appraised(pack, whole).weights) == {"audience", "time"}


def test_an_aim_not_chosen_weighs_nothing_whatever_points_it_keeps() -> None:
    case = case_with(POINTS, aims=["audience"])
    assert "pay" not in appraised(orchestras(), case).weights


def test_no_points_for_any_aim_say_nothing_of_aims() -> None:
    none = {criterion: (0.0, 0.0) if criterion in {"audience", "pay"} else (5.0, 9.0) for criterion in POINTS}
    assert not points_count(orchestras(), case_with(none))


def test_points_for_every_criterion_of_a_real_case_are_appraised() -> None:
    document = json.loads((CASES / "medway-gstt-2015.answers.json").read_text("utf-8"))
    document["aims"] = []
    case = case_of(guidance(), **{key: value for key, value in document.items() if key != "format"})
    points = {each.id: (30.0, 60.0 + number) for number, each in enumerate(guidance().criteria)}
    result = appraised(guidance(), edit.set_points(case, points, AT), samples=200)
    assert len(result.weights) == len(guidance().criteria)
    assert sum(weight.central for weight in result.weights.values()) == pytest.approx(1)
