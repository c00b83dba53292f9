"""Live: what moves under a slider says what the whole appraisal says of the same case with as many draws."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.appraisal.live import Live, LiveAppraisal
from partnerwizard.case.model import Case, Override
from tests.appraisal.test_appraise import cases
from tests.support import DAY, appraised, case_of, orchestras

DRAWS = 300
SEED = 5


def live(case: Case) -> LiveAppraisal:
    return LiveAppraisal(orchestras(), case, as_of=DAY, seed=SEED, samples=DRAWS)


@st.composite
def moves(draw: st.DrawFn) -> dict[str, Any]:
    """Another order, swing, points or ratings of one's own: what sliders and rankings change."""
    pack = orchestras()
    other = draw(cases)
    ends = st.integers(0, 100)
    changed: dict[str, Any] = {"aims": other.aims, "terms": other.terms, "swing": other.swing}
    if draw(st.booleans()):
        pairs = [sorted([draw(ends), draw(ends)]) for _ in pack.criteria]
        changed["points"] = {each.id: tuple(pair) for each, pair in zip(pack.criteria, pairs, strict=True)}
    if draw(st.booleans()):
        form = draw(st.sampled_from([each.id for each in pack.forms]))
        criterion = draw(st.sampled_from(sorted(pack.form_by_id[form].ratings)))
        low, likely, high = sorted([draw(ends), draw(ends), draw(ends)])
        changed["overrides"] = (
            Override(form=form, criterion=criterion, low=low, likely=likely, high=high, reason="Seen here."),
        )
    return changed


def says_the_same(found: Live, case: Case) -> None:
    whole = appraised(orchestras(), case, DRAWS, SEED)
    assert found.verdict == whole.verdict
    assert found.forms == whole.forms
    scored = [option for option in whole.options if option.value is not None]
    assert {each.id: each.status for each in whole.options} == found.statuses
    assert [each.id for each in scored] == list(found.rank_shares)
    for option in scored:
        assert option.value is not None
        assert found.values[option.id] == pytest.approx(option.value.likely, abs=1e-9)
        assert found.rank_shares[option.id] == pytest.approx(option.rank_shares, abs=1e-9)
    for criterion, weight in whole.weights.items():
        assert found.central[criterion] == pytest.approx(weight.central, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(cases, st.lists(moves(), min_size=1, max_size=2))
def test_what_is_moved_is_appraised_as_the_whole_appraisal_does(case: Case, moved: list[dict[str, Any]]) -> None:
    ready = live(case)
    for change in [{}, *moved]:
        changed = case.model_copy(update=change)
        assert ready.takes(changed)
        says_the_same(ready.at(changed), changed)


def test_the_same_case_gives_the_same_picture_whatever_came_between() -> None:
    case = case_of(orchestras(), answers={}, aims=["pay"], swing=[40, 60])
    ready = live(case)
    before = ready.at(case)
    ready.at(case.model_copy(update={"swing": (10.0, 20.0)}))
    assert ready.at(case) == before == live(case).at(case)


def test_a_little_push_moves_shares_a_little() -> None:
    case = case_of(orchestras(), answers={}, aims=["pay"], swing=[40, 60])
    ready = live(case)
    before = ready.at(case)
    after = ready.at(case.model_copy(update={"swing": (40.1, 60.1)}))
    for option, shares in before.rank_shares.items():
        # With draws of its own each time, some share of 300 draws would jump by 0.03 and more.
        assert after.rank_shares[option] == pytest.approx(shares, abs=0.02)


def test_other_answers_need_it_made_ready_anew() -> None:
    case = case_of(orchestras(), answers={}, aims=["pay"])
    changed = case.model_copy(update={"red_lines": (*case.red_lines,), "seed": 1})
    ready = live(case)
    assert not ready.takes(changed)
    with pytest.raises(ValueError, match="make it ready anew"):
        ready.at(changed)
    with pytest.raises(ValueError, match="too few"):
        LiveAppraisal(orchestras(), case, as_of=DAY, seed=0, samples=0)
